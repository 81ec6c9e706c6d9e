"""What is foreseen of an import: near duplicates, losses, what arrives and what stays behind."""

from collections.abc import Callable
from time import process_time

import pytest

from qnphrase.errors import UsageError
from qnphrase.merge.holding import only_new
from qnphrase.merge.identity import Tier
from qnphrase.merge.plan import plan_import
from qnphrase.merge.profile import Profile
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger
from qnphrase.pack import load
from qnphrase.pack import new_pack


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
