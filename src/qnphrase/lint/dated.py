"""What is no matter in a phrase that says until when it may be used: it is over before its words are."""

from collections.abc import Sequence

from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.rule import Rule
from qnphrase.lint.subject import Subject


def without_dated(findings: list[Finding], rules: Sequence[Rule], subjects: Sequence[Subject]) -> list[Finding]:
    """Return the findings but those, in a phrase with a last day, of rules that spare such phrases."""
    sparing = {rule.code for rule in rules if rule.spares_dated}
    if not sparing:
        return findings
    return [one for one in findings if one.code not in sparing or one.subject < 0 or not subjects[one.subject].until]
