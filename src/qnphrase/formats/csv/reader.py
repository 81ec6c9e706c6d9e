"""Reading a CSV pack: the dialect from its first rows, then all records in one pass."""

import re
from array import array
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import Notice
from qnphrase.formats.csv.cells import decode_cell
from qnphrase.formats.csv.dialect import Dialect
from qnphrase.formats.csv.dialect import dialect_of
from qnphrase.formats.csv.dialect import values_of
from qnphrase.formats.csv.header import MAX_COLUMNS
from qnphrase.formats.csv.lexer import UnterminatedQuote
from qnphrase.formats.csv.lexer import record_at
from qnphrase.formats.csv.lexer import record_pattern
from qnphrase.formats.csv.pack import CsvReading
from qnphrase.formats.rows import NO_EXTRA
from qnphrase.formats.rows import Row
from qnphrase.language import _

_MAY_DIFFER = frozenset(('"', "\t"))  # a raw cell that begins otherwise and holds no `&#` says what it shows


def _value(raw: str) -> str:
    return decode_cell(raw) if raw[:1] in _MAY_DIFFER or "&#" in raw else raw


def reading_of(document: Document) -> CsvReading:
    """Read a CSV pack. Raises `PackSyntaxError`."""
    try:
        reader = Reader(document, dialect_of(document))
        reader.read()
    except UnterminatedQuote as error:
        raise _unterminated(document, error.offset) from None
    return reader.reading()


def _unterminated(document: Document, offset: int) -> PackSyntaxError:
    return document.syntax_error(
        _("这一格以双引号开头，一直到文件末尾都没有配对的双引号"),
        offset,
        hint=_('请在这一格的末尾补上一个双引号 "；格子里的双引号要写成两个 ""。文件没有读完整时也会这样。'),
    )


class Reader:
    """Reads one document; the result is a `CsvReading`."""

    def __init__(self, document: Document, dialect: Dialect) -> None:
        self.document = document
        self.text = document.text
        self.dialect = dialect
        self.columns = dialect.columns
        self.pattern = record_pattern(dialect.delimiter, len(self.columns.names))
        fields = (self.columns.code, self.columns.group)
        self.is_wide = len(self.columns.names) != 3 or None in fields or self.columns.profile.carry_down
        self.rows: list[Row] = []
        self.row_starts = array("q")
        self.ragged = 0
        self.first_ragged = 0
        self.groups: dict[str, str] = {}  # one string for each group, however many rows repeat it
        self.carried = ""

    def reading(self) -> CsvReading:
        """Return what was read."""
        return CsvReading(self.document, self.dialect, self.rows, self.row_starts, tuple(self._notices()))

    def read(self) -> None:
        """Read all records; a ragged one is lexed by cells, then on it goes. Raises `PackSyntaxError`."""
        start, size = self.dialect.body_start, len(self.text)
        while start < size:
            start = self._take_in(start, size)
            if start < size:
                start = self._read_ragged(start)

    def read_between(self, start: int, end: int) -> bool:
        """Read the records of a part of the text; return whether they end where it does, and none is ragged."""
        return start == end or self._take_in(start, end) == end

    def _take_in(self, start: int, end: int) -> int:
        """Match record after record by one expression, and return where the first begins that it doesn't match."""
        matches = iter(self.pattern.scanner(self.text, start, end).match, None)  # type: ignore[attr-defined]
        return self._take_in_all(matches, start, end) if self.is_wide else self._take_in_fields(matches, start, end)

    def _take_in_fields(self, matches: Iterator[re.Match[str]], start: int, end: int) -> int:
        """Take in records of just the three fields, in the tightest loop: nearly all packs are of this kind."""
        groups, add_row, add_start = self.groups, self.rows.append, self.row_starts.append
        make = tuple.__new__  # a Row without the detour through its keyword arguments
        columns = self.columns
        at_text, at_code, at_group = columns.text * 2, (columns.code or 0) * 2, (columns.group or 0) * 2
        for found in matches:
            cells = found.groups()
            text, code, group = cells[at_text], cells[at_code], cells[at_group]
            if text is None:
                text = _value(cells[at_text + 1])
            if code is None:
                code = _value(cells[at_code + 1])
            if group is None:
                group = _value(cells[at_group + 1])
            if text or code or group:
                add_row(make(Row, (groups.setdefault(group, group), code, text, NO_EXTRA)))
                add_start(start)
            start = found.end()
            if start == end:
                break
        return start

    def _take_in_all(self, matches: Iterator[re.Match[str]], start: int, end: int) -> int:
        for found in matches:
            cells = found.groups()
            pairs = zip(cells[::2], cells[1::2], strict=True)
            self._add(start, [_value(raw) if said is None else said for said, raw in pairs])
            start = found.end()
            if start == end:
                break
        return start

    def _read_ragged(self, start: int) -> int:
        record = record_at(self.text, start, self.dialect.delimiter)
        if len(record.cells) > MAX_COLUMNS:
            raise self.document.syntax_error(
                _("这一行有 {count} 格，不像快捷短语").format(count=len(record.cells)), start
            )
        values = values_of(self.text, record)
        if any(values):
            self.ragged += 1
            self.first_ragged = self.first_ragged or self.document.position(start).line
        self._add(start, values + [""] * (len(self.columns.names) - len(values)))
        return record.end

    def _add(self, start: int, values: Sequence[str]) -> None:
        columns = self.columns
        text = values[columns.text]
        code = values[columns.code] if columns.code is not None else ""
        group = values[columns.group] if columns.group is not None else ""
        fields = (columns.text, columns.code, columns.group)
        extra = {columns.name_of(at): value for at, value in enumerate(values) if value and at not in fields}
        if not (text or code or group or extra):
            return
        if columns.profile.carry_down:
            group = self.carried = group or self.carried
        self.rows.append(Row(self.groups.setdefault(group, group), code, text, extra or NO_EXTRA))
        self.row_starts.append(start)

    def _notices(self) -> Iterator[Notice]:
        dialect = self.dialect
        if dialect.header_row is None:
            line = self.document.position(dialect.body_start).line
            yield Notice(_("没有表头，按“编码、短语、分组”三列来读"), line)
        if self.ragged:
            what = _("有 {count} 行的格数和表头不一样，第一处在这一行；多出来的格子当作附加列保留")
            yield Notice(what.format(count=self.ragged), self.first_ragged)
        if not self.rows:
            yield Notice(_("只有表头，没有短语"), self.document.position(dialect.header_start).line)
