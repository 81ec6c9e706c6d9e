"""Changing a list: items stay where they are as far as the wanted order allows; the others are moved, written or go."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.align import longest_increasing
from qnphrase.formats.yaml.flow_edits import FRONT
from qnphrase.formats.yaml.flow_edits import flow_edits
from qnphrase.formats.yaml.fresh import Layout
from qnphrase.formats.yaml.nodes import Entry
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.places import Places


class Slot(Protocol):
    """One wanted item of a list."""

    @property
    def here(self) -> int | None:
        """The index of the item of this very list that it is, if any."""

    def edits(self) -> list[Edit]:
        """Return the edits inside of that item, where it stays."""

    def lines(self, dash: int, layout: Layout) -> str:
        """Return its whole lines for another place of a block list, the `-` at column `dash`."""

    def inline(self, json: bool) -> str:
        """Return it for another place of a flow list."""


def edit_list(places: Places, table: Table, entry: Entry, slots: Sequence[Slot]) -> list[Edit]:
    """Return the edits by which the list behind the key of `entry`, an entry of `table`, holds `slots`."""
    node = entry.value
    if not isinstance(node, Items | Phrases) or not len(node):
        return _filled(places, table, entry, slots) if slots else []
    staying = _staying(slots)
    if node.flow:
        return _in_flow(places, node, slots, staying, _is_json(table))
    edits = _Block(places, node, slots, staying).edits()
    if not slots and entry.colon is not None:
        edits.append(Edit(Span(entry.colon, entry.colon), " []"))
    return edits


def _is_json(table: Table) -> bool:
    return any(entry.key.style == '"' for entry in table.entries.values())


def _staying(slots: Sequence[Slot]) -> list[int]:
    """Return the indices of the slots whose items stay where they are."""
    there = [(at, slot.here) for at, slot in enumerate(slots)]
    paired = [(at, here) for at, here in there if here is not None]
    if all(before[1] < after[1] for before, after in pairwise(paired)):
        return [at for at, _here in paired]
    return [paired[at][0] for at in longest_increasing([here for _at, here in paired])]


def _runs(slots: Sequence[Slot], staying: Sequence[int]) -> list[tuple[Slot | None, list[Slot]]]:
    """Return the slots that stay, each with those that come behind it; first those before all of them."""
    stays = set(staying)
    runs: list[tuple[Slot | None, list[Slot]]] = [(None, [])]
    for at, slot in enumerate(slots):
        if at in stays:
            runs.append((slot, []))
        else:
            runs[-1][1].append(slot)
    return runs


def _index(slot: Slot) -> int:
    if slot.here is None:
        raise ValueError("a slot that stays has its item here")
    return slot.here


def _in_flow(
    places: Places, items: Items | Phrases, slots: Sequence[Slot], staying: list[int], json: bool
) -> list[Edit]:
    runs = _runs(slots, staying)
    edits = [edit for slot, _behind in runs if slot is not None for edit in slot.edits()]
    added = {
        FRONT if slot is None else _index(slot): [new.inline(json) for new in behind] for slot, behind in runs if behind
    }
    kept = [_index(slots[at]) for at in staying]
    if not added and len(kept) == len(items):
        return edits
    parts = [Span(items.start_of(at), items.end_of(at)) for at in range(len(items))]
    return edits + flow_edits(places, items.start + 1, parts, kept, added)


class _Block:
    """The edits of a block list that has items."""

    def __init__(self, places: Places, items: Items | Phrases, slots: Sequence[Slot], staying: list[int]) -> None:
        self.places = places
        self.items = items
        self.runs = _runs(slots, staying)
        self.kept = [_index(slots[at]) for at in staying]

    def edits(self) -> list[Edit]:
        edits: list[Edit] = []
        for slot, behind in self.runs:
            if slot is not None:
                edits += slot.edits()
            if behind and slot is None:
                edits.append(self._at_front(behind))
            elif behind and slot is not None:
                edits.append(self._behind(_index(slot), behind))
        for index in sorted(set(range(len(self.items))) - set(self.kept)):
            lines = self.places.item_lines(self.items, index)
            edits += self.places.removal(lines, tidy=index + 1 < len(self.items))
        return edits

    def _text(self, slot: Slot, like: int) -> str:
        layout = self.places.layout_at(self.items, like)
        return slot.lines(self.places.column(self.places.dash(self.items, like)), layout)

    def _behind(self, index: int, slots: list[Slot]) -> Edit:
        gap = self._gap(index)
        at = self.places.item_lines(self.items, index).end
        return Edit(Span(at, at), "".join(gap + self._text(slot, index) for slot in slots))

    def _at_front(self, slots: list[Slot]) -> Edit:
        """Before the first item that stays, below the comments above it; where none stays, where the first one was."""
        first = self.kept[0] if self.kept else 0
        gap = self._gap(first)
        at = self.places.line_start(self.places.dash(self.items, first))
        text = gap.join(self._text(slot, first) for slot in slots)
        return Edit(Span(at, at), text + gap if self.kept else text)

    def _gap(self, index: int) -> str:
        """An empty line, where the items around `index` are set apart by empty lines."""
        places, items = self.places, self.items
        if places.keeps_blanks or len(items) == 1:
            return ""
        below = index or 1
        at, end = places.item_lines(items, below - 1).end, places.line_start(places.dash(items, below))
        while at < end:
            if places.is_blank_line(at):
                return places.newline
            at = places.next_line(at)
        return ""


def _filled(places: Places, table: Table, entry: Entry, slots: Sequence[Slot]) -> list[Edit]:
    """Put items into a list that has none: as a block, unless its surroundings are flow."""
    node, text = entry.value, places.text
    start = node.start
    is_list = isinstance(node, Items | Phrases)
    plain_brackets = is_list and not text[start + 1 : node.end - 1].strip()
    if entry.colon is not None and not table.flow and (plain_brackets or not is_list):
        column = places.column(entry.key.start)
        at = places.comments_end(places.next_line(node.end), column)
        dash = column + places.layout.list_indent
        lines = Edit(Span(at, at), "".join(slot.lines(dash, places.layout) for slot in slots))
        return [Edit(Span(entry.colon, node.end), places.before_comment(node.end)), lines] if is_list else [lines]
    inside = ", ".join(slot.inline(_is_json(table)) for slot in slots)
    if is_list:
        return [Edit(Span(start + 1, start + 1), inside + places.before_comment(start + 1))]
    return [Edit(Span(start, start), f": [{inside}]" if entry.colon is None else f" [{inside}]")]
