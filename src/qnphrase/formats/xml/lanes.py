"""Which group element each wanted group goes on in, which rows stay in it, and which groups stay where they are.

A lane is what keeps an order of its own: the phrases of a group, the auto-replies, the ungrouped phrases.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from enum import Enum
from typing import NamedTuple

from qnphrase.formats import autoreply_group
from qnphrase.formats.align import longest_increasing
from qnphrase.formats.align import pair_rows
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.rows import Kind
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import kinds_of
from qnphrase.formats.rows import replies_among
from qnphrase.formats.xml.outline import Node

SlotOf = Callable[[Node], int]


class Lane(NamedTuple):
    """The phrases of a group, the auto-replies (`is_reply`), or the ungrouped phrases (no `group`)."""

    group: str
    is_reply: bool = False


REPLIES = Lane(AUTO_REPLY_GROUP, is_reply=True)
LOOSE = Lane("")
_REPLIES = "\0"  # no group is called so


class State(Enum):
    """What becomes of a lane: it stays where it is, its element moves as a whole, or it gets a new element."""

    SETTLED = 0
    MOVES = 1
    NEW = 2


@dataclass
class Course:
    """What becomes of one lane. `items` are the wanted rows, each with the old one that it is.

    `anchor` is the offset where the group appears first, `anchor_node` the group element there.
    """

    lane: Lane
    items: list[tuple[Row, int | None]]
    homes: list[Node] = field(default_factory=list)
    stays: set[int] = field(default_factory=set)
    anchor: int | None = None
    anchor_node: Node | None = None
    state: State = State.NEW

    @property
    def has_order(self) -> bool:
        """Whether the lane is a group, whose place among the groups counts."""
        return bool(self.lane.group) and not self.lane.is_reply


def is_declaring(node: Node) -> bool:
    """Whether an element is an empty group."""
    return bool(node.name) and not any(below.rows or (below.name and below is not node) for below in node.walk())


def wanted_lanes(rows: Sequence[Row], *, is_merged: bool = False) -> dict[Lane, list[Row]]:
    """Return the rows of each lane; a group that is only declared has none.

    Where lanes are merged, the auto-replies keep one order with the phrases of the group 自动回复.
    """
    lanes: dict[Lane, list[Row]] = {}
    for row, kind in zip(rows, kinds_of(rows), strict=True):
        members = lanes.setdefault(Lane(row.group, kind is Kind.REPLY and not is_merged), [])
        if kind is not Kind.DECLARATION:
            members.append(row)
    return lanes


def is_ambiguous(rows: Sequence[Row]) -> bool:
    """Whether it hangs on the order of the rows which of them are auto-replies: a phrase has a code like one."""
    replies = replies_among(rows)
    members = (row for index, row in enumerate(rows) if row.group == AUTO_REPLY_GROUP and index not in replies)
    return any(autoreply_group.parse(row.code) is not None for row in members)


class Lanes:
    """The old rows and groups of a file, and what becomes of them. `groups_of` is the group element of each old row."""

    def __init__(
        self,
        old: Sequence[Row],
        starts: Sequence[int],
        groups_of: dict[int, Node | None],
        containers: Sequence[Node],
        new: Sequence[Row],
        *,
        is_merged: bool = False,
    ) -> None:
        self.old = old
        self.starts = starts
        self.groups_of = groups_of
        self.containers = containers
        self.is_merged = is_merged
        wanted = wanted_lanes(new, is_merged=is_merged)
        self.courses = {lane: Course(lane, []) for lane in wanted}
        self._pair(wanted)
        self._find_homes()
        for course in self.courses.values():
            self._stay(course)

    def _pair(self, wanted: dict[Lane, list[Row]]) -> None:
        """Find out which old row each wanted one is; auto-replies count as a group of their own."""
        there = sorted(self.groups_of)
        replies = replies_among(self.old)
        old = [self.old[index]._replace(group=_REPLIES) if index in replies else self.old[index] for index in there]
        new = [
            row._replace(group=_REPLIES) if lane.is_reply else row
            for lane, members in wanted.items()
            for row in members
        ]
        pairs = iter(pair_rows(old, new))
        for lane, members in wanted.items():
            found = [(row, next(pairs)) for row in members]
            self.courses[lane].items = [(row, None if pair is None else there[pair]) for row, pair in found]

    def _find_homes(self) -> None:
        named: dict[str, list[Node]] = {}
        for node in self.containers:
            named.setdefault(node.name, []).append(node)
        for lane, course in self.courses.items():
            course.homes = list(named.get(lane.group, ()))
        group = self.courses.get(Lane(AUTO_REPLY_GROUP))
        if group is not None and REPLIES in self.courses:
            replies = self.courses[REPLIES]
            replies.homes = [node for node in replies.homes if not is_declaring(node)]
            if not group.items:
                group.homes = [node for node in group.homes if is_declaring(node)]
        self._find_renamed(named)

    def _find_renamed(self, named: dict[str, list[Node]]) -> None:
        """A group that is gone and one that is new are one, if they share most of their phrases."""
        kept = {lane.group for lane in self.courses} | {AUTO_REPLY_GROUP}
        gone = {name: nodes for name, nodes in named.items() if name not in kept}
        fresh = [c for c in self.courses.values() if c.has_order and not c.homes and c.lane.group != AUTO_REPLY_GROUP]
        sizes = Counter(node.name for node in self.groups_of.values() if node is not None)
        shared: Counter[tuple[str, Lane]] = Counter()
        for course in fresh:
            for _row, index in course.items:
                node = self.groups_of[index] if index is not None else None
                if node is not None and node.name in gone:
                    shared[node.name, course.lane] += 1
        for (name, lane), count in shared.most_common():
            course = self.courses[lane]
            if name in gone and not course.homes and count * 2 >= max(sizes[name], len(course.items)):
                course.homes = gone.pop(name)
        empty = iter([nodes for name, nodes in gone.items() if all(map(is_declaring, nodes))])
        for course in fresh:
            if not course.homes and not course.items:
                course.homes = next(empty, [])

    def _stay(self, course: Course) -> None:
        homes = set(course.homes)
        there = [
            index
            for _row, index in course.items
            if index is not None
            and (self.groups_of[index] in homes or (course.lane == LOOSE and not self.groups_of[index]))
        ]
        course.stays = {there[at] for at in longest_increasing(there)}

    def settle(self, slot_of: SlotOf) -> list[Course]:
        """Decide what becomes of each lane, and return all in the wanted order. `slot_of`: where rows go in a group."""
        ordered = [course for course in self.courses.values() if course.has_order]
        for course in ordered:
            self._anchor(course, slot_of)
        if self.is_merged:
            self._remake_replies()
        standing = [course for course in ordered if course.anchor is not None]
        for at in longest_increasing([course.anchor for course in standing if course.anchor is not None]):
            standing[at].state = State.SETTLED
        for course in standing:
            if course.state is not State.SETTLED:
                self._unsettle(course)
        for course in self.courses.values():
            if not course.has_order and (course.stays or course.homes):
                course.state = State.SETTLED
        return list(self.courses.values())

    def _remake_replies(self) -> None:
        """Where the order of all rows of the group 自动回复 counts, they are put into a new element together."""
        course = self.courses[Lane(AUTO_REPLY_GROUP)]
        course.stays, course.anchor, course.anchor_node = set(), None, None

    def _anchor(self, course: Course, slot_of: SlotOf) -> None:
        """Find where a group appears first: its first row that stays, or a group element that is empty anyway."""
        places = [(self.starts[index], self.groups_of[index]) for index in course.stays]
        places += [(node.start, node) for node in course.homes if is_declaring(node) and self._may_stay_empty(node)]
        if not places and course.items:
            places = [(slot_of(node), node) for node in course.homes[:1]]
        elif not places:
            places = [(node.start, node) for node in course.homes if not _holds_groups(node)]
            places = [place for place in places[:1] if self._may_stay_empty(place[1])]
        if places:
            course.anchor, course.anchor_node = min(places, key=lambda place: place[0])

    def _may_stay_empty(self, node: Node | None) -> bool:
        """The root is an empty group only while it is the only one: all others would stand inside of it."""
        return node is not None and (node.parent is not None or len(self.courses) == 1)

    def _unsettle(self, course: Course) -> None:
        """A group at the wrong place moves with its element, if that is all of it and nothing else is in it."""
        sole = course.homes[0] if len(course.homes) == 1 else None
        if sole is not None and sole.parent is not None and not _holds_groups(sole):
            course.state = State.MOVES
        else:
            course.state = State.NEW
            course.stays = set()


def _holds_groups(node: Node) -> bool:
    return any(below.name for below in node.walk() if below is not node)
