"""`allow` holds for every rule that points at words, whether it has a closed list or not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import all_rules
from qnphrase.lint.rules import rule_named
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

DAY = date(2026, 11, 21)
RULES = [rule for rule in all_rules() if any(sample.spans for sample in rule.samples)]


def _words(rule: Rule, text: str, **allow: tuple[str, ...]) -> list[str]:
    subject = Subject("phrase", "组", "hy", text, 0)
    named = {"*" if name == "every" else name: entries for name, entries in allow.items()}
    return [text[one.start : one.end] for one in run_rules([subject], [rule], Settings(today=DAY, allow=named))]


def _rule(code: str) -> Rule:
    rule = rule_named(code)
    assert rule is not None
    return rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_marked_words_of_every_page(rule: Rule, spans_found: Callable[..., Any]) -> None:
    for sample in rule.samples:
        words = tuple(sample.text[start:end] for start, end in sample.spans)
        if sample.fails and all(words):
            for key in (rule.code, "*"):
                assert spans_found(rule, sample, Settings(today=DAY, allow={key: words})) == [], (key, sample.text)


@pytest.mark.parametrize(
    ("code", "text", "entry", "left"),
    [
        ("QN203", "看https://shop.example.com/a", "https://shop.example.com/a", []),
        ("QN203", "看https://shop.example.com/a", "看https://shop.example.com/a", []),
        ("QN203", "看https://shop.example.com/a", "/https://shop[.]example[.]com/[a-z]*/", []),
        ("QN203", "看https://shop.example.com/a", "example.com", ["https://shop.example.com/a"]),
        ("QN203", "https://a.cc https://b.cc", "https://a.cc", ["https://b.cc"]),
        ("QN601", "找店长13800138000，或13900139000", "13800138000", ["13900139000"]),
        ("QN601", "找店长13800138000", "店长１３８００１３８０００", []),
        ("QN701", "我是XX旗舰店的XX客服", "XX旗舰店", ["XX"]),
        ("QN808", "请稍侯", "请稍侯", []),
    ],
)
def test_an_entry_covers_the_words(code: str, text: str, entry: str, left: list[str]) -> None:
    rule = _rule(code)
    assert _words(rule, text)
    assert _words(rule, text, **{code: (entry,)}) == left
    assert _words(rule, text, every=(entry,)) == left
    assert _words(rule, text, QN999=(entry,)) == _words(rule, text)


def test_the_longer_of_two_entries_counts() -> None:
    assert _words(_rule("QN601"), "店长13800138000", QN601=("店长", "店长13800138000")) == []


def test_what_is_allowed_hides_nothing_behind_the_most_that_is_told() -> None:
    text = "13800138000，" * 200 + "13900139000"
    assert _words(_rule("QN601"), text, QN601=("13800138000",)) == ["13900139000"]


def test_codes_and_groups_are_words_too() -> None:
    rule = _rule("QN709")
    subjects = [Subject("phrase", "售前" * 11, "abc" * 7, "您好", 0)]
    found = {one.field for one in run_rules(subjects, [rule], Settings())}
    assert found == {"code", "group"}
    allow = {"QN709": ("abc" * 7,)}
    assert {one.field for one in run_rules(subjects, [rule], Settings(allow=allow))} == {"group"}


def test_many_findings_in_one_text_take_linear_time(growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    import time

    def seconds(count: int) -> float:
        start = time.process_time()
        _words(_rule("QN601"), "13800138000，" * count, QN601=("13800138000",))
        return time.process_time() - start

    assert growth_of(seconds, 2_000) < 20
