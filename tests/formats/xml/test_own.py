"""qnphrase's own form: written without a sample, read back like any other file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.document.encoding import named_encoding
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Style
from qnphrase.formats.xml import pack
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.text(LEGAL | st.sampled_from("\n\t<&>\"']"), max_size=8)
CODES = st.sampled_from(["", "hy", "a&b", "忙碌", " "])
PHRASES = st.builds(
    lambda code, text, extra: Phrase(code=code, text=text or "x", extra=extra),
    CODES,
    TEXT,
    st.dictionaries(TEXT.filter(bool), TEXT.filter(bool), max_size=2),
)
REPLIES = st.builds(
    lambda when, text: AutoReply(when=when, threshold=30 if when is Trigger.CONTACTS_OVER else None, text=text),
    st.sampled_from(tuple(Trigger)),
    TEXT,
)
NAMES = st.sampled_from(["售前", 'a\n\t"<b', "自动回复", " "])
BOOKS = st.builds(
    lambda groups, loose, replies: Phrasebook(
        groups=tuple(Group(name=name, phrases=tuple(phrases)) for name, phrases in groups.items()),
        phrases=tuple(loose),
        auto_replies=tuple(replies),
    ),
    st.dictionaries(NAMES, st.lists(PHRASES, max_size=2), max_size=3),
    st.lists(PHRASES, max_size=2),
    st.lists(REPLIES, max_size=2),
)
STYLES = st.builds(
    Style, st.sampled_from(["", "gbk", "utf-16-le", "utf-8-sig", "gb18030", "cp936"]), st.sampled_from(["\n", "\r\n"])
)


def written(book: Phrasebook, style: Style) -> Document:
    encoding = named_encoding(style.encoding_label or "utf-8")
    data = Document.of_text(pack.new(book, style), encoding).data
    return Document.of_bytes(data, encoding=style.encoding_label or None)


@given(BOOKS, STYLES)
def test_a_new_file_holds_the_book(book, style):
    try:
        document = written(book, style)
    except UnrepresentableError:
        return  # a phrase of the group 自动回复 with the code of an auto-reply
    reading = pack.read(document, ReadOptions())
    assert reading.book() == book
    assert reading.edits(book) == []
    assert reading.facts()["profile"] == "qnphrase"
    assert not reading.facts()["declaration_lies"]
    assert reading.carries.extras is None


def test_how_it_looks():
    book = Phrasebook(
        groups=(
            Group(
                name="售前", phrases=(Phrase(code="hy", text="您好\n亲<3", extra={"登记日期": "1"}), Phrase(text="在"))
            ),
            Group(name="空"),
        ),
        phrases=(Phrase(text="散"),),
        auto_replies=(AutoReply(when=Trigger.BUSY, text="忙"),),
    )
    assert pack.new(book, Style(newline="\n")) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<qnphrase version="1">\n'
        '  <group name="售前">\n'
        '    <phrase><code>hy</code><text>您好\n亲&lt;3</text><extra name="登记日期">1</extra></phrase>\n'
        "    <phrase><text>在</text></phrase>\n"
        "  </group>\n"
        '  <group name="空"/>\n'
        '  <group name="自动回复">\n'
        "    <phrase><code>忙碌</code><text>忙</text></phrase>\n"
        "  </group>\n"
        "  <phrase><text>散</text></phrase>\n"
        "</qnphrase>\n"
    )


def test_what_the_encoding_lacks_is_a_reference():
    book = Phrasebook(phrases=(Phrase(text="好😀€"),), groups=(Group(name="😀"),))
    text = pack.new(book, Style(encoding_label="gbk", newline="\n"))
    assert text.startswith('<?xml version="1.0" encoding="GBK"?>')
    assert "<text>好&#128512;&#8364;</text>" in text
    assert '<group name="&#128512;"/>' in text


def test_what_xml_lacks_is_named():
    book = Phrasebook(
        groups=(Group(name="a\x01", phrases=(Phrase(code="c\x02", text="t\x00", extra={"e\x03": "v\ufffe"}),)),),
        phrases=(Phrase(text="fine"), Phrase(text="half \udc80")),
    )
    with pytest.raises(UnrepresentableError) as caught:
        pack.new(book, Style())
    assert [one.characters for one in caught.value.phrases] == ["\x01\x02\x00\x03\ufffe", "\udc80"]
    assert "控制字符" in caught.value.hint
