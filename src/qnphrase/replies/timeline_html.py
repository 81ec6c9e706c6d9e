"""A timeline as one HTML page that needs nothing else: no script, no font, no link; light and dark, wide and narrow."""

from collections.abc import Iterator
from html import escape

from qnphrase.language import _
from qnphrase.page import offline_page
from qnphrase.replies.picture import COLOURS
from qnphrase.replies.picture import picture
from qnphrase.replies.tally import STATUSES
from qnphrase.replies.timeline_view import View
from qnphrase.replies.timeline_view import broken_lines
from qnphrase.replies.timeline_view import contradiction_words
from qnphrase.replies.timeline_view import headline
from qnphrase.replies.timeline_view import left_out
from qnphrase.replies.timeline_view import notes
from qnphrase.replies.timeline_view import repetition
from qnphrase.replies.timeline_view import silence
from qnphrase.replies.words import shown
from qnphrase.replies.words import status_word

_STYLE = """
:root { --bad: #a3201d; --bad-back: #fde4e2; --note: #7a4b00; --note-back: #fff1d6; --none: #c3c9cf;
  --contacts: #8a97a5;
  --online: #2e9e5b; --busy: #e08a00; --away: #8a8f98; }
@media (prefers-color-scheme: dark) { :root {
  --bad: #ff9d97; --bad-back: #4a1917; --note: #ffd48a; --note-back: #3d2c0c; --none: #4d555d;
  --contacts: #74808c; } }
h2 { font-size: 1.1rem; margin: .2rem 0 .4rem; }
p { margin: .2rem 0; overflow-wrap: anywhere; }
.verdict { font-weight: 600; }
.faint { color: var(--faint); font-size: .875rem; }
.note { background: var(--note-back); color: var(--note); border-radius: .4rem; padding: .4rem .7rem; margin: .5rem 0; }
.bad { background: var(--bad-back); color: var(--bad); border-radius: .4rem; padding: .4rem .7rem; margin: .4rem 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 1rem 0;
  padding: .7rem .9rem; }
.wide { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 44rem; height: auto; }
svg text { font-size: 12px; fill: var(--faint); }
svg .head { fill: var(--text); }
svg .axis, svg .limit { text-anchor: end; }
svg .limit { fill: var(--bad); paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
svg .time { text-anchor: middle; }
svg .day { fill: var(--text); }
svg .grid, svg .tick { stroke: var(--line); }
svg .threshold { stroke: var(--bad); stroke-dasharray: 5 4; }
.touch { fill: transparent; }
.touch:hover { fill: var(--text); fill-opacity: .08; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .3rem 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: .15em; margin-right: .4em; }
table { border-collapse: collapse; width: 100%; min-width: 34rem; }
th, td { text-align: right; padding: .25rem .6rem; border-top: 1px solid var(--line); vertical-align: top; }
th { color: var(--faint); font-weight: 500; border-top: 0; white-space: nowrap; }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }
td:first-child { white-space: nowrap; }
td:last-child { white-space: pre-wrap; overflow-wrap: anywhere; width: 50%; }
"""
_REPLIES = ("#3b6fd4", "#d1495b", "#1f8a96", "#d67bb3", "#8059c2", "#5fa8d3", "#a0522d", "#b5a021")


def render(view: View) -> str:
    """Return the page."""
    return offline_page(_("自动回复的一天"), _STYLE + _colours(), _body(view))


def _body(view: View) -> Iterator[str]:
    yield f'<p class="verdict">{escape(headline(view))}</p>'
    yield f'<p class="faint">{escape(shown(view.source))}</p>'
    yield f'<p class="note">{escape(view.profile.caveat)}</p>'
    yield from (f'<p class="note">{escape(note)}</p>' for note in notes(view))
    if view.broken:
        yield "".join(f'<p class="faint">{escape(line)}</p>' for line in broken_lines(view))
    if view.messages:
        yield from _pictured(view)
        yield from _figures(view)


def _colours() -> str:
    kinds = [f".r{number} {{ fill: {colour}; background: {colour}; }}" for number, colour in enumerate(_REPLIES)]
    named = ("none", "contacts", *(status.value for status in STATUSES))
    kinds += [f".{name} {{ fill: var(--{name}); background: var(--{name}); }}" for name in named]
    return "\n".join(kinds) + "\n"


def _pictured(view: View) -> Iterator[str]:
    yield "<section>"
    yield '<ul class="legend">'
    for index, (name, sending) in enumerate(zip(view.names, view.timeline.replies, strict=True)):
        if sending.count:
            yield f'<li><i class="r{index % COLOURS}"></i>{escape(name)}</li>'
    silent = _("没有自动回复")
    yield f'<li><i class="none"></i>{silent}</li>'
    yield "</ul>"
    yield '<ul class="legend">'
    for status in STATUSES:
        words = _("状态：{status}").format(status=status_word(status))
        yield f'<li><i class="{status.value}"></i>{words}</li>'
    yield "</ul>"
    yield f'<div class="wide">{picture(view)}</div>'
    yield "</section>"


def _figures(view: View) -> Iterator[str]:
    if view.timeline.contradictions:
        title = _("内容和钟点对不上")
        yield "<section>"
        yield f"<h2>{title}</h2>"
        for found in view.timeline.contradictions:
            yield f'<p class="bad">{escape(contradiction_words(view, found))}</p>'
        yield "</section>"
    title = _("发出的自动回复")
    yield "<section>"
    yield f"<h2>{title}</h2>"
    heads = (_("自动回复"), _("发出"), _("买家"), _("重复"), _("一位买家最多"), _("内容"))
    yield '<div class="wide"><table>'
    yield "<tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>"
    for name, sending in zip(view.names, view.timeline.replies, strict=True):
        figures = (sending.count, sending.buyers, sending.repeats, sending.most)
        cells = [name, *(f"{figure:,}" for figure in figures), shown(sending.text or sending.reply.text)]
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table></div>"
    yield from (f"<p>{escape(words)}</p>" for words in (silence(view), left_out(view), repetition(view)))
    yield "</section>"
