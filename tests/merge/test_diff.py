"""What a diff says, and that it leads from one book to the other."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.errors import UsageError
from qnphrase.merge.apply import apply_diff
from qnphrase.merge.change import What
from qnphrase.merge.diff import diff_books
from qnphrase.merge.fields import without_blanks
from qnphrase.merge.fingerprint import fingerprint
from qnphrase.merge.record import records_of
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

FOUR_TIMES = settings(max_examples=settings().max_examples * 4)
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]


def test_applying_a_diff_gives_the_other_book(triples: Triples) -> None:
    @FOUR_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        base, one, other = triple
        for a, b in ((base, one), (one, other), (other, base)):
            diff = diff_books(a, b)
            assert apply_diff(diff, a) == b
            assert diff.is_empty == (a == b)

    check()


def test_a_diff_is_refused_by_any_other_book(triples: Triples) -> None:
    @FOUR_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        a, b, other = triple
        assert (fingerprint(a) == fingerprint(other)) == (a == other)
        if a != other:
            with pytest.raises(UsageError, match="不是从这本短语本算出来的"):
                apply_diff(diff_books(a, b), other)

    check()


def test_blanks_are_all_that_is_ignored(triples: Triples) -> None:
    def blankless(book: Phrasebook) -> list[object]:
        records = [(record.group, record.code, without_blanks(record.text), record.rest) for record in records_of(book)]
        return [book.shop, without_blanks(book.signature), book.remove, [group.name for group in book.groups], records]

    @FOUR_TIMES
    @given(triples())
    def check(triple: Triple) -> None:
        a, b, _other = triple
        diff = diff_books(a, b, ignore_whitespace=True)
        assert blankless(apply_diff(diff, a)) == blankless(b)
        assert diff.is_empty == (blankless(a) == blankless(b))

    check()


def _book(**groups: tuple[Phrase, ...]) -> Phrasebook:
    return Phrasebook(groups=tuple(Group(name=name, phrases=phrases) for name, phrases in groups.items()))


HY = Phrase(code="hy", text="您好亲，欢迎光临")
FH = Phrase(code="fh", text="亲，今天下单明天发货")
TH = Phrase(code="th", text="七天无理由退换")
LONG = Phrase(text="亲，这款有现货的，您放心拍下，我们尽快为您安排发出")


def test_each_kind_of_change_is_told() -> None:
    a = _book(售前=(HY, FH), 物流=(TH,))
    b = _book(售前=(FH.model_copy(update={"text": "亲，今天发货"}),), 物流=(TH, HY, LONG))
    changes = {change.record.code: change for change in diff_books(a, b).changes}
    assert changes["fh"].kinds == (What.CHANGED,)
    assert [field.name for field in changes["fh"].fields] == ["text"]
    assert changes["hy"].kinds == (What.MOVED,)
    assert changes["hy"].old is not None
    assert changes["hy"].old.group == "售前"
    assert changes[""].kinds == (What.ADDED,)
    assert diff_books(b, a).counts == {What.CHANGED: 1, What.MOVED: 1, What.REMOVED: 1}


def test_a_renamed_group_moves_nothing() -> None:
    a, b = _book(售前=(HY, FH)), _book(接待=(HY, FH))
    diff = diff_books(a, b)
    assert diff.changes == ()
    assert diff.renames == {"接待": "售前"}
    assert [group.kinds for group in diff.groups] == [(What.RENAMED,)]


def test_only_what_left_its_place_is_reordered() -> None:
    many = tuple(Phrase(code=f"c{at}", text=f"短语{at}") for at in range(50))
    diff = diff_books(_book(售前=many), _book(售前=(many[-1], *many[:-1])))
    (change,) = diff.changes
    assert change.kinds == (What.REORDERED,)
    assert change.record.code == "c49"
    assert change.old_place == (49, 49)
    assert change.new_place == (0, 0)


def test_groups_that_moved_move_no_phrase() -> None:
    a, b = _book(甲=(HY,), 乙=(FH,), 丙=(TH,)), _book(丙=(TH,), 甲=(HY,), 乙=(FH,))
    diff = diff_books(a, b)
    assert diff.changes == ()
    assert [(group.new, group.kinds, group.old_at, group.new_at) for group in diff.groups] == [
        ("丙", (What.MOVED,), 2, 0)
    ]


def test_what_similarity_found_is_marked() -> None:
    other = LONG.model_copy(update={"text": LONG.text.replace("尽快", "今天就")})
    (change,) = diff_books(_book(售前=(HY, LONG, FH)), _book(售前=(other, HY, FH))).changes
    assert change.is_guess
    assert 0.7 <= change.likeness < 1
    assert change.kinds == (What.CHANGED, What.REORDERED)


def test_changes_are_read_in_the_order_of_the_new_book() -> None:
    gone = [Phrase(code=f"g{at}", text=f"不要了{at}") for at in range(3)]
    new = [Phrase(code=f"n{at}", text=f"新来的{at}") for at in range(3)]
    a = _book(甲=(gone[0], HY, gone[1]), 旧=(gone[2],), 乙=(TH,))
    b = _book(甲=(HY, new[0]), 乙=(new[1], TH), 新=(new[2],))
    b = b.model_copy(update={"auto_replies": (AutoReply(when=Trigger.BUSY, text="请稍等"),), "phrases": (FH,)})
    order = [change.record.code for change in diff_books(a, b).changes]
    assert order == ["g0", "g1", "n0", "g2", "n1", "n2", "fh", "忙碌"]


def test_blanks_are_ignored_only_when_asked() -> None:
    spaced = HY.model_copy(update={"text": "您好亲， 欢迎\n光临"})
    a, b = _book(售前=(HY,)), _book(售前=(spaced,))
    assert diff_books(a, b).counts == {What.CHANGED: 1}
    diff = diff_books(a, b, ignore_whitespace=True)
    assert diff.is_empty
    assert diff.ignores_whitespace


def test_a_phrase_without_a_code_that_only_differs_in_blanks_may_move() -> None:
    spaced = LONG.model_copy(update={"text": LONG.text.replace("，", "， ")})
    a, b = _book(售前=(HY, LONG), 物流=(FH,)), _book(售前=(HY,), 物流=(FH, spaced))
    (change,) = diff_books(a, b, ignore_whitespace=True).changes
    assert change.kinds == (What.MOVED,)


def test_time_grows_with_the_book(growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    def seconds(size: int) -> float:
        phrases = [Phrase(code=f"c{at}", text=f"第{at}条短语，亲，请问有什么可以帮您") for at in range(size)]
        a = _book(售前=tuple(phrases[: size // 2]), 物流=tuple(phrases[size // 2 :]))
        for at in range(0, size - 2, 100):
            phrases[at] = phrases[at].model_copy(update={"text": f"改了的第{at}条短语，请问有什么可以帮您"})
            phrases[at + 1], phrases[at + 2] = phrases[at + 2], phrases[at + 1]
        b = _book(售前=tuple(phrases[: size // 2]), 物流=tuple(phrases[size // 2 :]))
        start = time.process_time()
        assert not diff_books(a, b).is_empty
        return time.process_time() - start

    assert growth_of(seconds, 2_000) < 30


def test_an_empty_group_makes_another_book() -> None:
    assert fingerprint(_book(售前=(HY,))) != fingerprint(_book(售前=(HY,), 物流=()))


def test_a_group_may_be_renamed_and_moved() -> None:
    a, b = _book(甲=(HY,), 乙=(FH,), 丙=(TH,)), _book(丁=(TH,), 甲=(HY,), 乙=(FH,))
    diff = diff_books(a, b)
    assert [(group.old, group.new, group.kinds) for group in diff.groups] == [("丙", "丁", (What.RENAMED, What.MOVED))]
    assert apply_diff(diff, a) == b


def test_what_was_removed_stands_where_it_stood() -> None:
    gone, new = Phrase(code="gone", text="不要了"), Phrase(code="new", text="新来的")
    diff = diff_books(_book(甲=(HY, FH, TH, gone)), _book(甲=(HY, new, FH, TH)))
    assert [change.record.code for change in diff.changes] == ["new", "gone"]
