"""The order of a flat file: the wanted book, with as many rows as possible left in place."""

import itertools
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.errors import UnrepresentableError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.flat import arrange
from qnphrase.formats.rows import Kind
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import kinds_of
from qnphrase.formats.rows import rows_of_book
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

R = AUTO_REPLY_GROUP
WORD = st.sampled_from(["", "a", "b", "c"])
CODE = st.sampled_from(["", "a", "首次", "忙碌", "停用-忙碌-2", "首次-2", "超1人", "离开→a"])
ROWS = st.lists(
    st.builds(Row, st.sampled_from(["", "A", "B", "C", R]), CODE, WORD, st.just({})).filter(any), max_size=8
)


def wanted_rows(rows):
    """The rows of a book, or none where a pack can't hold it."""
    try:
        return rows_of_book(book_of_rows(rows))
    except UnrepresentableError:
        return []


@given(old=ROWS, new=ROWS.map(wanted_rows))
def test_the_order_is_that_of_the_wanted_book(old, new):
    placed = arrange(old, new)
    assert book_of_rows([place.wanted for place in placed]) == book_of_rows(new)


@given(old=ROWS, new=ROWS.map(wanted_rows))
def test_every_wanted_row_once(old, new):
    placed = arrange(old, new)
    kinds = kinds_of([place.wanted for place in placed])
    rows = [repr(place.wanted) for place, kind in zip(placed, kinds, strict=True) if kind is not Kind.DECLARATION]
    wanted = [repr(row) for row, kind in zip(new, kinds_of(new), strict=True) if kind is not Kind.DECLARATION]
    assert Counter(rows) == Counter(wanted)
    used = [place.old for place in placed if place.old is not None]
    assert len(set(used)) == len(used)


@given(old=ROWS, new=ROWS.map(wanted_rows))
def test_staying_rows_keep_their_order(old, new):
    placed = arrange(old, new)
    stays = [place.old for place in placed if place.stays]
    assert None not in stays
    assert stays == sorted(stays)
    assert all(place.stays or not place.leads or place.old not in stays for place in placed)


@given(ROWS)
def test_nothing_moves_where_nothing_changes(old):
    try:
        new = rows_of_book(book_of_rows(old))
    except UnrepresentableError:
        return
    placed = arrange(old, new)
    assert [place.wanted for place in placed] == old
    assert all(place.stays for place in placed)


@given(old=ROWS.filter(bool), place=st.integers(0, 7))
def test_all_others_stay_where_one_is_deleted(old, place):
    old = [row for row in old if row.group != R and not row.is_declaration]
    if not old:
        return
    gone = place % len(old)
    kept = [row for index, row in enumerate(old) if index != gone]
    if [group.name for group in book_of_rows(kept).groups] != [
        group.name for group in book_of_rows(old).groups if group.name in {row.group for row in kept}
    ]:
        return  # the first row of a group says where it stands
    placed = arrange(old, rows_of_book(book_of_rows(kept)))
    assert all(place.stays for place in placed)


def as_placed(old, new):
    return [(place.wanted, place.stays) for place in arrange(old, new)]


def test_a_row_goes_behind_the_one_before_it():
    old = [Row("A", "1", "x"), Row("B", "2", "y"), Row("A", "3", "z")]
    new = [Row("A", "1", "x"), Row("A", "n", "n"), Row("A", "3", "z"), Row("B", "2", "y")]
    assert as_placed(old, new) == [(old[0], True), (Row("A", "n", "n"), False), (old[1], True), (old[2], True)]


def test_the_first_row_of_a_group_goes_before_the_others():
    old = [Row("A", "1", "x"), Row("B", "2", "y")]
    new = [Row("A", "1", "x"), Row("B", "n", "n"), Row("B", "2", "y")]
    placed = arrange(old, new)
    assert [(place.wanted.code, place.leads) for place in placed] == [("1", False), ("n", True), ("2", False)]


def test_a_group_that_moves_divides_no_group_that_stays():
    old = [Row("A", "1", "x"), Row("B", "2", "y"), Row("", "3", "loose")]
    new = [Row("A", "1", "x"), Row("B", "2", "y"), Row("B", "4", "z"), Row("C", "5", "w"), Row("", "3", "loose")]
    assert [place.wanted.code for place in arrange(old, new)] == ["1", "2", "4", "5", "3"]
    new = [Row("C", "5", "w"), Row("A", "0", "v"), Row("A", "1", "x"), Row("B", "2", "y"), Row("", "3", "loose")]
    assert [place.wanted.code for place in arrange(old, new)] == ["5", "0", "1", "2", "3"]


def test_a_group_that_moves_moves_as_a_whole():
    old = [Row("A", "1", "x"), Row("B", "2", "y"), Row("A", "3", "z")]
    new = [Row("B", "2", "y"), Row("A", "1", "x"), Row("A", "3", "z")]
    placed = arrange(old, new)
    assert [place.wanted.code for place in placed if place.stays] in (["2"], ["1", "3"])


def test_a_declaration_stays_while_its_group_is_there():
    old = [Row("A", "", ""), Row("A", "1", "x"), Row("B", "", ""), Row("B", "", "")]
    book = book_of_rows(old)
    assert as_placed(old, rows_of_book(book)) == [(row, True) for row in old]
    assert as_placed(old, [Row("A", "", ""), Row("B", "", "")]) == [(old[0], True), (old[2], True), (old[3], True)]


def test_a_declaration_may_serve_a_group_that_is_renamed():
    old = [Row("A", "1", "x"), Row("B", "", ""), Row("C", "3", "y")]
    new = [Row("A", "1", "x"), Row("N", "", ""), Row("C", "3", "y")]
    placed = arrange(old, new)
    assert [(place.wanted, place.old) for place in placed] == [(new[0], 0), (new[1], 1), (new[2], 2)]


def test_auto_replies_go_first_where_a_phrase_would_be_taken_for_one():
    old = [Row("A", "1", "x"), Row(R, "问候", "x"), Row(R, "忙碌", "y"), Row("B", "2", "y")]
    book = book_of_rows([Row("A", "1", "x"), Row(R, "忙碌", "y"), Row(R, "问候", "x"), Row(R, "忙碌", "z"), old[3]])
    placed = arrange(old, rows_of_book(book))
    assert [(place.wanted.text, place.stays, place.leads) for place in placed] == [
        ("x", True, False),
        ("y", False, True),
        ("x", True, False),
        ("z", False, False),
        ("y", True, False),
    ]
    assert book_of_rows([place.wanted for place in placed]) == book


def test_a_phrase_just_like_an_auto_reply():
    old = [Row(R, "问候", "在"), Row(R, "忙碌", "稍等")]
    busy = AutoReply(when="busy", text="稍等")
    book = Phrasebook(groups=(Group(name=R, phrases=(Phrase(code="忙碌", text="稍等"),)),), auto_replies=(busy,))
    for there in ([], old, old[::-1], [Row(R, "忙碌", "稍等"), Row(R, "忙碌", "稍等")]):
        placed = arrange(there, rows_of_book(book))
        assert book_of_rows([place.wanted for place in placed]) == book


@pytest.mark.parametrize("kind", ["reversed groups", "new groups", "one group", "declarations", "all new", "all gone"])
def test_growth(kind, growth_of):
    def seconds(size):
        rows = [Row(f"g{index // 4}", f"c{index}", f"t{index}") for index in range(size)]
        old, new = {
            "reversed groups": (rows, list(itertools.chain(*(rows[at : at + 4] for at in range(size - 4, -1, -4))))),
            "new groups": (rows, [row._replace(group=f"n{row.group}") for row in rows]),
            "one group": (rows, [row._replace(group="g") for row in rows]),
            "declarations": (
                [Row(f"g{index}", "", "") for index in range(size)],
                [Row(f"n{index}", "", "") for index in range(size)],
            ),
            "all new": ([], rows),
            "all gone": (rows, []),
        }[kind]
        began = time.process_time()
        arrange(old, new)
        return time.process_time() - began

    assert growth_of(seconds, 2_000) < 40  # ten times the size; quadratic work would take a hundred times as long
