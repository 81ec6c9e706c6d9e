import pytest

from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules.hygiene import RULES
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticons


def found(text: str, **settings: object) -> list[tuple[str, str]]:
    findings = run_rules([Subject("phrase", "售前", "hy", text, 0)], RULES, Settings(**settings))  # type: ignore[arg-type]
    return [(finding.code, text[finding.start : finding.end]) for finding in findings]


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
    ],
)
def test_a_blank_that_is_left(text: str, words: list[str]) -> None:
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
def test_no_blank(text: str) -> None:
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
        ("您好{买家昵称}", []),
        ("欢迎光临{店铺名}，{5选1}", []),
        ("亲{^_^}在的", []),
        ("{亲，满199减20，快来吧}", []),
        ("拍下备注#双11#", []),
        ("color #FFF 款", []),
        ("{/:^_^}", []),
    ],
)
def test_variables(text: str, words: list[str]) -> None:
    assert found(text) == [("QN702", word) for word in words]


def test_only_registered_variables() -> None:
    allowed = frozenset(("店铺名", "nickname"))
    assert found("{店铺名}{nickname}{买家昵称}", placeholders=allowed) == [("QN702", "{买家昵称}")]
    assert found("{{nickname}}", placeholders=allowed) == [("QN702", "{{nickname}}")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("在的/::)", ["/::)"]),
        ("哭/::~亲", ["/::~"]),
        ("酷/:8-)", ["/:8-)"]),
        ("/:,@P好的", ["/:,@P"]),
        ("再见/:bye", ["/:bye"]),
        ("送您/:rose", ["/:rose"]),
        ("好的/:ok，马上", ["/:ok"]),
        ("欢迎/:^-^", ["/:^-^"]),
        ("欢迎/:^_", ["/:^_"]),
        ("成交/:(ok)", ["/:(ok)"]),
        ("美女/:GIRL", ["/:GIRL"]),
        ("没有这个/:099", ["/:099"]),
        ("全角/：^_^和／:081", ["/：^_^", "／:081"]),
        ("哭/:T_T", ["/:T_T"]),
        ("笑/:)", ["/:)"]),
        ("抱抱/:h", ["/:h"]),
    ],
)
def test_invalid_emoticons(text: str, words: list[str]) -> None:
    assert found(text) == [("QN703", word) for word in words]


@pytest.mark.parametrize(
    "text",
    [
        *(f"好的{code}亲" for code in emoticons()),
        "https://a.cn/b 和 http://m.tb.cn/:",
        "9:00/18:00，周一/:周五",
        "电话/:138，颜色/:red，尺码/:均码",
        "(颜色/:)",
        "分隔/:---- 和 /:....",
        "单价/：815元，规格/：O款",
        "/:^_^abc/:b好/:O=O",
        "/: ^_^",
    ],
)
def test_no_invalid_emoticon(text: str) -> None:
    assert [hit for hit in found(text) if hit[0] == "QN703"] == []


@pytest.mark.parametrize(("alias", "code"), aliases().items())
def test_escaped_emoticons(alias: str, code: str) -> None:
    text = f"好的{alias}亲"
    (finding,) = [
        one for one in run_rules([Subject("phrase", "", "a", text, 0)], RULES, Settings()) if one.code == "QN704"
    ]
    assert finding.fix is not None
    assert finding.fix.safe
    assert text[: finding.fix.start] + finding.fix.text + text[finding.fix.end :] == f"好的{code}亲"


def test_half_escaped_and_no_emoticon() -> None:
    assert found("/:&gt;_<") == [("QN704", "/:&gt;_<")]
    assert found("长 &lt; 30cm，A&amp;B") == []


@pytest.mark.parametrize(
    "signs", ["015", "043", "P", "808", ">W<", "067", "036", "039", "048", "083", "817", "076", "028", "045"]
)
def test_unfit_emoticons(signs: str) -> None:
    assert found(f"好的/:{signs}亲") == [("QN705", f"/:{signs}")]


def test_fit_emoticons() -> None:
    for code in ("/:^_^", "/:plane", "/:081", "/:>O<", "/:819", "/:O", "/:)-(", "/:018", "/:802"):
        assert found(f"好的{code}亲") == []


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
def test_unencodable_characters(text: str, words: list[str]) -> None:
    assert found(text) == [("QN706", word) for word in words]


def test_unencodable_in_another_encoding() -> None:
    assert found("谢谢😊€", encoding="utf-8") == []
    assert found("€5", encoding="cp936") == []
    assert found("€5😊", encoding="cp936") == [("QN706", "😊")]


def test_unencodable_codes_and_groups() -> None:
    subjects = [Subject("phrase", "售前😊", "h✓", "您好", 0), Subject("phrase", "售前😊", "b", "在的", 1)]
    findings = [one for one in run_rules(subjects, RULES, Settings()) if one.code == "QN706"]
    assert [(one.subject, one.field, one.start, one.end) for one in findings] == [(0, "code", 1, 2), (0, "group", 2, 3)]
    assert "✓ → √" in findings[0].message


def test_too_long() -> None:
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


def test_an_invisible_character_is_not_called_unencodable_too() -> None:
    assert found("您好\u200b亲\ufeff") == [("QN711", "\u200b"), ("QN711", "\ufeff")]


def test_too_many_emoticons() -> None:
    assert found("谢谢" + "/:Y" * 4) == []
    assert found("谢谢" + "/:Y" * 6) == [("QN712", "/:Y/:Y")]
    assert found("谢谢" + "/:Y" * 2, max_emoticons=1) == [("QN712", "/:Y")]
    assert [code for code, _words in found("/:&gt;_&lt;" * 5)].count("QN712") == 1


_SENTENCES = (
    "您好",
    "您好，欢迎光临",
    "在的",
    "亲，有什么可以帮您的吗？",
    "抱歉久等了，马上为您核实。",
    "7天无理由退换货",
    "【温馨提示】亲，48小时内发货哦！",
    "收到请回复“1”",
)


@pytest.mark.parametrize("errors", ["replace", "ignore"])
@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "gbk"), ("utf-8", "gb18030"), ("gbk", "latin-1"), ("utf-8", "latin-1")]
)
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_mojibake_of_two_encodings(sentence: str, written: str, read: str, errors: str) -> None:
    wrong = sentence.encode(written).decode(read, errors)
    assert "QN717" in [code for code, _words in found(wrong)], wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("鎮ㄥソ", ["鎮ㄥソ"]),
        ("亲，锟斤拷锟斤拷在的", ["锟斤拷锟斤拷"]),
        ("烫烫烫烫屯屯屯", ["烫烫烫烫屯屯屯"]),
        ("您��好", ["��"]),
        ("ÄúºÃ亲", ["ÄúºÃ"]),
        ("????????", ["????????"]),
    ],
)
def test_mojibake(text: str, words: list[str]) -> None:
    assert found(text) == [("QN717", word) for word in words]


def test_mojibake_says_what_it_was() -> None:
    (finding,) = run_rules([Subject("phrase", "", "a", "鎮ㄥソ", 0)], RULES, Settings())
    assert "您好" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "鎏金款和鑫月款都有货",
        "涓涓细流，浠水发货，淼淼焱焱垚垚犇犇骉骉羴羴",
        "璀璨璎珞珐琅琉璃玳瑁琥珀玛瑙，饕餮貔貅魑魅魍魉",
        "發貨時間為下單後四十八小時，請問有什麼可以幫您",
        "café crème brûlée Ångström Übergröße",
        "pīnyīn: nín hǎo，hé xiè",
        "××日晒 60×80 ±2℃ 30°",
        "小心烫烫烫的杯子，别烫手",
        "真的吗????",
        "こんにちは 안녕 Здравствуйте ㄅㄆㄇ",
        "锟字少见",
    ],
)
def test_no_mojibake(text: str) -> None:
    assert [hit for hit in found(text, encoding="utf-8") if hit[0] == "QN717"] == []


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
def test_hostile_texts_end(unit: str) -> None:
    found(unit * (200_000 // len(unit)))
