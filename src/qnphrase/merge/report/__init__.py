"""What is said of a comparison: text, Markdown, HTML and JSON, all of one view."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qnphrase.merge.compare import Comparison

_HOMES = {
    "text": "qnphrase.merge.report.text",
    "json": "qnphrase.merge.report.json_report",
    "markdown": "qnphrase.merge.report.markdown",
    "html": "qnphrase.merge.report.html",
}


def rendered(form: str, comparison: "Comparison") -> str:
    """Return the report in one of the forms `text`, `json`, `markdown` and `html`."""
    render: Callable[[Comparison], str] = import_module(_HOMES[form]).render
    return render(comparison)
