"""What a lint run does: which rules, exceptions and severities. Plain values; the configuration fills them in."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from typing import NamedTuple

from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Rule
from qnphrase.lint.settings import Settings

if TYPE_CHECKING:
    from qnphrase.shops.shop import Shops

ALL = "ALL"


class Ignore(NamedTuple):
    """Findings that the configuration lets pass. `reason` is empty where whole files or groups are left out."""

    rule: str
    reason: str
    path: str = "*"
    group: str = "*"
    code: str = "*"
    text: str = ""

    def covers(self, diagnostic: Diagnostic, path: str) -> bool:
        """Whether it lets this finding pass; `path` is relative to the configuration, with `/`."""
        return (
            matches(self.rule, diagnostic.code, diagnostic.name)
            and fnmatchcase(path, self.path)
            and fnmatchcase(diagnostic.group, self.group)
            and fnmatchcase(diagnostic.phrase, self.code)
            and self.text in diagnostic.text
        )


@dataclass(frozen=True)
class LintOptions:
    """What a run does. `select` empty: the rules that are on by default."""

    settings: Settings = field(default_factory=Settings)
    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    ignores: Sequence[Ignore] = ()
    fail_on: Severity = Severity.WARNING
    baseline: str | None = None
    exclude: Sequence[str] = ()
    shops: "Shops | None" = None
    folder: str = ""

    def chooses(self, rule: Rule) -> bool:
        """Whether the rule runs; where it is selected and ignored the longer word wins, the ignoring one a tie."""
        chosen = (*self.select, *self.extend_select)
        default = _NOT_NAMED if rule.on_by_default and not self.select else _OFF
        return _weight(self.ignore, rule, _OFF) < _weight(chosen, rule, default)


_OFF, _NOT_NAMED = -2, -1


def _weight(words: Sequence[str], rule: Rule, otherwise: int) -> int:
    weights = [0 if word == ALL else len(word) for word in words if matches(word, rule.code, rule.name)]
    return max(weights, default=otherwise)


def matches(word: str, code: str, name: str) -> bool:
    """Whether a word of the configuration means a rule: its code, the beginning of it, its name, or `ALL`."""
    return word in (ALL, name) or code.startswith(word.upper())
