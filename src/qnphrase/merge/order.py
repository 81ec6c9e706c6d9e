"""The order of a merged list: what one side moved is moved, what nobody moved stays, both sides' additions find place.

The elements are identities (numbers or names), each at most once in a list.
"""

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Hashable
from collections.abc import Sequence
from typing import Generic
from typing import NamedTuple
from typing import TypeVar

from qnphrase.formats.align import longest_increasing

Element = TypeVar("Element", bound=Hashable)


class Order(NamedTuple, Generic[Element]):
    """A merged order.

    `both_moved` says that both sides moved elements, `is_disputed` that they moved the same ones, each its own way:
    ours holds.
    """

    elements: list[Element]
    is_disputed: bool = False
    both_moved: bool = False


def merged_order(base: Sequence[Element], ours: Sequence[Element], theirs: Sequence[Element]) -> Order[Element]:
    """Return all elements of `ours` and `theirs` in their merged order.

    Elements that only one side has stand behind the one that they stand behind there; at one place ours come first.
    """
    if ours == theirs:
        return Order(list(ours))
    in_ours, in_theirs = set(ours), set(theirs)
    if [one for one in ours if one in in_theirs] == [one for one in theirs if one in in_ours]:
        return Order(_with_insertions(ours, theirs, in_theirs))
    by_us, by_them = _moved(base, ours), _moved(base, theirs)
    if not by_us:
        return Order(_with_insertions(theirs, ours, in_ours, ours_first=False))
    if not by_them:
        return Order(_with_insertions(ours, theirs, in_theirs))
    shared = [one for one in ours if one in in_theirs], [one for one in theirs if one in in_ours]
    merged = _with_insertions(_blended(*shared, by_them - by_us), ours, in_ours)
    merged = _with_insertions(merged, theirs, in_theirs)
    # What only one side moved stands where that side put it; the others differ only in what both moved.
    others = set(base) - (by_us ^ by_them)
    is_disputed = [one for one in shared[0] if one in others] != [one for one in shared[1] if one in others]
    return Order(merged, is_disputed, both_moved=True)


def _moved(base: Sequence[Element], side: Sequence[Element]) -> set[Element]:
    """Return the fewest elements of `base` that the side moved."""
    place = {one: at for at, one in enumerate(base)}
    common = [one for one in side if one in place]
    stayed = {common[at] for at in longest_increasing([place[one] for one in common])}
    return set(common) - stayed


def _blended(ours: Sequence[Element], theirs: Sequence[Element], only_theirs: Collection[Element]) -> list[Element]:
    """Return the elements of two orders of the same ones: `only_theirs`, which they moved, as there, others as here.

    It is always the first of one of them that comes next, so two elements whose order is the same in both keep it.
    """
    blended: dict[Element, None] = {}
    here, there = list(reversed(ours)), list(reversed(theirs))
    while here:
        for left in (here, there):
            while left and left[-1] in blended:
                left.pop()
        if here:
            is_theirs = there[-1] in only_theirs or here[-1] in only_theirs
            blended[there[-1] if is_theirs else here[-1]] = None
    return list(blended)


def _with_insertions(
    spine: Sequence[Element], other: Sequence[Element], in_other: Collection[Element], *, ours_first: bool = True
) -> list[Element]:
    """Return `spine` with the elements that only `other` has, each behind the one before it in `other`.

    `ours_first` says that `spine` is ours: then what only `spine` has at the same place comes before.
    """
    in_spine = set(spine)
    behind: dict[Element | None, list[Element]] = defaultdict(list)
    last: Element | None = None
    for one in other:
        if one in in_spine:
            last = one
        else:
            behind[last].append(one)
    merged: list[Element] = []
    waiting = behind.pop(None, [])
    for one in spine:
        if waiting and (one in in_other or not ours_first):
            merged += waiting
            waiting = []
        merged.append(one)
        if one in behind:
            waiting = behind.pop(one)
    return merged + waiting
