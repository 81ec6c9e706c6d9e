"""PyYAML's events over a text, or a piece of it, with offsets that count characters of the document's text.

libyaml refuses lone surrogates, which stand for undecodable bytes: they are parsed as private-use characters that the
text doesn't hold, one for one, and put back into the values. A BOM never gets here: its marks would be off by one.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import Any
from typing import Protocol

import yaml

from qnphrase.document.document import Document

# The classes of events, as `Any`: mypy would take them for a reason to ask whether a mark is there, which it always is.
SCALAR: Any = yaml.ScalarEvent
ALIAS: Any = yaml.AliasEvent
LIST_START: Any = yaml.SequenceStartEvent
LIST_END: Any = yaml.SequenceEndEvent
TABLE_START: Any = yaml.MappingStartEvent
TABLE_END: Any = yaml.MappingEndEvent

_SURROGATES = re.compile("[\ud800-\udfff]")
_PRIVATE = re.compile("[\U000f0000-\U0010fffd]")
_ESCAPED = re.compile(r"\\U([0-9A-Fa-f]{8})")


class Parser(Protocol):
    """What both parsers of PyYAML can do; the one in C returns `None` behind the last event."""

    def get_event(self) -> Any:
        """Return the next event."""

    def get_token(self) -> Any:
        """Return the next token; a parser is asked for events or for tokens, never for both."""


class _PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for where libyaml isn't there. It is slower, and takes no TAB outside of texts."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)

    def get_event(self) -> Any:
        """Return the next event; refuse half a surrogate pair as an escape, as libyaml does."""
        event: Any = super().get_event()  # type: ignore[no-untyped-call]
        if event.__class__ is SCALAR and _SURROGATES.search(event.value):
            raise yaml.scanner.ScannerError(None, None, "found invalid Unicode character escape code", event.start_mark)
        return event


def parser_class() -> Callable[[str], Parser]:
    """Return libyaml's parser, or PyYAML's own."""
    cyaml = getattr(yaml, "cyaml", None)
    return cyaml.CParser if cyaml is not None else _PythonParser


class Stream:
    """Events over a piece of a text. An offset of the document is a mark's index plus `shift`."""

    def __init__(self, parser: Parser, shift: int) -> None:
        self.next = parser.get_event
        self.shift = shift


class Source:
    """A document as the parser takes it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._stand_ins = _stand_ins(document.text)
        self.text = document.text.translate(self._stand_ins) if self._stand_ins else document.text
        self._originals = {ord(private): chr(surrogate) for surrogate, private in self._stand_ins.items()}

    @property
    def is_damaged(self) -> bool:
        """Whether undecodable bytes are among the text."""
        return bool(self._stand_ins)

    def restored(self, value: str) -> str:
        """Return `value` with its undecodable bytes."""
        return value.translate(self._originals) if self._originals else value

    def stream(self) -> Stream:
        """Return the events over the whole text."""
        return Stream(parser_class()(self.text), 0)

    def piece(self, start: int, end: int) -> Stream:
        """Return the events over a piece, one node.

        What stands before it on its line becomes blanks, so that columns hold. In flow columns say nothing, and a file
        may be one long line.
        """
        column = 0 if self.text[start] in "{[" else self.document.position(start).column - 1
        return Stream(parser_class()(" " * column + self.text[start:end]), start - column)

    def tokens(self) -> Iterator[tuple[Any, int, int]]:
        """Yield each token with its start and end."""
        parser = parser_class()(self.text)
        while (token := parser.get_token()) is not None:
            yield token, token.start_mark.index, token.end_mark.index
            if isinstance(token, yaml.StreamEndToken):
                return


def _stand_ins(text: str) -> dict[int, str]:
    try:
        text.encode()
    except UnicodeEncodeError:
        there = set(_PRIVATE.findall(text)) | {chr(int(code, 16) & 0x1FFFFF) for code in _escaped(text)}
        free = (chr(code) for code in range(0xF0000, 0x10FFFE) if chr(code) not in there)
        return {ord(surrogate): next(free) for surrogate in sorted(set(_SURROGATES.findall(text)))}
    return {}


def _escaped(text: str) -> list[str]:
    return [code for code in _ESCAPED.findall(text) if int(code, 16) < 0x110000]
