"""Reading a file that is a known one but for some places: what stays needn't be read again."""

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple
from typing import Protocol
from typing import Self
from typing import runtime_checkable

from qnphrase.document.document import Document
from qnphrase.formats.base import Reading
from qnphrase.formats.lines import common_lines
from qnphrase.formats.rows import Row
from qnphrase.formats.runs import Run


class Kept(NamedTuple):
    """`number` rows of a known file, from row `first` on, that stand letter by letter at offset `at` of another text.

    They go on to the offset `end`, behind which another row or something else begins.
    """

    first: int
    number: int
    at: int
    end: int


@runtime_checkable
class Patchable(Reading, Protocol):
    """A reading of rows that stand one after the other, so that each can be read for itself."""

    @property
    def rows(self) -> list[Row]:
        """The rows in order."""

    @property
    def row_starts(self) -> Sequence[int]:
        """Where each row begins in the text. What is between a row and the next one belongs to neither."""

    def reads_like(self, other: Reading) -> bool:
        """Return whether a row means the same in both files, wherever it stands."""

    def patched(self, document: Document, kept: Sequence[Kept]) -> Self | None:
        """Return what reading `document` gives, which has the rows `kept`, in order; `None`: read it as a whole.

        What is kept begins and ends where rows do, in either text, and where a line does or inside of what both have.
        """


def reread(known: Reading, document: Document) -> Reading | None:
    """Return what reading `document` gives, where it is mostly what the `known` file is; `None`: read it as a whole."""
    if not isinstance(known, Patchable):
        return None
    runs = common_lines(known.document.text, document.text)
    kept = [part for run in runs if (part := _rows_in(run, known)) is not None]
    if sum(part.number for part in kept) * 2 < len(known.rows):
        return None
    return known.patched(document, kept)


def _rows_in(run: Run, known: Patchable) -> Kept | None:
    """Return the rows of the known file that begin and end in a run, those at its end with what is behind them."""
    starts, end = known.row_starts, run.old + run.length
    first = bisect_left(starts, run.old)
    behind = len(starts) if end == len(known.document.text) else bisect_right(starts, end) - 1
    if behind <= first:
        return None
    way = run.new - run.old
    return Kept(first, behind - first, starts[first] + way, (starts[behind] if behind < len(starts) else end) + way)
