"""From the parts of a file to the model. Everything was checked when the file was read, so nothing fails here."""

from typing import Any

from qnphrase.formats.yaml.bulk import plain_value
from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.keys import REPLY
from qnphrase.formats.yaml.keys import Shape
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook


def book_of(root: Table) -> Phrasebook:
    """Return the book that a file holds."""
    said = {name: value for name, value in fields_of(BOOK, root).items() if name in ("shop", "signature", "remove")}
    return Phrasebook(
        **said,
        phrases=phrases_of(root.value("phrases")),
        groups=groups_of(root.value("groups")),
        auto_replies=replies_of(root.value("auto_replies")),
    )


def fields_of(shape: Shape, table: Table) -> dict[str, Any]:
    """Return what a mapping says, but for its lists of mappings."""
    return {name: plain_value(shape.keys[name].kind, entry.value) for name, entry in table.entries.items()}


def phrases_of(node: Node | None) -> tuple[Phrase, ...]:
    """Return the phrases of a list, which may be missing or empty."""
    if not isinstance(node, Phrases):
        return ()
    pairs = zip(node.codes, node.texts, strict=True)
    if not node.rests:
        return tuple([Phrase(code=code, text=text) for code, text in pairs])
    rests: dict[int, dict[str, Any]] = node.rests
    nothing: dict[str, Any] = {}
    return tuple([Phrase(code=code, text=text, **rests.get(at, nothing)) for at, (code, text) in enumerate(pairs)])


def groups_of(node: Node | None) -> tuple[Group, ...]:
    """Return the groups of a list, which may be missing or empty."""
    if not isinstance(node, Items):
        return ()
    return tuple(
        Group(name=_name_of(table), phrases=phrases_of(table.value("phrases")))
        for table in node.nodes
        if isinstance(table, Table)
    )


def _name_of(group: Table) -> str:
    name = group.value("name")
    return name.value if isinstance(name, Scalar) else ""


def replies_of(node: Node | None) -> tuple[AutoReply, ...]:
    """Return the auto-replies of a list, which may be missing or empty."""
    if not isinstance(node, Items):
        return ()
    return tuple(AutoReply(**fields_of(REPLY, table)) for table in node.nodes if isinstance(table, Table))
