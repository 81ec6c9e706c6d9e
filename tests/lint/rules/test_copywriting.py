"""Copywriting: what is found, what is left alone, and that fixes are stable and touch no code, link or number."""

import re
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.engine import run_rules
from qnphrase.lint.plain import prose
from qnphrase.lint.rules import copywriting
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text import TokenKind
from qnphrase.text import tokenize
from qnphrase.text.emoticons import emoticons
from qnphrase.text.fold import folded

RULES = DEFAULT = [rule for rule in copywriting.RULES if rule.on_by_default]
FIXABLE = [rule for rule in copywriting.RULES if rule.fixable]


def lint(text: str, rules: object = DEFAULT) -> list[Finding]:
    return run_rules([Subject("phrase", "", "", text, 0)], rules, Settings())  # type: ignore[arg-type]


def fixed(text: str, rules: object, *, times: int = 1) -> str:
    for _time in range(times):
        fixes = [finding.fix for finding in lint(text, rules) if finding.fix]
        taken = [fix for index, fix in enumerate(fixes) if index == 0 or fixes[index - 1].end <= fix.start]
        for fix in reversed(taken):
            text = text[: fix.start] + fix.text + text[fix.end :]
    return text


FOUND = (
    # 802
    ("亲,您好!", "802 ,", "802 !"),
    ("请问还有货吗?", "802 ?"),
    ("尺码:M", "802 :"),
    ("真的吗?!太好了", "802 ?!"),
    ("满199减20,拍下立减", "802 ,"),
    ("OK,马上发货", "802 ,"),
    ("（包邮）,放心拍", "802 ,"),
    ("您好{买家昵称},请核对地址", "802 ,"),
    ("您好,/:^_^", "802 ,"),
    ("时间:9:00", "802 :"),
    ("红色;蓝色", "802 ;"),
    ("质保一年(电池半年)", "802 (", "802 )"),
    ("包裹到驿站了. 记得取", "802 ."),
    ("感谢支持.", "802 ."),
    # 803
    ("好的，，马上", "803 ，，"),
    ("好的。。", "803 。。"),
    ("请稍等。。。", "803 。。。"),
    ("红色、、蓝色", "803 、、"),
    ("好的，。", "803 ，。"),
    ("抢购！！！！！", "803 ！！！！！"),
    ("还有货吗？？？？", "803 ？？？？"),
    ("感谢支持！！", "803 ！！"),
    ("您还在吗？？", "803 ？？"),
    ("您还在吗??", "802 ??", "803 ??"),
    ("谢谢!!", "802 !!", "803 !!"),
    ("抢购!!!!", "802 !!!!", "803 !!!!"),
    # 804
    ("您好， 请问", "804  "),
    ("您好 ，请问", "804  "),
    ("尺码：\u3000均码", "804 \u3000"),
    ("您好， {买家昵称}", "804  "),
    ("第一行\n您好 ！欢迎", "804  "),
    ("配件 （螺丝）齐全", "804  "),
    ("说明书《安装》 在盒里", "804  "),
    ("包邮（ 偏远地区除外 ）", "804  ", "804  "),
    ("“ 七天无理由 ”", "804  ", "804  "),
    ("型号Ａ８６ ，黑色", "805 Ａ８６", "804  "),
    # 805
    ("满１９９减２０", "805 １９９", "805 ２０"),
    ("ＶＩＰ会员", "805 ＶＩＰ"),
    # 806
    ("尺码偏小（建议拍大一码", "806 （"),
    ("包邮）放心拍", "806 ）"),
    ("【发货时间", "806 【"),
    ("“七天无理由", "806 “"),
    ("《洗护说明", "806 《"),
    ("您好{买家昵称", "806 {"),
    # 807
    (" 您好", "807  "),
    ("您好\n", "807 \n"),
    ("\u3000您好\t", "807 \u3000", "807 \t"),
)
FINE = """
    亲，您好！欢迎光临
    营业时间是早上9:00-18:00，兑水比例1:3
    满1,000元减100，Hello, world!
    欢迎光临/:^_^ 点这里https://m.tb.cn/h.a?b=1 (^_^)
    谢谢亲:) 爱您哟;)
    好的(^_^)/:087
    尺码S,M,L都有
    S,M,L,均码都有现货
    查看https://s.taobao.com/搜索?q=abc
    链接https://m.tb.cn/h.abc,打开即可
    比例是1:1:2
    请稍等……
    真的吗？！
    欢迎下次光临~~~
    欢迎光临！ /:^_^
    商品链接： https://m.tb.cn/h.abc
    【发货】 当天发
    红色 蓝色 黑色
    第一行，\n　　第二行
    满199减20，VIP会员再减5元
    ①选颜色②选尺码
    （＾ｏ＾）谢谢
    1)选颜色 2)选尺码
    1、选颜色；2、选尺码
    a）退货 b）换货
    一）先拍下 二）再付款
    点击这里》》》领券
    谢谢亲(^_^)
    谢谢:) 再见:(
    55”电视
    【发货】当天（16点前）下单
    “七天无理由”“运费险”
    （包邮)
    它是“《围城》”的作者
    尺码(M)都有
    一.选颜色
    好的...马上来
    （一） 先拍下
    【提示】 当天发货
    【 温馨提示 】当天发货
    （ ^_^ ）谢谢
    乾隆年间的款式，著名设计师
    亲👋 您好
"""


def test_found(row: tuple[str, list[str]], told: Callable[[str], list[str]]) -> None:
    text, expected = row
    assert told(text) == expected


@pytest.mark.parametrize("text", [line.strip().replace("\\n", "\n") for line in FINE.strip().split("\n")])
def test_fine(text: str, told: Callable[[str], list[str]]) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("亲,您好!/:^_^", "亲，您好！/:^_^"),
        ("好的。。。", "好的……"),
        ("好的。。", "好的。"),
        ("抢购!!!!", "抢购！"),
        ("您好， 请问 ？", "您好，请问？"),
        ("满１９９减２０", "满199减20"),
        (" 您好 \n", "您好"),
        ("支持USB充电，iPhone可用", "支持 USB 充电，iPhone 可用"),
        ("V领T恤满199减20", "V领T恤满199减20"),
    ],
)
def test_fixes(text: str, expected: str) -> None:
    assert fixed(text, FIXABLE, times=3) == expected


@pytest.mark.parametrize("text", ["点/:Ｏ吧", "看ｍ.tb.cn/h.abc"])
def test_a_fix_that_makes_a_code_or_link_is_not_offered(text: str) -> None:
    (finding,) = [finding for finding in lint(text) if finding.code == "QN805"]
    assert finding.fix is None


def test_the_spacing_rule_is_off() -> None:
    assert [rule.code for rule in copywriting.RULES if not rule.on_by_default] == ["QN801"]


PIECES = st.sampled_from(
    [
        *"亲您好请问吗的,!?:;，。！？：；、 \u3000\t\n()（）【】“”{}[]《》0123456789０９ＡｂAbz/:&^_~…",
        *("，，", "。。。", "！！！！", "!!!!", "https://m.tb.cn/h.a?b=1", "m.tb.cn/x", "{买家昵称}", "#BUYER_NICK#"),
        *("9:00", "1,000", "iPhone", "/::)", ":)", "(^_^)", "&amp;"),
        *emoticons(),
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)


def kept(text: str) -> list[str]:
    """What no fix may change: codes, links and placeholders, and the digits of the rest."""
    tokens = tokenize(text)
    whole = [token.text for token in tokens if token.kind is not TokenKind.PLAIN]
    return [*whole, *re.findall("[0-9]", "".join(folded(token.text) for token in tokens if token.code is None))]


@given(TEXTS)
def test_a_fix_changes_no_code_link_placeholder_or_digit(text: str) -> None:
    for rule in FIXABLE:
        assert kept(fixed(text, [rule])) == kept(text), rule.code


@given(TEXTS)
def test_what_is_fixed_stays_fixed(text: str) -> None:
    for rule in FIXABLE:
        if any(finding.fix is None for finding in lint(text, [rule])):
            continue
        after = fixed(text, [rule])
        left = [finding for finding in lint(after, [rule]) if finding.fix]
        # What a fix uncovers (a face that isn't one any longer) may need a second turn, never a third.
        assert not left or lint(fixed(after, [rule]), [rule]) == [], rule.code


@given(TEXTS)
def test_findings_of_a_rule_lie_in_prose_and_apart(text: str) -> None:
    plain = prose(text)
    assert len(plain) == len(text)
    for rule in DEFAULT:
        findings = lint(text, [rule])
        assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
        assert all(one.end <= other.start for one, other in pairwise(findings))


@pytest.mark.parametrize(
    "unit", [*"（）“，Ａ{!", "。。", ", ", "亲,", "亲 ，", "亲(", "(^", "/:", "請亲", "侯稍", "a,", "\ud800"]
)
def test_hostile_input_costs_linear_time(unit: str) -> None:
    def cost(count: int) -> float:
        text = unit * count
        start = time.process_time()
        lint(text, copywriting.RULES)
        return time.process_time() - start

    cost(1_000)
    assert cost(80_000) < 12 * cost(10_000) + 0.5
