"""What the configuration allows (`allow`), for the rules that have no closed list to mask it in.

An entry allows a finding whose words it covers: words that are equal to it, or stand inside of it where it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator

from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.lexicon import entry_pattern
from qnphrase.lint.settings import Settings
from qnphrase.text.fold import folded

Spans = list[tuple[int, int]]


def allowed(code: str, settings: Settings) -> tuple[str, ...]:
    """Return the expressions of what is allowed to a rule, on the folded text."""
    entries = (*settings.allow.get("*", ()), *settings.allow.get(code, ()))
    return tuple(map(entry_pattern, entries))


def without_allowed(
    findings: Iterable[Finding], patterns: Iterable[str], value_of: Callable[[Finding], str]
) -> Iterator[Finding]:
    """Yield the findings that no expression covers; `value_of` is what their offsets refer to."""
    compiled = [re.compile(pattern) for pattern in patterns]
    value = ""
    spans: list[Spans] = []
    for finding in findings:
        if finding.start < finding.end and (now := value_of(finding)):
            if now != value:  # the findings of one text come together, and there may be many of them
                value, spans = now, [[found.span() for found in one.finditer(folded(now))] for one in compiled]
            if any(_covers(one, finding) for one in spans):
                continue
        yield finding


def _covers(spans: Spans, finding: Finding) -> bool:
    index = bisect_right(spans, finding.start, key=lambda span: span[0]) - 1
    return index >= 0 and spans[index][1] >= finding.end
