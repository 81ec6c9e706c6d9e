"""Reading records in bulk: how one record is written becomes a regular expression that reads all written alike.

A walk from tag to tag costs fifteen steps a record; one match costs one. Where no layout fits, `reader` walks.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from qnphrase.formats.rows import NO_EXTRA
from qnphrase.formats.rows import Row
from qnphrase.formats.xml.lexer import CDATA_BODY
from qnphrase.formats.xml.lexer import SPACE
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.names import is_markup
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Shape
from qnphrase.formats.xml.values import decode_attribute
from qnphrase.formats.xml.values import decode_text
from qnphrase.formats.xml.values import plain_line_breaks

Match = Callable[[str, int], "re.Match[str] | None"]
Values = tuple[str | None, ...]


class Layout(NamedTuple):
    """`plain` matches a record whose values say what they show, `escaped` one that also holds references or line ends.

    Both match the whitespace before the record, too. `row` makes a row of the holes of a match; equal `key`s are equal
    layouts.
    """

    key: str
    plain: Match
    escaped: Match
    decode: Callable[[Values], Values]
    row: Callable[[Values, str], Row | None]


class _Writer:
    """Writes the two patterns of a layout side by side; `{}` in a part stands for the hole's characters."""

    def __init__(self) -> None:
        self.plain: list[str] = [f"{SPACE}*+"]
        self.escaped: list[str] = [f"{SPACE}*+"]
        self.decoders: list[Callable[[str], str]] = []
        self.holes: list[Field] = []

    def literal(self, pattern: str) -> None:
        self.plain.append(pattern)
        self.escaped.append(pattern)

    def attribute(self, raw_start: str, quote: str, field: Field | None) -> None:
        """An attribute; one that is markup (`field` is `None`) may hold anything."""
        self.literal(f"{SPACE}++{re.escape(raw_start)}")
        if field is None:
            self.literal(f"[^{quote}]*+{quote}")
            return
        self.plain.append(f"([^{quote}&\t\r\n]*+){quote}")
        self.escaped.append(f"([^{quote}]*+){quote}")
        self._hole(field, _attribute)

    def content(self, field: Field, *, is_cdata: bool) -> None:
        if is_cdata:
            self.plain.append(r"<!\[CDATA\[([^\]\r]*+(?:\](?!\]>)[^\]\r]*+)*)\]\]>")
            self.escaped.append(rf"<!\[CDATA\[({CDATA_BODY})\]\]>")
            self._hole(field, plain_line_breaks)
        else:
            self.plain.append("([^<&\r]*+)")
            self.escaped.append("([^<]*+)")
            self._hole(field, _text)

    def _hole(self, field: Field, decoder: Callable[[str], str]) -> None:
        self.holes.append(field)
        self.decoders.append(decoder)


def _attribute(raw: str) -> str:
    return plain_line_breaks(decode_attribute(raw))


def _text(raw: str) -> str:
    return plain_line_breaks(decode_text(raw))


def layout_of(text: str, shape: Shape, record: Element, *, declares: bool) -> Layout | None:
    """Return the layout of `record`. `declares`: a record with nothing but a group declares it."""
    writer = _written(text, shape, record)
    if writer is None:
        return None
    decoders = writer.decoders

    def decode(values: Values) -> Values:
        return tuple([decoder(value) if value else value for decoder, value in zip(decoders, values, strict=True)])

    return Layout(
        "".join(writer.escaped),
        re.compile("".join(writer.plain)).match,
        re.compile("".join(writer.escaped)).match,
        decode,
        _row_maker(shape, writer.holes, declares=declares),
    )


def _written(text: str, shape: Shape, record: Element) -> _Writer | None:
    own = shape.text == OWN
    if record.remarks or not (_is_simple(record) if own else _is_blank(text, record)):
        return None
    writer = _Writer()
    writer.literal(f"<{re.escape(record.tag)}")
    for attribute in record.attributes:
        field = None if is_markup(attribute.name) else Field(Kind.ATTRIBUTE, attribute.name)
        start, quote = text[attribute.start : attribute.value.start], text[attribute.value.end]
        writer.attribute(start, quote, field)
    if own:
        _write_body(writer, record, OWN)
    elif record.is_self_closing:
        writer.literal(f"{SPACE}*+/>")
    else:
        writer.literal(f"{SPACE}*+>")
        for child in record.children:
            if not _is_simple(child):
                return None
            _write_child(writer, text, child, shape.child_field(text, child))
        writer.literal(f"{SPACE}*+</{re.escape(record.tag)}{SPACE}*+>")
    names = [field.name for field in writer.holes if field not in shape.fields.values()]
    unique = len(set(names)) == len(names) and len(set(writer.holes)) == len(writer.holes)
    return writer if unique else None


def _is_blank(text: str, record: Element) -> bool:
    return not any(piece.is_cdata or text[slice(*piece.span)].strip(" \t\r\n") for piece in record.pieces)


def _is_simple(leaf: Element) -> bool:
    return not leaf.children and not leaf.remarks and len(leaf.pieces) <= 1


def _write_child(writer: _Writer, text: str, child: Element, field: Field) -> None:
    head = text[child.start : child.open_end].removesuffix(">").removesuffix("/").rstrip(" \t\r\n")
    writer.literal(f"{SPACE}*+{re.escape(head)}")
    _write_body(writer, child, field)


def _write_body(writer: _Writer, element: Element, field: Field) -> None:
    """What follows the attributes of an element that holds a value: nothing, `/>`, or the value and the closing tag."""
    writer.literal(f"{SPACE}*+(?:/>|>")
    writer.content(field, is_cdata=bool(element.pieces) and element.pieces[0].is_cdata)
    writer.literal(f"</{re.escape(element.tag)}{SPACE}*+>)")


def _row_maker(shape: Shape, holes: list[Field], *, declares: bool) -> Callable[[Values, str], Row | None]:
    """Return what makes a row of the values in the holes and the name of the group around."""
    at = {field: index for index, field in enumerate(holes)}
    own = shape.fields.values()
    extras = [(field.name, index) for field, index in at.items() if field not in own]
    nothing = len(holes)
    text_at = at.get(shape.text, nothing)
    code_at = nothing if shape.code is None else at.get(shape.code, nothing)
    group_at = nothing if shape.group is None else at.get(shape.group, nothing)
    groups: dict[str, str] = {}
    make = tuple.__new__

    def nested_row(values: Values, group: str) -> Row | None:
        text = values[text_at] or ""
        code = values[code_at] or ""
        return make(Row, (group, code, text, NO_EXTRA)) if text or code else None

    def flat_row(values: Values, _group: str) -> Row | None:
        text = values[text_at] or ""
        code = values[code_at] or ""
        group = values[group_at] or ""
        if text or code or (declares and group):
            return make(Row, (groups.setdefault(group, group), code, text, NO_EXTRA))
        return None

    def row(values: Values, group: str) -> Row | None:
        values = (*values, "")
        text = values[text_at] or ""
        code = values[code_at] or ""
        group = group if shape.is_nested else values[group_at] or ""
        extra = {name: value for name, index in extras if (value := values[index])} or NO_EXTRA
        if text or code or extra or (declares and group):
            return make(Row, (groups.setdefault(group, group), code, text, extra))
        return None

    if extras or nothing in (text_at, code_at):
        return row
    if shape.is_nested:
        return nested_row
    return row if group_at == nothing else flat_row
