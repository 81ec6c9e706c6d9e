"""Merging only what differs gives what merging the whole books gives, or nothing."""

import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import assume
from hypothesis import event
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.errors import FileError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.csv.pack import read
from qnphrase.merge.files import PackMerge
from qnphrase.merge.files import merge_packs
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import new_pack

THREE_TIMES = settings(max_examples=settings().max_examples * 3)
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]
HEADER = "快捷短语编码,快捷短语,快捷短语分组"
# Records as they stand: some are no rows, some aren't quite regular, some are one record only beside another.
STRANGE = [
    "",
    ",,",
    ",,售前",
    '"',
    '好的"',
    ',"a\n好的",售前',
    "\tx,y,z",
    ",a&#13;b,售后",
    "忙碌,在忙,自动回复",
    ",a;b\r",
    "x",
]


def _check_alike(base: Pack, ours: Pack, theirs: Pack, *, ignore_whitespace: bool = False) -> None:
    assert load(theirs.to_bytes(), format="csv", near=ours) == load(theirs.to_bytes(), format="csv")
    quick = merge_packs(base, ours, theirs, ignore_whitespace=ignore_whitespace)
    event(f"quick: {quick.quick is not None}")
    if quick.quick is None:
        return
    whole = replace(quick, quick=None)
    assert (quick.conflicts, quick.notices, quick.tally()) == (whole.conflicts, whole.notices, whole.tally())
    results = [(merge, merge.pack()) for merge in (quick, whole)]
    one, other = (_told(merge, pack) for merge, pack in results)
    assert one == other
    reading = results[0][1].reading
    assert reading == read(reading.document, ReadOptions())


def _told(merge: PackMerge, pack: Pack) -> tuple[object, ...]:
    doubled = list(merge.doubled_codes(pack).items())
    return pack.to_bytes(), pack.book, doubled, merge.losses(pack), merge.pointing_nowhere(pack), pack.loaded


def test_books_of_packs(triples: Triples) -> None:
    @THREE_TIMES
    @given(triples(is_plain=True), st.booleans())
    def check(triple: Triple, ignore_whitespace: bool) -> None:
        try:
            packs = [new_pack(book, "csv") for book in triple]
        except FileError:
            assume(False)
        _check_alike(*packs, ignore_whitespace=ignore_whitespace)

    check()


def _record(number: int) -> str:
    return f"c{number},第{number}句，请您放心,组{number // 8}"


@st.composite
def _lines(draw: st.DrawFn) -> list[str]:
    """Draw a record that may be like others; seldom with a strange one behind it."""
    number = draw(st.integers(0, 60))
    code = draw(st.sampled_from([f"c{number}", f"n{number}", "", "c1"]))
    text = draw(st.sampled_from([f"第{number}句，请您放心", f"新的{number}，请您放心", f'"多行\r\n{number}"', "好的"]))
    group = draw(st.sampled_from([f"组{number // 8}", f"组{number // 8}", "组1", "组2", "新组", ""]))
    return [f"{code},{text},{group}", *(draw(st.lists(st.sampled_from(STRANGE), max_size=1)) if number == 60 else [])]


@st.composite
def _edited(draw: st.DrawFn, lines: list[str], start: int, end: int) -> list[str]:
    """Draw what becomes of lines, mostly of those from `start` to `end`."""
    lines = list(lines)
    for _step in range(draw(st.sampled_from([1, 2, 3, 5]))):
        where = st.integers(start, end) if draw(st.integers(0, 3)) else st.integers(0, len(lines))
        at = draw(where)
        what = draw(st.sampled_from(["text", "text", "code", "put", "delete", "move", "rename"]))
        if what == "put":
            lines[at:at] = draw(_lines())
        elif what == "text":
            said = draw(st.sampled_from(["条", "句话", "句 "]))
            lines[at : at + 1] = [line.replace("句", said) for line in lines[at : at + 1]]
        elif what == "code":
            lines[at : at + 1] = [line.replace("c", "d", 1) for line in lines[at : at + 1]]
        elif what == "rename":
            old, new = (draw(st.sampled_from(["组0", "组1", "组2", "组9"])) for _ in range(2))
            lines = [line.replace(f",{old}", f",{new}") for line in lines]
        else:
            gone = lines[at : at + 1]
            del lines[at : at + 1]
            if what == "move":
                to = draw(st.integers(0, len(lines)))
                lines[to:to] = gone
    return lines


@st.composite
def _files(draw: st.DrawFn) -> tuple[Pack, ...]:
    base = list(map(_record, range(draw(st.integers(0, 50)))))
    for lines in draw(st.lists(_lines(), max_size=8)):
        at = draw(st.integers(0, len(base)))
        base[at:at] = lines
    if not draw(st.integers(0, 3)):
        base.sort(key=lambda line: line[::-1])  # groups are scattered
    newline, is_wide = draw(st.sampled_from([*["\r\n"] * 5, *["\n"] * 3, "\r"])), draw(st.booleans())
    end, other = draw(st.sampled_from(["", newline])), draw(st.sampled_from(["", newline]))
    half = len(base) // 2
    ours, theirs = draw(_edited(base, 0, half)), draw(_edited(base, half, len(base)))
    sides = (base, end), (ours, end), (theirs, other)
    texts = [newline.join([HEADER, *lines]) + end for lines, end in sides]
    if is_wide:
        texts = [re.sub(r"分组(?=\s)|组(.)(?=\s)", r"\g<0>,列\1", text + newline) for text in texts]
    try:
        return tuple(load(text.encode(), format="csv") for text in texts)
    except FileError:  # a quote that nothing closes
        assume(False)
        raise


@THREE_TIMES
@given(_files(), st.booleans())
def test_files_of_any_kind(files: tuple[Pack, Pack, Pack], ignore_whitespace: bool) -> None:
    _check_alike(*files, ignore_whitespace=ignore_whitespace)


def test_only_what_differs_is_merged() -> None:
    rows = [f"c{number},第{number}句话，请您放心,组{number // 10}\r\n" for number in range(300)]
    ours, theirs = list(rows), list(rows)
    for at in range(5, 300, 20):
        ours[at] = ours[at].replace("请您", "亲，请")
        theirs[at + 10] = theirs[at + 10].replace("句话", "句")
    theirs[100] += "new,新的,组10\r\n"
    texts = ["".join([HEADER + "\r\n", *side]) for side in (rows, ours, theirs)]
    merge = merge_packs(*(load(text.encode("gbk"), format="csv") for text in texts))
    assert merge.quick is not None
    assert len(merge.quick.merged.slots) < 150
    assert merge.tally().total() == 16
    assert merge.pack().to_bytes() == merge.ours.with_book(replace(merge, quick=None).merged.book()).to_bytes()
