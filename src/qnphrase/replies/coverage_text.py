"""The coverage for people at a terminal, by stage: √ named, ● guessed, × missing; fit for a GBK pipe."""

from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.replies.coverage import Answer
from qnphrase.replies.coverage import Coverage
from qnphrase.replies.coverage import Row
from qnphrase.replies.coverage import Standing
from qnphrase.replies.coverage_words import lacking
from qnphrase.replies.coverage_words import name_of
from qnphrase.replies.coverage_words import notes
from qnphrase.replies.coverage_words import sorted_out
from qnphrase.replies.coverage_words import verdict
from qnphrase.replies.coverage_words import why

_MARKS = {Standing.NAMED: "√", Standing.GUESSED: "●", Standing.MISSING: "×"}
_LISTED = 3  # phrases of a scenario that are named


def render(coverage: Coverage, *, show_all: bool = False) -> str:
    """Return the report. `show_all` names every phrase, and those that belong nowhere."""
    return "".join(f"{line}\n" for line in _lines(coverage, show_all=show_all))


def _lines(coverage: Coverage, *, show_all: bool) -> Iterator[str]:
    yield _("√ 写明的  ● 猜的  × 没有") if coverage.guesses else _("√ 写明的  × 没有")
    widest = max(len(row.scenario.id) for row in coverage.rows)
    for rows in coverage.by_stage().values():
        held = sum(row.standing is not Standing.MISSING for row in rows)
        yield ""
        yield f"{rows[0].scenario.stage_title} {held}/{len(rows)}"
        for row in rows:
            yield from _row(row, widest, len(row.answers) if show_all else _LISTED)
    yield ""
    if show_all:
        yield from _listed(_("没有归到任何场景："), coverage.unplaced)
        yield from _listed(_("没有算的："), coverage.unused)
    for note in notes(coverage):
        yield _("提醒：{note}").format(note=note)
    yield verdict(coverage)


def _row(row: Row, widest: int, most: int) -> Iterator[str]:
    indent = " " * (widest + 6)
    yield f"  {_MARKS[row.standing]} {row.scenario.id.ljust(widest)}  {row.scenario.title}"
    sure, guessed = sorted_out(row.answers)
    if sure:
        yield indent + _more(_("、").join(map(name_of, sure[:most])), len(sure) - most)
    said = [
        _("{name}（{why}）").format(name=name_of(answer), why=why(answer.guess)) for answer in guessed if answer.guess
    ]
    for line in said[:most]:
        yield indent + line
    if len(said) > most:
        yield indent + _("…猜的还有 {count} 条").format(count=len(said) - most)
    if words := lacking(row):
        yield indent + _("还缺：{missing}").format(missing=words)


def _more(said: str, left: int) -> str:
    return said + (_("…还有 {count} 条").format(count=left) if left > 0 else "")


def _listed(title: str, answers: Sequence[Answer]) -> Iterator[str]:
    if answers:
        yield title
        for answer in answers:
            yield f"  {answer.path}:{answer.line}  {name_of(answer)}"
        yield ""
