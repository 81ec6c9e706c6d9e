r"""What qnphrase is about: a phrasebook, its groups and phrases, and the auto-replies.

Everything is frozen and compared by meaning; where a value came from is no part of it. Three laws hold everywhere:

* A line break is `\n`. Whether a file writes LF, CR, CRLF or `&#13;` is a habit of that file, as its quotes are.
* An empty string says that there is nothing: a phrase without a code has the code `""`.
* Groups are told apart by their names, phrases by nothing: codes and texts may repeat (the linter has a say in that).

`carried_by_packs` is the semantic equality across formats: two books are the same to Qianniu where it gives equal
books.
"""

import datetime
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated
from typing import Any
from typing import Self

from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic import model_validator

from qnphrase.language import _
from qnphrase.schedule import ALWAYS
from qnphrase.schedule import Schedule
from qnphrase.schedule import schedule_of

MAX_THRESHOLD = 9999
MAX_COOLDOWN = 43_200  # minutes: thirty days

_LINE_BREAKS = re.compile(r"\r\n?")


def _plain_line_breaks(text: str) -> str:
    return _LINE_BREAKS.sub("\n", text) if isinstance(text, str) and "\r" in text else text


Text = Annotated[str, AfterValidator(_plain_line_breaks)]


class Trigger(StrEnum):
    """When Qianniu sends an auto-reply; there are exactly these four."""

    FIRST_MESSAGE = "first_message"
    BUSY = "busy"
    AWAY = "away"
    CONTACTS_OVER = "contacts_over"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Phrase(_Value):
    """One quick phrase (快捷短语).

    `text` is what the buyer gets, emoticon codes included. `code` (快捷编码) is what the clerk types; empty: none.
    `replace` says, where the book is laid over others, which of their phrases this one replaces: a code, a group and a
    code (`售前-欢迎/hy1`), or the whole text of a phrase without a code. `scenario` is an id such as `greet.first`;
    `until` the last day on which the phrase may be used. `extra` holds what a pack knows beyond that, by the name of
    its column, attribute or element; empty values are left out.

    Raises `ValueError` where a phrase has neither code nor text nor extra: packs can't tell it from nothing.
    """

    code: str = ""
    text: str = ""
    replace: Text = ""
    scenario: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    until: datetime.date | None = None
    enabled: bool = True
    extra: dict[str, Text] = Field(default_factory=dict)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it may be used; `None` where there is none."""
        return self.until

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, data: Any) -> Any:
        """Check and mend in one call: a pack of 100,000 phrases makes 100,000 of them."""
        if not isinstance(data, dict):
            return data
        code, text, extra = data.get("code", ""), data.get("text", ""), data.get("extra")
        if not (text or code or extra):
            raise ValueError(_("一条短语的编码和内容不能都空着"))
        if extra:
            _refuse_empty_values(extra)
        if "\r" in str(text) or "\r" in str(code):
            return {**data, "text": _plain_line_breaks(text), "code": _plain_line_breaks(code)}
        return data


def _refuse_empty_values(extra: Any) -> None:
    if isinstance(extra, dict) and not all(extra.values()):
        raise ValueError(_("附加列的值不能空着，没有就不要写"))


class Group(_Value):
    """A group of phrases (短语分组), in the order in which clerks see them."""

    name: Annotated[Text, Field(min_length=1)]
    phrases: tuple[Phrase, ...] = ()


class AutoReply(_Value):
    """An auto-reply (自动回复): sent by Qianniu itself when its trigger holds.

    It holds a `text`, or points to the phrase with the code `phrase`. `threshold` belongs to `contacts_over` and to no
    other trigger: the reply is sent when more than that many contacts are being served. `days`, `hours`, `dates` and
    `except_dates` say when it may be sent, as `schedule` writes it; `cooldown` how many minutes must pass before the
    same buyer gets it again.
    """

    when: Trigger
    threshold: Annotated[int, Field(ge=1, le=MAX_THRESHOLD)] | None = None
    enabled: bool = True
    text: Text = ""
    phrase: Text = ""
    days: str = ""
    hours: str = ""
    dates: str = ""
    except_dates: str = ""
    cooldown: Annotated[int, Field(ge=1, le=MAX_COOLDOWN)] | None = None
    extra: dict[str, Text] = Field(default_factory=dict)

    @property
    def schedule(self) -> Schedule:
        """When it may be sent."""
        if not (self.days or self.hours or self.dates or self.except_dates):
            return ALWAYS
        return schedule_of(days=self.days, hours=self.hours, dates=self.dates, except_dates=self.except_dates)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it may be sent; `None` where there is none."""
        return max(part.last for part in self.schedule.dates) if self.dates else None

    def carried_by_packs(self) -> "AutoReply":
        """Return what of this reply a CSV or XML pack carries: schedules and cool-downs have no place there."""
        if self.schedule is ALWAYS and self.cooldown is None:
            return self
        nothing = {"days": "", "hours": "", "dates": "", "except_dates": "", "cooldown": None}
        return self.model_copy(update=nothing)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if (self.when is Trigger.CONTACTS_OVER) != (self.threshold is not None):
            raise ValueError(_("threshold（人数）只用于 contacts_over，而且必须写"))
        if self.text and self.phrase:
            raise ValueError(_("自动回复要么写 text，要么用 phrase 指向一条短语，不能两个都写"))
        _refuse_empty_values(self.extra)
        schedule_of(days=self.days, hours=self.hours, dates=self.dates, except_dates=self.except_dates)
        return self


class Phrasebook(_Value):
    """All that one shop or clerk says: phrases, auto-replies and the personal signature (个性签名).

    `phrases` are the ungrouped ones. `remove` says, where the book is laid over others, what of them is left out: what
    `Phrase.replace` may name, a whole group (`售前-议价/*`), or the auto-replies of a trigger (`自动回复/离开`). Raises
    `ValueError` where two groups have one name.
    """

    shop: str = ""
    signature: Text = ""
    remove: tuple[Text, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    groups: tuple[Group, ...] = ()
    auto_replies: tuple[AutoReply, ...] = ()

    @model_validator(mode="after")
    def _groups_are_told_apart(self) -> Self:
        names = [group.name for group in self.groups]
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(_("有两个分组都叫“{name}”").format(name=twice))
        return self

    def all_phrases(self) -> Iterator[tuple[str, Phrase]]:
        """Yield every phrase with the name of its group, the ungrouped ones last and with `""`."""
        for group in self.groups:
            for phrase in group.phrases:
                yield group.name, phrase
        for phrase in self.phrases:
            yield "", phrase

    def with_phrase(self, old: Phrase, new: Phrase) -> "Phrasebook":
        """Return the book with `new` in the place of `old`, which is the very object that stands in this book.

        Raises `ValueError` where it doesn't: equal phrases may stand in several places.
        """
        if not any(phrase is old for _group, phrase in self.all_phrases()):
            raise ValueError(_("短语本里没有这条短语"))

        def changed(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
            return tuple(new if phrase is old else phrase for phrase in phrases)

        groups = tuple(group.model_copy(update={"phrases": changed(group.phrases)}) for group in self.groups)
        return self.model_copy(update={"phrases": changed(self.phrases), "groups": groups})

    def carried_by_packs(self) -> "Phrasebook":
        """Return what of this book a CSV or XML pack carries: codes, texts, groups, extras and auto-replies.

        Shop, signature, scenarios, tags, notes, last days, phrases that are switched off, the schedules of auto-replies
        and what is replaced or removed of other books have no place in a pack.
        """
        return Phrasebook(
            phrases=_carried(self.phrases),
            groups=tuple(Group(name=group.name, phrases=_carried(group.phrases)) for group in self.groups),
            auto_replies=tuple(reply.carried_by_packs() for reply in self.auto_replies),
        )


def _carried(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(code=phrase.code, text=phrase.text, extra=phrase.extra) if _has_more(phrase) else phrase
        for phrase in phrases
        if phrase.enabled
    )


def _has_more(phrase: Phrase) -> bool:
    return bool(phrase.scenario or phrase.tags or phrase.note or phrase.until or phrase.replace)
