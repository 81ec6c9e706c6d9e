"""Our lines in `.gitattributes`, and nobody else's."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.merge.git.attributes import attribute_line
from qnphrase.merge.git.attributes import foreign_lines
from qnphrase.merge.git.attributes import our_lines
from qnphrase.merge.git.attributes import pattern_of
from qnphrase.merge.git.attributes import with_lines
from qnphrase.merge.git.attributes import without_lines

LINES = [attribute_line(pattern) for pattern in ("*.csv", "*.xml", "phrasebooks/**/*.yaml")]
MORE = [*LINES, attribute_line("话术/客服 一号.csv")]

_foreign_line = st.one_of(
    st.sampled_from([b"*.csv merge=union", b"# x", b"", b"*.png binary", b"*.csv -text merge=qnphrase diff=qnphrase"]),
    st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"")),
    st.text(max_size=8).map(lambda line: line.replace("\n", "").encode("utf-8", "replace")),
)
_newline = st.sampled_from([b"\n", b"\r\n"])
_files = st.builds(
    lambda bom, lines, last: bom + b"".join(line + newline for line, newline in lines) + last,
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.lists(st.tuples(_foreign_line, _newline), max_size=5),
    _foreign_line,
)


@given(st.none() | _files, st.sampled_from([LINES, MORE, LINES[:1]]))
def test_taking_out_gives_back_the_very_bytes(data: bytes | None, lines: list[str]) -> None:
    installed = with_lines(data, lines)
    assert our_lines(installed) == lines
    assert installed.startswith(data or b"")
    assert with_lines(installed, lines) == installed
    assert our_lines(with_lines(installed, MORE)) == MORE
    for again in (installed, with_lines(installed, MORE)):
        assert without_lines(again) == data


@given(st.none() | _files, _files)
def test_what_others_write_behind_stays(data: bytes | None, behind: bytes) -> None:
    installed = with_lines(data, LINES) + behind
    changed = with_lines(installed, MORE)
    assert changed.endswith(behind)
    assert our_lines(changed) == MORE
    rest = without_lines(changed) or b""
    assert rest.startswith(data or b"")
    assert rest.endswith(behind)
    assert len(rest) - len(data or b"") - len(behind) <= 2  # the end of a line that had none


def test_what_others_write_between_stays() -> None:
    installed = with_lines(b"*.png binary\n", LINES)
    edited = installed.replace(b"*.xml", b"# ours\n*.md text\n*.xml")
    assert our_lines(edited) == LINES
    assert without_lines(edited) == b"*.png binary\n# ours\n*.md text\n"


def test_without_a_closing_marker_ours_end_at_the_first_other_line() -> None:
    installed = with_lines(None, LINES)
    cut = installed[: installed.rindex(b"# <<<")] + b"*.md text\na.csv -text merge=qnphrase diff=qnphrase\n"
    assert our_lines(cut) == LINES
    assert without_lines(cut) == b"*.md text\na.csv -text merge=qnphrase diff=qnphrase\n"


def test_two_blocks_that_a_merge_left_become_one() -> None:
    twice = with_lines(None, LINES) + b"*.md text\n" + with_lines(None, MORE)
    once = with_lines(twice, MORE)
    assert once == with_lines(None, MORE) + b"*.md text\n"
    assert without_lines(twice) == b"*.md text\n"


@pytest.mark.parametrize(
    "pattern", ["*.csv", "话术/*.xml", "客服 一号/a b.csv", '引"号.csv', "#1.csv", "/店 铺/\\[新\\].yaml", "[ab].csv"]
)
def test_git_reads_a_pattern_as_it_was_meant(pattern: str, tmp_path: Path) -> None:
    line = attribute_line(pattern)
    assert pattern_of(line) == pattern
    name = pattern.replace("*", "x").replace("\\", "").lstrip("/").replace("[ab]", "b")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitattributes").write_bytes(with_lines(b"x.md text", [line]))
    asked = ["git", "check-attr", "-z", "merge", "text", "--", name, f"不是{name}"]
    said = subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True).stdout.decode().split("\0")
    assert said[2::3][:2] == ["qnphrase", "unspecified" if pattern.endswith(".yaml") else "unset"]
    assert (said[8] == "qnphrase") == pattern.startswith("*")


def test_lines_of_others_are_told_with_their_numbers() -> None:
    data = b'\xef\xbb\xbf*.csv  merge=union\t-diff\n# no\n[attr]own text\n\n"a b.xml" binary\n'
    found = [(line.number, line.pattern, line.attributes) for line in foreign_lines(with_lines(data, LINES))]
    assert found == [(1, "*.csv", ("merge=union", "-diff")), (5, '"a b.xml"', ("binary",))]
