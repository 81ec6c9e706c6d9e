from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticons
from qnphrase.text.measure import length
from qnphrase.text.measure import unencodable
from qnphrase.text.measure import visible_length
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

SURROGATES = st.integers(0xD800, 0xDFFF).map(chr)
PIECES = (
    st.sampled_from([*emoticons(), *aliases(), "/:", "https://m.tb.cn/h", "{a}"]) | st.text(max_size=4) | SURROGATES
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
ENCODINGS = ["ascii", "latin-1", "gb2312", "gbk", "gb18030", "big5", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"]


@pytest.mark.parametrize(
    ("text", "characters", "visible"),
    [
        ("", 0, 0),
        ("您好", 2, 2),
        ("😀𠮷", 2, 2),
        ("您好/:^_^", 7, 3),
        ("/:O=O/:O", 8, 2),
        ("/:(Zz...)", 9, 1),
        ("/:&gt;_&lt;", 11, 1),
        ("/::)", 4, 4),
        ("a\r\nb", 4, 4),
        ("https://a.com/:^_^", 18, 14),
        ("\ud800", 1, 1),
    ],
)
def test_lengths(text, characters, visible):
    assert (length(text), visible_length(text)) == (characters, visible)


@given(TEXTS)
def test_visible_length_agrees_with_the_tokens(text):
    assert visible_length(text) == sum(
        1 if token.kind is TokenKind.EMOTICON else token.end - token.start for token in tokenize(text)
    )


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("", "ascii", []),
        ("您好", "gbk", []),
        ("您好", "ascii", [(0, "您"), (1, "好")]),
        ("价€5¥²•\xa0好", "gbk", [(1, "€"), (3, "¥"), (4, "²"), (5, "•"), (6, "\xa0")]),
        ("￥5", "gbk", []),
        ("好😀好😀", "gbk", [(1, "😀"), (3, "😀")]),
        ("€😀\xa0", "gb18030", []),
        ("镕", "gb2312", [(0, "镕")]),
        ("a\udc80b\ud83d\ude00", "utf-8", [(1, "\udc80"), (3, "\ud83d"), (4, "\ude00")]),
        ("a\udc80", "gb18030", [(1, "\udc80")]),
        ("a\ud800", "utf-16", [(1, "\ud800")]),
    ],
)
def test_unencodable(text, encoding, expected):
    assert unencodable(text, encoding) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_what_is_not_named_can_be_encoded_and_what_is_named_cannot(encoding, text):
    misfits = unencodable(text, encoding)
    assert misfits == sorted(misfits)
    named = {offset for offset, _ in misfits}
    "".join(char for offset, char in enumerate(text) if offset not in named).encode(encoding)
    for offset, char in misfits:
        assert text[offset] == char
        with pytest.raises(UnicodeEncodeError):
            char.encode(encoding)


@pytest.mark.parametrize("text", ["", "a", "您好"])
@pytest.mark.parametrize("encoding", ["no-such-encoding", "rot13"])
def test_an_unknown_encoding_is_an_error(text, encoding):
    with pytest.raises(LookupError):
        unencodable(text, encoding)


def test_time_grows_with_the_number_of_misfits_not_with_its_square():
    def seconds(count):
        start = time.process_time()
        assert len(unencodable("好€" * count, "gbk")) == count
        return time.process_time() - start

    # Linear time grows sixteenfold, quadratic time 256-fold.
    assert min(seconds(320_000) for _ in range(3)) < 80 * max(min(seconds(20_000) for _ in range(3)), 0.001)
