"""Which encoding some bytes are in, why we think so, and back to the very same bytes.

The order: the caller's word, a byte order mark, strict UTF-8 that reads plausibly, UTF-8 with a few broken bytes, the XML
declaration, then the Chinese encodings. Undecodable bytes become lone surrogates (`surrogateescape`) and come back as
they were.
"""

import codecs
import re
from typing import NamedTuple

from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UsageError
from qnphrase.language import _

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# One name for each encoding that a pack is likely to be in; cp936 is gbk with 0x80 for the euro sign, as Windows has it.
_NAMES = {
    "ansi": "gbk",
    "gb2312": "gbk",
    "utf-8-sig": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
}
_EURO_BYTE = "\udc80"
_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,40})["']""")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_PROBE = 65_536  # bytes that are looked at where a share decides; the rest of a file is of the same kind
_SMALL = 4_096  # bytes of GBK up to which they can be valid UTF-8 by chance


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

    def encode(self, text: str) -> bytes:
        """Return `text` as bytes, without BOM and tail; lone surrogates become the bytes they stand for.

        Raises `UnicodeEncodeError` for a character that the encoding can't carry.
        """
        if self.name == "cp936":
            return text.replace("€", _EURO_BYTE).encode("gbk", "surrogateescape")
        return text.encode(self.name, _error_handler(self.name))

    def decode(self, body: bytes) -> str:
        """Return the text of `body`, which has neither BOM nor tail."""
        if self.name == "cp936":
            return body.decode("gbk", "surrogateescape").replace(_EURO_BYTE, "€")
        return body.decode(self.name, _error_handler(self.name))

    def whole(self, text: str) -> bytes:
        """Return the bytes of a whole file that holds `text`."""
        return self.bom + self.encode(text) + self.tail


def _error_handler(codec: str) -> str:
    return "surrogatepass" if codec.startswith("utf-16") else "surrogateescape"


def named_encoding(label: str) -> Encoding:
    """Return the encoding that a user calls `label`, with the BOM that belongs to it.

    Raises `UsageError` for a name that is no text encoding.
    """
    wanted = label.strip().lower().replace("_", "-")
    if wanted == "cp936":
        return Encoding("cp936")
    try:
        codec = codecs.lookup(_NAMES.get(wanted, wanted))
        "".encode(codec.name)
    except LookupError:
        raise UsageError(
            _("不认识的编码：{name}").format(name=label),
            hint=_("常用的有 gbk、gb18030、utf-8、utf-8-sig、utf-16-le、utf-16-be。"),
        ) from None
    bom = codecs.BOM_UTF8 if wanted in ("utf-8-sig", "utf_8_sig") else b""
    if codec.name.startswith("utf-16"):
        bom = codecs.BOM_UTF16_BE if codec.name == "utf-16-be" else codecs.BOM_UTF16_LE
    return Encoding(codec.name, bom)


# Strictly decoded text of these gives its bytes back: no two byte sequences mean one character (a test tries them all).
_INJECTIVE = frozenset(("utf-8", "gbk", "gb18030"))


def decode(data: bytes, *, encoding: str | None = None, path: str = "") -> tuple[str, Encoding]:
    """Return the text of `data` and the encoding that gives the same bytes back.

    `encoding` overrides all guessing; a BOM that fits it is still taken off. Raises `UnreadableFileError` where `data`
    is no text, or the named encoding doesn't give the bytes back.
    """
    _refuse_binary(data, path)
    found = _Found(_said(data, encoding)) if encoding is not None else _find(data)
    if found is None:
        raise UnreadableFileError(_("这不是文本文件"), path=path, hint=_("请选千牛导出的 CSV 或 XML 文件。"))
    candidate = found.encoding
    if found.text is not None and candidate.name in _INJECTIVE:
        return found.text, candidate
    body = data[len(candidate.bom) : len(data) - len(candidate.tail)]
    text = candidate.decode(body)
    if candidate.name == "gbk" and _EURO_BYTE in text:
        candidate = candidate._replace(name="cp936")
        text = text.replace(_EURO_BYTE, "€")
    if not _gives_back(candidate, text, body):
        raise UnreadableFileError(
            _("用 {name} 读出来再写回去，字节会变").format(name=candidate.label),
            path=path,
            hint=_("请用 --encoding 指定正确的编码。"),
        )
    return text, candidate


class _Found(NamedTuple):
    """An encoding, and the whole text where it was decoded strictly on the way."""

    encoding: Encoding
    text: str | None = None


def _strictly(data: bytes, codec: str) -> str | int:
    """Return the text of `data`, or the offset of the first byte that `codec` can't decode."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start


def _gives_back(encoding: Encoding, text: str, body: bytes) -> bool:
    try:
        return encoding.encode(text) == body
    except UnicodeEncodeError:
        return False


def _said(data: bytes, label: str) -> Encoding:
    encoding = named_encoding(label)._replace(why=_("按 --encoding 的指定"))
    mark = next((bom for bom, name in _BOMS if name == encoding.name and data.startswith(bom)), b"")
    return _with_tail(encoding._replace(bom=mark), data)


def _with_tail(encoding: Encoding, data: bytes) -> Encoding:
    """Half a UTF-16 unit at the end can't be text; it is carried along."""
    odd = encoding.name.startswith("utf-16") and (len(data) - len(encoding.bom)) % 2
    return encoding._replace(tail=data[-1:]) if odd else encoding


def _find(data: bytes) -> _Found | None:
    for bom, name in _BOMS:
        if data.startswith(bom):
            why = _("文件开头有 {name} 的 BOM 标记").format(name=name)
            return _Found(_with_tail(Encoding(name, bom, why), data))
    if b"\0" in data:
        return _utf16_without_mark(data)
    if data.isascii():
        return _Found(Encoding("utf-8", why=_("全是 ASCII 字符，用哪种编码都一样")))
    return _utf8(data) or _declared(data) or _chinese(data)


def _utf16_without_mark(data: bytes) -> _Found | None:
    """UTF-16 without its mark has its zero bytes all on one side; anything else with a zero byte is no text."""
    probe = data[:_PROBE]
    low, high = probe[0::2].count(0), probe[1::2].count(0)
    name = "utf-16-le" if high > low else "utf-16-be"
    if len(data) % 2 or min(low, high) or max(low, high) * 50 < len(probe):
        return None
    return _Found(Encoding(name, why=_("零字节都在同一侧，是没有 BOM 的 UTF-16")))


def _utf8(data: bytes) -> _Found | None:
    text = _strictly(data, "utf-8")
    if isinstance(text, int):
        return _damaged_utf8(data, error=text)
    if len(data) <= _SMALL and _reads_better_as_gbk(data, text):
        return None
    return _Found(Encoding("utf-8", why=_("整个文件是合法的 UTF-8")), text)


def _damaged_utf8(data: bytes, error: int) -> _Found | None:
    """A UTF-8 file with a few broken bytes is still UTF-8; GB18030 would read all of it as other characters.

    In GBK text about one non-ASCII byte in six stands in something that looks like a UTF-8 sequence.
    """
    probe = data[max(0, error - _PROBE // 2) :][:_PROBE]
    all_bytes = len(_NON_ASCII.findall(probe))
    good_bytes = sum(len(sequence) for sequence in _UTF8_SEQUENCE.findall(probe))
    if good_bytes * 10 < all_bytes * 8:
        return None
    return _Found(Encoding("utf-8", why=_("绝大部分是合法的 UTF-8，个别字节有损坏")))


def _reads_better_as_gbk(data: bytes, as_utf8: str) -> bool:
    """Whether a tiny file that is valid UTF-8 is rather GBK: 930 common two-byte characters are valid UTF-8, too."""
    as_gbk = _strictly(data, "gbk")
    return isinstance(as_gbk, str) and _common_share(as_gbk) > _common_share(as_utf8)


def _common_share(text: str) -> float:
    """The share of everyday Chinese characters among the non-ASCII ones: rows 1, 3 and 16 to 55 of GB 2312."""
    strange = [character for character in text if character > "\x7f"]
    return sum(map(_is_common, strange)) / len(strange) if strange else 1.0


def _is_common(character: str) -> bool:
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and (0xB0 <= code[0] <= 0xD7 or code[0] in (0xA1, 0xA3))


def _declared(data: bytes) -> _Found | None:
    found = _DECLARATION.search(data[:400])
    if found is None:
        return None
    label = found[1].decode("ascii").lower()
    if label in ("utf-8", "utf8", "gb2312", "gbk", "cp936") or label.startswith("utf-16"):
        return None  # not UTF-8, as we know by now; and the Chinese ones are tried below, the widest last
    try:
        encoding = named_encoding(label)._replace(bom=b"", why=_("XML 声明里写着 {name}").format(name=label))
    except UsageError:
        return None
    return _Found(encoding) if isinstance(_strictly(data, encoding.name), str) else None


def _chinese(data: bytes) -> _Found:
    text = _strictly(data, "gbk")
    if isinstance(text, str):
        return _Found(Encoding("gbk", why=_("不是 UTF-8，是合法的 GBK")), text)
    if data[text] != 0x80 and isinstance(wider := _strictly(data, "gb18030"), str):
        return _Found(Encoding("gb18030", why=_("不是 UTF-8，是合法的 GB18030")), wider)
    if _EURO_BYTE in data.decode("gbk", "surrogateescape"):
        return _Found(Encoding("gbk", why=_("不是 UTF-8，按 Windows 的 GBK（代码页 936）读")))
    return _Found(Encoding("gb18030", why=_("不是 UTF-8，按 GB18030 读，有读不出来的字节（会原样保留）")))


_MAGIC = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
)


def _refuse_binary(data: bytes, path: str) -> None:
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind in ("xlsx", "xls"):
        raise UnreadableFileError(
            _("这是 Excel 工作簿（{kind}），不是 CSV，只改扩展名是不行的").format(kind=kind),
            path=path,
            hint=_("请用 Excel 或 WPS 打开，“另存为”选“CSV（逗号分隔）”。"),
        )
    if kind is not None:
        raise UnreadableFileError(
            _("这是 {kind} 文件，不是文本").format(kind=kind), path=path, hint=_("请选千牛导出的 CSV 或 XML 文件。")
        )
