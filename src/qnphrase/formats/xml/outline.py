"""The elements around the records of a file, for those who edit it: which are groups, and where they end.

Reading needs none of this; it is built again when something is to be edited, jumping from record to record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import content_value
from qnphrase.formats.xml.lexer import element_at
from qnphrase.formats.xml.lexer import lead_start
from qnphrase.formats.xml.lexer import opened
from qnphrase.formats.xml.lexer import root_offset
from qnphrase.formats.xml.lexer import token_at
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Place
from qnphrase.formats.xml.shape import Shape
from qnphrase.formats.xml.shape import identity_of
from qnphrase.formats.xml.shape import value_at

if TYPE_CHECKING:
    from qnphrase.formats.xml.pack import XmlReading


@dataclass(slots=True, eq=False)
class Node:
    """An element that is no record with a row. `rows` are the rows of the records directly in it.

    `name` is what the element is called as a group, empty where it is none; it stands at `name_place`.
    """

    element: Element
    parent: "Node | None"
    may_be_group: bool = False
    name: str = ""
    name_place: Place | None = None
    children: list["Node"] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    has_text: bool = False
    is_blank_record: bool = False

    @property
    def start(self) -> int:
        """Where the element begins."""
        return self.element.start

    @property
    def end(self) -> int:
        """Where the element ends."""
        return self.element.end

    def walk(self) -> Iterator["Node"]:
        """Yield the node and all nodes below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def around(self) -> Iterator["Node"]:
        """Yield the node and all nodes around it, the root last."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    @property
    def group(self) -> "Node | None":
        """The nearest group at or around the node."""
        return next((node for node in self.around() if node.name), None)

    def holds_only_phrases(self) -> bool:
        """Whether nothing goes with the element but phrases, its name, plain values, comments and lists of these."""
        return not self.has_text and all(
            child.element is self.name_place
            or child.is_blank_record
            or not (child.children or child.rows)
            or (child._is_list() and child.holds_only_phrases())
            for child in self.children
        )

    def _is_list(self) -> bool:
        """Whether it is a group, or holds records itself or further down."""
        return bool(self.name) or any(below.rows or below.is_blank_record for below in self.walk())


class _Outliner:
    def __init__(self, reading: "XmlReading") -> None:
        self.text = reading.document.text
        self.shape: Shape = reading.shape
        self.starts = reading.row_starts
        self.ends = reading.row_ends
        self.next_row = 0
        self._skip_declarations()

    def root(self) -> Node:
        """Return the root element with all below it."""
        at = root_offset(self.text)
        root = node = self._node(at, None)
        at = root.element.open_end
        open_nodes = [] if root.element.is_self_closing else [root]
        while open_nodes:
            node = open_nodes[-1]
            if self.next_row < len(self.starts) and at >= self.starts[self.next_row]:
                node.rows.append(self.next_row)
                at = self.ends[self.next_row]
                self.next_row += 1
                self._skip_declarations()
                continue
            at = self._step(at, open_nodes)
        return root

    def _skip_declarations(self) -> None:
        """A row that is a group element itself is found as that."""
        while self.next_row < len(self.starts) and self.starts[self.next_row] == self.ends[self.next_row]:
            self.next_row += 1

    def _step(self, at: int, open_nodes: list[Node]) -> int:
        token = token_at(self.text, at)
        node = open_nodes[-1]
        kind = token.lastgroup
        if kind == "open":
            child = self._node(at, node)
            node.children.append(child)
            if child.element.end < 0:
                open_nodes.append(child)
                return child.element.open_end
            return child.element.end
        if kind == "close":
            node.element.close_start, node.element.end = token.span()
            open_nodes.pop()
        elif kind == "cdata" or (kind == "text" and token[0].strip(" \t\r\n")):
            node.has_text = True
        return token.end()

    def _node(self, at: int, parent: Node | None) -> Node:
        token = token_at(self.text, at)
        if parent is not None and token["tag"] == self.shape.record:
            record = element_at(self.text, at)
            if self.shape.is_record(self.text, record):
                return Node(record, parent, is_blank_record=True)
        if parent is not None and self._names(token["tag"], parent):
            child = element_at(self.text, at)
            if self.shape.group_name == self._identity(child):
                parent.name, parent.name_place = content_value(self.text, child), child
                return Node(child, parent)
        return self._opened(Node(opened(self.text, token), parent))

    def _opened(self, node: Node) -> Node:
        name = self.shape.group_name
        node.may_be_group = self.shape.may_be_group(node.element.tag, is_root=node.parent is None)
        if node.may_be_group and name is not None and name.kind is Kind.ATTRIBUTE:
            node.name_place = node.element.attribute(name.name)
            if node.name_place is not None:
                node.name = value_at(self.text, node.name_place)
        return node

    def _names(self, tag: str, parent: Node) -> bool:
        name = self.shape.group_name
        if name is None or name.kind is Kind.ATTRIBUTE or not parent.may_be_group or parent.name_place is not None:
            return False
        return tag == (name.tag or name.name)

    def _identity(self, child: Element) -> object:
        name = self.shape.group_name
        return name if name is not None and name.kind is Kind.CHILD else identity_of(self.text, child)


def outline(reading: "XmlReading") -> Node:
    """Return the root of a file with all elements that are no record with a row."""
    return _Outliner(reading).root()


def lead_of(text: str, offset: int) -> str:
    """Return the whitespace before `offset`."""
    return text[lead_start(text, offset) : offset]
