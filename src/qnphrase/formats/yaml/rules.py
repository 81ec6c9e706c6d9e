"""What the model asks of a group and a reply, asked here already: with the place in the file, and without the model."""

from qnphrase.formats.yaml import wrong
from qnphrase.formats.yaml.keys import OVER
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table

Problem = tuple[tuple[str, str], int]


def _text_of(table: Table, name: str) -> str:
    node = table.value(name)
    return node.value if isinstance(node, Scalar) else ""


def check_group(group: Table) -> Problem | None:
    """A group needs a name."""
    if not _text_of(group, "name"):
        return wrong.empty_group_name(), group.entries["name"].key.start
    return None


def check_reply(reply: Table) -> Problem | None:
    """`contacts_over` and `threshold` belong together; `text` and `phrase` exclude each other."""
    over = _text_of(reply, "when") == OVER
    threshold = reply.entries.get("threshold")
    if over and threshold is None:
        return wrong.no_threshold(), reply.entries["when"].key.start
    if threshold is not None and not over:
        return wrong.threshold_for_nothing(), threshold.key.start
    if _text_of(reply, "text") and _text_of(reply, "phrase"):
        return wrong.text_and_phrase(), max(reply.entries["text"].key.start, reply.entries["phrase"].key.start)
    return None
