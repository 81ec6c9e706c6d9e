"""What is worse in an auto-reply than in a phrase, which a clerk still chooses and sends."""

from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Rule
from qnphrase.lint.subject import Subject

_GRAVER = {Severity.INFO: Severity.WARNING}


def graver_in_replies(findings: list[Finding], rules: Sequence[Rule], subjects: Sequence[Subject]) -> list[Finding]:
    """Return the findings; those of rules that are graver in auto-replies are so there, and their messages say why."""
    automatic = {index for index, subject in enumerate(subjects) if subject.kind == "reply" and subject.enabled}
    severities = {rule.code: rule.severity for rule in rules if rule.graver_in_replies} if automatic else {}
    if not severities:
        return findings
    return [
        _graver(one, severities[one.code]) if one.code in severities and one.subject in automatic else one
        for one in findings
    ]


def _graver(finding: Finding, usual: Severity) -> Finding:
    message = _("{message}这是自动回复，会自动发给每一位买家。").format(message=finding.message)
    severity = _GRAVER.get(finding.severity or usual, Severity.ERROR)
    return finding._replace(message=message, severity=severity)
