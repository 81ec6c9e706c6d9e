"""The laws of merging, on random books that grew out of one."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Hashable

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.merge.conflict import Choice
from qnphrase.merge.conflict import Kind
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import records_of
from qnphrase.merge.three_way import merge_books
from qnphrase.model import Phrasebook

TEN_TIMES = settings(max_examples=settings().max_examples * 10)
THREE_TIMES = settings(max_examples=settings().max_examples * 3)
MIRRORED = {Kind.DELETED_OURS: Kind.DELETED_THEIRS, Kind.DELETED_THEIRS: Kind.DELETED_OURS}
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]


def _counted(book: Phrasebook) -> Counter[Hashable]:
    return Counter(record.key for record in records_of(book))


def test_one_side_wins_against_none(triples: Triples) -> None:
    @TEN_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        a, x, _other = triple
        for base, ours, theirs in ((a, x, a), (a, a, x), (a, x, x)):
            merged = merge_books(base, ours, theirs)
            assert merged.conflicts == []
            assert merged.book() == x
            assert not merged.disputed_orders
        assert merge_books(a, a, a).book() == a

    check()


def test_both_directions_agree(triples: Triples) -> None:
    @TEN_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        base, ours, theirs = triple
        there, back = merge_books(base, ours, theirs), merge_books(base, theirs, ours)
        assert Counter(one.kind for one in there.conflicts) == Counter(
            MIRRORED.get(one.kind, one.kind) for one in back.conflicts
        )
        if there.is_clean:
            assert _counted(there.book()) == _counted(back.book())
            assert set(there.book().remove) == set(back.book().remove)
            assert {group.name for group in there.book().groups} == {group.name for group in back.book().groups}

    check()


def _said(record: Record) -> set[tuple[str, Hashable]]:
    return {(name, value) for name, value in fields_of(record).items() if name not in ("group", "enabled", "tags")}


def _is_merged(base: Phrasebook, ours: Phrasebook, theirs: Phrasebook, result: Phrasebook) -> bool:
    """Whether entries to be removed merge one by one: what a side added is there, what a side took out is not."""
    before, one, other = set(base.remove), set(ours.remove), set(theirs.remove)
    return set(result.remove) == (before & one & other) | (one - before) | (other - before)


def test_nothing_is_lost_and_nothing_is_invented(triples: Triples) -> None:
    @TEN_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        base, ours, theirs = triple
        merged = merge_books(base, ours, theirs)
        said = [[item for record in records_of(book) for item in _said(record)] for book in triple]
        result = Counter(item for record in records_of(merged.book()) for item in _said(record))
        disputed = Counter(
            item
            for conflict in merged.conflicts
            for record in (*conflict.ours, *conflict.theirs)
            for item in _said(record)
        )
        before = Counter(said[0])
        for side in said[1:]:
            added = Counter(side) - before
            assert not set(added) - set(result) - set(disputed)
        assert set(result) <= {item for items in said for item in items}
        assert _is_merged(*triple, merged.book())

    check()


def test_clean_merges_are_stable(triples: Triples) -> None:
    @TEN_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        base, ours, theirs = triple
        merged = merge_books(base, ours, theirs)
        if merged.is_clean:
            book = merged.book()
            again = merge_books(ours, book, ours)
            assert again.is_clean
            assert again.book() == book

    check()


def test_every_choice_gives_a_book(triples: Triples) -> None:
    @THREE_TIMES
    @given(triples(), st.data())
    def check(triple: Triple, data: st.DataObject) -> None:
        merged = merge_books(*triple)
        drawn = data.draw(st.lists(st.sampled_from(Choice), min_size=len(merged.conflicts), max_size=40))
        book = merged.book(dict(enumerate(drawn[: len(merged.conflicts)])))
        said = {item for one in triple for record in records_of(one) for item in _said(record)}
        assert {item for record in records_of(book) for item in _said(record)} <= said

    check()
