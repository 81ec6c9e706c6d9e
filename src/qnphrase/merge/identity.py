"""Which record of one book is which of another, though neither has an id: one-to-one, by ever weaker tiers.

Each tier takes up what the ones before it left, and takes only what it can't mistake: where two records could be meant,
none is. What similarity found is marked as such, so that a person can look at it.
"""

from collections import Counter
from collections import defaultdict
from collections import deque
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from qnphrase.formats.runs import equal_ends
from qnphrase.merge.record import Record
from qnphrase.merge.similar import similar_pairs


class Tier(StrEnum):
    """What tells that two records are one."""

    RECORD = "record"
    CODE_IN_GROUP = "code-in-group"
    CODE = "code"
    TEXT_IN_GROUP = "text-in-group"
    TEXT = "text"
    POSITION = "position"
    SIMILARITY = "similarity"


class Pair(NamedTuple):
    """The record `old` of one list is the record `new` of the other; indices. `likeness` is 1 but for similarity."""

    old: int
    new: int
    tier: Tier
    likeness: float = 1.0


def match(
    old: Sequence[Record],
    new: Sequence[Record],
    groups: Mapping[str, str] | None = None,
    *,
    certain_only: bool = False,
) -> list[Pair]:
    """Return the records of `old` and `new` that are the same, in the order of `old`.

    `groups` gives for a group of `new` its name in `old`, where that is another. `certain_only` stops behind whole
    records and codes within a group, which is all that two additions can have in common.
    """
    matching = _Matching(old, new, groups or {})
    matching.whole_records()
    matching.unique(Tier.CODE_IN_GROUP, _code_in_group)
    if not certain_only:
        matching.unique(Tier.CODE, lambda record, _group: record.code or None)
        matching.unique(Tier.TEXT_IN_GROUP, lambda record, group: (group, record.text) if record.text else None)
        matching.unique(Tier.TEXT, lambda record, _group: record.text or None)
        matching.by_position()
        matching.by_similarity()
    return sorted(matching.pairs)


_Key = Callable[[Record, str], Hashable | None]


def _code_in_group(record: Record, group: str) -> Hashable | None:
    return (group, record.code) if record.code else None


class _Matching:
    """The pairs found so far. `home` is the group of a new record as the old list calls it."""

    def __init__(self, old: Sequence[Record], new: Sequence[Record], groups: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        self.home = [groups.get(record.group, record.group) for record in new]
        self.pairs: list[Pair] = []
        self.open_old: dict[int, None] = {}
        self.open_new: dict[int, None] = {}

    def _take(self, old: int, new: int, tier: Tier, likeness: float = 1.0) -> None:
        self.pairs.append(Pair(old, new, tier, likeness))
        del self.open_old[old]
        del self.open_new[new]

    def whole_records(self) -> None:
        """Pair equal records: what is equal at both ends first, so that one change among many equal records is found
        where it was made; then of equal ones the first with the first.
        """
        old = [record[:4] for record in self.old]
        new = [(home, *record[1:4]) for home, record in zip(self.home, self.new, strict=True)]
        head, tail = equal_ends(old, new)
        found = [(at, at) for at in range(head)]
        found += zip(range(len(old) - tail, len(old)), range(len(new) - tail, len(new)), strict=True)
        middle, other = range(head, len(old) - tail), range(head, len(new) - tail)
        found += _equal_keys([old[at] for at in middle], [new[at] for at in other], head)
        self.pairs = [Pair(one, other, Tier.RECORD) for one, other in found]
        self.open_old = dict.fromkeys(sorted(set(range(len(old))).difference(one for one, _other in found)))
        self.open_new = dict.fromkeys(sorted(set(range(len(new))).difference(other for _one, other in found)))

    def unique(self, tier: Tier, key: _Key) -> None:
        """Pair records of one key where only one of each list is left that has it."""
        if not (self.open_old and self.open_new):
            return
        old = _only_ones((key(self.old[index], self.old[index].group), index) for index in self.open_old)
        new = _only_ones((key(self.new[index], self.home[index]), index) for index in self.open_new)
        for value, index in old.items():
            other = new.get(value)
            if other is not None and self.old[index].is_reply == self.new[other].is_reply:
                self._take(index, other, tier)

    def by_position(self) -> None:
        """Pair phrases without a code that alone are left between the same two neighbours of a group."""
        if not (self.open_old and self.open_new):
            return
        partner = {pair.new: pair.old for pair in self.pairs}
        old_lanes = _lanes(record.group for record in self.old)
        new_lanes = _lanes(self.home)
        for group in {self.old[index].group for index in self.open_old} & {self.home[index] for index in self.open_new}:
            old_gaps = _gaps(old_lanes[group], self.open_old, lambda index: index)
            new_gaps = _gaps(new_lanes[group], self.open_new, partner.__getitem__)
            for place, left in old_gaps.items():
                right = new_gaps.get(place, [])
                if len(left) == len(right) == 1 and not (self.old[left[0]].code or self.new[right[0]].code):
                    self._take(left[0], right[0], Tier.POSITION)

    def by_similarity(self) -> None:
        """Pair what is much alike within a group, and clearly more than anything else there."""
        if not (self.open_old and self.open_new):
            return
        old: dict[str, list[int]] = defaultdict(list)
        new: dict[str, list[int]] = defaultdict(list)
        for index in self.open_old:
            old[self.old[index].group].append(index)
        for index in self.open_new:
            new[self.home[index]].append(index)
        for group in old.keys() & new.keys():
            left, right = old[group], new[group]
            texts = [self.old[index].text for index in left], [self.new[index].text for index in right]
            for one, other, likeness in similar_pairs(*texts):
                self._take(left[one], right[other], Tier.SIMILARITY, likeness)


def _equal_keys(old: Sequence[Hashable], new: Sequence[Hashable], start: int) -> list[tuple[int, int]]:
    """Return the places of equal keys, counted from `start`; of those that repeat the first with the first."""
    place = dict(zip(old, range(start, start + len(old)), strict=True))
    if len(place) == len(old) and len(set(new)) == len(new):
        return [(place[key], at) for at, key in enumerate(new, start) if key in place]
    free: dict[Hashable, deque[int]] = defaultdict(deque)
    for at, key in enumerate(old, start):
        free[key].append(at)
    return [(free[key].popleft(), at) for at, key in enumerate(new, start) if free.get(key)]


def _only_ones(keyed: Iterable[tuple[Hashable | None, int]]) -> dict[Hashable, int]:
    """Return the keys that only one index has."""
    known = [(key, index) for key, index in keyed if key is not None]
    counts = Counter(key for key, _index in known)
    return {key: index for key, index in known if counts[key] == 1}


def _lanes(groups: Iterable[str]) -> dict[str, list[int]]:
    lanes: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        lanes[group].append(index)
    return lanes


def _gaps(
    lane: Sequence[int], unpaired: Mapping[int, None], partner: Callable[[int], int]
) -> dict[tuple[int, int], list[int]]:
    """Return the unpaired records of a lane by the old records that stand before and behind them; -1: none does."""
    gaps: dict[tuple[int, int], list[int]] = {}
    before, waiting = -1, list[int]()
    for index in lane:
        if index in unpaired:
            waiting.append(index)
            continue
        behind = partner(index)
        if waiting:
            gaps[before, behind] = waiting
            waiting = []
        before = behind
    if waiting:
        gaps[before, -1] = waiting
    return gaps
