"""The coverage as one HTML page that needs nothing else: no script, no font, no link; light and dark, for any width."""

from collections.abc import Iterator
from collections.abc import Sequence
from html import escape

from qnphrase.language import _
from qnphrase.page import offline_page
from qnphrase.replies.coverage import Answer
from qnphrase.replies.coverage import Coverage
from qnphrase.replies.coverage import Row
from qnphrase.replies.coverage import Standing
from qnphrase.replies.coverage_words import elements
from qnphrase.replies.coverage_words import lacking
from qnphrase.replies.coverage_words import name_of
from qnphrase.replies.coverage_words import notes
from qnphrase.replies.coverage_words import place
from qnphrase.replies.coverage_words import shown
from qnphrase.replies.coverage_words import verdict
from qnphrase.replies.coverage_words import why

_STYLE = """
:root { --named: #11662e; --named-back: #d8f5e0; --guessed: #7a4b00; --guessed-back: #fff1d6; --missing: #a3201d;
  --missing-back: #fde4e2; --bar: #cfd5db; }
@media (prefers-color-scheme: dark) { :root {
  --named: #7ee2a0; --named-back: #123d22; --guessed: #ffd48a; --guessed-back: #3d2c0c;
  --missing: #ff9d97; --missing-back: #4a1917; --bar: #3c434a; } }
h2 { font-size: 1.1rem; margin: 0; display: inline; }
.verdict { font-weight: 600; margin: .4rem 0; }
.place, .id, .why { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; }
.note { background: var(--guessed-back); color: var(--guessed); border-radius: .4rem; padding: .4rem .7rem;
  margin: .5rem 0; overflow-wrap: anywhere; }
.bar { display: flex; height: .8rem; border-radius: .4rem; overflow: hidden; background: var(--bar); margin: .5rem 0; }
.bar span { min-width: 0; }
.bar .named { background: var(--named); }
.bar .guessed { background: var(--guessed); opacity: .75; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem .9rem; margin: .3rem 0; }
details.stage { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 1rem 0; }
summary { padding: .6rem .9rem; cursor: pointer; }
summary .count { color: var(--faint); margin-left: .5rem; }
summary .bar { margin: .4rem 0 0; height: .4rem; }
article { border-top: 1px solid var(--line); padding: .5rem .9rem; }
.head { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; }
.kind { border-radius: .3rem; padding: 0 .45rem; font-size: .85rem; white-space: nowrap; }
.kind.named { background: var(--named-back); color: var(--named); }
.kind.guessed { background: var(--guessed-back); color: var(--guessed); }
.kind.missing { background: var(--missing-back); color: var(--missing); }
.title { font-weight: 600; }
.lacking { color: var(--missing); font-size: .9rem; }
.answer { margin: .3rem 0; }
.answer .name { font-weight: 600; margin-right: .5rem; overflow-wrap: anywhere; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.more summary { padding: .2rem 0; color: var(--faint); }
"""
_OPEN = 2  # answers of a scenario that are seen at once


def render(coverage: Coverage) -> str:
    """Return the page."""
    return offline_page(_("场景覆盖"), _STYLE, _body(coverage))


def _body(coverage: Coverage) -> Iterator[str]:
    yield f'<p class="verdict">{_text(verdict(coverage))}</p>'
    yield _bar(coverage.rows)
    yield f'<div class="legend">{"".join(_legend(coverage))}</div>'
    yield from (f'<div class="place">{_text(path)}</div>' for path in coverage.paths)
    yield from (f'<p class="note">{_text(note)}</p>' for note in notes(coverage))
    for rows in coverage.by_stage().values():
        yield from _stage(rows)
    yield from _rest(_("没有归到任何场景"), coverage.unplaced)
    yield from _rest(_("停用的、空的或者过期的，没有算"), coverage.unused)


def _bar(rows: Sequence[Row]) -> str:
    parts = []
    for standing in (Standing.NAMED, Standing.GUESSED):
        share = 100 * sum(row.standing is standing for row in rows) / len(rows)
        parts.append(f'<span class="{standing.value}" style="width:{share:.2f}%"></span>')
    return f'<div class="bar" aria-hidden="true">{"".join(parts)}</div>'


def _legend(coverage: Coverage) -> Iterator[str]:
    for standing in Standing:
        if coverage.guesses or standing is not Standing.GUESSED:
            yield f"<span>{_kind(standing)} {coverage.count(standing)}</span>"


def _kind(standing: Standing) -> str:
    words = {Standing.NAMED: _("写明的"), Standing.GUESSED: _("猜的"), Standing.MISSING: _("没有")}
    return f'<span class="kind {standing.value}">{words[standing]}</span>'


def _stage(rows: Sequence[Row]) -> Iterator[str]:
    held = sum(row.standing is not Standing.MISSING for row in rows)
    yield '<details class="stage" open>'
    title = _text(rows[0].scenario.stage_title)
    yield f'<summary><h2>{title}</h2><span class="count">{held}/{len(rows)}</span>{_bar(rows)}</summary>'
    for row in rows:
        yield from _row(row)
    yield "</details>"


def _row(row: Row) -> Iterator[str]:
    yield "<article>"
    name = f'<span class="title">{_text(row.scenario.title)}</span><span class="id">{_text(row.scenario.id)}</span>'
    yield f'<div class="head">{_kind(row.standing)}{name}</div>'
    if missing := lacking(row):
        yield f'<div class="lacking">{_text(_("还缺：{missing}").format(missing=missing))}</div>'
    elif not row.answers and row.elements:
        wanted = _("好的回复里要有：{elements}").format(elements=elements(row.elements))
        yield f'<div class="why">{_text(wanted)}</div>'
    yield from map(_answer, row.answers[:_OPEN])
    if len(row.answers) > _OPEN:
        left = _("还有 {count} 条").format(count=len(row.answers) - _OPEN)
        yield f'<details class="more"><summary>{left}</summary>'
        yield from map(_answer, row.answers[_OPEN:])
        yield "</details>"
    yield "</article>"


def _answer(answer: Answer) -> str:
    reason = f'<div class="why">{_text(why(answer.guess))}</div>' if answer.guess else ""
    name = f'<span class="name">{_text(name_of(answer))}</span>' if answer.subject.code else ""
    where = f'<span class="place">{_text(place(answer))}</span>'
    said = "\n".join(map(shown, answer.subject.text.split("\n")))
    return f'<div class="answer"><div>{name}{where}</div><div class="said">{escape(said)}</div>{reason}</div>'


def _rest(title: str, answers: Sequence[Answer]) -> Iterator[str]:
    if answers:
        count = _("{count} 条").format(count=len(answers))
        yield f'<details class="stage"><summary><h2>{title}</h2><span class="count">{count}</span></summary><article>'
        yield from map(_answer, answers)
        yield "</article></details>"


def _text(text: str) -> str:
    return escape(shown(text))
