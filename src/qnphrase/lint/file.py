"""Linting one file: read it, run the rules, find the very place of each finding, let pass what is excused."""

from collections.abc import Sequence
from functools import cache
from functools import partial
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.errors import FileError
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import Subject
from qnphrase.formats.quiet import quiet_collector
from qnphrase.lint.baseline import relative
from qnphrase.lint.diagnostic import Context
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.engine import run_and_place
from qnphrase.lint.engine import run_file_rules
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import all_rules
from qnphrase.lint.suppress import Suppression
from qnphrase.lint.suppress import complaints
from qnphrase.lint.suppress import suppressions
from qnphrase.lint.suppress import without_reason
from qnphrase.lint.unruled import MISSING_VARIABLE
from qnphrase.lint.unruled import NOTICE
from qnphrase.lint.unruled import SYNTAX
from qnphrase.lint.unruled import UNREADABLE
from qnphrase.lint.unruled import UNRULED
from qnphrase.pack import Pack
from qnphrase.pack import load


class InShops(NamedTuple):
    """What was found of one file in the books of the shops that take it.

    `with_books`: the rules that look at whole books have looked at those, and not at the file alone.
    """

    found: Sequence[Diagnostic] = ()
    with_books: bool = False


class FileResult(NamedTuple):
    """What linting one file gave. `failed`: it couldn't be read at all; the reason is among the diagnostics."""

    path: str
    diagnostics: list[Diagnostic]
    excused: int
    failed: bool
    phrases: int


def chosen_rules(options: LintOptions) -> list[Rule]:
    """Return the rules that a run chooses."""
    return [rule for rule in all_rules() if options.chooses(rule)]


def lint_file(
    source: str | bytes, options: LintOptions, *, name: str = "", in_shops: InShops | None = None, processes: int = 1
) -> FileResult:
    """Lint one file, or the bytes of one that is called `name`; that it can't be read is a finding, too.

    `in_shops` is what was found of it in the books of shops; what is found here anyway isn't said twice.
    `processes`: how many may work at it; more than one help only with a big file.
    """
    name = name or (source if isinstance(source, str) else "-")
    try:
        pack = load(source, name=name)
    except FileError as error:
        return FileResult(name, [diagnostic_of_error(error, name)], 0, True, 0)
    return lint_pack(pack, options, in_shops=in_shops, processes=processes)


def lint_pack(pack: Pack, options: LintOptions, *, in_shops: InShops | None = None, processes: int = 1) -> FileResult:
    """Lint a pack that is loaded; `in_shops` and `processes` as of `lint_file`."""
    with quiet_collector():
        subjects = pack.reading.subjects()
        rules = chosen_rules(options)
        if in_shops is not None and in_shops.with_books:
            rules = [rule for rule in rules if rule.check_book is None]
        place = partial(locate, pack=pack, subjects=subjects, options=options)
        located = run_and_place(subjects, rules, options.settings, place, processes=processes)
        located += map(place, run_file_rules(pack.reading, rules, options.settings))
        if in_shops is not None:
            located = _with_shops(located, in_shops)
        diagnostics, excused = _let_pass(located + _notices(pack), pack, subjects, options)
    return FileResult(pack.path, diagnostics, excused, False, len(subjects))


def _with_shops(found: list[Diagnostic], in_shops: InShops) -> list[Diagnostic]:
    """Return what was found in a file and in the books of its shops; what both have is told as of the file alone."""
    known = {(one.code, one.subject, one.field, one.start, one.end) for one in found}
    missing = {one.start for one in in_shops.found if one.code == MISSING_VARIABLE.code}
    found = [one for one in found if one.code != _UNKNOWN_VARIABLE or one.start not in missing]
    more = [one for one in in_shops.found if (one.code, one.subject, one.field, one.start, one.end) not in known]
    return found + more


_UNKNOWN_VARIABLE = "QN702"  # says less of the same than `MISSING_VARIABLE`


def locate(finding: Finding, pack: Pack, subjects: Sequence[Subject], options: LintOptions) -> Diagnostic:
    """Return a finding with its place in the file."""
    document = pack.document
    code, index, first, last, message, field, severity, fix = finding
    rule = _rules_by_code()[code]
    subject = subjects[index] if index >= 0 else _NO_SUBJECT
    if index >= 0 and field:
        start, end = pack.reading.locate(subject.place, field, first, last)
        context = Context(getattr(subject, field), first, last)
    else:
        start, end = first, last
        context = Context(document.text[start:end], 0, end - start)
    (line, column), (end_line, end_column) = document.position(start), document.position(end)
    severity = options.severity.get(code) or severity or rule.severity
    text = context.text[context.start : context.end]
    return Diagnostic(
        code, rule.name, severity, message, document.path, line, column, end_line, end_column, start, end,
        subject.group, subject.code, text, index, field, context, fix,
    )  # fmt: skip


_NO_SUBJECT = Subject("", "", "", "", -1)


@cache
def _rules_by_code() -> dict[str, Rule]:
    return {rule.code: rule for rule in (*all_rules(), *UNRULED)}


def _notices(pack: Pack) -> list[Diagnostic]:
    """What the reader of a format noticed is a finding like any other."""
    return [_whole_line(NOTICE, notice.message, pack.document, notice.line or 1) for notice in pack.notices]


def _whole_line(rule: Rule, message: str, document: Document, line: int) -> Diagnostic:
    code, name, severity = rule.code, rule.name, rule.severity
    start = document.line_start(line)
    return Diagnostic(code, name, severity, message, document.path, line, 1, line, 1, start, start, "", "", "", -1, "")


def diagnostic_of_error(error: FileError, path: str) -> Diagnostic:
    """Return the finding that a file can't be read."""
    rule = SYNTAX if isinstance(error, PackSyntaxError) else UNREADABLE
    code, name, severity = rule.code, rule.name, rule.severity
    line, column = error.line or 1, error.column or 1
    message = f"{error.what}。{error.hint}" if error.hint else error.what
    return Diagnostic(code, name, severity, message, path, line, column, line, column, 0, 0, "", "", "", -1, "")


def _let_pass(
    found: list[Diagnostic], pack: Pack, subjects: Sequence[Subject], options: LintOptions
) -> tuple[list[Diagnostic], int]:
    """Leave out what comments and the configuration let pass; add what is wrong with the comments themselves."""
    comments = _comments(pack, subjects)
    used: set[Suppression] = set()
    kept: list[Diagnostic] = []
    path = relative(pack.path, options.folder) if options.folder else pack.path
    for diagnostic in found:
        covering = [comment for comment in comments if comment.covers(diagnostic)]
        used.update(covering)
        if not covering and not any(ignore.covers(diagnostic, path) for ignore in options.ignores):
            kept.append(diagnostic)
    excused = len(found) - len(kept)
    unused = [comment for comment in comments if comment not in used]
    kept += complaints(unused, pack.document) + without_reason(comments, pack.document)
    return sorted(kept, key=lambda one: (one.start, one.code, one.end)), excused


def _comments(pack: Pack, subjects: Sequence[Subject]) -> list[Suppression]:
    if pack.format != "yaml" or "qn:" not in pack.document.text:
        return []
    entry, value = pack.reading.entry, partial(pack.reading.locate, field="text")
    return suppressions(
        pack.document,
        [entry(subject.place) for subject in subjects if subject.kind != "signature"],
        [value(subject.place, start=0, end=len(subject.text)) for subject in subjects],
    )
