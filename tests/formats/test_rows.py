"""A book as rows and rows as a book."""

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.errors import UnrepresentableError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.rows import Kind
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import counts_of
from qnphrase.formats.rows import kinds_of
from qnphrase.formats.rows import rows_of_book
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

R = AUTO_REPLY_GROUP
WORDS = st.sampled_from(["", "a", "亲", "您好\n亲"])
EXTRAS = st.dictionaries(st.sampled_from(["日期", "团队"]), st.sampled_from(["x", "是"]), max_size=1)
ROWS = st.builds(
    Row,
    st.sampled_from(["", "A", "B", R]),
    st.sampled_from(["", "a", "hy", "首次", "首次-2", "忙碌", "停用-忙碌", "忙碌-3", "超30人", "离开→hy", "首次→a"]),
    WORDS,
    EXTRAS,
).filter(any)
PHRASES = st.builds(Phrase, code=WORDS, text=WORDS.filter(bool), extra=EXTRAS)
GROUPS = st.lists(
    st.builds(Group, name=st.sampled_from(["A", "B", "C"]), phrases=st.lists(PHRASES, max_size=3).map(tuple)),
    max_size=3,
    unique_by=lambda group: group.name,
)


@st.composite
def auto_replies(draw):
    when = draw(st.sampled_from(Trigger))
    threshold = draw(st.integers(1, 3)) if when is Trigger.CONTACTS_OVER else None
    said = draw(st.sampled_from([{"text": "稍等"}, {"phrase": "a"}, {"phrase": "没有"}, {}]))
    return AutoReply(when=when, threshold=threshold, enabled=draw(st.booleans()), extra=draw(EXTRAS), **said)


BOOKS = st.builds(
    Phrasebook,
    phrases=st.lists(PHRASES, max_size=3).map(tuple),
    groups=GROUPS.map(tuple),
    auto_replies=st.lists(auto_replies(), max_size=5).map(tuple),
)


@given(BOOKS)
def test_a_book_comes_back_from_its_rows(book):
    assert book_of_rows(rows_of_book(book)) == book


@given(st.lists(ROWS, max_size=8))
def test_a_book_of_any_rows_comes_back_or_is_refused(rows):
    book = book_of_rows(rows)
    try:
        again = rows_of_book(book)
    except UnrepresentableError as error:
        assume(error.phrases)
    else:
        assert book_of_rows(again) == book


@given(st.lists(ROWS, max_size=8))
def test_counts_are_those_of_the_book(rows):
    book = book_of_rows(rows)
    assert counts_of(rows) == {
        "phrases": sum(1 for _ in book.all_phrases()),
        "groups": len(book.groups),
        "ungrouped": len(book.phrases),
        "auto_replies": len(book.auto_replies),
    }


@given(st.lists(ROWS, max_size=8))
def test_every_row_is_somewhere_in_the_book(rows):
    book = book_of_rows(rows)
    kinds = kinds_of(rows)
    assert kinds.count(Kind.PHRASE) == sum(1 for _ in book.all_phrases())
    assert kinds.count(Kind.REPLY) == len(book.auto_replies)
    assert {row.group for row, kind in zip(rows, kinds, strict=True) if kind is Kind.DECLARATION} <= {
        group.name for group in book.groups
    }


def test_groups_in_the_order_of_their_first_row():
    rows = [Row("B", "1", "x"), Row("", "2", "y"), Row("A", "", ""), Row("B", "3", "z"), Row("A", "4", "w")]
    book = book_of_rows(rows)
    assert [group.name for group in book.groups] == ["B", "A"]
    assert [phrase.code for phrase in book.groups[0].phrases] == ["1", "3"]
    assert [phrase.code for phrase in book.phrases] == ["2"]
    assert kinds_of(rows)[2] is Kind.DECLARATION


def test_auto_replies_of_all_kinds():
    rows = [
        Row("A", "hy", "欢迎"),
        Row(R, "首次", "您好"),
        Row(R, "首次-2", "在的"),
        Row(R, "停用-忙碌", "稍等"),
        Row(R, "超30人", "排队中"),
        Row(R, "超50人", "人很多", {"日期": "1"}),
        Row(R, "离开→hy", "欢迎"),
    ]
    book = book_of_rows(rows)
    assert book.auto_replies == (
        AutoReply(when="first_message", text="您好"),
        AutoReply(when="first_message", text="在的"),
        AutoReply(when="busy", text="稍等", enabled=False),
        AutoReply(when="contacts_over", threshold=30, text="排队中"),
        AutoReply(when="contacts_over", threshold=50, text="人很多", extra={"日期": "1"}),
        AutoReply(when="away", phrase="hy"),
    )
    assert [group.name for group in book.groups] == ["A"]
    assert rows_of_book(book) == rows


@pytest.mark.parametrize(
    "row",
    [
        Row(R, "首次-2", "没有第一条"),
        Row(R, "hy", "普通短语"),
        Row(R, "忙碌→hy", "不是那条短语的内容"),
        Row("自动回复 ", "首次", "分组名不同"),
        Row("", "首次", "没有分组"),
    ],
)
def test_look_alikes_stay_phrases(row):
    book = book_of_rows([Row("A", "hy", "欢迎"), row])
    assert book.auto_replies == ()
    assert ("".join(name for name, phrase in book.all_phrases() if phrase.text == row.text)) == row.group
    assert book_of_rows(rows_of_book(book)) == book


def test_of_two_rows_with_one_code_the_first_is_the_auto_reply():
    book = book_of_rows([Row(R, "首次", "一"), Row(R, "首次", "二")])
    assert book.auto_replies == (AutoReply(when="first_message", text="一"),)
    assert book.groups == (Group(name=R, phrases=(Phrase(code="首次", text="二"),)),)
    assert book_of_rows(rows_of_book(book)) == book


def test_a_phrase_that_would_come_back_as_an_auto_reply_is_refused():
    book = Phrasebook(groups=(Group(name=R, phrases=(Phrase(code="首次", text="二"),)),))
    with pytest.raises(UnrepresentableError, match="分不清") as caught:
        rows_of_book(book)
    assert [phrase.code for phrase in caught.value.phrases] == ["首次"]


def test_a_pointer_repeats_the_text_of_its_phrase():
    book = Phrasebook(
        phrases=(Phrase(code="hy", text="乙"),),
        groups=(Group(name="A", phrases=(Phrase(code="hy", text="甲"),)),),
        auto_replies=(AutoReply(when="busy", phrase="hy"), AutoReply(when="away", phrase="没有")),
    )
    rows = rows_of_book(book)
    assert Row(R, "忙碌→hy", min("甲", "乙")) in rows
    assert Row(R, "离开→没有", "") in rows
    assert book_of_rows(rows) == book
