"""The frame of a report as one HTML page that needs nothing else: no script, no font, no link; light and dark."""

from collections.abc import Iterable
from collections.abc import Iterator

from qnphrase.language import CHINESE
from qnphrase.language import current_language

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --line: #dde1e6; --text: #1c2024; --faint: #5f6870; }
@media (prefers-color-scheme: dark) { :root { --back: #14171a; --card: #1d2125; --line: #343a40; --text: #e6e9ec;
  --faint: #98a2ab; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); line-height: 1.7;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.35rem; margin: .5rem 0; }
"""


def offline_page(title: str, style: str, body: Iterable[str]) -> str:
    """Return the page with a `title` that stands in it, too, its own `style` behind the common one, and its `body`.

    Titles and bodies are HTML already: what comes from a file has to be escaped.
    """
    return "\n".join(_lines(title, style, body)) + "\n"


def _lines(title: str, style: str, body: Iterable[str]) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{"zh-CN" if current_language() == CHINESE else "en"}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>{_STYLE}{style}</style>"
    yield "</head>"
    yield "<body><main>"
    yield f"<h1>{title}</h1>"
    yield from body
    yield "</main></body>"
    yield "</html>"
