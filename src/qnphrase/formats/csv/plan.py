"""From one book to the next: the edits of a CSV pack, and new packs.

A changed cell keeps its own habits, a new one takes those of its column in the nearest record; everything else of the
file isn't touched.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import Style
from qnphrase.formats.csv.cells import Habit
from qnphrase.formats.csv.cells import UnwritableValueError
from qnphrase.formats.csv.cells import encode_cell
from qnphrase.formats.csv.cells import has_escapes
from qnphrase.formats.csv.cells import is_guarded
from qnphrase.formats.csv.cells import is_quoted
from qnphrase.formats.csv.cells import is_quoted_by_habit
from qnphrase.formats.csv.cells import line_break_in
from qnphrase.formats.csv.header import QIANNIU
from qnphrase.formats.csv.lexer import Record
from qnphrase.formats.flat import Placed
from qnphrase.formats.flat import arrange
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import rows_of_book
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.formats.csv.pack import CsvReading
    from qnphrase.model import Phrasebook

_NEIGHBOURS = 40  # records on either side that are asked for the habit of a column


def plan(reading: "CsvReading", book: "Phrasebook") -> list[Edit]:
    """Return the edits after which the pack holds `book`. Raises `UnrepresentableError`."""
    return _Planner(reading).edits(arrange(reading.rows, rows_of_book(book)))


class _Planner:
    def __init__(self, reading: "CsvReading") -> None:
        self.reading = reading
        self.text = reading.document.text
        self.columns = reading.columns
        self.found: list[Edit] = []
        self.refused: list[Unrepresentable] = []
        self.carried = ""  # the group that a blank group cell means, where the profile carries groups down
        self.habits: dict[tuple[int, int], Habit] = {}
        self.ends_open = bool(self.text) and not self.text.endswith(("\n", "\r"))

    def edits(self, placed: list[Placed]) -> list[Edit]:
        """Return all edits, in order."""
        stays = {place.old for place in placed if place.stays}
        for index in range(len(self.reading.rows)):
            if index not in stays:
                record = self.reading.record(index)
                self.found.append(Edit(Span(record.start, record.end), ""))
        for run, neighbour in _runs(placed):
            self._insert(run, neighbour)
        if self.refused:
            raise UnrepresentableError(
                _("CSV 里写不了这些内容"),
                self.refused,
                path=self.reading.document.path,
                hint=_("文字形式的 &#13; &#10; &#44; 在 CSV 里会变成换行或逗号，请换个写法。"),
            )
        self._keep_open_end()
        return sorted(self.found, key=lambda edit: edit.span)

    def _insert(self, run: list[Placed], neighbour: Placed | None) -> None:
        """Edit the staying row, or put the run of new and moved ones beside its neighbour."""
        if run[0].stays:
            place = run[0]
            assert place.old is not None  # noqa: S101 - what stays was there
            self.found += self._cell_edits(place.old, place.wanted)
            return
        at, near = self._place_of(run, neighbour)
        lines = [self._line(place, near) for place in run]
        if at == len(self.text) and self.ends_open:
            newline = self.reading.newline
            lines = [newline, *lines] if not self._is_deleted_at_end() else lines
            lines[-1] = lines[-1][: -len(_terminator(lines[-1]))]
        self.found.append(Edit(Span(at, at), "".join(lines)))

    def _place_of(self, run: list[Placed], neighbour: Placed | None) -> tuple[int, int | None]:
        """Return the offset where a run of rows goes, and the row whose habits new ones take."""
        if neighbour is None or neighbour.old is None:
            return len(self.text), len(self.reading.rows) - 1 if self.reading.rows else None
        record = self.reading.record(neighbour.old)
        return (record.start if run[0].leads else record.end), neighbour.old

    def _is_deleted_at_end(self) -> bool:
        return any(edit.span.end == len(self.text) and edit.span.start < edit.span.end for edit in self.found)

    def _keep_open_end(self) -> None:
        """Where the last record had no line end and is gone, the record that is now the last gives its line end up."""
        if not (self.ends_open and self._is_deleted_at_end()) or any(e.span.start == len(self.text) for e in self.found):
            return
        gone = {edit.span.start: edit.span.end for edit in self.found if edit.text == ""}
        start = len(self.text)
        for begin, end in sorted(gone.items(), reverse=True):
            if end != start:
                break
            start = begin
        if any(edit.span.end == start and edit.text for edit in self.found):
            return
        terminator = _terminator(self.text[:start])
        self.found.append(Edit(Span(start - len(terminator), start), ""))

    def _line(self, place: Placed, near: int | None) -> str:
        """Return the record of a row that is new or moves, with its line end."""
        if place.old is not None:
            record = self.reading.record(place.old)
            raw = Span(record.start, record.end).of(self.text)
            edits = [
                Edit(Span(span.start - record.start, span.end - record.start), text)
                for span, text in self._cell_edits(place.old, place.wanted)
            ]
            raw = splice(raw, edits)
            return raw if record.terminator.start < record.terminator.end else raw + self.reading.newline
        cells = [self._cell(index, value, place.wanted, near) for index, value in enumerate(self._values(place.wanted))]
        return self.reading.delimiter.join(cells) + self._newline_near(near)

    def _newline_near(self, near: int | None) -> str:
        if near is None:
            return self.reading.newline
        return self.reading.record(near).terminator.of(self.text) or self.reading.newline

    def _values(self, wanted: Row) -> list[str]:
        """Return what each cell of a new record says."""
        columns = self.columns
        said = {columns.index_of(name): value for name, value in wanted.extra.items()}
        width = max([len(columns.names), *(index + 1 for index in said if index is not None)])
        said[columns.text] = wanted.text
        if columns.code is not None:
            said[columns.code] = wanted.code
        if columns.group is not None:
            said[columns.group] = self._group_cell(wanted, "")
        return [said.get(index, "") for index in range(width)]

    def _group_cell(self, wanted: Row, written: str) -> str:
        """Return what the group cell must say; where groups are carried down, a blank one stays blank if it can."""
        if not self.columns.profile.carry_down:
            return wanted.group
        if not wanted.group and self.carried:
            self.refused.append(Unrepresentable("", wanted.code, wanted.text, "", _("分组空着会跟着上一行的分组走")))
        blank = not written and wanted.group == self.carried
        self.carried = wanted.group
        return "" if blank else wanted.group

    def _cell_edits(self, index: int, wanted: Row) -> list[Edit]:
        """Return the edits that make the record of row `index` say `wanted`."""
        there = self.reading.rows[index]
        record = None
        edits: list[Edit] = []
        appended: dict[int, str] = {}
        for column, value in self._changes(index, there, wanted):
            record = record or self.reading.record(index)
            if column < len(record.cells):
                edits.append(Edit(record.cells[column], self._edited_cell(record, column, value, wanted, index)))
            else:
                appended[column] = self._cell(column, value, wanted, index)
        if appended and record is not None:
            last = record.cells[-1].end
            cells = [appended.get(column, "") for column in range(len(record.cells), max(appended) + 1)]
            edits.append(Edit(Span(last, last), "".join(self.reading.delimiter + cell for cell in cells)))
        return edits

    def _changes(self, index: int, there: Row, wanted: Row) -> Iterator[tuple[int, str]]:
        columns = self.columns
        if there.text != wanted.text:
            yield columns.text, wanted.text
        if columns.code is not None and there.code != wanted.code:
            yield columns.code, wanted.code
        if columns.group is not None and (columns.profile.carry_down or there.group != wanted.group):
            written = self._written_group(index) if columns.profile.carry_down else there.group
            group = self._group_cell(wanted, written)
            if group != written:
                yield columns.group, group
        if there.extra != wanted.extra:
            for name in sorted(there.extra.keys() | wanted.extra.keys()):
                column = columns.index_of(name)
                if column is not None and there.extra.get(name) != wanted.extra.get(name):
                    yield column, wanted.extra.get(name, "")

    def _written_group(self, index: int) -> str:
        from qnphrase.formats.csv.cells import decode_cell

        cells = self.reading.record(index).cells
        column = self.columns.group
        return decode_cell(cells[column].of(self.text)) if column is not None and column < len(cells) else ""

    def _edited_cell(self, record: Record, column: int, value: str, wanted: Row, index: int) -> str:
        """Return the new raw cell, in the habits of the old one as far as it shows any."""
        old = record.cells[column].of(self.text)
        delimiter = self.reading.delimiter
        near = self._habit(column, index)
        if not old:
            return self._encoded(value, near, wanted)
        habit = Habit(
            quoted=is_quoted_by_habit(old, delimiter) or (is_quoted(old) and near.quoted),
            guarded=is_guarded(old),
            escaped=has_escapes(old) or (near.escaped and line_break_in(old) is None),
            newline=line_break_in(old) or near.newline,
        )
        return self._encoded(value, habit, wanted)

    def _cell(self, column: int, value: str, wanted: Row, near: int | None) -> str:
        return self._encoded(value, self._habit(column, near), wanted)

    def _encoded(self, value: str, habit: Habit, wanted: Row) -> str:
        try:
            return encode_cell(value, habit, self.reading.delimiter)
        except UnwritableValueError:
            self.refused.append(Unrepresentable(wanted.group, wanted.code, wanted.text, "", "&#13; &#10; &#44;"))
            return ""

    def _habit(self, column: int, near: int | None) -> Habit:
        """Return the habit of a column around a row: that of the nearest other cell that shows one."""
        if near is None:
            return Habit(escaped=self.reading.escaped, newline=self.reading.cell_newline)
        known = self.habits.get((column, near))
        if known is None:
            known = self.habits[column, near] = self._habit_around(column, near)
        return known

    def _habit_around(self, column: int, near: int) -> Habit:
        delimiter = self.reading.delimiter
        for index in _nearest(near, len(self.reading.rows)):
            cells = self.reading.record(index).cells
            raw = cells[column].of(self.text) if column < len(cells) else ""
            if raw and (is_quoted_by_habit(raw, delimiter) or not is_quoted(raw)):
                return Habit(is_quoted(raw), is_guarded(raw), self.reading.escaped, self.reading.cell_newline)
        return Habit(escaped=self.reading.escaped, newline=self.reading.cell_newline)


def _nearest(near: int, count: int) -> Iterator[int]:
    """Yield the rows around `near`, nearest first, itself last: a cell that is edited tells of itself already."""
    for distance in range(1, _NEIGHBOURS):
        if near - distance >= 0:
            yield near - distance
        if near + distance < count:
            yield near + distance
    yield near


def _runs(placed: list[Placed]) -> Iterator[tuple[list[Placed], Placed | None]]:
    """Yield each staying row, and each run of other rows with the staying neighbour beside which it goes."""
    before: Placed | None = None
    waiting: list[Placed] = []
    for place in placed:
        if place.stays:
            leading = [row for row in waiting if row.leads]
            trailing = [row for row in waiting if not row.leads]
            if trailing:
                yield trailing, before
            if leading:
                yield leading, place
            waiting = []
            yield [place], None
            before = place
        else:
            waiting.append(place)
    if waiting:
        yield waiting, before


def _terminator(line: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if line.endswith(end)), "")


def new_text(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new pack: Qianniu's header, the extra columns to its right, in the order of appearance."""
    rows = rows_of_book(book)
    extras = list(dict.fromkeys(name for row in rows for name in row.extra))
    habit = Habit(quoted=style.guard, guarded=style.guard, newline=style.newline)
    refused: list[Unrepresentable] = []
    lines = [",".join(encode_cell(name, Habit()) for name in (*QIANNIU, *extras))]
    for row in rows:
        try:
            values = (row.code, row.text, row.group, *(row.extra.get(name, "") for name in extras))
            lines.append(",".join(encode_cell(value, habit) for value in values))
        except UnwritableValueError:
            refused.append(Unrepresentable(row.group, row.code, row.text, "", "&#13; &#10; &#44;"))
    if refused:
        raise UnrepresentableError(
            _("CSV 里写不了这些内容"),
            refused,
            hint=_("文字形式的 &#13; &#10; &#44; 在 CSV 里会变成换行或逗号，请换个写法。"),
        )
    return "".join(line + style.newline for line in lines)
