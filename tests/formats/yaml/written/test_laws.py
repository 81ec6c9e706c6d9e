"""The promise: what was not edited comes back byte for byte; what was edited changes only there."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.document.span import Span
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.yaml import pack
from qnphrase.formats.yaml import stream
from qnphrase.formats.yaml.records import RecordSlot
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

_COMMENT = re.compile(r"#c\d+~")


def _read(text: str) -> pack.YamlReading:
    data = text.encode("utf-8", "surrogateescape")
    return pack.read(Document.of_bytes(data, encoding="utf-8"), ReadOptions())


def _edited(reading: pack.YamlReading, book: Phrasebook) -> pack.YamlReading:
    return pack.read(reading.document.edited(reading.edits(book)), ReadOptions())


@given(data=st.data())
def test_a_file_says_the_book_that_was_written(data, files):
    book, text = data.draw(files)
    reading = _read(text)
    assert reading.book() == book
    assert reading.edits(book) == []
    assert reading.counts() == {
        "phrases": len(list(book.all_phrases())),
        "groups": len(book.groups),
        "ungrouped": len(book.phrases),
        "auto_replies": len(book.auto_replies),
    }


@given(data=st.data())
def test_edited_file_holds_any_other_book_and_back(data, files, books):
    old, text = data.draw(files)
    new = data.draw(books)
    there = _edited(_read(text), new)
    assert there.book() == new
    assert _edited(there, old).book() == old


@given(data=st.data())
def test_small_changes_are_held_and_json_stays_json(data, files, changes):
    old, text = data.draw(files)
    new = data.draw(changes(old))
    there = _edited(_read(text), new)
    assert there.book() == new
    assert _edited(there, old).book() == old
    if _is_json(text):
        assert _is_json(there.document.text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@given(data=st.data())
def test_a_new_text_changes_only_its_own_phrase(data, files):
    """One field of one phrase gets another text: all bytes outside of that phrase stay, and so do all comments."""
    book, text = data.draw(files)
    if not book.phrases:
        return
    at = data.draw(st.integers(0, len(book.phrases) - 1))
    name = data.draw(st.sampled_from(("text", "code", "note", "scenario")))
    value = data.draw(st.sampled_from(("新", "新\n行", "新\n", "no", "@客服", " x", "亲 #1", "a: b", '"', "it's")))
    phrases = list(book.phrases)
    phrases[at] = Phrase(**{**phrases[at].model_dump(), name: value})
    new = Phrasebook(**{field: getattr(book, field) for field in Phrasebook.model_fields} | {"phrases": tuple(phrases)})
    reading = _read(text)
    there = _edited(reading, new)
    assert there.book() == new
    assert sorted(_COMMENT.findall(there.document.text)) == sorted(_COMMENT.findall(text))
    node = reading.root.value("phrases")
    owner = Span(node.starts[at], node.ends[at])
    assert all(owner.start <= edit.span.start and edit.span.end <= owner.end for edit in reading.edits(new))


@given(data=st.data())
def test_both_parsers_read_alike(data, files, changes):
    """Where libyaml isn't there, PyYAML's own parser gives the same book, the same places and so the same edits."""
    old, text = data.draw(files)
    if re.search(r"[>|][0-9+-]*#", text):
        return  # libyaml alone takes a comment right behind these
    new = data.draw(changes(old))
    by_libyaml = _read(text).edits(new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "parser_class", lambda: stream._PythonParser)
        reading = _read(text)
        assert reading.book() == old
        assert reading.edits(new) == by_libyaml


@given(data=st.data())
def test_record_that_would_not_read_back_is_written_anew(data, files, changes):
    """The net below all edits of a record: it isn't needed as far as we know, but it holds."""
    old, text = data.draw(files)
    new = data.draw(changes(old))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordSlot, "_reads", lambda _slot, _text: False)
        assert _edited(_read(text), new).book() == new
