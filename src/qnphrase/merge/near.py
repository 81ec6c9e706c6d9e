"""Which phrases of one list are nearly phrases of another, so that both side by side would be one too many."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.merge.fields import without_blanks
from qnphrase.merge.record import Record
from qnphrase.merge.similar import nearest_texts

SAME_CODE = 0.7  # how alike texts are to be under one code: twice the longest common subsequence by both lengths
SAME_GROUP = 0.85  # and in one group
MOST = 20_000  # phrases that are compared with those of their group; of more the first
_KEPT = 16  # phrases of one code, or of one text, that are compared


class Near(NamedTuple):
    """The record `one` of a list is nearly the record `other` of the other list; indices."""

    one: int
    other: int
    likeness: float
    differs_in_blanks: bool


def near_records(ones: Sequence[Record], others: Sequence[Record], groups: Mapping[str, str]) -> tuple[list[Near], int]:
    """Return for each of `ones` the nearest of `others`, if one is near, and how many weren't compared with all.

    Near is what says the same but for blanks and line breaks, wherever it stands; what is much alike under the same
    code; and what is nearly the same in the same group. `groups` gives for a group of `ones` its name among `others`,
    where that is another.
    """
    found: dict[int, Near] = {}
    if ones and others:
        _by_text(ones, others, found)
        _by_code(ones, others, found)
    left = [index for index, record in enumerate(ones) if record.text and index not in found] if others else []
    _by_group(ones, others, groups, left[:MOST], found)
    return [found[index] for index in sorted(found)], len(left[MOST:])


def _by_text(ones: Sequence[Record], others: Sequence[Record], found: dict[int, Near]) -> None:
    from rapidfuzz.fuzz import ratio

    known: dict[object, list[int]] = defaultdict(list)
    for index, record in enumerate(others):
        same = known[without_blanks(record.text)]
        if record.text and len(same) < _KEPT:
            same.append(index)
    for index, record in enumerate(ones):
        same = known.get(without_blanks(record.text), [])
        if not (record.text and same):
            continue
        best = max(same, key=lambda other: (others[other].code == record.code, others[other].group == record.group))
        text = others[best].text
        likeness = 1.0 if text == record.text else ratio(text, record.text) / 100
        found[index] = Near(index, best, likeness, text != record.text)


def _by_code(ones: Sequence[Record], others: Sequence[Record], found: dict[int, Near]) -> None:
    from rapidfuzz.fuzz import ratio

    known: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(others):
        same = known[record.code]
        if record.code and record.text and len(same) < _KEPT:
            same.append(index)
    for index, record in enumerate(ones):
        if index in found or not record.text:
            continue
        for other in known.get(record.code, ()):
            least = max(SAME_CODE, found[index].likeness if index in found else 0.0)
            likeness = ratio(others[other].text, record.text, score_cutoff=least * 100) / 100
            if likeness and (index not in found or likeness > least):
                found[index] = Near(index, other, likeness, differs_in_blanks=False)


def _by_group(
    ones: Sequence[Record],
    others: Sequence[Record],
    groups: Mapping[str, str],
    left: Iterable[int],
    found: dict[int, Near],
) -> None:
    mine: dict[str, list[int]] = defaultdict(list)
    for index in left:
        mine[groups.get(ones[index].group, ones[index].group)].append(index)
    theirs: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(others):
        if record.group in mine:
            theirs[record.group].append(index)
    for group, members in mine.items():
        there = theirs.get(group, [])
        texts = [ones[index].text for index in members], [others[index].text for index in there]
        for one, (other, likeness) in nearest_texts(*texts, SAME_GROUP).items():
            found[members[one]] = Near(members[one], there[other], likeness, differs_in_blanks=False)
