"""Changing a mapping: values where they stand, keys in and out, in block and in flow style."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Union

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.yaml.bulk import texts_of
from qnphrase.formats.yaml.flow_edits import FRONT
from qnphrase.formats.yaml.flow_edits import flow_edits
from qnphrase.formats.yaml.fresh import entry_lines
from qnphrase.formats.yaml.fresh import flow_entry
from qnphrase.formats.yaml.fresh import flow_text
from qnphrase.formats.yaml.fresh import key_text
from qnphrase.formats.yaml.fresh import mapping_lines
from qnphrase.formats.yaml.list_edits import Slot
from qnphrase.formats.yaml.list_edits import edit_list
from qnphrase.formats.yaml.nodes import Entry
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.places import Places
from qnphrase.formats.yaml.scalar_edits import change_scalar
from qnphrase.formats.yaml.slots import text_slots

Wanted = Union[str, tuple[str, ...], Mapping[str, str], list[Slot]]  # noqa: UP007 - as in `wanted`
Rank = Callable[[str], int]


class TableEdits:
    """The edits of one mapping, from what it says to what it is to say; what is neither stays as it is."""

    def __init__(
        self, places: Places, table: Table, old: Mapping[str, Wanted], new: Mapping[str, Wanted], rank: Rank
    ) -> None:
        self.places = places
        self.table = table
        self.new = new
        self.old = old
        self.rank = rank
        self.gone = {name for name in table.entries if name in old and name not in new}
        self.kept = [name for name in table.entries if name not in self.gone]
        self.json = any(entry.key.style == '"' for entry in table.entries.values()) and table.flow

    def edits(self) -> list[Edit]:
        """Return the edits in the order of the file; those at one place in the order in which they are to stand."""
        if not self.kept and self.table.entries:
            return [self._rewritten()]
        added = self._added()
        return self._in_flow(added) if self.table.flow else self._in_block(added)

    def _added(self) -> dict[str | None, list[str]]:
        """Return the names of the new entries by the entry behind which they go; `None` is before all."""
        added: dict[str | None, list[str]] = {}
        for name in sorted((name for name in self.new if name not in self.table.entries), key=self.rank):
            if self.new[name] == []:
                continue
            before = [kept for kept in self.kept if self.rank(kept) <= self.rank(name)]
            anchor = max(before, key=self.rank, default=None)
            added.setdefault(anchor, []).append(name)
        return added

    def _in_block(self, added: dict[str | None, list[str]]) -> list[Edit]:
        places, column = self.places, self.places.column(self.table.start)
        edits = self._removals(column)
        for name, entry in self.table.entries.items():
            if name not in self.kept:
                continue
            if name == self.kept[0] and None in added:
                text = "".join(self._block_text(new, column) for new in added[None])
                edits.append(Edit(Span(entry.key.start, entry.key.start), text[column:] + " " * column))
            edits += self._changes(name, entry, column)
            if name in added:
                end = places.lines_end(entry.value, column)
                edits += [Edit(Span(end, end), self._block_text(new, column)) for new in added[name]]
        return edits

    def _block_text(self, name: str, column: int) -> str:
        """Return the lines of a new entry."""
        places, value = self.places, self.new[name]
        if not isinstance(value, list):
            return places.lines(entry_lines(name, value, column, places.layout))
        head = self._section_gap(column) + places.lines([" " * column + key_text(name) + ":"])
        dash = column + places.layout.list_indent
        return head + "".join(slot.lines(dash, places.layout) for slot in value)

    def _section_gap(self, column: int) -> str:
        """An empty line before a new section, where the others have one."""
        places = self.places
        if column or places.keeps_blanks:
            return ""
        starts = [places.line_start(entry.key.start) for entry in self.table.entries.values()]
        return places.newline if any(map(places.is_behind_blank_line, starts)) else ""

    def _removals(self, column: int) -> list[Edit]:
        names = list(self.table.entries)
        leading = names.index(self.kept[0])
        edits = []
        if leading and self._shares_its_line(self.table.entries[names[0]]):
            edits.append(self._leading_removal(names[leading - 1], names[leading], column))
            names = names[leading:]
        for name in names:
            if name in self.gone:
                entry = self.table.entries[name]
                lines = Span(self.places.line_start(entry.key.start), self.places.lines_end(entry.value, column))
                edits += self.places.removal(lines)
        return edits

    def _shares_its_line(self, entry: Entry) -> bool:
        """Whether a `-` stands before the key on its line."""
        start = entry.key.start
        return bool(self.places.text[self.places.line_start(start) : start].strip())

    def _leading_removal(self, last: str, first: str, column: int) -> Edit:
        """The entries up to `last` go from behind the `-`, and `first` moves up; comments above it stay."""
        places, entries = self.places, self.table.entries
        end = entries[first].key.start
        behind = places.lines_end(entries[last].value, column)
        comment = places.text.find("#", behind, end)
        return Edit(Span(self.table.start, end if comment < 0 else comment), "")

    def _changes(self, name: str, entry: Entry, column: int | None) -> list[Edit]:
        value = self.new.get(name)
        if value is None or (value == self.old.get(name) and not isinstance(value, list)):
            return []
        node = entry.value
        if isinstance(value, list):
            return edit_list(self.places, self.table, entry, value)
        if isinstance(node, Scalar) and (node.is_nothing and entry.colon is None):
            return [Edit(Span(node.start, node.start), ": " + flow_text(value, json=self.json))]
        if isinstance(value, str) and isinstance(node, Scalar):
            return change_scalar(self.places, node, value, flow=self.table.flow, column=column, json=self.json)
        if isinstance(node, Scalar):
            return [Edit(Span(node.start, node.start), " " + flow_text(value, json=self.json))]
        return self._changes_inside(entry, node, value)

    def _changes_inside(self, entry: Entry, node: Table | Items | Phrases, value: Wanted) -> list[Edit]:
        if isinstance(node, Table) and isinstance(value, Mapping):
            old = texts_of(node)
            names = [*old, *(name for name in value if name not in old)]
            return TableEdits(self.places, node, old, value, names.index).edits()
        if isinstance(node, Items) and isinstance(value, tuple):
            return edit_list(self.places, self.table, entry, text_slots(self.places, node, value, self.json))
        raise TypeError(f"no way from {type(node)} to {type(value)}")

    def _in_flow(self, added: dict[str | None, list[str]]) -> list[Edit]:
        names = list(self.table.entries)
        parts = [Span(entry.key.start, entry.end) for entry in self.table.entries.values()]
        edits = [edit for name in self.kept for edit in self._changes(name, self.table.entries[name], None)]
        texts = {
            FRONT if anchor is None else names.index(anchor): [self._flow_text(name) for name in new]
            for anchor, new in added.items()
        }
        kept = [names.index(name) for name in self.kept]
        return edits + flow_edits(self.places, self.table.start + 1, parts, kept, texts)

    def _flow_text(self, name: str) -> str:
        value = self.new[name]
        if not isinstance(value, list):
            return flow_entry(name, value, json=self.json)
        return f"{key_text(name, quoted=self.json)}: [{', '.join(slot.inline(self.json) for slot in value)}]"

    def _rewritten(self) -> Edit:
        """Nothing of the mapping is kept: write it anew. Only its comments are lost."""
        places, table = self.places, self.table
        if table.flow:
            return Edit(Span(table.start, table.end), flow_text(self.new, json=self.json))
        column = places.column(table.start)
        lines = places.lines(mapping_lines(self.new, column, places.layout))  # type: ignore[arg-type]
        return Edit(Span(table.start, places.lines_end(table, column - 1)), lines[column:])
