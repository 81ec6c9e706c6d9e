"""The tests of auto-replies when a book is linted: those beside it run, and failing ones are findings.

Linting and simulating don't know each other; here they meet.
"""

import os
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

from qnphrase.document.span import Span
from qnphrase.errors import FileError
from qnphrase.language import _
from qnphrase.lint.diagnostic import Context
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.file import FileResult
from qnphrase.lint.file import diagnostic_of_error
from qnphrase.lint.options import LintOptions
from qnphrase.lint.run import Job
from qnphrase.lint.unruled import FAILED_TEST
from qnphrase.pack import load
from qnphrase.replies.cases import Outcome
from qnphrase.replies.cases import Suite
from qnphrase.replies.cases import SuiteRun
from qnphrase.replies.cases import run_suite
from qnphrase.replies.suites import book_missing
from qnphrase.replies.suites import book_of
from qnphrase.replies.suites import load_suite


def results_of_tests(
    named: Sequence[str], beside: Sequence[str], jobs: Sequence[Job], options_for: Callable[[str], LintOptions]
) -> list[FileResult]:
    """Run the tests that were named, and those of `beside` that are about linted files; one result for each file."""
    linted = {os.path.realpath(job.path): job.options for job in jobs}
    results: dict[str, FileResult | None] = {}
    for path in named:
        results.setdefault(os.path.realpath(path), _result(path, None, options_for(path)))
    for path in beside:
        if os.path.realpath(path) not in results:
            results[os.path.realpath(path)] = _result(path, linted, LintOptions())
    return [result for result in results.values() if result is not None]


def _result(path: str, linted: Mapping[str, LintOptions] | None, options: LintOptions) -> FileResult | None:
    """Return what became of one file of tests; `None` where it isn't to run: it is about a book that isn't linted, or
    the rule isn't chosen. `linted` is `None` where the file was named itself.
    """
    try:
        suite = load_suite(path)
        book = book_of(suite)
        if book is None:
            raise book_missing(suite)
    except FileError as error:
        return FileResult(path, [diagnostic_of_error(error, path)], 0, True, 0)
    if linted is not None:
        if os.path.realpath(book) not in linted:
            return None
        options = linted[os.path.realpath(book)]
    if not options.chooses(FAILED_TEST):
        return None
    try:
        run = run_suite(suite, load(book).book)
    except FileError as error:
        named = FileResult(book, [diagnostic_of_error(error, book)], 0, True, 0)
        return named if linted is None else None  # linting said so already
    return FileResult(path, [_diagnostic(run, outcome) for outcome in run.failed], 0, False, 0)


def _diagnostic(run: SuiteRun, outcome: Outcome) -> Diagnostic:
    span, suite = _span(run.suite, outcome), run.suite
    (line, column), (end_line, end_column) = (suite.document.position(at) for at in span)
    text = span.of(suite.document.text)
    name = outcome.case.name
    if name:
        message = _("用例“{name}”没通过：{problem}。顺序按 {profile}，详细的请看 qnphrase simulate --test。")
    else:
        message = _("用例没通过：{problem}。顺序按 {profile}，详细的请看 qnphrase simulate --test。")
    said = message.format(name=name, problem=outcome.problem, profile=run.profile.title)
    return Diagnostic(
        FAILED_TEST.code, FAILED_TEST.name, FAILED_TEST.severity, said, suite.path, line, column, end_line,
        end_column, span.start, span.end, "", "", text, -1, "", Context(text, 0, len(text)),
    )  # fmt: skip


def _span(suite: Suite, outcome: Outcome) -> Span:
    """Return where what was expected stands, as far as it is on one line."""
    start, end = outcome.case.expected.start, outcome.case.expected.end
    line = suite.document.text[start:end].split("\n", 1)[0].rstrip()
    return Span(start, start + len(line))
