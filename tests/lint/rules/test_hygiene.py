"""What was to be filled in, what a pack can't carry, what nobody sees, and limits."""

from collections.abc import Callable

import pytest

from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules import hygiene
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

RULES = hygiene.RULES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我是XX旗舰店客服小王", ["XX"]),
        ("您的单号是xxx，请查收", ["xxx"]),
        ("已由××快递发出", ["××"]),
        ("预计ＸＸ天送达", ["ＸＸ"]),
        ("补偿您X元", ["X"]),
        ("X先生/女士您好", ["X"]),
        ("X月X日前发货", ["X", "X"]),
        ("全场满X减X", ["X", "X"]),
        ("给您打x折", ["x"]),
        ("补偿给您()元", ["()"]),
        ("退款（　）元已到账", ["（　）"]),
        ("活动时间__月__日", ["__", "__"]),
        ("单号：______", ["______"]),
        ("您的快递单号是____，请注意查收", ["____"]),
        ("优惠券【】已放入卡包", ["【】"]),
        ("尺码表【待填】", ["【待填】"]),
        ("（此处填写快递单号）", ["（此处填写快递单号）"]),
        ("欢迎光临【店铺名】", ["【店铺名】"]),
        ("我是<客服昵称>", ["<客服昵称>"]),
        ("已由○○快递发出", ["○○"]),
        ("我是某某旗舰店的客服", ["某某"]),
        ("张**先生您好", ["**"]),
        ("运费??元", ["??"]),
        ("截止yyyy-mm-dd", ["yyyy-mm-dd"]),
        ("TODO 补充退货地址", ["TODO"]),
        ("{}您好", ["{}"]),
        ("单号____发我", ["____"]),
        ("亲，麻烦把订单编号____告知我", ["____"]),
        ("我是##掌柜名##", ["##掌柜名##"]),
    ],
)
def test_a_blank_that_is_left(text: str, words: list[str], found: Callable) -> None:
    assert found(text) == [("QN701", word) for word in words]


@pytest.mark.parametrize(
    "text",
    [
        "XXL码适合140到155斤",
        "尺码有S/M/L/XL/XXL/XXXL/3XL，XXS偏小",
        "手机号138XXXX1234已登记",
        "运单号YT88XXXX123",
        "尺寸60×80×30cm，长×宽×高",
        "哭了T__T，开心^__^，惊(@__@)",
        "https://m.tb.cn/h.xx__yy",
        "细节见【图】，说明书见【附件】",
        "请提供【姓名】【电话】【地址】",
        "姓名：____ 电话：____ 地址：____",
        "退货单号：____ 发我",
        "单号____ 电话____ 发我",
        "请填写单号____",
        "##温馨提示##",
        "麻烦填写一下：订单号（ ）退货单号（ ）",
        "请按格式发我：XX省XX市XX区",
        "谨防自称XX客服的来电，我们不会索要验证码",
        "____________",
        "iPhone X 女士款手机壳，Model X 车载可用",
        "X型腿也能穿，X光可过",
        "√阴干 ×日晒 ×漂白",
        "活动详情：【待付款】页面可见，（到货时间待定）",
        "真的吗？？天啊",
        "**女士专用** 现货",
        "二〇〇八年建厂",
        "exxon、MAXX、xo",
        "客服邮箱xx@xx.com",
        "ヾ( )ﾉ 开心 o( )o",
    ],
)
def test_no_blank(text: str, found: Callable) -> None:
    assert [hit for hit in found(text, encoding="utf-8") if hit[0] == "QN701"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{nickname}您好", ["{nickname}"]),
        ("亲爱的#BUYER_NICK#", ["#BUYER_NICK#"]),
        ("我是{{agentName}}", ["{{agentName}}"]),
        ("订单{$订单号}已发", ["{$订单号}"]),
        ("{@转接}", ["{@转接}"]),
        ("${name}您好", ["${name}"]),
        ("{buyer.nick}您好{0}", ["{buyer.nick}", "{0}"]),
        ("{{买家昵称}}", ["{{买家昵称}}"]),
        ("##sellerNick##在的", ["##sellerNick##"]),
        ("##BUYER_NICK##，##order.id##", ["##BUYER_NICK##", "##order.id##"]),
        ("## sale ##，##11.11##，##新品##", []),
        ("您好{买家昵称}", []),
        ("欢迎光临{店铺名}，{5选1}", []),
        ("亲{^_^}在的", []),
        ("{亲，满199减20，快来吧}", []),
        ("拍下备注#双11#", []),
        ("color #FFF 款", []),
        ("{/:^_^}", []),
    ],
)
def test_variables(text: str, words: list[str], found: Callable) -> None:
    assert found(text) == [("QN702", word) for word in words]


def test_only_registered_variables(found: Callable) -> None:
    allowed = frozenset(("店铺名", "nickname"))
    assert found("{店铺名}{nickname}{买家昵称}", placeholders=allowed) == [("QN702", "{买家昵称}")]
    assert found("{{nickname}}", placeholders=allowed) == [("QN702", "{{nickname}}")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("谢谢😊亲", ["😊"]),
        ("单价¥59", ["¥"]),
        ("✅正品✅包邮", ["✅", "✅"]),
        ("面积30m²，1•2", ["²", "•"]),
        ("a\u2003b", ["\u2003"]),
        ("坏字节\udc80在", ["\udc80"]),
        ("全家👨‍👩‍👧好", ["👨‍👩‍👧"]),
        ("€5", ["€"]),
        ("￥59·满减→点★×√℃±§", []),
        ("繁體字也在GBK裡", []),
    ],
)
def test_unencodable_characters(text: str, words: list[str], found: Callable) -> None:
    assert found(text) == [("QN706", word) for word in words]


def test_unencodable_in_another_encoding(found: Callable) -> None:
    assert found("谢谢😊€", encoding="utf-8") == []
    assert found("€5", encoding="cp936") == []
    assert found("€5😊", encoding="cp936") == [("QN706", "😊")]


def test_unencodable_codes_and_groups() -> None:
    subjects = [Subject("phrase", "售前😊", "h✓", "您好", 0), Subject("phrase", "售前😊", "b", "在的", 1)]
    findings = [one for one in run_rules(subjects, RULES, Settings()) if one.code == "QN706"]
    assert [(one.subject, one.field, one.start, one.end) for one in findings] == [(0, "code", 1, 2), (0, "group", 2, 3)]
    assert "✓ → √" in findings[0].message


def test_too_long(found: Callable) -> None:
    assert found("好" * 600) == []
    assert found("好" * 603) == [("QN709", "好好好")]
    assert found("好" * 11, max_text=10) == [("QN709", "好")]
    subjects = [Subject("phrase", "组" * 21, "c" * 22, "在", 0), Subject("phrase", "组" * 21, "d", "在的", 1)]
    findings = [one for one in run_rules(subjects, RULES, Settings()) if one.code == "QN709"]
    assert {(one.subject, one.field, one.start, one.end) for one in findings} == {
        (0, "code", 20, 22),
        (0, "group", 20, 21),
    }
    assert all("不是千牛官方" in one.message for one in findings)


@pytest.mark.parametrize(
    ("text", "is_empty"), [("", True), (" \n　", True), ("\u200b", True), ("/:^_^", False), ("。", False)]
)
def test_empty(text: str, is_empty: bool) -> None:
    findings = run_rules([Subject("phrase", "售前", "hy", text, 0)], RULES, Settings())
    assert ("QN710" in [one.code for one in findings]) is is_empty
    assert all(one.field == "code" for one in findings if one.code == "QN710")


@pytest.mark.parametrize(
    ("text", "words", "mended"),
    [
        ("您好\u200b亲", ["\u200b"], "您好亲"),
        ("\ufeff您好", ["\ufeff"], "您好"),
        ("您\u200d好\u200c", ["\u200d", "\u200c"], "您好"),
        ("您好\u2028亲", ["\u2028"], "您好\n亲"),
        ("您\x00好\x07", ["\x00", "\x07"], "您好"),
        ("\u202e反\u202c", ["\u202e", "\u202c"], "反"),
        ("软\xad连", ["\xad"], "软连"),
        ("制表\t换行\n空格 　", [], None),
        ("👨‍👩‍👧❤️", [], None),
        ("نمی‌خواهم", [], None),
    ],
)
def test_invisible_characters(text: str, words: list[str], mended: str | None) -> None:
    findings = [
        one
        for one in run_rules([Subject("phrase", "", "a", text, 0)], RULES, Settings(encoding="utf-8"))
        if one.code == "QN711"
    ]
    assert [text[one.start : one.end] for one in findings] == words
    for one in reversed(findings):
        assert one.fix is not None
        text = text[: one.fix.start] + one.fix.text + text[one.fix.end :]
    assert mended is None or text == mended


def test_an_invisible_character_is_not_called_unencodable_too(found: Callable) -> None:
    assert found("您好\u200b亲\ufeff") == [("QN711", "\u200b"), ("QN711", "\ufeff")]


def test_severities() -> None:
    assert {rule.code: rule.severity for rule in RULES if rule.severity is Severity.ERROR}.keys() == {
        "QN701",
        "QN706",
        "QN710",
        "QN717",
    }


@pytest.mark.parametrize(
    "unit", ["X", "Ｘ", "（", "/:^-^", "/:(", "\u200b", "\udc80", "鎮ㄥソ", "ÄúºÃ", "?", "[待", "姓名：__ "]
)
def test_hostile_texts_end(unit: str, found: Callable) -> None:
    found(unit * (200_000 // len(unit)))
