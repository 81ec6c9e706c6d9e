"""The JSON Schema of the phrasebook, for editors: made from the table of keys that the reader goes by.

A schema sees what YAML 1.2 makes of a text, so it is stricter where that is none (`code: 001`): it asks for quotes. The
reader takes such a code as it is written.
"""

from typing import Any

from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.keys import ITEMS
from qnphrase.formats.yaml.keys import LEAST_THRESHOLD
from qnphrase.formats.yaml.keys import MAX_COOLDOWN
from qnphrase.formats.yaml.keys import MAX_THRESHOLD
from qnphrase.formats.yaml.keys import OVER
from qnphrase.formats.yaml.keys import TRIGGERS
from qnphrase.formats.yaml.keys import VERSION
from qnphrase.formats.yaml.keys import Key
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.keys import Shape

SCHEMA_ID = "https://raw.githubusercontent.com/qnphrase/qnphrase/main/docs/phrasebook.schema.json"

_NAMES = {Kind.PHRASES: "phrase", Kind.GROUPS: "group", Kind.REPLIES: "auto_reply"}
_FILLED = {"type": "string", "minLength": 1}


def book_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a phrasebook in YAML, in the language that is chosen."""
    definitions = {_NAMES[kind]: _object(shape) | _RULES.get(kind, {}) for kind, shape in ITEMS.items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | _object(BOOK) | {"$defs": definitions}


def _object(shape: Shape) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "title": shape.title(),
        "type": "object",
        "properties": {name: _property(key, filled=name in shape.required) for name, key in shape.keys.items()},
        "additionalProperties": False,
    }
    if shape.required:
        schema["required"] = list(shape.required)
    return schema


def _property(key: Key, *, filled: bool) -> dict[str, Any]:
    about = {"title": key.title(), "description": key.description()}
    return about | (_FILLED if filled and key.kind is Kind.TEXT else _value(key.kind))


def _value(kind: Kind) -> dict[str, Any]:
    if kind in _NAMES:
        return {"type": ["array", "null"], "items": {"$ref": f"#/$defs/{_NAMES[kind]}"}}
    return _VALUES[kind]


_VALUES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.TEXTS: {"type": ["array", "null"], "items": {"type": ["string", "null"]}},
    Kind.EXTRA: {"type": ["object", "null"], "additionalProperties": _FILLED},
    Kind.VERSION: {"const": int(VERSION)},
    Kind.TRIGGER: {"enum": list(TRIGGERS)},
    Kind.THRESHOLD: {"type": "integer", "minimum": LEAST_THRESHOLD, "maximum": MAX_THRESHOLD},
    Kind.SWITCH: {"type": "boolean"},
    Kind.WEEKDAYS: _FILLED,
    Kind.HOURS: _FILLED,
    Kind.DATES: _FILLED,
    Kind.MINUTES: {"type": "integer", "minimum": 1, "maximum": MAX_COOLDOWN},
    Kind.DAY: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}


def _says(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"required": [name], "properties": {name: value}}


_OVER = _says("when", {"const": OVER})
_RULES: dict[Kind, dict[str, Any]] = {
    # Neither code nor text nor extra says anything: such a phrase is none.
    Kind.PHRASES: {
        "anyOf": [
            _says("text", _FILLED),
            _says("code", _FILLED),
            _says("extra", {"type": "object", "minProperties": 1}),
        ]
    },
    Kind.REPLIES: {
        "if": _OVER,
        "then": {"required": ["threshold"]},
        "else": {"properties": {"threshold": False}},
        "not": {"allOf": [_says("text", _FILLED), _says("phrase", _FILLED)]},
    },
}
