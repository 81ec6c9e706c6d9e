"""Merging files: the same through all formats, and our bytes wherever nothing was merged."""

from collections.abc import Callable

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.unmerged import unmerged
from qnphrase.merge.conflict import Choice
from qnphrase.merge.conflict import Kind
from qnphrase.merge.files import merge_packs
from qnphrase.merge.markers import Marked
from qnphrase.merge.markers import woven
from qnphrase.merge.record import records_of
from qnphrase.merge.three_way import merge_books
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import new_pack

HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
TWO = b"version: 1\ngroups:\n  - name: a\n    phrases:\n      - {code: a, text: x}\n      - {code: b, text: y}\n"
FORMATS = ("csv", "xml", "yaml")
FIVE_TIMES = settings(max_examples=settings().max_examples * 5)
TWICE = settings(max_examples=settings().max_examples * 2)
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]


def _packs(triple: Triple, name: str) -> list[Pack]:
    try:
        return [new_pack(book, name) for book in triple]
    except UnrepresentableError:  # a phrase that looks like an auto-reply
        assume(False)
        raise


@pytest.mark.parametrize("name", FORMATS)
def test_all_formats_merge_alike(name: str, triples: Triples) -> None:
    @TWICE
    @given(triples(is_plain=True))
    def check(triple: Triple) -> None:
        base, ours, theirs = _packs(triple, name)
        merge = merge_packs(base, ours, theirs)
        wanted = merge_books(base.book, ours.book, theirs.book)
        assert [one.kind for one in merge.conflicts] == [one.kind for one in wanted.conflicts]
        pack = merge.pack()
        assert pack.book == wanted.book()
        assert load(pack.to_bytes(), format=name).book == wanted.book()

    check()


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_merge_keeps_every_byte(name: str, triples: Triples) -> None:
    @TWICE
    @given(triples(is_plain=True))
    def check(triple: Triple) -> None:
        base, ours, _theirs = _packs(triple, name)
        assert merge_packs(base, ours, base).pack().to_bytes() == ours.to_bytes()
        assert merge_packs(base, base, ours).pack().to_bytes() == ours.to_bytes()
        assert merge_packs(base, ours, ours).pack().to_bytes() == ours.to_bytes()

    check()


def _entries(pack: Pack) -> set[str]:
    return {pack.reading.entry(one.place).of(pack.document.text) for one in pack.reading.subjects()}


@pytest.mark.parametrize("name", FORMATS)
def test_untouched_records_keep_our_bytes(name: str, triples: Triples) -> None:
    @TWICE
    @given(triples(is_plain=True))
    def check(triple: Triple) -> None:
        base, ours, theirs = _packs(triple, name)
        merge = merge_packs(base, ours, theirs)
        merged = {record.key for record in records_of(merge.merged.book())}
        untouched = [subject for subject in ours.reading.subjects() if subject.kind == "phrase"]
        kept = _entries(merge.pack())
        for subject in untouched:
            if (subject.group, subject.code, subject.text, ()) in merged:
                assert ours.reading.entry(subject.place).of(ours.document.text) in kept

    check()


@pytest.mark.parametrize("name", FORMATS)
def test_markers_make_the_file_unreadable_and_can_be_resolved(name: str, triples: Triples) -> None:
    @FIVE_TIMES
    @given(triples(is_plain=True))
    def check(triple: Triple) -> None:
        base, ours, theirs = _packs(triple, name)
        merge = merge_packs(base, ours, theirs)
        mine, other = (merge.pack(default=side) for side in (Choice.OURS, Choice.THEIRS))
        if mine.document.text == other.document.text:
            return
        document = woven(mine, other)
        with pytest.raises(PackSyntaxError, match="合并冲突"):
            load(document.data, format=name)
        marked = Marked(document, tuple(unmerged(document.text)))
        everything = range(len(marked.conflicts))
        for choice, wanted in ((Choice.OURS, mine), (Choice.THEIRS, other)):
            settled = marked.settled(dict.fromkeys(everything, choice))
            assert load(settled.data, format=name).book == wanted.book

    check()


def _csv(lines: str) -> Pack:
    return load((HEADER + lines).encode("gbk"), format="csv")


def test_our_yaml_their_gbk_csv_and_a_base_in_xml() -> None:
    base_book = _csv("hy,您好,售前\r\nfh,今天发货,物流\r\n").book
    base = new_pack(base_book, "xml")
    text = (
        "# 我们的短语本\nversion: 1\ngroups:\n"
        "  - name: 售前  # 先说这些\n    phrases:\n"
        "      - {code: hy, text: 您好, note: 新客第一句}\n"
        "  - name: 物流\n    phrases:\n      - code: fh\n        text: '今天发货'  # 五点前\n"
    )
    ours = load(text.encode(), format="yaml")
    theirs = _csv("hy,您好亲,售前\r\nfh,今天发货,物流\r\nth,可以退的,售后\r\n")
    merge = merge_packs(base, ours, theirs)
    assert merge.conflicts == []
    wanted = text.replace("text: 您好,", "text: 您好亲,")
    merged = merge.pack().document.text
    assert merged.startswith(wanted)
    assert load(merged.encode(), format="yaml").book.groups[-1].name == "售后"


def test_what_a_pack_cannot_say_it_does_not_contradict() -> None:
    text = (
        "version: 1\ngroups:\n  - name: 售前\n    phrases:\n"
        "      - {code: hy, text: 您好, note: 新客, enabled: false}\n      - {code: fh, text: 发, tags: [常用]}\n"
    )
    ours = load(text.encode(), format="yaml")
    theirs = _csv("fh,发货,售前\r\n")
    merge = merge_packs(ours, ours, theirs)
    assert merge.conflicts == []
    assert merge.pack().document.text == text.replace("text: 发,", "text: 发货,")


def test_comments_of_both_sides_stay_where_the_lines_merge() -> None:
    base = load(TWO, format="yaml")
    ours = load(base.to_bytes().replace(b"groups:", b"# ours\ngroups:"), format="yaml")
    theirs = load(base.to_bytes().replace(b"text: y}", b"text: z}  # theirs"), format="yaml")
    merge = merge_packs(base, ours, theirs)
    pack = merge.pack()
    assert pack.to_bytes() == ours.to_bytes().replace(b"text: y}", b"text: z}  # theirs")
    assert merge.lost_comments(pack) == []


def test_a_comment_that_cannot_be_merged_is_told() -> None:
    base = load(TWO, format="yaml")
    ours = load(base.to_bytes().replace(b"text: y", b"text: y, note: n"), format="yaml")
    theirs = load(base.to_bytes().replace(b"text: y}", b"text: z}  # why"), format="yaml")
    merge = merge_packs(base, ours, theirs)
    pack = merge.pack()
    assert merge.conflicts == []
    assert b"note: n" in pack.to_bytes()
    assert b"text: z" in pack.to_bytes()
    assert merge.lost_comments(pack) == ["# why"]


def test_a_marker_leaves_the_beginning_of_the_file_alone() -> None:
    base = load(TWO, format="yaml")
    ours, theirs = (load(TWO.replace(b"name: a", name), format="yaml") for name in (b"name: o", b"name: t"))
    merge = merge_packs(base, ours, theirs)
    document = woven(*(merge.pack(default=side) for side in (Choice.OURS, Choice.THEIRS)))
    assert document.text.startswith("version: 1\ngroups:\n<<<<<<< ours\n  - name: o\n")


def test_an_addition_that_one_side_switched_off_is_a_conflict() -> None:
    live = load(TWO, format="yaml")
    off = load(TWO.replace(b"text: y", b"text: y, enabled: false"), format="yaml")
    for ours, theirs in ((live, off), (off, live)):
        merge = merge_packs(None, ours, theirs)
        assert [(one.kind, one.fields) for one in merge.conflicts] == [(Kind.ADDED_BOTH, ("enabled",))]
        assert merge.pack(default=Choice.OURS).book == ours.book
        assert merge.pack(default=Choice.THEIRS).book == theirs.book


def test_a_group_renamed_to_the_name_of_another_group_there_meets_nothing_in_secret() -> None:
    base = _csv("th,可以退,售后\r\n")
    one = _csv("fh,今天发货,物流\r\nth,可以退,物流\r\n")
    other = _csv("fh,今天发货,物流\r\nth,可以退,结束语\r\n")
    for ours, theirs in ((one, other), (other, one)):
        merge = merge_packs(base, ours, theirs)
        assert [(found.kind, found.fields) for found in merge.conflicts] == [(Kind.CHANGED_BOTH, ("group",))]
        for side, wanted in ((Choice.OURS, ours), (Choice.THEIRS, theirs)):
            held = [(group, phrase.code) for group, phrase in merge.pack(default=side).book.all_phrases()]
            assert sorted(held) == sorted((group, phrase.code) for group, phrase in wanted.book.all_phrases())


def test_without_a_base_equal_phrases_meet_and_unequal_ones_are_conflicts() -> None:
    ours = _csv("hy,您好,售前\r\nfh,发货,物流\r\n")
    theirs = load(
        "快捷短语编码,快捷短语,快捷短语分组\r\nhy,您好呀,售前\r\nfh,发货,物流\r\nth,退,售后\r\n".encode("gbk"),
        format="csv",
    )
    merge = merge_packs(None, ours, theirs)
    assert [one.kind for one in merge.conflicts] == [Kind.ADDED_BOTH]
    book = merge.merged.book(default=Choice.BOTH)
    assert [phrase.text for _group, phrase in book.all_phrases()] == ["您好", "您好呀", "发货", "退"]
