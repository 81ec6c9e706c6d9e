"""GitLab's code quality report (Gitee reads it, too)."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.file import FileResult
from qnphrase.lint.report.concerned import message_of

_LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def fingerprint(one: Diagnostic, count: int) -> str:
    """Return what makes a finding the same after its line has moved; `count` tells equal ones apart."""
    parts = (PurePath(one.path).as_posix(), one.code, one.group, one.phrase, one.text, str(count))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def fingerprints(results: Sequence[FileResult]) -> list[tuple[Diagnostic, str]]:
    """Return each finding with its fingerprint, all of them different."""
    seen: Counter[str] = Counter()
    found = []
    for result in results:
        for one in result.diagnostics:
            first = fingerprint(one, 0)
            found.append((one, fingerprint(one, seen[first]) if seen[first] else first))
            seen[first] += 1
    return found


def render(results: Sequence[FileResult]) -> str:
    """Return the report."""
    return json.dumps([_issue(one, mark) for one, mark in fingerprints(results)], ensure_ascii=False, indent=1) + "\n"


def _issue(one: Diagnostic, mark: str) -> dict[str, Any]:
    return {
        "description": message_of(one),
        "check_name": one.code,
        "fingerprint": mark,
        "severity": _LEVELS[one.severity],
        "location": {"path": PurePath(one.path).as_posix(), "lines": {"begin": one.line, "end": one.end_line}},
    }
