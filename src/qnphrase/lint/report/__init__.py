"""How findings are written: one module for each form, one row each in `FORMS`."""

from collections.abc import Callable
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import cast

from qnphrase.lint.file import FileResult

Render = Callable[[Sequence[FileResult]], str]

FORMS = {
    "text": "text",
    "json": "json_report",
    "jsonl": "json_report",
    "github": "github",
    "gitlab": "gitlab",
    "sarif": "sarif",
    "junit": "junit",
}
RULE_PAGES = "https://github.com/qnphrase/qnphrase/blob/main/docs/rules.md"


def rendered(form: str, results: Sequence[FileResult]) -> str:
    """Return the report in one of `FORMS`, for machines or, as `text`, without colours."""
    module = import_module(f"{__name__}.{FORMS[form]}")
    return cast("Render", module.render_lines if form == "jsonl" else module.render)(results)


@cache
def url_of(code: str) -> str:
    """Return the address of a rule's manual page."""
    return f"{RULE_PAGES}#{code.lower()}"
