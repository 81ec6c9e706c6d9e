"""The wanted phrases, auto-replies and groups as items of lists: edited where they stand, moved, or written anew.

Every edit of a record that is more than one text on one line is read back on its own before it is used. Where it would
not say what is wanted, the record is written anew: that costs its comments, never its content.
"""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qnphrase.document.span import Edit
from qnphrase.formats.yaml.book import groups_of
from qnphrase.formats.yaml.book import phrases_of
from qnphrase.formats.yaml.book import replies_of
from qnphrase.formats.yaml.fresh import Layout
from qnphrase.formats.yaml.fresh import entry_lines
from qnphrase.formats.yaml.fresh import flow_entry
from qnphrase.formats.yaml.fresh import flow_text
from qnphrase.formats.yaml.fresh import item_lines
from qnphrase.formats.yaml.fresh import key_text
from qnphrase.formats.yaml.keys import GROUP
from qnphrase.formats.yaml.keys import PHRASE
from qnphrase.formats.yaml.keys import REPLY
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.keys import Shape
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.places import Places
from qnphrase.formats.yaml.slots import Home
from qnphrase.formats.yaml.slots import moved_lines
from qnphrase.formats.yaml.slots import reads_as
from qnphrase.formats.yaml.slots import slice_of
from qnphrase.formats.yaml.table_edits import TableEdits
from qnphrase.formats.yaml.table_edits import Wanted
from qnphrase.formats.yaml.wanted import Fields
from qnphrase.formats.yaml.wanted import phrase_fields
from qnphrase.formats.yaml.wanted import reply_fields
from qnphrase.model import Group


@dataclass(frozen=True)
class Trade:
    """What is done alike to phrases and auto-replies: which keys they have, how they are written and read back."""

    kind: Kind
    shape: Shape
    fields: Callable[[Any], Fields]
    read: Callable[[Any], tuple[Any, ...]]


PHRASES = Trade(Kind.PHRASES, PHRASE, phrase_fields, phrases_of)
REPLIES = Trade(Kind.REPLIES, REPLY, reply_fields, replies_of)


@dataclass(slots=True)
class RecordSlot:
    """A wanted phrase or auto-reply. `old` and `home` tell what it is and where; `is_here`, whether in this list."""

    places: Places
    trade: Trade
    new: Any
    old: Any = None
    home: Home | None = None
    is_here: bool = False

    @property
    def here(self) -> int | None:
        """See `Slot.here`."""
        return self.home.index if self.home is not None and self.is_here else None

    def edits(self) -> list[Edit]:
        """See `Slot.edits`."""
        if self.home is None or self.old == self.new:
            return []
        table = self.places.item(self.home.items, self.home.index)
        if not isinstance(table, Table):
            return []
        fields = self.trade.fields
        edits = TableEdits(self.places, table, fields(self.old), fields(self.new), self.trade.shape.rank).edits()
        if _is_simple(edits) or self._reads(self.places.spliced(slice_of(self.places, self.home), edits)):
            return edits
        return [self._rewritten(self.home)]

    def _rewritten(self, home: Home) -> Edit:
        places, items = self.places, home.items
        span = slice_of(places, home)
        if items.flow:
            return Edit(span, flow_text(self.trade.fields(self.new)))
        layout = places.layout_at(items, home.index)
        return Edit(span, self._fresh(places.column(places.dash(items, home.index)), layout))

    def _fresh(self, dash: int, layout: Layout) -> str:
        return self.places.lines(item_lines(self.trade.fields(self.new), dash, layout))

    def _reads(self, text: str) -> bool:
        """Whether `text`, an item of a list, says what is wanted."""
        flow = self.home is not None and self.home.items.flow
        node = reads_as(self.places, self.trade.kind, f"[{text}\n]" if flow else text)
        return self.trade.read(node) == (self.new,)

    def lines(self, dash: int, layout: Layout) -> str:
        """See `Slot.lines`."""
        if self.home is not None:
            moved = moved_lines(self.places, self.home, self.edits(), dash)
            if moved is not None and self._reads(moved):
                return moved
        return self._fresh(dash, layout)

    def inline(self, json: bool) -> str:
        """See `Slot.inline`."""
        if self.home is not None and self.home.items.flow:
            moved = self.places.spliced(slice_of(self.places, self.home), self.edits())
            if not set(moved) & set("\r\n") and self._reads(moved):
                return moved
        return flow_text(self.trade.fields(self.new), json=json)


def _is_simple(edits: list[Edit]) -> bool:
    """Whether all that happens is that one text on one line takes the place of another."""
    return (
        len(edits) == 1
        and edits[0].span.start < edits[0].span.end
        and 0 < len(edits[0].text)
        and not (set(edits[0].text) & set("\r\n"))
    )


@dataclass
class GroupSlot:
    """A wanted group with its phrases."""

    places: Places
    new: Group
    phrases: Sequence[RecordSlot]
    old: Group | None = None
    home: Home | None = None

    @property
    def here(self) -> int | None:
        """See `Slot.here`."""
        return self.home.index if self.home is not None else None

    @cached_property
    def _edits(self) -> list[Edit]:
        if self.home is None or self.old is None:
            return []
        table = self.places.item(self.home.items, self.home.index)
        if not isinstance(table, Table):
            return []
        new: dict[str, Wanted] = {"name": self.new.name, "phrases": list(self.phrases)}
        return TableEdits(self.places, table, {"name": self.old.name}, new, GROUP.rank).edits()

    def edits(self) -> list[Edit]:
        """See `Slot.edits`."""
        return self._edits

    def lines(self, dash: int, layout: Layout) -> str:
        """See `Slot.lines`."""
        if self.home is not None:
            moved = moved_lines(self.places, self.home, self._edits, dash)
            if moved is not None and groups_of(reads_as(self.places, Kind.GROUPS, moved)) == (self.new,):
                return moved
        places, column = self.places, dash + layout.dash_width
        head = places.lines(item_lines({"name": self.new.name}, dash, layout._replace(braces=False)))
        if not self.phrases:
            return head + places.lines(entry_lines("phrases", [], column, layout))
        inner = places.layout
        phrases = "".join(slot.lines(column + inner.list_indent, inner) for slot in self.phrases)
        return head + places.lines([" " * column + "phrases:"]) + phrases

    def inline(self, json: bool) -> str:
        """See `Slot.inline`."""
        phrases = ", ".join(slot.inline(json) for slot in self.phrases)
        return f"{{{flow_entry('name', self.new.name, json=json)}, {key_text('phrases', quoted=json)}: [{phrases}]}}"
