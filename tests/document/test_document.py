"""An edited document has the new text, and the old bytes wherever it was not edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.document.encoding import Encoding
from qnphrase.document.encoding import named_encoding
from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import VerificationError

LABELS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16-le", "utf-16-be", "cp936")
IN_ALL = st.text(st.sampled_from('a,"\r\n\t您好亲模路，。…'), max_size=20)
PLACES = st.lists(st.integers(0, 20), max_size=8).map(sorted)


@st.composite
def edited_documents(draw):
    encoding = named_encoding(draw(st.sampled_from(LABELS)))
    euro = "€" if encoding.name == "cp936" else ""
    text = euro + draw(IN_ALL)
    places = [min(place, len(text)) for place in draw(PLACES)]
    spans = zip(places[::2], places[1::2], strict=False)
    edits = [Edit(Span(start, end), draw(IN_ALL)) for start, end in spans]
    return Document.of_text(text, encoding), draw(st.permutations(edits))


@given(edited_documents())
def test_edits(case):
    document, edits = case
    new = document.edited(edits)
    assert new.text == splice(document.text, edits)
    assert new.data == document.encoding.whole(new.text)
    assert Document.of_bytes(new.data, encoding=document.encoding.label).text == new.text


@given(edited_documents())
def test_undo_gives_the_original_bytes(case):
    document, edits = case
    edits = sorted(edits, key=lambda edit: edit.span)
    back, shift = [], 0
    for edit in edits:
        start = edit.span.start + shift
        back.append(Edit(Span(start, start + len(edit.text)), edit.span.of(document.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    assert document.edited(edits).edited(back).data == document.data


@st.composite
def broken_documents(draw):
    """GBK or UTF-8 with bytes that can't be decoded, and an edit anywhere."""
    label = draw(st.sampled_from(["gbk", "gb18030", "utf-8", "cp936"]))
    codec = "gbk" if label == "cp936" else label
    chunks = st.sampled_from(
        ["您".encode(codec), b"a", b",", b"\n", b"\xff", b"\x81", b"\xe6\x82", b"\x80", b"0", b"\x84\x31"]
    )
    data = b"".join(draw(st.lists(chunks, max_size=10)))
    document = Document.of_bytes(data, encoding=label)
    start = draw(st.integers(0, len(document.text)))
    end = draw(st.integers(start, len(document.text)))
    return document, Edit(Span(start, end), draw(st.text(st.sampled_from("a您,0\n"), max_size=3)))


@given(broken_documents())
def test_broken_bytes_are_kept_or_the_edit_is_refused(case):
    document, edit = case
    try:
        new = document.edited([edit])
    except VerificationError:
        return
    encode = document.encoding.encode
    assert new.text == splice(document.text, [edit])
    assert new.data.startswith(document.encoding.bom + encode(document.text[: edit.span.start]))
    assert new.data.endswith(encode(document.text[edit.span.end :]))
    assert Document.of_bytes(new.data, encoding=document.encoding.label).text == new.text


def test_no_edits_are_the_document_itself():
    document = Document.of_bytes(b"a\xff,")
    assert document.edited([]) is document


def test_a_dangling_lead_byte_swallows_nothing():
    document = Document.of_bytes(b"a,\x81", encoding="gbk")
    with pytest.raises(VerificationError):
        document.edited([Edit(Span(3, 3), "x")])
    assert document.edited([Edit(Span(0, 1), "您")]).data == "您,".encode("gbk") + b"\x81"


@pytest.mark.parametrize(("label", "character"), [("gbk", "😀"), ("gbk", "€"), ("big5", "们")])
def test_characters_that_the_encoding_lacks(label, character):
    document = Document.of_bytes(b"abc", encoding=label)
    with pytest.raises(UnrepresentableError) as caught:
        document.edited([Edit(Span(1, 2), character)])
    assert character in str(caught.value)
    assert "U+" in caught.value.what
    with pytest.raises(UnrepresentableError):
        Document.of_text(character, named_encoding(label))


def test_odd_tail_is_kept():
    data = named_encoding("utf-16-be").whole("您好") + b"\x00"
    assert Document.of_bytes(data).edited([Edit(Span(1, 2), "们")]).data == (
        named_encoding("utf-16-be").whole("您们") + b"\x00"
    )


def test_halves_of_a_character_do_not_join():
    document = Document.of_bytes("\ud83da".encode("utf-16-le", "surrogatepass"), encoding="utf-16-le")
    with pytest.raises(VerificationError):
        document.edited([Edit(Span(1, 1), "\ude00")])


def test_positions_and_errors():
    document = Document.of_bytes("a\r\n您好".encode(), path="x.csv")
    assert document.position(4) == (2, 2)
    assert str(document.syntax_error("不对", 3, hint="改")) == "x.csv:2:1: 不对\n改"


def test_check_finds_other_text():
    with pytest.raises(VerificationError):
        Document(b"a", "b", Encoding("utf-8")).check()
