"""Variables: what a value must look like, and a text with its `{names}` filled in.

A filled text knows where each of its characters comes from, so that what is found in it can be shown in the book.
"""

from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from qnphrase.configuration import Mark
from qnphrase.language import _
from qnphrase.schedule import parse_dates
from qnphrase.schedule import parse_hours
from qnphrase.text.pattern import lazy_pattern
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

_NUMBER = lazy_pattern(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_TIME = lazy_pattern(r"([01]?[0-9]|2[0-3])[:：][0-5][0-9]|24[:：]00")
_PHONE = lazy_pattern(r"\+?[0-9](?:[0-9 -]{3,18})[0-9]")
_URL = lazy_pattern(r"https?://[^\s{}]{3,500}")
# Names with a Chinese character in them are ours; `{nickname}` or `{$订单号}` belong to other programs.
_NAME = lazy_pattern(r"\w*[\u4e00-\u9fff]\w*")


@dataclass(frozen=True)
class Variable:
    """A declared variable. `default` is `None` where every shop has to give a value."""

    name: str
    mark: Mark
    type: str = "text"
    default: str | None = None
    choices: Sequence[str] = ()
    max: int | None = None
    note: str = ""

    def refusal(self, value: str) -> str:
        """Return what is wrong with a value, or nothing."""
        if self.choices and value not in self.choices:
            return _("“{value}”不行，只能是：{choices}").format(value=value, choices=_("、").join(self.choices))
        if self.max is not None and len(value) > self.max:
            return _("“{value}”有 {count} 个字，最多 {max} 个").format(value=value, count=len(value), max=self.max)
        if not _fits(self.type, value):
            return _("“{value}”不是{kind}").format(value=value, kind=_kinds()[self.type])
        return ""


def _kinds() -> Mapping[str, str]:
    return {
        "number": _("数字，如 48"),
        "date": _("日期，如 2026-12-31"),
        "time": _("时刻，如 9:00"),
        "hours": _("时段，如 9:00-22:00"),
        "phone": _("电话，如 0571-88880000"),
        "url": _("网址，如 https://m.tb.cn/…"),
    }


def _fits(kind: str, value: str) -> bool:
    patterns = {"number": _NUMBER, "time": _TIME, "phone": _PHONE, "url": _URL}
    if kind in patterns:
        return patterns[kind].fullmatch(value) is not None
    parsers: dict[str, Callable[[str], object]] = {"hours": parse_hours, "date": parse_dates}
    if kind not in parsers:
        return True
    try:
        parsers[kind](value)
    except ValueError:
        return False
    return True


class Blank(NamedTuple):
    """A `{name}` in a text, at `[start, end)` of its characters."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def blanks_of(text: str) -> tuple[Blank, ...]:
    """Return the `{names}` of a text, those of other programs included."""
    if "{" not in text:
        return ()
    tokens = (token for token in tokenize(text) if token.kind is TokenKind.PLACEHOLDER)
    return tuple(
        Blank(token.text[1:-1].strip(), token.start, token.end)
        for token in tokens
        if token.text[0] == "{" and token.text[1] != "{"
    )


def is_our_name(name: str) -> bool:
    """Whether a name in braces is meant to be filled in by us, though nobody gave it a value."""
    return _NAME.fullmatch(name) is not None


class Filled(NamedTuple):
    """A text with values in it: `blanks` are those that were filled, `values` where their values stand in `text`."""

    text: str
    blanks: tuple[Blank, ...] = ()
    values: tuple[tuple[int, int], ...] = ()
    missing: tuple[Blank, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where `[start, end)` of `text` comes from in the text as it was written.

        What touches a value comes from the whole of its `{name}`.
        """
        first, last = self._origin(start)
        return (first, first if last == first + 1 else last) if start == end else (first, self._origin(end - 1)[1])

    def _origin(self, offset: int) -> tuple[int, int]:
        """Return where one character comes from."""
        at = bisect_right(self.values, (offset, len(self.text))) - 1
        if at < 0:
            return offset, offset + 1
        blank, (_start, behind) = self.blanks[at], self.values[at]
        if offset < behind:
            return blank.start, blank.end
        return blank.end + offset - behind, blank.end + offset - behind + 1


def filled(text: str, values: Mapping[str, str], left: frozenset[str] = frozenset()) -> Filled:
    """Return a text with its variables filled in. Names in `left` stay as they are; others of ours are missing."""
    blanks = blanks_of(text)
    if not blanks:
        return Filled(text)
    parts: list[str] = []
    taken: list[Blank] = []
    spans: list[tuple[int, int]] = []
    at = length = 0
    for blank in blanks:
        value = values.get(blank.name)
        if value is None:
            continue
        length += blank.start - at
        parts += [text[at : blank.start], value]
        taken.append(blank)
        spans.append((length, length + len(value)))
        length += len(value)
        at = blank.end
    parts.append(text[at:])
    missing = tuple(b for b in blanks if b.name not in values and b.name not in left and is_our_name(b.name))
    return Filled("".join(parts), tuple(taken), tuple(spans), missing)


class Circle(NamedTuple):
    """Variables whose values need each other, in order, the first again at the end."""

    names: tuple[str, ...]


def expanded(
    values: Mapping[str, str], left: frozenset[str]
) -> tuple[dict[str, str], list[tuple[str, Circle | Blank]]]:
    """Return the values with the variables in them filled in, and what went wrong: the value and why."""
    done: dict[str, str] = {}
    wrong: list[tuple[str, Circle | Blank]] = []

    def value_of(name: str, trail: tuple[str, ...]) -> str:
        if name in done:
            return done[name]
        if name in trail:
            circle = (*trail[trail.index(name) :], name)
            wrong.append((trail[-1], Circle(circle)))
            return ""
        needed = {blank.name for blank in blanks_of(values[name]) if blank.name in values}
        inner = {other: value_of(other, (*trail, name)) for other in sorted(needed)}
        result = filled(values[name], inner, left)
        wrong.extend((name, blank) for blank in result.missing)
        done[name] = result.text
        return result.text

    for name in values:
        value_of(name, ())
    return done, wrong
