"""What is foreseen of an import, and the laws that hold of it on random books."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Hashable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.errors import UsageError
from qnphrase.merge.holding import book_held
from qnphrase.merge.holding import holding_of
from qnphrase.merge.holding import key_of
from qnphrase.merge.holding import only_new
from qnphrase.merge.identity import Tier
from qnphrase.merge.plan import plan_import
from qnphrase.merge.planned import Origin
from qnphrase.merge.profile import Profile
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger
from qnphrase.pack import load
from qnphrase.pack import new_pack

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


def _book(*rows: tuple[str, str, str]) -> Phrasebook:
    """Return a book of (group, code, text)."""
    groups: dict[str, list[Phrase]] = {}
    for group, code, text in rows:
        groups.setdefault(group, []).append(Phrase(code=code, text=text))
    loose = tuple(groups.pop("", ()))
    return Phrasebook(
        phrases=loose, groups=tuple(Group(name=name, phrases=tuple(held)) for name, held in groups.items())
    )


LONG = "这款面料是纯棉的，洗后不容易变形，可以放心拍"


def _near(current: Phrasebook, pack: Phrasebook) -> list[tuple[str, str, bool, bool, bool]]:
    plan = plan_import(current, pack)
    return [
        (one.held.record.text, one.new.record.text, one.same_group, one.same_code, one.differs_in_blanks)
        for one in plan.near_duplicates
    ]


def test_nearly_the_same_in_one_group_or_under_one_code() -> None:
    assert _near(_book(("售前", "", LONG)), _book(("售前", "", LONG + "哦"))) == [
        (LONG, LONG + "哦", True, False, False)
    ]
    assert _near(_book(("售前", "", LONG)), _book(("售后", "", LONG + "哦"))) == []
    assert _near(_book(("售前", "ml", LONG)), _book(("售后", "ml", LONG + "哦"))) == [
        (LONG, LONG + "哦", False, True, False)
    ]
    assert _near(_book(("售前", "ml", LONG)), _book(("售前", "ml", "亲，稍等一下马上为您查询"))) == []


def test_the_same_but_for_blanks_is_near_wherever_it_stands() -> None:
    blanks = LONG.replace("，", "， ")
    assert _near(_book(("售前", "", LONG)), _book(("售后", "a", blanks))) == [(LONG, blanks, False, False, True)]
    (one,) = plan_import(_book(("售前", "a", "好的")), _book(("售后", "b", "好的"))).near_duplicates
    assert one.likeness == 1.0
    assert not one.differs_in_blanks


def test_what_the_pack_itself_holds_side_by_side_is_wanted() -> None:
    other = LONG.replace("纯棉", "真丝")
    assert _near(_book(("售前", "", LONG)), _book(("售前", "", LONG), ("售前", "", other))) == []
    assert _near(_book(("售前", "", LONG)), _book(("售前", "", other))) != []


def test_near_duplicates_among_so_many_that_not_all_are_compared() -> None:
    current = _book(*(("售前", "", f"{LONG[: number % 20]}第{number * 7919}批{number}") for number in range(600)))
    texts = [phrase.text for phrase in current.groups[0].phrases]
    pack = _book(*(("售前", "", f"{text}的货") for text in texts[::2]), *(("新", "", text) for text in texts[1::2]))
    found = plan_import(current, pack).near_duplicates
    assert {one.held.record.text for one in found if not one.same_group} == set(texts[1::2])
    assert len([one for one in found if one.same_group]) > 250


def test_a_renamed_group_stands_there_twice() -> None:
    current = _book(("售前", "hy", "您好"), ("售前", "zt", LONG))
    pack = _book(("售前欢迎", "hy", "您好"), ("售前欢迎", "zt", LONG))
    plan = plan_import(current, pack)
    assert [tuple(one) for one in plan.renamed_groups] == [("售前", "售前欢迎")]
    assert [(one.name, one.before, one.after) for one in plan.groups] == [("售前", 2, 2), ("售前欢迎", 0, 2)]
    assert {clash.code for clash in plan.clashes} == {"hy", "zt"}
    cleared = plan_import(current, pack, clear=True)
    assert cleared.is_harmless
    assert [one.fields for one in cleared.rewrites] == [("group",), ("group",)]


def test_what_clearing_loses() -> None:
    current = _book(("售前", "hy", "您好"), ("售前", "zt", LONG), ("结束", "zj", "再见"), ("结束", "", LONG + "啊"))
    pack = _book(("售前", "zt", LONG.replace("纯棉", "真丝")), ("售前", "hi", "您好"))
    plan = plan_import(current, pack, clear=True)
    assert [spot.record.code for spot in plan.vanishing] == ["zj", ""]
    assert [(one.old.record.code, one.fields, one.tier, one.is_loss) for one in plan.rewrites] == [
        ("hy", ("code",), Tier.TEXT_IN_GROUP, False),
        ("zt", ("text",), Tier.CODE_IN_GROUP, True),
    ]
    assert [(group.name, group.before) for group in plan.groups_gone] == [("结束", 2)]
    assert not plan.is_harmless


def test_an_extra_value_that_clearing_loses() -> None:
    def book(picture: dict[str, str]) -> Phrasebook:
        return Phrasebook(phrases=(Phrase(code="hy", text="您好", extra=picture),))

    plan = plan_import(book({"图片": "a.png"}), book({}), clear=True)
    assert [(one.fields, one.is_loss) for one in plan.rewrites] == [(("extra",), True)]
    assert not plan.is_harmless


def test_another_order_is_told_and_no_harm() -> None:
    rows = [("售前", "a", "一"), ("售前", "b", "二"), ("售前", "c", "三"), ("售后", "d", "四"), ("", "e", "五")]
    plan = plan_import(_book(*rows), _book(rows[3], rows[2], rows[0], rows[1], rows[4]), clear=True)
    assert plan.is_harmless
    assert plan.groups_reordered
    assert plan.reordered == 1


def test_auto_replies_arrive_as_phrases() -> None:
    busy = AutoReply(when=Trigger.BUSY, text="忙，请稍等")
    plan = plan_import(
        Phrasebook(auto_replies=(busy,)),
        Phrasebook(auto_replies=(busy, AutoReply(when=Trigger.BUSY, text="还在忙"))),
    )
    assert plan.replies == 2
    assert [(one.name, one.before, one.after) for one in plan.groups] == [("自动回复", 1, 3)]
    assert [one.new.record.code for one in plan.duplicates] == ["忙碌"]
    assert plan.clashes == ()
    new = only_new(
        Phrasebook(auto_replies=(busy,)), Phrasebook(auto_replies=(busy, AutoReply(when=Trigger.BUSY, text="二")))
    )
    assert new == _book(("自动回复", "忙碌-2", "二"))


def test_what_never_arrives() -> None:
    held = Phrasebook(shop="小店", phrases=(Phrase(code="a", text="一", note="新客"), Phrase(text="二", enabled=False)))
    plan = plan_import(Phrasebook(), held)
    assert {loss.kind for loss in plan.left_out} == {"shop", "note", "disabled"}
    assert plan.book == _book(("", "a", "一"))


def test_an_empty_group_arrives() -> None:
    plan = plan_import(_book(("售前", "a", "一")), Phrasebook(groups=(Group(name="空"),)))
    assert [group.name for group in plan.book.groups] == ["售前", "空"]
    assert plan.is_harmless
    assert only_new(_book(("空", "a", "一")), Phrasebook(groups=(Group(name="空"),))) == Phrasebook()


def test_the_ungrouped_stay_last() -> None:
    plan = plan_import(_book(("", "a", "一"), ("售前", "b", "二")), _book(("售后", "c", "三")))
    assert [group.name for group in plan.groups] == ["售前", "售后", ""]


def test_a_profile_of_ones_own() -> None:
    seen = Profile("我的千牛", skips_identical=True, is_verified=True)
    plan = plan_import(_book(("", "a", "一")), _book(("", "a", "一")), profile=seen)
    assert (plan.profile.name, plan.after, plan.is_harmless) == ("我的千牛", 1, True)
    with pytest.raises(UsageError, match="qianniu-unverified、skip-identical"):
        plan_import(Phrasebook(), Phrasebook(), profile="千牛")


@pytest.mark.parametrize("form", ["csv", "xml", "yaml"])
def test_only_new_through_files(form: str) -> None:
    """In the form of the pack, with the bytes of what stays."""
    current = _book(("售前", "hy", "您好"), ("售后", "th", "退货"))
    pack = load(new_pack(_book(("售前", "hy", "您好"), ("售前", "zt", LONG), ("售后", "th", "退货")), form).to_bytes())
    written = pack.with_book(only_new(current, pack.book))
    assert written.book == _book(("售前", "zt", LONG))
    assert LONG in written.document.text
    assert len(written.to_bytes()) < len(pack.to_bytes())


def _seconds(clear: bool) -> Callable[[int], float]:
    def run(size: int) -> float:
        rows = [(f"组{number % 50}", f"c{number}", f"{LONG}，编号{number * 7919}") for number in range(size)]
        changed = [
            (group, code, text + ("改" if number % 100 == 0 else "")) for number, (group, code, text) in enumerate(rows)
        ]
        current, pack = _book(*rows), _book(*changed)
        start = process_time()
        plan_import(current, pack, clear=clear)
        return process_time() - start

    return run


@pytest.mark.parametrize("clear", [False, True])
def test_time_grows_with_the_books(growth_of: Callable[[Callable[[int], float], int], float], clear: bool) -> None:
    assert growth_of(_seconds(clear), 2_000) < 30


def test_a_plan_is_a_value() -> None:
    assert plan_import(Phrasebook(), Phrasebook()) == plan_import(Phrasebook(), Phrasebook())
    assert plan_import(Phrasebook(), _book(("", "a", "一"))) != plan_import(Phrasebook(), Phrasebook())
