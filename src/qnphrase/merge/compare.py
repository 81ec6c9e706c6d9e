"""Comparing two files of any formats: what both have room for is compared, what only one can hold is said.

comparison = compare_packs(load("导出.csv"), load("短语本.yaml"))
for change in comparison.diff.changes:
    print(change.kinds, comparison.old.position(change.old_place))
"""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qnphrase.formats.base import Carries
from qnphrase.formats.base import Subject
from qnphrase.formats.losses import Loss
from qnphrase.formats.losses import carried
from qnphrase.formats.quiet import quiet_collector
from qnphrase.merge.change import Diff
from qnphrase.merge.change import Place
from qnphrase.merge.diff import diff_books
from qnphrase.merge.side import common_room
from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack
from qnphrase.places import REPLIES
from qnphrase.places import Position
from qnphrase.places import position_of
from qnphrase.places import subjects_by_group


@dataclass(frozen=True)
class Side:
    """One of two files that are compared, and what of it is. `left_out` is what the other file has no room for."""

    pack: Pack
    room: Carries
    book: Phrasebook
    left_out: tuple[Loss, ...]

    def position(self, place: Place | None) -> Position | None:
        """Return where the record at `place` of `book` stands in the file; `None` where it can't be told."""
        if place is None or place.number >= len(self._subjects):
            return None
        return position_of(self.pack, self._subjects[place.number])

    @cached_property
    def _subjects(self) -> list[Subject]:
        """The subject of each record of `book`; empty where file and book can't be laid upon each other."""
        with quiet_collector():
            subjects = subjects_by_group(self.pack)
            kept: list[Subject] = []
            for name, phrases in _lanes(self.pack.book):
                there = subjects.get(name, [])
                if len(there) != len(phrases):
                    return []
                kept += [subject for one, subject in zip(phrases, there, strict=True) if _is_carried(one, self.room)]
        return kept if len(kept) == sum(len(phrases) for _name, phrases in _lanes(self.book)) else []


@dataclass(frozen=True)
class Comparison:
    """What became of one file in another."""

    old: Side
    new: Side
    diff: Diff

    @property
    def is_partial(self) -> bool:
        """Whether one of the files holds something that the other has no room for, which was not compared."""
        return bool(self.old.left_out or self.new.left_out)


def compare_packs(a: Pack, b: Pack, *, ignore_whitespace: bool = False) -> Comparison:
    """Compare two files. `ignore_whitespace` as of `diff_books`."""
    with quiet_collector():
        room = common_room(a.reading.carries, b.reading.carries)
        old, new = (Side(pack, room, *carried(pack.book, room)) for pack in (a, b))
        return Comparison(old, new, diff_books(old.book, new.book, ignore_whitespace=ignore_whitespace))


def _lanes(book: Phrasebook) -> Iterator[tuple[str, Sequence[Phrase | AutoReply]]]:
    """Yield the records of a book as `records_of` orders them, by group."""
    for group in book.groups:
        yield group.name, group.phrases
    yield "", book.phrases
    yield REPLIES, book.auto_replies


def _is_carried(value: Phrase | AutoReply, room: Carries) -> bool:
    """Return whether `formats.losses.carried` keeps a phrase or an auto-reply."""
    if not isinstance(value, Phrase):
        return room.codes and room.groups
    if not (value.enabled or room.book_fields):
        return False
    if value.text or (value.code and room.codes):
        return True
    return bool(value.extra if room.extras is None else room.extras & value.extra.keys())
