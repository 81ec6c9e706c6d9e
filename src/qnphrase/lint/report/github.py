"""Workflow commands, which GitHub shows beside the changed lines.

GitHub shows ten of each level, so the worst come first.
"""

from collections.abc import Sequence

from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.file import FileResult
from qnphrase.lint.report.concerned import message_of

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(results: Sequence[FileResult]) -> str:
    """Return a command a line."""
    found = [diagnostic for result in results for diagnostic in result.diagnostics]
    found.sort(key=lambda one: (one.severity.rank, one.path, one.start))
    return "".join(_command(one) + "\n" for one in found)


def _command(one: Diagnostic) -> str:
    place = {"file": one.path, "line": one.line, "endLine": one.end_line, "col": one.column}
    if one.line == one.end_line:  # GitHub refuses columns over several lines
        place["endColumn"] = one.end_column
    else:
        del place["col"]
    place["title"] = f"{one.code} {one.name}"
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    return f"::{_LEVELS[one.severity]} {properties}::{_data(message_of(one))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
