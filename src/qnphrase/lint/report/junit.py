"""JUnit XML, which nearly every CI shows: a suite a file, a case a finding; a clean file is one case that passes."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.file import FileResult
from qnphrase.lint.report.concerned import message_of

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(results: Sequence[FileResult]) -> str:
    """Return the document."""
    total = sum(max(1, len(result.diagnostics)) for result in results)
    failures = sum(len(result.diagnostics) for result in results)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="qnphrase" tests="{total}" failures="{failures}" errors="0" time="0">',
    ]
    for result in results:
        lines += _suite(result)
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(result: FileResult) -> list[str]:
    count = len(result.diagnostics)
    path = _attribute(result.path)
    cases = [line for one in result.diagnostics for line in _case(one)]
    return [
        f'  <testsuite name={path} tests="{max(1, count)}" failures="{count}" errors="0" skipped="0" time="0">',
        *(cases or [f'    <testcase name="qnphrase" classname={path} time="0"/>']),
        "  </testsuite>",
    ]


def _case(one: Diagnostic) -> list[str]:
    name = _attribute(f"{one.code} {one.line}:{one.column}")
    kind = _attribute(Severity(one.severity).value)
    place = f"{one.path}:{one.line}:{one.column}"
    message = message_of(one)
    return [
        f'    <testcase name={name} classname={_attribute(one.path)} time="0">',
        f"      <failure message={_attribute(message)} type={kind}>{_text(place)}: {_text(message)}</failure>",
        "    </testcase>",
    ]


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("?", text))


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("?", text))
