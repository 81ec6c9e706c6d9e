"""What of a book a file has no room for. Nothing is ever left out without being counted here."""

from collections import Counter
from typing import TYPE_CHECKING
from typing import NamedTuple

from qnphrase.formats.base import Carries
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.model import Phrase
    from qnphrase.model import Phrasebook

_PHRASE_FIELDS = ("replace", "scenario", "tags", "note", "until")


class Loss(NamedTuple):
    """`number` values of one kind that the target has no room for; `kind` is stable, for machines."""

    kind: str
    number: int
    name: str = ""

    def __str__(self) -> str:
        return _WORDS()[self.kind].format(count=self.number, name=self.name)


def _WORDS() -> dict[str, str]:  # noqa: N802 - a table; a function because the language is chosen at run time
    return {
        "shop": _("店铺名"),
        "signature": _("个性签名"),
        "remove": _("叠加时要去掉的 {count} 项（remove）"),
        "replace": _("{count} 条短语的替换说明（replace）"),
        "scenario": _("{count} 条短语的场景（scenario）"),
        "tags": _("{count} 条短语的标签（tags）"),
        "note": _("{count} 条短语的备注（note）"),
        "until": _("{count} 条短语的最后使用日期（until）"),
        "disabled": _("{count} 条已停用（enabled: false）的短语"),
        "code": _("{count} 条短语的编码"),
        "group": _("{count} 个分组"),
        "extra": _("附加列“{name}”的 {count} 个值"),
        "auto_replies": _("{count} 条自动回复"),
        "schedule": _("{count} 条自动回复的发送时间（days、hours、dates）"),
        "cooldown": _("{count} 条自动回复的间隔（cooldown）"),
        "phrases": _("{count} 条只有编码、没有内容的短语"),
    }


def carried(book: "Phrasebook", room: Carries) -> tuple["Phrasebook", tuple[Loss, ...]]:
    """Return what of `book` a file with this room carries, and what it doesn't."""
    lost: Counter[tuple[str, str]] = Counter()
    if not room.book_fields:
        book = _without_book_fields(book, lost)
    if room.extras is not None:
        book = _without_extras(book, room.extras, lost)
    if not (room.codes and room.groups):
        book = _without_fields(book, room, lost)
    return book, tuple(Loss(kind, count, name) for (kind, name), count in lost.items())


def _without_book_fields(book: "Phrasebook", lost: Counter[tuple[str, str]]) -> "Phrasebook":
    lost.update((field, "") for field in ("shop", "signature") if getattr(book, field))
    if book.remove:
        lost["remove", ""] += len(book.remove)
    for _group, phrase in book.all_phrases():
        if not phrase.enabled:
            lost["disabled", ""] += 1
            continue
        # Few have any, and there may be very many.
        if phrase.scenario or phrase.tags or phrase.note or phrase.until or phrase.replace:
            lost.update((field, "") for field in _PHRASE_FIELDS if getattr(phrase, field))
    for reply in book.auto_replies:
        if reply.days or reply.hours or reply.dates or reply.except_dates:
            lost["schedule", ""] += 1
        if reply.cooldown is not None:
            lost["cooldown", ""] += 1
    return book.carried_by_packs()


def _without_extras(book: "Phrasebook", room: frozenset[str], lost: Counter[tuple[str, str]]) -> "Phrasebook":
    values = [*(phrase.extra for _group, phrase in book.all_phrases()), *(reply.extra for reply in book.auto_replies)]
    unknown = Counter(name for extra in values for name in extra if name not in room)
    if not unknown:
        return book
    lost.update({("extra", name): count for name, count in unknown.items()})

    def reduced(extra: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in extra.items() if name in room}

    def kept(phrases: tuple["Phrase", ...]) -> tuple["Phrase", ...]:
        smaller = (phrase.model_copy(update={"extra": reduced(phrase.extra)}) for phrase in phrases)
        return tuple(phrase for phrase in smaller if phrase.code or phrase.text or phrase.extra)

    return book.model_copy(
        update={
            "phrases": kept(book.phrases),
            "groups": tuple(group.model_copy(update={"phrases": kept(group.phrases)}) for group in book.groups),
            "auto_replies": tuple(
                reply.model_copy(update={"extra": reduced(reply.extra)}) for reply in book.auto_replies
            ),
        }
    )


def _without_fields(book: "Phrasebook", room: Carries, lost: Counter[tuple[str, str]]) -> "Phrasebook":
    """Leave out codes or groups; auto-replies need both, for their group and code say what they are."""
    from qnphrase.model import Group

    if book.auto_replies:
        lost["auto_replies", ""] += len(book.auto_replies)

    def kept(phrases: tuple["Phrase", ...]) -> tuple["Phrase", ...]:
        if room.codes:
            return phrases
        lost["code", ""] += sum(1 for phrase in phrases if phrase.code)
        bare = [phrase.model_copy(update={"code": ""}) for phrase in phrases if phrase.text or phrase.extra]
        if len(bare) < len(phrases):
            lost["phrases", ""] += len(phrases) - len(bare)
        return tuple(bare)

    groups = tuple(Group(name=group.name, phrases=kept(group.phrases)) for group in book.groups)
    loose = kept(book.phrases)
    if not room.groups:
        lost["group", ""] += len(groups)
        loose = (*(phrase for group in groups for phrase in group.phrases), *loose)
        groups = ()
    lost += Counter()  # drop what turned out to be none
    return book.model_copy(update={"phrases": loose, "groups": groups, "auto_replies": ()})
