"""Coverage of a book: what is named comes first, what is guessed says so, what can't be sent doesn't count."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from qnphrase import language
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.replies import coverage_html
from qnphrase.replies import coverage_text
from qnphrase.replies.coverage import Coverage
from qnphrase.replies.coverage import Standing
from qnphrase.replies.coverage import coverage_of
from qnphrase.replies.coverage_json import as_json

TODAY = date(2026, 11, 21)
BOOK = """\
version: 1
signature: 七天无理由
groups:
  - name: 售前
    phrases:
      - {code: hy, text: '您好亲，欢迎光临', scenario: greet.first}
      - {code: hy2, text: '您好，很高兴为您服务'}
      - {code: yj, text: '抱歉亲，利润有限不接受议价，请理解'}
      - {code: zk, text: '在的亲，请看', scenario: greet.frist}
      - {code: gg, text: '今天盘点'}
  - name: 售后
    phrases:
      - {code: th, text: '退货请申请退货退款', enabled: false}
      - {code: fp, text: '可以开发票的', scenario: post.invoice, until: 2026-11-20}
      - {code: hh, text: '换货流程见下', scenario: post.exchange, until: 2026-11-21}
auto_replies:
  - {when: busy, text: '抱歉，正忙，稍后回您'}
  - {when: away, enabled: false, text: '抱歉，离开一下'}
  - {when: first_message, phrase: hy}
  - {when: contacts_over, threshold: 30, text: ''}
"""
PACK = """\
快捷短语编码,快捷短语,快捷短语分组
离开,抱歉亲，刚去吃饭，马上帮您,自动回复
zj,再见,结束语
"""


def _pack(text: str = BOOK, name: str = "本.yaml") -> Pack:
    return load(text.encode(), name=name)


@pytest.fixture
def coverage() -> Coverage:
    return coverage_of([_pack()], today=TODAY)


def _standings(coverage: Coverage) -> dict[str, Standing]:
    return {row.scenario.id: row.standing for row in coverage.rows if row.answers}


def test_named_guessed_and_missing(coverage: Coverage) -> None:
    assert _standings(coverage) == {
        "greet.first": Standing.NAMED,
        "auto.first": Standing.NAMED,
        "auto.busy": Standing.NAMED,
        "pre.bargain": Standing.GUESSED,
        "post.exchange": Standing.NAMED,
    }
    assert (coverage.held, coverage.count(Standing.MISSING)) == (5, 53)
    assert coverage.count(Standing.NAMED, "售前") == 3
    assert coverage.percent == pytest.approx(500 / 58)
    assert sum(map(len, coverage.by_stage().values())) == 58


def test_answers_stand_where_the_file_has_them(coverage: Coverage) -> None:
    rows = {row.scenario.id: row for row in coverage.rows}
    greet, bargain = rows["greet.first"], rows["pre.bargain"]
    assert [(one.subject.code, one.line, one.guess is None) for one in greet.answers] == [
        ("hy", 6, True),
        ("hy2", 7, False),
    ]
    assert [one.path for one in greet.answers] == ["本.yaml", "本.yaml"]
    assert bargain.answers[0].guess is not None
    assert bargain.answers[0].guess.words == ("议价", "利润有限")
    assert bargain.lacking == ("由买家决定",)


def test_what_is_not_counted(coverage: Coverage) -> None:
    assert [one.answer.subject.code for one in coverage.unknown] == ["zk"]
    assert coverage.unknown[0].near == "greet.first"
    assert [one.subject.code for one in coverage.unplaced] == ["gg"]
    assert [one.subject.code for one in coverage.unused] == ["th", "fp", "停用-离开", "超30人"]


def test_the_last_day_counts() -> None:
    assert "post.invoice" in _standings(coverage_of([_pack()], today=date(2026, 11, 20)))
    assert "post.exchange" not in _standings(coverage_of([_pack()], today=date(2026, 11, 22)))


def test_without_guessing_only_what_is_said_counts() -> None:
    coverage = coverage_of([_pack()], guess=False, today=TODAY)
    assert set(_standings(coverage)) == {"greet.first", "auto.first", "auto.busy", "post.exchange"}
    assert set(_standings(coverage).values()) == {Standing.NAMED}
    assert [one.subject.code for one in coverage.unplaced] == ["hy2", "yj", "gg"]


def test_several_files_count_together() -> None:
    pack = _pack(
        "快捷短语编码,快捷短语,快捷短语分组\r\n离开,抱歉亲，刚去吃饭，马上帮您,自动回复\r\nzj,再见,结束语\r\n", "包.csv"
    )
    coverage = coverage_of([_pack(), pack], today=TODAY)
    assert {"auto.away", "close.end"} == set(_standings(coverage)) - set(
        _standings(coverage_of([_pack()], today=TODAY))
    )
    assert _standings(coverage)["auto.away"] is Standing.NAMED
    assert coverage.paths == ("本.yaml", "包.csv")


def test_text_tells_marks_reasons_and_what_is_missing(coverage: Coverage) -> None:
    said = coverage_text.render(coverage)
    assert "  √ greet.first" in said
    assert "  ● pre.bargain" in said
    assert "yj（猜的：内容有“议价、利润有限”）\n" in said
    assert "还缺：由买家决定\n" in said
    assert "  × close.end" in said
    assert "本.yaml:9：没有“greet.frist”这个场景，是不是 greet.first？" in said
    assert "3 条停用的、空的或者过期的没有算" not in said
    assert "4 条停用的、空的或者过期的没有算" in said
    assert said.endswith("58 个场景里有 5 个有话可用（9%）：写明的 4 个，猜的 1 个；还缺 53 个\n")
    said.encode("gbk")
    assert "没有归到任何场景：\n  本.yaml:10  gg\n" in coverage_text.render(coverage, show_all=True)


def test_nothing_unseen_gets_through() -> None:
    pack = _pack('version: 1\nphrases:\n- {text: "再见\\e[31m\\u200b"}\n')
    said = coverage_text.render(coverage_of([pack]), show_all=True)
    assert "“再见<U+001B>[31m<U+200B>”" in said
    assert "\x1b" not in said + coverage_html.render(coverage_of([pack]))


def test_json_has_everything(coverage: Coverage) -> None:
    report = json.loads(json.dumps(as_json(coverage)))
    assert report["summary"] == {
        "scenarios": 58,
        "held": 5,
        "percent": 8.62,
        "named": 4,
        "guessed": 1,
        "missing": 53,
        "incomplete": 1,
    }
    (bargain,) = [row for row in report["scenarios"] if row["id"] == "pre.bargain"]
    assert bargain["missing_elements"] == ["由买家决定"]
    assert bargain["answers"][0]["guess"] == {"words": ["议价", "利润有限"], "group": None}
    assert report["unknown"][0]["nearest"] == "greet.first"
    assert [stage["scenarios"] for stage in report["stages"]] == [23, 9, 20, 5, 1]


def test_html_is_whole_and_runs_nothing(words_of_page: Callable[[str], str]) -> None:
    text = BOOK.replace("您好亲，欢迎光临", "<script>alert(1)</script>&amp;您好")
    said = words_of_page(coverage_html.render(coverage_of([_pack(text, "<b>.yaml")], today=TODAY)))
    for words in (
        "<script>alert(1)</script>&amp;您好",
        "<b>.yaml:6",
        "猜的：内容有“议价、利润有限”",
        "还缺：由买家决定",
    ):
        assert words in said


def test_in_english(coverage: Coverage) -> None:
    language.use_language(language.ENGLISH)
    said = coverage_text.render(coverage)
    assert "Bargaining" in said
    assert "5 of 58 scenarios have an answer (9%): 4 named, 1 guessed; 53 missing" in said
    assert '<html lang="en">' in coverage_html.render(coverage)
