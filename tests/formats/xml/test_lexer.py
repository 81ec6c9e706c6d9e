"""The lexer is held to lxml, which is the judge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree

from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import content_value
from qnphrase.formats.xml.lexer import element_at
from qnphrase.formats.xml.lexer import root_offset
from qnphrase.formats.xml.values import decode_attribute
from qnphrase.formats.xml.values import decode_text
from qnphrase.formats.xml.values import encode_attribute
from qnphrase.formats.xml.values import encode_cdata
from qnphrase.formats.xml.values import encode_text
from qnphrase.formats.xml.values import illegal_in
from qnphrase.formats.xml.values import plain_line_breaks

CHARACTERS = st.sampled_from(
    [*"ab您\u3000\u0085\u2028😀 \t\n\r>]-?/='\"", "]]", "--", "&lt;", "&amp;", "&#13;", "&#x1F600;", "&#10;"]
)
NAMES = st.sampled_from(["a", "ns:b", "名称", "_x.y-z", "a1"])
SPACE = st.sampled_from(["", " ", "\n", "\t\r\n"])
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\t<&>\"']"), max_size=12)


@st.composite
def attributes(draw):
    parts = []
    for name in draw(st.lists(NAMES, max_size=3, unique=True)):
        quote = draw(st.sampled_from("\"'"))
        value = "".join(draw(st.lists(CHARACTERS, max_size=4))).replace(quote, "")
        parts.append(f" {draw(SPACE)}{name}{draw(SPACE)}={draw(SPACE)}{quote}{value}{quote}")
    return "".join(parts) + draw(SPACE)


def pieces():
    text = st.lists(CHARACTERS, max_size=5).map("".join).map(lambda raw: raw.replace("]]>", "").replace("]]", "] "))
    plain = st.text(alphabet="ab <&>您\r\n\t'\"?", max_size=5)
    return st.one_of(
        text.filter(lambda raw: ">" not in raw),
        plain.map(lambda raw: f"<![CDATA[{raw}]]>"),
        plain.map(lambda raw: f"<!--{raw}-->"),
        plain.map(lambda raw: f"<?pi {raw.replace('?', '')}?>"),
    )


@st.composite
def elements(draw, depth=0):
    tag, head = draw(NAMES), draw(attributes())
    if draw(st.integers(0, 3)) == 0:
        return f"<{tag}{head}/>"
    inside = pieces() if depth > 2 else st.one_of(pieces(), pieces(), elements(depth=depth + 1))
    body = "".join(draw(st.lists(inside, max_size=4)))
    return f"<{tag}{head}>{body}</{tag}{draw(SPACE)}>"


@st.composite
def documents(draw):
    declaration = draw(st.sampled_from(["", "<?xml version='1.0' encoding='gbk'?>", '<?xml version="1.0"?>\r\n']))
    doctype = draw(st.sampled_from(["", "<!DOCTYPE a>", "<!DOCTYPE a [<!ELEMENT a ANY><!-- ' ]> -->]>\n"]))
    around = st.sampled_from(["", "\n", "<!-- x -->", "<?p q?>"])
    return declaration + draw(around) + doctype + draw(around) + draw(elements()) + draw(around)


def same(text: str, ours: Element, theirs) -> None:
    assert theirs.tag == ours.tag
    assert {name: plain_line_breaks(value) for name, value in theirs.attrib.items()} == {
        one.name: plain_line_breaks(decode_attribute(one.value.of(text))) for one in ours.attributes
    }
    assert plain_line_breaks("".join(theirs.itertext(tag=None))) == content_value(text, ours)
    for attribute in ours.attributes:
        assert text[attribute.start :].startswith(attribute.name)
        assert text[attribute.value.start - 1] == text[attribute.value.end] in "\"'"
    assert text[ours.start :].startswith(f"<{ours.tag}")
    assert text[ours.open_end - 1] == ">" == text[ours.end - 1]
    children = [child for child in theirs if isinstance(child.tag, str)]
    assert len(children) == len(ours.children)
    for child, other in zip(ours.children, children, strict=True):
        same(text, child, other)


@settings(max_examples=settings().max_examples * 5)  # 500 in `make test`, 20,000 in `make nightly`
@given(documents())
def test_elements_attributes_and_texts_are_lxmls(text):
    # Prefixes without a declaration are an error of namespaces only; lxml's HTML-like names keep the colon.
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True)
    whole = text.replace("ns:b", "nsb")
    root = etree.fromstring(whole.encode(), parser)
    start = root_offset(whole)
    ours = element_at(whole, start)
    for comment in [*root.iter(etree.Comment), *root.iter(etree.ProcessingInstruction)]:
        comment.text = ""
    same(whole, ours, root)
    assert whole[ours.end :].strip(" \t\r\n").startswith(("<!--", "<?")) or not whole[ours.end :].strip()


def can_all(_text: str) -> bool:
    return True


def can_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("can_encode", [can_all, can_gbk, str.isascii])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(value=ANYTHING)
def test_values_come_back_and_lxml_agrees(can_encode, newline, value):
    value = plain_line_breaks(value)
    if illegal_in(value):
        return
    for quote in "\"'":
        raw = encode_attribute(value, quote, can_encode)
        assert decode_attribute(raw) == value
        assert etree.fromstring(f"<a b={quote}{raw}{quote}/>".encode()).get("b") == value
        assert can_encode(raw)
    raw = encode_text(value, can_encode, newline)
    assert can_encode(raw)
    assert decode_text(raw) == value
    cdata = encode_cdata(value, can_encode, newline)
    assert can_encode(cdata)
    whole = f"<a><b>{raw}</b><c><![CDATA[{cdata}]]></c></a>"
    assert [child.text or "" for child in etree.fromstring(whole.encode())] == [value, value]
    assert content_value(whole, element_at(whole, 0).children[1]) == value


@given(value=ANYTHING, old=st.sampled_from(["&#13;&#10;", "a&#xA;b", "&gt;", "\n", "&#13;", "x"]))
def test_the_habits_of_the_old_value_are_kept_and_it_still_comes_back(value, old):
    value = plain_line_breaks(value)
    if illegal_in(value):
        return
    assert plain_line_breaks(decode_text(encode_text(value, str, "\n", old))) == value
    assert plain_line_breaks(decode_attribute(encode_attribute(value, '"', str, old))) == value


@pytest.mark.parametrize(
    ("value", "old", "raw"),
    [
        ("a\nb", "x&#13;&#10;y", "a&#13;&#10;b"),
        ("a\nb", "x&#xA;y", "a&#xA;b"),
        ("a\nb", "x\ny", "a\nb"),
        ("a>b", "x&gt;y", "a&gt;b"),
        ("a>b", "x", "a>b"),
        ("]]>", "", "]]&gt;"),
        ("<&\"'", "", "&lt;&amp;\"'"),
    ],
)
def test_how_a_text_is_written(value, old, raw):
    assert encode_text(value, can_all, "\n", old) == raw


def test_characters_that_the_encoding_lacks_are_references():
    assert encode_text("好😀•", can_gbk) == "好&#128512;&#8226;"
    assert encode_attribute("好😀", '"', can_gbk) == "好&#128512;"
    assert encode_cdata("好😀", can_gbk) == "好]]>&#128512;<![CDATA["
    assert encode_cdata("a]]>b", can_gbk) == "a]]]]><![CDATA[>b"


def test_a_reference_may_have_thousands_of_leading_zeros():
    assert decode_text(f"&#{'0' * 5000}65;") == "A"
