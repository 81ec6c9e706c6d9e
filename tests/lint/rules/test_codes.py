"""Duplicates of texts and codes, codes that clash or can't be typed, and what spreadsheets damage."""

from collections.abc import Callable
from collections.abc import Sequence

import pytest

from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rules import codes
from qnphrase.lint.subject import Subject

RULES = codes.RULES

InBook = Callable[[Sequence[Subject]], list[Finding]]
Findings = Callable[[Sequence[tuple[str, str]], str], list[Finding]]
Places = Callable[[Sequence[str], str], list[int]]


@pytest.fixture
def findings(in_book: InBook) -> Findings:
    """Tell what one rule finds in phrases of code and text."""

    def find(rows: Sequence[tuple[str, str]], rule: str) -> list[Finding]:
        subjects = [Subject("phrase", "售前", code, text, place) for place, (code, text) in enumerate(rows)]
        return [finding for finding in in_book(subjects) if finding.code == rule]

    return find


@pytest.fixture
def of_texts(findings: Findings) -> Places:
    """Tell which of these texts one rule finds."""
    return lambda texts, rule: [
        one.subject for one in findings([(f"c{n}x", text) for n, text in enumerate(texts)], rule)
    ]


@pytest.fixture
def of_codes(findings: Findings) -> Places:
    """Tell which of these codes one rule finds."""
    return lambda codes, rule: [
        one.subject for one in findings([(one, f"第{n}句话") for n, one in enumerate(codes)], rule)
    ]


def test_duplicate_texts(findings: Findings, of_texts: Places) -> None:
    assert of_texts(["您好亲", "在的", "您好亲", "您好亲"], "QN707") == [2, 3]
    assert of_texts(["您好亲 ", "您好\n亲", "您\u200b好亲"], "QN707") == [1, 2]
    assert of_texts(["您好亲", "您好亲！", "", "", " "], "QN707") == []
    (one,) = findings([("hy", "您好亲"), ("", "您好亲")], "QN707")
    assert "「售前」hy" in one.message
    assert (one.start, one.end, one.field) == (0, 3, "text")


def test_what_is_switched_off_or_a_reply_is_no_duplicate(in_book: InBook) -> None:
    subjects = [
        Subject("phrase", "售前", "hy", "您好亲", 0),
        Subject("phrase", "售前", "hy", "您好亲", 1, enabled=False),
        Subject("reply", "自动回复", "首次→hy", "您好亲", 2),
        Subject("signature", "", "", "您好亲", 3),
    ]
    assert in_book(subjects) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("您好亲，欢迎光临本店，有什么可以帮您的吗", "您好亲，欢迎光临本店，有什么可以帮到您的吗"),
        ("抱歉让您久等了，马上为您核实", "抱歉，让您久等了！马上为您核实~/:^_^"),
        ("亲，付款后48小时内发货，请您耐心等待", "亲，付款后48小时内发货的，请您耐心等待哦"),
        ("这款面料是纯棉的，不起球不褪色，请放心购买", "这款面料是纯棉的，不起球，不褪色，请您放心购买"),
        ("您好，请问有什么可以帮您", "您好，请问有什么可以帮你"),
        ("收到货有问题请第一时间联系我们，我们会尽快处理", "收到货有问题请第一时间联系我们，我们会尽快为您处理"),
        ("感谢您的支持，祝您生活愉快", "感谢您的支持！\n祝您生活愉快！"),
    ],
)
def test_near_duplicates(one: str, other: str, of_texts: Places) -> None:
    assert of_texts([one, "完全不同的另外一句话", other], "QN708") == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("身高160体重100斤建议M码哦亲，请放心拍", "身高165体重110斤建议L码哦亲，请放心拍"),
        ("亲，这款可以机洗的，请放心购买哦", "亲，这款不可以机洗的，请放心购买哦"),
        ("您的包裹由顺丰快递发出，请留意查收", "您的包裹由中通快递发出，请留意查收"),
        ("满199减20，领券下单更划算哦", "满299减30，领券下单更划算哦"),
        ("亲，红色款有货，喜欢可以拍下哦", "亲，黑色款有货，喜欢可以拍下哦"),
        ("单价9.9元一份，喜欢可以直接拍下", "单价99元一份，喜欢可以直接拍下"),
        ("付款后三天内发货，请您耐心等待哦", "付款后七天内发货，请您耐心等待哦"),
        ("这件衣服有口袋，内里加绒", "这件衣服没有口袋，内里加绒"),
        ("好的亲", "好的呢亲"),
        ("欢迎光临，请问有什么可以帮您", "抱歉，这一款暂时没有货了"),
    ],
)
def test_two_things(one: str, other: str, of_texts: Places) -> None:
    assert of_texts([one, other], "QN708") == []


def test_a_duplicate_is_not_called_near_too(of_texts: Places) -> None:
    assert of_texts(["您好亲，欢迎光临本店", "您好亲，欢迎光临本店 "], "QN708") == []


def test_duplicate_codes(findings: Findings, of_codes: Places) -> None:
    assert of_codes(["hy", "fh", "hy", "hy"], "QN713") == [2, 3]
    assert of_codes(["", "", " "], "QN713") == []
    same, alike, wide = findings([("hy", "一"), ("hy", "二"), ("HY", "三"), ("ｈｙ ", "四")], "QN713")
    assert same.severity is None
    assert alike.severity is wide.severity is Severity.WARNING
    assert "「售前」hy" in same.message


def test_code_prefixes(findings: Findings, of_codes: Places) -> None:
    assert of_codes(["hy", "hyh", "fh", "fhsj", "hyhh"], "QN714") == [0, 1, 2]
    assert of_codes(["hy1", "hy2", "01", "02", "10"], "QN714") == []
    (one,) = findings([("1", "一"), *((f"1{n}", f"第{n}句") for n in range(9))], "QN714")
    assert "「售前」10、「售前」11、「售前」12等 9 条" in one.message


@pytest.mark.parametrize("code", ["hy", "购物金退款", "tk_1-2", "a.b", "7天", "HY", "运费险（退）", "/hy", "#1"])
def test_typable(code: str, of_codes: Places) -> None:
    assert of_codes([code], "QN715") == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("h y", " "),
        ("hy ", " "),
        ("ｈｙ", "ｈｙ"),
        ("tk①", "①"),
        ("h\u200by", "\u200b"),
        ("好👍", "👍"),
        ("a\nb", "\n"),
        ("café", "é"),
    ],
)
def test_not_typable(code: str, words: str, findings: Findings) -> None:
    (one,) = findings([(code, "您好")], "QN715")
    assert code[one.start : one.end] == words
    assert one.field == "code"


@pytest.mark.parametrize(
    "code",
    [
        *("1.23E+11", "1E+05", "123456789012345000", "1月2日", "2025年1月", "2-Jan", "Jan-02", "2025/1/2"),
        *("#NAME?", "#REF!", "#N/A", "####", "=-亲", '="001"'),
    ],
)
def test_damaged_codes(code: str, findings: Findings) -> None:
    (one,) = findings([(code, "您好")], "QN716")
    assert (one.start, one.end, one.field) == (0, len(code), "code")


@pytest.mark.parametrize(
    "code", ["12", "001", "1-2", "6.18", "e5", "1e5", "a=b", "==", "#1", "618", "一月二日", "13800000000", "May"]
)
def test_sound_codes(code: str, of_codes: Places) -> None:
    assert of_codes([code], "QN716") == []


def test_lost_zeros(findings: Findings, of_codes: Places) -> None:
    assert of_codes(["010", "011", "1", "2", "hy"], "QN716") == [2, 3]
    assert of_codes(["001", "002", "1"], "QN716") == []  # 001 is there: 1 is another
    assert of_codes(["01", "02", "10", "100"], "QN716") == []
    assert of_codes(["1", "2", "3"], "QN716") == []
    assert of_codes(["007", "1", "2"], "QN716") == []
    assert of_codes(["1.0", "2.0"], "QN716") == [0, 1]
    assert of_codes(["2.0"], "QN716") == []
    assert {one.severity for one in findings([("010", "一"), ("011", "二"), ("1", "三")], "QN716")} == {
        Severity.WARNING
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("您的运单号7.73122E+14，请查收", "7.73122E+14"),
        ("#NAME?", "#NAME?"),
        ("亲，#REF!在的", "#REF!"),
        ("########", "########"),
        ("=A1&B2", "=A1&B2"),
        ("=SUM(A1:A3)", "=SUM(A1:A3)"),
    ],
)
def test_damaged_texts(text: str, words: str, findings: Findings) -> None:
    (one,) = findings([("hy", text)], "QN716")
    assert text[one.start : one.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "1月2日恢复发货",
        "======发货须知======",
        "=_= 稍等",
        "#双11# 活动",
        "## 注意 ##",
        "2E+5款",
        "满199=减20",
        "A=B",
        "1.5E 型号",
    ],
)
def test_sound_texts(text: str, findings: Findings) -> None:
    assert findings([("hy", text)], "QN716") == []
