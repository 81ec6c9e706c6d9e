"""A pack as Qianniu sees it: a flat list of rows, each with a group, a code and a text.

CSV and XML packs both are such lists; this is the one place that knows how a book becomes rows and rows a book. Nothing
here imports the model at once, so that a pack can be inspected without pydantic.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING
from typing import NamedTuple

from qnphrase.formats import autoreply_group
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.base import Subject

if TYPE_CHECKING:
    from qnphrase.model import AutoReply
    from qnphrase.model import Phrasebook

NO_EXTRA: dict[str, str] = {}


class Row(NamedTuple):
    """One record of a pack. Empty strings say that there is nothing; `extra` holds no empty values."""

    group: str
    code: str
    text: str
    extra: dict[str, str] = NO_EXTRA

    @property
    def is_declaration(self) -> bool:
        """Whether the row only says that its group exists, as packs write an empty group."""
        return not (self.code or self.text or self.extra)


class Kind(IntEnum):
    """What a row is."""

    PHRASE = 0
    DECLARATION = 1
    REPLY = 2


def kinds_of(rows: Sequence[Row]) -> list[Kind]:
    """Return what each row is."""
    kinds = [Kind.DECLARATION if not (row.code or row.text or row.extra) else Kind.PHRASE for row in rows]
    for index in replies_among(rows):
        kinds[index] = Kind.REPLY
    return kinds


def replies_among(rows: Sequence[Row]) -> dict[int, autoreply_group.ReplyCode]:
    """Return the rows that are auto-replies, by their index.

    Only a row whose code is exactly what we would write at its place is one; all others stay phrases.
    """
    members = [index for index, row in enumerate(rows) if row.group == AUTO_REPLY_GROUP]
    if not members:
        return {}
    texts = _texts_by_code(rows) if any("→" in rows[index].code for index in members) else {}
    seen: dict[str, int] = {}
    replies = {}
    for index in members:
        reply = autoreply_group.parse(rows[index].code)
        if reply is None or reply.number != seen.get(reply.trigger_word, 0) + 1:
            continue
        if reply.phrase and rows[index].text != texts.get(reply.phrase, ""):
            continue
        seen[reply.trigger_word] = reply.number
        replies[index] = reply
    return replies


def _texts_by_code(rows: Iterable[Row]) -> dict[str, str]:
    """The text of each code outside of the auto-replies; of a code that repeats the first in alphabetical order, since
    the order of rows and that of a book's phrases may differ.
    """
    texts: dict[str, str] = {}
    for row in rows:
        if row.code and row.group != AUTO_REPLY_GROUP:
            texts[row.code] = min(texts.get(row.code, row.text), row.text)
    return texts


def counts_of(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many phrases (and of them ungrouped ones), groups and auto-replies the rows hold."""
    replies = replies_among(rows)
    phrases = sum(1 for row in rows if not row.is_declaration)
    loose = sum(1 for row in rows if not row.group)
    groups = {row.group for index, row in enumerate(rows) if row.group and index not in replies}
    return {
        "phrases": phrases - len(replies),
        "groups": len(groups),
        "ungrouped": loose,
        "auto_replies": len(replies),
    }


def subjects_of_rows(rows: Sequence[Row]) -> list[Subject]:
    """Return the texts of a pack; the place of each is the index of its row."""
    replies = replies_among(rows)
    return [
        Subject("reply", group, code, text, index, enabled=replies[index].enabled)
        if index in replies
        else Subject("phrase", group, code, text, index)
        for index, (group, code, text, extra) in enumerate(rows)
        if code or text or extra
    ]


def book_of_rows(rows: Sequence[Row]) -> "Phrasebook":
    """Return the book that a pack with these rows holds; groups in the order of their first appearance."""
    from qnphrase.model import Group
    from qnphrase.model import Phrase
    from qnphrase.model import Phrasebook

    replies = replies_among(rows)
    groups: dict[str, list[Phrase]] = {}
    loose: list[Phrase] = []
    for index, (group, code, text, extra) in enumerate(rows):
        if replies and index in replies:
            continue
        members = groups.setdefault(group, []) if group else loose
        if extra:
            members.append(Phrase(code=code, text=text, extra=extra))
        elif code or text:
            members.append(Phrase(code=code, text=text))
    return Phrasebook(
        phrases=tuple(loose),
        groups=tuple(Group(name=name, phrases=tuple(phrases)) for name, phrases in groups.items()),
        auto_replies=tuple(_reply_of(rows[index], reply) for index, reply in replies.items()),
    )


def _reply_of(row: Row, reply: autoreply_group.ReplyCode) -> "AutoReply":
    from qnphrase.model import AutoReply
    from qnphrase.model import Trigger

    return AutoReply(
        when=Trigger(reply.when),
        threshold=reply.threshold,
        enabled=reply.enabled,
        text="" if reply.phrase else row.text,
        phrase=reply.phrase,
        extra=row.extra,
    )


def rows_of_book(book: "Phrasebook") -> list[Row]:
    """Return the rows of a pack that holds `book`: the groups in order, the auto-replies, the ungrouped phrases.

    Where there is a group of phrases called 自动回复, the auto-replies go before it: of two rows with one code the
    first is the auto-reply. Raises `UnrepresentableError` where a phrase would still come back as an auto-reply.
    """
    rows: list[Row] = []
    at_replies = None
    for group in book.groups:
        if group.name == AUTO_REPLY_GROUP:
            at_replies = len(rows)
        if not group.phrases:
            rows.append(Row(group.name, "", ""))
        rows += [Row(group.name, phrase.code, phrase.text, phrase.extra) for phrase in group.phrases]
    at_replies = len(rows) if at_replies is None else at_replies
    rows += [Row("", phrase.code, phrase.text, phrase.extra) for phrase in book.phrases]
    replies = _rows_of_replies(book, rows)
    rows[at_replies:at_replies] = replies
    _refuse_lookalikes(rows, replies)
    return rows


def _rows_of_replies(book: "Phrasebook", phrase_rows: list[Row]) -> list[Row]:
    texts = _texts_by_code(phrase_rows) if any(reply.phrase for reply in book.auto_replies) else {}
    seen: dict[str, int] = {}
    rows = []
    for reply in book.auto_replies:
        word = autoreply_group.trigger_word(reply.when, reply.threshold)
        seen[word] = seen.get(word, 0) + 1
        code = autoreply_group.ReplyCode(word, seen[word], reply.enabled, reply.phrase).written
        text = texts.get(reply.phrase, "") if reply.phrase else reply.text
        rows.append(Row(AUTO_REPLY_GROUP, code, text, reply.extra))
    return rows


def _refuse_lookalikes(rows: Sequence[Row], replies: Sequence[Row]) -> None:
    """Raise `UnrepresentableError` where not just `replies`, which are among `rows`, read back as auto-replies.

    They are compared by identity: a phrase may look just like an auto-reply.
    """
    found = [rows[index] for index in replies_among(rows)]
    if list(map(id, found)) == list(map(id, replies)):
        return
    from qnphrase.errors import Unrepresentable
    from qnphrase.errors import UnrepresentableError
    from qnphrase.language import _

    wrong = [row for row in found if row not in replies] + [row for row in replies if row not in found]
    raise UnrepresentableError(
        _("分组“自动回复”里，下面的编码在导出包中分不清是短语还是自动回复"),
        [Unrepresentable(row.group, row.code, row.text, "") for row in wrong or replies],
        hint=_("请给这些短语换一个编码或分组。"),
    )
