"""Places in a text, and edits of it, against the slow and obvious way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.span import Edit
from qnphrase.document.span import LineIndex
from qnphrase.document.span import Span
from qnphrase.document.span import in_order
from qnphrase.document.span import splice

TEXTS = st.text(st.sampled_from("a您\r\n\u2028\x85\x0b\x0c😀"), max_size=30)


def naive_position(text, offset):
    line = column = 1
    for at in range(offset):
        if text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
    return line, column


@given(TEXTS)
def test_positions(text):
    lines = LineIndex(text)
    for offset in range(len(text) + 1):
        assert lines.position(offset) == naive_position(text, offset)


def test_only_line_ends_break_lines():
    assert LineIndex("a\u2028b\x85c\x0bd\x0ce").position(8) == (1, 9)
    assert LineIndex("a\rb\r\nc\nd").position(7) == (4, 1)


def test_insertions_at_one_place_keep_their_order():
    edits = [Edit(Span(1, 1), "x"), Edit(Span(1, 2), ""), Edit(Span(1, 1), "y"), Edit(Span(0, 1), "A")]
    assert splice("abc", edits) == "Axyc"


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        in_order([Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])
    with pytest.raises(ValueError, match="overlap"):
        splice("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 1), "x")])


def test_span_of_text():
    assert Span(1, 3).of("abcd") == "bc"


@given(TEXTS)
def test_lines_begin_where_positions_say(text):
    lines = LineIndex(text)
    last = lines.position(len(text)).line
    for line in range(1, last + 1):
        assert lines.position(lines.line_start(line)) == (line, 1)
    assert lines.line_start(last + 5) == lines.line_start(last)
