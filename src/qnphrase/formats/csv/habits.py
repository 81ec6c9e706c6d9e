"""How the cells around a place of a CSV pack are written, so that a new or changed cell can be written alike."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qnphrase.formats.csv.cells import Habit
from qnphrase.formats.csv.cells import decode_cell
from qnphrase.formats.csv.cells import encode_cell
from qnphrase.formats.csv.cells import has_escapes
from qnphrase.formats.csv.cells import is_guarded
from qnphrase.formats.csv.cells import is_guarded_by_habit
from qnphrase.formats.csv.cells import is_quoted
from qnphrase.formats.csv.cells import is_quoted_by_habit
from qnphrase.formats.csv.cells import line_break_in
from qnphrase.formats.csv.lexer import Record
from qnphrase.formats.csv.lexer import record_at

if TYPE_CHECKING:
    from qnphrase.formats.csv.pack import CsvReading

_NEIGHBOURS = 40  # records on either side that are asked


class Habits:
    """Writes cells as their neighbours are written. Rows are counted as in `CsvReading.rows`."""

    def __init__(self, reading: "CsvReading") -> None:
        self.reading = reading
        self.text = reading.document.text
        self.delimiter = reading.delimiter
        self.known: dict[tuple[int, int | None], Habit] = {}
        self.silent: dict[tuple[int, int | None], Habit] = {}  # by blocks of rows in which a column shows no habit
        self.known_blanks: dict[tuple[int, int], str | None] = {}

    def new_cell(self, column: int, value: str, near: int | None) -> str:
        """Return a raw cell that says `value`, as cells of `column` are written around the row `near`.

        Raises `UnwritableValueError` as `encode_cell` does.
        """
        if not value and near is not None and (blank := self._blank(column, near)) is not None:
            return blank
        return encode_cell(value, self._around(column, near), self.delimiter)

    def changed_cell(self, record: Record, column: int, value: str, row: int) -> str:
        """Return the raw cell that is to say `value`, in the habits of the old one as far as it shows any."""
        old = record.cells[column].of(self.text)
        if not old or (not value and self._blank(column, row) is not None):
            return self.new_cell(column, value, row)
        near = self._around(column, row)
        habit = Habit(
            quoted=is_quoted_by_habit(old, self.delimiter) or (is_quoted(old) and near.quoted),
            guarded=is_guarded_by_habit(old) or (is_guarded(old) and near.guarded),
            escaped=has_escapes(old) or (near.escaped and line_break_in(old) is None),
            newline=line_break_in(old) or near.newline,
        )
        return encode_cell(value, habit, self.delimiter)

    def _around(self, column: int, near: int | None) -> Habit:
        """Return the habit of a column around a row; where nothing there shows any, it is asked once for a block."""
        place = (column, near)
        block = (column, None if near is None else near // _NEIGHBOURS)
        if place not in self.known and block not in self.silent:
            raw = None if near is None else self._first_telling(self._column(column, near))
            if raw is not None:
                self.known[place] = self._habit_of(raw)
            else:
                self.silent[block] = self._habit_of(self._first_telling(self._other_cells(near)) or "")
        return self.known.get(place) or self.silent[block]

    def _habit_of(self, raw: str) -> Habit:
        reading = self.reading
        return Habit(is_quoted(raw), is_guarded_by_habit(raw), reading.escaped, reading.cell_newline)

    def _first_telling(self, raws: Iterator[str]) -> str | None:
        return next(filter(self._is_telling, raws), None)

    def _is_telling(self, raw: str) -> bool:
        """Whether a cell shows a habit: it has no quotes, or has them or a guard without need."""
        as_it_must = is_quoted(raw) and not is_quoted_by_habit(raw, self.delimiter)
        return bool(raw) and not as_it_must and is_guarded(raw) == is_guarded_by_habit(raw)

    def _column(self, column: int, near: int) -> Iterator[str]:
        for row in _nearest(near, len(self.reading.rows)):
            cells = self.reading.record(row).cells
            if column < len(cells):
                yield cells[column].of(self.text)

    def _other_cells(self, near: int | None) -> Iterator[str]:
        """Yield the other cells of the row itself, then those of the header."""
        if near is not None:
            yield from (span.of(self.text) for span in self.reading.record(near).cells)
        if self.reading.dialect.header_row is not None:
            header = record_at(self.text, self.reading.dialect.header_start, self.delimiter)
            yield from (span.of(self.text) for span in header.cells)

    def _blank(self, column: int, near: int) -> str | None:
        """Return the nearest cell of the column that says nothing, as it is written: a file may leave it bare."""
        block = near // _NEIGHBOURS
        if (column, block) not in self.known_blanks:
            blanks = (raw for raw in self._column(column, near) if not decode_cell(raw))
            self.known_blanks[column, block] = next(blanks, None)
        return self.known_blanks[column, block]


def _nearest(near: int, count: int) -> Iterator[int]:
    """Yield the rows around `near`, nearest first, itself last: a cell that is changed tells of itself already."""
    for distance in range(1, _NEIGHBOURS):
        if near - distance >= 0:
            yield near - distance
        if near + distance < count:
            yield near + distance
    yield near
