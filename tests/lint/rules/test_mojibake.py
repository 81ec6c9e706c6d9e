"""Text read in the wrong encoding is found; rare hanzi and other scripts are left alone."""

from collections.abc import Callable

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules import hygiene
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

RULES = hygiene.RULES

_SENTENCES = (
    "您好",
    "您好，欢迎光临",
    "在的",
    "亲，有什么可以帮您的吗？",
    "抱歉久等了，马上为您核实。",
    "7天无理由退换货",
    "【温馨提示】亲，48小时内发货哦！",
    "收到请回复“1”",
    "温馨提示",
    "香薰礼盒",
    "枸杞原浆每天",
)


@pytest.mark.parametrize("errors", ["replace", "ignore"])
@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "gbk"), ("utf-8", "gb18030"), ("gbk", "latin-1"), ("utf-8", "latin-1")]
)
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_mojibake_of_two_encodings(sentence: str, written: str, read: str, errors: str, found: Callable) -> None:
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
def test_mojibake(text: str, words: list[str], found: Callable) -> None:
    assert found(text) == [("QN717", word) for word in words]


@pytest.mark.parametrize("sentence", ["請問有什麼可以幫您", "枸杞原浆", "祛痘膏涂匀", "璎珞流苏耳坠"])
def test_mojibake_of_rare_words(sentence: str, found: Callable) -> None:
    wrong = sentence.encode().decode("gbk", "replace")
    assert "QN717" in [code for code, _words in found(wrong)], wrong


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
def test_no_mojibake(text: str, found: Callable) -> None:
    assert [hit for hit in found(text, encoding="utf-8") if hit[0] == "QN717"] == []
