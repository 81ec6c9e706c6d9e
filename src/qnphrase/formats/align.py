"""Which record of a file a wanted row is, and which records can stay where they are.

Only locality hangs on what is found here: whatever pairs are made, the edited file holds the wanted book. So ties are
broken towards fewer changed bytes, and nothing is ever guessed by similarity.
"""

from bisect import bisect_left
from collections import defaultdict
from collections import deque
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Sequence

from qnphrase.formats.rows import Row

RowKey = Callable[[Row], Hashable | None]


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Return the indices of a longest strictly increasing subsequence, in O(n log n)."""
    tails: list[int] = []  # the smallest last value of an increasing run of each length
    at: list[int] = []  # where that value stands
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        if length == len(tails):
            tails.append(value)
            at.append(index)
        else:
            tails[length], at[length] = value, index
        before.append(at[length - 1] if length else -1)
    chain = []
    index = at[-1] if at else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def pair_rows(old: Sequence[Row], new: Sequence[Row]) -> list[int | None]:
    """Return for each new row the old one that it is, or `None`; one-to-one.

    First what is equal from both ends of a group, then whole rows, then by ever weaker keys, at last by place.
    """
    pairing = _Pairing(old, new)
    old_lanes, new_lanes = _lanes(old), _lanes(new)
    for group, wanted in new_lanes.items():
        pairing.pair_ends(old_lanes.get(group, []), wanted)
    for key in _KEYS:
        pairing.pair_by_key(key)
    for group, wanted in new_lanes.items():
        pairing.pair_by_place(old_lanes.get(group, []), wanted)
    return pairing.pairs


def _lanes(rows: Sequence[Row]) -> dict[str, list[int]]:
    lanes: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        lanes[row.group].append(index)
    return lanes


def _extra_key(row: Row) -> Hashable:
    return frozenset(row.extra.items()) if row.extra else None


_KEYS: tuple[RowKey, ...] = (
    lambda row: (row.group, row.code, row.text, _extra_key(row)),
    lambda row: (row.group, row.code) if row.code else None,
    lambda row: (row.group, row.text) if row.text else None,
    lambda row: (row.code, row.text, _extra_key(row)),
    lambda row: row.code or None,
    lambda row: row.text or None,
)


class _Pairing:
    """The pairs found so far; each tier takes up what the ones before it left."""

    def __init__(self, old: Sequence[Row], new: Sequence[Row]) -> None:
        self.old = old
        self.new = new
        self.pairs: list[int | None] = [None] * len(new)
        self.taken: set[int] = set()

    def _pair(self, new_index: int, old_index: int) -> None:
        self.pairs[new_index] = old_index
        self.taken.add(old_index)

    def pair_ends(self, there: list[int], wanted: list[int]) -> None:
        """Trim what is equal at both ends, so that one change among many equal rows is found where it was made."""
        shorter = min(len(there), len(wanted))
        head = 0
        while head < shorter and self.old[there[head]] == self.new[wanted[head]]:
            self._pair(wanted[head], there[head])
            head += 1
        tail = 1
        while tail <= shorter - head and self.old[there[-tail]] == self.new[wanted[-tail]]:
            self._pair(wanted[-tail], there[-tail])
            tail += 1

    def pair_by_key(self, key: RowKey) -> None:
        """Pair rows of one key, in order."""
        open_new = [index for index, pair in enumerate(self.pairs) if pair is None]
        if not open_new:
            return
        free: dict[Hashable, deque[int]] = defaultdict(deque)
        for index, row in enumerate(self.old):
            if index not in self.taken and (value := key(row)) is not None:
                free[value].append(index)
        for index in open_new:
            value = key(self.new[index])
            if value is not None and free.get(value):
                self._pair(index, free[value].popleft())

    def pair_by_place(self, there: list[int], wanted: list[int]) -> None:
        """Pair what is left of a group, where it stands behind the same paired neighbour."""
        members = set(there)
        gaps: dict[int, deque[int]] = defaultdict(deque)
        neighbour = -1
        for index in there:
            if index in self.taken:
                neighbour = index
            else:
                gaps[neighbour].append(index)
        neighbour = -1
        for index in wanted:
            paired = self.pairs[index]
            if paired is not None:
                neighbour = paired if paired in members else neighbour
            elif gaps.get(neighbour):
                self._pair(index, gaps[neighbour].popleft())
