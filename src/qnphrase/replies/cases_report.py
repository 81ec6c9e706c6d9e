"""What became of tests of auto-replies: the failing ones with the trace, and how many there were."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from qnphrase.language import _
from qnphrase.replies.cases import Outcome
from qnphrase.replies.cases import SuiteRun
from qnphrase.replies.decision_report import profile_json
from qnphrase.replies.decision_report import situation_json
from qnphrase.replies.decision_report import trace_lines
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.words import names_of
from qnphrase.replies.words import situation_words
from qnphrase.replies.words import why


def render(runs: Sequence[SuiteRun]) -> str:
    """Return the failing cases and the verdict."""
    return "".join(f"{line}\n" for run in runs for line in _run_lines(run)) + f"{_verdict(runs)}\n"


def _run_lines(run: SuiteRun) -> Iterator[str]:
    yield run.suite.path
    yield f"  {run.profile.caveat}"
    rules = ReplyRules.of(run.book)
    for outcome in run.failed:
        yield ""
        line, column = run.suite.position(outcome.case)
        name = outcome.case.name or _("第 {number} 个用例").format(number=run.suite.cases.index(outcome.case) + 1)
        yield f"× {line}:{column} {name}"
        yield f"  {outcome.problem}"
        if outcome.situation is not None and outcome.decision is not None:
            yield f"  {situation_words(outcome.situation)}"
            yield from (f"  {line}" for line in trace_lines(rules, outcome.situation, outcome.decision))
    yield ""


def _verdict(runs: Sequence[SuiteRun]) -> str:
    count = sum(len(run.outcomes) for run in runs)
    failed = sum(len(run.failed) for run in runs)
    if failed:
        return "× " + _("{count} 个用例，{failed} 个没通过").format(count=count, failed=failed)
    return "√ " + _("{count} 个用例全部通过").format(count=count)


def as_json(runs: Sequence[SuiteRun]) -> dict[str, Any]:
    """Return what became of all cases for machines: JSON values under stable English keys."""
    return {
        "cases": sum(len(run.outcomes) for run in runs),
        "failed": sum(len(run.failed) for run in runs),
        "suites": [_suite_json(run) for run in runs],
    }


def _suite_json(run: SuiteRun) -> dict[str, Any]:
    rules = ReplyRules.of(run.book)
    return {
        "path": run.suite.path,
        "profile": profile_json(run.profile),
        "cases": [_case_json(run, rules, outcome) for outcome in run.outcomes],
    }


def _case_json(run: SuiteRun, rules: ReplyRules, outcome: Outcome) -> dict[str, Any]:
    names = names_of(rules.replies)
    line, column = run.suite.position(outcome.case)
    situation, decision, expected = outcome.situation, outcome.decision, outcome.case.expected
    found: dict[str, Any] = {
        "name": outcome.case.name,
        "line": line,
        "column": column,
        "passed": outcome.passed,
        "problem": outcome.problem or None,
        "expected": {"texts" if expected.by_text else "replies": list(expected.values)},
    }
    if situation is None or decision is None:
        return found
    return {
        **found,
        "situation": situation_json(situation, names),
        "sent": [{"reply": names[trace.index], "text": trace.text} for trace in decision.sent],
        "trace": [
            {
                "reply": names[trace.index],
                "reason": trace.reason.value,
                "why": why(trace, rules, situation, decision),
            }
            for trace in decision.traces
        ],
    }
