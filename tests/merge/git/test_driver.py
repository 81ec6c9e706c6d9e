"""The merge driver as a function: files in, one file out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase import load
from qnphrase import new_pack
from qnphrase.formats.unmerged import unmerged
from qnphrase.merge.conflict import Choice
from qnphrase.merge.files import merge_packs
from qnphrase.merge.git.driver import NotMergedError
from qnphrase.merge.git.driver import merge_files
from qnphrase.merge.git.lines import FAILED
from qnphrase.merge.git.lines import Files
from qnphrase.merge.git.lines import marker_size
from qnphrase.merge.git.lines import merge_lines
from qnphrase.merge.git.program import driver_command
from qnphrase.merge.git.program import program_in
from qnphrase.merge.git.program import textconv_command
from qnphrase.merge.markers import Marked
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

_phrases = st.lists(
    st.builds(
        Phrase,
        code=st.sampled_from(["a", "b", "c", "d", ""]),
        text=st.sampled_from(["一", "二", "三\n四", "五,六", "七"]),
    ),
    max_size=4,
).map(tuple)
_books = st.builds(
    lambda one, two: Phrasebook(groups=(Group(name="甲", phrases=one), Group(name="乙", phrases=two))),
    _phrases,
    _phrases,
)


def _files(folder: Path, *data: bytes, size: int = 7, path: str = "店铺.csv") -> Files:
    names = [str(folder / name) for name in ("base", "ours", "theirs")]
    for name, one in zip(names, data, strict=True):
        Path(name).write_bytes(one)
    return Files(*names, size, path)


@given(
    base=_books,
    ours=_books,
    theirs=_books,
    format=st.sampled_from(["csv", "xml", "yaml"]),
    size=st.sampled_from([7, 11]),
)
def test_the_result_is_the_merge_or_holds_it_either_way(
    tmp_path_factory: pytest.TempPathFactory,
    base: Phrasebook,
    ours: Phrasebook,
    theirs: Phrasebook,
    format: str,
    size: int,
) -> None:
    packs = [new_pack(book, format) for book in (base, ours, theirs)]
    merge = merge_packs(*packs)
    files = _files(tmp_path_factory.mktemp("d"), *(pack.to_bytes() for pack in packs), size=size, path=f"店铺.{format}")
    outcome = merge_files(files)
    document = outcome.document
    conflicts = unmerged(document.text)
    assert outcome.is_clean == (not conflicts)
    assert Path(files.ours).read_bytes() == packs[1].to_bytes(), "the driver's function writes nothing"
    if outcome.is_clean:
        wanted = {side: merge.pack(default=side).book for side in Choice if side is not Choice.BOTH}
        assert load(document.data, format=format).book == wanted[Choice.OURS] == wanted[Choice.THEIRS]
        return
    assert "<" * size in document.text
    marked = Marked(document, tuple(conflicts))
    for side in (Choice.OURS, Choice.THEIRS):
        settled = marked.settled(dict.fromkeys(range(len(conflicts)), side))
        assert load(settled.data, format=format).book == merge.pack(default=side).book


HEADER = "快捷短语编码,快捷短语,快捷短语分组\n"


def _rows(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode("gbk")


def test_what_all_possible_bases_agree_on(tmp_path: Path) -> None:
    base = HEADER + "<<<<<<<<< one\nhy,一,甲\n=========\nhy,二,甲\n>>>>>>>>> two\ndj,等,甲\n"
    ours, theirs = _rows("hy,三,甲", "dj,等等,甲"), _rows("hy,三,甲", "dj,等,甲", "fh,发,甲")
    outcome = merge_files(_files(tmp_path, base.encode("gbk"), ours, theirs))
    assert outcome.is_clean
    assert outcome.document.data == _rows("hy,三,甲", "dj,等等,甲", "fh,发,甲")


def test_what_possible_bases_do_not_agree_on(tmp_path: Path) -> None:
    base = HEADER + "<<<<<<<<< one\nhy,一,甲\n=========\nhy,二,甲\n>>>>>>>>> two\n"
    with pytest.raises(NotMergedError, match="老版本自己就有冲突") as caught:
        merge_files(_files(tmp_path, base.encode("gbk"), _rows("hy,一,甲"), _rows("hy,二,甲")))
    assert caught.value.is_readable


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_file_that_can_not_be_read(tmp_path: Path, broken: int) -> None:
    data = [_rows("hy,一,甲"), _rows("hy,二,甲"), _rows("hy,一,甲", "dj,等,甲")]
    data[broken] = _rows('x,"没有结束,甲')
    with pytest.raises(NotMergedError) as caught:
        merge_files(_files(tmp_path, *data))
    assert not caught.value.is_readable


def test_a_text_that_neither_file_can_carry(tmp_path: Path) -> None:
    """Ours has no room for a code, theirs none for a group: no file of either form holds both."""
    ours = "快捷短语,快捷短语分组\n您好,甲\n稍等,乙\n".encode("gbk")
    theirs = "快捷短语编码,快捷短语\nhy,您好\ndj,稍等\nfh,发货\n".encode("gbk")
    with pytest.raises(NotMergedError) as caught:
        merge_files(_files(tmp_path, b"", ours, theirs))
    assert caught.value.is_readable


def test_the_format_is_that_of_the_path(tmp_path: Path) -> None:
    book = "version: 1\nphrases:\n  - {code: hy, text: 您好}\n"
    files = _files(tmp_path, b"", book.encode(), book.encode() + b"shop: x\n", path="店铺.yaml")
    assert load(merge_files(files).document.data, format="yaml").book.shop == "x"


@pytest.mark.parametrize(("word", "size"), [("7", 7), ("3", 7), ("15", 15), ("999", 80), ("%L", 7), ("", 7), ("-9", 7)])
def test_markers_that_other_commands_know(word: str, size: int) -> None:
    assert marker_size(word) == size


def test_merging_by_lines_says_how_many_conflicts_there_are(tmp_path: Path) -> None:
    lines = [f"{number}\n" + "".join(f"{number} 之后 {line}\n" for line in range(5)) for number in range(3)]
    sides = ["".join(lines), *("".join(line.replace("\n", f"{side}\n", 1) for line in lines) for side in "ab")]
    files = _files(tmp_path, *(side.encode() for side in sides), size=9)
    assert merge_lines(files) == 3
    assert Path(files.ours).read_bytes().count(b"<<<<<<<<< ours\n") == 3


def test_merging_by_lines_leaves_what_it_can_not_merge(tmp_path: Path) -> None:
    binary = bytes(range(256)) * 4
    files = _files(tmp_path, b"", binary, binary[::-1])
    assert merge_lines(files) == FAILED
    assert Path(files.ours).read_bytes() == binary


@pytest.mark.parametrize(
    "program", ["qnphrase", "'/a b/百分 100%/python' -P -m qnphrase", "'C:/it'\"'\"'s/python.exe' -P -m qnphrase"]
)
def test_commands_name_their_program(program: str) -> None:
    path = {"q": "qnphrase", "/": "/a b/百分 100%/python", "C": "C:/it's/python.exe"}[program.lstrip("'")[0]]
    assert program_in(driver_command(program)) == path
    assert program_in(textconv_command(program)) == path
    assert "%%" not in textconv_command(program)


def test_a_command_that_makes_no_sense_names_nothing() -> None:
    assert program_in("'") == program_in("") == ""
