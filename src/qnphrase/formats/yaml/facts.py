"""The habits of a phrasebook's file, for `inspect`."""

from collections.abc import Mapping
from typing import Any

import yaml

from qnphrase.formats.yaml.blocks import header_at
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.stream import Source


def counts_of(root: Table) -> dict[str, int]:
    """Return how many phrases, groups, ungrouped phrases and auto-replies there are."""
    groups = tables_in(root.value("groups"))
    loose = length_of(root.value("phrases"))
    return {
        "phrases": loose + sum(length_of(group.value("phrases")) for group in groups),
        "groups": len(groups),
        "ungrouped": loose,
        "auto_replies": len(tables_in(root.value("auto_replies"))),
    }


def tables_in(node: Node | None) -> list[Table]:
    """Return the mappings of a list, which may be missing or empty."""
    return [table for table in node.nodes if isinstance(table, Table)] if isinstance(node, Items) else []


def length_of(node: Node | None) -> int:
    """Return how many items a list has, which may be missing or empty."""
    return len(node) if isinstance(node, Items | Phrases) else 0


def facts_of(source: Source, root: Table) -> Mapping[str, Any]:
    """Return the habits of a file under stable keys."""
    text = source.document.text
    return {
        "version": 1,
        "layout": "flow" if root.flow else "block",
        "list_indent": _list_indent(source, root),
        "comments": has_comments(source),
        "newline": newline_of(text),
        "final_newline": text.endswith(("\n", "\r")),
        "auto_replies": len(tables_in(root.value("auto_replies"))),
        "undecodable": source.is_damaged,
    }


def _list_indent(source: Source, root: Table) -> int | None:
    """How far the first block list stands to the right of its key."""
    for entry in root.entries.values():
        node = entry.value
        if isinstance(node, Items | Phrases) and not node.flow and len(node):
            position = source.document.position
            return position(node.start).column - position(entry.key.start).column
    return None


def newline_of(text: str) -> str | None:
    """Return `lf`, `crlf`, `cr`, `mixed`, or `None` for a file of one line."""
    pairs = text.count("\r\n")
    counts = {"crlf": pairs, "lf": text.count("\n") - pairs, "cr": text.count("\r") - pairs}
    found = [name for name, count in counts.items() if count]
    if not found:
        return None
    return found[0] if len(found) == 1 else "mixed"


def has_comments(source: Source) -> bool:
    """Return whether there is a comment: a `#` between two tokens, or behind the header of a block scalar."""
    if "#" not in source.text:
        return False
    at = 0
    for token, start, end in source.tokens():
        if "#" in source.text[at:start]:
            return True
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = header_at(source.text, start)
            if "#" in source.text[header.signs_end : header.body_start]:
                return True
        at = max(at, end)
    return "#" in source.text[at:]
