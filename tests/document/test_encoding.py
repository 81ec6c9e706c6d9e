"""Bytes to text and back: every encoding gives the same bytes, and a file is read in the encoding that it is in."""

import codecs
import encodings.aliases
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.document.encoding import named_encoding
from qnphrase.document.guess import decode
from qnphrase.errors import FileError
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UsageError

LABELS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16-le", "utf-16-be", "cp936", "big5")
LEVEL_1 = [
    bytes((lead, trail)).decode("gb2312")
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if not (lead == 0xD7 and trail > 0xF9)
]
LEVEL_2 = [bytes((lead, trail)).decode("gb2312") for lead in range(0xD8, 0xF8) for trail in range(0xA1, 0xFF)]
PACKS = (
    "快捷短语编码,快捷短语,快捷短语分组\r\nhy,您好亲，欢迎光临/:^_^,售前\r\n",
    "hy,您好,售前",
    "您好",
    "模",
    "code,text\r\n01,亲，“包邮”的哦～ 3×5=15℃ …… ①②③\r\n",
    "快捷短语\n一一一\n",
)
NESTED = st.recursive(st.binary(max_size=6), lambda inner: st.lists(inner, max_size=4).map(b"".join), max_leaves=6)
CHUNKS = st.lists(
    st.sampled_from([*("您好亲模路".encode(codec) for codec in ("gbk", "utf-8", "utf-16-le")), b",", b"\r\n", b"\x80"])
    | NESTED,
    max_size=8,
).map(b"".join)


def strictly(data, codec):
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("codec", ["gbk", "gb18030"])
def test_no_two_byte_sequences_mean_one_character(codec):
    """Strictly decoded text needs no proof that it gives its bytes back: it always does."""
    leads = [bytes([lead]) for lead in range(256)]
    twos = [bytes(pair) for pair in itertools.product(range(0x80, 256), range(256))]
    for data in leads + twos:
        text = strictly(data, codec)
        assert text is None or text.encode(codec) == data


def test_four_byte_gb18030_gives_its_bytes_back():
    sample = random.Random(4)
    for _ in range(20_000):
        data = bytes(
            (
                sample.randint(0x81, 0xFE),
                sample.randint(0x30, 0x39),
                sample.randint(0x81, 0xFE),
                sample.randint(0x30, 0x39),
            )
        )
        text = strictly(data, "gb18030")
        assert text is None or text.encode("gb18030") == data


def test_strict_utf8_gives_its_bytes_back():
    for lead, trail in itertools.product(range(0x80, 256), range(256)):
        for data in (bytes((lead, trail)), bytes((lead, trail, 0x80)), bytes((lead, trail, 0x80, 0xBF))):
            text = strictly(data, "utf-8")
            assert text is None or text.encode("utf-8") == data


@given(
    data=CHUNKS,
    label=st.sampled_from([None, *LABELS]),
    bom=st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]),
)
def test_any_bytes_come_back_or_are_refused(data, label, bom):
    data = bom + data
    refused, text, encoding = None, "", None
    try:
        text, encoding = decode(data, encoding=label)
    except UnreadableFileError as error:
        refused = error
    if encoding is None:
        assert refused.what
        assert refused.hint
    else:
        assert encoding.whole(text) == data
        assert encoding.why


@pytest.mark.parametrize("text", PACKS)
@pytest.mark.parametrize("label", [label for label in LABELS if label != "big5"])
def test_packs_are_recognised(text, label):
    encoding = named_encoding(label)
    document = Document.of_bytes(encoding.whole(text))
    assert document.text == text
    assert document.encoding.bom == encoding.bom
    assert document.data == encoding.whole(text)
    if label in ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"):
        assert document.encoding.label == label


@pytest.mark.parametrize("label", LABELS)
def test_the_callers_word_goes_first(label):
    text = "您好,光臨\r\n"
    encoding = named_encoding(label)
    assert Document.of_bytes(encoding.whole(text), encoding=label).text == text


def test_gb18030_is_used_where_gbk_ends():
    document = Document.of_bytes("亲😀".encode("gb18030"))
    assert (document.text, document.encoding.name) == ("亲😀", "gb18030")


def test_each_hanzi_alone_is_read_as_gbk():
    """930 of the 6,768 are valid UTF-8, too: 模 is C4 A3, 路 is C2 B7 (·)."""
    assert len(LEVEL_1 + LEVEL_2) + 5 == 6_768
    misread = [hanzi for hanzi in LEVEL_1 + LEVEL_2 if decode(hanzi.encode("gbk"))[0] != hanzi]
    assert misread == []


def test_each_hanzi_alone_is_read_as_utf8():
    assert [hanzi for hanzi in LEVEL_1 + LEVEL_2 if decode(hanzi.encode())[0] != hanzi] == []


@pytest.mark.parametrize("length", range(1, 6))
@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_tiny_texts_of_common_hanzi_are_read(length, codec):
    sample = random.Random(length)
    look_alike = [hanzi for hanzi in LEVEL_1 if strictly(hanzi.encode("gbk"), "utf-8")]
    texts = ["".join(sample.choices(pool, k=length)) for pool in (LEVEL_1, look_alike) for _ in range(4_000)]
    assert [text for text in texts if decode(text.encode(codec))[0] != text] == []


def test_tiny_texts_of_rare_hanzi_are_nearly_always_read():
    """With the rarer half of GB 2312 about one text of two hanzi in 700 looks like a damaged or whole UTF-8 file."""
    sample = random.Random(0)
    for length in range(1, 5):
        texts = ["".join(sample.choices(LEVEL_1 + LEVEL_2, k=length)) for _ in range(5_000)]
        misread = [text for text in texts if decode(text.encode("gbk"))[0] != text]
        assert len(misread) <= 15
        assert [text for text in texts if decode(text.encode())[0] != text] == []


@pytest.mark.parametrize(
    "text", ["Привет", "😀", "한국", "ありがとう", "a × b", "…", "您\u00b7好", "快捷 · é ° ±", "們好"]
)
def test_other_utf8_stays_utf8(text):
    assert decode(text.encode())[0] == text


def test_known_limit_a_tiny_utf8_file_with_accents_and_no_hanzi_is_read_as_gbk():
    assert decode("café".encode())[0] == "caf茅"
    assert decode("café".encode(), encoding="utf-8")[0] == "café"


def test_a_declaration_settles_what_a_tiny_file_is():
    text = '<?xml version="1.0" encoding="utf-8"?><a>·</a>'
    assert decode(text.encode())[0] == text


def test_declared_encodings_are_used():
    text = '<?xml version="1.0" encoding="Big5"?><a>您好，光臨</a>'
    found, encoding = decode(text.encode("big5"))
    assert (found, encoding.name) == (text, "big5")
    assert "big5" in encoding.why


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "no-such-thing", "idna", "utf-7", "utf-8", "utf-16"])
def test_a_declaration_may_lie(label):
    text = f'<?xml version="1.0" encoding="{label}"?><a>镕 您好</a>'
    assert decode(text.encode("gbk"))[0] == text


def test_damaged_utf8_stays_utf8():
    data = ("快捷短语编码,快捷短语,快捷短语分组\r\nhy,您好亲，欢迎光临,售前\r\n" * 3).encode()
    for broken in (data[:40] + b"\xff" + data[40:], data[:-4], data[:50] + b"\x80" + data[51:], data + b"\xe6\x82"):
        text, encoding = decode(broken)
        assert encoding.name == "utf-8"
        assert text.startswith("快捷短语编码")
        assert encoding.whole(text) == broken


def test_damage_behind_the_first_pages_is_seen():
    data = "您好亲，欢迎光临\r\n".encode() * 5_000
    broken = data[:100_000] + b"\xff" + data[100_000:]
    text, encoding = decode(broken)
    assert encoding.name == "utf-8"
    assert encoding.whole(text) == broken


def test_damaged_gbk_keeps_its_bytes():
    data = "快捷短语编码,快捷短语\r\nhy,您好".encode("gbk") + b"\xff\xff,\x81"
    text, encoding = decode(data)
    assert encoding.name == "gb18030"
    assert text.startswith("快捷短语编码")
    assert encoding.whole(text) == data


def test_0x80_is_the_euro_sign():
    data = "价格 ".encode("gbk") + b"\x8099"
    text, encoding = decode(data)
    assert (text, encoding.name) == ("价格 €99", "cp936")
    assert encoding.whole(text) == data
    assert encoding.encode("€") == b"\x80"


def test_0x80_may_also_be_a_trailing_byte():
    assert decode(b"\x81\x80,\x80")[0] == "亐,€"


def test_odd_utf16_keeps_its_last_byte():
    for codec in ("utf-16-le", "utf-16-be"):
        encoding = named_encoding(codec)
        data = encoding.whole("您好,\n") + b"\x0a"
        text, found = decode(data)
        assert (text, found.tail) == ("您好,\n", b"\x0a")
        assert found.whole(text) == data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["快捷短语编码,快捷短语\r\nhy,您好\r\n", "编码,内容\n一,一一倀\n", "a,b\n"])
def test_utf16_without_its_mark(codec, text):
    """一 is 4E 00: a zero byte may stand on either side."""
    found, encoding = decode(text.encode(codec))
    assert (found, encoding.name, encoding.bom) == (text, codec, b"")


@pytest.mark.parametrize("label", ["utf-16", "UTF16", "Unicode"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_by_name_asks_the_mark_for_the_byte_order(label, codec):
    data = named_encoding(codec).whole("您好")
    assert decode(data, encoding=label)[0] == "您好"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "xls"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"%PDF-1.4", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_other_files_are_named(data, kind):
    with pytest.raises(UnreadableFileError) as caught:
        decode(data, path="导出.csv")
    assert kind in caught.value.what
    assert caught.value.path == "导出.csv"
    assert caught.value.hint


@pytest.mark.parametrize(
    "data", [bytes(range(256)), b"\x00" * 100, b"\x00\x01\x02\x03" * 9, b"\x7fELF\x02\x01\x01\x00" + bytes(9)]
)
def test_binary_files_are_refused(data):
    with pytest.raises(UnreadableFileError, match="文本"):
        decode(data)


def test_an_empty_file_is_text():
    assert decode(b"")[0] == ""
    assert decode(codecs.BOM_UTF8)[0] == ""


@pytest.mark.parametrize(
    "data", ["您a,b\n".encode("gbk"), "您a\n".encode("utf-16"), "您a\n".encode(), bytes(range(256))]
)
def test_every_name_of_a_codec_works_or_is_refused(data):
    labels = {*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "\0", "é", "", "undefined", "utf_8_sig"}
    for label in labels:
        try:
            text, encoding = decode(data, encoding=label)
        except (UsageError, FileError):
            pass  # with a message; anything else would end in a traceback
        else:
            assert encoding.whole(text) == data


def test_names_of_encodings():
    assert named_encoding("UTF_8_SIG").bom == codecs.BOM_UTF8
    assert named_encoding("utf-8").bom == b""
    assert named_encoding("GB2312").name == "gbk"
    assert named_encoding("ansi").name == "gbk"
    assert named_encoding("utf-16").bom == codecs.BOM_UTF16_LE
    assert named_encoding(" utf-16-be ").bom == codecs.BOM_UTF16_BE
    assert named_encoding("utf-8-sig").label == "utf-8-sig"
