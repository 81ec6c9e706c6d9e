"""How a CSV file divides its cells, and where its header stands: told from the first rows alone."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.csv.cells import decode_cell
from qnphrase.formats.csv.header import HEADER_ROWS
from qnphrase.formats.csv.header import QIANNIU
from qnphrase.formats.csv.header import Columns
from qnphrase.formats.csv.header import columns_of_header
from qnphrase.formats.csv.header import looks_like_header
from qnphrase.formats.csv.header import positional_columns
from qnphrase.formats.csv.lexer import DELIMITERS
from qnphrase.formats.csv.lexer import Record
from qnphrase.formats.csv.lexer import UnterminatedQuote
from qnphrase.formats.csv.lexer import record_at
from qnphrase.language import _

_SEP_LINE = re.compile(r"sep=([,;\t])(?:\r\n|\n|\r|\Z)", re.IGNORECASE)


class Dialect(NamedTuple):
    """What the first rows say of a file. `header_row` counts from 1, behind a `sep=,` line; `None`: there is no header.

    Offsets: the header begins at `header_start`, the records below it at `body_start`.
    """

    delimiter: str
    columns: Columns
    header_row: int | None
    header_start: int
    body_start: int
    sep_line: bool


def dialect_of(document: Document) -> Dialect:
    """Return the dialect of a file: of all delimiters the one that finds a known header first.

    Raises `PackSyntaxError` where there is none and the rows aren't of three cells either, `UnterminatedQuote`.
    """
    text = document.text
    sep_line = _SEP_LINE.match(text)
    start = sep_line.end() if sep_line else 0
    if not text[start:].strip():
        raise document.syntax_error(_("文件是空的"), start, hint=_("请从千牛重新导出一次（快捷短语 → 导出 → CSV）。"))
    delimiters = sep_line[1] if sep_line else DELIMITERS
    found = [dialect for delimiter in delimiters if (dialect := _with_header(text, start, delimiter))]
    if found:
        best = min(found, key=lambda dialect: dialect.header_start)
    elif positional := [delimiter for delimiter in delimiters if _is_positional(text, start, delimiter)]:
        best = Dialect(positional[0], positional_columns(), None, start, start, sep_line=False)
    else:
        raise _unknown_header(document, start, delimiters[0])
    return best._replace(sep_line=sep_line is not None)


def values_of(text: str, record: Record) -> list[str]:
    """Return what the cells of a record say."""
    return [decode_cell(span.of(text)) for span in record.cells]


def _first_records(text: str, start: int, delimiter: str) -> Iterator[Record]:
    for _row in range(HEADER_ROWS):
        if start == len(text):
            return
        record = record_at(text, start, delimiter)
        yield record
        start = record.end


def _with_header(text: str, start: int, delimiter: str) -> Dialect | None:
    """Return the dialect of the first known header among the records as `delimiter` divides them."""
    try:
        for row, record in enumerate(_first_records(text, start, delimiter), 1):
            columns = columns_of_header(values_of(text, record))
            if columns is not None:
                return Dialect(delimiter, columns, row, record.start, record.end, sep_line=False)
    except UnterminatedQuote:
        pass  # whether it is one depends on the delimiter; the one that is used at last will tell
    return None


def _is_positional(text: str, start: int, delimiter: str) -> bool:
    """Whether the first records are of three cells each, the first of all being a phrase rather than a header."""
    try:
        head = [record for record in _first_records(text, start, delimiter) if any(values_of(text, record))]
    except UnterminatedQuote:
        return False
    three = all(len(record.cells) == len(QIANNIU) for record in head)
    return bool(head) and three and not looks_like_header(values_of(text, head[0]))


def _unknown_header(document: Document, start: int, delimiter: str) -> PackSyntaxError:
    rows = [
        (record.start, values_of(document.text, record)) for record in _first_records(document.text, start, delimiter)
    ]
    at, header = next((row for row in rows if any(row[1])), (start, []))
    return document.syntax_error(
        _("认不出表头：{header}").format(header="，".join(cell[:20] for cell in header[:8]) or _("前几行都空着")),
        at,
        hint=_("千牛的表头是“{header}”。请把表头改成这三个名字，或者把没有表头的文件整理成这三列。").format(
            header=",".join(QIANNIU)
        ),
    )
