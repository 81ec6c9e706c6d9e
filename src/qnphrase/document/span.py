"""Places in a text, and edits of it. All offsets count characters (code points), not bytes."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from itertools import pairwise
from typing import NamedTuple

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """The half-open range `[start, end)` of a text, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what stands in this span."""
        return text[self.start : self.end]


class Edit(NamedTuple):
    """Replace what stands in `span` by `text`; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


class Position(NamedTuple):
    """A place as editors count it: line and column from 1, the column in characters."""

    line: int
    column: int


class LineIndex:
    """Finds line and column of an offset.

    Only LF, CR and CRLF break a line, as in editors: `str.splitlines` would also break at U+2028, U+0085, VT and FF.
    """

    def __init__(self, text: str) -> None:
        if text.count("\r") == text.count("\r\n"):  # nearly always, and much quicker
            self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
        else:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def line_start(self, line: int) -> int:
        """Return the offset of the first character of a line (from 1); behind the last line that of the last."""
        return self._starts[min(line, len(self._starts)) - 1]

    def position(self, offset: int) -> Position:
        """Return line and column of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return `edits` sorted by place; several insertions at one place keep their order.

    Raises `ValueError` where two of them overlap, which is a bug of the planner.
    """
    ordered = sorted(edits, key=lambda edit: edit.span)
    for before, after in pairwise(ordered):
        if before.span.end > after.span.start:
            raise ValueError(f"edits overlap: {before} and {after}")
    return ordered


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` made; their spans refer to `text` as it is."""
    parts: list[str] = []
    at = 0
    for edit in in_order(edits):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])
