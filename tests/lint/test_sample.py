from collections.abc import Callable
from typing import Any

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import auto_replies
from qnphrase.lint.rules import codes
from qnphrase.lint.rules import hygiene
from qnphrase.lint.settings import Settings

_BOOK_RULES = [rule for family in (hygiene, codes, auto_replies) for rule in family.RULES if rule.check_book]


@pytest.mark.parametrize("rule", _BOOK_RULES, ids=lambda rule: rule.code)
def test_samples_that_are_rows_of_a_pack(rule: Rule, sample_book: Callable[..., Any]) -> None:
    for sample in rule.samples:
        book = sample_book(rule, sample)
        found = run_rules(book.subjects, [rule], Settings())
        assert sorted(map(book.span, found)) == list(sample.spans), sample.text


def test_a_sample_may_repeat() -> None:
    (rule,) = [rule for rule in hygiene.RULES if rule.code == "QN709"]
    assert "您好" * 300 + "亲" in next(sample.text for sample in rule.samples if sample.fails)
