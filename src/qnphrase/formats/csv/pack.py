"""A CSV pack: its dialect, its rows, and where each of them stands."""

import re
from array import array
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Any

from qnphrase.document.document import Document
from qnphrase.document.encoding import Encoding
from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.base import Carries
from qnphrase.formats.base import Notice
from qnphrase.formats.base import Reading
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Retyped
from qnphrase.formats.base import Style
from qnphrase.formats.base import Subject
from qnphrase.formats.csv.cells import decode_cell
from qnphrase.formats.csv.cells import has_escapes
from qnphrase.formats.csv.cells import is_guarded
from qnphrase.formats.csv.cells import is_quoted
from qnphrase.formats.csv.cells import is_quoted_by_habit
from qnphrase.formats.csv.cells import line_break_in
from qnphrase.formats.csv.cells import origins
from qnphrase.formats.csv.dialect import Dialect
from qnphrase.formats.csv.header import MAX_COLUMNS
from qnphrase.formats.csv.header import Columns
from qnphrase.formats.csv.lexer import Record
from qnphrase.formats.csv.lexer import record_at
from qnphrase.formats.csv.lexer import record_pattern
from qnphrase.formats.patching import Kept
from qnphrase.formats.quiet import quiet_collector
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import counts_of
from qnphrase.formats.rows import subjects_of_rows

if TYPE_CHECKING:
    from qnphrase.model import Phrasebook

NAME = "csv"
SUFFIXES = (".csv", ".tsv", ".txt")
DEFAULT_ENCODING = "gbk"
DEFAULT_NEWLINE = "\r\n"
COMMENT = None
WRITES_REFERENCES = False

_SAMPLE = 5_000  # records that `facts` looks at
_TELLS_NOTHING = frozenset(("", '""'))


@dataclass(frozen=True)
class CsvReading:
    """A CSV pack. `row_starts` holds the offset of the record of each row; blank records are no rows."""

    document: Document
    dialect: Dialect
    rows: list[Row] = field(repr=False)
    row_starts: "array[int]" = field(repr=False)
    notices: tuple[Notice, ...]

    @property
    def delimiter(self) -> str:
        """What stands between the cells."""
        return self.dialect.delimiter

    @property
    def columns(self) -> Columns:
        """Where the fields stand."""
        return self.dialect.columns

    @property
    def carries(self) -> Carries:
        """A CSV file has room for its columns."""
        return Carries(
            codes=self.columns.code is not None,
            groups=self.columns.group is not None,
            extras=frozenset(self.columns.name_of(index) for index in range(MAX_COLUMNS))
            - {self.columns.name_of(index) for index in self._field_columns},
        )

    @property
    def _field_columns(self) -> list[int]:
        columns = self.columns
        return [index for index in (columns.text, columns.code, columns.group) if index is not None]

    def record(self, row: int) -> Record:
        """Return the record of a row, lexed again: spans are only needed where something is edited or reported."""
        return record_at(self.document.text, self.row_starts[row], self.delimiter)

    def counts(self) -> Mapping[str, int]:
        """See `Reading.counts`."""
        return counts_of(self.rows)

    def book(self) -> "Phrasebook":
        """See `Reading.book`."""
        with quiet_collector():
            return book_of_rows(self.rows)

    def edits(self, book: "Phrasebook") -> list[Edit]:
        """See `Reading.edits`."""
        from qnphrase.formats.csv.plan import plan

        with quiet_collector():
            return plan(self, book)

    def subjects(self) -> list[Subject]:
        """See `Reading.subjects`."""
        return subjects_of_rows(self.rows)

    def entry(self, place: int) -> Span:
        """See `Reading.entry`."""
        record = self.record(place)
        return Span(record.start, record.terminator.start)

    def locate(self, place: int, field: str, start: int, end: int) -> Span:
        """See `Reading.locate`."""
        column: int | None = getattr(self.columns, field)
        cell = None
        if column is not None and (found := self._match_record(self.document.text, self.row_starts[place])):
            at, last = found.span(2 * column + 1)
            if at >= 0:  # quoted, and it says what it shows
                return Span(min(at + start, last), min(at + end, last))
            cell = Span(*found.span(2 * column + 2))
        return self._locate_in(cell or self._cell(place, column), start, end)

    def _cell(self, place: int, column: int | None) -> Span:
        """Return where a cell of a row stands; the end of the record where there is none."""
        cells = self.record(place).cells
        if column is None or column >= len(cells):
            return Span(cells[-1].end, cells[-1].end)
        return cells[column]

    def _locate_in(self, cell: Span, start: int, end: int) -> Span:
        raw = cell.of(self.document.text)
        said = decode_cell(raw)
        if said in (raw, raw[1:-1]):  # as nearly everywhere: it says what it shows, with or without quotes
            at = cell.start + (said != raw)
            return Span(at + min(start, len(said)), at + min(end, len(said)))
        origin = origins(raw)
        last = len(origin) - 1  # a group that is carried down from the record above isn't written here
        return Span(cell.start + origin[min(start, last)], cell.start + origin[min(end, last)])

    @cached_property
    def _match_record(self) -> Callable[[str, int], re.Match[str] | None]:
        return record_pattern(self.delimiter, len(self.columns.names)).match

    @cached_property
    def escaped(self) -> bool:
        """Whether the file writes line breaks and commas as `&#13;` and `&#44;`."""
        return "&#13;" in self.document.text or "&#44;" in self.document.text

    @cached_property
    def cell_newline(self) -> str:
        """How line breaks inside of cells are written: as in the first cell that shows it, else as records end."""
        for index, row in enumerate(self.rows):
            if "\n" in row.text:
                record = self.record(index)
                text_cell = record.cells[self.columns.text].of(self.document.text)
                if found := line_break_in(text_cell):
                    return found
        return self.newline

    @cached_property
    def newline(self) -> str:
        """How the first record ends."""
        text = self.document.text
        terminator = record_at(text, 0, self.delimiter).terminator.of(text) if text else ""
        return terminator or DEFAULT_NEWLINE

    def reads_like(self, other: Reading) -> bool:
        """See `Patchable.reads_like`."""
        return isinstance(other, CsvReading) and self.dialect == other.dialect and not (self.notices or other.notices)

    def patched(self, document: Document, kept: Sequence[Kept]) -> "CsvReading | None":
        """See `Patchable.patched`."""
        from qnphrase.formats.csv.patched import reader_of_patched

        reader = reader_of_patched(self, document, kept)
        return None if reader is None else reader.reading()

    def removal(self, index: int) -> Span:
        """See `Reading.removal`: a pack removes nothing."""
        raise IndexError(index)

    def retyped(self) -> Sequence[Retyped]:
        """See `Reading.retyped`."""
        return ()

    def facts(self) -> Mapping[str, Any]:
        """See `Reading.facts`; quoting and line ends are told from the first 5,000 records."""
        text = self.document.text
        records = [self.record(index) for index in range(min(len(self.rows), _SAMPLE))]
        raws = [span.of(text) for record in records for span in record.cells]
        ends = Counter(_LINE_END_NAMES[record.terminator.of(text)] for record in records)
        inside = Counter(_LINE_END_NAMES[found] for raw in raws if (found := line_break_in(raw)))
        return {
            "profile": self.columns.profile.name,
            "header": list(self.columns.names) if self.dialect.header_row is not None else None,
            "header_row": self.dialect.header_row,
            "fields": self._field_names(),
            "extra_columns": [name for _index, name in self.columns.extras],
            "delimiter": self.delimiter,
            "sep_line": self.dialect.sep_line,
            "quoting": _quoting(raws, self.delimiter),
            "guard": any(map(is_guarded, raws)),
            "escapes": any(map(has_escapes, raws)),
            "newline": _one_or_mixed(ends, "none"),
            "newline_in_cells": _one_or_mixed(inside),
            "final_newline": text.endswith(("\n", "\r")),
            "sampled": len(self.rows) > _SAMPLE,
        }

    def _field_names(self) -> dict[str, str | None]:
        columns = self.columns
        return {
            name: None if index is None else columns.names[index]
            for name, index in (("code", columns.code), ("text", columns.text), ("group", columns.group))
        }


_LINE_END_NAMES = {"\r\n": "crlf", "\n": "lf", "\r": "cr", "": "none"}


def _one_or_mixed(found: Counter[str], ignored: str = "") -> str | None:
    names = [name for name in found if name != ignored]
    if not names:
        return None
    return names[0] if len(names) == 1 else "mixed"


def _quoting(raws: list[str], delimiter: str) -> str:
    telling = [raw for raw in raws if raw not in _TELLS_NOTHING]
    quoted = sum(map(is_quoted, telling))
    if quoted == len(telling):
        return "all" if telling else "none"
    by_habit = sum(is_quoted_by_habit(raw, delimiter) for raw in telling)
    return "mixed" if by_habit else "minimal"


def room() -> Carries:
    """Return what a new CSV pack has room for: any extra gets a column."""
    return Carries()


def relabelled(text: str, encoding: Encoding) -> str:  # noqa: ARG001 - a CSV text doesn't name its encoding
    """See `Format.relabelled`."""
    return text


def sniff(text: str) -> bool:
    """Return whether `text` can be CSV: anything that is no XML; the table of formats asks YAML first."""
    return text.lstrip()[:1] != "<"


def read(document: Document, options: ReadOptions) -> CsvReading:  # noqa: ARG001 - CSV needs no mapping
    """Read a CSV pack. Raises `PackSyntaxError` for an unknown header or an unterminated quote."""
    from qnphrase.formats.csv.reader import reading_of

    with quiet_collector():
        return reading_of(document)


def new(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new pack under Qianniu's header, extra columns to its right."""
    from qnphrase.formats.csv.new import new_text

    return new_text(book, style)
