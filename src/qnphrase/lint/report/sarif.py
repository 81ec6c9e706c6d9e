"""SARIF 2.1.0, with what GitHub's code scanning asks for beyond the standard; the fixes are in it."""

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from qnphrase import __version__
from qnphrase.language import _
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.explain import page_named
from qnphrase.lint.file import FileResult
from qnphrase.lint.report import url_of
from qnphrase.lint.report.gitlab import fingerprints

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(results: Sequence[FileResult]) -> str:
    """Return the log."""
    marked = fingerprints(results)
    codes = list(dict.fromkeys(one.code for one, _mark in marked))
    names = {one.code: one for one, _mark in marked}
    driver = {
        "name": "qnphrase",
        "version": __version__,
        "informationUri": "https://github.com/qnphrase/qnphrase",
        "rules": [_rule(names[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, mark, codes.index(one.code)) for one, mark in marked],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(one: Diagnostic) -> dict[str, Any]:
    rule = page_named(one.code)
    page = _(rule.page) if rule else one.name
    return {
        "id": one.code,
        "name": one.name,
        "shortDescription": {"text": page.partition("\n")[0]},
        "fullDescription": {"text": page.partition("\n")[0]},
        "help": {"text": page, "markdown": page},
        "helpUri": url_of(one.code),
        "defaultConfiguration": {"level": _LEVELS[rule.severity if rule else one.severity]},
        "properties": {"tags": ["qianniu"], "precision": "high"},
    }


def _result(one: Diagnostic, mark: str, index: int) -> dict[str, Any]:
    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": max(one.end_column, one.column + 1) if one.line == one.end_line else one.end_column,
    }
    artifact = {"uri": quote(PurePath(one.path).as_posix())}
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"phrase/v1": mark},
    }
    if one.shops:
        result["properties"] = {"shops": list(one.shops)}
    return result
