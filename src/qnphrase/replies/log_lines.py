"""The lines of a file of any size, decoded block by block: a log of a busy week need not fit into memory."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from qnphrase.document.encoding import EURO_BYTE
from qnphrase.document.encoding import encoding_said
from qnphrase.document.guess import decode
from qnphrase.errors import UnreadableFileError
from qnphrase.language import _

BLOCK = 1 << 18  # bytes
LONGEST = 1 << 20  # characters of one line; what is longer is no line of a log


def text_lines(stream: BinaryIO, *, encoding: str | None = None, path: str = "") -> Iterator[str]:
    """Yield the lines without their ends, which are LF, CR or CRLF; a byte that can't be decoded is a lone surrogate.

    The encoding is found as that of a pack is, by the first block that isn't plain ASCII; `encoding` overrides it.
    Raises `UnreadableFileError` where the file is no text, or one line of it has no end.
    """
    rest = ""
    for text in _texts(stream, encoding, path):
        lines = (rest + text).split("\n")
        rest = lines.pop()
        if len(rest) > LONGEST:
            raise UnreadableFileError(_("有一行长得没有尽头，这不是一行一条的记录"), path=path)
        yield from lines
    if rest:
        yield rest


def _texts(stream: BinaryIO, label: str | None, path: str) -> Iterator[str]:
    """Yield the text piece by piece, with LF for every line end and without the mark at its beginning."""
    decoder = codecs.getincrementaldecoder("ascii")()
    is_known = False
    ends = _LineEnds()
    while block := stream.read(BLOCK):
        if not is_known and (label is not None or b"\0" in block or not block.isascii()):
            name, mark = _encoding(block, label, path)
            decoder, is_known = codecs.getincrementaldecoder(name)(_handler(name)), True
            block = block[mark:]
        yield ends.plain(_with_euro(decoder.decode(block)))
    yield ends.plain(_with_euro(decoder.decode(b"", final=True)), final=True)


def _with_euro(text: str) -> str:
    return text.replace(EURO_BYTE, "€") if EURO_BYTE in text else text


def _handler(codec: str) -> str:
    return "replace" if codec.startswith("utf-16") else "surrogateescape"


def _encoding(block: bytes, label: str | None, path: str) -> tuple[str, int]:
    """Return the codec and how many bytes its mark takes. Half a character at the end of the block is none to judge."""
    whole = block[: block.rfind(b"\n") + 1] if len(block) == BLOCK else block
    found = encoding_said(label, block) if label is not None else decode(whole or block, path=path)[1]
    return "gbk" if found.name == "cp936" else found.name, len(found.bom)


class _LineEnds:
    """Makes every line end LF; one that is cut in two by the end of a block is one all the same."""

    def __init__(self) -> None:
        self._held = ""

    def plain(self, text: str, *, final: bool = False) -> str:
        if not self._held and "\r" not in text:
            return text
        text = self._held + text
        self._held = "\r" if text.endswith("\r") and not final else ""
        return text[: len(text) - len(self._held)].replace("\r\n", "\n").replace("\r", "\n")
