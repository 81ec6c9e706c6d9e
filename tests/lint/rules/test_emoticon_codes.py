"""Emoticon codes: wrong ones, escaped ones, unfit ones, too many."""

from collections.abc import Callable

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules import hygiene
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticons

RULES = hygiene.RULES


@pytest.mark.parametrize(
    "text",
    [
        *(f"好的{code}亲" for code in emoticons()),
        "https://a.cn/b 和 http://m.tb.cn/:",
        "9:00/18:00，周一/:周五",
        "电话/:138，颜色/:red，尺码/:均码",
        "身高/:165建议M码，单价/:199包邮，满/:300元减",
        "(颜色/:)",
        "分隔/:---- 和 /:....",
        "单价/：815元，规格/：O款",
        "/:^_^abc/:b好/:O=O",
        "/: ^_^",
    ],
)
def test_no_invalid_emoticon(text: str, found: Callable) -> None:
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


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("兴隆/:*&amp;，在的", "/:*&amp;", "/:*&*"),
        ("委屈/:&gt;.&lt;亲", "/:&gt;.&lt;", "/:>_<"),
        ("大叫/:&gt;o&lt;", "/:&gt;o&lt;", "/:>O<"),
        ("（/:*&amp;...）", "/:*&amp;", "/:*&*"),
    ],
)
def test_an_escaped_code_with_another_mistake_is_mended_by_hand(text: str, words: str, code: str) -> None:
    findings = run_rules([Subject("phrase", "", "a", text, 0)], RULES, Settings())
    assert [(one.code, text[one.start : one.end]) for one in findings] == [("QN704", words)]
    assert findings[0].fix is not None
    assert (findings[0].fix.text, findings[0].fix.safe) == (code, False)


def test_fit_emoticons(found: Callable) -> None:
    for code in ("/:^_^", "/:plane", "/:081", "/:>O<", "/:819", "/:O", "/:)-(", "/:018", "/:802"):
        assert found(f"好的{code}亲") == []


def test_too_many_emoticons(found: Callable) -> None:
    assert found("谢谢" + "/:Y" * 4) == []
    assert found("谢谢" + "/:Y" * 6) == [("QN712", "/:Y/:Y")]
    assert found("谢谢" + "/:Y" * 2, max_emoticons=1) == [("QN712", "/:Y")]
    assert [code for code, _words in found("/:&gt;_&lt;" * 5)].count("QN712") == 1


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
        ("没有/:999帮您登记", ["/:999"]),
        ("已放进包裹/:999", ["/:999"]),
        ("笑脸/:&gt;.&gt;", []),
        ("全角/：^_^和／:081", ["/：^_^", "／:081"]),
        ("哭/:T_T", ["/:T_T"]),
        ("笑/:)", ["/:)"]),
        ("抱抱/:h", ["/:h"]),
    ],
)
def test_invalid_emoticons(text: str, words: list[str], found: Callable) -> None:
    assert found(text) == [("QN703", word) for word in words]


def test_half_escaped_and_no_emoticon(found: Callable) -> None:
    assert found("/:&lt;亲，/:&amp;&amp;，/:*&*&amp;") == []
    assert found("/:&gt;_<") == [("QN704", "/:&gt;_<")]
    assert found("长 &lt; 30cm，A&amp;B") == []


@pytest.mark.parametrize(
    "signs", ["015", "043", "P", "808", ">W<", "067", "036", "039", "048", "083", "817", "076", "028", "045"]
)
def test_unfit_emoticons(signs: str, found: Callable) -> None:
    assert found(f"好的/:{signs}亲") == [("QN705", f"/:{signs}")]
