"""Putting the edits of a nested file together: what moves is cut out where it was, edited, and put where it goes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.formats.xml.lexer import lead_start
from qnphrase.formats.xml.outline import Node


class Insertion(NamedTuple):
    """What is put at an offset: raw text, or a group element that moves there, with the whitespace before it."""

    at: int
    lead: str
    what: str | Node
    is_group: bool = False


class _Ranges:
    """Elements that don't overlap, to be asked which of them something stands in."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = sorted(nodes, key=lambda node: node.start)
        self.starts = [node.start for node in self.nodes]

    def around(self, span: Span) -> Node | None:
        """Return the element that `span` stands in; what is put before or behind an element is not in it."""
        index = bisect_right(self.starts, span.start) - 1
        node = self.nodes[index] if index >= 0 else None
        return node if node is not None and node.start < span.start < node.end and span.end <= node.end else None


class Assembly:
    """The edits of rows, names and lists, and what is inserted; `moving` are the elements among `insertions`."""

    def __init__(self, text: str, row_edits: list[Edit], insertions: list[Insertion], moving: list[Node]) -> None:
        self.text = text
        self.moving = moving
        self.outer: list[Edit] = []
        self.inner: dict[Node, list[Edit]] = defaultdict(list)
        ranges = _Ranges(moving)
        for edit in row_edits:
            self._sort_in(ranges, edit)
        waiting: list[Insertion] = []
        for one in insertions:
            if isinstance(one.what, str) and ranges.around(Span(one.at, one.at)) is not None:
                self._sort_in(ranges, Edit(Span(one.at, one.at), one.lead + one.what))
            else:
                waiting.append(one)
        self.outer += [Edit(Span(one.at, one.at), one.lead + self.raw(one.what)) for one in waiting]

    def _sort_in(self, ranges: _Ranges, edit: Edit) -> None:
        node = ranges.around(edit.span)
        (self.outer if node is None else self.inner[node]).append(edit)

    def raw(self, what: str | Node) -> str:
        """Return the raw text of what is put somewhere."""
        if isinstance(what, str):
            return what
        start = what.start
        shifted = [Edit(Span(s.start - start, s.end - start), new) for s, new in self.inner[what]]
        return splice(self.text[start : what.end], shifted)

    def edits(self, removed: list[Node]) -> list[Edit]:
        """Return all edits, with the elements in `removed` and those that move taken out."""
        gone = {*removed, *self.moving}
        outermost = [node for node in gone if not any(around in gone for around in node.around() if around is not node)]
        ranges = _Ranges(outermost)
        left = [edit for edit in self.outer if ranges.around(edit.span) is None]
        return left + [Edit(Span(lead_start(self.text, node.start), node.end), "") for node in outermost]
