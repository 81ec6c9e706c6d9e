"""One field that changes, or one phrase that comes, touches one place, and taking it back gives the original bytes."""

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.formats.rows import Kind
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import kinds_of
from qnphrase.model import Phrase


@pytest.fixture(scope="session")
def one_field_changed(files, samples):
    """A file, a row and a column of it, and the book in which just that cell says something else."""

    @st.composite
    def drawn(draw, **options):
        file = draw(files(replies=False, **options))
        reading = file.reading
        columns = reading.columns
        phrases = [row for row, kind in enumerate(kinds_of(reading.rows)) if kind is Kind.PHRASE]
        assume(phrases)
        at = draw(st.sampled_from(phrases))
        row = reading.rows[at]
        column = draw(st.sampled_from(range(len(columns.names))))
        if column == columns.text:
            new = row._replace(text=draw(st.sampled_from(["", *samples.texts])))
        elif column == columns.code:
            new = row._replace(code=draw(st.sampled_from(samples.codes[:5])))
        elif column == columns.group:
            others = [(there.code, there.text, there.extra) for there in reading.rows]
            assume(not columns.profile.carry_down)
            assume(others.count(others[at]) == 1)  # of two equal rows either may be the one that moved
            new = row._replace(group=draw(st.sampled_from(["", "新组", *samples.names])))
        else:
            name = columns.name_of(column)
            value = draw(st.sampled_from(["", "是", "否,"]))
            rest = {known: said for known, said in row.extra.items() if known != name}
            new = row._replace(extra={**rest, **({name: value} if value else {})})
        assume(not new.is_declaration)
        changed = [*reading.rows[:at], new, *reading.rows[at + 1 :]]
        return file, at, column, book_of_rows(changed)

    return drawn


@given(data=st.data())
def test_one_field_changes_one_cell(data, read_bytes, edits_or_none, one_field_changed):
    file, at, column, book = data.draw(one_field_changed())
    edits = edits_or_none(file, book)
    if edits is None:
        return
    cells = file.reading.record(at).cells
    there = cells[column] if column < len(cells) else (cells[-1].end, cells[-1].end)
    assert [edit.span for edit in edits] in ([], [there])
    assert file.reading.document.edited(edits).text.count("\0") == 0
    assert read_bytes(file.reading.document.edited(edits).data, file.label).book() == book


@given(data=st.data())
def test_undoing_one_field_gives_the_original_bytes(data, read_bytes, samples, one_field_changed):
    file, _at, _column, book = data.draw(
        one_field_changed(uniform=True, headers=(*samples.headers, samples.shop_workbook))
    )
    original = file.reading.document
    new = original.edited(file.reading.edits(book))
    again = read_bytes(new.data, file.label)
    assert again.document.edited(again.edits(file.reading.book())).data == original.data


@given(data=st.data())
def test_deleting_what_was_inserted_gives_the_original_bytes(data, files, draft_of, read_bytes, samples):
    file = data.draw(files(uniform=True, headers=samples.headers, replies=False))
    draft = draft_of(file.reading.book(), [])
    members = data.draw(st.sampled_from(draft.lists()))
    members.insert(data.draw(st.integers(0, len(members))), Phrase(code="new", text="新的,一句\n话"))
    original = file.reading.document
    new = original.edited(file.reading.edits(draft.book()))
    assert new.data != original.data
    again = read_bytes(new.data, file.label)
    assert again.document.edited(again.edits(file.reading.book())).data == original.data
