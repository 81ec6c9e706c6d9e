"""JSON: a list of findings, or one to a line. The keys are stable."""

from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.file import FileResult
from qnphrase.lint.report import url_of

_KEYS = (
    *("code", "name", "severity", "message", "path", "line", "column", "end_line", "end_column"),
    *("group", "phrase", "text", "fixable", "shops", "url"),
)
# Filling in takes a quarter of the time that encoding a dictionary takes, and there may be a hundred thousand findings.
_OBJECT = "{" + ", ".join(f'"{key}": %s' for key in _KEYS) + "}"


def _object(diagnostic: Diagnostic) -> str:
    """Return a finding as a JSON object."""
    code, name, severity, message, path, line, column, end_line, end_column, *_offsets = diagnostic
    return _OBJECT % (
        _quoted_again(code),
        _quoted_again(name),
        _quoted_again(severity),
        quoted(message),
        _quoted_again(path),
        line,
        column,
        end_line,
        end_column,
        _quoted_again(diagnostic.group),
        quoted(diagnostic.phrase),
        quoted(diagnostic.text),
        "true" if diagnostic.fix else "false",
        _quoted_names(diagnostic.shops),
        _quoted_url(code),
    )


@lru_cache
def _quoted_names(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(quoted, names)) + "]"


_quoted_again = lru_cache(quoted)  # of what many findings have in common


@cache
def _quoted_url(code: str) -> str:
    return quoted(url_of(code))


def _objects(results: Sequence[FileResult]) -> Iterator[str]:
    return (_object(diagnostic) for result in results for diagnostic in result.diagnostics)


def render(results: Sequence[FileResult]) -> str:
    """Return one JSON list, a finding a line."""
    return "[\n" + ",\n".join(_objects(results)) + "\n]\n"


def render_lines(results: Sequence[FileResult]) -> str:
    """Return a JSON object a line."""
    return "".join(found + "\n" for found in _objects(results))
