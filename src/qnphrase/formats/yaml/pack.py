"""A phrasebook in YAML: what it holds, its habits, and the edits that make it hold another book."""

import re
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
from qnphrase.text.pattern import lazy_pattern

if TYPE_CHECKING:
    from qnphrase.formats.yaml.nodes import Table
    from qnphrase.formats.yaml.spots import Spots
    from qnphrase.formats.yaml.stream import Source
    from qnphrase.model import Phrasebook

NAME = "yaml"
SUFFIXES = (".yaml", ".yml")
DEFAULT_ENCODING = "utf-8"
DEFAULT_NEWLINE = "\n"
COMMENT = lazy_pattern(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
WRITES_REFERENCES = False

_TOP_KEYS = ("version:", "groups:", "phrases:", "auto_replies:", "shop:", "signature:", "remove:")
_PROBE = 65_536  # characters within which a book shows itself


@dataclass(frozen=True)
class YamlReading:
    """A phrasebook in YAML. `root` holds the places of all that it says."""

    document: Document
    source: "Source" = field(repr=False)
    root: "Table" = field(repr=False)
    notices: Sequence[Notice]

    @property
    def carries(self) -> Carries:
        """A phrasebook has room for everything."""
        return Carries(book_fields=True)

    def counts(self) -> Mapping[str, int]:
        """See `Reading.counts`."""
        from qnphrase.formats.yaml.facts import counts_of

        return counts_of(self.root)

    @cached_property
    def _spots(self) -> "Spots":
        from qnphrase.formats.yaml.spots import Spots

        return Spots(self.source, self.root)

    def subjects(self) -> list[Subject]:
        """See `Reading.subjects`."""
        return self._spots.subjects

    def entry(self, place: int) -> Span:
        """See `Reading.entry`."""
        return self._spots.entry(place)

    def locate(self, place: int, field: str, start: int, end: int) -> Span:
        """See `Reading.locate`."""
        return self._spots.locate(place, field, start, end)

    def removal(self, index: int) -> Span:
        """See `Reading.removal`."""
        from qnphrase.formats.yaml.nodes import Items

        entries = self.root.value("remove")
        if not isinstance(entries, Items):
            raise IndexError(index)
        return Span(entries.nodes[index].start, entries.nodes[index].end)

    def retyped(self) -> Sequence[Retyped]:
        """See `Reading.retyped`."""
        return self._spots.retyped()

    def facts(self) -> Mapping[str, Any]:
        """See `Reading.facts`."""
        from qnphrase.formats.yaml.facts import facts_of

        return facts_of(self.source, self.root)

    def book(self) -> "Phrasebook":
        """See `Reading.book`."""
        from qnphrase.formats.yaml.book import book_of

        with quiet_collector():
            return book_of(self.root)

    def edits(self, book: "Phrasebook") -> list[Edit]:
        """See `Reading.edits`."""
        from qnphrase.formats.yaml.plan import plan

        with quiet_collector():
            return plan(self, book)


def room() -> Carries:
    """Return what a new phrasebook has room for: everything."""
    return Carries(book_fields=True)


def relabelled(text: str, encoding: Encoding) -> str:  # noqa: ARG001 - a phrasebook doesn't name its encoding
    """See `Format.relabelled`."""
    return text


def sniff(text: str) -> bool:
    """Return whether a line of `text` starts with one of a book's keys, or `text` is a flow mapping."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "<":
        return False
    lines = text[:_PROBE].replace("\r", "\n").split("\n")
    return start == "{" or any(line.startswith(_TOP_KEYS) for line in lines)


def read(document: Document, options: ReadOptions) -> YamlReading:  # noqa: ARG001 - a book says all by itself
    """Read a phrasebook. Raises `PackSyntaxError` with the place of what is wrong, and what to write instead."""
    from qnphrase.formats.yaml.reading import root_of
    from qnphrase.formats.yaml.stream import Source

    with quiet_collector():
        source = Source(document)
        root, notices = root_of(source)
    return YamlReading(document, source, root, notices)


def new(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new phrasebook, with the line on top by which editors find the JSON Schema."""
    from qnphrase.formats.yaml.fresh import new_text

    return new_text(book, style)
