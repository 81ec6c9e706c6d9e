"""The edits of a file whose groups are elements around their records.

A group keeps its element where it is if the order of the groups allows; else the element moves, and where other groups
stand inside of it, a new element takes its phrases. A row that stays is edited in place, the others are put beside it.
"""

from bisect import bisect_left
from typing import TYPE_CHECKING

from qnphrase.document.span import Edit
from qnphrase.document.span import splice
from qnphrase.errors import Unrepresentable
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.xml.assemble import Assembly
from qnphrase.formats.xml.assemble import Insertion
from qnphrase.formats.xml.frame import Framer
from qnphrase.formats.xml.frame import Slot
from qnphrase.formats.xml.lanes import LOOSE
from qnphrase.formats.xml.lanes import Course
from qnphrase.formats.xml.lanes import Lane
from qnphrase.formats.xml.lanes import Lanes
from qnphrase.formats.xml.lanes import State
from qnphrase.formats.xml.lanes import is_ambiguous
from qnphrase.formats.xml.lanes import is_declaring
from qnphrase.formats.xml.lexer import lead_start
from qnphrase.formats.xml.outline import Node
from qnphrase.formats.xml.outline import lead_of
from qnphrase.formats.xml.outline import outline
from qnphrase.formats.xml.plan import Pen
from qnphrase.formats.xml.plan import empty_home
from qnphrase.formats.xml.plan import fill
from qnphrase.formats.xml.plan import inner_lead
from qnphrase.formats.xml.reader import Walk
from qnphrase.formats.xml.values import illegal_in
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.formats.xml.pack import XmlReading


def planned(reading: "XmlReading", wanted: list[Row]) -> tuple[Pen, list[Edit]]:
    """Return the edits after which the file holds the rows `wanted`, and the pen that has written them."""
    pen = Pen(reading)
    edits = NestedPlan(reading, pen, wanted).edits()
    if is_ambiguous(wanted) and not pen.refused:
        rows = Walk(splice(pen.text, edits), reading.shape).records().rows
        if book_of_rows(rows) != book_of_rows(wanted):  # a phrase may even be just like the auto-reply
            pen = Pen(reading)
            edits = NestedPlan(reading, pen, wanted, is_merged=True).edits()
    return pen, edits


class NestedPlan:
    """Plans the edits of one file."""

    def __init__(self, reading: "XmlReading", pen: Pen, wanted: list[Row], *, is_merged: bool = False) -> None:
        self.pen = pen
        self.text = pen.text
        self.root = outline(reading)
        self.containers = [node for node in self.root.walk() if node.name]
        self.declaring = {node for node in self.containers if is_declaring(node)}
        groups_of = {row: node.group for node in self.root.walk() for row in node.rows}
        starts = [pen.start(row) for row in range(len(reading.rows))]
        self.lanes = Lanes(reading.rows, starts, groups_of, self.containers, wanted, is_merged=is_merged)
        name, tags = reading.shape.group_name, sorted(reading.shape.group_tags or ("group",))
        assert name is not None  # noqa: S101 - the file is nested
        self.framer = Framer(pen, name, tags[0], self.containers)
        self.slots: dict[Node, Slot] = {}
        self.courses = self.lanes.settle(lambda node: self._slot(node).span.start)
        self.course_of = {node: course for course in self.courses if course.has_order for node in course.homes}
        self.kept_rows = {row for course in self.courses for row in course.stays}
        self.filled = {groups_of[row] for row in self.kept_rows}
        self.row_edits = [pen.deleted(row) for row in groups_of if row not in self.kept_rows]
        self.insertions: list[Insertion] = []
        self.at_root: list[str | Node] = []
        self.removed: list[Node] = []
        self.blanked: set[Node] = set()
        self.group_places: list[int] = []

    def _slot(self, node: Node) -> Slot:
        if node not in self.slots:
            self.slots[node] = self.framer.slot(node)
        return self.slots[node]

    def edits(self) -> list[Edit]:
        """Return all edits."""
        self._refuse_names()
        earlier = -1
        following = self._following()
        for course in self.courses:
            if course.lane == LOOSE:
                self._place_loose(course)
            elif course.state is State.SETTLED:
                self._place_rows(course)
                earlier = course.anchor if course.has_order and course.anchor is not None else earlier
            else:
                self._place_group(course, following[course.lane], earlier)
        self._sweep()
        self._rename()
        return self._assembled()

    def _following(self) -> dict[Lane, Course | None]:
        """Return for each lane the next group behind it that stays where it is."""
        found: dict[Lane, Course | None] = {}
        following = None
        for course in reversed(self.courses):
            found[course.lane] = following if course.has_order else None
            following = course if course.has_order and course.state is State.SETTLED else following
        return found

    def _refuse_names(self) -> None:
        known = {node.name for node in self.containers}
        for course in self.courses:
            group = course.lane.group
            if group not in known and (characters := illegal_in(group)):
                self.pen.refused.append(Unrepresentable(group, "", "", characters, _("分组名")))

    def _near(self, course: Course, old: int | None) -> int | None:
        """Return a row whose record new ones of a group take after: of that group, or any."""
        if old is not None:
            return None
        rows = [row for _wanted, row in course.items if row is not None]
        return rows[0] if rows else next(iter(self.lanes.groups_of), None)

    def _place_rows(self, course: Course) -> None:
        """Put each row of a lane that doesn't stay behind the one before it, before the first, or into the group."""
        first = min(course.stays, default=None)
        if first is None:
            self._fill_group(course)
            return
        before: int | None = None
        for row, old in course.items:
            if old is not None and old in course.stays:
                self.row_edits += self.pen.changed(old, row)
                before = old
                continue
            near = first if before is None else before
            at = lead_start(self.text, self.pen.start(first)) if before is None else self.pen.end(before)
            self.insertions.append(Insertion(at, self.pen.lead(near), self.pen.written(row, old, near)))

    def _fill_group(self, course: Course) -> None:
        home = course.anchor_node or course.homes[0]
        if not course.items:
            return
        slot = self._slot(home)
        there = home.rows[0] if home.rows else next(iter(self.lanes.groups_of), None)
        raws = [self.pen.written(row, old, there) for row, old in course.items]
        self.filled.add(home)
        edit = slot.filled(raws)
        if slot.span.start == slot.span.end:
            self.insertions.append(Insertion(slot.span.start, "", edit.text))
        else:
            self.row_edits.append(edit)

    def _place_group(self, course: Course, following: Course | None, earlier: int) -> None:
        """Put a group element before the next group that stays where it is (and behind `earlier`), or behind all."""
        at, near = self._behind_all() if following is None else self._before(following, earlier)
        lead = inner_lead(self.text, self.root) if at is None else self.framer.lead_beside(near, self.root)
        what: str | Node
        if course.state is State.MOVES:
            self._place_rows(course)
            what = course.homes[0]
        else:
            raws = [self.pen.written(row, old, self._near(course, old)) for row, old in course.items]
            what = self.framer.new_group(course.lane.group, raws, lead, near)
        if at is None:
            self.at_root.append(what)
        else:
            self.insertions.append(Insertion(at, lead, what, is_group=True))

    def _behind_all(self) -> tuple[int | None, Node | None]:
        """Return the place behind all groups (`None`: at the end of the root), and the group beside which that is."""
        settled = [course for course in self.courses if course.has_order and course.state is State.SETTLED]
        last = settled[-1].anchor_node if settled else (self.containers[-1] if self.containers else None)
        if last is not None:
            outer = [node for node in last.around() if node.name and node.parent is not None]
            return (outer[-1].end, outer[-1]) if outer else (None, None)
        loose = [row for row, node in self.lanes.groups_of.items() if node is None]
        return (lead_start(self.text, self.pen.start(loose[0])), None) if loose else (None, None)

    def _before(self, following: Course, earlier: int) -> tuple[int, Node | None]:
        """Return the place before a group that stays, and behind the offset `earlier`, where the one before begins."""
        node, anchor = following.anchor_node, following.anchor or 0
        if node is not None and node.parent is not None and node.start > earlier:
            return lead_start(self.text, node.start), node
        slot = self._slot(node) if node is not None and node in self.slots else None
        if slot is not None and slot.span.start == anchor:
            return anchor, node
        return lead_start(self.text, anchor), node

    def _place_loose(self, course: Course) -> None:
        if self.root.name:
            self._unname_root(course)
        if course.stays:
            self._place_rows(course)
            return
        loose = [row for row, node in self.lanes.groups_of.items() if node is None]
        near = loose[-1] if loose else next(iter(self.lanes.groups_of), None)
        raws = [self.pen.written(row, old, near) for row, old in course.items]
        outer = [node for node in self.containers[-1].around() if node.name and node.parent] if self.containers else []
        if loose:
            at, lead = self.pen.end(loose[-1]), self.pen.lead(loose[-1])
        elif outer:
            at, lead = outer[-1].end, lead_of(self.text, outer[-1].start)
        else:
            self.at_root += raws
            return
        self.insertions += [Insertion(at, lead, raw) for raw in raws]

    def _unname_root(self, course: Course) -> None:
        """Ungrouped phrases have no place in a file that is one group, unless that group is gone."""
        owner = self.course_of.get(self.root)
        if self.root in self.filled or (owner is not None and owner.state is not State.NEW):
            why = _("整个文件是一个分组，放不下没有分组的短语")
            self.pen.refused += [Unrepresentable("", row.code, row.text, "", why) for row, _old in course.items]
        else:
            self._blank(self.root)

    def _blank(self, node: Node) -> None:
        if node not in self.blanked:
            self.blanked.add(node)
            self.row_edits += self.framer.renamed(node, "")

    def _sweep(self) -> None:
        """Find the group elements that go; one that can't go, for what else is in it, loses its name."""
        self.group_places = sorted(one.at for one in self.insertions if one.is_group)
        self._is_alive(self.root)

    def _is_alive(self, node: Node) -> bool:
        """Whether a group stays at or below `node`."""
        below = [self._is_alive(child) for child in node.children]
        alive = any(below) or self._gets_group(node)
        if not node.name or alive or node in self.filled or self._declares(node):
            return alive or bool(node.name)
        course = self.course_of.get(node)
        if course is not None and course.state is State.MOVES:
            return False
        if node.parent is not None and node.holds_only_phrases():
            self.removed.append(node)
        else:
            self._blank(node)
        return False

    def _gets_group(self, node: Node) -> bool:
        """Whether a group element is put into `node`."""
        element = node.element
        if element.is_self_closing:
            return False
        index = bisect_left(self.group_places, element.open_end)
        return index < len(self.group_places) and self.group_places[index] <= element.close_start

    def _declares(self, node: Node) -> bool:
        """Whether an element that holds no row any more may go on as an empty group."""
        course = self.course_of.get(node)
        if course is None or course.state is not State.SETTLED or course.anchor is None:
            return False
        if node in self.declaring or (not course.items and node is course.anchor_node):
            return True
        return node.start > course.anchor and not node.holds_only_phrases()

    def _rename(self) -> None:
        gone = {*self.removed, *self.blanked}
        for node, course in self.course_of.items():
            if course.state is not State.NEW and node.name != course.lane.group and node not in gone:
                self.row_edits += self.framer.renamed(node, course.lane.group)

    def _assembled(self) -> list[Edit]:
        whats = [one.what for one in self.insertions] + self.at_root
        moving = [what for what in whats if isinstance(what, Node)]
        assembly = Assembly(self.text, self.row_edits, self.insertions, moving)
        edits = assembly.edits(self.removed)
        if self.at_root:
            is_bare = not self.containers and not self.lanes.groups_of
            home = empty_home(self.root) if is_bare else self.root
            edits.append(fill(self.text, home, [assembly.raw(what) for what in self.at_root]))
        return edits
