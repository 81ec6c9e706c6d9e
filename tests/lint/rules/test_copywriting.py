"""Copywriting: what is found, what is left alone, and that fixes are stable and touch no code, link or number."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.engine import run_rules
from qnphrase.lint.plain import prose
from qnphrase.lint.rules.copywriting import RULES
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text import TokenKind
from qnphrase.text import tokenize
from qnphrase.text.emoticons import emoticons
from qnphrase.text.fold import folded

DEFAULT = [rule for rule in RULES if rule.on_by_default]
FIXABLE = [rule for rule in RULES if rule.fixable]


def lint(text: str, rules: object = DEFAULT) -> list[Finding]:
    return run_rules([Subject("phrase", "", "", text, 0)], rules, Settings())  # type: ignore[arg-type]


def found(text: str, rules: object = DEFAULT) -> list[tuple[str, str]]:
    return [(finding.code, text[finding.start : finding.end]) for finding in lint(text, rules)]


def fixed(text: str, rules: object, *, times: int = 1) -> str:
    for _time in range(times):
        fixes = [finding.fix for finding in lint(text, rules) if finding.fix]
        taken = [fix for index, fix in enumerate(fixes) if index == 0 or fixes[index - 1].end <= fix.start]
        for fix in reversed(taken):
            text = text[: fix.start] + fix.text + text[fix.end :]
    return text


FOUND = [
    # 802
    ("亲,您好!", [("QN802", ","), ("QN802", "!")]),
    ("请问还有货吗?", [("QN802", "?")]),
    ("尺码:M", [("QN802", ":")]),
    ("真的吗?!太好了", [("QN802", "?!")]),
    ("满199减20,拍下立减", [("QN802", ",")]),
    ("OK,马上发货", [("QN802", ",")]),
    ("（包邮）,放心拍", [("QN802", ",")]),
    ("您好{买家昵称},请核对地址", [("QN802", ",")]),
    ("您好,/:^_^", [("QN802", ",")]),
    ("时间:9:00", [("QN802", ":")]),
    ("红色;蓝色", [("QN802", ";")]),
    ("质保一年(电池半年)", [("QN802", "("), ("QN802", ")")]),
    ("包裹到驿站了. 记得取", [("QN802", ".")]),
    ("感谢支持.", [("QN802", ".")]),
    # 803
    ("好的，，马上", [("QN803", "，，")]),
    ("好的。。", [("QN803", "。。")]),
    ("请稍等。。。", [("QN803", "。。。")]),
    ("红色、、蓝色", [("QN803", "、、")]),
    ("好的，。", [("QN803", "，。")]),
    ("抢购！！！！！", [("QN803", "！！！！！")]),
    ("还有货吗？？？？", [("QN803", "？？？？")]),
    ("抢购!!!!", [("QN802", "!!!!"), ("QN803", "!!!!")]),
    # 804
    ("您好， 请问", [("QN804", " ")]),
    ("您好 ，请问", [("QN804", " ")]),
    ("尺码：\u3000均码", [("QN804", "\u3000")]),
    ("您好， {买家昵称}", [("QN804", " ")]),
    ("第一行\n您好 ！欢迎", [("QN804", " ")]),
    ("配件 （螺丝）齐全", [("QN804", " ")]),
    ("说明书《安装》 在盒里", [("QN804", " ")]),
    # 805
    ("满１９９减２０", [("QN805", "１９９"), ("QN805", "２０")]),
    ("ＶＩＰ会员", [("QN805", "ＶＩＰ")]),
    # 806
    ("尺码偏小（建议拍大一码", [("QN806", "（")]),
    ("包邮）放心拍", [("QN806", "）")]),
    ("【发货时间", [("QN806", "【")]),
    ("“七天无理由", [("QN806", "“")]),
    ("《洗护说明", [("QN806", "《")]),
    ("您好{买家昵称", [("QN806", "{")]),
    # 807
    (" 您好", [("QN807", " ")]),
    ("您好\n", [("QN807", "\n")]),
    ("\u3000您好\t", [("QN807", "\u3000"), ("QN807", "\t")]),
    # 808
    ("请稍侯", [("QN808", "稍侯")]),
    ("己发货，请查收", [("QN808", "己发货")]),
    ("以经发出了", [("QN808", "以经")]),
    ("在次感谢您的支持", [("QN808", "在次感谢")]),
    ("做为补偿送您一张券", [("QN808", "做为补偿")]),
    ("因该是今天到", [("QN808", "因该是")]),
    ("师傅上门按装", [("QN808", "按装")]),
    ("有问题请急时联系", [("QN808", "急时联系")]),
    ("非常报歉", [("QN808", "报歉")]),
    ("向您道谦", [("QN808", "道谦")]),
    ("请登陆账号查看", [("QN808", "请登陆")]),
    ("领取优惠卷", [("QN808", "优惠卷")]),
    ("不好意识，让您久等了", [("QN808", "不好意识")]),
    ("感谢您的慧顾", [("QN808", "感谢您的慧顾")]),
    ("货到付款改成贷到付款", [("QN808", "贷到付款")]),
    ("祝您购物愉块", [("QN808", "愉块")]),
    ("质量问提可以退", [("QN808", "质量问提")]),
    ("穿上很显廋", [("QN808", "显廋")]),
    ("已按排补发", [("QN808", "按排")]),
    ("登陆淘宝账号查看", [("QN808", "登陆")]),
    ("部份地区不到", [("QN808", "部份")]),
    ("请核对收获地址", [("QN808", "收获")]),
    ("下单领优惠劵", [("QN808", "优惠劵")]),
    ("有问题随时资询", [("QN808", "资询")]),
    # 809
    ("欢迎光臨小店", [("QN809", "臨")]),
    ("这是標準尺码", [("QN809", "標準")]),
    ("鎮ㄥソ娆㈣繋光临，请问想看哪款", []),
    ("亲，請问有什么可以帮您", [("QN809", "請")]),
    ("我們会尽快为您处理", [("QN809", "們")]),
    ("謝谢您的支持", [("QN809", "謝")]),
    ("您的订单已经發货", [("QN809", "發")]),
]
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
    感谢支持！！
    请稍等……
    真的吗？！
    欢迎下次光临~~~
    太好了！！！
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
    请稍候，马上为您查询
    等侯先生回来给您答复
    自己发货更放心，知己知彼
    现在次日达，还在次日送达范围
    客服不在也没关系，可以留言
    现在见面礼还有
    他能做为数不多的手工款
    起因该商品缺货
    按装箱单核对
    紧急时联系店长，着急时发货优先
    您报欠费号码
    台风登陆期间发货会晚一天
    新品登陆天猫旗舰店
    优惠卷帘已售罄
    卷尺一卷，卷帘两卷
    采购卖家专享
    房贷款项
    最快第二天到
    请问提前多久预约
    可以帮组装吗
    余额支付保障您的资金安全
    可以发货，所以发货很快
    以发货时间为准，以签收时间为准
    帐号和账号都可以登录
    其它问题请咨询客服
    定单和订单都支持开票
    亲，请问有什么可以帮您？
    您好，請問有什麼可以幫您的嗎？
    親，歡迎光臨，請問需要什麼款式呢？
    資生堂和無印良品的都有现货
    顺豐快递，《時間簡史》现货
    日本の無添加面膜，简体说明书
    【萬寶龍】钢笔现货
    亲爱的妳，今天也要开心
    竹席可以经常擦
    按排名先后发货
    登陆月球的航天模型
    喜获丰收获奖产品
    尺码(M)都有
    一.选颜色
    好的...马上来
    （一） 先拍下
    【提示】 当天发货
    乾隆年间的款式，著名设计师
    亲👋 您好
"""


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", [line.strip().replace("\\n", "\n") for line in FINE.strip().split("\n")])
def test_fine(text: str) -> None:
    assert found(text) == []


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
    assert [rule.code for rule in RULES if not rule.on_by_default] == ["QN801"]


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
        start = time.perf_counter()
        lint(text, RULES)
        return time.perf_counter() - start

    cost(1_000)
    assert cost(80_000) < 12 * cost(10_000) + 0.5
