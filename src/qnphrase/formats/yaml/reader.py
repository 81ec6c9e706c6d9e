"""From events to the parts of a phrasebook, by the table of known keys; the first thing that is wrong stops it."""

from collections.abc import Mapping
from typing import Any
from typing import NoReturn

import yaml

from qnphrase.formats.base import Notice
from qnphrase.formats.yaml import wrong
from qnphrase.formats.yaml.blocks import content_end
from qnphrase.formats.yaml.blocks import next_line
from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.keys import ITEMS
from qnphrase.formats.yaml.keys import LISTS
from qnphrase.formats.yaml.keys import Key
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.keys import Shape
from qnphrase.formats.yaml.nodes import Entry
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.rules import check_group
from qnphrase.formats.yaml.rules import check_reply
from qnphrase.formats.yaml.stream import ALIAS
from qnphrase.formats.yaml.stream import LIST_END
from qnphrase.formats.yaml.stream import LIST_START
from qnphrase.formats.yaml.stream import SCALAR
from qnphrase.formats.yaml.stream import TABLE_END
from qnphrase.formats.yaml.stream import TABLE_START
from qnphrase.formats.yaml.stream import Source
from qnphrase.formats.yaml.stream import Stream
from qnphrase.formats.yaml.typed import typed_value
from qnphrase.formats.yaml.typed import what_is_wrong

_CHECKS = {Kind.GROUPS: check_group, Kind.REPLIES: check_reply}


class Reader:
    """Reads one stream of events. `notices` grows while it reads."""

    def __init__(self, source: Source, stream: Stream) -> None:
        self.source = source
        self.text = source.text
        self.next = stream.next
        self.shift = stream.shift
        self.notices: list[Notice] = []

    def fail(self, place: tuple[str, str], offset: int) -> NoReturn:
        """Raise the error that something is wrong at `offset`; `place` is what is wrong, and what to write instead."""
        what, hint = place
        raise self.source.document.syntax_error(what, offset, hint=hint)

    def book(self) -> Table:
        """Read a whole book. Raises `PackSyntaxError`, or `yaml.YAMLError` for what isn't YAML at all."""
        self.next()
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            self.fail(wrong.empty_file(), 0)
        table = self._root(self.next())
        self.next()
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self.fail(wrong.second_document(), event.start_mark.index)
        return table

    def _root(self, event: Any) -> Table:
        offset = event.start_mark.index
        self.refuse_markup(event, "")
        if isinstance(event, SCALAR) and not event.value:
            self.fail(wrong.empty_file(), 0)
        if not isinstance(event, TABLE_START):
            self.fail(wrong.no_book(), offset)
        return self.table(BOOK, event)

    def piece(self, kind: Kind) -> Node:
        """Read a piece of a book: what could stand behind a key of this kind."""
        self.next()
        self.next()
        return self.value(Key(kind.value, kind, str, str), self.next())

    def phrase(self, shape: Shape) -> Table:
        """Read a piece that is one mapping."""
        self.next()
        self.next()
        return self.table(shape, self.next())

    def table(self, shape: Shape, opening: Any) -> Table:
        """Read a mapping whose opening event is given."""
        start = self.open(shape, opening)
        entries: dict[str, Entry] = {}
        while (event := self.next()).__class__ is not TABLE_END:
            entry = self.entry(shape, entries, event, self.next())
            entries[entry.key.value] = entry
        table = Table(start, event.end_mark.index + self.shift, bool(opening.flow_style), entries)
        for name in shape.required:
            if name not in entries:
                self.fail(wrong.missing_key(shape, name), start)
        return table

    def open(self, shape: Shape, opening: Any) -> int:
        """Return where a mapping begins; refuse `[code: a]`, which has no braces and so can't be added to."""
        self.refuse_markup(opening, "")
        start: int = opening.start_mark.index + self.shift
        if opening.flow_style and self.text[start] != "{":
            self.fail(wrong.no_braces(shape), start)
        return start

    def entry(self, shape: Shape, seen: Mapping[str, object], key_event: Any, value_event: Any) -> Entry:
        """Return a key that isn't among those `seen`, and its value."""
        key_scalar = self.key(seen, key_event)
        name = key_scalar.value
        key = shape.keys.get(name)
        if key is None:
            self.fail(wrong.unknown_key(shape, name), key_scalar.start)
        return self._entry(key_scalar, value_event, self.value(key, value_event))

    def key(self, seen: Mapping[str, object], event: Any) -> Scalar:
        """Read a key that isn't among those `seen`."""
        offset = event.start_mark.index + self.shift
        if event.__class__ is not SCALAR:
            self.refuse_markup(event, "")
            self.fail(wrong.complex_key(), offset)
        self.refuse_markup(event, "")
        if event.value == "<<" and not event.style:
            self.fail(wrong.merge_key(), offset)
        scalar = self.scalar(event)
        if scalar.value in seen:
            self.fail(wrong.repeated_key(scalar.value), offset)
        return scalar

    def _entry(self, key: Scalar, event: Any, value: Node) -> Entry:
        """Join a key and its value; where nothing is written the two parsers place it differently, so we do it."""
        until = event.start_mark.index + self.shift
        colon = self.text.find(":", key.end, until)
        behind = None if colon < 0 else colon + 1
        if isinstance(value, Scalar) and value.is_nothing:
            value.start = value.end = key.end if behind is None else behind
        return Entry(key, value, behind)

    def value(self, key: Key, event: Any) -> Node:
        """Read the value of a known key."""
        self.refuse_markup(event, key.name)
        if event.__class__ is SCALAR:
            return self._scalar_for(key, event)
        if event.__class__ is LIST_START and key.kind in LISTS:
            return self._list(key, event)
        if event.__class__ is TABLE_START and key.kind is Kind.EXTRA:
            return self._extra(event)
        return self.fail(wrong.wrong_kind(key, event, self.text, self.shift), event.start_mark.index + self.shift)

    def _scalar_for(self, key: Key, event: Any) -> Scalar:
        scalar = self.scalar(event)
        if key.kind is Kind.TEXT:
            if key.name == "text" and not scalar.style:
                self.notice_comment(scalar.end)
        elif key.kind in LISTS or key.kind is Kind.EXTRA:
            if scalar.style or scalar.value:
                self.fail(wrong.wrong_kind(key, event, self.text, self.shift), scalar.start)
        elif typed_value(key.kind, scalar) is None:
            self._refuse_second_line(key.name, scalar)
            self.fail(what_is_wrong(key.kind, key.name, scalar), scalar.start)
        return scalar

    def _refuse_second_line(self, name: str, scalar: Scalar) -> None:
        """A line that is indented too far belongs to the value above it."""
        below = next_line(self.text, scalar.start)
        if not scalar.style and below < scalar.end:
            rest = self.text[below : scalar.end]
            self.fail(wrong.value_goes_on(name), below + len(rest) - len(rest.lstrip()))

    def notice_comment(self, end: int) -> None:
        """Say so where a plain text stops at ` #`, as in `亲 #1`. Comments mostly stand two blanks away."""
        if self.text.startswith(" #", end) and self.text[max(0, end - 1) : end].strip():
            self.notices.append(Notice(wrong.cut_at_hash(), self.source.document.position(end).line))

    def scalar(self, event: Any) -> Scalar:
        """Return the scalar of an event."""
        start = event.start_mark.index + self.shift
        end = event.end_mark.index + self.shift
        style = event.style or ""
        if style in ("|", ">"):
            end = content_end(self.text, start, end, event.value)
        return Scalar(start, end, self.source.restored(event.value), style)

    def _list(self, key: Key, opening: Any) -> Items | Phrases:
        kind = key.kind
        if kind is Kind.PHRASES:
            from qnphrase.formats.yaml.bulk import read_phrases

            return read_phrases(self, opening)
        nodes: list[Scalar | Table] = []
        names: dict[str, int] = {}
        while (event := self.next()).__class__ is not LIST_END:
            nodes.append(self._text_item(key.name, event) if kind is Kind.TEXTS else self._table_item(kind, event))
            if kind is Kind.GROUPS:
                self._refuse_namesake(names, nodes[-1])
        start, end = opening.start_mark.index + self.shift, event.end_mark.index + self.shift
        return Items(start, end, bool(opening.flow_style), nodes)

    def _text_item(self, name: str, event: Any) -> Scalar:
        self.refuse_markup(event, name)
        if event.__class__ is not SCALAR:
            self.fail(wrong.no_text_item(name, event, self.text, self.shift), event.start_mark.index + self.shift)
        return self.scalar(event)

    def _table_item(self, kind: Kind, event: Any) -> Table:
        shape = ITEMS[kind]
        if event.__class__ is not TABLE_START:
            self.refuse_markup(event, "")
            self.fail(wrong.no_table_item(shape, event), event.start_mark.index + self.shift)
        table = self.table(shape, event)
        if problem := _CHECKS[kind](table):
            self.fail(problem[0], problem[1])
        return table

    def _refuse_namesake(self, names: dict[str, int], group: Scalar | Table) -> None:
        name = group.entries["name"].value if isinstance(group, Table) else None
        if not isinstance(name, Scalar):
            return
        plain = name.value.replace("\r\n", "\n").replace("\r", "\n")
        if plain in names:
            self.fail(wrong.repeated_group(plain, self.source.document.position(names[plain]).line), name.start)
        names[plain] = name.start

    def _extra(self, opening: Any) -> Table:
        start = self.open(BOOK, opening)
        entries: dict[str, Entry] = {}
        while (event := self.next()).__class__ is not TABLE_END:
            key = self.key(entries, event)
            value_event = self.next()
            value = self.value(Key(key.value, Kind.TEXT, str, str), value_event)
            entries[key.value] = self._entry(key, value_event, value)
            if isinstance(value, Scalar) and not value.value:
                self.fail(wrong.empty_extra(key.value), key.start)
        return Table(start, event.end_mark.index + self.shift, bool(opening.flow_style), entries)

    def refuse_markup(self, event: Any, name: str) -> None:
        """Refuse anchors, aliases and tags: `*`, `&` and `!` are meant to be text, or can't be kept."""
        if event.__class__ is ALIAS:
            self.fail(wrong.markup("*", name, self.text, event, self.shift), event.start_mark.index + self.shift)
        if event.anchor is not None:
            self.fail(wrong.markup("&", name, self.text, event, self.shift), event.start_mark.index + self.shift)
        if event.tag is not None:
            self.fail(wrong.markup("!", name, self.text, event, self.shift), event.start_mark.index + self.shift)
