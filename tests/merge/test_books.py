"""The laws of merging through real files of phrasebooks, with all that only a book can say: notes, tags, comments."""

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Hashable

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.unmerged import unmerged
from qnphrase.merge.conflict import Choice
from qnphrase.merge.files import merge_packs
from qnphrase.merge.markers import Marked
from qnphrase.merge.markers import woven
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import records_of
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import new_pack

ONCE = settings(max_examples=settings().max_examples)
ONCE = settings(max_examples=settings().max_examples)
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]
_COMMENT = re.compile(r"# [ot][0-9]+\.")
_ENTRY = re.compile(r"^ *- (?:code|text|when): ", re.MULTILINE)
_FLOW = re.compile(r"^( *- )((?:code|when): [^\n'\"|>]+)\n +(text: [^\n'\"|>,]+)\n(?=\n| *- |\Z)", re.MULTILINE)


def _said(record: Record) -> set[tuple[str, Hashable]]:
    """What a record says; tags one by one, for they merge one by one."""
    fields = fields_of(record)
    said = {(name, value) for name, value in fields.items() if name not in ("group", "enabled", "tags")}
    return said | {("tag", tag) for tag in getattr(record.value, "tags", ())}


def _file(book: Phrasebook, mark: str = "") -> Pack:
    """Return a book as a file; with `mark` a comment stands above each entry, and short entries stand on one line."""
    text = new_pack(book, "yaml").document.text
    if mark:
        numbers = iter(range(10_000))
        text = _FLOW.sub(lambda found: f"{found[1]}{{{found[2]}, {found[3]}}}  # {mark}{next(numbers)}.\n", text)
        text = _ENTRY.sub(
            lambda found: f"{' ' * (len(found[0]) - len(found[0].lstrip()))}# {mark}{next(numbers)}.\n{found[0]}", text
        )
    pack = load(text.encode(), format="yaml")
    assert pack.book == book
    return pack


def _files(triple: Triple, *, marked: bool = False) -> list[Pack]:
    return [_file(book, mark) for book, mark in zip(triple, ("b", "o", "t") if marked else ("", "", ""), strict=True)]


@pytest.mark.parametrize("marked", [False, True])
def test_nothing_is_lost_and_nothing_is_invented(triples: Triples, marked: bool) -> None:
    @ONCE
    @given(triples())
    def check(triple: Triple) -> None:
        merge = merge_packs(*_files(triple, marked=marked))
        result = load(merge.pack().to_bytes(), format="yaml").book
        assert result == merge.merged.book()
        said = [Counter(item for record in records_of(book) for item in _said(record)) for book in triple]
        there = {item for record in records_of(result) for item in _said(record)}
        disputed = {item for one in merge.conflicts for record in (*one.ours, *one.theirs) for item in _said(record)}
        for side in said[1:]:
            assert not set(side - said[0]) - there - disputed
        assert there <= {item for side in said for item in side}

    check()


def test_no_comment_is_lost_in_silence(triples: Triples) -> None:
    @ONCE
    @given(triples())
    def check(triple: Triple) -> None:
        merge = merge_packs(*_files(triple, marked=True))
        pack = merge.pack()
        told = set(merge.lost_comments(pack))
        for side in (merge.ours, merge.theirs):
            comments = set(_COMMENT.findall(side.document.text))
            assert comments <= told | set(_COMMENT.findall(pack.document.text))

    check()


@pytest.mark.parametrize("marked", [False, True])
def test_markers_stand_between_entries_and_either_side_is_a_whole_book(triples: Triples, marked: bool) -> None:
    @ONCE
    @given(triples())
    def check(triple: Triple) -> None:
        merge = merge_packs(*_files(triple, marked=marked))
        mine, other = (merge.pack(dict.fromkeys(range(len(merge.conflicts)), side)) for side in _SIDES)
        if mine.document.text == other.document.text:
            return
        document = woven(mine, other)
        with pytest.raises(PackSyntaxError, match="合并冲突"):
            load(document.data, format="yaml")
        marks = Marked(document, tuple(unmerged(document.text)))
        for side, wanted in zip(_SIDES, (mine, other), strict=True):
            settled = marks.settled(dict.fromkeys(range(len(marks.conflicts)), side))
            assert load(settled.data, format="yaml").book == wanted.book

    check()


_SIDES = (Choice.OURS, Choice.THEIRS)


def test_a_pack_takes_nothing_from_a_book_that_it_cannot_say(triples: Triples) -> None:
    """What they made of a book in Qianniu comes back as a pack: notes, tags and what is switched off stay."""

    @ONCE
    @given(triples())
    def check(triple: Triple) -> None:
        base, ours, _theirs = triple
        try:
            theirs = new_pack(ours.carried_by_packs(), "xml")
        except UnrepresentableError:  # a phrase that looks like an auto-reply
            assume(False)
            raise
        book = _file(ours, "o")
        merge = merge_packs(base, book, theirs)
        if merge.conflicts:
            return
        assert merge.pack().book.shop == ours.shop
        kept = Counter(record.key for record in records_of(merge.pack().book))
        before = Counter(record.key for record in records_of(ours) if not record.value.enabled)
        assert not before - kept
        again = merge_packs(book, book, theirs)
        assert again.conflicts == []
        assert again.pack().to_bytes() == book.to_bytes()

    check()
