"""Where the cells of a CSV text stand. The judge is `csv.reader` with `strict=False` on untranslated line ends.

A cell that begins with a quote runs to the next single quote and from there, unquoted, to the delimiter, as
`csv.reader` has it. Outside of quotes CR, LF and CRLF each end a record. An unterminated quote, which `csv.reader` lets
swallow the rest of the file in silence, is an error here.
"""

import re
from functools import cache
from typing import NamedTuple

from qnphrase.document.span import Span

DELIMITERS = ",\t;"
_END = r"(?:\r\n|\n|\r|\Z)"


class UnterminatedQuote(Exception):  # noqa: N818 - it is caught and told with its place before any user sees it
    """A quote that opens at `offset` is never closed."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Record(NamedTuple):
    """One record: the spans of its cells, quotes included, and the span of its line end (empty at the end of file)."""

    cells: tuple[Span, ...]
    terminator: Span

    @property
    def start(self) -> int:
        """Where the record begins."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Where the next record begins."""
        return self.terminator.end


def _cell(delimiter: str) -> str:
    plain = rf"[^{re.escape(delimiter)}\r\n]"
    # The look-ahead, not a possessive group, keeps half of a doubled quote from closing the cell: possessive groups
    # match too much on CPython 3.11.0 to 3.11.4 (cpython#100061).
    return rf'(?:"[^"]*+(?:""[^"]*+)*"(?!"){plain}*+|(?!"){plain}*+)'


@cache
def cell_pattern(delimiter: str) -> re.Pattern[str]:
    """Match one cell, and fail only at an unterminated quote."""
    return re.compile(_cell(delimiter))


@cache
def record_pattern(delimiter: str, columns: int) -> re.Pattern[str]:
    """Match a record of exactly `columns` cells with its line end.

    Each cell has two groups, of which one is `None`: what a quoted cell says, where it says just what it shows, else
    the raw cell. Most cells of a quoted pack are of the first kind, so they need no further look. No cell can be of
    both kinds, else a record of another width would be tried in all combinations.
    """
    ahead = rf"(?=[{re.escape(delimiter)}\r\n]|\Z)"
    cell = rf'(?:"((?!\t)[^"&\r]*+)"{ahead}|((?!"(?!\t)[^"&\r]*+"{ahead}){_cell(delimiter)}))'
    return re.compile(re.escape(delimiter).join([cell] * columns) + _END)


_TERMINATOR = re.compile(_END)


def record_at(text: str, start: int, delimiter: str) -> Record:
    """Return the record that begins at `start`. Raises `UnterminatedQuote`."""
    match_cell = cell_pattern(delimiter).match
    cells: list[Span] = []
    at = start
    while True:
        found = match_cell(text, at)
        if found is None:
            raise UnterminatedQuote(at)
        cells.append(Span(*found.span()))
        at = found.end()
        if text[at : at + 1] != delimiter:
            break
        at += 1
    terminator = _TERMINATOR.match(text, at)
    assert terminator is not None, "a cell ends only at a delimiter or a line end"  # noqa: S101
    return Record(tuple(cells), Span(*terminator.span()))
