"""What became of a book: which phrases were added, removed, changed, moved, and how its groups and fields changed.

    diff = diff_books(a, b)
    for change in diff.changes:
        print(change.kinds, change.old, change.new)

A diff holds all it takes to make `b` of `a`, see `merge.apply`. It is a value: frozen, and in the order in which `b` is
read, what was removed standing where it stood.
"""

from collections import defaultdict
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import pairwise

from qnphrase.formats.align import longest_increasing
from qnphrase.merge.change import Change
from qnphrase.merge.change import Diff
from qnphrase.merge.change import FieldChange
from qnphrase.merge.change import GroupChange
from qnphrase.merge.change import Place
from qnphrase.merge.fields import without_blanks
from qnphrase.merge.fingerprint import fingerprint
from qnphrase.merge.groups import renamed_groups
from qnphrase.merge.identity import Pair
from qnphrase.merge.identity import Tier
from qnphrase.merge.identity import match
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import records_of
from qnphrase.model import Phrasebook
from qnphrase.places import REPLIES

BOOK_FIELDS = ("shop", "signature", "remove")


def diff_books(a: Phrasebook, b: Phrasebook, *, ignore_whitespace: bool = False) -> Diff:
    """Return what became of `a` in `b`. `ignore_whitespace`: texts are the same but for blanks and line breaks."""
    return _Comparing(a, b, ignore_whitespace=ignore_whitespace).diff()


class _Comparing:
    def __init__(self, a: Phrasebook, b: Phrasebook, *, ignore_whitespace: bool) -> None:
        self.a = a
        self.b = b
        self.ignore_whitespace = ignore_whitespace
        self.old = records_of(a)
        self.new = records_of(b)
        self.old_groups = [group.name for group in a.groups]
        self.new_groups = [group.name for group in b.groups]
        old, new = (map(_without_blanks, side) if ignore_whitespace else side for side in (self.old, self.new))
        self.seen_old, self.seen_new = list(old), list(new)
        self.renames = renamed_groups(self.seen_old, self.seen_new, self.old_groups, self.new_groups)
        self.new_names = {before: after for after, before in self.renames.items()}
        self.pairs = match(self.seen_old, self.seen_new, self.renames)
        self.old_places = list(_places(self.old))
        self.new_places = list(_places(self.new))

    def diff(self) -> Diff:
        return Diff(
            fields=tuple(self._fields()),
            groups=tuple(self._groups()),
            changes=tuple(self._in_reading_order([*self._of_pairs(), *self._added(), *self._removed()])),
            origin=fingerprint(self.a, self.old),
            ignores_whitespace=self.ignore_whitespace,
        )

    def _fields(self) -> Iterator[FieldChange]:
        for name in BOOK_FIELDS:
            before, after = getattr(self.a, name), getattr(self.b, name)
            if self._says_another(before, after):
                yield FieldChange(name, before or None, after or None)

    def _says_another(self, before: Hashable, after: Hashable) -> bool:
        if before == after:
            return False
        return not (self.ignore_whitespace and without_blanks(before) == without_blanks(after))

    def _groups(self) -> Iterator[GroupChange]:
        place = {name: at for at, name in enumerate(self.old_groups)}
        kept = [name for name in self.new_groups if self.renames.get(name, name) in place]
        stayed = {kept[at] for at in longest_increasing([place[self.renames.get(name, name)] for name in kept])}
        for at, name in enumerate(self.new_groups):
            before = self.renames.get(name, name)
            if before not in place:
                yield GroupChange("", name, -1, at)
            elif before != name or name not in stayed:
                yield GroupChange(before, name, place[before], at, is_moved=name not in stayed)
        there = {self.renames.get(name, name) for name in kept}
        for name, at in place.items():
            if name not in there:
                yield GroupChange(name, "", at, -1)

    def _of_pairs(self) -> Iterator[Change]:
        reordered = self._reordered()
        for pair in self.pairs:
            old, new, tier, likeness = pair
            is_reordered = old in reordered
            if tier is Tier.RECORD and not is_reordered:
                continue
            before, after = self.old[old], self.new[new]
            fields = () if tier is Tier.RECORD else tuple(self._changed_fields(before, after))
            is_moved = not self._is_at_home(pair)
            if fields or is_moved or is_reordered:
                places = self.old_places[old], self.new_places[new]
                yield Change(before, after, *places, fields, is_moved, is_reordered, tier, likeness)

    def _changed_fields(self, old: Record, new: Record) -> Iterator[FieldChange]:
        before, after = fields_of(old), fields_of(new)
        for name in dict.fromkeys((*before, *after)):
            one, other = before.get(name), after.get(name)
            differs = self._says_another(one, other) if name == "text" else one != other
            if name != "group" and differs:
                yield FieldChange(name, one, other)

    def _is_at_home(self, pair: Pair) -> bool:
        group = self.new[pair.new].group
        return self.old[pair.old].group == self.renames.get(group, group)

    def _reordered(self) -> set[int]:
        """Return the fewest old records that left their place among those that stayed in their group."""
        lanes: dict[str, list[int]] = defaultdict(list)
        for pair in sorted(self.pairs, key=lambda pair: pair.new):
            if pair.tier is Tier.RECORD or self._is_at_home(pair):
                lanes[self.old[pair.old].group].append(pair.old)
        reordered: set[int] = set()
        for lane in lanes.values():
            if any(one > other for one, other in pairwise(lane)):
                reordered.update(set(lane) - {lane[at] for at in longest_increasing(lane)})
        return reordered

    def _added(self) -> Iterator[Change]:
        paired = {pair.new for pair in self.pairs}
        for index in range(len(self.new) if len(paired) < len(self.new) else 0):
            if index not in paired:
                yield Change(new=self.new[index], new_place=self.new_places[index])

    def _removed(self) -> Iterator[Change]:
        paired = {pair.old for pair in self.pairs}
        for index in range(len(self.old) if len(paired) < len(self.old) else 0):
            if index not in paired:
                yield Change(old=self.old[index], old_place=self.old_places[index])

    def _in_reading_order(self, changes: Sequence[Change]) -> list[Change]:
        """Sort as the new book is read; what was removed stands behind what it stood behind."""
        ranks = self._ranks_of_groups()
        neighbours = self._neighbours_of_removed() if any(change.new is None for change in changes) else {}

        def rank(change: Change) -> tuple[float, float, int]:
            if change.new_place is not None:
                return ranks[change.record.group], change.new_place.at, -1
            assert change.old_place is not None  # noqa: S101 - see `Change`
            group = self.new_names.get(change.record.group, change.record.group)
            return ranks[group], neighbours[change.old_place.number] + 0.5, change.old_place.number

        return sorted(changes, key=rank)

    def _ranks_of_groups(self) -> dict[str, float]:
        ranks: dict[str, float] = {name: at for at, name in enumerate(self.new_groups)}
        last = -1.0
        for at, name in enumerate(self.old_groups):
            after = self.new_names.get(name, name)
            if after in ranks:
                last = ranks[after]
            else:  # it is gone
                ranks[name] = last + 0.5 + at / (2 * len(self.old_groups) + 2)
        return {**ranks, "": len(ranks) + 1, REPLIES: len(ranks) + 2}

    def _neighbours_of_removed(self) -> dict[int, int]:
        """Return for each old record the place of the nearest one at or before it that stayed in its group."""
        stays = {pair.old: self.new_places[pair.new].at for pair in self.pairs if self._is_at_home(pair)}
        last: dict[str, int] = {}
        found = {}
        for index, record in enumerate(self.old):
            if index in stays:
                last[record.group] = stays[index]
            found[index] = last.get(record.group, -1)
        return found


def _without_blanks(record: Record) -> Record:
    text = "".join(record.text.split())
    return record if text == record.text else record._replace(text=text)


def _places(records: Iterable[Record]) -> Iterator[Place]:
    held: dict[str, int] = defaultdict(int)
    for index, record in enumerate(records):
        yield Place(index, held[record.group])
        held[record.group] += 1
