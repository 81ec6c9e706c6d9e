"""The coverage for machines. The keys are stable; names are those of the data, in Chinese."""

from typing import Any

from qnphrase.replies.coverage import Answer
from qnphrase.replies.coverage import Coverage
from qnphrase.replies.coverage import Row
from qnphrase.replies.coverage import Standing


def as_json(coverage: Coverage) -> dict[str, Any]:
    """Return a coverage as JSON values."""
    return {
        "version": 1,
        "paths": list(coverage.paths),
        "guesses": coverage.guesses,
        "summary": {
            "scenarios": len(coverage.rows),
            "held": coverage.held,
            "percent": round(coverage.percent, 2),
            **{standing.value: coverage.count(standing) for standing in Standing},
            "incomplete": sum(bool(row.answers and row.lacking) for row in coverage.rows),
        },
        "stages": [
            {
                "stage": stage,
                "scenarios": len(rows),
                **{standing.value: coverage.count(standing, stage) for standing in Standing},
            }
            for stage, rows in coverage.by_stage().items()
        ],
        "scenarios": [_row(row) for row in coverage.rows],
        "unknown": [{**_answer(one.answer), "nearest": one.near or None} for one in coverage.unknown],
        "unplaced": [_answer(answer) for answer in coverage.unplaced],
        "unused": [_answer(answer) for answer in coverage.unused],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.scenario.id,
        "name": row.scenario.name,
        "stage": row.scenario.stage,
        "standing": row.standing.value,
        "elements": list(row.elements),
        "missing_elements": list(row.lacking) if row.answers else [],
        "answers": [_answer(answer) for answer in row.answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    subject, guess = answer.subject, answer.guess
    return {
        "path": answer.path,
        "line": answer.line,
        "type": "auto_reply" if subject.kind == "reply" else "phrase",
        "group": subject.group,
        "code": subject.code,
        "text": subject.text,
        "scenario": subject.scenario or None,
        "guess": None if guess is None else {"words": list(guess.words), "group": guess.group or None},
    }
