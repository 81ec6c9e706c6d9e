"""What an attribute or a text says, and how a value is written so that it says just that.

XML itself turns a line end (CRLF, CR) into LF and any whitespace in an attribute into a blank; a reference keeps what
it names. Beyond that a line break is LF in the model, so the CR of `&#13;` becomes one, too.
"""

import re
from collections.abc import Callable

CARRIAGE_RETURN = re.compile(r"\r\n?")
_ATTRIBUTE_SPACE = re.compile(r"\r\n|[\t\r\n]")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));|&(?:amp|lt|gt|quot|apos);")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}  # the last one last
_WRITTEN_BREAK = re.compile(r"&#(?:13|x0*[dD]);(?:&#(?:10|x0*[aA]);)?|&#(?:10|x0*[aA]);")

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML 1.0 can't carry, not even as a reference."""

CDATA_OPEN = "<![CDATA["
CDATA_CLOSE = "]]>"
CanEncode = Callable[[str], bool]


def plain_line_breaks(value: str) -> str:
    """Return `value` with LF for each line break."""
    return CARRIAGE_RETURN.sub("\n", value) if "\r" in value else value


def _named(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    if hexadecimal is None and decimal is None:
        return _ENTITIES[reference[0]]
    return chr(code_point(hexadecimal, decimal))


def code_point(hexadecimal: str | None, decimal: str) -> int:
    """Return the number of a character reference; any number of leading zeros is allowed, and `int` refuses 4,300."""
    return int(hexadecimal, 16) if hexadecimal else int(decimal.lstrip("0")[:10] or "0")


def decode_text(raw: str) -> str:
    """Return what element content says to XML; no markup in it."""
    if "\r" in raw:
        raw = CARRIAGE_RETURN.sub("\n", raw)
    return _resolved(raw) if "&" in raw else raw


def decode_attribute(raw: str) -> str:
    """Return what the inside of an attribute's quotes says to XML."""
    if "\n" in raw or "\t" in raw or "\r" in raw:
        raw = _ATTRIBUTE_SPACE.sub(" ", raw)
    return _resolved(raw) if "&" in raw else raw


def _resolved(raw: str) -> str:
    if "&#" in raw:
        return _REFERENCE.sub(_named, raw)
    for entity, character in _ENTITIES.items():
        raw = raw.replace(entity, character)
    return raw


def _written_break(old: str) -> str | None:
    """How line breaks were written as references in the raw value `old`, if they were."""
    found = _WRITTEN_BREAK.search(old)
    return found[0] if found and "\n" not in old and "\r" not in old else None


def encode_text(value: str, can_encode: CanEncode, newline: str = "\n", old: str = "") -> str:
    """Return `value` as element content; `old` is the raw content in whose habits it is written."""
    raw = value.replace("&", "&amp;").replace("<", "&lt;")
    raw = raw.replace(">", "&gt;") if "&gt;" in old else raw.replace("]]>", "]]&gt;")
    raw = _referred(raw, can_encode)
    return raw.replace("\n", _written_break(old) or newline) if "\n" in raw else raw


def encode_attribute(value: str, quote: str, can_encode: CanEncode, old: str = "") -> str:
    """Return `value` as the inside of an attribute in `quote`s."""
    raw = value.replace("&", "&amp;").replace("<", "&lt;").replace(quote, "&quot;" if quote == '"' else "&apos;")
    raw = raw.replace(">", "&gt;") if "&gt;" in old else raw
    raw = _referred(raw, can_encode).replace("\t", "&#9;").replace("\r", "&#13;")
    return raw.replace("\n", _written_break(old) or "&#10;") if "\n" in raw else raw


def encode_cdata(value: str, can_encode: CanEncode, newline: str = "\n") -> str:
    """Return `value` as the inside of a CDATA section, which it leaves where it must: for `]]>` and for references."""
    raw = value.replace("]]>", "]]]]><![CDATA[>")
    if not can_encode(raw):
        raw = "".join(char if can_encode(char) else f"]]>&#{ord(char)};<![CDATA[" for char in raw)
    return raw.replace("\n", newline)


def _referred(raw: str, can_encode: CanEncode) -> str:
    if can_encode(raw):
        return raw
    return "".join(char if can_encode(char) else f"&#{ord(char)};" for char in raw)


def illegal_in(*values: str) -> str:
    """Return the characters of `values` that XML can't carry, each once, in order."""
    return "".join(dict.fromkeys(char for value in values for char in ILLEGAL.findall(value)))
