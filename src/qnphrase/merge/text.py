"""The plain three-way merge of lines: where it succeeds, comments and layout of both sides stay.

It knows nothing of phrases, so what it gives is only taken where it reads back as the semantic merge.
"""

import re
from collections import Counter
from collections.abc import Hashable
from collections.abc import Sequence

from qnphrase.formats.align import longest_increasing

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def merge_texts(base: str, ours: str, theirs: str) -> str | None:
    """Return the merged text, or `None` where both sides changed the same lines.

    Lines that touch may be changed by both, as long as their number stays: git would call that a conflict, but here
    somebody who knows more looks at the result.
    """
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    before, one, other = _LINE.findall(base), _LINE.findall(ours), _LINE.findall(theirs)
    in_ours, in_theirs = dict(common_places(before, one)), dict(common_places(before, other))
    merged: list[str] = []
    at_base = at_ours = at_theirs = 0
    for at in [at for at in range(len(before)) if at in in_ours and at in in_theirs] + [len(before)]:
        to_ours, to_theirs = in_ours.get(at, len(one)), in_theirs.get(at, len(other))
        if at > at_base or to_ours > at_ours or to_theirs > at_theirs:
            lines = _merged_lines(before[at_base:at], one[at_ours:to_ours], other[at_theirs:to_theirs])
            if lines is None:
                return None
            merged += lines
        merged += before[at : at + 1]
        at_base, at_ours, at_theirs = at + 1, to_ours + 1, to_theirs + 1
    return "".join(merged)


def _merged_lines(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    if not len(base) == len(ours) == len(theirs):
        return None
    merged = []
    for before, one, other in zip(base, ours, theirs, strict=True):
        if before != one and other not in (before, one):
            return None
        merged.append(other if one == before else one)
    return merged


def common_places(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return places of equal elements, ascending in both lists: those that are there once on each side tell the way.

    Not always as many as there could be, but never two that cross, in O(n log n).
    """
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pairs = [(at, at) for at in range(head)]
    once_old, once_new = _once(old, head, len(old) - tail), _once(new, head, len(new) - tail)
    known = [(at, once_new[one]) for one, at in once_old.items() if one in once_new]
    for anchor in longest_increasing([place for _at, place in known]):
        pairs += _run_around(old, new, known[anchor], pairs[-1] if pairs else (-1, -1))
        pairs += _run_behind(old, new, pairs[-1], (len(old) - tail, len(new) - tail))
    pairs += [(len(old) - at, len(new) - at) for at in range(tail, 0, -1)]
    return pairs


def _once(elements: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(elements[start:end])
    return {elements[at]: at for at in range(start, end) if counts[elements[at]] == 1}


def _run_around(
    old: Sequence[Hashable], new: Sequence[Hashable], anchor: tuple[int, int], last: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the anchor with the equal elements before it; nothing where the one before has already reached it."""
    left, right = anchor
    if left <= last[0] or right <= last[1]:
        return []
    first = left
    while first - 1 > last[0] and right - (left - first) - 1 > last[1]:
        if old[first - 1] != new[right - (left - first) - 1]:
            break
        first -= 1
    return [(at, right - (left - at)) for at in range(first, left + 1)]


def _run_behind(
    old: Sequence[Hashable], new: Sequence[Hashable], last: tuple[int, int], ends: tuple[int, int]
) -> list[tuple[int, int]]:
    run = []
    left, right = last[0] + 1, last[1] + 1
    while left < ends[0] and right < ends[1] and old[left] == new[right]:
        run.append((left, right))
        left, right = left + 1, right + 1
    return run
