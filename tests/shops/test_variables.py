"""Variables: what a value may be, and where each character of a filled text comes from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.configuration import Mark
from qnphrase.shops.variables import Blank
from qnphrase.shops.variables import Circle
from qnphrase.shops.variables import Variable
from qnphrase.shops.variables import blanks_of
from qnphrase.shops.variables import expanded
from qnphrase.shops.variables import filled

VALUES = {"店铺名": "晴天", "发货地": "杭州余杭", "空": ""}
WRITTEN = st.lists(
    st.one_of(st.text("亲好，1{}\n", max_size=4), st.sampled_from(["{店铺名}", "{发货地}", "{空}", "{ 店铺名 }"])),
    max_size=8,
).map("".join)
MARK = Mark("qnphrase.yaml", 1, 1)


@given(WRITTEN)
def test_it_is_what_replacing_gives(text: str) -> None:
    spans = {(blank.start, blank.end): blank.name for blank in blanks_of(text)}
    pieces = re.split(r"", text)  # one character each, for an answer that is found in another way
    expected, at = "", 0
    characters = [piece for piece in pieces if piece]
    while at < len(characters):
        span = next((span for span in spans if span[0] == at and spans[span] in VALUES), None)
        expected += VALUES[spans[span]] if span else characters[at]
        at = span[1] if span else at + 1
    assert filled(text, VALUES).text == expected


@given(WRITTEN, st.data())
def test_each_character_knows_where_it_comes_from(text: str, data: st.DataObject) -> None:
    done = filled(text, VALUES)
    inside = {offset for start, end in done.values for offset in range(start, end)}
    for offset, character in enumerate(done.text):
        start, end = done.origin(offset, offset + 1)
        if offset in inside:
            assert VALUES[text[start:end].strip("{ }")]
        else:
            assert text[start:end] == character
    if done.text:
        first = data.draw(st.integers(0, len(done.text) - 1))
        last = data.draw(st.integers(first + 1, len(done.text)))
        start, end = done.origin(first, last)
        assert start == done.origin(first, first + 1)[0]
        assert end == done.origin(last - 1, last)[1]
        assert start < end


def test_what_is_missing_and_what_is_left() -> None:
    text = "亲{昵称}，{nickname}，{$订单号}，{{agent}}，{单号}"
    done = filled(text, {}, frozenset({"单号"}))
    assert done.text == text
    assert [blank.name for blank in done.missing] == ["昵称"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["48", "-1.5"], ["48小时", "一", ""]),
        ("date", ["2026-12-31", "2026-12-01..2026-12-12"], ["12月31日", "2026-02-30"]),
        ("time", ["9:00", "24:00", "09：30"], ["9点", "25:00", "9:60"]),
        ("hours", ["9:00-22:00", "22:00-8:00"], ["9点到22点", "9:00"]),
        ("phone", ["0571-88880000", "400 820 8820", "+86 571 8888 0000"], ["12", "电话 110"]),
        ("url", ["https://m.tb.cn/h.abc"], ["m.tb.cn", "https://", "https://a b"]),
        ("text", ["什么都行", ""], []),
    ],
)
def test_types(kind: str, good: list[str], bad: list[str]) -> None:
    variable = Variable("变量", MARK, kind)
    assert [value for value in good if variable.refusal(value)] == []
    assert [value for value in bad if not variable.refusal(value)] == []


def test_choices_and_length() -> None:
    assert "只能是：中通、圆通" in Variable("快递", MARK, choices=("中通", "圆通")).refusal("顺丰")
    assert "最多 3 个" in Variable("短名", MARK, max=3).refusal("晴天女装")
    assert not Variable("短名", MARK, max=4, choices=("晴天女装",)).refusal("晴天女装")


def test_values_may_hold_other_variables() -> None:
    values, wrong = expanded({"a": "1", "仓": "{城}{a}号仓", "城": "杭州"}, frozenset())
    assert (values["仓"], wrong) == ("杭州1号仓", [])


def test_values_that_need_each_other() -> None:
    _values, wrong = expanded({"甲": "{乙}", "乙": "{丙}", "丙": "{甲}", "丁": "{没有}"}, frozenset())
    assert wrong == [("丙", Circle(("甲", "乙", "丙", "甲"))), ("丁", Blank("没有", 0, 4))]
