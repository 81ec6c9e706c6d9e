"""Whether a text is well-formed XML, decided by lxml; entities are refused before lxml sees them.

lxml gets the text as UTF-8, whatever the declaration says, in chunks and without building a tree. What it says of line
and column depends on its version, so the place of a fault is found by `faults`; lxml's own is the last resort.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import cast

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.xml.faults import first_fault
from qnphrase.formats.xml.lexer import COMMENT
from qnphrase.formats.xml.lexer import INSTRUCTION
from qnphrase.formats.xml.lexer import TOKEN
from qnphrase.formats.xml.lexer import skip_space
from qnphrase.language import _

if TYPE_CHECKING:
    from lxml.etree import ParserTarget
    from lxml.etree import XMLSyntaxError

_CHUNK = 1 << 18  # characters that are encoded and fed at once
_SURROGATE = re.compile("[\ud800-\udfff]")
_PROLOG = re.compile(rf"(?:[ \t\r\n]++|{COMMENT}|{INSTRUCTION})*")
_DECLARATIONS = re.compile(rf"{COMMENT}|{INSTRUCTION}|\"[^\"]*+\"|'[^']*+'|(<!ENTITY|%[^ \t\r\n;%]++;)")
_OTHER_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]++|#x[0-9A-Fa-f]++);)")
_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT of libxml2: too deep, or 10 million characters in one piece


class _NoTree:
    """A parser target that takes no events, so that only the verdict is left."""

    def close(self) -> None:
        """Return nothing: there is no tree."""


def judge(document: Document) -> bool:
    """Return whether there is a document type; raise `PackSyntaxError` where the text is not well-formed XML."""
    has_type = _refuse_entities(document)
    if skip_space(document.text, 0) == len(document.text):
        raise document.syntax_error(_("文件是空的，里面没有 XML"), 0, hint=_("请重新导出一份。"))
    if document.encoding.name == "utf-8" and _fault_of(_raw_chunks(document)) is None:
        return has_type
    fault = _fault_of(_text_chunks(document))
    if fault is not None:
        raise _syntax_error(document, fault)
    return has_type


def _fault_of(chunks: Iterable[bytes]) -> "XMLSyntaxError | None":
    """Return what lxml says against a file."""
    from lxml import etree

    parser = etree.XMLParser(
        target=cast("ParserTarget", _NoTree()),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as error:
        return error
    return None


def _raw_chunks(document: Document) -> Iterator[bytes]:
    """Yield the bytes as they are, which spares encoding them; undecodable ones are a fault then."""
    for start in range(len(document.encoding.bom), len(document.data), _CHUNK):
        yield document.data[start : start + _CHUNK]


def _text_chunks(document: Document) -> Iterator[bytes]:
    for start in range(0, len(document.text), _CHUNK):
        yield _as_utf8(document.text[start : start + _CHUNK])


def _as_utf8(chunk: str) -> bytes:
    """Encode; a lone surrogate, which stands for an undecodable byte, becomes one private-use character."""
    try:
        return chunk.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda found: chr(ord(found[0]) + 0x800), chunk).encode()


def _refuse_entities(document: Document) -> bool:
    text = document.text
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if not text.startswith("<!DOCTYPE", start):
        return False
    whole = TOKEN.match(text, start)
    end = whole.end() if whole else len(text)
    for found in _DECLARATIONS.finditer(text, start, end):
        if found[1]:
            raise document.syntax_error(
                _("文件的 DOCTYPE 里定义了实体（ENTITY），可能被用来攻击，不读"),
                found.start(),
                hint=_("正常的快捷短语文件用不到它。请向文件的来源核实，或者删掉 DOCTYPE 再试。"),
            )
    _refuse_references(document)
    return True


def _refuse_references(document: Document) -> None:
    """A document type could define an entity elsewhere, so lxml would let a reference pass: refuse it here."""
    if _OTHER_REFERENCE.search(document.text) is None:
        return
    fault = first_fault(document.text)
    if fault is not None:
        raise document.syntax_error(fault.what, fault.offset, hint=fault.hint)


def _syntax_error(document: Document, error: "XMLSyntaxError") -> PackSyntaxError:
    detail = (error.msg or "").rsplit(", line ", 1)[0].strip()
    if getattr(error, "code", 0) == _RESOURCE_LIMIT:
        what = _("XML 嵌套太深，或者有一段文字超过一千万字，不像快捷短语（{detail}）")
        return document.syntax_error(what.format(detail=detail), _offset_of(document.text, error))
    fault = first_fault(document.text)
    if fault is None:
        what = _("不是合格的 XML（{detail}）").format(detail=detail)
        return document.syntax_error(what, _offset_of(document.text, error))
    return document.syntax_error(
        _("{what}（{detail}）").format(what=fault.what, detail=detail), fault.offset, hint=fault.hint
    )


def _offset_of(text: str, error: "XMLSyntaxError") -> int:
    """Return the offset of lxml's line and column; libxml2 breaks lines at LF only, and its column may be anything."""
    line, column = error.position
    start = 0
    for _line in range(line - 1):
        next_start = text.find("\n", start) + 1
        if not next_start:
            break
        start = next_start
    end = text.find("\n", start)
    return min(start + max(column - 1, 0), len(text) if end < 0 else end)
