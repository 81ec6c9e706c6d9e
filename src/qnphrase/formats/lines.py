"""Which lines two versions of a text have in common."""

from io import StringIO
from itertools import accumulate

from qnphrase.formats.runs import Run
from qnphrase.formats.runs import common_runs

_CHUNK = 1_024  # characters that are compared at once, to begin with
_LINES, _LEAST = 3, 40  # lines, and their characters, that don't stand in both texts by chance
_SKIPPED, _AHEAD = 8, 20_000  # lines of the old text, and characters of the new one, in which the way is looked for


def lines_of(text: str) -> list[str]:
    """Return the lines of a text: only LF ends one, and stays on it."""
    return StringIO(text, newline="\n").readlines()


def common_lines(old: str, new: str) -> list[Run]:
    """Return runs of whole lines that both texts have, in characters, ascending in both.

    Two versions of one long text are mostly equal, so the next difference and the place behind it are looked for; where
    that isn't near, the rest is compared line by line.
    """
    runs: list[Run] = []
    one = other = 0
    while True:
        length = _equal_lines(old, one, new, other)
        runs.append(Run(one, other, length))
        one, other = one + length, other + length
        behind = _behind_difference(old, one, new, other)
        if behind is None:
            break
        one, other = behind
    before, after = lines_of(old[one:]), lines_of(new[other:])
    places, theirs = (list(accumulate(map(len, lines), initial=at)) for lines, at in ((before, one), (after, other)))
    runs += (
        Run(places[run.old], theirs[run.new], places[run.old + run.length] - places[run.old])
        for run in common_runs(before, after)
    )
    return [run for run in runs if run.length]


def _equal_lines(old: str, one: int, new: str, other: int) -> int:
    """Return how many characters are equal from two line starts on, as far as they are whole lines."""
    length, step, grows = 0, _CHUNK, True
    while step:
        part = old[one + length : one + length + step]
        if len(part) == step and new.startswith(part, other + length):
            length += step
            step = step * 2 if grows else step // 2
        else:
            step, grows = step // 2, False
    if one + length == len(old) and other + length == len(new):
        return length
    return max(0, old.rfind("\n", one, one + length) + 1 - one)


def _behind_difference(old: str, one: int, new: str, other: int) -> tuple[int, int] | None:
    """Return the next line starts of both texts behind which several lines are equal; `None`: there are none nearby."""
    for _line in range(_SKIPPED + 1):
        end = one
        for _next in range(_LINES):
            end = old.find("\n", end) + 1
            if not end:
                return None
        found = new.find(old[one:end], other, other + _AHEAD) if end - one >= _LEAST else -1
        if found == other or (found > other and new[found - 1] == "\n"):
            return one, found
        one = old.find("\n", one) + 1
    return None
