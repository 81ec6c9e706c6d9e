"""Changing one text where it stands, in the style that it has where that can hold the new one."""

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.yaml.blocks import body_indent
from qnphrase.formats.yaml.blocks import header_at
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.places import Places
from qnphrase.formats.yaml.scalars import BLOCK_STEP
from qnphrase.formats.yaml.scalars import Manner
from qnphrase.formats.yaml.scalars import Spelling
from qnphrase.formats.yaml.scalars import spelled


def change_scalar(
    places: Places, scalar: Scalar, value: str, *, flow: bool, column: int | None = None, json: bool = False
) -> list[Edit]:
    """Return the edits by which `scalar` says `value`.

    `column` is that of its mapping, where it is the value of a block mapping: only there a block scalar may stand.
    """
    if scalar.style:
        value = str(value)  # a date in quotes keeps them
    if scalar.is_nothing:
        manner = Manner('"' if json else "", flow=flow, block=_has_room(places, scalar, column))
    else:
        manner = _manner_of(places, scalar, flow, column)
    spelling = spelled(value, manner)
    if scalar.is_block and column is not None:
        return _change_block(places, scalar, spelling, column + manner.indent)
    written = " " + spelling.head if scalar.is_nothing else spelling.head
    head = Edit(Span(scalar.start, scalar.end), written + places.before_comment(scalar.end))
    if not spelling.body or column is None:
        return [head]
    below = places.next_line(scalar.end)
    return [head, Edit(Span(below, below), _body(places, spelling, column + manner.indent))]


def _manner_of(places: Places, scalar: Scalar, flow: bool, column: int | None) -> Manner:
    indent = BLOCK_STEP
    if scalar.is_block and column is not None:
        digit = header_at(places.text, scalar.start).digit
        found = body_indent(places.text, scalar.start, scalar.end)
        indent = int(digit) if digit else BLOCK_STEP if found is None else found - column
    room = scalar.is_block or _has_room(places, scalar, column)
    return Manner(scalar.style, scalar.value, flow, room, indent)


def _has_room(places: Places, scalar: Scalar, column: int | None) -> bool:
    """Whether a block can stand here: comment lines below that are indented would become part of it."""
    if column is None:
        return False
    below = places.next_line(scalar.end)
    return places.comments_end(below, column) == below


def _body(places: Places, spelling: Spelling, column: int) -> str:
    return places.lines([" " * column + line if line else "" for line in spelling.body])


def _change_block(places: Places, scalar: Scalar, spelling: Spelling, column: int) -> list[Edit]:
    header = header_at(places.text, scalar.start)
    head = Span(scalar.start, header.signs_end)
    written = spelling.head + places.before_comment(head.end)
    edits = [Edit(head, written)] if head.of(places.text) != spelling.head else []
    body = Span(header.body_start, scalar.end)
    text = _body(places, spelling, column)
    return edits if body.of(places.text) == text else [*edits, Edit(body, text)]
