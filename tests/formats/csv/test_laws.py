"""What you did not edit comes back byte for byte, what you did edit changes only there: for any CSV file, any edit."""

from dataclasses import replace

from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.formats.csv.lexer import record_at


def records_of(reading):
    return [reading.record(row) for row in range(len(reading.rows))]


@given(data=st.data())
def test_the_edited_file_holds_the_wanted_book(data, edited_files, read_bytes, edits_or_none):
    file, book = data.draw(edited_files())
    edits = edits_or_none(file, book)
    if edits is None:
        return
    new = file.reading.document.edited(edits)
    again = read_bytes(new.data, file.label)
    assert again.book() == book
    assert again.document.text == new.text
    assert Document.of_bytes(new.data).text == new.text, "its encoding is found without being named"
    assert again.dialect.header_start == file.reading.dialect.header_start


@given(data=st.data())
def test_no_change_no_edit(data, files, edits_or_none):
    file = data.draw(files())
    book = file.reading.book()
    edits = edits_or_none(file, book)
    assert edits in (None, [])


@given(data=st.data())
def test_edits_are_cells_or_whole_records(data, edited_files, edits_or_none):
    file, book = data.draw(edited_files())
    edits = edits_or_none(file, book) or []
    text = file.reading.document.text
    records = records_of(file.reading)
    whole = {(record.start, record.end) for record in records}
    cells = {span for record in records for span in record.cells}
    borders = {file.reading.dialect.body_start, len(text), *(place for span in whole for place in span)}
    ragged_ends = {record.cells[-1].end for record in records}
    last = max((edit.span.end for edit in edits), default=0)
    for span, said in edits:
        if span.start == span.end:
            assert span.start in borders | ragged_ends | {cell.start for cell in cells}
        elif span not in whole and span not in cells:
            assert last == len(text)
            assert not text.endswith(("\r", "\n"))
            assert (span.of(text) in ("\n", "\r", "\r\n"), said) == (True, "")


@given(data=st.data())
def test_every_new_cell_is_written_as_its_file_is(data, edited_files, read_bytes, edits_or_none, samples):
    file, book = data.draw(edited_files(uniform=True, headers=samples.headers))
    assume(any(end in file.reading.document.text for end in file.style.newlines))  # else nobody can know it
    edits = edits_or_none(file, book)
    if edits is None:
        return
    new = replace(file, reading=read_bytes(file.reading.document.edited(edits).data, file.label))
    text = new.reading.document.text
    rows = records_of(new.reading)
    for row, record in zip(new.reading.rows, rows, strict=True):
        columns = new.reading.columns
        values = {columns.text: row.text, columns.code: row.code, columns.group: row.group}
        values.update({columns.index_of(name): value for name, value in row.extra.items()})
        wanted = [file.style.cell(values.get(column, ""), file.style.quoting) for column in range(len(columns.names))]
        assert [span.of(text) for span in record.cells] == wanted
        at_end = record.end == len(text)
        assert record.terminator.of(text) == (file.style.newlines[0] if not at_end or not is_open(file) else "")
    assert text.endswith(("\r", "\n")) != is_open(file)


def is_open(file):
    return not file.reading.document.text.endswith(("\r", "\n"))


@given(data=st.data())
def test_rows_that_stay_keep_their_bytes(data, edited_files, edits_or_none):
    """What is neither in a changed cell nor in a deleted record stands in the new file in the same order."""
    file, book = data.draw(edited_files())
    edits = edits_or_none(file, book)
    if edits is None:
        return
    document = file.reading.document
    new = document.edited(edits)
    at = 0
    encode = document.encoding.encode
    for span, _said in sorted(edits, key=lambda edit: edit.span):
        kept = encode(document.text[at : span.start])
        assert kept in new.data
        at = span.end
    assert new.data.endswith(encode(document.text[at:]) + document.encoding.tail)
    head = record_at(document.text, file.reading.dialect.header_start, file.reading.delimiter).terminator.start
    if file.reading.dialect.header_row is not None:
        assert new.text.startswith(document.text[:head])
