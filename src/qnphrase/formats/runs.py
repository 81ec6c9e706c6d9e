"""What two lists have in common, in runs of equal elements: the way through two versions of one text or list."""

from collections import Counter
from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import groupby
from operator import ge
from typing import NamedTuple

from qnphrase.formats.align import longest_increasing


class Run(NamedTuple):
    """Equal elements of two lists: where they begin in each, and how many they are."""

    old: int
    new: int
    length: int


def common_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return runs of equal elements, ascending in both lists: those that are there once on each side tell the way.

    Not always as many as there could be, but never two that cross, in O(n log n).
    """
    head, tail = equal_ends(old, new)
    runs = [Run(0, 0, head)]
    ends = len(old) - tail, len(new) - tail
    for anchor in _anchors(old, new, head, ends):
        last = runs[-1]
        done = max(last.old + last.length - anchor.old, last.new + last.length - anchor.new)
        if done < anchor.length:
            done = max(done, 0)
            left = Run(anchor.old + done, anchor.new + done, anchor.length - done)
            runs.append(_widened(old, new, left, last, ends))
    runs.append(Run(*ends, tail))
    return [run for run in runs if run.length]


def equal_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many elements are equal at the beginning and, of the others, at the end."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], start: int, ends: tuple[int, int]) -> Iterator[Run]:
    """Yield runs of elements that are there once on each side, as long as they follow each other."""
    once = _once(old, start, ends[0])
    found = list(map(once.get, new[start : ends[1]]))  # for each of the new elements its place among the old ones
    places = [place for place in found if place is not None]
    if any(map(ge, places, places[1:])):  # some moved, or are there twice
        often = {place for place, count in Counter(places).items() if count > 1}
        there = {place: at for at, place in enumerate(found) if place is not None and place not in often}
        places = sorted(there)
        stay = {places[at] for at in longest_increasing([there[place] for place in places])}
        found = [place if place in stay else None for place in found]
    ways = [None if place is None else place - at for at, place in enumerate(found, start)]
    at = start
    for way, run in groupby(ways):
        length = len(list(run))
        if way is not None:
            yield Run(at + way, at, length)
        at += length


def _once(elements: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    middle = elements[start:end]
    places = dict(zip(middle, range(start, end), strict=True))
    if len(places) < len(middle):
        for element, count in Counter(middle).items():
            if count > 1:
                del places[element]
    return places


def _widened(old: Sequence[Hashable], new: Sequence[Hashable], run: Run, last: Run, ends: tuple[int, int]) -> Run:
    """Return a run with the equal elements around it, up to the end of the `last` one and the `ends` of both lists."""
    one, other = run.old, run.new
    least = last.old + last.length, last.new + last.length
    while one > least[0] and other > least[1] and old[one - 1] == new[other - 1]:
        one, other = one - 1, other - 1
    length = run.old + run.length - one
    while one + length < ends[0] and other + length < ends[1] and old[one + length] == new[other + length]:
        length += 1
    return Run(one, other, length)


def common_places(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of `common_runs`, element by element."""
    return [(run.old + at, run.new + at) for run in common_runs(old, new) for at in range(run.length)]
