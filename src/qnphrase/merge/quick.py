"""Merging what differs only: two sides of a large pack have nearly all of their rows in common.

Rows that stand in all three files, letter by letter and in one order, come out as they are. Of them the books that are
merged here hold no more than what the others are compared with; what comes of those is what would come of the whole
books (a law that is tested). Wherever that isn't sure, nothing is returned, and the whole books are merged.

Why it is sure: a row that differs is like no row that stays (`_are_told_apart`, `_witnesses`), so each that stays is
found to be itself and nothing else. Of those that stay there are kept the first of each group, for the groups and their
order; the next of a group before and behind what differs, for positions and for the order in the group; and all with a
code of one that differs, for codes that are there twice. Where both sides moved rows, their order hangs on more.
"""

from bisect import bisect_left
from bisect import bisect_right
from collections import Counter
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from itertools import zip_longest
from operator import add
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.errors import FileError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.base import Reading
from qnphrase.formats.patching import Kept
from qnphrase.formats.patching import Patchable
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.merge.merged import Merged
from qnphrase.merge.side import Input
from qnphrase.merge.text import Stretch
from qnphrase.merge.text import merge_texts
from qnphrase.merge.three_way import merge_books
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack


@dataclass(frozen=True)
class Quick:
    """A merge without conflicts: the merged file, and what came of the rows that differ, and a few more.

    `doubled` is as of `PackMerge.doubled_codes`.
    """

    pack: Pack
    merged: Merged
    doubled: dict[str, int]


def quick_merge(base: Pack, ours: Pack, theirs: Pack, *, ignore_whitespace: bool = False) -> Quick | None:
    """Merge three files, as `merge_packs` does it; `None` where that needs the whole books."""
    sides = _alike([pack.reading for pack in (base, ours, theirs)])
    text = merge_texts(*(side.document.text for side in sides)) if sides else None
    if text is None:
        return None
    runs = [run for stretch in text.common if (run := _rows_within(stretch, sides)) is not None]
    result = _merged_reading(sides[1], text.text, runs)
    rows = _that_tell([*sides, result], runs) if result is not None else None
    if result is None or rows is None:
        return None
    books = [book_of_rows(one) for one in rows]
    inputs = (Input(book, side.carries) for book, side in zip(books, sides, strict=False))
    merged = merge_books(*inputs, ignore_whitespace=ignore_whitespace)
    if not merged.is_clean or merged.both_moved or merged.book() != books[3]:
        return None
    pack = ours if result is ours.reading else Pack(result, ours.format, ours.options, origin=ours.loaded)
    return Quick(pack, merged, doubled_codes(*books[1:]))


def _alike(readings: Sequence[Reading]) -> list[Patchable]:
    """Return the readings if all are of one make, else none."""
    alike = [reading for reading in readings if isinstance(reading, Patchable) and reading.reads_like(readings[0])]
    return alike if len(alike) == len(readings) else []


def doubled_codes(ours: Phrasebook, theirs: Phrasebook, result: Phrasebook) -> dict[str, int]:
    """Return the codes that more phrases of `result` have than of either side, and how many."""
    books = (ours, theirs, result)
    one, other, held = (Counter(phrase.code for _group, phrase in book.all_phrases()) for book in books)
    return {code: count for code, count in held.items() if code and count > max(1, one[code], other[code])}


class _Run(NamedTuple):
    """`number` rows that stand in all files: the first of them in each; and where they stand in the merged text."""

    base: int
    ours: int
    theirs: int
    number: int
    at: int
    end: int


def _rows_within(stretch: Stretch, sides: Sequence[Patchable]) -> _Run | None:
    """Return the rows of a stretch that begin and end in it; the one at its end may go on elsewhere."""
    firsts, counts, heads = [], [], set()
    for side, start in zip(sides, stretch, strict=False):
        starts, end = side.row_starts, start + stretch.length
        first = bisect_left(starts, start)
        if first == len(starts):
            return None
        is_last = end == len(side.document.text)
        firsts.append(first)
        counts.append(len(starts) - first if is_last else bisect_right(starts, end) - 1 - first)
        heads.add(starts[first] - start)
    count = min(counts)
    if count <= 0 or len(heads) > 1:  # a quote that is open on one side makes other rows of the same text
        return None
    starts, behind = sides[1].row_starts, firsts[1] + count
    length = starts[behind] - stretch.ours if behind < len(starts) else stretch.length
    base, mine, other = firsts
    return _Run(base, mine, other, count, stretch.merged + heads.pop(), stretch.merged + length)


def _merged_reading(reading: Patchable, text: str, runs: Sequence[_Run]) -> Patchable | None:
    """Return our file with the merged text, if that can be read."""
    if text == reading.document.text:
        return reading
    try:
        document = Document.of_text(text, reading.document.encoding, path=reading.document.path)
        document.check()
    except FileError:
        return None
    return reading.patched(document, [Kept(run.ours, run.number, run.at, run.end) for run in runs])


def _that_tell(sides: Sequence[Patchable], runs: Sequence[_Run]) -> list[list[Row]] | None:
    """Return of each side, the result last, the rows that differ and those that are needed beside them.

    `None` where that may be all.
    """
    files = [side.rows for side in sides]
    starts = sides[3].row_starts
    places = [(run.base, run.ours, run.theirs, bisect_left(starts, run.at)) for run in runs]
    firsts = list(zip(*places, strict=True)) or [()] * len(files)
    counts = [run.number for run in runs]
    gaps = [_gaps(rows, first, counts) for rows, first in zip(files, firsts, strict=True)]
    differing = [[row for gap in side for row in gap] for side in gaps]
    if sum(map(len, differing)) * 2 > sum(map(len, files)):
        return None  # next to nothing would be spared
    if not all(map(_are_told_apart, differing)):
        return None
    stay = [range(run.ours, run.ours + run.number) for run in runs]
    witnesses = _witnesses(files[1], stay, list(zip(*gaps, strict=True)))
    if witnesses is None:
        return None
    return [[row for pair in zip_longest(side, witnesses, fillvalue=()) for row in chain(*pair)] for side in gaps]


def _gaps(rows: list[Row], firsts: Sequence[int], counts: Sequence[int]) -> list[list[Row]]:
    """Return the rows before, between and behind the runs."""
    ends = [0, *map(add, firsts, counts)]
    return [rows[start:end] for start, end in zip(ends, [*firsts, len(rows)], strict=True)]


def _are_told_apart(rows: Sequence[Row]) -> bool:
    """Whether no row is there twice, and none may be an auto-reply, which hangs on the others."""
    return len({row[:3] for row in rows}) == len(rows) and all(row.group != AUTO_REPLY_GROUP for row in rows)


def _witnesses(
    rows: Sequence[Row], runs: Sequence[range], gaps: Sequence[tuple[list[Row], ...]]
) -> list[list[Row]] | None:
    """Return of each run the rows that tell something of those in the `gaps`; `None` where one is like one of those."""
    differing = {row[:3] for gap in gaps for side in gap for row in side}
    codes = {code for _group, code, _text in differing}
    kept: set[int] = set()
    lanes: dict[str, list[int]] = defaultdict(list)
    for run in runs:
        for at, row in zip(run, rows[run.start : run.stop], strict=True):
            lanes[row[0]].append(at)
            if row[1] in codes:
                if row[:3] in differing:
                    return None
                if row[1]:
                    kept.add(at)
    if AUTO_REPLY_GROUP in lanes:
        return None
    kept.update(lane[0] for lane in lanes.values())
    for gap, behind in zip(gaps, [*(run.start for run in runs), len(rows)], strict=True):
        for group in {row.group for side in gap for row in side}:
            place = bisect_left(lanes[group], behind)
            kept.update(lanes[group][max(0, place - 1) : place + 1])
    order = sorted(kept)
    return [[rows[at] for at in order[bisect_left(order, run.start) : bisect_left(order, run.stop)]] for run in runs]
