"""The lexer finds the cells that `csv.reader` finds, and their spans make up the whole text."""

import csv
import io
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.document.span import Span
from qnphrase.formats.csv.lexer import DELIMITERS
from qnphrase.formats.csv.lexer import UnterminatedQuote
from qnphrase.formats.csv.lexer import record_at
from qnphrase.formats.csv.lexer import record_pattern

DELIMITER = st.sampled_from(DELIMITERS)
PIECES = [
    '"',
    '""',
    '"""',
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "a",
    "亲",
    " ",
    "&#13;",
    "&",
    "\u2028",
    "\x85",
    '"x"',
    '"\t亲"',
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
CELLS = st.one_of(
    st.text(st.sampled_from("a亲 &"), max_size=3),
    st.text(st.sampled_from('a亲,;\t\r\n& "'), max_size=6).map(lambda said: '"' + said.replace('"', '""') + '"'),
)


@st.composite
def tables(draw):
    """A delimiter and a text whose records mostly have the same width."""
    delimiter = draw(DELIMITER)
    width = draw(st.integers(1, 4))
    widths = draw(st.lists(st.sampled_from([width, width, width, width + 1, 1]), max_size=5))
    ends = st.sampled_from(["\n", "\r\n", "\r"])
    plain = CELLS.map(lambda cell: cell if cell.startswith('"') else cell.replace(delimiter, ""))
    records = [delimiter.join(draw(st.lists(plain, min_size=size, max_size=size))) + draw(ends) for size in widths]
    return delimiter, width, "".join(records) + draw(st.sampled_from(["", "x", '"y"']))


@pytest.fixture(autouse=True)
def _long_fields():
    before = csv.field_size_limit(1_000_000_000)
    yield
    csv.field_size_limit(before)


def records_of(text, delimiter):
    records = []
    start = 0
    while start < len(text):
        records.append(record_at(text, start, delimiter))
        start = records[-1].end
    return records


def unquoted(raw):
    """What a cell says to `csv.reader`, character by character."""
    if raw[:1] != '"':
        return raw
    said, at = "", 1
    while raw[at : at + 2] == '""' or raw[at] != '"':
        said += raw[at]
        at += 2 if raw[at] == '"' else 1
    return said + raw[at + 1 :]


def read_by_csv(text, delimiter):
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    return [row or [""] for row in rows]


def closes_every_quote(text, delimiter):
    """`csv.reader` in strict mode refuses an open quote at the end, and more; lenient mode swallows it in silence."""
    inside = at_start = False
    at_start, at = True, 0
    while at < len(text):
        character = text[at]
        if inside:
            if text[at : at + 2] == '""':
                at += 1
            elif character == '"':
                inside = False
        elif character == '"' and at_start:
            inside = True
        at_start = not inside and character in (delimiter, "\r", "\n")
        at += 1
    return not inside


@settings(max_examples=settings().max_examples * 5)  # 500 in `make test`, 20,000 in `make nightly`
@given(text=TEXTS, delimiter=DELIMITER)
def test_same_cells_as_the_judge(text, delimiter):
    if not closes_every_quote(text, delimiter):
        with pytest.raises(UnterminatedQuote) as caught:
            records_of(text, delimiter)
        assert text[caught.value.offset] == '"'
        return
    cells = [[unquoted(span.of(text)) for span in record.cells] for record in records_of(text, delimiter)]
    assert cells == read_by_csv(text, delimiter)


@settings(max_examples=settings().max_examples * 5)  # 500 in `make test`, 20,000 in `make nightly`
@given(tables())
def test_same_cells_in_tables(table):
    delimiter, _width, text = table
    cells = [[unquoted(span.of(text)) for span in record.cells] for record in records_of(text, delimiter)]
    assert cells == read_by_csv(text, delimiter)


@given(tables())
def test_spans_make_up_the_text(table):
    delimiter, _width, text = table
    at = 0
    for record in records_of(text, delimiter):
        assert record.start == at
        for span in record.cells:
            assert span.start == at
            at = span.end + 1
        at -= 1
        assert record.terminator.start == at
        at = record.end
        assert record.terminator.of(text) in ("\r\n", "\n", "\r", "")
        assert record.terminator.of(text) or at == len(text)
    assert at == len(text)


@settings(max_examples=settings().max_examples * 5)  # 500 in `make test`, 20,000 in `make nightly`
@given(case=tables() | st.tuples(DELIMITER, st.integers(1, 4), TEXTS))
def test_the_fast_pattern_agrees_with_the_slow_one(case):
    delimiter, width, text = case
    pattern = record_pattern(delimiter, width)
    start = 0
    while start < len(text):
        found = pattern.match(text, start)
        try:
            record = record_at(text, start, delimiter)
        except UnterminatedQuote:
            assert found is None
            return
        assert (found is not None) == (len(record.cells) == width)
        if found is not None:
            assert found.end() == record.end
            groups = found.groups()
            for cell, span in enumerate(record.cells):
                said, raw = groups[cell * 2 : cell * 2 + 2]
                assert (said is None) != (raw is None)
                assert raw is None or raw == span.of(text)
                if said is not None:
                    assert found.span(cell * 2 + 1) == Span(span.start + 1, span.end - 1)
                    assert said == unquoted(span.of(text))
        start = record.end


@pytest.mark.parametrize(
    ("text", "offset"), [('"', 0), ('a,"b', 2), ('a\r\nb,"c""\n', 5), ('""",x', 0), ('a,"b"\n"c', 6), (' "a"\n"""', 5)]
)
def test_an_open_quote_is_told_where_it_opens(text, offset):
    with pytest.raises(UnterminatedQuote) as caught:
        records_of(text, ",")
    assert caught.value.offset == offset


def test_a_record_of_another_width_is_found_out_at_once():
    """If a cell could match in two ways, 40 of them would be tried in 2**40 ways, and this would never end."""
    text = ",".join(['"a"'] * 40) + "\n"
    assert record_pattern(",", 41).match(text) is None
    assert record_pattern(",", 39).match(text) is None


@pytest.mark.parametrize(
    ("head", "unit", "tail"), [('"', '""', ""), ('"', '""', '"'), ('"a', '"b', ""), ("", '""a', "")]
)
def test_many_quotes_take_linear_time(head, unit, tail, growth_of):
    def seconds(size):
        text = head + unit * size + tail
        began = time.process_time()
        with suppress(UnterminatedQuote):
            records_of(text, ",")
        record_pattern(",", 3).match(text)
        return time.process_time() - began

    assert growth_of(seconds, 20_000) < 40  # ten times the size; quadratic work would take a hundred times as long
