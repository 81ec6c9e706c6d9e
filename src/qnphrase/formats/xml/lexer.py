"""Where tags, attributes, text and CDATA stand in a text that is well-formed.

`judge` decides whether a text is well-formed; here nothing is checked twice. lxml can't tell where an attribute value
or a CDATA section stands, and does not keep how it was written; a differential test holds this lexer to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple

from qnphrase.document.span import Span
from qnphrase.formats.xml.values import decode_attribute
from qnphrase.formats.xml.values import decode_text
from qnphrase.formats.xml.values import plain_line_breaks

# Only single characters are matched possessively: possessive groups match too much on CPython 3.11.0 to 3.11.4
# (cpython#100061), which is what Debian 12 has. Each alternative begins with another character, so nothing is tried
# twice.
SPACE = r"[ \t\r\n]"
NAME = r"""[^ \t\r\n<>/=!?"'&][^ \t\r\n<>/="'&]*+"""
COMMENT = r"<!--[^-]*+(?:-(?!->)[^-]*+)*-->"
INSTRUCTION = r"<\?[^?]*+(?:\?(?!>)[^?]*+)*\?>"
CDATA_BODY = r"[^\]]*+(?:\](?!\]>)[^\]]*+)*"
_QUOTED = r""""[^"]*+"|'[^']*+'"""
_DOCTYPE = (
    rf"<!DOCTYPE(?:[^\"'<>\[\]]++|{_QUOTED}"
    rf"|\[(?:[^\"'<\]]++|{_QUOTED}|{COMMENT}|{INSTRUCTION}|<!(?!--)(?:[^\"'>]++|{_QUOTED})*>)*\])*>"
)
TOKEN = re.compile(
    rf"(?P<text>[^<]++)|<(?P<tag>{NAME})(?P<open>(?:[^>\"']++|{_QUOTED})*)>|</(?P<close>{NAME}){SPACE}*+>"
    rf"|<!\[CDATA\[(?P<cdata>{CDATA_BODY})\]\]>|(?P<comment>{COMMENT})|(?P<pi>{INSTRUCTION})|(?P<doctype>{_DOCTYPE})"
)
_ATTRIBUTE = re.compile(rf"({NAME}){SPACE}*+={SPACE}*+(?:\"([^\"]*+)\"|'([^']*+)')")
WHITESPACE = re.compile(rf"{SPACE}*+")
_NEVER = 1 << 62
MAX_DEPTH = 256  # elements inside of each other, as lxml allows without `huge_tree`


class TooDeepError(ValueError):
    """Elements are nested too deeply; `offset` is where."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"nested too deeply at {offset}")
        self.offset = offset


class Attribute(NamedTuple):
    """An attribute: its name, where the name begins, and the value between the quotes."""

    name: str
    start: int
    value: Span

    @property
    def end(self) -> int:
        """Where the closing quote ends."""
        return self.value.end + 1


class Piece(NamedTuple):
    """A run of text or the inside of a CDATA section."""

    span: Span
    is_cdata: bool

    def decoded(self, text: str) -> str:
        """Return what this piece says to XML."""
        raw = self.span.of(text)
        return plain_line_breaks(raw) if self.is_cdata else decode_text(raw)


@dataclass(slots=True, eq=False)
class Element:
    """An element: `[start, open_end)` is its opening tag, `[close_start, end)` its closing one.

    Of `<a/>` the closing tag is empty. `end` is -1 where the text was not read to its end.
    """

    tag: str
    start: int
    open_end: int
    attributes: tuple[Attribute, ...]
    close_start: int = -1
    end: int = -1
    children: list["Element"] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    remarks: list[Span] = field(default_factory=list)  # comments and processing instructions directly inside

    @property
    def is_self_closing(self) -> bool:
        """Whether it is written as `<a/>`."""
        return self.close_start == self.end >= 0

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute called `name`."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        return None

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all elements below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_pieces(self) -> list[Piece]:
        """Return the pieces of text of the element and of all below it, in document order."""
        if not self.children:
            return self.pieces
        return sorted(piece for element in self.walk() for piece in element.pieces)


def attributes_in(text: str, start: int, end: int) -> tuple[Attribute, ...]:
    """Return the attributes of the opening tag whose name ends at `start` and which itself ends at `end`."""
    return tuple(
        Attribute(found[1], found.start(), Span(*found.span(2 if found[2] is not None else 3)))
        for found in _ATTRIBUTE.finditer(text, start, end)
    )


def token_at(text: str, offset: int) -> re.Match[str]:
    """Return the token at `offset`; its `lastgroup` is text, open, close, cdata, comment, pi or doctype."""
    found = TOKEN.match(text, offset)
    if found is None:
        raise ValueError(f"no XML token at {offset}")
    return found


def opened(text: str, token: re.Match[str]) -> Element:
    """Return the element that an `open` token begins; it is complete if it is self-closing."""
    start, end = token.span("open")
    attributes = attributes_in(text, start, end) if end - start > 1 else ()
    element = Element(token["tag"], token.start(), token.end(), attributes)
    if end > start and text[end - 1] == "/":
        element.close_start = element.end = token.end()
    return element


def element_at(text: str, offset: int, limit: int = _NEVER) -> Element:
    """Return the element that begins at `offset`, read up to `limit`; what is open there stays without an end."""
    found = token_at(text, offset)
    whole = opened(text, found)
    stack = [whole] if whole.end < 0 else []
    while stack and found.end() < limit:
        found = token_at(text, found.end())
        _take(text, found, stack)
    return whole


def _take(text: str, found: re.Match[str], stack: list[Element]) -> None:
    top = stack[-1]
    kind = found.lastgroup
    if kind == "text" or kind == "cdata":
        top.pieces.append(Piece(Span(*found.span(kind)), kind == "cdata"))
    elif kind == "open":
        child = opened(text, found)
        top.children.append(child)
        if child.end < 0:
            stack.append(child)
            if len(stack) > MAX_DEPTH:
                raise TooDeepError(child.start)
    elif kind == "close":
        top.close_start, top.end = found.span()
        stack.pop()
    else:
        top.remarks.append(Span(*found.span()))


def root_offset(text: str) -> int:
    """Return where the root element begins: behind declaration, comments, instructions and the document type."""
    offset = 0
    while (found := TOKEN.match(text, offset)) is not None and found.lastgroup != "open":
        offset = found.end()
    return offset


def attribute_value(text: str, attribute: Attribute) -> str:
    """Return what an attribute says, in the model's line breaks."""
    return plain_line_breaks(decode_attribute(attribute.value.of(text)))


def content_value(text: str, element: Element) -> str:
    """Return the text of an element and all below it, in the model's line breaks; comments say nothing."""
    return pieces_value(text, element.all_pieces())


def pieces_value(text: str, pieces: list[Piece]) -> str:
    """Return what pieces of text say together."""
    return plain_line_breaks("".join([piece.decoded(text) for piece in pieces]))


def lead_start(text: str, offset: int) -> int:
    """Return where the whitespace before `offset` begins."""
    while offset and text[offset - 1] in " \t\r\n":
        offset -= 1
    return offset


def skip_space(text: str, offset: int) -> int:
    """Return where the whitespace at `offset` ends."""
    found = WHITESPACE.match(text, offset)
    return found.end() if found else offset
