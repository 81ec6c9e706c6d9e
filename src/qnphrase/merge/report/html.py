"""One HTML page that needs nothing else: no script, no font, no link to anywhere; light and dark, wide and narrow."""

from collections.abc import Iterable
from collections.abc import Iterator
from html import escape

from qnphrase.language import _
from qnphrase.merge.change import What
from qnphrase.merge.compare import Comparison
from qnphrase.merge.report.view import Entry
from qnphrase.merge.report.view import Line
from qnphrase.merge.report.view import Section
from qnphrase.merge.report.view import View
from qnphrase.merge.report.view import kind_words
from qnphrase.merge.report.view import view_of
from qnphrase.merge.report.visible import visible
from qnphrase.merge.report.visible import visible_change
from qnphrase.merge.words import Piece
from qnphrase.page import offline_page

_STYLE = """
:root { --ins: #11662e; --ins-back: #d8f5e0; --del: #a3201d; --del-back: #fde4e2; --note: #7a4b00; --note-back: #fff1d6;
  --kind: #28507d; --kind-back: #e1ecf9; }
@media (prefers-color-scheme: dark) { :root {
  --ins: #7ee2a0; --ins-back: #123d22; --del: #ff9d97; --del-back: #4a1917; --note: #ffd48a;
  --note-back: #3d2c0c; --kind: #a6cbf7; --kind-back: #1c3350; } }
h2 { font-size: 1.1rem; margin: 0; display: inline; }
.verdict { font-weight: 600; }
.files, .place { color: var(--faint); font-size: .875rem; overflow-wrap: anywhere; }
.files div { margin: 0; }
.note { background: var(--note-back); color: var(--note); border-radius: .4rem; padding: .4rem .7rem; margin: .5rem 0; }
section, details.group { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  margin: 1rem 0; overflow: hidden; }
section { padding: .6rem .9rem; }
summary { padding: .6rem .9rem; cursor: pointer; }
summary .place { margin-left: .4rem; }
article { border-top: 1px solid var(--line); padding: .6rem .9rem; }
.head { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; }
.kind { border-radius: .3rem; padding: 0 .45rem; font-size: .85rem; background: var(--kind-back); color: var(--kind);
  white-space: nowrap; }
.kind.added { background: var(--ins-back); color: var(--ins); }
.kind.removed { background: var(--del-back); color: var(--del); }
.name { font-weight: 600; overflow-wrap: anywhere; }
.remark { color: var(--kind); font-size: .9rem; }
.remark.guess { color: var(--note); }
.said { white-space: pre-wrap; overflow-wrap: anywhere; margin: .15rem 0; }
section .added { color: var(--ins); }
section .removed { color: var(--del); }
.label, .start { color: var(--faint); }
ins { background: var(--ins-back); color: var(--ins); text-decoration: underline; text-decoration-thickness: 1px;
  text-underline-offset: .2em; border-radius: .2rem; }
del { background: var(--del-back); color: var(--del); border-radius: .2rem; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
"""


def render(comparison: Comparison) -> str:
    """Return the page."""
    return offline_page(_("短语差异"), _STYLE, _body(view_of(comparison)))


def _body(view: View) -> Iterator[str]:
    yield f'<p class="verdict">{_shown(view.verdict)}</p>'
    yield f'<div class="files"><div>{_shown(view.old)}</div><div>{_shown(view.new)}</div></div>'
    yield from (f'<p class="note">{_shown(note)}</p>' for note in view.notes)
    if view.fields or view.groups:
        yield "<section>"
        yield from (_line(line, is_whole=False) for line in view.fields)
        yield from (f"<div class='{kind.value}'>{_shown(words)}</div>" for kind, words in view.groups)
        yield "</section>"
    for section in view.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    count = _("{count} 条").format(count=len(section.entries))
    yield '<details class="group" open>'
    yield f'<summary><h2>{_shown(section.title)}</h2><span class="place">{count}</span></summary>'
    for entry in section.entries:
        yield from _entry(entry)
    yield "</details>"


def _entry(entry: Entry) -> Iterator[str]:
    nameless = _("（没有编码）")
    name = _shown(entry.name) if entry.name else f'<span class="label">{nameless}</span>'
    kinds = "".join(_kind(kind) for kind in entry.kinds)
    yield "<article>"
    place = f'<span class="place">{_shown(entry.place)}</span>'
    yield f'<div class="head">{kinds}<span class="name">{name}</span>{place}</div>'
    for remark in entry.remarks:
        is_guess = entry.is_guess and remark == entry.remarks[-1]
        yield f'<div class="remark{" guess" if is_guess else ""}">{_shown(remark)}</div>'
    is_whole = What.ADDED in entry.kinds or What.REMOVED in entry.kinds
    yield from (_line(line, is_whole=is_whole) for line in entry.lines)
    if entry.start:
        yield f'<div class="said start">{_shown(entry.start)}</div>'
    yield "</article>"


def _kind(kind: What) -> str:
    return f'<span class="kind {kind.value}">{kind_words()[kind]}</span>'


def _line(line: Line, *, is_whole: bool) -> str:
    label = _("{label}：").format(label=_shown(line.label)) if line.label else ""
    label = label and f'<span class="label">{label}</span>'
    return f'<div class="said">{label}{"".join(_marked(line.pieces, is_whole=is_whole))}</div>'


def _marked(pieces: Iterable[Piece], *, is_whole: bool) -> Iterator[str]:
    for piece in pieces:
        if piece.is_equal:
            yield _shown(piece.new)
            continue
        # Of a text that is all new nothing has to be told from anything.
        old, new = (visible(text) for text in piece) if is_whole else visible_change(piece)
        if old:
            yield f"<del>{escape(old)}</del>"
        if new:
            yield f"<ins>{escape(new)}</ins>"


def _shown(text: str) -> str:
    return escape(visible(text))
