"""Where the records of a file stand, and which of their attributes and children say what.

The mapping is how a person names a shape: `record=item text=@content code=@code group=../@name`. `@x` is an attribute
of the record, `x` a child element, `x[y]` a child `<x name="y">`, `.` the record's own content; `../@x` and `../x`
belong to the nearest element around the record that has them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from qnphrase.errors import UsageError
from qnphrase.formats.xml.lexer import Attribute
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import attribute_value
from qnphrase.formats.xml.lexer import content_value
from qnphrase.formats.xml.lexer import pieces_value
from qnphrase.formats.xml.names import is_markup
from qnphrase.formats.xml.values import decode_attribute
from qnphrase.language import _


class Kind(StrEnum):
    """How a value stands in its record."""

    ATTRIBUTE = "@"
    CHILD = "child"
    NAMED = "named"  # <tag name="…">
    OWN = "."


class Field(NamedTuple):
    """The place of a value: an attribute, a child element (`tag` is only set for `<tag name="…">`), or the content."""

    kind: Kind
    name: str = ""
    tag: str = ""

    def __str__(self) -> str:
        if self.kind is Kind.NAMED:
            return f"{self.tag}[{self.name}]"
        return {Kind.ATTRIBUTE: f"@{self.name}", Kind.CHILD: self.name}.get(self.kind, ".")


OWN = Field(Kind.OWN)
Place = Attribute | Element


@dataclass(frozen=True)
class Shape:
    """Where the records and their fields are.

    `group` is a field of the record (a flat file), or `group_name` one of the element around it (a nested one).
    `group_tags` are the elements that can be such a group; `None`: any. `is_guess`: no name was known.
    """

    record: str
    text: Field
    code: Field | None = None
    group: Field | None = None
    group_name: Field | None = None
    group_tags: frozenset[str] | None = frozenset()
    root_is_group: bool = False
    profile: str = "detected"
    is_guess: bool = False

    @property
    def is_nested(self) -> bool:
        """Whether groups are elements around their records."""
        return self.group_name is not None

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of a record by what they say."""
        named = {"text": self.text, "code": self.code, "group": self.group}
        return {name: field for name, field in named.items() if field is not None}

    @property
    def mapping(self) -> str:
        """The shape as a mapping."""
        parts = [f"record={self.record}", *(f"{name}={_quoted(str(field))}" for name, field in self.fields.items())]
        if self.group_name is not None:
            parts.append(f"group={_quoted(f'../{self.group_name}')}")
        return " ".join(parts)

    def may_be_group(self, tag: str, *, is_root: bool) -> bool:
        """Whether an element is a group if it has a name."""
        if self.group_name is None or (is_root and not self.root_is_group):
            return False
        return self.group_tags is None or tag in self.group_tags

    def is_record(self, text: str, element: Element) -> bool:
        """Whether an element with the records' tag is a record rather than a group of them.

        Where groups have the same tag, an element without a text and without a code is an empty group.
        """
        if any(below.tag == self.record for child in element.children for below in child.walk()):
            return False
        if self.group_tags is None or self.record not in self.group_tags:
            return True
        places = self.places(text, element)
        return self.text in places or self.code in places

    def child_field(self, text: str, child: Element) -> Field:
        """Return which field a child element of a record is."""
        for field in self.fields.values():
            if field.kind is Kind.CHILD and field.name == child.tag:
                return field
        return identity_of(text, child)

    def places(self, text: str, record: Element) -> dict[Field, Place]:
        """Return where each field of `record` stands; of several of one kind the first one."""
        found: dict[Field, Place] = {
            Field(Kind.ATTRIBUTE, attribute.name): attribute
            for attribute in record.attributes
            if not is_markup(attribute.name)
        }
        own = self.fields.values()
        for child in record.children:
            field = self.child_field(text, child)
            if not child.children or field in own:
                found.setdefault(field, child)
        if self.text.kind is Kind.OWN:
            found[OWN] = record
        return found


def identity_of(text: str, child: Element) -> Field:
    """Return which field a child element is by itself: a sole attribute `name` says more than the tag."""
    if len(child.attributes) == 1 and child.attributes[0].name == "name":
        name = decode_attribute(child.attributes[0].value.of(text))
        if name:
            return Field(Kind.NAMED, name, child.tag)
    return Field(Kind.CHILD, child.tag)


def value_at(text: str, place: Place, *, is_own: bool = False) -> str:
    """Return what stands at a place; of a record's own content (`is_own`) only what isn't in its children."""
    if isinstance(place, Attribute):
        return attribute_value(text, place)
    return pieces_value(text, place.pieces) if is_own else content_value(text, place)


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value


_PART = re.compile(r'\s*([A-Za-z]+)=("[^"]*"|\S+)(?=\s|$)')
_NAMED = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")
_BAD_NAME = re.compile(r"[\s/<>=@\[\]]")
_HINT = "record=item text=@content code=@code group=../@name"


def parse_mapping(mapping: str) -> Shape:
    """Return the shape that a user names. Raises `UsageError`."""
    parts: dict[str, str] = {}
    at = 0
    text = mapping.strip()
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            raise _bad_mapping(_("XML 映射里这一段看不懂：{part}").format(part=text[at:].strip()))
        name, value = found[1], found[2].strip('"')
        if name not in ("record", "text", "code", "group"):
            raise _bad_mapping(_("XML 映射里不认识 {name}，只能用 record、text、code、group").format(name=name))
        if name in parts:
            raise _bad_mapping(_("XML 映射里 {name} 写了两遍").format(name=name))
        parts[name] = value
        at = found.end()
    for name in ("record", "text"):
        if name not in parts:
            raise _bad_mapping(_("XML 映射里缺少 {name}").format(name=name))
    return _mapped(parts)


def _mapped(parts: dict[str, str]) -> Shape:
    record = parts["record"]
    if _BAD_NAME.search(record):
        raise _bad_mapping(_("XML 映射里 record 应该是元素的名字，不是 {value}").format(value=record))
    group = parts.get("group")
    outside = group is not None and group.startswith("../")
    shape = Shape(
        record=record,
        text=_mapped_field("text", parts["text"]),
        code=_mapped_field("code", parts["code"]) if "code" in parts else None,
        group=_mapped_field("group", group) if group is not None and not outside else None,
        group_name=_mapped_field("group", group[3:]) if group is not None and outside else None,
        group_tags=None if outside else frozenset(),
        root_is_group=outside,
        profile="mapped",
    )
    if len(set(shape.fields.values())) < len(shape.fields):
        raise _bad_mapping(_("XML 映射里有两项指向同一个地方"))
    if OWN in (shape.code, shape.group, shape.group_name):
        raise _bad_mapping(_("XML 映射里只有 text 可以用 ."))
    return shape


def _mapped_field(name: str, value: str) -> Field:
    if value == ".":
        return OWN
    named = _NAMED.fullmatch(value)
    if named is not None:
        return Field(Kind.NAMED, named[2], named[1])
    kind = Kind.ATTRIBUTE if value.startswith("@") else Kind.CHILD
    plain = value.removeprefix("@")
    if not plain or _BAD_NAME.search(plain):
        raise _bad_mapping(_("XML 映射里 {name} 的位置看不懂：{value}").format(name=name, value=value))
    return Field(kind, plain)


def _bad_mapping(what: str) -> UsageError:
    return UsageError(what, hint=_("写法如：{example}").format(example=_HINT))
