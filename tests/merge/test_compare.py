"""Comparing files: of any formats, only what both carry, and where each phrase stands."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.merge.change import What
from qnphrase.merge.compare import Side
from qnphrase.merge.compare import compare_packs
from qnphrase.merge.diff import diff_books
from qnphrase.merge.record import records_of
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger
from qnphrase.pack import load
from qnphrase.pack import new_pack
from qnphrase.pack import same_in_packs

FORMATS = ("csv", "xml", "yaml")
BOOK = Phrasebook(
    shop="示例店",
    groups=(
        Group(
            name="售前",
            phrases=(
                Phrase(code="hy", text="您好亲\n在的", note="新客"),
                Phrase(code="off", text="停用的", enabled=False),
                Phrase(text="没有编码"),
            ),
        ),
        Group(name="空的"),
        Group(name="物流", phrases=(Phrase(code="fh", text="今天发货", tags=("发货",)),)),
    ),
    phrases=(Phrase(code="x", text="未分组"),),
    auto_replies=(
        AutoReply(when=Trigger.BUSY, text="请稍等"),
        AutoReply(when=Trigger.CONTACTS_OVER, threshold=30, text="请排队"),
    ),
)
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]


@pytest.mark.parametrize("one", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_one_book_in_two_formats_is_the_same(one: str, other: str) -> None:
    packs = [new_pack(BOOK, name, allow_loss=True) for name in (one, other)]
    comparison = compare_packs(*packs)
    assert comparison.diff.is_empty
    left_out = {loss.kind for side in (comparison.old, comparison.new) for loss in side.left_out}
    assert left_out == ({"shop", "note", "tags", "disabled"} if "yaml" in (one, other) and one != other else set())
    assert comparison.is_partial == bool(left_out)


def test_across_formats_what_both_carry_is_compared(triples: Triples) -> None:
    @given(triples(), st.sampled_from(["csv", "xml"]))
    def check(triple: Triple, format: str) -> None:
        a, b, _other = triple
        old, new = new_pack(a, "yaml"), new_pack(b, format, allow_loss=True)
        for one, other in ((old, new), (new, old)):
            diff = compare_packs(one, other).diff
            assert diff.is_empty <= same_in_packs(a, b)
            known = ("shop", "signature", "remove", "replace", "note", "tags", "scenario", "until")
            assert not [field for change in diff.changes for field in change.fields if field.name in known]

    check()


def _said_there(side: Side, number: int) -> str:
    """Return the lines of the file where a record is said to stand."""
    record_place = next(
        place
        for change in diff_books(side.book, Phrasebook()).changes
        if (place := change.old_place) and place.number == number
    )
    position = side.position(record_place)
    assert position is not None
    return "\n".join(re.split("\r\n?|\n", side.pack.document.text)[position.line - 1 : position.end_line])


@pytest.mark.parametrize("one", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_positions_are_where_the_record_stands(one: str, other: str) -> None:
    packs = [new_pack(BOOK, name, allow_loss=True) for name in (one, other)]
    comparison = compare_packs(*packs)
    for side in (comparison.old, comparison.new):
        records = records_of(side.book)
        assert len(records) >= 6
        for number, record in enumerate(records):
            assert record.text.partition("\n")[0] in _said_there(side, number)
        assert side.position(None) is None


def test_groups_in_pieces_keep_their_places() -> None:
    """In a pack the phrases of a group may stand apart; the book has them together."""
    header = "快捷短语编码,快捷短语,快捷短语分组\r\n"
    old = load((header + "a,一,甲\r\nb,二,乙\r\nc,三,甲\r\nd,四,\r\n忙碌,五,自动回复\r\ne,六,乙\r\n").encode("gbk"))
    new = load((header + "a,一,甲\r\nb,二,乙\r\n忙碌,改,自动回复\r\nd,四改,\r\ne,六改,乙\r\n").encode("gbk"))
    comparison = compare_packs(old, new)
    said = {
        change.record.text: [
            position and position.line
            for position in (comparison.old.position(change.old_place), comparison.new.position(change.new_place))
        ]
        for change in comparison.diff.changes
    }
    assert said == {"三": [4, None], "六改": [7, 6], "四改": [5, 5], "改": [6, 4]}


def test_files_without_codes_or_with_fewer_columns() -> None:
    old = load(
        "快捷短语编码,快捷短语,快捷短语分组,图片\r\n忙碌,稍等,自动回复,\r\na,一,甲,x.png\r\nb,,甲,\r\nc,三,甲,\r\n".encode(
            "gbk"
        )
    )
    new = load("快捷短语,快捷短语分组\r\n一,甲\r\n三改,甲\r\n".encode("gbk"))
    comparison = compare_packs(old, new)
    assert {loss.kind for loss in comparison.old.left_out} >= {"code", "extra"}
    (change,) = comparison.diff.changes
    assert change.kinds == (What.CHANGED,)
    assert comparison.old.position(change.old_place) == (5, 1, 5)
    assert comparison.new.position(change.new_place) == (3, 1, 3)
