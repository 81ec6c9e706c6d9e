"""From one book to the next: the edits of a CSV pack.

A changed cell keeps its own habits, a new one takes those of its column in the nearest record; everything else of the
file isn't touched.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.csv.cells import UnwritableValueError
from qnphrase.formats.csv.cells import decode_cell
from qnphrase.formats.csv.dialect import dialect_of
from qnphrase.formats.csv.habits import Habits
from qnphrase.formats.csv.header import QIANNIU
from qnphrase.formats.csv.lexer import UnterminatedQuote
from qnphrase.formats.csv.new import unwritable
from qnphrase.formats.csv.new import unwritable_rows
from qnphrase.formats.flat import Placed
from qnphrase.formats.flat import arrange
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import rows_of_book
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.formats.csv.pack import CsvReading
    from qnphrase.model import Phrasebook


def plan(reading: "CsvReading", book: "Phrasebook") -> list[Edit]:
    """Return the edits after which the pack holds `book`. Raises `UnrepresentableError`."""
    edits = _Planner(reading).edits(arrange(reading.rows, rows_of_book(book)))
    if reading.dialect.header_row is None:
        _refuse_new_header(reading, edits)
    return edits


def _refuse_new_header(reading: "CsvReading", edits: list[Edit]) -> None:
    """Refuse edits after which the first rows of a file without a header would no longer read as rows."""
    document = reading.document
    try:
        dialect = dialect_of(replace(document, text=splice(document.text, edits)))
    except (PackSyntaxError, UnterminatedQuote):
        dialect = None
    if dialect is None or dialect.header_row is not None or dialect.delimiter != reading.delimiter:
        raise UnrepresentableError(
            _("这个文件没有表头，改好之后前几行会认不出来，或者被当成表头"),
            [],
            path=document.path,
            hint=_("请先在文件第一行加上表头：{header}").format(header=",".join(QIANNIU)),
        )


class _Planner:
    """Collects the edits of one plan.

    `deleted` are whole records, `inserted` whole lines by their offset. `found` holds the inserted lines and the
    changed cells in the order of the new file, which decides where two of them fall on one place.
    """

    def __init__(self, reading: "CsvReading") -> None:
        self.reading = reading
        self.text = reading.document.text
        self.columns = reading.columns
        self.habits = Habits(reading)
        self.found: list[tuple[Span, list[str]]] = []
        self.deleted: list[Span] = []
        self.inserted: list[tuple[int, list[str]]] = []
        self.refused: list[Unrepresentable] = []
        self.loose: list[Unrepresentable] = []  # ungrouped phrases that would fall into the group above them
        self.carried = ""  # the group that a blank group cell means, where the profile carries groups down

    def edits(self, placed: list[Placed]) -> list[Edit]:
        """Return all edits, in order."""
        stays = {place.old for place in placed if place.stays}
        gone = (self.reading.record(row) for row in range(len(self.reading.rows)) if row not in stays)
        self.deleted = [Span(record.start, record.end) for record in gone]
        for run, neighbour in _runs(placed):
            if run[0].stays:
                self.found += ((edit.span, [edit.text]) for edit in self._cell_edits(run[0]))
            else:
                self._insert(run, neighbour)
        self._refuse()
        if self.text and not self.text.endswith(("\n", "\r")):
            self._keep_open_end()
        edits = [Edit(span, "".join(parts)) for span, parts in self.found]
        edits += (Edit(span, "") for span in self.deleted)
        return sorted(edits, key=lambda edit: edit.span)

    def _refuse(self) -> None:
        path = self.reading.document.path
        if self.refused:
            raise unwritable_rows(self.refused, path)
        if self.loose:
            raise UnrepresentableError(
                _("在这个表里，分组空着就是和上一行同组，所以写不了没有分组的短语"),
                self.loose,
                path=path,
                hint=_("请给这些短语定一个分组。"),
            )

    def _insert(self, run: list[Placed], neighbour: Placed | None) -> None:
        """Put a run of new and moved rows beside the staying row that it belongs to, else at the end."""
        if neighbour is None or neighbour.old is None:
            at, near = len(self.text), len(self.reading.rows) - 1 if self.reading.rows else None
        else:
            record = self.reading.record(neighbour.old)
            at, near = record.start if run[0].leads else record.end, neighbour.old
        lines = [self._line(place, near) for place in run]
        self.inserted.append((at, lines))
        self.found.append((Span(at, at), lines))

    def _keep_open_end(self) -> None:
        """The last record of this file has no line end; so it is to be with the one that is the last from now on."""
        start = len(self.text)
        for span in reversed(self.deleted):
            if span.end != start:
                break
            start = span.start
        at_end = [lines for at, lines in self.inserted if at >= start]
        if at_end:
            at_end[-1][-1] = at_end[-1][-1].removesuffix(_line_end(at_end[-1][-1]))
            if start == len(self.text):
                at_end[0].insert(0, self.reading.newline)
        elif start < len(self.text):
            self.deleted.append(Span(start - len(_line_end(self.text[start - 2 : start])), start))

    def _line(self, place: Placed, near: int | None) -> str:
        """Return the record of a row that is new or moves, with its line end."""
        if place.old is not None:
            record = self.reading.record(place.old)
            raw = Span(record.start, record.end).of(self.text)
            edits = (
                Edit(Span(span.start - record.start, span.end - record.start), text)
                for span, text in self._cell_edits(place)
            )
            line_end = "" if _line_end(raw) else self.reading.newline
            return splice(raw, edits) + line_end
        cells = [self._new_cell(column, value, place.wanted, near) for column, value in self._values(place.wanted)]
        line_end = self.reading.newline if near is None else self.reading.record(near).terminator.of(self.text)
        return self.reading.delimiter.join(cells) + (line_end or self.reading.newline)

    def _values(self, wanted: Row) -> Iterator[tuple[int, str]]:
        """Yield what each cell of a new record says."""
        columns = self.columns
        said = {columns.index_of(name): value for name, value in wanted.extra.items()}
        width = max([len(columns.names), *(index + 1 for index in said if index is not None)])
        said[columns.text] = wanted.text
        if columns.code is not None:
            said[columns.code] = wanted.code
        if columns.group is not None:
            said[columns.group] = self._group_cell(wanted, "")
        return ((column, said.get(column, "")) for column in range(width))

    def _group_cell(self, wanted: Row, written: str) -> str:
        """Return what the group cell must say; where groups are carried down, a blank one stays blank if it can."""
        if not self.columns.profile.carry_down:
            return wanted.group
        if not wanted.group and self.carried:
            self.loose.append(Unrepresentable("", wanted.code, wanted.text, ""))
        blank = not written and wanted.group == self.carried and not wanted.is_declaration
        self.carried = wanted.group
        return "" if blank else wanted.group

    def _cell_edits(self, place: Placed) -> list[Edit]:
        """Return the edits that make the record of an old row say what is wanted."""
        assert place.old is not None  # noqa: S101 - the caller has seen to it
        row, wanted = place.old, place.wanted
        changes = list(self._changes(row, wanted))
        if not changes:
            return []
        record = self.reading.record(row)
        edits: list[Edit] = []
        appended: dict[int, str] = {}
        for column, value in changes:
            if column < len(record.cells):
                try:
                    edits.append(Edit(record.cells[column], self.habits.changed_cell(record, column, value, row)))
                except UnwritableValueError:
                    self.refused.append(unwritable(wanted))
            else:
                appended[column] = self._new_cell(column, value, wanted, row)
        if appended:
            last = record.cells[-1].end
            cells = [appended.get(column, "") for column in range(len(record.cells), max(appended) + 1)]
            edits.append(Edit(Span(last, last), "".join(self.reading.delimiter + cell for cell in cells)))
        return edits

    def _changes(self, row: int, wanted: Row) -> Iterator[tuple[int, str]]:
        """Yield each column whose cell is to say something else, and what."""
        columns, there = self.columns, self.reading.rows[row]
        if there.text != wanted.text:
            yield columns.text, wanted.text
        if columns.code is not None and there.code != wanted.code:
            yield columns.code, wanted.code
        if columns.group is not None and (columns.profile.carry_down or there.group != wanted.group):
            written = self._written_group(row) if columns.profile.carry_down else there.group
            group = self._group_cell(wanted, written)
            if group != written:
                yield columns.group, group
        if there.extra != wanted.extra:
            for name in sorted(there.extra.keys() | wanted.extra.keys()):
                column = columns.index_of(name)
                if column is not None and there.extra.get(name) != wanted.extra.get(name):
                    yield column, wanted.extra.get(name, "")

    def _written_group(self, row: int) -> str:
        cells = self.reading.record(row).cells
        column = self.columns.group
        return decode_cell(cells[column].of(self.text)) if column is not None and column < len(cells) else ""

    def _new_cell(self, column: int, value: str, wanted: Row, near: int | None) -> str:
        try:
            return self.habits.new_cell(column, value, near)
        except UnwritableValueError:
            self.refused.append(unwritable(wanted))
            return ""


def _runs(placed: list[Placed]) -> Iterator[tuple[list[Placed], Placed | None]]:
    """Yield each staying row, and each run of other rows with the staying neighbour beside which it goes."""
    before: Placed | None = None
    waiting: list[Placed] = []
    for place in placed:
        if not place.stays:
            waiting.append(place)
            continue
        leading = [row for row in waiting if row.leads]
        trailing = [row for row in waiting if not row.leads]
        if trailing:
            yield trailing, before
        if leading:
            yield leading, place
        waiting = []
        yield [place], None
        before = place
    if waiting:
        yield waiting, before


def _line_end(line: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if line.endswith(end)), "")
