"""Merging two books with the one that both came from. Fields merge one by one; a text is one field.

Nothing is dropped: a record or field that a side added or changed is in the merged book or in a conflict.
"""

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from qnphrase.merge.conflict import Conflict
from qnphrase.merge.conflict import Kind
from qnphrase.merge.fields import merged_entries
from qnphrase.merge.identity import Tier
from qnphrase.merge.identity import match
from qnphrase.merge.merged import DuplicateCode
from qnphrase.merge.merged import Guess
from qnphrase.merge.merged import Merged
from qnphrase.merge.names import merged_names
from qnphrase.merge.order import merged_order
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import moved
from qnphrase.merge.record import record_of
from qnphrase.merge.side import Input
from qnphrase.merge.side import Side
from qnphrase.merge.side import side_of
from qnphrase.merge.slot import Slot
from qnphrase.model import Phrasebook
from qnphrase.places import REPLIES

_BOOK_FIELDS = ("shop", "signature")


def merge_books(
    base: Phrasebook | Input,
    ours: Phrasebook | Input,
    theirs: Phrasebook | Input,
    *,
    ignore_whitespace: bool = False,
    keep_missing: bool = False,
    notes_go_along: bool = False,
) -> Merged:
    """Merge what `ours` and `theirs` made of `base`.

    `ignore_whitespace` lets a change of blanks and line breaks in a text give way to any other change of it.
    `keep_missing` says that what `theirs` hasn't got was not deleted there. `notes_go_along` says that what the file of
    `base` has no room for, such as the note of a phrase, is no reason to keep what `theirs` deleted. Raises nothing:
    what can't be merged is a conflict of the result.
    """
    merge = _Merge(_input(base), _input(ours), _input(theirs), keep_missing=keep_missing, notes_go_along=notes_go_along)
    return merge.merged(ignore_whitespace=ignore_whitespace)


def _input(book: Phrasebook | Input) -> Input:
    return book if isinstance(book, Input) else Input(book)


class _Merge:
    def __init__(self, base: Input, ours: Input, theirs: Input, *, keep_missing: bool, notes_go_along: bool) -> None:
        self.base = base
        self.notes_go_along = notes_go_along
        self.ours = side_of(base, ours)
        self.theirs = side_of(base, theirs, deletes_nothing=keep_missing)
        self.names = merged_names(self.ours, self.theirs)
        self.slots: list[Slot] = []
        self.in_ours: dict[int, int] = {}  # index of a record → number of its slot
        self.in_theirs: dict[int, int] = {}
        self.both_moved = False

    def merged(self, *, ignore_whitespace: bool) -> Merged:
        self._slots_of_base()
        self._slots_of_additions()
        for slot in self.slots:
            slot.merge(ignore_whitespace=ignore_whitespace)
        fields, disputes = self._book_fields()
        remove = merged_entries(*self._said("remove"))
        lanes, disputed = self._lanes()
        groups, kept = self._groups(lanes)
        return Merged(
            slots=self.slots,
            lanes=lanes,
            groups=groups,
            kept_groups=kept,
            fields=fields,
            remove=remove,
            disputes=[*self.names.conflicts, *disputes],
            duplicates=self._duplicate_codes(),
            missing=self._missing(),
            disputed_orders=disputed,
            both_moved=self.both_moved,
            guesses=[*_guesses(self.ours, "ours"), *_guesses(self.theirs, "theirs")],
        )

    def _slots_of_base(self) -> None:
        ours = {pair.old: pair.new for pair in self.ours.pairs}
        theirs = {pair.old: pair.new for pair in self.theirs.pairs}
        for index, record in enumerate(self.base.records):
            base = moved(record, self.names.base.get(record.group, record.group))
            mine, other = ours.get(index), theirs.get(index)
            if mine is not None:
                self.in_ours[mine] = index
            if other is not None:
                self.in_theirs[other] = index
            left = _version(self.ours, mine, record, base, self.names.ours)
            right = _version(self.theirs, other, record, base, self.names.theirs)
            if self.notes_go_along and left is not None and right is None:
                base = _with_unsaid(base, left, self.base)
            self.slots.append(Slot(base, left, right))

    def _slots_of_additions(self) -> None:
        ours = _left(self.ours.side.records, self.in_ours, self.names.ours)
        theirs = _left(self.theirs.side.records, self.in_theirs, self.names.theirs)
        mine, other = list(ours), list(theirs)
        pairs = match([ours[at] for at in mine], [theirs[at] for at in other], certain_only=True)
        partner = {pair.new: pair.old for pair in pairs}
        for index in mine:
            self.in_ours[index] = len(self.slots)
            self.slots.append(Slot(None, ours[index], None))
        for at, index in enumerate(other):
            if at in partner:
                number = self.in_ours[mine[partner[at]]]
                self.slots[number].theirs = theirs[index]
            else:
                number = len(self.slots)
                self.slots.append(Slot(None, None, theirs[index]))
            self.in_theirs[index] = number

    def _lanes(self) -> tuple[dict[str, list[int]], list[str]]:
        """Return the slots of each group in their merged order, and the groups that each side sorted its own way."""
        lane_of = [slot.lane for slot in self.slots]
        base = _by_lane(((at, slot.base) for at, slot in enumerate(self.slots)), lane_of)
        ours = _by_lane(((at, self.slots[at].ours) for at in _in_file_order(self.in_ours)), lane_of)
        theirs = _by_lane(((at, self.slots[at].theirs) for at in _in_file_order(self.in_theirs)), lane_of)
        lanes: dict[str, list[int]] = {}
        disputed: list[str] = []
        for lane in dict.fromkeys((*ours, *theirs, *base)):
            order = merged_order(base[lane], ours[lane], theirs[lane])
            lanes[lane] = order.elements
            self.both_moved |= order.both_moved
            if order.is_disputed:
                disputed.append(lane)
            if set(base[lane]) - set(order.elements):  # neither side has room for them
                lanes[lane] = merged_order([], order.elements, base[lane]).elements
        return lanes, disputed

    def _groups(self, lanes: Mapping[str, Sequence[int]]) -> tuple[list[str], frozenset[str]]:
        """Return all groups in order, and those that are there even without a phrase."""
        base = _called(self.base.groups, self.names.base)
        ours = _called(self.ours.groups, self.names.ours | self.names.base)
        theirs = _called(self.theirs.groups, self.names.theirs | self.names.base)
        kept = frozenset(
            name
            for name in (*ours, *theirs)
            if (name in ours and name in theirs) or name not in base
        )  # fmt: skip
        stands = kept | lanes.keys()
        order = merged_order(*([name for name in names if name in stands] for names in (base, ours, theirs)))
        self.both_moved |= order.both_moved
        return list(dict.fromkeys((*order.elements, *(name for name in base if name in stands)))), kept

    def _missing(self) -> list[Record]:
        if not self.theirs.deletes_nothing:
            return []
        there = {pair.old for pair in self.theirs.pairs}
        return [
            slot.ours
            for index, (record, slot) in enumerate(zip(self.base.records, self.slots, strict=False))
            if index not in there and slot.ours is not None and self.theirs.could_hold(record)
        ]

    def _duplicate_codes(self) -> list[DuplicateCode]:
        """Find the codes that neither side has as often as the merged book may have them, whatever is chosen."""
        codes = [(_code(slot.ours), _code(slot.theirs)) for slot in self.slots]
        suspects = {code for ours, theirs in codes if ours != theirs for code in (ours, theirs) if code}
        if not suspects:
            return []
        counts = [Counter(code for code in side if code in suspects) for side in zip(*codes, strict=True)]
        places: dict[str, list[int]] = defaultdict(list)
        for at, slot in enumerate(self.slots):
            if not suspects.isdisjoint(codes[at]):
                for code in suspects.intersection(map(_code, slot.possible)):
                    places[code].append(at)
        twice = [code for code, slots in places.items() if len(slots) > max(1, *(count[code] for count in counts))]
        return [self._duplicate_code(code, places[code]) for code in sorted(twice)]

    def _duplicate_code(self, code: str, slots: Sequence[int]) -> DuplicateCode:
        by_us = [at for at in slots if (theirs := self.slots[at].theirs) is None or theirs.code != code]
        by_them = [at for at in slots if (ours := self.slots[at].ours) is None or ours.code != code]
        conflict = Conflict(
            Kind.DUPLICATE_CODE,
            ours=tuple(record for at in by_us if (record := self.slots[at].ours)),
            theirs=tuple(record for at in by_them if (record := self.slots[at].theirs)),
            fields=("code",),
        )
        return DuplicateCode(conflict, tuple(by_us), tuple(by_them))

    def _book_fields(self) -> tuple[dict[str, str], list[Conflict]]:
        """Merge what the book itself says; a pack says nothing of it."""
        fields: dict[str, str] = {}
        conflicts = []
        for name in _BOOK_FIELDS:
            before, one, other = self._said(name)
            fields[name] = other if one == before else one
            if one != other and before not in (one, other):
                conflicts.append(Conflict(Kind.BOOK_FIELD, fields=(name,), values=(before, one, other)))
        return fields, conflicts

    def _said(self, name: str) -> tuple[Any, Any, Any]:
        """Return what base, ours and theirs say as books; a pack says what the base does."""
        before = getattr(self.base.book, name)
        ours, theirs = (
            getattr(side.side.book, name) if side.side.room.book_fields else before for side in (self.ours, self.theirs)
        )
        return before, ours, theirs


def _version(side: Side, index: int | None, record: Record, base: Record, names: Mapping[str, str]) -> Record | None:
    """Return a side's version of the base's `record`, which is `base` by its merged name."""
    if index is None:
        return None if side.deletes(record) else base
    there = side.side.records[index]
    group = names.get(there.group, there.group) if side.side.room.groups or there.is_reply else base.group
    return moved(side.lifted(there, record), group)


def _with_unsaid(base: Record, record: Record, side: Input) -> Record:
    """Return `base` with what `record` says where the file of the base can't say anything."""
    unsaid = {name: value for name, value in fields_of(record).items() if not side.can_say(name)}
    return record_of({**fields_of(base), **unsaid}) if unsaid else base


def _left(records: Sequence[Record], taken: Mapping[int, int], names: Mapping[str, str]) -> dict[int, Record]:
    """Return the records that are none of the base, by index."""
    return {
        index: moved(record, names.get(record.group, record.group))
        for index, record in enumerate(records)
        if index not in taken
    }


def _in_file_order(slots: Mapping[int, int]) -> list[int]:
    return [slots[index] for index in range(len(slots))]


def _by_lane(numbered: Iterable[tuple[int, Record | None]], lane_of: Sequence[str | None]) -> dict[str, list[int]]:
    """Return the slots of each group as one book has them; what it has in another group is left out."""
    lanes: dict[str, list[int]] = defaultdict(list)
    for at, record in numbered:
        if record is not None and record.group == lane_of[at]:
            lanes[record.group].append(at)
    return lanes


def _called(groups: Iterable[str], names: Mapping[str, str]) -> dict[str, None]:
    return dict.fromkeys(names.get(group, group) for group in groups)


def _code(record: Record | None) -> str:
    return "" if record is None or record.group == REPLIES else record.code


def _guesses(side: Side, name: str) -> Iterator[Guess]:
    for pair in side.pairs:
        if pair.tier is Tier.SIMILARITY:
            yield Guess(name, side.base.records[pair.old], side.side.records[pair.new], pair.likeness)
