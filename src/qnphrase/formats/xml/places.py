"""Where the characters of a value stand in an XML text, through references, CDATA sections and line ends."""

import re
from collections.abc import Iterable

from qnphrase.document.span import Span
from qnphrase.formats.xml.lexer import Attribute
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import Piece
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Place
from qnphrase.formats.xml.shape import Shape

_LONG = re.compile(r"&[^;&<]{1,40};|\r\n")
_LONG_IN_CDATA = re.compile(r"\r\n")
_CARRIAGE_RETURN = re.compile(r"\r|&#(?:x0*[dD]|0*13);")
_LINE_FEED = re.compile(r"&#(?:x0*[aA]|0*10);")


def locate(text: str, shape: Shape, record: Element, field: Field | None, start: int, end: int) -> Span:
    """Return where characters `[start, end)` of a field's value stand; the opening tag where there is no such field."""
    place = shape.places(text, record).get(field) if field is not None else None
    if place is None:
        return Span(record.start, record.open_end)
    return locate_in(text, place, start, end, is_own=field == OWN)


def locate_in(text: str, place: Place, start: int, end: int, *, is_own: bool = False) -> Span:
    """Return where characters `[start, end)` of what stands at `place` are; `is_own` as of `value_at`."""
    if isinstance(place, Attribute):
        return _span(_merged(text, _units(text, place.value, _LONG)), start, end, place.value.end)
    pieces = place.pieces if is_own else place.all_pieces()
    behind = pieces[-1].span.end if pieces else place.open_end
    return _span(_merged(text, _piece_units(text, pieces)), start, end, behind)


def _piece_units(text: str, pieces: Iterable[Piece]) -> list[Span]:
    units: list[Span] = []
    for piece in pieces:
        units += _units(text, piece.span, _LONG_IN_CDATA if piece.is_cdata else _LONG)
    return units


def _units(text: str, span: Span, long: re.Pattern[str]) -> list[Span]:
    """Return the raw spans that each stand for one character."""
    units: list[Span] = []
    at = span.start
    for found in long.finditer(text, span.start, span.end):
        units += (Span(one, one + 1) for one in range(at, found.start()))
        units.append(Span(*found.span()))
        at = found.end()
    units += (Span(one, one + 1) for one in range(at, span.end))
    return units


def _merged(text: str, units: list[Span]) -> list[Span]:
    """Make one unit of a CR and the LF behind it that are written as references: they are one line break."""
    merged: list[Span] = []
    for unit in units:
        before = merged[-1].of(text) if merged else ""
        raw = unit.of(text)
        if (_LINE_FEED.fullmatch(raw) or raw == "\n") and before.startswith("&") and _CARRIAGE_RETURN.fullmatch(before):
            merged[-1] = Span(merged[-1].start, unit.end)
        else:
            merged.append(unit)
    return merged


def _span(units: list[Span], start: int, end: int, behind: int) -> Span:
    if start >= len(units):
        return Span(behind, behind)
    first = units[start].start
    return Span(first, units[min(end, len(units)) - 1].end if end > start else first)
