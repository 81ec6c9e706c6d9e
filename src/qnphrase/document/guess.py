"""Which encoding some bytes are in, why we think so, and the text that gives back the very same bytes.

The order: the caller's word, a byte order mark, strict UTF-8 that reads plausibly, UTF-8 with a few broken bytes, the
XML declaration, then the Chinese encodings.
"""

import re
from typing import NamedTuple

from qnphrase.document.encoding import BOMS
from qnphrase.document.encoding import EURO_BYTE
from qnphrase.document.encoding import Encoding
from qnphrase.document.encoding import encoding_said
from qnphrase.document.encoding import named_encoding
from qnphrase.document.encoding import with_tail
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UsageError
from qnphrase.language import _

_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,40})["']""")
_UTF8_LABELS = ("utf-8", "utf8")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_PROBE = 65_536  # bytes that are looked at where a share decides; the rest of a file is of the same kind
_SMALL = 4_096  # bytes of GBK up to which they can look like UTF-8 by chance

# Strictly decoded text of these gives its bytes back: no two byte sequences mean one character (a test tries them all).
_INJECTIVE = frozenset(("utf-8", "gbk", "gb18030"))


def decode(data: bytes, *, encoding: str | None = None, path: str = "") -> tuple[str, Encoding]:
    """Return the text of `data` and the encoding that gives the same bytes back.

    `encoding` overrides all guessing; a BOM that fits it is still taken off. Raises `UnreadableFileError` where `data`
    is no text, or the named encoding doesn't give the bytes back.
    """
    _refuse_binary(data, path)
    found = _find(data) if encoding is None else _said(data, encoding)
    if found is None:
        raise UnreadableFileError(_("这不是文本文件"), path=path, hint=_("请选千牛导出的 CSV 或 XML 文件。"))
    candidate = found.encoding
    if found.text is not None and candidate.name in _INJECTIVE:
        return found.text, candidate
    body = data[len(candidate.bom) : len(data) - len(candidate.tail)]
    text = _text_that_gives_back(candidate, body)
    if text is None:
        raise UnreadableFileError(
            _("用 {name} 读出来再写回去，字节会变").format(name=candidate.label),
            path=path,
            hint=_("请用 --encoding 指定正确的编码。"),
        )
    if candidate.name == "gbk" and EURO_BYTE in text:
        return text.replace(EURO_BYTE, "€"), candidate._replace(name="cp936")
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


def _text_that_gives_back(encoding: Encoding, body: bytes) -> str | None:
    try:
        text = encoding.decode(body)
        return text if encoding.encode(text) == body else None
    except UnicodeError:
        return None


def _said(data: bytes, label: str) -> _Found:
    return _Found(encoding_said(label, data)._replace(why=_("按 --encoding 的指定")))


def _find(data: bytes) -> _Found | None:
    for bom, name in BOMS.items():
        if data.startswith(bom):
            why = _("文件开头有 {name} 的 BOM 标记").format(name=name)
            return _Found(with_tail(Encoding(name, bom, why), data))
    if b"\0" in data:
        return _utf16_without_mark(data)
    if data.isascii():
        return _Found(Encoding("utf-8", why=_("全是 ASCII 字符，用哪种编码都一样")))
    return _utf8(data) or _declared(data) or _chinese(data)


def _utf16_without_mark(data: bytes) -> _Found | None:
    """UTF-16 without its mark reads as everyday characters in one of the byte orders; all else with NUL is binary."""
    probe = data[:_PROBE]
    probe = probe[: len(probe) & ~1]
    share, name = max((_plain_share(probe.decode(name, "replace")), name) for name in ("utf-16-le", "utf-16-be"))
    if share < 0.5:
        return None
    return _Found(with_tail(Encoding(name, why=_("没有 BOM，但按 UTF-16 读得通")), data))


def _plain_share(text: str) -> float:
    """The share of ASCII and of characters that GB 2312 has; none where a control character says that it is no text."""
    if not text or _CONTROL.search(text):
        return 0.0
    return sum(character < "\x80" or _is_chinese(character) for character in text) / len(text)


def _utf8(data: bytes) -> _Found | None:
    text = _strictly(data, "utf-8")
    if isinstance(text, int):
        return _damaged_utf8(data, error=text)
    if _is_mostly_narrow(text) and _label_declared(data) not in _UTF8_LABELS and _reads_as_gbk(data):
        return None
    return _Found(Encoding("utf-8", why=_("整个文件是合法的 UTF-8")), text)


def _damaged_utf8(data: bytes, error: int) -> _Found | None:
    """A UTF-8 file with a few broken bytes is still UTF-8; GB18030 would read all of it as other characters.

    In GBK text about one non-ASCII byte in six stands in something that looks like a UTF-8 sequence.
    """
    probe = data[max(0, error - _PROBE // 2) :][:_PROBE]
    all_bytes = len(_NON_ASCII.findall(probe))
    good_bytes = sum(len(sequence) for sequence in _UTF8_SEQUENCE.findall(probe))
    if good_bytes * 10 < all_bytes * 8 or _reads_as_gbk(data):
        return None
    return _Found(Encoding("utf-8", why=_("绝大部分是合法的 UTF-8，个别字节有损坏")))


def _is_mostly_narrow(text: str) -> bool:
    """Whether more bytes of a tiny UTF-8 text are in two-byte characters (Latin, Greek, Arabic) than in Chinese ones.

    930 of the 6,768 hanzi of GB 2312 look like such a character: `模` is C4 A3.
    """
    if len(text) > _SMALL:
        return False
    narrow = sum("\x80" <= character < "\u0800" for character in text)
    wide = sum(character >= "\u0800" for character in text)
    return narrow * 2 > wide * 3


def _reads_as_gbk(data: bytes) -> bool:
    """Whether a tiny file reads, as GBK, as nearly nothing but characters that GB 2312 has."""
    text = _strictly(data, "gbk") if len(data) <= _SMALL else 0
    if isinstance(text, int):
        return False
    strange = [character for character in text if character >= "\x80"]
    return sum(map(_is_chinese, strange)) * 10 >= len(strange) * 9


def _is_chinese(character: str) -> bool:
    """Whether GB 2312 has the character: its signs and full-width forms (rows 1 to 3) or its hanzi (rows 16 to 87)."""
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and not 0xA4 <= code[0] <= 0xAF


def _label_declared(data: bytes) -> str:
    found = _DECLARATION.search(data[:400])
    return found[1].decode("ascii").lower() if found else ""


def _declared(data: bytes) -> _Found | None:
    label = _label_declared(data)
    if label in ("", *_UTF8_LABELS, "gb2312", "gbk", "cp936") or label.startswith("utf-16"):
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
    if EURO_BYTE in data.decode("gbk", "surrogateescape"):
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
