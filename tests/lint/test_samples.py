"""Every rule's manual page is executed, complete, and the same page stands everywhere."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qnphrase.lint.explain import as_text
from qnphrase.lint.rule import Rule
from qnphrase.lint.rule import Sample
from qnphrase.lint.rules import all_rules
from qnphrase.lint.rules import rule_named
from qnphrase.lint.settings import Settings

SETTINGS = Settings(today=date(2026, 11, 21))
RULES = all_rules()
SAMPLES = [pytest.param(rule, sample, id=f"{rule.code}-{n}") for rule in RULES for n, sample in enumerate(rule.samples)]


@pytest.mark.parametrize(("rule", "sample"), SAMPLES)
def test_samples_do_what_they_say(rule: Rule, sample: Sample, spans_found: Callable[..., Any]) -> None:
    found = spans_found(rule, sample, SETTINGS)
    assert bool(found) is sample.fails, sample.text
    if sample.spans:
        assert found == list(sample.spans), sample.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_pages_are_whole(rule: Rule) -> None:
    assert re.fullmatch(r"QN[1-9]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert sum(map(bool, (rule.claims, rule.check, rule.check_book, rule.check_file))) == 1
    assert len(rule.summary) <= 60
    for heading in ("为什么：", "依据：", "怎么改："):
        assert heading in rule.page, f"{rule.code} lacks {heading}"
    kinds = [sample.fails for sample in rule.samples]
    assert kinds.count(True) >= 1
    assert kinds.count(False) >= 1
    assert as_text(rule).startswith(f"{rule.code} {rule.name}（")


def test_codes_and_names_are_unique() -> None:
    for values in ([rule.code for rule in RULES], [rule.name for rule in RULES]):
        assert len(values) == len(set(values))
    assert rule_named("qn201") == rule_named("off-platform-contact")
    assert rule_named("nothing") is None
