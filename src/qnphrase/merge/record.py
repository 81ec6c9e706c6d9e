"""A book as merging sees it: one list of records, each with the fields that are merged one by one.

A record is a phrase or an auto-reply. Its fields are a mapping from a stable name to a value that can be compared; a
field that says nothing is left out, so a field that was removed and one that never was are the same.
"""

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger
from qnphrase.places import REPLIES

Fields = Mapping[str, Hashable]

EXTRA = "extra."
SCHEDULE = ("days", "hours", "dates", "except_dates", "cooldown")


class Record(NamedTuple):
    """A phrase or an auto-reply. The four first members tell whether two are equal; `value` is the model's object.

    `code` of an auto-reply is its trigger as packs write it (`忙碌`), its `text` that of the reply or `→` and the code
    of the phrase that it points to. `rest` is empty for a phrase that has nothing but code and text.
    """

    group: str
    code: str
    text: str
    rest: tuple[Hashable, ...]
    value: Phrase | AutoReply

    @property
    def is_reply(self) -> bool:
        """Whether this is an auto-reply."""
        return self.group == REPLIES

    @property
    def key(self) -> tuple[str, str, str, tuple[Hashable, ...]]:
        """All that is compared."""
        return self[:4]


def records_of(book: Phrasebook) -> list[Record]:
    """Return the records of a book: its groups in order, the ungrouped phrases, the auto-replies."""
    records = [_phrase_record(group, phrase) for group, phrase in book.all_phrases()]
    records += [_reply_record(reply) for reply in book.auto_replies]
    return records


def _phrase_record(group: str, phrase: Phrase) -> Record:
    rest: tuple[Hashable, ...] = ()
    if (
        phrase.extra
        or phrase.scenario
        or phrase.tags
        or phrase.note
        or phrase.until
        or phrase.replace
        or not phrase.enabled
    ):
        rest = (
            phrase.replace,
            phrase.scenario,
            phrase.tags,
            phrase.note,
            phrase.until,
            phrase.enabled,
            frozenset(phrase.extra.items()),
        )
    return Record(group, phrase.code, phrase.text, rest, phrase)


def _reply_record(reply: AutoReply) -> Record:
    text = f"→{reply.phrase}" if reply.phrase else reply.text
    rest = (
        reply.enabled,
        bool(reply.phrase),
        *(getattr(reply, name) for name in SCHEDULE),
        frozenset(reply.extra.items()),
    )
    return Record(REPLIES, trigger_word(reply.when, reply.threshold), text, rest, reply)


def fields_of(record: Record) -> dict[str, Hashable]:
    """Return the fields of a record that say something; `group` is always among them."""
    value = record.value
    fields: dict[str, Hashable] = {"group": record.group}
    if isinstance(value, Phrase):
        fields["code"] = value.code
        fields["text"] = value.text
        fields["replace"] = value.replace
        fields["scenario"] = value.scenario
        fields["tags"] = value.tags
        fields["note"] = value.note
        fields["until"] = value.until
        fields["enabled"] = value.enabled or None
    else:
        fields["when"] = (value.when.value, value.threshold)
        fields["text"] = ("phrase", value.phrase) if value.phrase else ("text", value.text)
        fields["enabled"] = value.enabled or None
        fields.update((name, getattr(value, name)) for name in SCHEDULE)
    fields.update((EXTRA + name, text) for name, text in value.extra.items())
    return {name: field for name, field in fields.items() if field or name == "group"}


def record_of(fields: Fields) -> Record:
    """Return the record that has these fields. Raises `ValueError` where no record can have them."""
    given: dict[str, Any] = {name: value for name, value in fields.items() if not name.startswith(EXTRA)}
    given["extra"] = {name.removeprefix(EXTRA): text for name, text in fields.items() if name.startswith(EXTRA)}
    given["enabled"] = bool(given.get("enabled"))
    group = given.pop("group")
    if group != REPLIES:
        return _phrase_record(group, Phrase(**given))
    kind, content = given.pop("text", ("text", ""))
    when, threshold = given.pop("when")
    return _reply_record(AutoReply(when=Trigger(when), threshold=threshold, **{kind: content}, **given))


def moved(record: Record, group: str) -> Record:
    """Return the record in another group."""
    return record if record.group == group else record._replace(group=group)


def book_of(
    records: Iterable[Record],
    groups: Iterable[str],
    *,
    shop: str = "",
    signature: str = "",
    remove: tuple[str, ...] = (),
) -> Phrasebook:
    """Return the book with these records, each group's in their order, and `groups` in theirs."""
    lanes: dict[str, list[Any]] = {name: [] for name in groups}
    loose: list[Any] = []
    replies: list[Any] = []
    for record in records:
        if record.group == REPLIES:
            replies.append(record.value)
        elif record.group:
            lanes.setdefault(record.group, []).append(record.value)
        else:
            loose.append(record.value)
    return Phrasebook(
        shop=shop,
        signature=signature,
        remove=remove,
        phrases=tuple(loose),
        groups=tuple(Group(name=name, phrases=tuple(phrases)) for name, phrases in lanes.items()),
        auto_replies=tuple(replies),
    )
