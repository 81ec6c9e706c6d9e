"""A cell says what it was written to say, or is not written at all."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.formats.csv.cells import Habit
from qnphrase.formats.csv.cells import UnwritableValueError
from qnphrase.formats.csv.cells import decode_cell
from qnphrase.formats.csv.cells import encode_cell
from qnphrase.formats.csv.cells import has_escapes
from qnphrase.formats.csv.cells import is_guarded
from qnphrase.formats.csv.cells import is_guarded_by_habit
from qnphrase.formats.csv.cells import is_quoted
from qnphrase.formats.csv.cells import is_quoted_by_habit
from qnphrase.formats.csv.cells import line_break_in
from qnphrase.formats.csv.cells import origins
from qnphrase.formats.csv.lexer import DELIMITERS
from qnphrase.formats.csv.lexer import record_at

ESCAPES = ("&#13;", "&#10;", "&#44;")
VALUES = st.lists(
    st.sampled_from(["a", "亲", '"', ",", ";", "\t", "\n", " ", "&", "#", "&#", "13;", "10;", "44;", "&#13", *ESCAPES])
    | st.text(st.characters(exclude_characters="\r"), max_size=3),
    max_size=8,
).map("".join)
HABITS = st.builds(Habit, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]))


@given(value=VALUES, habit=HABITS, delimiter=st.sampled_from(DELIMITERS))
def test_a_cell_says_what_it_was_written_to_say(value, habit, delimiter):
    if any(escape in value for escape in ESCAPES):
        with pytest.raises(UnwritableValueError):
            encode_cell(value, habit, delimiter)
        return
    raw = encode_cell(value, habit, delimiter)
    assert decode_cell(raw) == value
    record = record_at(f"{raw}{delimiter}x\n", 0, delimiter)
    assert [span.of(f"{raw}{delimiter}x\n") for span in record.cells] == [raw, "x"]
    rows = list(csv.reader(io.StringIO(raw + delimiter + "x\n", newline=""), delimiter=delimiter))
    assert len(rows) == 1
    assert len(rows[0]) == 2
    assert "\r" not in decode_cell(raw)


@given(value=VALUES.filter(lambda value: "&#" not in value), habit=HABITS, delimiter=st.sampled_from(DELIMITERS))
def test_habits_are_seen_in_the_cells_that_have_them(value, habit, delimiter):
    raw = encode_cell(value, habit, delimiter)
    assert is_quoted(raw) or not habit.quoted
    assert is_guarded(raw) == (habit.guarded or value.startswith("\t"))
    assert is_guarded_by_habit(raw) == (habit.guarded and not value.startswith("\t"))
    assert has_escapes(raw) == (habit.escaped and ("\n" in value or "," in value))
    if "\n" in value and not habit.escaped:
        assert line_break_in(raw) == habit.newline
    if is_quoted_by_habit(raw, delimiter):
        assert habit.quoted or (habit.guarded and delimiter == "\t")


RAW = st.lists(
    st.sampled_from(['"', '""', "\t", "\r", "\n", "\r\n", "&#13;", "&#10;", "&#44;", "&#", "a", "亲"]), max_size=9
)


@given(RAW.map("".join))
def test_any_raw_cell_can_be_read(raw):
    value = decode_cell(raw)
    assert "\r" not in value
    places = origins(raw)
    assert len(places) == len(value) + 1
    assert places == sorted(set(places))
    assert places[-1] <= len(raw)
    for character, place in zip(value, places, strict=False):
        if character == "\n":
            assert raw[place] in "\r\n&"
        elif character == ",":
            assert raw[place] in ",&"
        else:
            assert raw[place] == character


@given(value=VALUES.filter(lambda value: "&#" not in value), habit=HABITS)
def test_the_place_of_each_character_is_known(value, habit):
    raw = encode_cell(value, habit)
    places = origins(raw)
    for at, character in enumerate(value):
        shown = raw[places[at] : places[at + 1]]
        assert decode_cell(shown if shown != '""' else '"') == character or shown == "\t" == character
    assert raw[places[-1] :] in ("", '"')


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("", ""),
        ('""', ""),
        ("\t", ""),
        ('"\t"', ""),
        ("\t007", "007"),
        ('"\t\t007"', "\t007"),
        ("a&#13;b&#44;c", "a\nb,c"),
        ("a&#13;&#10;b", "a\nb"),
        ("a&#10;b", "a\nb"),
        ('"a&#13;b"', "a\nb"),
        ("&#12;&#130;&#x0d;", "&#12;&#130;&#x0d;"),
        ('"a\r\nb\rc\nd"', "a\nb\nc\nd"),
        ('"a""b"', 'a"b'),
        ('"a"b"c', 'ab"c'),
        ('a"b', 'a"b'),
        (' "a"', ' "a"'),
        ('""""', '"'),
    ],
)
def test_reading(raw, value):
    assert decode_cell(raw) == value


@pytest.mark.parametrize(
    ("value", "habit", "raw"),
    [
        ("a", Habit(), "a"),
        ("a,b", Habit(), '"a,b"'),
        ('a"', Habit(), '"a"""'),
        ("a\nb", Habit(newline="\r\n"), '"a\r\nb"'),
        ("a\nb,c", Habit(escaped=True), "a&#13;b&#44;c"),
        ("007", Habit(quoted=True, guarded=True), '"\t007"'),
        ("\t007", Habit(), "\t\t007"),
        ("", Habit(quoted=True), '""'),
    ],
)
def test_writing(value, habit, raw):
    assert encode_cell(value, habit) == raw


def test_what_is_a_habit_and_what_a_need():
    assert is_quoted_by_habit('"a"', ",")
    assert not is_quoted_by_habit('"a,b"', ",")
    assert is_quoted_by_habit('"a,b"', ";")
    assert not is_quoted_by_habit("a", ",")
    assert is_quoted_by_habit('"\ta"', "\t")
