"""Taking a pack into a phrasebook that exists: a three-way merge where it is known what Qianniu held last time."""

from typing import NamedTuple

from qnphrase.merge.diff import diff_books
from qnphrase.merge.files import PackMerge
from qnphrase.merge.files import merge_packs
from qnphrase.merge.near import near_records
from qnphrase.merge.record import Record
from qnphrase.merge.record import records_of
from qnphrase.merge.three_way import merge_books
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack


class Suspect(NamedTuple):
    """A phrase that the pack adds though the book has nearly the same; `likeness` from 0 to 1."""

    added: Record
    there: Record
    likeness: float


class Import(NamedTuple):
    """An import: the merge, of which ours is the phrasebook, and what is to be remembered for the next one."""

    merge: PackMerge
    held: Phrasebook

    def suspects(self, result: Pack) -> list[Suspect]:
        """Return what `result` adds though the book holds nearly the same, which may be one phrase too many."""
        ours = self.merge.ours.book
        there = records_of(ours)
        added = [change.new for change in diff_books(ours, result.book).changes if change.old is None and change.new]
        near, _not_compared = near_records(added, there, {})
        return [Suspect(added[one.one], there[one.other], one.likeness) for one in near]


def import_into(
    book: Pack,
    pack: Pack,
    last: Pack | Phrasebook | None = None,
    *,
    delete: bool = False,
    ignore_whitespace: bool = False,
) -> Import:
    """Merge `pack` into `book`; `last` is what Qianniu held when the book last took in a pack.

    Without `last` all that differs in the pack is taken from it, and what it lacks stays. With `delete` what the pack
    lacks of `last` (without one, of the book) is deleted from the book, unless code, text or group were changed here;
    the notes and tags of a phrase, which Qianniu doesn't know, are no change.
    """
    merge = merge_packs(
        book if last is None else last,
        book,
        pack,
        ignore_whitespace=ignore_whitespace,
        keep_missing=not delete,
        notes_go_along=delete,
    )
    return Import(merge, _held(pack.book, last, delete=delete))


def _held(pack: Phrasebook, last: Pack | Phrasebook | None, *, delete: bool) -> Phrasebook:
    """Return what Qianniu holds; what it lost but the book kept stays known, so that it can still be deleted."""
    if last is None or delete:
        return pack.carried_by_packs()
    before = (last.book if isinstance(last, Pack) else last).carried_by_packs()
    return merge_books(before, before, pack.carried_by_packs(), keep_missing=True).book()
