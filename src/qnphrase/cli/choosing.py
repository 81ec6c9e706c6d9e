"""Choosing at a terminal what becomes of each conflict."""

import os
import sys
from textwrap import dedent

from qnphrase.cli.output import ask
from qnphrase.cli.output import say
from qnphrase.language import _
from qnphrase.merge.conflict import Choice
from qnphrase.merge.files import PackMerge
from qnphrase.merge.markers import Marked
from qnphrase.merge.report.conflicts import lines_of
from qnphrase.merge.report.text import marked as with_marks
from qnphrase.merge.words import word_diff

_ANSWERS = {"o": Choice.OURS, "t": Choice.THEIRS, "b": Choice.BOTH}
_SKIP, _QUIT = "s", "q"


def choose(merge: PackMerge) -> dict[int, Choice]:
    """Ask what becomes of each conflict of a merge; what was skipped isn't in the answer."""
    questions = []
    for at, conflict in enumerate(merge.conflicts):
        lines = list(lines_of(conflict, at + 1, len(merge.conflicts)))
        if len(conflict.ours) == len(conflict.theirs) == 1 and conflict.ours[0].text != conflict.theirs[0].text:
            lines.append(_words_between(conflict.ours[0].text, conflict.theirs[0].text))
        questions.append(lines)
    return _asked(questions)


def choose_marked(marked: Marked) -> dict[int, Choice]:
    """Ask what becomes of each conflict that is marked in a file."""
    questions = []
    for at, conflict in enumerate(marked.conflicts):
        line = marked.document.position(conflict.start).line
        place = _("冲突 {number}/{total}：第 {line} 行").format(number=at + 1, total=len(marked.conflicts), line=line)
        ours, theirs = (dedent(side).strip() for side in (conflict.ours, conflict.theirs))
        questions.append([place, _words_between(ours, theirs) if ours and theirs else _one_side(ours, theirs)])
    return _asked(questions)


def _one_side(ours: str, theirs: str) -> str:
    """Return the sides one below the other; of what only one has, each blank and line break would be a difference."""
    sides = ((_("我方"), ours), (_("对方"), theirs))
    lines = [_("  {side}  {text}").format(side=side, text=text or _("（没有）")) for side, text in sides]
    return "\n".join(line.replace("\n", "\n    ") for line in lines)


def _words_between(ours: str, theirs: str) -> str:
    is_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    words = with_marks(word_diff(ours, theirs), colours=is_coloured)
    return "  " + _("从我方到对方：{words}").format(words=words.replace("\n", "\n    "))


def _asked(questions: list[list[str]]) -> dict[int, Choice]:
    choices: dict[int, Choice] = {}
    for at, lines in enumerate(questions):
        for line in lines:
            say(line)
        answer = _answer()
        if answer == _QUIT:
            break
        if answer != _SKIP:
            choices[at] = _ANSWERS[answer]
    return choices


def _answer() -> str:
    """Read one answer; the end of the input quits."""
    while True:
        line = ask(_("要哪边的？o 我方　t 对方　b 两条都留　s 先放着　q 不选了："))
        answer = line.strip().lower()[:1]
        if not line:
            say()
            return _QUIT
        if answer in (*_ANSWERS, _SKIP, _QUIT):
            return answer
        say(_("请输入 o、t、b、s、q 中的一个。"))
