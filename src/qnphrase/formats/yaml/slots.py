"""The wanted items of lists: texts, phrases, auto-replies and groups; each may be an item that is there already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qnphrase.document.document import Document
from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.align import pair_rows
from qnphrase.formats.rows import Row
from qnphrase.formats.yaml.blocks import BREAKS
from qnphrase.formats.yaml.blocks import header_at
from qnphrase.formats.yaml.fresh import Layout
from qnphrase.formats.yaml.fresh import flow_text
from qnphrase.formats.yaml.fresh import item_lines
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.places import Places
from qnphrase.formats.yaml.reading import piece_of
from qnphrase.formats.yaml.scalar_edits import change_scalar
from qnphrase.formats.yaml.stream import Source

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Home:
    """Where an item stands in the file."""

    items: Items | Phrases
    index: int


@dataclass(frozen=True)
class TextSlot:
    """A wanted text of a list."""

    places: Places
    value: str
    home: Home | None
    json: bool

    @property
    def here(self) -> int | None:
        """See `Slot.here`."""
        return self.home.index if self.home else None

    def edits(self) -> list[Edit]:
        """See `Slot.edits`."""
        if self.home is None:
            return []
        item = self.places.item(self.home.items, self.home.index)
        if not isinstance(item, Scalar) or item.value == self.value:
            return []
        # As to its block scalars, a list is a mapping whose keys are dashes.
        column = self.places.column(self.places.dash(self.home.items, self.home.index)) if item.is_block else None
        return change_scalar(self.places, item, self.value, flow=self.home.items.flow, column=column, json=self.json)

    def lines(self, dash: int, layout: Layout) -> str:
        """See `Slot.lines`."""
        return self.places.lines(item_lines(self.value, dash, layout))

    def inline(self, json: bool) -> str:
        """See `Slot.inline`."""
        return flow_text(self.value, json=json)


def text_slots(places: Places, items: Items, values: Sequence[str], json: bool) -> list[TextSlot]:
    """Return the slots of a list of texts."""
    old = [Row("", "", node.value) for node in items.nodes if isinstance(node, Scalar)]
    pairs = pair_rows(old, [Row("", "", value) for value in values])
    return [
        TextSlot(places, value, None if pair is None else Home(items, pair), json)
        for value, pair in zip(values, pairs, strict=True)
    ]


def moved_lines(places: Places, home: Home, edits: list[Edit], dash: int) -> str | None:
    """Return the lines of an item with `edits` made, indented for column `dash`; `None` where they can't be moved.

    A text that ends with empty lines would take up others at its new place.
    """
    if home.items.flow:
        return None
    leaf = places.last_leaf(places.item(home.items, home.index))
    if isinstance(leaf, Scalar) and leaf.is_block and header_at(places.text, leaf.start).chomping == "+":
        return None
    text = places.spliced(places.item_lines(home.items, home.index), edits)
    if text[-1:] not in tuple(BREAKS):
        text += places.newline
    return indented(text, dash - places.column(places.dash(home.items, home.index)))


def indented(text: str, by: int) -> str:
    """Return whole lines indented by some more blanks, or by up to that many less."""
    if not by:
        return text
    return "".join(_indented_line(line, by) for line in _LINE.findall(text))


def _indented_line(line: str, by: int) -> str:
    if by > 0:
        return " " * by + line if line.strip("\r\n") else line
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(-by, blanks) :]


def reads_as(places: Places, kind: Kind, text: str) -> Node | None:
    """Return what `text` says as a list of its own, in the encoding of the file; `None` where it is none."""
    return piece_of(Source(Document(b"", text, places.source.document.encoding)), kind)


def slice_of(places: Places, home: Home) -> Span:
    """Return what belongs to an item: whole lines in a block list, else what stands between the commas."""
    if home.items.flow:
        return Span(home.items.start_of(home.index), home.items.end_of(home.index))
    return places.item_lines(home.items, home.index)
