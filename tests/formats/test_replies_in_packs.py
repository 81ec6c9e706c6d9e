"""Auto-replies come back from every format, whatever stands beside them, and a pack of one book becomes any other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase import AutoReply
from qnphrase import Group
from qnphrase import Phrase
from qnphrase import Phrasebook
from qnphrase import load
from qnphrase import new_pack
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.model import MAX_THRESHOLD
from qnphrase.model import Trigger

FORMATS = ["csv", "xml", "yaml"]
TEXTS = st.sampled_from(("稍等", "抱歉，\n马上", '说"好"', "在"))
# Codes that are those of auto-replies, that nearly are, and that are none.
CODES = st.sampled_from(
    (
        "hy",
        "首次",
        "忙碌",
        "忙碌-2",
        "停用-忙碌",
        "停用-忙碌-2",
        "超1人",
        "超9999人",
        "超10000人",
        "离开→hy",
        "首次购买",
    )
)
PHRASES = st.lists(st.builds(Phrase, code=CODES, text=TEXTS), max_size=3).map(tuple)
REPLIES = st.builds(
    lambda when, threshold, enabled, said: AutoReply(
        when=when, threshold=threshold if when is Trigger.CONTACTS_OVER else None, enabled=enabled, **said
    ),
    st.sampled_from(Trigger),
    st.sampled_from((1, 30, MAX_THRESHOLD)) | st.integers(1, MAX_THRESHOLD),
    st.booleans(),
    st.one_of(
        st.builds(dict, text=TEXTS), st.builds(dict, phrase=st.sampled_from(("hy", "忙碌", "没有"))), st.just({})
    ),
)
BOOKS = st.builds(
    Phrasebook,
    phrases=PHRASES,
    groups=st.lists(
        st.builds(Group, name=st.sampled_from(("售前", AUTO_REPLY_GROUP, "售后")), phrases=PHRASES),
        max_size=3,
        unique_by=lambda group: group.name,
    ).map(tuple),
    auto_replies=st.lists(REPLIES, max_size=4).map(tuple),
)


@pytest.mark.parametrize("format_name", FORMATS)
@given(book=BOOKS)
def test_they_come_back(format_name: str, book: Phrasebook) -> None:
    try:
        data = new_pack(book, format_name, encoding="utf-8").to_bytes()
    except UnrepresentableError as error:
        refused = {phrase.group for phrase in error.phrases}
    else:
        pack = load(data, name=f"包.{format_name}")
        assert pack.book == book
        assert pack.with_book(book).to_bytes() == data
        return
    assert refused == {AUTO_REPLY_GROUP}
    assert format_name != "yaml", "where auto-replies have keys of their own"


@pytest.mark.parametrize("format_name", FORMATS)
@given(old=BOOKS, new=BOOKS)
def test_any_book_becomes_any_other(format_name: str, old: Phrasebook, new: Phrasebook) -> None:
    try:
        there = new_pack(old, format_name, encoding="utf-8").to_bytes()
        new_pack(new, format_name, encoding="utf-8")
    except UnrepresentableError:
        return
    pack = load(there, name=f"包.{format_name}").with_book(new)
    assert load(pack.to_bytes(), name=f"包.{format_name}").book == new


@pytest.mark.parametrize("format_name", ["csv", "xml"])
def test_every_threshold(format_name: str) -> None:
    replies = tuple(
        AutoReply(when="contacts_over", threshold=threshold, text="稍等", enabled=threshold % 2 == 0)
        for threshold in range(1, MAX_THRESHOLD + 1)
    )
    book = Phrasebook(auto_replies=replies)
    assert load(new_pack(book, format_name, encoding="utf-8").to_bytes(), name=f"包.{format_name}").book == book


@pytest.mark.parametrize("format_name", ["csv", "xml"])
def test_a_reply_and_a_phrase_that_is_just_like_it(format_name: str) -> None:
    """In a pack that already holds another phrase of that group."""
    old = Phrasebook(groups=(Group(name=AUTO_REPLY_GROUP, phrases=(Phrase(code="问候", text="在"),)),))
    twin = (Phrase(code="问候", text="在"), Phrase(code="忙碌", text="稍等"))
    new = Phrasebook(
        groups=(Group(name=AUTO_REPLY_GROUP, phrases=twin),), auto_replies=(AutoReply(when="busy", text="稍等"),)
    )
    pack = load(new_pack(old, format_name, encoding="utf-8").to_bytes(), name=f"包.{format_name}").with_book(new)
    assert pack.book == new
