"""What a CSV cell says, and how to write one so that it says a wanted value.

Three habits of Qianniu's relatives are known. A cell may be quoted; it may begin with a TAB that keeps Excel from
retyping it (one leading TAB is dropped); and line breaks and commas may be written `&#13;` and `&#44;` instead of being
quoted. Reading is one function for all of them, so `decode(encode(value)) == value` or `encode` raises.
"""

import re
from typing import NamedTuple

from qnphrase.text.pattern import lazy_pattern

GUARD = "\t"
_ESCAPE = lazy_pattern(r"&#(?:13;&#10|13|10|44);")
_LINE_BREAK = lazy_pattern(r"\r\n?|\n")
_LONG = lazy_pattern(rf"{_ESCAPE.pattern}|\r\n?")
_QUOTED = lazy_pattern(r'"([^"]*+(?:""[^"]*+)*)"(?!")(.*)', re.DOTALL)


class UnwritableValueError(ValueError):
    """A value holds a literal escape such as `&#13;`, which reads back as a line break in every CSV pack."""


class Habit(NamedTuple):
    """How the cells of one column are written. `newline` is the line break inside of cells."""

    quoted: bool = False
    guarded: bool = False
    escaped: bool = False
    newline: str = "\n"


def decode_cell(raw: str) -> str:
    """Return what a raw cell, quotes included, says."""
    if raw[:1] == '"':
        found = _QUOTED.match(raw)
        if found is not None:
            raw = found[1].replace('""', '"') + found[2]
    if raw[:1] == GUARD:
        raw = raw[1:]
    if "&#" in raw or "\r" in raw:
        # In one pass, so that a CR and an escape behind it stay two line breaks.
        raw = _LONG.sub(lambda found: "," if found[0] == "&#44;" else "\n", raw)
    return raw


def origins(raw: str) -> list[int]:
    """Return for each character of what a raw cell says its offset in the raw cell, and one more for the end.

    Follows `decode_cell` step by step.
    """
    kept = list(range(len(raw)))
    end = len(raw)
    found = _QUOTED.match(raw) if raw[:1] == '"' else None
    if found is not None:
        inner, rest = found.span(1), found.span(2)
        doubled = [at + 1 for at in range(inner[0], inner[1]) if raw[at] == '"'][::2]
        dropped = set(doubled)
        kept = [at for at in (*range(*inner), *range(*rest)) if at not in dropped]
        end = rest[1] if rest[0] < rest[1] else inner[1]
    if kept and raw[kept[0]] == GUARD:
        kept = kept[1:]
    return [*_without(kept, raw), end]


def _without(kept: list[int], raw: str) -> list[int]:
    """Leave of each escape and each CRLF the first character."""
    said = "".join(raw[at] for at in kept)
    tails = {at for found in _LONG.finditer(said) for at in range(found.start() + 1, found.end())}
    return [at for index, at in enumerate(kept) if index not in tails] if tails else kept


def encode_cell(value: str, habit: Habit, delimiter: str = ",") -> str:
    """Return a raw cell that says `value`. Raises `UnwritableValueError` for a literal `&#13;`, `&#10;` or `&#44;`."""
    if _ESCAPE.search(value):
        raise UnwritableValueError(value)
    raw = value
    if habit.escaped:
        raw = raw.replace("\n", "&#13;").replace(",", "&#44;")
    elif habit.newline != "\n":
        raw = raw.replace("\n", habit.newline)
    if habit.guarded or raw.startswith(GUARD):
        raw = GUARD + raw
    if habit.quoted or _needs_quotes(raw, delimiter):
        raw = '"' + raw.replace('"', '""') + '"'
    return raw


def _needs_quotes(raw: str, delimiter: str) -> bool:
    return any(character in raw for character in (delimiter, '"', "\n", "\r"))


def is_quoted(raw: str) -> bool:
    """Whether the cell is written in quotes."""
    return raw[:1] == '"'


def is_quoted_by_habit(raw: str, delimiter: str) -> bool:
    """Whether the cell is quoted though it needn't be, so that its file quotes everything."""
    return is_quoted(raw) and not _needs_quotes(raw[1:-1].removeprefix(GUARD), delimiter)


def is_guarded(raw: str) -> bool:
    """Whether the cell begins with a TAB that keeps Excel away."""
    return raw.startswith((GUARD, f'"{GUARD}'))


def is_guarded_by_habit(raw: str) -> bool:
    """Whether the cell is guarded though it needn't be: what it says begins with no TAB of its own."""
    return is_guarded(raw) and not is_guarded(raw.replace(GUARD, "", 1))


def has_escapes(raw: str) -> bool:
    """Whether the cell writes a line break or comma as `&#13;` or `&#44;`."""
    return "&#" in raw and _ESCAPE.search(raw) is not None


def line_break_in(raw: str) -> str | None:
    """Return the first line break inside a cell as it is written."""
    found = _LINE_BREAK.search(raw)
    return found[0] if found else None
