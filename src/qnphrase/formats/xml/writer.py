"""Writing one record: the edits that make it say something else, and new records in the manner of one that is there.

Only what a value needs is replaced: the inside of quotes, the text of an element, the inside of a CDATA section.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.errors import Unrepresentable
from qnphrase.formats.rows import Row
from qnphrase.formats.xml.lexer import Attribute
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import Piece
from qnphrase.formats.xml.lexer import element_at
from qnphrase.formats.xml.lexer import lead_start
from qnphrase.formats.xml.names import is_markup
from qnphrase.formats.xml.reader import extra_places
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Place
from qnphrase.formats.xml.shape import Shape
from qnphrase.formats.xml.values import CDATA_CLOSE
from qnphrase.formats.xml.values import CDATA_OPEN
from qnphrase.formats.xml.values import CanEncode
from qnphrase.formats.xml.values import encode_attribute
from qnphrase.formats.xml.values import encode_cdata
from qnphrase.formats.xml.values import encode_text
from qnphrase.formats.xml.values import illegal_in
from qnphrase.formats.xml.values import plain_line_breaks
from qnphrase.language import _

QUOTE = '"'


@dataclass(frozen=True)
class Style:
    """How values are written in a file: what its encoding carries, how its lines end, where unknown extras go."""

    can_encode: CanEncode
    newline: str
    extras: Mapping[str, Field]
    extra_tag: str | None


def bare_record(shape: Shape) -> str:
    """Return an empty record of `shape`, for a file that has none to take after."""
    order = (shape.code, shape.group, shape.text)
    fields = sorted(shape.fields.values(), key=order.index)
    attributes = "".join(f' {place.name}=""' for place in fields if place.kind is Kind.ATTRIBUTE)
    children = "".join(f"{_open_tag(place)}</{_tag(place)}>" for place in fields if _is_child(place))
    return f"<{shape.record}{attributes}>{children}</{shape.record}>"


def _is_child(place: Field) -> bool:
    return place.kind in (Kind.CHILD, Kind.NAMED)


def _tag(place: Field) -> str:
    return place.tag or place.name


def _open_tag(place: Field, can_encode: CanEncode = str.isprintable) -> str:
    if place.kind is not Kind.NAMED:
        return f"<{place.name}>"
    return f'<{place.tag} name="{encode_attribute(place.name, QUOTE, can_encode)}">'


class RecordWriter:
    """Writes records that stand in `text`; what can't be written is listed in `refused`."""

    def __init__(self, text: str, shape: Shape, style: Style, refused: list[Unrepresentable]) -> None:
        self.text = text
        self.shape = shape
        self.style = style
        self.refused = refused

    def edits(self, record: Element, old: Row, wanted: Row) -> list[Edit]:
        """Return the edits that make `record`, which says `old`, say `wanted`."""
        changed = dict(self._changes(old, wanted))
        return self._edits(record, changed, wanted) if changed else []

    def moved(self, record: Element, old: Row, wanted: Row) -> str:
        """Return the raw text of `record`, made to say `wanted`."""
        return self._spliced(record, self.edits(record, old, wanted))

    def cloned(self, template: Element, wanted: Row) -> str:
        """Return a record like `template` that says `wanted` and has nothing else of it."""
        drops = self._drops(template, self.shape.places(self.text, template), wanted)
        return self._spliced(
            template, [*drops, *self._edits(template, dict(self._values(wanted)), wanted, is_new=True)]
        )

    def _spliced(self, record: Element, edits: list[Edit]) -> str:
        shifted = [Edit(Span(s.start - record.start, s.end - record.start), text) for s, text in edits]
        return splice(self.text[record.start : record.end], shifted)

    def _values(self, row: Row) -> Iterator[tuple[Field | str, str]]:
        """Yield what each field (by its place) and each extra (by its name) says."""
        if self.shape.code is not None:
            yield self.shape.code, row.code
        elif row.code:
            self._refuse(row, "", _("这个文件里没有编码这一项"))
        yield self.shape.text, row.text
        if self.shape.group is not None:
            yield self.shape.group, row.group
        elif row.group and not self.shape.is_nested:
            self._refuse(row, "", _("这个文件里没有分组这一项"))
        yield from row.extra.items()

    def _changes(self, old: Row, wanted: Row) -> Iterator[tuple[Field | str, str]]:
        there = dict(self._values(old))
        for name, value in self._values(wanted):
            if there.pop(name, "") != value:
                yield name, value
        for name in there:
            if isinstance(name, str):
                yield name, ""

    def _refuse(self, row: Row, characters: str, why: str) -> None:
        self.refused.append(Unrepresentable(row.group, row.code, row.text, characters, why))

    def _edits(
        self, record: Element, values: dict[Field | str, str], wanted: Row, *, is_new: bool = False
    ) -> list[Edit]:
        """Return the edits that put `values` into `record`."""
        if characters := illegal_in(*(text for pair in values.items() for text in pair if isinstance(text, str))):
            self._refuse(wanted, characters, "")
            return []
        places = self.shape.places(self.text, record)
        extras = extra_places(self.shape, places)
        found: list[Edit] = []
        missing: list[tuple[Field, str]] = []
        for name, value in values.items():
            field, place = (name, places.get(name)) if isinstance(name, Field) else extras.get(name, (None, None))
            if place is not None and not (field == OWN and record.is_self_closing):
                found += self._value_edits(place, value, is_own=field == OWN, is_new=is_new)
            elif value and (field := field or self._kind_of(str(name), wanted)) is not None:
                missing.append((field, value))
        return found + self._additions(record, missing)

    def _kind_of(self, name: str, wanted: Row) -> Field | None:
        """Return how an extra called `name` is written in this file."""
        known = self.style.extras.get(name)
        if known is None and self.style.extra_tag is not None and name:
            known = Field(Kind.NAMED, name, self.style.extra_tag)
        if known is None or known in self.shape.fields.values():
            self._refuse(wanted, "", _("这个文件里没有“{name}”这一项").format(name=name))
            return None
        return known

    def _value_edits(self, place: Place, value: str, *, is_own: bool, is_new: bool) -> list[Edit]:
        if isinstance(place, Attribute):
            return [Edit(place.value, self._in_quotes(value, place))]
        if is_new and not is_own and (place.children or place.remarks or len(place.pieces) > 1):
            return [Edit(Span(place.open_end, place.close_start), self._encoded(value, self._main_piece(place.pieces)))]
        return self.content_edits(place, place.pieces if is_own else place.all_pieces(), value)

    def _in_quotes(self, value: str, old: Attribute) -> str:
        return encode_attribute(value, self.text[old.value.end], self.style.can_encode, old.value.of(self.text))

    def content_edits(self, element: Element, pieces: Sequence[Piece], value: str) -> list[Edit]:
        """Return the edits that make the pieces of an element say `value`; all that isn't text stays."""
        if element.is_self_closing:
            return [self._expanded(element, self._encoded(value, None))] if value else []
        if not pieces:
            return [Edit(Span(element.open_end, element.open_end), self._encoded(value, None))] if value else []
        said = [plain_line_breaks(piece.decoded(self.text)) for piece in pieces]
        if "".join(said) != plain_line_breaks("".join(piece.decoded(self.text) for piece in pieces)):
            first, last, rest = 0, len(pieces), value  # a line break that two pieces make together
        else:
            first, last, rest = _differing(said, value)
        main = self._main_piece(pieces[first:last])
        edits = []
        for piece in pieces[first:last]:
            raw = self._encoded(rest, piece) if piece is main else ""
            if raw != piece.span.of(self.text):
                edits.append(Edit(piece.span, raw))
        return edits

    def _main_piece(self, pieces: Sequence[Piece]) -> Piece | None:
        return next((piece for piece in pieces if piece.is_cdata), pieces[0] if pieces else None)

    def _encoded(self, value: str, piece: Piece | None) -> str:
        """Return `value` as it is written in the place of `piece`, which may be a CDATA section or plain text."""
        if piece is not None and piece.is_cdata:
            return encode_cdata(value, self.style.can_encode, self.style.newline)
        old = piece.span.of(self.text) if piece is not None else ""
        return encode_text(value, self.style.can_encode, self.style.newline, old)

    def _expanded(self, element: Element, content: str) -> Edit:
        """Return the edit that makes `<a/>` hold something."""
        slash = lead_start(self.text, element.end - 2)
        return Edit(Span(slash, element.end), f">{content}</{element.tag}>")

    def _additions(self, record: Element, missing: list[tuple[Field, str]]) -> list[Edit]:
        """Return the edits that add fields which `record` doesn't have."""
        attributes = [(field, value) for field, value in missing if field.kind is Kind.ATTRIBUTE]
        children = [(field, value) for field, value in missing if _is_child(field)]
        own = next((value for field, value in missing if field == OWN), "")
        edits = [self._added_attributes(record, attributes)] if attributes else []
        if not children and not own:
            return edits
        lead = self._child_lead(record)
        raw = "".join(lead + self._new_child(field, value) for field, value in children)
        if record.is_self_closing:
            return [*edits, self._expanded(record, self._encoded(own, None) + raw)]
        at = self._child_place(record)
        return [*edits, Edit(Span(at, at), raw)]

    def _added_attributes(self, record: Element, added: list[tuple[Field, str]]) -> Edit:
        known = {field.name for field in self.shape.fields.values() if field.kind is Kind.ATTRIBUTE}
        beside = [one for one in record.attributes if one.name in known] or list(record.attributes)
        if beside:
            last = beside[-1]
            at, quote = last.end, self.text[last.value.end]
            lead = self.text[lead_start(self.text, last.start) : last.start]
        else:
            at, quote, lead = record.start + 1 + len(record.tag), '"', " "
        encode = self.style.can_encode
        raw = "".join(
            f"{lead}{field.name}={quote}{encode_attribute(value, quote, encode)}{quote}" for field, value in added
        )
        return Edit(Span(at, at), raw)

    def _known_children(self, record: Element) -> list[Element]:
        own = self.shape.fields.values()
        known = [child for child in record.children if self.shape.child_field(self.text, child) in own]
        return known or record.children

    def _child_lead(self, record: Element) -> str:
        beside = self._known_children(record)
        if not beside or self.shape.text == OWN:
            return ""  # beside a text of its own, whitespace would be part of it
        return self.text[lead_start(self.text, beside[-1].start) : beside[-1].start]

    def _child_place(self, record: Element) -> int:
        beside = self._known_children(record)
        if beside:
            return beside[-1].end
        return record.close_start if self.shape.text == OWN else record.open_end

    def _new_child(self, field: Field, value: str) -> str:
        return f"{_open_tag(field, self.style.can_encode)}{self._encoded(value, None)}</{_tag(field)}>"

    def _drops(self, template: Element, places: dict[Field, Place], wanted: Row) -> Iterator[Edit]:
        """Yield the edits that take from a template what `wanted` doesn't have."""
        kept: list[Place] = [places[field] for field in self.shape.fields.values() if field in places]
        for name, (_field, place) in extra_places(self.shape, places).items():
            if name in wanted.extra or self._is_empty(place):
                kept.append(place)
        parts: list[Place] = [one for one in template.attributes if not is_markup(one.name)]
        parts += template.children
        for part in parts:
            if not any(part is place for place in kept):
                yield self._drop(part.start, part.end)
        for remark in template.remarks:
            yield self._drop(remark.start, remark.end)
        if self.shape.text != OWN:
            for piece in template.pieces:
                if piece.is_cdata or piece.span.of(self.text).strip(" \t\r\n"):
                    yield self._drop_piece(piece)

    def _is_empty(self, place: Place) -> bool:
        if isinstance(place, Attribute):
            return place.value.start == place.value.end
        return not (place.pieces or place.children or place.remarks)

    def _drop(self, start: int, end: int) -> Edit:
        """Return the edit that takes something away with the whitespace before it, unless that is the text itself."""
        return Edit(Span(start if self.shape.text == OWN else lead_start(self.text, start), end), "")

    def _drop_piece(self, piece: Piece) -> Edit:
        start, end = piece.span
        if piece.is_cdata:
            return Edit(Span(start - len(CDATA_OPEN), end + len(CDATA_CLOSE)), "")
        return Edit(Span(start, lead_start(self.text, end)), "")


def _differing(said: Sequence[str], value: str) -> tuple[int, int, str]:
    """Return which of the pieces `said` have to change, at least one, and what they say together afterwards."""
    first, last = 0, len(said)
    while first < last - 1 and value.startswith(said[first]):
        value = value[len(said[first]) :]
        first += 1
    while last - 1 > first and value.endswith(said[last - 1]):
        value = value[: len(value) - len(said[last - 1])]
        last -= 1
    return first, last, value


def record_of(raw: str) -> Element:
    """Return the element that is the whole of `raw`."""
    return element_at(raw, 0)
