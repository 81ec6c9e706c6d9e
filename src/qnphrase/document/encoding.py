"""How a text stands in bytes: the codec, the mark before it, and the bytes that no codec can read.

Undecodable bytes become lone surrogates (`surrogateescape`) and come back as they were.
"""

import codecs
from typing import NamedTuple

from qnphrase.errors import UsageError
from qnphrase.language import _

UTF16_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
BOMS = {codecs.BOM_UTF8: "utf-8", **UTF16_BOMS}
EURO_BYTE = "\udc80"  # how 0x80, the euro sign of Windows' code page 936, is decoded by Python's gbk

# One name for each encoding that a pack is likely to be in; cp936 is gbk with 0x80 for the euro sign, as on Windows.
_NAMES = {
    "ansi": "gbk",
    "gb2312": "gbk",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf16": "utf-16-le",
    "unicode": "utf-16-le",
}
_EITHER_UTF16 = ("utf-16", "utf16", "unicode")


class Encoding(NamedTuple):
    """How a text stands in bytes.

    `name` is a codec of Python, or `cp936`; `bom` stands before the text, `tail` behind it (half a UTF-16 unit, else
    empty); `why` tells a person how it was found.
    """

    name: str
    bom: bytes = b""
    why: str = ""
    tail: bytes = b""

    @property
    def label(self) -> str:
        """The name with the mark: `utf-8-sig` for UTF-8 with a BOM, else the plain name."""
        return "utf-8-sig" if self.name == "utf-8" and self.bom else self.name

    @property
    def declared_name(self) -> str:
        """What an XML declaration calls it."""
        names = {"cp936": "GBK", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
        return names.get(self.name, self.name.upper())

    def encode(self, text: str) -> bytes:
        """Return `text` as bytes, without BOM and tail; lone surrogates become the bytes they stand for.

        Raises `UnicodeEncodeError` for a character that the encoding can't carry.
        """
        if self.name == "cp936":
            return text.replace("€", EURO_BYTE).encode("gbk", "surrogateescape")
        return text.encode(self.name, _error_handler(self.name))

    def decode(self, body: bytes) -> str:
        """Return the text of `body`, which has neither BOM nor tail."""
        if self.name == "cp936":
            return body.decode("gbk", "surrogateescape").replace(EURO_BYTE, "€")
        return body.decode(self.name, _error_handler(self.name))

    def whole(self, text: str) -> bytes:
        """Return the bytes of a whole file that holds `text`."""
        return self.bom + self.encode(text) + self.tail


def _error_handler(codec: str) -> str:
    return "surrogatepass" if codec.startswith("utf-16") else "surrogateescape"


def named_encoding(label: str) -> Encoding:
    """Return the encoding that a user calls `label`, with the BOM that belongs to it.

    Raises `UsageError` for a name that is no text encoding, or one whose bytes depend on what stands before them.
    """
    wanted = label.strip().lower().replace("_", "-")
    if wanted == "cp936":
        return Encoding("cp936")
    try:
        name = codecs.lookup(_NAMES.get(wanted, wanted)).name
        usable = "中中".encode(name, "replace") == "中".encode(name, "replace") * 2
    except (LookupError, ValueError):
        usable = False
    if not usable:
        raise UsageError(
            _("不认识的编码：{name}").format(name=label),
            hint=_("常用的有 gbk、gb18030、utf-8、utf-8-sig、utf-16-le、utf-16-be。"),
        )
    bom = codecs.BOM_UTF8 if wanted == "utf-8-sig" else b""
    return Encoding(name, next((mark for mark, codec in UTF16_BOMS.items() if codec == name), bom))


def encoding_said(label: str, data: bytes) -> Encoding:
    """Return the encoding that a user calls `label`, with the BOM that `data` has rather than the one it should have.

    Raises `UsageError` as `named_encoding` does.
    """
    encoding = named_encoding(label)
    if label.strip().lower().replace("_", "-") in _EITHER_UTF16:
        encoding = encoding._replace(name=UTF16_BOMS.get(data[:2], encoding.name))
    mark = next((bom for bom, name in BOMS.items() if name == encoding.name and data.startswith(bom)), b"")
    return with_tail(encoding._replace(bom=mark), data)


def with_tail(encoding: Encoding, data: bytes) -> Encoding:
    """Return `encoding` with the tail of `data`: half a UTF-16 unit at the end can't be text; it is carried along."""
    odd = encoding.name.startswith("utf-16") and (len(data) - len(encoding.bom)) % 2
    return encoding._replace(tail=data[-1:]) if odd else encoding
