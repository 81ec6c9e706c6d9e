"""The phrases of a list, read in one tight loop: all but a few of a book's events are theirs.

What nearly every phrase has, texts behind known keys, is taken straight from the events; all else goes the long way.
"""

from typing import TYPE_CHECKING
from typing import Any

from qnphrase.formats.yaml import wrong
from qnphrase.formats.yaml.keys import PHRASE
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.stream import LIST_END
from qnphrase.formats.yaml.stream import SCALAR
from qnphrase.formats.yaml.stream import TABLE_END
from qnphrase.formats.yaml.stream import TABLE_START
from qnphrase.formats.yaml.typed import typed_value

if TYPE_CHECKING:
    from qnphrase.formats.yaml.reader import Reader

_TEXT_KEYS = frozenset(name for name, key in PHRASE.keys.items() if key.kind is Kind.TEXT)


def read_phrases(reader: "Reader", opening: Any) -> Phrases:
    """Read a sequence of phrases whose opening event is given. Raises `PackSyntaxError`."""
    shift = reader.shift
    found = Phrases(opening.start_mark.index + shift, 0, bool(opening.flow_style))
    add_code, add_text = found.codes.append, found.texts.append
    add_start, add_end = found.starts.append, found.ends.append
    get = reader.next
    while (event := get()).__class__ is not LIST_END:
        start = event.start_mark.index + shift
        fields, end = _read_phrase(reader, event)
        code = fields.pop("code", "")
        text = fields.pop("text", "")
        if fields:
            found.rests[len(found.starts)] = fields
        if not (code or text or fields.get("extra")):
            reader.fail(wrong.empty_phrase(), start)
        add_code(code)
        add_text(text)
        add_start(start)
        add_end(end)
    found.end = event.end_mark.index + shift
    if reader.source.is_damaged:
        _restore(reader, found)
    return found


def _restore(reader: "Reader", found: Phrases) -> None:
    """Put undecodable bytes back into the texts; what went the reader's way has them already."""
    restored = reader.source.restored
    found.codes = [restored(code) for code in found.codes]
    found.texts = [restored(text) for text in found.texts]
    for fields in found.rests.values():
        fields.update({name: restored(value) for name, value in fields.items() if isinstance(value, str)})


def _read_phrase(reader: "Reader", opening: Any) -> tuple[dict[str, Any], int]:
    if opening.__class__ is not TABLE_START:
        reader.refuse_markup(opening, "")
        reader.fail(wrong.no_table_item(PHRASE, opening), opening.start_mark.index + reader.shift)
    if opening.flow_style or opening.anchor is not None or opening.tag is not None:
        reader.open(PHRASE, opening)
    get = reader.next
    text_keys = _TEXT_KEYS
    scalar_event = SCALAR
    startswith, shift = reader.text.startswith, reader.shift
    fields: dict[str, Any] = {}
    while True:
        key = get()
        if key.__class__ is TABLE_END:
            return fields, key.end_mark.index + shift
        value = get()
        name = key.value if key.__class__ is scalar_event else None
        if (
            name not in text_keys
            or name in fields
            or value.__class__ is not scalar_event
            or value.anchor is not None
            or value.tag is not None
            or key.anchor is not None
            or key.tag is not None
        ):
            _read_slowly(reader, fields, key, value)
            continue
        fields[name] = value.value
        if name == "text" and not value.style and startswith(" #", value.end_mark.index + shift):
            reader.notice_comment(value.end_mark.index + shift)


def _read_slowly(reader: "Reader", fields: dict[str, Any], key: Any, value: Any) -> None:
    entry = reader.entry(PHRASE, fields, key, value)
    name = entry.key.value
    fields[name] = plain_value(PHRASE.keys[name].kind, entry.value)


def plain_value(kind: Kind, node: Node) -> Any:
    """Return what a value says, as the model has it."""
    if kind is Kind.TEXTS:
        return tuple(item.value for item in node.nodes if isinstance(item, Scalar)) if isinstance(node, Items) else ()
    if kind is Kind.EXTRA:
        return texts_of(node) if isinstance(node, Table) else {}
    if isinstance(node, Scalar):
        return node.value if kind is Kind.TEXT else typed_value(kind, node)
    return None


def texts_of(table: Table) -> dict[str, str]:
    """Return a mapping of texts as it is read."""
    return {name: entry.value.value for name, entry in table.entries.items() if isinstance(entry.value, Scalar)}
