"""The plain merge of lines, beside git's."""

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.formats.runs import common_places
from qnphrase.merge.text import merge_texts

FIVE_TIMES = settings(max_examples=settings().max_examples * 5)
LINES = st.lists(st.sampled_from("abcdefgh"), max_size=10).map(lambda lines: "".join(f"{line}\n" for line in lines))


def _merged(base: str, ours: str, theirs: str) -> str | None:
    merged = merge_texts(base, ours, theirs)
    return None if merged is None else merged.text


@FIVE_TIMES
@given(LINES, LINES)
def test_one_side_wins_against_none(base: str, side: str) -> None:
    for texts in ((base, side, base), (base, base, side), (base, side, side)):
        assert _merged(*texts) == side


@FIVE_TIMES
@given(st.text("abcd", max_size=12), st.text("abcd", max_size=12))
def test_common_places_ascend_and_are_equal(old: str, new: str) -> None:
    places = common_places(old, new)
    assert all(old[one] == new[other] for one, other in places)
    assert all(one < other for side in zip(*places, strict=True) for one, other in pairwise(side))


@FIVE_TIMES
@given(LINES, LINES, LINES)
def test_both_sides_are_whole_in_what_merges(base: str, ours: str, theirs: str) -> None:
    merged = _merged(base, ours, theirs)
    assert merged == _merged(base, theirs, ours)
    if merged is not None:
        known = set(base.split("\n"))
        assert (set(ours.split("\n")) | set(theirs.split("\n"))) - known <= set(merged.split("\n"))


LONG_LINES = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=40, unique=True).map(
    lambda lines: "".join(f"{line * 20}\n" for line in sorted(lines))
)


@FIVE_TIMES
@given(st.one_of(st.tuples(LINES, LINES, LINES), st.tuples(LONG_LINES, LONG_LINES, LONG_LINES)), st.booleans())
def test_what_all_have_stands_where_it_is_said(texts: tuple[str, str, str], is_cut: bool) -> None:
    base, ours, theirs = (text[:-1] for text in texts) if is_cut else texts
    merged = merge_texts(base, ours, theirs)
    end = (0, 0, 0, 0)
    for *places, length in merged.common if merged else ():
        parts = {text[at : at + length] for text, at in zip((base, ours, theirs, merged.text), places, strict=True)}
        assert len(parts) == 1
        assert parts.pop().endswith("\n") or places[0] + length == len(base)
        assert all(start >= before for start, before in zip(places, end, strict=True))
        end = tuple(at + length for at in places)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_far_apart_changes_merge_as_in_git(tmp_path: Path) -> None:
    lines = [f"line {number}\n" for number in range(300)]
    ours, theirs = list(lines), list(lines)
    for at in range(5, 300, 20):
        ours[at] = f"ours {at}\n"
        theirs[at + 10] = f"theirs {at}\n"
    del ours[100]
    theirs.insert(150, "added\n")
    texts = ["".join(side) for side in (ours, lines, theirs)]
    for name, text in zip("abc", texts, strict=True):
        (tmp_path / name).write_bytes(text.encode())
    git = subprocess.run(["git", "merge-file", "-p", "a", "b", "c"], cwd=tmp_path, capture_output=True, check=True)
    assert _merged(texts[1], texts[0], texts[2]) == git.stdout.decode()
