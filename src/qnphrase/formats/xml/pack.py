"""An XML pack: its shape, its rows, and where each of them stands."""

import codecs
import re
from array import array
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Any

from qnphrase.document.document import Document
from qnphrase.document.encoding import Encoding
from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.base import Carries
from qnphrase.formats.base import Notice
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Retyped
from qnphrase.formats.base import Style
from qnphrase.formats.base import Subject
from qnphrase.formats.quiet import quiet_collector
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import counts_of
from qnphrase.formats.rows import subjects_of_rows
from qnphrase.language import _
from qnphrase.text.pattern import lazy_pattern

if TYPE_CHECKING:
    from qnphrase.formats.xml.lexer import Element
    from qnphrase.formats.xml.reader import Records
    from qnphrase.formats.xml.shape import Field
    from qnphrase.formats.xml.shape import Place
    from qnphrase.formats.xml.shape import Shape
    from qnphrase.model import Phrasebook

NAME = "xml"
SUFFIXES = (".xml",)
DEFAULT_ENCODING = "utf-8"
DEFAULT_NEWLINE = "\n"
COMMENT = lazy_pattern(r"<!--.*?-->", re.DOTALL)
WRITES_REFERENCES = True

_WIDER = {"cp936": "gbk", "gb2312": "gbk"}  # what Windows means by these names
_DECLARATION = re.compile(r"""<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.:-]*)["']""")


@dataclass(frozen=True)
class XmlReading:
    """An XML pack; see `reader.Records` for the rows and the offsets of their records."""

    document: Document
    shape: "Shape"
    root: str
    rows: list[Row] = field(repr=False)
    row_starts: "array[int]" = field(repr=False)
    row_ends: "array[int]" = field(repr=False)
    extras: "Mapping[str, Field]"
    notices: tuple[Notice, ...]

    @property
    def carries(self) -> Carries:
        """A file has room for what its shape knows; `<extra name="…">` has room for anything."""
        return Carries(
            codes=self.shape.code is not None,
            groups=self.shape.is_nested or self.shape.group is not None,
            extras=None if self.extra_tag is not None else frozenset(self.extras),
        )

    @property
    def extra_tag(self) -> str | None:
        """The element that carries any extra value under its attribute `name`, if there is one."""
        from qnphrase.formats.xml.shape import Kind

        if self.shape.profile == "qnphrase":
            return "extra"
        taken = {place.tag for place in self.shape.fields.values()}
        tags = (place.tag for place in self.extras.values() if place.kind is Kind.NAMED)
        return next((tag for tag in tags if tag not in taken), None)

    def record(self, row: int) -> "Element":
        """Return the record of a row, lexed again: spans are only needed where something is edited or reported."""
        from qnphrase.formats.xml.lexer import element_at
        from qnphrase.formats.xml.lexer import skip_space

        return element_at(self.document.text, skip_space(self.document.text, self.row_starts[row]))

    def counts(self) -> Mapping[str, int]:
        """See `Reading.counts`."""
        return counts_of(self.rows)

    def book(self) -> "Phrasebook":
        """See `Reading.book`."""
        with quiet_collector():
            return book_of_rows(self.rows)

    def edits(self, book: "Phrasebook") -> list[Edit]:
        """See `Reading.edits`."""
        from qnphrase.formats.xml.plan import plan

        with quiet_collector():
            return plan(self, book)

    def subjects(self) -> list[Subject]:
        """See `Reading.subjects`."""
        return subjects_of_rows(self.rows)

    def entry(self, place: int) -> Span:
        """See `Reading.entry`."""
        record = self.record(place)
        return Span(record.start, record.end)

    def locate(self, place: int, field: str, start: int, end: int) -> Span:
        """See `Reading.locate`; the group of a nested pack is said by the element around the record."""
        from qnphrase.formats.xml.places import locate
        from qnphrase.formats.xml.places import locate_in

        if field == "group" and place in self._group_names:
            return locate_in(self.document.text, self._group_names[place], start, end)
        where = self.shape.fields.get(field)
        return locate(self.document.text, self.shape, self.record(place), where, start, end)

    @cached_property
    def _group_names(self) -> "dict[int, Place]":
        """Where the group of each row that stands in a group element is named."""
        from qnphrase.formats.xml.outline import outline

        if not self.shape.is_nested:
            return {}
        groups = ((node.rows, node.group) for node in outline(self).walk() if node.rows)
        return {row: group.name_place for rows, group in groups if group and group.name_place for row in rows}

    def removal(self, index: int) -> Span:
        """See `Reading.removal`: a pack removes nothing."""
        raise IndexError(index)

    def retyped(self) -> Sequence[Retyped]:
        """See `Reading.retyped`."""
        return ()

    def facts(self) -> Mapping[str, Any]:
        """See `Reading.facts`."""
        nesting = "nested" if self.shape.is_nested else "flat" if self.shape.group is not None else "none"
        return {
            "profile": self.shape.profile,
            "root": self.root,
            "record": self.shape.record,
            "mapping": self.shape.mapping,
            "fields": {name: str(place) for name, place in self.shape.fields.items()},
            "extras": {name: str(place) for name, place in self.extras.items()},
            "nesting": nesting,
            "group_name": None if self.shape.group_name is None else str(self.shape.group_name),
            "declared_encoding": declared_encoding(self.document.text),
            "declaration_lies": declaration_lies(self.document),
        }


def declared_encoding(text: str) -> str | None:
    """Return the encoding that the XML declaration names."""
    found = _DECLARATION.match(text)
    return found[1] if found else None


def declaration_lies(document: Document) -> bool:
    """Whether a program that believes the declaration reads other characters, or none at all."""
    declared = declared_encoding(document.text)
    actual = document.encoding
    if document.data.isascii():
        return False
    if actual.name.startswith("utf-16"):
        return declared is not None and not declared.lower().startswith("utf-16")
    try:
        codec = codecs.lookup(_WIDER.get((declared or "utf-8").lower(), declared or "utf-8"))
        if codec.name == _WIDER.get(actual.name, actual.name):
            return False
        return codec.decode(actual.encode(document.text), "strict")[0] != document.text
    except (LookupError, UnicodeError):
        return True


def room() -> Carries:
    """Return what a new pack has room for: any extra gets an element."""
    return Carries()


def relabelled(text: str, encoding: Encoding) -> str:
    """Return `text` with the declaration naming `encoding`; without a declaration it stays as it is."""
    found = _DECLARATION.match(text)
    if found is None:
        return text
    return text[: found.start(1)] + encoding.declared_name + text[found.end(1) :]


def sniff(text: str) -> bool:
    """Return whether `text` is XML: nothing else begins with `<`."""
    return text.lstrip(" \t\r\n\ufeff")[:1] == "<"


def read(document: Document, options: ReadOptions) -> XmlReading:
    """Read an XML pack. Raises `PackSyntaxError`, and `UsageError` for a mapping that makes no sense."""
    from qnphrase.formats.xml.discover import Found
    from qnphrase.formats.xml.discover import beginning
    from qnphrase.formats.xml.discover import discover
    from qnphrase.formats.xml.judge import judge
    from qnphrase.formats.xml.lexer import TooDeepError
    from qnphrase.formats.xml.shape import parse_mapping

    mapped = parse_mapping(options.mapping) if options.mapping else None
    try:
        with quiet_collector():
            has_type = judge(document)
            root = beginning(document.text)
            found = Found(mapped) if mapped else discover(document, root)
            shape, records = _records(document.text, found.shape)
    except TooDeepError as error:
        raise document.syntax_error(_("XML 嵌套太深，不像快捷短语"), error.offset) from None
    notices = [*_notices(document, has_type=has_type), *found.notices, *records.remarks.notices(document)]
    if mapped and not records.rows:
        notices.append(Notice(_("文件里没有找到 <{tag}>，或者里面都是空的").format(tag=mapped.record)))
    return XmlReading(
        document, shape, root.tag, records.rows, records.starts, records.ends, records.extras, tuple(notices)
    )


def _records(text: str, shape: "Shape") -> tuple["Shape", "Records"]:
    """Read all records; a code or group that turns up late, where the shape was no longer looked for, joins it."""
    from qnphrase.formats.xml.discover import with_late_fields
    from qnphrase.formats.xml.reader import Walk

    records = Walk(text, shape).records()
    late = with_late_fields(shape, records.extras.values())
    return (shape, records) if late == shape else (late, Walk(text, late).records())


def _notices(document: Document, *, has_type: bool) -> list[Notice]:
    notices = []
    if declaration_lies(document):
        declared = declared_encoding(document.text)
        said = _("声明的编码是 {name}").format(name=declared) if declared else _("没有声明编码（等于 UTF-8）")
        message = _("{said}，实际是 {actual}；别的程序可能打不开").format(said=said, actual=document.encoding.label)
        notices.append(Notice(message, 1))
    if has_type and "<!ATTLIST" in document.text:
        notices.append(Notice(_("DOCTYPE 里写的属性默认值不起作用"), 1))
    return notices


def new(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new pack in qnphrase's own form."""
    from qnphrase.formats.xml.own import new_text

    return new_text(book, style)
