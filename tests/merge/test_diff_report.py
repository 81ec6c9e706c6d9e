"""What is said of a rich example, in every form: golden files, and what holds of each form whatever it says."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.language import use_language
from qnphrase.merge.compare import Comparison
from qnphrase.merge.compare import compare_packs
from qnphrase.merge.report import rendered
from qnphrase.merge.report import text
from qnphrase.merge.report.excerpt import shortened
from qnphrase.merge.report.markdown import escaped
from qnphrase.merge.words import Piece
from qnphrase.model import Phrasebook
from qnphrase.pack import load
from qnphrase.pack import new_pack

EXAMPLE = Path(__file__).with_name("diff_example")
Triple = tuple[Phrasebook, Phrasebook, Phrasebook]
Triples = Callable[..., st.SearchStrategy[Triple]]


@pytest.fixture(scope="module")
def example() -> Comparison:
    old, new = (load((EXAMPLE / name).read_bytes(), name=name) for name in ("old.yaml", "new.yaml"))
    return compare_packs(old, new)


@pytest.mark.parametrize(("form", "golden"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_golden(form: str, golden: str, example: Comparison) -> None:
    expected = (EXAMPLE / f"expected.{golden}").read_bytes().decode("utf-8")
    assert rendered(form, example) == expected


def test_text_fits_and_survives_gbk(example: Comparison) -> None:
    said = text.render(example)
    assert max(map(text.columns, said.split("\n"))) <= 80
    assert said.encode("gbk").decode("gbk") == said
    narrow = text.render(example, text.Look(width=40))
    assert max(map(text.columns, narrow.split("\n"))) <= 40
    assert not [line for line in (*said.split("\n"), *narrow.split("\n")) if line.lstrip()[:1] in tuple("，。；：？")]
    # however it is broken, it says the same
    assert re.sub(r"\s+", "", narrow) == re.sub(r"\s+", "", said)


def test_colours_are_all_that_a_terminal_adds(example: Comparison) -> None:
    coloured = text.render(example, text.Look(colours=True))
    assert "\x1b[31m〔-48-〕\x1b[0m\x1b[32m〔+24+〕\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text.render(example)
    for line in coloured.split("\n"):
        assert re.findall(r"\x1b\[\d+m", line)[-1:] in ([], ["\x1b[0m"])  # no colour runs into the next line


def test_statistics(example: Comparison) -> None:
    lines = text.render_statistics(example).split("\n")
    (line,) = [line for line in lines if "「物流」" in line]
    assert re.fullmatch(r" 「物流」 +\|     3  修改 3", line)
    assert len({text.columns(line.partition("|")[0]) for line in lines if "|" in line}) == 1
    assert lines[-2].startswith("● 17 条有变化")


def test_speaks_english(example: Comparison) -> None:
    use_language("en")
    said = text.render(example)
    assert "Group [售前] renamed to [售前接待]" in said
    assert "Taken for the same phrase because the texts are alike (90%): please check" in said


def test_the_page_is_whole_and_needs_nothing(example: Comparison, words_of_page: Callable[[str], str]) -> None:
    said = words_of_page(rendered("html", example))
    assert "<b>@all</b> #12 **谢谢** [链接](http://a.cn) & |`" in said
    assert "拍下后4824小时内发货" in said
    assert "按内容相近认作同一条（相似 90%），请核对" in said


@given(st.text("ab1\n<>&@:#!~$%^*_`[](){}\\|-+./w中，\u200b", max_size=30))
def test_markdown_shows_text_as_it_is(said: str) -> None:
    shown = escaped(said)
    assert not re.search(r"[<>@](?!br>)", re.sub("<br>", "", shown))
    # What a reader of Markdown takes away is just what was put in.
    back = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown.replace("<br>", "\n"))
    back = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), back)
    assert back == said.replace("\u200b", "<零宽空格>")
    for special in "*_`[]{}|~$^":
        assert not re.search(rf"(?<!\\)(?:\\\\)*{re.escape(special)}", shown)


def test_markdown_calls_nobody(example: Comparison) -> None:
    report = rendered("markdown", example)
    outside = re.sub(r"<code>.*?</code>", "", report)
    assert "「<span>&#64;</span>all」" in outside
    assert not re.search(r"(?:@|&#64;|(?<!&)#|!)\w", outside)


def test_markdown_folds_long_lists() -> None:
    header = "快捷短语编码,快捷短语,快捷短语分组\r\n"
    old, new = (
        load((header + "".join(f"c{at},{word}{at},售前\r\n" for at in range(12))).encode("gbk"))
        for word in ("您", "你")
    )
    report = rendered("markdown", compare_packs(old, new))
    assert report.index("<details><summary>展开 12 条</summary>\n\n- ") < report.index("\n\n</details>")


def test_long_texts_are_cut_where_nothing_changed() -> None:
    old = "甲" * 100 + "旧" + "乙" * 100 + "旧" + "丙" * 100
    header = "快捷短语编码,快捷短语,快捷短语分组\r\n"
    packs = [load(f"{header}hy,{said},售前\r\n".encode("gbk")) for said in (old, old.replace("旧", "新"))]
    said = re.sub(r"\s", "", text.render(compare_packs(*packs)))
    middle = f"{'乙' * 30}…（略40字）…{'乙' * 30}"
    assert f"…（略70字）…{'甲' * 30}〔-旧-〕〔+新+〕{middle}〔-旧-〕〔+新+〕{'丙' * 30}…（略70字）…" in said
    assert shortened("一二三", 1, 1) == "一二三"


def test_one_line_for_other_reports() -> None:
    pieces = [Piece("亲，", "亲，"), Piece("旧", "新 "), Piece("。", "。")]
    assert text.marked(pieces) == "亲，〔-旧-〕〔+新<空格>+〕。"


def test_every_form_of_any_books(triples: Triples, words_of_page: Callable[[str], str]) -> None:
    @given(triples())
    def check(triple: Triple) -> None:
        packs = [new_pack(book, "yaml") for book in triple[:2]]
        comparison = compare_packs(*packs)
        report = json.loads(rendered("json", comparison))
        assert report["identical"] == (triple[0] == triple[1])
        assert len(report["changes"]) == report["summary"]["changes"]
        said = text.render(comparison)
        assert max(map(text.columns, said.split("\n"))) <= 80
        assert said.count("\n  ") >= len(report["changes"])
        words_of_page(rendered("html", comparison))
        assert rendered("markdown", comparison).count("\n- **") == len(report["changes"])

    check()
