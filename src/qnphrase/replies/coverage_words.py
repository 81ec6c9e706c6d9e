"""What people are told of a coverage, whatever the form: verdict, names of phrases, reasons of guesses."""

from collections.abc import Iterable
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.replies.coverage import Answer
from qnphrase.replies.coverage import Coverage
from qnphrase.replies.coverage import Row
from qnphrase.replies.coverage import Standing
from qnphrase.scenarios.guess import Guess

_SHORT = 12  # characters of a text that stand for a phrase without a code
_WORDS = 3  # words that led to a guess


def verdict(coverage: Coverage) -> str:
    """Return the sum in one sentence."""
    named, guessed = coverage.count(Standing.NAMED), coverage.count(Standing.GUESSED)
    missing = coverage.count(Standing.MISSING)
    said = _(
        "{all} 个场景里有 {held} 个有话可用（{percent}%）：写明的 {named} 个，猜的 {guessed} 个；还缺 {missing} 个"
    )
    if not coverage.guesses:
        said = _("{all} 个场景里有 {held} 个写明了短语（{percent}%），还缺 {missing} 个；没有写明的不算")
    return said.format(
        all=len(coverage.rows),
        held=coverage.held,
        percent=f"{coverage.percent:.0f}",
        named=named,
        guessed=guessed,
        missing=missing,
    )


def notes(coverage: Coverage) -> list[str]:
    """Return what else has to be known: how the guesses were made, and what was not counted."""
    said = []
    if coverage.count(Standing.GUESSED):
        said.append(_("猜的只看分组名和内容里的字，会猜错：请看过以后给短语写上 scenario，写明的永远优先，也不再猜"))
    for unknown in coverage.unknown:
        answer = unknown.answer
        words = _("{place}：没有“{id}”这个场景").format(place=place(answer), id=shown(answer.subject.scenario))
        said.append(words + (_("，是不是 {near}？").format(near=unknown.near) if unknown.near else ""))
    if coverage.unplaced:
        said.append(
            _("{count} 条短语没有写场景，也猜不出来").format(count=len(coverage.unplaced))
            if coverage.guesses
            else _("{count} 条短语没有写场景").format(count=len(coverage.unplaced))
        )
    if coverage.unused:
        said.append(_("{count} 条停用的、空的或者过期的没有算").format(count=len(coverage.unused)))
    return said


def place(answer: Answer) -> str:
    """Return `path:line`, which editors make a link."""
    return f"{answer.path}:{answer.line}"


def name_of(answer: Answer) -> str:
    """Return what a phrase is called: its code, or how its text begins."""
    if answer.subject.code:
        return shown(answer.subject.code)
    return _("“{text}”").format(text=_short(" ".join(answer.subject.text.split())))


def _short(text: str) -> str:
    return shown(text[:_SHORT]) + ("…" if len(text) > _SHORT else "")


def why(guess: Guess) -> str:
    """Return what led to a guess."""
    words = [_short(word) for word in guess.words[:_WORDS]]
    if guess.group and words:
        return _("猜的：分组有“{group}”，内容有“{words}”").format(group=guess.group, words=_("、").join(words))
    if guess.group:
        return _("猜的：分组有“{group}”").format(group=guess.group)
    return _("猜的：内容有“{words}”").format(words=_("、").join(words))


def lacking(row: Row) -> str:
    """Return what the answers of a scenario leave out; empty where nothing is."""
    return elements(row.lacking) if row.answers else ""


def elements(names: Iterable[str]) -> str:
    """Return the names of elements in the language that people are spoken to in."""
    return _("、").join(_(name) for name in names)


def sorted_out(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Return those that name the scenario, and those that were guessed."""
    return [one for one in answers if one.guess is None], [one for one in answers if one.guess is not None]


def shown(text: str) -> str:
    """Return a text in one line, what can't be seen by its number: a phrase may hold anything."""
    plain = text.replace("\n", " ")
    return "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in plain)
