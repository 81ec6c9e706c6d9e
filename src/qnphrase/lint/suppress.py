"""Comments in a book that let findings pass: `# qn: ignore QN201 原因`.

Behind an entry, or on a line of its own before it. A reason is asked for; a suppression that nothing needed is
reported.
"""

import re
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.document.span import Span
from qnphrase.language import _
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.options import matches
from qnphrase.lint.rule import Rule
from qnphrase.lint.unruled import NO_REASON
from qnphrase.lint.unruled import UNUSED
from qnphrase.text.pattern import lazy_pattern

_COMMENT = lazy_pattern(r"#[ \t]*qn:[ \t]*ignore[ \t]+([A-Za-z0-9,、-]+)[ \t]*([^\r\n]*)")


class Suppression(NamedTuple):
    """One comment: the rules it names, its reason, where it stands, and the entry it is about (offsets)."""

    rules: tuple[str, ...]
    reason: str
    comment: Span
    entry: Span

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether it lets this finding pass."""
        inside = self.entry.start <= diagnostic.start < max(self.entry.end, self.entry.start + 1)
        return inside and any(matches(rule, diagnostic.code, diagnostic.name) for rule in self.rules)


def suppressions(document: Document, entries: Sequence[Span], values: Iterable[Span]) -> list[Suppression]:
    """Return the suppressing comments of a book. `entries` are its phrases and replies in order; `values` the spans of
    their texts, in which a `#` is no comment.
    """
    inside = sorted(values)
    found: list[Suppression] = []
    for comment in _COMMENT.finditer(document.text):
        if any(start <= comment.start() < end for start, end in inside):
            continue
        entry = _entry_of(document, Span(*comment.span()), entries)
        if entry is not None:
            rules = tuple(filter(None, re.split(r"[,、]", comment[1])))
            found.append(Suppression(rules, comment[2].strip(), Span(*comment.span()), entry))
    return found


def _entry_of(document: Document, comment: Span, entries: Sequence[Span]) -> Span | None:
    """Return the entry on whose lines the comment stands, else the next one below."""
    line = document.position(comment.start).line
    for entry in entries:
        first, last = document.position(entry.start).line, document.position(max(entry.start, entry.end - 1)).line
        if first <= line <= last or line < first:
            return entry
    return None


def complaints(unused: Iterable[Suppression], document: Document) -> list[Diagnostic]:
    """Return what is wrong with the suppressions themselves: those that nothing needed, and those without a reason."""
    return [_complaint(UNUSED, one, document) for one in unused]


def without_reason(found: Iterable[Suppression], document: Document) -> list[Diagnostic]:
    """Return a finding for each suppression that gives no reason."""
    return [_complaint(NO_REASON, one, document) for one in found if not one.reason]


def _complaint(rule: Rule, one: Suppression, document: Document) -> Diagnostic:
    messages = {
        UNUSED.code: _("这条 ignore 没有用处：{rules} 在这里没有问题，请删掉"),
        NO_REASON.code: _("请在 ignore 后面写上放过 {rules} 的原因"),
    }
    (line, column), (end_line, end_column) = document.position(one.comment.start), document.position(one.comment.end)
    message = messages[rule.code].format(rules=_("、").join(one.rules))
    return Diagnostic(
        rule.code, rule.name, rule.severity, message, document.path, line, column, end_line, end_column,
        one.comment.start, one.comment.end, "", "", one.comment.of(document.text), -1, "",
    )  # fmt: skip
