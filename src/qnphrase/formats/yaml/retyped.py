"""Plain scalars that other programs don't read as text: `code: 007` is the number 7 to them.

We read every scalar as text. PyYAML follows YAML 1.1, many others YAML 1.2: what either retypes counts.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import islice
from typing import Any

from qnphrase.document.span import Span
from qnphrase.formats.base import Retyped
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.keys import Shape
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.scalars import double_quoted

_FEW = 8  # values that are looked for in an item before it is read again
_READ_AS = re.compile(
    r"""
      (?P<null> ~ | null | Null | NULL )
    | (?P<boolean> [yYnN] | yes | Yes | YES | no | No | NO | true | True | TRUE | false | False | FALSE
                 | on | On | ON | off | Off | OFF )
    | (?P<date> [0-9]{4}-[0-9]{2}-[0-9]{2}
              | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?:[Tt]|[ \t]+) [0-9]{1,2}:[0-9]{2}:[0-9]{2} (?:\.[0-9]*)?
                (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))? )
    | (?P<sixties> [-+]? (?: [1-9][0-9_]* (?: :[0-5]?[0-9] )+ | [0-9][0-9_]* (?: :[0-5]?[0-9] )+ \.[0-9_]* ) )
    | (?P<number> [-+]? (?: 0b[01_]+ | 0o[0-7]+ | 0x[0-9a-fA-F_]+ | \.(?:inf|Inf|INF)
                          | (?: [0-9][0-9_]* (?:\.[0-9_]*)? | \.[0-9][0-9_]* ) (?:[eE][-+]?[0-9]+)? )
                | \.(?:nan|NaN|NAN) )
    """,
    re.VERBOSE,
)


def read_as(value: str) -> str | None:
    """Return what `value` without quotes is to other programs: null, boolean, date, sixties, number; `None`: text."""
    found = _READ_AS.fullmatch(value)
    return found.lastgroup if found else None


def may_be_retyped(values: Iterable[Any], raw: str) -> bool:
    """Whether one of these values, as read from the item `raw`, may be retyped; `False` is certain."""
    found = list(islice(_retypable(values), _FEW))
    return len(found) == _FEW or any(_may_be_bare(value, raw) for value in found)


def _retypable(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            if _READ_AS.fullmatch(value):
                yield value
        elif isinstance(value, Mapping):
            yield from _retypable(value.values())
        elif isinstance(value, tuple):
            yield from _retypable(value)


def _may_be_bare(value: str, raw: str) -> bool:
    """Whether `value` stands somewhere without a quote before it, or may be written on two lines."""
    at = raw.find(value)
    while at > 0 and raw[at - 1] in "\"'":
        at = raw.find(value, at + 1)
    return at >= 0 or " " in value


def retyped_in(table: Table, shape: Shape, place: int) -> Iterator[Retyped]:
    """Yield the retyped texts of a mapping, without those of lists of mappings; `place` as of `Subject`."""
    for scalar in _texts(table, shape):
        kind = read_as(scalar.value) if not scalar.style else None
        if kind is not None:
            yield Retyped(Span(scalar.start, scalar.end), kind, double_quoted(scalar.value), place)


def _texts(table: Table, shape: Shape | None) -> Iterator[Scalar]:
    for name, entry in table.entries.items():
        kind, value = shape.keys[name].kind if shape else Kind.TEXT, entry.value
        if kind is Kind.TEXT and isinstance(value, Scalar):
            yield value
        elif kind is Kind.TEXTS and isinstance(value, Items):
            yield from (node for node in value.nodes if isinstance(node, Scalar))
        elif kind is Kind.EXTRA and isinstance(value, Table):
            yield from _texts(value, None)
