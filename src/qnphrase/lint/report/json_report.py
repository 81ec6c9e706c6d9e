"""JSON: a list of findings, or one to a line. The keys are stable."""

import json
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.file import FileResult
from qnphrase.lint.report import url_of

_encode = json.JSONEncoder(ensure_ascii=False).encode


def as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a finding as JSON values."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "group": diagnostic.group,
        "phrase": diagnostic.phrase,
        "text": diagnostic.text,
        "fixable": diagnostic.fix is not None,
        "url": url_of(diagnostic.code),
    }


def _findings(results: Sequence[FileResult]) -> Iterator[dict[str, Any]]:
    return (as_dict(diagnostic) for result in results for diagnostic in result.diagnostics)


def render(results: Sequence[FileResult]) -> str:
    """Return one JSON list, a finding a line."""
    rows = map(_encode, _findings(results))  # with `indent` the encoder would be Python's own, which is slow
    return "[\n" + ",\n".join(rows) + "\n]\n"


def render_lines(results: Sequence[FileResult]) -> str:
    """Return a JSON object a line."""
    return "".join(_encode(finding) + "\n" for finding in _findings(results))
