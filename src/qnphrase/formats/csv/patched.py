"""Reading a CSV file that is a known one but for some places: only what stands there is read."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.csv.dialect import dialect_of
from qnphrase.formats.csv.lexer import UnterminatedQuote
from qnphrase.formats.csv.reader import Reader
from qnphrase.formats.patching import Kept

if TYPE_CHECKING:
    from qnphrase.formats.csv.pack import CsvReading


def reader_of_patched(reading: "CsvReading", document: Document, kept: Sequence[Kept]) -> Reader | None:
    """Return a reader that has read `document`, see `Patchable.patched`; `None`: something is unusual."""
    if reading.notices or reading.columns.profile.carry_down:
        return None
    try:
        if dialect_of(document) != reading.dialect:
            return None
    except (PackSyntaxError, UnterminatedQuote):
        return None
    reader = Reader(document, reading.dialect)
    start = reading.dialect.body_start
    for part in kept:
        if not reader.read_between(start, part.at):
            return None
        rows = slice(part.first, part.first + part.number)
        shift = part.at - reading.row_starts[part.first]
        reader.rows += reading.rows[rows]
        reader.row_starts.extend(array("q", map(shift.__add__, reading.row_starts[rows])))
        start = part.end
    return reader if reader.read_between(start, len(document.text)) and reader.rows else None
