"""Tone: what must be found, and what looks alike and is fine. Texts are our own, or from the course book."""

import time
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules.tone import RULES
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject


def codes(found: Callable, text: str) -> set[str]:
    return {code for code, _words in found(text)}


def tables() -> dict[str, list[str]]:
    read: dict[str, list[str]] = {}
    texts: list[str] = []
    for line in Path(__file__).with_name("tone.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            texts = read.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            texts.append(line)
    return read


TEXTS = tables()
FINE = TEXTS.pop("fine")


def told(texts: Sequence[str]) -> list[set[str]]:
    """Tell which rules find something in each of many texts; one by one they would take ten times as long."""
    found: list[set[str]] = [set() for _text in texts]
    for one in run_rules([Subject("phrase", "售前", "hy", text, 0) for text in texts], RULES, Settings()):
        found[one.subject].add(one.code)
    return found


@pytest.mark.parametrize("code", TEXTS)
def test_found(code: str) -> None:
    assert [text for text, found in zip(TEXTS[code], told(TEXTS[code]), strict=True) if code not in found] == []


def test_fine() -> None:
    assert [(text, found) for text, found in zip(FINE, told(FINE), strict=True) if found] == []


# What is said in passing needs a reader; a list of claims can't tell it from praise.
@pytest.mark.parametrize("text", ["小心他家，专门骗人的", "您找买家秀里的人去，我们图没问题", "每人每天给你打两个"])
def test_known_misses(text: str, found: Callable) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("买不起就别买，充什么尾巴狼", [("QN501", "买不起就别"), ("QN501", "充什么尾巴狼")]),
        ("嫌高别买啊，没人逼着你买", [("QN502", "嫌高别"), ("QN502", "没人逼着你买")]),
        ("亲，\n还价请绕道", [("QN502", "还价请绕道")]),
        ("ＳＢ买家，嫌贵就别买！", [("QN501", "ＳＢ买家")]),
        ("ＳＢ买家！嫌贵就别买！", [("QN501", "ＳＢ买家"), ("QN502", "嫌贵就别")]),
        ("什么事啊？", [("QN507", "什么事啊")]),
        ("您的快递，你记得取，你签收", [("QN508", "你")]),
    ],
)
def test_the_very_words(text: str, expected: list[tuple[str, str]], found: Callable) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("要买快买，不买拉倒", "QN502"),
        ("懒得回答这种问题", "QN502"),
        ("你怎么这么笨，教了三遍还不会", "QN501"),
        ("别怪我不客气", "QN506"),
    ],
)
def test_words_are_reported_once_by_the_stricter_rule(text: str, code: str, found: Callable) -> None:
    assert codes(found, text) == {code}


def test_a_plain_refusal_is_a_warning_and_a_reason_excuses_it(found: Callable) -> None:
    (finding,) = run_rules([Subject("phrase", "", "", "本店不接受讨价还价", 0)], RULES, Settings())
    assert finding.severity == "warning"
    assert found("本店不接受讨价还价，请多多理解") == []
    assert found("本店不接受讨价还价。小本生意，请多多理解") == []
    assert found("本店不接受讨价还价，请理解，还价请绕道") == [("QN502", "还价请绕道")]


def test_a_signature_may_be_short() -> None:
    assert run_rules([Subject("signature", "", "", "没有", 0)], RULES, Settings()) == []


@pytest.mark.parametrize(
    "unit",
    [
        *("你", "您你", "买不起就别买", "嫌", "“", "“买不起", "别家", "快递的问题", "不", "我们", "没人逼你", "滚"),
        *("没有", "说了多少遍", "他家的", "不改差评", "你自己", "到底买不买，", "\ud800"),
    ],
)
def test_hostile_input_costs_linear_time(unit: str, found: Callable) -> None:
    def cost(count: int) -> float:
        start = time.perf_counter()
        found(unit * count)
        return time.perf_counter() - start

    cost(1_000)
    assert cost(40_000) < 12 * cost(5_000) + 0.5
