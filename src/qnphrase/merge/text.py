"""The plain three-way merge of lines: where it succeeds, comments and layout of both sides stay.

It knows nothing of phrases, so what it gives is only taken where it reads back as the semantic merge.
"""

from collections.abc import Iterator
from typing import NamedTuple

from qnphrase.formats.lines import common_lines
from qnphrase.formats.lines import lines_of
from qnphrase.formats.runs import Run


class Stretch(NamedTuple):
    """Whole lines that all three texts have, and the merged one: where they begin in each, and their characters."""

    base: int
    ours: int
    theirs: int
    merged: int
    length: int


class MergedText(NamedTuple):
    """A merged text. `common` are the stretches that it shares with all three, in order."""

    text: str
    common: list[Stretch]


def merge_texts(base: str, ours: str, theirs: str) -> MergedText | None:
    """Return the merged text, or `None` where both sides changed the same lines.

    Lines that touch may be changed by both, as long as their number stays: git would call that a conflict, but here
    somebody who knows more looks at the result.
    """
    texts = (base, ours, theirs)
    merged: list[str] = []
    common: list[Stretch] = []
    done, size = [0, 0, 0], 0
    shared = _shared(common_lines(base, ours), common_lines(base, theirs))
    for *starts, length in [*shared, (*map(len, texts), 0)]:
        lines = _merged_lines(*(text[end:start] for text, end, start in zip(texts, done, starts, strict=True)))
        if lines is None:
            return None
        merged += [lines, base[starts[0] : starts[0] + length]]
        common.append(Stretch._make((*starts, size + len(lines), length)))
        done = [start + length for start in starts]
        size += len(lines) + length
    return MergedText("".join(merged), common[:-1])


def _shared(ours: list[Run], theirs: list[Run]) -> Iterator[tuple[int, ...]]:
    """Yield what both sides have of the base, in order: where it begins in base, ours and theirs, and its length."""
    waiting = iter(theirs)
    other = next(waiting, None)
    for one in ours:
        end = one.old + one.length
        while other is not None and other.old < end:
            start, length = max(one.old, other.old), min(end, other.old + other.length) - max(one.old, other.old)
            if length > 0:
                yield start, start + one.new - one.old, start + other.new - other.old, length
            if other.old + other.length > end:
                break
            other = next(waiting, None)


def _merged_lines(base: str, ours: str, theirs: str) -> str | None:
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    before, one, other = lines_of(base), lines_of(ours), lines_of(theirs)
    if not len(before) == len(one) == len(other):
        return None
    merged = []
    for old, left, right in zip(before, one, other, strict=True):
        if old != left and right not in (old, left):
            return None
        merged.append(right if left == old else left)
    return "".join(merged)
