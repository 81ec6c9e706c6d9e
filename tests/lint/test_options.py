"""Which rules run, and what the configuration lets pass."""

import pytest

from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Rule


def _rule(code: str = "QN201", *, on_by_default: bool = True) -> Rule:
    return Rule(
        code, "off-platform-contact", Severity.ERROR, "", check=lambda *_: iter(()), on_by_default=on_by_default
    )


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "runs"),
    [
        ((), (), (), True),
        ((), (), ("QN201",), False),
        ((), (), ("QN2",), False),
        ((), (), ("off-platform-contact",), False),
        (("QN1",), (), (), False),
        (("QN2",), (), (), True),
        (("ALL",), (), ("QN2",), False),
        (("QN201",), (), ("QN2",), True),
        (("QN2",), (), ("QN201",), False),
        (("QN2",), (), ("QN2",), False),
        (("ALL",), (), (), True),
        ((), ("QN5",), (), True),
    ],
)
def test_the_longer_word_wins(
    select: tuple[str, ...], extend: tuple[str, ...], ignore: tuple[str, ...], runs: bool
) -> None:
    options = LintOptions(select=select, extend_select=extend, ignore=ignore)
    assert options.chooses(_rule()) is runs


def test_rules_that_are_off_by_default_run_when_they_are_named() -> None:
    rule = _rule("QN801", on_by_default=False)
    assert not LintOptions().chooses(rule)
    assert LintOptions(select=("ALL",)).chooses(rule)
    assert LintOptions(extend_select=("QN8",)).chooses(rule)
    assert not LintOptions(extend_select=("QN8",), ignore=("QN801",)).chooses(rule)
