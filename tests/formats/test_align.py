"""Which old row a wanted one is."""

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.formats.align import longest_increasing
from qnphrase.formats.align import pair_rows
from qnphrase.formats.rows import Row

WORD = st.sampled_from(["", "a", "b", "c"])
ROWS = st.lists(st.builds(Row, st.sampled_from(["", "A", "B"]), WORD, WORD, st.just({})), max_size=7)


@given(st.lists(st.integers(0, 9), max_size=9))
def test_longest_increasing(values):
    chain = longest_increasing(values)
    assert all(a < b and values[a] < values[b] for a, b in itertools.pairwise(chain))
    longest = max(
        size
        for size in range(len(values) + 1)
        for chosen in itertools.combinations(values, size)
        if all(a < b for a, b in itertools.pairwise(chosen))
    )
    assert len(chain) == longest


@given(old=ROWS, new=ROWS)
def test_pairs_are_one_to_one(old, new):
    pairs = pair_rows(old, new)
    assert len(pairs) == len(new)
    found = [pair for pair in pairs if pair is not None]
    assert len(set(found)) == len(found)
    assert all(0 <= pair < len(old) for pair in found)


@given(old=ROWS, new=ROWS)
def test_whatever_is_still_there_is_found(old, new):
    """As many rows as possible are paired with an equal one, but for those that took another in its group's ends."""
    pairs = pair_rows(old, new)
    for index, row in enumerate(new):
        if pairs[index] is None:
            free = [there for place, there in enumerate(old) if place not in pairs]
            assert row not in free


@given(ROWS)
def test_equal_rows_pair_in_order(rows):
    assert pair_rows(rows, rows) == list(range(len(rows)))


@given(rows=ROWS, place=st.integers(0, 7), row=ROWS)
def test_one_change_is_found_where_it_was_made(rows, place, row):
    place = min(place, len(rows))
    inserted = [*rows[:place], *row[:1], *rows[place:]]
    kept = {pair for pair in pair_rows(rows, inserted) if pair is not None}
    assert kept == set(range(len(rows)))
    if rows and row:
        place = min(place, len(rows) - 1)
        changed = [*rows]
        changed[place] = changed[place]._replace(text=changed[place].text + "!")
        assert pair_rows(rows, changed) == list(range(len(rows)))


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([Row("A", "1", "x")], [Row("A", "1", "y")], [0]),
        ([Row("A", "1", "x")], [Row("A", "2", "x")], [0]),
        ([Row("A", "1", "x")], [Row("B", "1", "x")], [0]),
        ([Row("A", "1", "x")], [Row("B", "1", "y")], [0]),
        ([Row("A", "1", "x")], [Row("B", "2", "y")], [None]),
        ([Row("A", "1", "x")], [Row("A", "2", "y")], [0]),
        ([Row("A", "1", "x"), Row("A", "2", "y")], [Row("A", "2", "y"), Row("A", "1", "x")], [1, 0]),
        ([Row("A", "", "x"), Row("B", "", "x")], [Row("B", "", "x")], [1]),
        ([Row("A", "1", "x", {"d": "1"}), Row("A", "1", "x")], [Row("A", "1", "x")], [1]),
        ([Row("A", "", "", {"d": "1"})], [Row("A", "", "", {"d": "2"})], [0]),
    ],
)
def test_ties(old, new, pairs):
    assert pair_rows(old, new) == pairs


@pytest.mark.parametrize("kind", ["shuffled", "equal", "changed", "regrouped"])
def test_growth(kind, growth_of):
    def seconds(size):
        old = [Row(f"g{index % 50}", f"c{index}", f"text {index}") for index in range(size)]
        new = {
            "shuffled": random.Random(0).sample(old, size),
            "equal": [Row("g", "c", "t")] * size,
            "changed": [row._replace(text=row.text + "!") for row in old],
            "regrouped": [row._replace(group="new", code="") for row in old],
        }[kind]
        began = time.process_time()
        pair_rows(old, new)
        return time.process_time() - began

    assert growth_of(seconds, 2_000) < 40  # ten times the size; quadratic work would take a hundred times as long
