"""What a record holds that the model doesn't see: it stays in the file, and the user is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field

from qnphrase.document.document import Document
from qnphrase.formats.base import Notice
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Place
from qnphrase.formats.xml.shape import Shape
from qnphrase.language import _


def _messages() -> dict[str, str]:
    return {
        "complex": _("短语里的 <{tag}> 带有下级元素（{count} 处）：编辑时原样保留，转换成别的格式会丢"),
        "repeated": _("短语里有重复的 {tag}（{count} 处），只读了第一个，其余原样保留"),
        "mixed": _("短语文字里夹着标签 <{tag}>（{count} 处），只读了文字，标签原样保留"),
        "stray": _("<{tag}> 里有不属于任何一项的文字（{count} 处），没有读，原样保留"),
    }


@dataclass
class Remarks:
    """How often something was left out, and where first, by kind and element."""

    found: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def of_record(self, text: str, shape: Shape, record: Element, places: dict[Field, Place]) -> None:
        """Note what `places` doesn't show of a record."""
        for kind, tag, offset in _left_out(text, shape, record, places):
            count, first = self.found.get((kind, tag), (0, offset))
            self.found[kind, tag] = (count + 1, first)

    def notices(self, document: Document) -> Iterator[Notice]:
        """Yield one notice for each kind and element."""
        messages = _messages()
        for (kind, tag), (count, offset) in self.found.items():
            yield Notice(messages[kind].format(tag=tag, count=count), document.position(offset).line)


def _left_out(text: str, shape: Shape, record: Element, places: dict[Field, Place]) -> Iterator[tuple[str, str, int]]:
    own = shape.fields.values()
    shown = list(places.values())
    names: set[str] = set()
    for place_field, place in places.items():
        if place_field not in own:
            if place_field.name in names:
                start = place.start
                yield "repeated", place_field.name, start
            names.add(place_field.name)
        elif isinstance(place, Element) and place.children and place_field != OWN:
            yield "mixed", place.children[0].tag, place.start
    for child in record.children:
        if not any(child is place for place in shown):
            yield ("complex" if child.children else "repeated"), child.tag, child.start
    if shape.text.kind is not Kind.OWN:
        for piece in record.pieces:
            if text[piece.span.start : piece.span.end].strip(" \t\r\n"):
                yield "stray", record.tag, piece.span.start
                break
