"""Reading all records of a file: in bulk where a layout fits, else from tag to tag; both say the same."""

import re
from array import array
from dataclasses import dataclass
from dataclasses import field

from qnphrase.formats.rows import NO_EXTRA
from qnphrase.formats.rows import Row
from qnphrase.formats.xml.layout import Layout
from qnphrase.formats.xml.layout import layout_of
from qnphrase.formats.xml.lexer import MAX_DEPTH
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import TooDeepError
from qnphrase.formats.xml.lexer import attribute_value
from qnphrase.formats.xml.lexer import attributes_in
from qnphrase.formats.xml.lexer import content_value
from qnphrase.formats.xml.lexer import element_at
from qnphrase.formats.xml.lexer import root_offset
from qnphrase.formats.xml.lexer import skip_space
from qnphrase.formats.xml.lexer import token_at
from qnphrase.formats.xml.remarks import Remarks
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Place
from qnphrase.formats.xml.shape import Shape
from qnphrase.formats.xml.shape import identity_of
from qnphrase.formats.xml.shape import value_at

_LAYOUTS = 16  # ways of writing a record that are remembered
_TRIES = 300  # records that are asked for their layout


@dataclass
class Records:
    """What a file holds. The record of row `i` stands at `[starts[i], ends[i])`, perhaps with whitespace before it.

    The row that an empty group element makes has the start of that element and an empty range. `extras` are the fields
    beyond those of the shape, by their name: the first one of each.
    """

    rows: list[Row] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    extras: dict[str, Field] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet. `pending` are rows whose group it is if its name turns up behind them."""

    start: int
    group: str  # of the records in it
    may_be_group: bool
    name: str = ""
    is_named: bool = False
    has_rows: bool = False
    has_groups: bool = False
    pending: list[tuple[int, int]] = field(default_factory=list)


def extra_places(shape: Shape, places: dict[Field, Place]) -> dict[str, tuple[Field, Place]]:
    """Return the places of a record beyond its fields, by their names; the first one of a name is meant."""
    own = shape.fields.values()
    found: dict[str, tuple[Field, Place]] = {}
    for place_field, place in places.items():
        if place_field not in own:
            found.setdefault(place_field.name, (place_field, place))
    return found


def row_of(text: str, shape: Shape, places: dict[Field, Place], group: str) -> Row | None:
    """Return the row that a record is; `group` is the name around it. `None`: there is nothing in it."""

    def said(place_field: Field | None) -> str:
        place = places.get(place_field) if place_field is not None else None
        return "" if place is None else value_at(text, place, is_own=place_field == OWN)

    if shape.group is not None:
        group = said(shape.group)
    values = ((name, value_at(text, place)) for name, (_field, place) in extra_places(shape, places).items())
    extra = {name: value for name, value in values if value} or NO_EXTRA
    row = Row(group, said(shape.code), said(shape.text), extra)
    declares = shape.group is not None and group
    return row if declares or not row.is_declaration else None


class Walk:
    """One pass over all elements of a well-formed text."""

    def __init__(self, text: str, shape: Shape, *, use_layouts: bool = True) -> None:
        self.text = text
        self.shape = shape
        self.found = Records()
        self.stack: list[_Open] = []
        self.layouts: list[Layout] = []
        self.tries = _TRIES if use_layouts else 0
        self.begins_record = re.compile(rf"[ \t\r\n]*+<{re.escape(shape.record)}[ \t\r\n/>]").match

    def records(self) -> Records:
        """Return all records of the file."""
        at = self._open(token_at(self.text, root_offset(self.text)))
        while self.stack:
            if self.layouts and self.begins_record(self.text, at):
                at = self._read_in_bulk(at)
            at = self._step(at)
        return self.found

    def _read_in_bulk(self, at: int) -> int:
        """Read records by layouts until none fits; the one that fitted last is tried first."""
        first = len(self.found.rows)
        fits = True
        while fits:
            fits = False
            for index, layout in enumerate(self.layouts):
                end = self._read_alike(layout, at)
                if end > at:
                    at = end
                    fits = self.begins_record(self.text, at) is not None
                    if index:
                        self.layouts.insert(0, self.layouts.pop(index))
                    break
        self._credit(first, len(self.found.rows))
        return at

    def _read_alike(self, layout: Layout, at: int) -> int:
        """Read records while `layout` fits, and return where they end."""
        _key, plain, escaped, decode, make_row = layout
        text = self.text
        group = self.stack[-1].group
        add_row, add_start, add_end = self.found.rows.append, self.found.starts.append, self.found.ends.append
        while True:
            match = plain(text, at)
            if match is not None:
                row = make_row(match.groups(), group)
            else:
                match = escaped(text, at)
                if match is None:
                    return at
                row = make_row(decode(match.groups()), group)
            end = match.end()
            if row is not None:
                add_row(row)
                add_start(at)
                add_end(end)
            at = end

    def _step(self, at: int) -> int:
        """Take one token and the whitespace before it, or one record, and return where it ends."""
        token = token_at(self.text, skip_space(self.text, at))
        kind = token.lastgroup
        if kind == "open":
            if token["tag"] == self.shape.record:
                record = element_at(self.text, token.start())
                if self.shape.is_record(self.text, record):
                    self._take(record)
                    return record.end
            return self._name_around(token) or self._open(token)
        if kind == "close":
            self._close()
        return token.end()

    def _open(self, token: re.Match[str]) -> int:
        text = self.text
        start, end = token.span("open")
        may_be_group = self.shape.may_be_group(token["tag"], is_root=not self.stack)
        around = self.stack[-1].group if self.stack else ""
        self.stack.append(_Open(token.start(), around, may_be_group))
        if len(self.stack) > MAX_DEPTH:
            raise TooDeepError(token.start())
        name = self.shape.group_name
        if may_be_group and name is not None and name.kind is Kind.ATTRIBUTE:
            named = (one for one in attributes_in(text, start, end) if one.name == name.name)
            attribute = next(named, None)
            self._name(attribute_value(text, attribute) if attribute else "")
        if end > start and text[end - 1] == "/":
            self._close()
        return token.end()

    def _name_around(self, token: re.Match[str]) -> int:
        """Where `token` opens the child that names the group around it, take the name and return its end; else 0."""
        around = self.stack[-1]
        name = self.shape.group_name
        if not around.may_be_group or around.is_named or name is None or name.kind is Kind.ATTRIBUTE:
            return 0
        if token["tag"] != (name.tag or name.name):
            return 0
        child = element_at(self.text, token.start())
        if name.kind is Kind.NAMED and identity_of(self.text, child) != name:
            return 0
        self._name(content_value(self.text, child))
        return child.end

    def _name(self, name: str) -> None:
        """Give the innermost element its name as a group, and to the rows that waited for it."""
        top = self.stack[-1]
        top.is_named = True
        if not name:
            return
        top.name = top.group = name
        for around in self.stack[:-1]:
            around.has_groups = True
        for first, last in top.pending:
            self._regroup(first, last, name)
            top.has_rows = True
        top.pending.clear()

    def _regroup(self, first: int, last: int, group: str) -> None:
        rows = self.found.rows
        for index in range(first, last):
            rows[index] = rows[index]._replace(group=group)

    def _credit(self, first: int, last: int) -> None:
        """Count rows to the group around them; where that may yet get a name, they wait for it."""
        if first == last or not self.shape.is_nested:
            return
        for around in reversed(self.stack):
            if around.name:
                around.has_rows = True
                return
            if around.may_be_group and not around.is_named:
                around.pending.append((first, last))
                return

    def _close(self) -> None:
        """Close the innermost element; an empty group is a row by itself, and what waited here waits further up."""
        closed = self.stack.pop()
        if closed.name and not closed.has_rows and not closed.has_groups:
            self._add(Row(closed.name, "", ""), closed.start, closed.start)
        for first, last in closed.pending:
            self._regroup(first, last, next((one.name for one in reversed(self.stack) if one.name), ""))
            self._credit(first, last)

    def _add(self, row: Row, start: int, end: int) -> None:
        self.found.rows.append(row)
        self.found.starts.append(start)
        self.found.ends.append(end)

    def _take(self, record: Element) -> None:
        """Read one record the slow way, and learn its layout."""
        text, shape = self.text, self.shape
        places = shape.places(text, record)
        for name, (extra, _place) in extra_places(shape, places).items():
            self.found.extras.setdefault(name, extra)
        self.found.remarks.of_record(text, shape, record, places)
        row = row_of(text, shape, places, self.stack[-1].group)
        if row is not None:
            self._add(row, record.start, record.end)
            self._credit(len(self.found.rows) - 1, len(self.found.rows))
        self._learn(record)

    def _learn(self, record: Element) -> None:
        if not self.tries or len(self.layouts) >= _LAYOUTS:
            return
        self.tries -= 1
        layout = layout_of(self.text, self.shape, record, declares=self.shape.group is not None)
        if layout is not None and all(known.key != layout.key for known in self.layouts):
            self.layouts.insert(0, layout)
