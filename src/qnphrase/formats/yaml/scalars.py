"""How a text is written so that it reads back exactly, as text, here and in any other YAML program.

The cheapest style wins: plain, a block scalar for lines, quotes. No line is ever folded. A text that YAML 1.1 or 1.2
would take for something else (`no`, `007`, `12:30`, `~`, a date) is quoted, though we read every scalar as text.
"""

import re
from typing import NamedTuple

BLOCK_STEP = 2

# What YAML can't hold as it is, or nobody would see: control characters, invisible line breaks, the BOM.
_TO_ESCAPE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_TO_ESCAPE_IN_BLOCK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_PLAIN = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`=<~]|.*?(?::(?:\s|\Z)|\s\#)""", re.DOTALL)
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_NOT_BLOCK = re.compile(r"[ \t](?:\n|\Z)|^\t", re.MULTILINE)
_RETYPED = re.compile(
    r"""
      (?: y | n | yes | no | true | false | on | off | null | nan | none | nil )
    | [-+]? 0 (?: b [01_]* | o [0-7_]* | x [0-9a-f_]* )
    | [-+]? [0-9][0-9_,]* (?: : [0-9_]+ )* (?: \. [0-9_,]* )? (?: e [-+]? [0-9]* )?
    | [-+]? \. [0-9_]+ (?: e [-+]? [0-9]+ )?
    | [-+]? \. (?: inf | nan )
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} (?: [t\s] .* )?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}  # as in JSON, which a phrasebook may be
_ESCAPED_IN_QUOTES = re.compile(_TO_ESCAPE.pattern[:-1] + r'"\\]')


class Bare(str):
    """A value that is more than text, written as it is: a number, `false`, a date."""

    __slots__ = ()


class Spelling(NamedTuple):
    """A scalar as written: what stands behind the key, and for a block scalar its lines, which aren't indented yet."""

    head: str
    body: tuple[str, ...] = ()


class Manner(NamedTuple):
    """How a scalar was written before, or how its neighbours are: what is kept where it can be.

    `was` is the value that it had. `block` says whether a block scalar may stand there at all, `indent` is the number
    of blanks by which its body is indented more than its key.
    """

    style: str = ""
    was: str | None = None
    flow: bool = False
    block: bool = True
    indent: int = BLOCK_STEP


def spelled(value: str, manner: Manner) -> Spelling:
    """Return how `value` is written."""
    if isinstance(value, Bare):
        return Spelling(str(value))
    if manner.block and not manner.flow and _wants_block(value, manner):
        block = _as_block(value, manner)
        if block is not None:
            return block
    return Spelling(inline(value, manner))


def inline(value: str, manner: Manner) -> str:
    """Return `value` on one line, in its old style where that can hold it."""
    if manner.style == "'" and not _TO_ESCAPE.search(value):
        return single_quoted(value)
    if manner.style == '"' or not is_plain(value, flow=manner.flow):
        return _in_quotes(value, manner.style == '"')
    return value


def _in_quotes(value: str, double: bool) -> str:
    """Double quotes, but for a text that is full of them."""
    if not double and ('"' in value or "\\" in value) and "'" not in value and not _TO_ESCAPE.search(value):
        return single_quoted(value)
    return double_quoted(value)


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether `value` can stand without quotes, and no program takes it for anything but a text."""
    if not value or value != value.strip() or _TO_ESCAPE.search(value) or _NOT_PLAIN.match(value):
        return False
    if flow and _NOT_PLAIN_IN_FLOW.search(value):
        return False
    return not _RETYPED.fullmatch(value)


def single_quoted(value: str) -> str:
    """Return `value` in single quotes; it holds nothing that needs an escape."""
    return "'" + value.replace("'", "''") + "'"


def double_quoted(value: str) -> str:
    """Return `value` in double quotes. Lone surrogates stay: they are bytes of the file, and have no escape."""
    return '"' + _ESCAPED_IN_QUOTES.sub(_escape, value) + '"'


def _escape(found: "re.Match[str]") -> str:
    character = found[0]
    if character in '"\\':
        return "\\" + character
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    return f"\\u{ord(character):04X}"


def _wants_block(value: str, manner: Manner) -> bool:
    """Lines want a block; a text of one line keeps the one that it has, unless it had more lines before."""
    lines = "\n" in value.rstrip("\n") if manner.style in ("|", ">") else "\n" in value
    if not lines:
        return manner.style in ("|", ">") and manner.was is not None and "\n" not in manner.was.rstrip("\n")
    return not (manner.style in ("'", '"') and manner.was is not None and "\n" in manner.was)


def _as_block(value: str, manner: Manner) -> Spelling | None:
    """Return `value` as a block scalar, or `None` where that would be fragile: blanks or empty lines at its end."""
    content = value.rstrip("\n")
    ends = len(value) - len(content)
    if not content or _TO_ESCAPE_IN_BLOCK.search(value) or _NOT_BLOCK.search(value):
        return None
    if ends > 1 and not _ends_with_empty_lines(manner):
        return None
    digit = str(manner.indent) if content.lstrip("\n").startswith(" ") else ""
    if digit and not 1 <= manner.indent <= 9:
        return None
    sign = ">" if manner.style == ">" and "\n" not in content else "|"
    lines = value.split("\n")
    body = lines if ends == 0 else lines[:-1]
    return Spelling(sign + digit + ("-", "", "+")[min(ends, 2)], tuple(body))


def _ends_with_empty_lines(manner: Manner) -> bool:
    """Only a block that has them already keeps empty lines at its end: whoever trims a file would change the text."""
    return manner.style in ("|", ">") and manner.was is not None and manner.was.endswith("\n\n")
