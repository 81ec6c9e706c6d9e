"""Merged orders: what both sides have in one order keeps it, and what only one side moved is moved."""

from itertools import combinations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.merge.order import merged_order

TEN_TIMES = settings(max_examples=settings().max_examples * 10)


@st.composite
def _sides(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    """Draw a base and two sides that each moved, left out and added some elements."""
    base = list(range(draw(st.integers(0, 7))))
    sides = []
    for first_new in (100, 200):
        side = list(base)
        for step in range(draw(st.integers(0, 3))):
            what = draw(st.sampled_from(["move", "move", "add", "leave out"])) if side else "add"
            one = first_new + step if what == "add" else side.pop(draw(st.integers(0, len(side) - 1)))
            if what != "leave out":
                side.insert(draw(st.integers(0, len(side))), one)
        sides.append(side)
    return base, sides[0], sides[1]


def _agreed(ours: list[int], theirs: list[int]) -> list[tuple[int, int]]:
    common = [one for one in ours if one in theirs]
    return [(one, other) for one, other in combinations(common, 2) if theirs.index(one) < theirs.index(other)]


@TEN_TIMES
@given(_sides())
def test_what_both_agree_on_stays_in_order(sides: tuple[list[int], list[int], list[int]]) -> None:
    base, ours, theirs = sides
    merged = merged_order(base, ours, theirs).elements
    assert sorted(merged) == sorted({*ours, *theirs})
    for one, other in _agreed(ours, theirs):
        assert merged.index(one) < merged.index(other)


@TEN_TIMES
@given(_sides())
def test_against_a_side_that_moved_nothing_the_other_holds(sides: tuple[list[int], list[int], list[int]]) -> None:
    base, side, _other = sides
    common = [one for one in base if one in side]
    for ours, theirs in ((side, common), (common, side)):
        merged = merged_order(base, ours, theirs)
        assert (merged.elements, merged.is_disputed) == (side, False)


def test_each_side_moved_another_one() -> None:
    assert merged_order("abcd", "bacd", "abdc").elements == list("badc")
    assert not merged_order("abcd", "bacd", "abdc").is_disputed


def test_one_element_moved_by_both_to_different_places_is_disputed() -> None:
    merged = merged_order("abcd", "dabc", "adbc")
    assert (merged.elements, merged.is_disputed) == (list("dabc"), True)
    assert not merged_order("abcd", "dabc", "dabc").is_disputed
