"""The JSON Schema and the reader say the same of a phrasebook."""

import re
from typing import Any

import jsonschema
import pytest
import yaml

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.yaml import keys
from qnphrase.formats.yaml import pack
from qnphrase.formats.yaml.schema import book_schema
from qnphrase.model import MAX_THRESHOLD
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger


class CoreLoader(yaml.BaseLoader):
    """YAML 1.2 with the core schema, as editors read a file."""


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first)
CoreLoader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)
CoreLoader.add_constructor("tag:yaml.org,2002:bool", lambda _loader, node: node.value.lower() == "true")
CoreLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda _loader, node: int(node.value, 0 if "x" in node.value else 10)
)
CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: float(node.value))

VALIDATOR = jsonschema.Draft202012Validator(book_schema(), format_checker=jsonschema.FormatChecker())


def _reader_takes(text: str) -> bool:
    try:
        pack.read(Document.of_bytes(text.encode()), ReadOptions())
    except PackSyntaxError:
        return False
    return True


def _schema_takes(text: str) -> bool:
    data: Any = yaml.load(text, Loader=CoreLoader)  # noqa: S506 - a base loader
    return VALIDATOR.is_valid(data)


PHRASE = "{version: 1, phrases: [{%s}]}"
REPLY = "{version: 1, auto_replies: [{%s}]}"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("version: 1", True),
        ("version: 2", False),
        ("version: '1'", False),
        ("version:", False),
        ("{}", False),
        ("shop: 店", False),
        ("{version: 1, shop: 店, signature: 签名, groups: [], phrases: [], auto_replies: []}", True),
        ("version: 1\nshop:\nsignature:\ngroups:\nphrases:\nauto_replies:\n", True),
        ("{version: 1, 店: x}", False),
        ("{version: 1, shop: [x]}", False),
        ("{version: 1, shop: {x: y}}", False),
        ("{version: 1, groups: x}", False),
        ("{version: 1, groups: {a: b}}", False),
        ("{version: 1, groups: [x]}", False),
        ("{version: 1, groups: [{name: a}]}", True),
        ("{version: 1, groups: [{name: a, phrases: [{text: x}]}]}", True),
        ("{version: 1, groups: [{name: ''}]}", False),
        ("{version: 1, groups: [{name: }]}", False),
        ("{version: 1, groups: [{phrases: []}]}", False),
        ("{version: 1, groups: [{name: a, code: b}]}", False),
        (PHRASE % "text: x", True),
        (PHRASE % "code: '001'", True),
        (PHRASE % "extra: {a: b}", True),
        (PHRASE % "extra: {}", False),
        (PHRASE % "extra: {a: ''}", False),
        (PHRASE % "extra: {a: [b]}", False),
        (PHRASE % "note: x", False),
        (PHRASE % "text: ''", False),
        (PHRASE % "text: '', code: ''", False),
        (PHRASE % "text: [x]", False),
        (PHRASE % "text: x, tags: [a, b]", True),
        (PHRASE % "text: x, tags: []", True),
        (PHRASE % "text: x, tags: a", False),
        (PHRASE % "text: x, tags: [[a]]", False),
        (PHRASE % "text: x, replace: 售前/hy1", True),
        (PHRASE % "text: x, replace: [hy1]", False),
        ("{version: 1, remove: [zp3, 售前/*]}", True),
        ("version: 1\nremove:\n", True),
        ("{version: 1, remove: zp3}", False),
        ("{version: 1, remove: [[zp3]]}", False),
        (PHRASE % "text: x, until: 2026-12-31", True),
        (PHRASE % "text: x, until: '2026-12-31'", True),
        (PHRASE % "text: x, until: 2026-02-30", False),
        (PHRASE % "text: x, until: 2026-1-1", False),
        (PHRASE % "text: x, until: ", False),
        (PHRASE % "text: x, enabled: false", True),
        (PHRASE % "text: x, enabled: 'false'", False),
        (PHRASE % "text: x, enabled: no", False),
        (PHRASE % "text: x, enabled: ", False),
        (PHRASE % "text: x, note: , scenario: greet.first", True),
        (PHRASE % "text: x, txet: y", False),
        (REPLY % "when: busy, text: x", True),
        (REPLY % "when: busy", True),
        (REPLY % "text: x", False),
        (REPLY % "when: never", False),
        (REPLY % "when: busy, phrase: hy", True),
        (REPLY % "when: busy, phrase: hy, text: x", False),
        (REPLY % "when: busy, phrase: hy, text: ''", True),
        (REPLY % "when: contacts_over, threshold: 30", True),
        (REPLY % "when: contacts_over", False),
        (REPLY % "when: busy, threshold: 30", False),
        (REPLY % "when: contacts_over, threshold: 0", False),
        (REPLY % "when: contacts_over, threshold: 9999", True),
        (REPLY % "when: contacts_over, threshold: 10000", False),
        (REPLY % "when: contacts_over, threshold: '30'", False),
        (REPLY % "when: contacts_over, threshold: many", False),
        (REPLY % "when: away, enabled: false, extra: {a: b}", True),
        (REPLY % "when: away, days: mon-fri, hours: 22:00-08:00, cooldown: 60", True),
        (REPLY % "when: away, days: '周六，周日', dates: 2026-10-01..2026-10-08, except_dates: '2026-10-01'", True),
        (REPLY % "when: away, days: ", False),
        (REPLY % "when: away, hours: ''", False),
        (REPLY % "when: away, hours: 8", False),
        (REPLY % "when: away, dates: [2026-10-01]", False),
        (REPLY % "when: away, cooldown: 43200", True),
        (REPLY % "when: away, cooldown: 43201", False),
        (REPLY % "when: away, cooldown: 0", False),
        (REPLY % "when: away, cooldown: '60'", False),
        (PHRASE % "text: x, hours: 22:00-08:00", False),
    ],
)
def test_reader_and_schema_agree(text, good):
    assert (_reader_takes(text), _schema_takes(text)) == (good, good)


@pytest.mark.parametrize("text", ["{version: 1, phrases: [{code: 001}]}", "{version: 1, phrases: [{text: true}]}"])
def test_schema_alone_asks_for_quotes(text):
    """The reader takes every scalar as it is written; in an editor a number where a text belongs is worth a line."""
    assert _reader_takes(text)
    assert not _schema_takes(text)


@pytest.mark.parametrize("spelling", ["030", "0x1E", "30.0"])
def test_reader_alone_is_strict_about_spelling(spelling):
    text = REPLY % f"when: contacts_over, threshold: {spelling}"
    assert _schema_takes(text)
    assert not _reader_takes(text)


def test_schema_is_valid_and_speaks_to_people():
    schema = book_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for shape in (schema, *schema["$defs"].values()):
        assert shape["title"]
        assert all(each["title"] and each["description"] for each in shape["properties"].values())


def test_table_of_keys_is_that_of_the_model():
    shapes = ((keys.BOOK, Phrasebook), (keys.GROUP, Group), (keys.PHRASE, Phrase), (keys.REPLY, AutoReply))
    for shape, model in shapes:
        assert set(shape.keys) - {"version"} == set(model.model_fields)
    assert list(keys.TRIGGERS) == [trigger.value for trigger in Trigger]
    assert Trigger.CONTACTS_OVER.value == keys.OVER
    assert keys.MAX_THRESHOLD == MAX_THRESHOLD
