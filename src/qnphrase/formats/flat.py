"""The order in which the rows of a flat file hold a wanted book, with as many of them as possible left in place.

A flat file says a group's order by its first row, and a group's rows may be scattered. Within a group the rows that are
already in the wanted order stay; a group that stands at the wrong place moves as a whole; everything else stays too.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qnphrase.formats.align import longest_increasing
from qnphrase.formats.align import pair_rows
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.rows import Kind
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import kinds_of
from qnphrase.formats.rows import replies_among


class Placed(NamedTuple):
    """One row of the wanted file: what it says, the old row that it is (if any), and whether that one stays there.

    A row that doesn't stay belongs to the row behind it where it `leads`, else to the one before it.
    """

    wanted: Row
    old: int | None
    stays: bool = False
    leads: bool = False


Lane = tuple[Kind, str]
Item = tuple[Row, int | None]
_REPLIES = "\0"  # no group is called so


def arrange(old: Sequence[Row], new: Sequence[Row]) -> list[Placed]:
    """Return the rows of the wanted file in order.

    `new` are the rows of the wanted book as `rows_of_book` gives them. The rows that stay keep their order, so a file
    is edited by deleting the old rows that aren't there, and inserting the others between those that stay.

    Of two rows with one code the first is the auto-reply. Where that would be a phrase, all auto-replies move before
    the phrases of their group, as `new` has them.
    """
    replies = [new[index] for index in replies_among(new)]
    placed = _Arrangement(old, new).placed()
    return placed if _are_told_apart(placed, replies) else _replies_first(placed, replies)


def _are_told_apart(placed: Sequence[Placed], replies: Sequence[Row]) -> bool:
    rows = [place.wanted for place in placed]
    return [id(rows[index]) for index in replies_among(rows)] == [id(reply) for reply in replies]


def _replies_first(placed: Sequence[Placed], replies: Sequence[Row]) -> list[Placed]:
    """Return the rows with all auto-replies, in order, right before the first phrase of their group."""
    wanted = {id(reply) for reply in replies}
    moving = {id(place.wanted): place for place in placed if id(place.wanted) in wanted}
    others = [place for place in placed if id(place.wanted) not in wanted]
    at = next(index for index, place in enumerate(others) if place.wanted.group == AUTO_REPLY_GROUP)
    leads = others[at].stays or others[at].leads
    others[at:at] = [moving[id(reply)]._replace(stays=False, leads=leads) for reply in replies]
    return others


@dataclass
class _Lanes:
    """The wanted rows by lane, in the wanted order; `groups` are those whose order counts."""

    items: dict[Lane, list[Item]]
    groups: list[str]


class _Arrangement:
    def __init__(self, old: Sequence[Row], new: Sequence[Row]) -> None:
        self.old = old
        self.lanes = _wanted_lanes(old, new)
        self.stays: set[int] = set()
        for items in self.lanes.items.values():
            paired = [index for _row, index in items if index is not None]
            self.stays.update(paired[at] for at in longest_increasing(paired))
        self.settled = self._settle_groups()
        self.before: dict[int, list[Item]] = defaultdict(list)
        self.after: dict[int, list[Item]] = defaultdict(list)
        self.at_end: list[Item] = []

    def _anchor(self, group: str) -> int | None:
        """The first row of `group` that stays."""
        lanes = ((Kind.DECLARATION, group), (Kind.PHRASE, group))
        rows = (index for lane in lanes for _row, index in self.lanes.items.get(lane, ()))
        return min((index for index in rows if index in self.stays), default=None)

    def _settle_groups(self) -> dict[str, int]:
        """Return the groups that stand in the wanted order, with their first row; the rows of the others all move."""
        anchors = [(group, self._anchor(group)) for group in self.lanes.groups]
        standing = [(group, anchor) for group, anchor in anchors if anchor is not None]
        settled = dict(standing[at] for at in longest_increasing([anchor for _group, anchor in standing]))
        for group, _anchor in standing:
            if group not in settled:
                self.stays.difference_update(index for _row, index in self._rows_of(group) if index is not None)
        return settled

    def _rows_of(self, group: str) -> list[Item]:
        items = self.lanes.items
        return [*items.get((Kind.DECLARATION, group), ()), *items.get((Kind.PHRASE, group), ())]

    def placed(self) -> list[Placed]:
        for (kind, group), items in self.lanes.items.items():
            if kind is Kind.REPLY or not group or group in self.settled:
                self._place_lane(items)
        self._place_moving_groups()
        return self._in_order()

    def _place_moving_groups(self) -> None:
        """Put groups that are new or move before the next settled group; behind all groups where there is none.

        The other rows have their places already, so a moving group divides no group that stays.
        """
        last = max(
            (index for group in self.settled for _row, index in self._rows_of(group) if index in self.stays),
            default=None,
        )
        next_anchor: int | None = None
        moving: list[str] = []
        for group in reversed(self.lanes.groups):
            if group in self.settled:
                self._flush(moving, next_anchor, last)
                next_anchor = self.settled[group]
            else:
                moving.append(group)
        self._flush(moving, next_anchor, last)

    def _flush(self, moving: list[str], next_anchor: int | None, last: int | None) -> None:
        rows = [item for group in reversed(moving) for item in self._rows_of(group)]
        moving.clear()
        if next_anchor is not None:
            self.before[next_anchor] = rows + self.before[next_anchor]
        elif last is not None:
            self.after[last] += rows
        else:
            self.at_end = rows + self.at_end

    def _place_lane(self, items: list[Item]) -> None:
        """Put each row that doesn't stay behind the one before it, or before the first that stays."""
        waiting: list[Item] = []
        neighbour: int | None = None
        for row, index in items:
            if index is not None and index in self.stays:
                if neighbour is None:
                    self.before[index] += waiting
                neighbour = index
            elif neighbour is None:
                waiting.append((row, index))
            else:
                self.after[neighbour].append((row, index))
        if neighbour is None:
            self.at_end += waiting

    def _in_order(self) -> list[Placed]:
        wanted_at = {index: row for items in self.lanes.items.values() for row, index in items if index in self.stays}
        placed: list[Placed] = []
        for index in range(len(self.old)):
            placed += (Placed(row, old, leads=True) for row, old in self.before.get(index, ()))
            if index in self.stays:
                placed.append(Placed(wanted_at[index], index, stays=True))
            placed += (Placed(row, old) for row, old in self.after.get(index, ()))
        placed += (Placed(row, old) for row, old in self.at_end)
        return placed


def _wanted_lanes(old: Sequence[Row], new: Sequence[Row]) -> _Lanes:
    old_kinds = kinds_of(old)
    new_kinds = kinds_of(new)
    grouped = (row.group for row, kind in zip(new, new_kinds, strict=True) if row.group and kind is not Kind.REPLY)
    groups = list(dict.fromkeys(grouped))
    old_rows, there = _to_pair(old, old_kinds)
    new_rows, wanted = _to_pair(new, new_kinds)
    items: dict[Lane, list[Item]] = defaultdict(list)
    for index, pair in zip(new_rows, pair_rows(there, wanted), strict=True):
        items[new_kinds[index], new[index].group].append((new[index], None if pair is None else old_rows[pair]))
    for group, item in _declarations(old, old_kinds, new, new_kinds, set(groups)):
        items[Kind.DECLARATION, group].append(item)
    return _Lanes(items, groups)


def _to_pair(rows: Sequence[Row], kinds: Sequence[Kind]) -> tuple[list[int], list[Row]]:
    """Return the rows that can be another row, by index, with auto-replies as a group of their own."""
    indices = [index for index, kind in enumerate(kinds) if kind is not Kind.DECLARATION]
    return indices, [
        rows[index]._replace(group=_REPLIES) if kinds[index] is Kind.REPLY else rows[index] for index in indices
    ]


def _declarations(
    old: Sequence[Row], old_kinds: Sequence[Kind], new: Sequence[Row], new_kinds: Sequence[Kind], groups: set[str]
) -> list[tuple[str, Item]]:
    """A declaration stays while its group is there; one whose group is gone may serve a group that needs one."""
    there = [(index, row) for index, row in enumerate(old) if old_kinds[index] is Kind.DECLARATION]
    found: list[tuple[str, Item]] = [(row.group, (row, index)) for index, row in there if row.group in groups]
    declared = {group for group, _item in found}
    spare = iter([index for index, row in there if row.group not in groups])
    for row, kind in zip(new, new_kinds, strict=True):
        if kind is Kind.DECLARATION and row.group not in declared:
            found.append((row.group, (row, next(spare, None))))
    return found
