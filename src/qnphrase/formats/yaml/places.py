"""Lines and their owners: where an item's lines begin and end, comments included, and what may be put behind them."""

import re
from collections import Counter

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.formats.yaml.blocks import BREAKS
from qnphrase.formats.yaml.blocks import next_line
from qnphrase.formats.yaml.fresh import Layout
from qnphrase.formats.yaml.keys import PHRASE
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.reading import item_of
from qnphrase.formats.yaml.stream import Source

_GAP_LINE = re.compile(rf"(?P<indent>[ \t]*)(?P<comment>#[^{BREAKS}]*)?(?:\r\n|[{BREAKS}]|\Z)")
_TO_DASH = re.compile(r"(?:\s|#[^\r\n\x85\u2028\u2029]*)*-")
_KEEPS = re.compile(r"[|>][1-9]?\+")


class Places:
    """Geometry of one file."""

    def __init__(self, source: Source, root: Table) -> None:
        self.source = source
        self.text = source.document.text
        self.root = root
        self.newline = _newline_of(self.text)
        self.keeps_blanks = _KEEPS.search(self.text) is not None  # a `|+`, to which empty lines behind it belong
        self.layout = self._layout()
        self._phrases: dict[int, Table] = {}

    def column(self, offset: int) -> int:
        """The column of `offset`, from 0."""
        return self.source.document.position(offset).column - 1

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` begins."""
        return offset - self.column(offset)

    def item(self, items: Items | Phrases, index: int) -> Scalar | Table:
        """Return an item with the places of all its parts."""
        if isinstance(items, Items):
            return items.nodes[index]
        start = items.starts[index]
        if start not in self._phrases:
            self._phrases[start] = item_of(self.source, PHRASE, start, items.ends[index])
        return self._phrases[start]

    def last_leaf(self, node: Node) -> Node:
        """Return what `node` ends with: a scalar or a flow collection."""
        while not isinstance(node, Scalar) and not node.flow:
            node = _last_value(node) if isinstance(node, Table) else self.item(node, len(node) - 1)
        return node

    def lines_end(self, node: Node, column: int) -> int:
        """Where the lines of something at `column` end whose last part is `node`: its comments belong to it.

        Those are the comment on its last line, and comment lines below that are indented more than `column`.
        """
        leaf = self.last_leaf(node)
        return self.comments_end(
            leaf.end if isinstance(leaf, Scalar) and leaf.is_block else self.next_line(leaf.end), column
        )

    def comments_end(self, offset: int, column: int) -> int:
        """Where the comment lines from `offset` on end that are indented more than `column`."""
        at = probe = offset
        while probe < len(self.text) and (found := _GAP_LINE.match(self.text, probe)):
            probe = found.end()
            if found["comment"] is not None:
                if len(found["indent"]) <= column:
                    break
                at = probe
        return at

    def next_line(self, offset: int) -> int:
        """Where the next line begins, or the text ends."""
        return next_line(self.text, offset)

    def is_blank_line(self, offset: int) -> bool:
        """Whether the line that begins at `offset` is blank; beyond the text there is none."""
        found = _GAP_LINE.match(self.text, offset) if offset < len(self.text) else None
        return found is not None and found["comment"] is None

    def is_behind_blank_line(self, offset: int) -> bool:
        """Whether the line before the one that begins at `offset` is blank."""
        return offset > 0 and self.is_blank_line(self.line_start(offset - 1))

    def skip_blank_lines(self, offset: int) -> int:
        """Where the blank lines from `offset` on end."""
        while self.is_blank_line(offset):
            offset = self.next_line(offset)
        return offset

    def removal(self, lines: Span, *, tidy: bool = False) -> list[Edit]:
        """Return the edits that take whole lines out.

        Empty lines behind them go where they would become part of a `|+`, or (`tidy`) would stand there doubled. They
        are an edit of their own, since something may be added right behind `lines`.
        """
        edits = [Edit(lines, "")]
        if self.keeps_blanks or (tidy and self.is_behind_blank_line(lines.start)):
            end = self.skip_blank_lines(lines.end)
            if end > lines.end:
                edits.append(Edit(Span(lines.end, end), ""))
        return edits

    def dash(self, items: Items | Phrases, index: int) -> int:
        """Return the offset of the `-` of an item of a block sequence."""
        if index == 0:
            return items.start
        found = _TO_DASH.match(self.text, self._end_before(items, index))
        if found is None:
            raise ValueError(f"no item {index}")
        return found.end() - 1

    def _end_before(self, items: Items | Phrases, index: int) -> int:
        if isinstance(items, Phrases):
            return items.ends[index - 1]
        return self.last_leaf(items.nodes[index - 1]).end

    def item_lines(self, items: Items | Phrases, index: int) -> Span:
        """Return the lines of an item of a block sequence, its own comments included."""
        dash = self.dash(items, index)
        return Span(self.line_start(dash), self.lines_end(self.item(items, index), self.column(dash)))

    def layout_at(self, items: Items | Phrases, index: int) -> Layout:
        """Return the layout whose `-` and content stand as those of an item do."""
        dash = self.dash(items, index)
        width = items.start_of(index) - dash
        same_line = width > 0 and not self.text[dash + 1 : items.start_of(index)].strip(" ")
        braces = self.text[items.start_of(index)] == "{"
        return self.layout._replace(dash_width=width if same_line else 2, braces=braces)

    def _layout(self) -> Layout:
        """Take the layout of the first block list that there is."""
        tables = [self.root]
        groups = self.root.value("groups")
        if isinstance(groups, Items):
            tables += [group for group in groups.nodes if isinstance(group, Table)]
        for table in tables:
            for entry in table.entries.values():
                node = entry.value
                if isinstance(node, Items | Phrases) and not node.flow and len(node):
                    indent = self.column(node.start) - self.column(entry.key.start)
                    width = node.start_of(0) - node.start
                    same_line = not self.text[node.start + 1 : node.start_of(0)].strip(" ")
                    return Layout(max(indent, 0), width if same_line and width > 1 else 2)
        return Layout()

    def before_comment(self, offset: int) -> str:
        """Return a blank where a comment stands right at `offset`: it is one in `"亲"#…`, none without quotes."""
        return " " if self.text.startswith("#", offset) else ""

    def lines(self, lines: list[str]) -> str:
        """Join whole lines as this file ends them."""
        return "".join(line + self.newline for line in lines)

    def spliced(self, span: Span, edits: list[Edit]) -> str:
        """Return what stands in `span` after `edits`, all of them inside of it; whole lines stay whole at its end."""
        moved = [Edit(Span(edit.span.start - span.start, edit.span.end - span.start), edit.text) for edit in edits]
        text = span.of(self.text)
        return splice(text, whole_lines(text, moved, self.newline))


def _last_value(table: Table) -> Node:
    return list(table.entries.values())[-1].value


def whole_lines(text: str, edits: list[Edit], newline: str) -> list[Edit]:
    """Where `text` doesn't end with a line break, put one before the first whole lines that are added at its end."""
    if not text or text[-1] in BREAKS:
        return edits
    result = []
    missing = True
    for edit in edits:
        is_lines = edit.span == (len(text), len(text)) and edit.text[-1:] in ("\r", "\n")
        result.append(Edit(edit.span, newline + edit.text) if is_lines and missing else edit)
        missing = missing and not is_lines
    return result


def _newline_of(text: str) -> str:
    """How most of the first lines end."""
    found = Counter(re.findall(r"\r\n|\n|\r", text[:65_536]))
    return found.most_common(1)[0][0] if found else "\n"
