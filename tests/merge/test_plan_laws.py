"""The laws that hold of what is foreseen of an import, on random books."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.merge.holding import book_held
from qnphrase.merge.holding import holding_of
from qnphrase.merge.holding import key_of
from qnphrase.merge.holding import only_new
from qnphrase.merge.plan import plan_import
from qnphrase.merge.planned import Origin
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

Pair = tuple[Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[tuple[Phrasebook, Phrasebook, Phrasebook]]]


def _with_lookalikes(book: Phrasebook) -> Phrasebook:
    """Return the book with phrases that stand in the group of the auto-replies and may have their codes."""
    codes = {"zx": "忙碌", "gn": "忙碌-2", "th": "离开→hy"}

    def phrases(group: Group) -> tuple[Phrase, ...]:
        return tuple(one.model_copy(update={"code": codes.get(one.code, one.code)}) for one in group.phrases)

    renamed = (
        Group(name="自动回复", phrases=phrases(group)) if group.name == "结束语" else group for group in book.groups
    )
    return book.model_copy(update={"groups": tuple(renamed)})


@pytest.fixture
def pairs(triples: Triples) -> st.SearchStrategy[Pair]:
    """Two books that grew out of one; of some, phrases look like auto-replies."""
    changes = st.sampled_from([_with_lookalikes, lambda book: book])

    def pair(triple: tuple[Phrasebook, ...], change: Callable[[Phrasebook], Phrasebook]) -> Pair:
        return change(triple[1]), change(triple[2])

    return st.builds(pair, triples(), changes)


def _counted(book: Phrasebook) -> Counter[Hashable]:
    """Count what Qianniu holds, extra columns included."""
    return Counter((*key_of(record), frozenset(record.value.extra.items())) for record in holding_of(book).records)


def _keys(book: Phrasebook) -> Counter[Hashable]:
    return Counter(key_of(record) for record in holding_of(book).records)


def test_holding_a_book_and_reading_it_back(pairs: st.SearchStrategy[Pair]) -> None:
    """But for lookalikes: of two equal rows the first is the auto-reply, wherever the book had it."""

    @given(pairs)
    def check(pair: Pair) -> None:
        for book in pair:
            held = holding_of(book)
            again = book_held(held)
            assert _counted(again) == _counted(book)
            if "自动回复" not in [group.name for group in book.groups]:
                assert again == book.carried_by_packs()

    check()


def test_appending_adds_all_and_loses_nothing(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs)
    def check(pair: Pair) -> None:
        current, pack = pair
        plan = plan_import(current, pack)
        assert _counted(plan.book) == _counted(current) + _counted(pack)
        assert plan.before + plan.coming == plan.after == _counted(plan.book).total()
        assert (plan.vanishing, plan.rewrites, plan.skipped, plan.groups_gone) == ((), (), (), ())
        before, after = holding_of(current), [group.name for group in plan.groups]
        assert after[: len(before.groups)] == before.groups
        assert [group.name for group in plan.groups if group.is_new] == [
            name for name in after if name not in before.lanes
        ]

    check()


def test_appended_phrases_stand_behind_those_that_are_there(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs)
    def check(pair: Pair) -> None:
        current, pack = pair
        result = holding_of(plan_import(current, pack).book).lanes
        coming = holding_of(pack).lanes
        for name, lane in holding_of(current).lanes.items():
            if name != "自动回复":
                expected = [*map(key_of, lane), *map(key_of, coming.get(name, ()))]
                assert list(map(key_of, result.get(name, ()))) == expected

    check()


def test_clearing_leaves_the_pack(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs)
    def check(pair: Pair) -> None:
        current, pack = pair
        plan = plan_import(current, pack, clear=True)
        assert plan.book == pack.carried_by_packs()
        held, left = _keys(current), _keys(pack)
        told = {key_of(spot.record) for spot in (*plan.vanishing, *(one.old for one in plan.rewrites))}
        assert set(held) - set(left) <= told <= set(held)
        assert plan.pack_holds_all == (set(held) <= set(left))
        assert not plan.near_duplicates

    check()


def test_duplicates_are_what_is_there_once_more(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs, st.booleans())
    def check(pair: Pair, clear: bool) -> None:
        current, pack = pair
        plan = plan_import(current, pack, clear=clear)
        held, after = _keys(current), _keys(plan.book)
        more = Counter({key: count - max(1, held[key]) for key, count in after.items()})
        assert Counter(key_of(one.new.record) for one in plan.duplicates) == +more
        skipping = plan_import(current, pack, clear=clear, profile="skip-identical")
        assert not skipping.duplicates
        assert skipping.after + len(skipping.skipped) == plan.after
        assert set(_keys(skipping.book)) == set(after)

    check()


def test_every_spot_is_where_it_is_said_to_be(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs, st.booleans())
    def check(pair: Pair, clear: bool) -> None:
        current, pack = pair
        plan = plan_import(current, pack, clear=clear)
        lanes = {name: list(lane) for name, lane in holding_of(pack).lanes.items()}
        if not clear:
            before = {name: list(lane) for name, lane in holding_of(current).lanes.items()}
            lanes = {name: before.get(name, []) + lanes.get(name, []) for name in {**before, **lanes}}
        for repeat in (*plan.duplicates, *plan.near_duplicates):
            for spot in (repeat.held, repeat.new):
                assert lanes[spot.record.group][spot.at] == spot.record
            assert repeat.held != repeat.new
        for clash in plan.clashes:
            assert len({key_of(spot.record) for spot in clash.spots}) == len(clash.spots) > 1
            assert {spot.record.code for spot in clash.spots} == {clash.code}
            assert any(spot.origin is Origin.PACK for spot in clash.spots)

    check()


def test_codes_clash_where_they_did_not(pairs: st.SearchStrategy[Pair]) -> None:
    def meanings(book: Phrasebook) -> dict[str, set[Hashable]]:
        found: dict[str, set[Hashable]] = {}
        for record in holding_of(book).records:
            if record.code:
                found.setdefault(record.code, set()).add(key_of(record))
        return found

    @given(pairs, st.booleans())
    def check(pair: Pair, clear: bool) -> None:
        current, pack = pair
        plan = plan_import(current, pack, clear=clear)
        before, after = meanings(current), meanings(plan.book)
        expected = {code for code, said in after.items() if len(said) > 1 and said - before.get(code, set())}
        assert {clash.code for clash in plan.clashes} == expected

    check()


def test_only_what_is_new_appended_gives_no_duplicate(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs)
    def check(pair: Pair) -> None:
        current, pack = pair
        new = only_new(current, pack)
        plan = plan_import(current, new)
        assert not plan.duplicates
        assert set(_keys(plan.book)) == set(_keys(current)) | set(_keys(pack))
        assert set(_keys(new)) == set(_keys(pack)) - set(_keys(current))
        assert plan.new == plan.coming == plan_import(current, pack).new
        notes = {one.note for _group, one in pack.all_phrases()}
        assert {one.note for _group, one in new.all_phrases()} <= {*notes, ""}

    check()


def test_nothing_new_does_no_harm(pairs: st.SearchStrategy[Pair]) -> None:
    @given(pairs)
    def check(pair: Pair) -> None:
        book, _other = pair
        assert plan_import(book, Phrasebook()).is_harmless
        assert plan_import(book, book, clear=True).is_harmless
        assert plan_import(Phrasebook(), book).is_harmless == plan_import(Phrasebook(), book, clear=True).is_harmless
        assert plan_import(book, Phrasebook(), clear=True).is_harmless == (not holding_of(book).records)

    check()
