"""The reports: what each consumer needs, escaped as it reads it."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from qnphrase.language import use_language
from qnphrase.lint.diagnostic import Context
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.file import FileResult
from qnphrase.lint.report import FORMS
from qnphrase.lint.report import rendered
from qnphrase.lint.report.text import Look
from qnphrase.lint.report.text import columns
from qnphrase.lint.report.text import render
from qnphrase.lint.report.text import statistics
from qnphrase.lint.report.text import wrapped


def _finding(severity: Severity = Severity.ERROR, **changes: object) -> Diagnostic:
    text = "在的亲，加微信聊：shop_66，100%放心"
    one = Diagnostic(
        code="QN201",
        name="off-platform-contact",
        severity=severity,
        message="“加微信”会把顾客引到平台外：请在这里聊，50%\n的罚单从这里来",
        path="店铺 一号/短语,本.csv",
        line=3,
        column=5,
        end_line=3,
        end_column=8,
        start=40,
        end=43,
        group="售前",
        phrase="jwx",
        text="加微信",
        subject=1,
        field="text",
        context=Context(text, 4, 7),
    )
    return one._replace(**changes)  # type: ignore[arg-type]


RESULTS = [
    FileResult(
        "店铺 一号/短语,本.csv",
        [
            _finding(Severity.INFO, code="QN207", line=2, end_line=2),
            _finding(),
            _finding(Severity.WARNING, code="QN710", fix=Fix(0, 1, "")),
        ],
        2,
        False,
        10,
    ),
    FileResult("好的.yaml", [], 0, False, 3),
]


@pytest.mark.parametrize("form", FORMS)
def test_no_findings_is_a_whole_report(form: str) -> None:
    report = rendered(form, [FileResult("好的.yaml", [], 0, False, 3)])
    if form in ("json", "gitlab"):
        assert json.loads(report) == []
    elif form in ("jsonl", "github"):
        assert report == ""
    elif form == "sarif":
        assert json.loads(report)["runs"][0]["results"] == []
    elif form == "junit":
        assert etree.fromstring(report.encode()).get("failures") == "0"
    else:
        assert report == "√ 1 个文件，3 条短语：没有问题\n"


def test_json_keys() -> None:
    first, second, third = json.loads(rendered("json", RESULTS))
    keys = "code name severity message path line column end_line end_column group phrase text fixable shops url"
    assert " ".join(first) == keys
    assert second["text"] == "加微信"
    assert (first["fixable"], third["fixable"]) == (False, True)
    assert [json.loads(line) for line in rendered("jsonl", RESULTS).split("\n")[:-1]] == [first, second, third]


def test_github_escapes_and_puts_the_worst_first() -> None:
    lines = rendered("github", RESULTS).rstrip("\n").split("\n")
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]
    assert (
        "file=店铺 一号/短语%2C本.csv,line=3,endLine=3,col=5,endColumn=8,title=QN201 off-platform-contact::" in lines[0]
    )
    assert lines[0].endswith("：请在这里聊，50%25%0A的罚单从这里来")


def test_github_leaves_columns_out_over_several_lines() -> None:
    one = FileResult("a.csv", [_finding(end_line=4)], 0, False, 1)
    assert "col=" not in rendered("github", [one])
    assert "endLine=4" in rendered("github", [one])


def test_gitlab_fingerprints_differ_and_survive_moved_lines() -> None:
    twice = FileResult("a.csv", [_finding(), _finding(line=9, end_line=9)], 0, False, 2)
    moved = FileResult("a.csv", [_finding(line=5, end_line=5), _finding(line=19, end_line=19)], 0, False, 2)
    before, after = (json.loads(rendered("gitlab", [result])) for result in (twice, moved))
    marks = [issue["fingerprint"] for issue in before]
    assert len(set(marks)) == 2
    assert marks == [issue["fingerprint"] for issue in after]
    assert before[0]["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert before[0]["location"]["lines"]["begin"] == 3


def test_sarif_has_what_code_scanning_needs() -> None:
    log = json.loads(rendered("sarif", RESULTS))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]
        assert unquote(location["artifactLocation"]["uri"]) == "店铺 一号/短语,本.csv"
        assert location["artifactLocation"]["uri"].isascii()
        assert location["region"]["endColumn"] > location["region"]["startColumn"] >= 1
        assert result["message"]["text"]
        assert result["partialFingerprints"]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]


def test_junit_is_well_formed_and_counts() -> None:
    root = etree.fromstring(
        rendered("junit", [*RESULTS, FileResult("\x01坏.csv", [_finding(message="\x00&<")], 0, True, 0)]).encode()
    )
    assert (root.get("tests"), root.get("failures")) == ("5", "4")
    assert len(root.findall(".//failure")) == 4
    assert [suite.get("tests") for suite in root] == ["3", "1", "1"]


def test_text_underlines_the_words() -> None:
    lines = render(RESULTS).split("\n")
    at = next(index for index, line in enumerate(lines) if "QN201" in line)
    assert lines[at].strip().startswith("3:5     错误 QN201  「售前」jwx")
    quoted = next(line for line in lines[at:] if "在的亲" in line)
    marks = lines[lines.index(quoted, at) + 1]
    assert columns(quoted[: quoted.index("加微信")]) == len(marks) - len(marks.lstrip())
    assert marks.strip() == "^" * 6
    assert (
        lines[-2] == "× 2 个文件，13 条短语：1 个错误，1 个警告，1 个提示（1 个可以用 --fix 修好），另有 2 个已说明放过"
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_text_fits_the_terminal(width: int) -> None:
    text = "亲" * 300 + "加微信" + "好" * 300
    one = _finding(context=Context(text, 300, 303), message="这句话很长" * 30)
    report = render([FileResult("a.csv", [one], 0, False, 1)], look=Look(width=width))
    assert max(map(columns, report.split("\n")[1:-2])) <= width
    assert "加微信" in report
    assert report.replace("\n", "").replace(" ", "").count("这句话很长") == 30


def test_colours_only_where_asked() -> None:
    assert "\x1b[" not in render(RESULTS)
    assert "\x1b[31m" in render(RESULTS, Look(colours=True))


def test_wrapping_loses_nothing() -> None:
    text = "中文abc，标点。" * 20
    assert "".join(wrapped(text, 17)) == text
    assert all(columns(line) <= 17 for line in wrapped(text, 17))


def test_words_are_broken_only_at_blanks() -> None:
    text = "This sends the buyer off the platform: please answer in the chat. 请改为在旺旺里沟通，wechat也不行。"
    lines = list(wrapped(text, 21))
    assert all(columns(line) <= 21 for line in lines)
    assert {word for line in lines for word in line.split()} >= set(text.split("请", maxsplit=1)[0].split())
    assert not any(line[0] in "，。 " or line.endswith(" ") for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert list(wrapped("https://example.com/very/long", 10)) == ["https://ex", "ample.com/", "very/long"]
    assert list(wrapped("。" * 12, 10)) == ["。" * 5, "。" * 5, "。" * 2]


def test_quotes_are_underlined_as_they_are_shown() -> None:
    one = _finding(context=Context("“您好”，“欢迎”加微信", 9, 12))
    for gbk, expected in ((False, 12 + 4 + 5 * 2), (True, 12 + 9 * 2)):
        marks = next(
            line for line in render([FileResult("a", [one], 0, False, 1)], Look(gbk=gbk)).split("\n") if "^" in line
        )
        assert len(marks) - len(marks.lstrip()) == expected


@pytest.mark.parametrize("at", [0, 50, 4_000, 9_990])
def test_a_long_line_is_cut_around_the_words(at: int) -> None:
    text = ("abc亲，" * 2_000)[:at] + "加微信" + ("好的 ok" * 2_000)[: 9_990 - at]
    one = _finding(context=Context(text, at, at + 3))
    lines = render([FileResult("a", [one], 0, False, 1)]).split("\n")
    marks = next(line for line in lines if "^" in line)
    quoted = lines[lines.index(marks) - 1]
    assert 60 <= columns(quoted) <= 80
    start = len(marks) - len(marks.lstrip())
    assert columns(quoted[: quoted.index("加微信")], Look()) == start


def test_severities_stand_in_a_column_and_a_code_is_said_once() -> None:
    use_language("en")
    whole = [_finding(level, field="code", context=Context("hy", 0, 2), phrase="hy") for level in Severity]
    lines = [line for line in render([FileResult("a", whole, 0, False, 1)]).split("\n") if "QN201" in line]
    assert len({line.index("QN201") for line in lines}) == 1
    assert "^" not in render([FileResult("a", whole, 0, False, 1)])
    assert "^" in render([FileResult("a", [whole[0]._replace(context=Context("hy 1", 2, 3))], 0, False, 1)])


def test_statistics() -> None:
    lines = statistics(RESULTS).split("\n")
    assert [line.split() for line in lines[:-1]] == [
        ["1", code, "off-platform-contact"] for code in ("QN207", "QN201", "QN710")
    ]


def test_every_mark_survives_gbk() -> None:
    for source in Path(__file__).parents[2].joinpath("src", "qnphrase").rglob("*.py"):
        if "cli" in source.parts or "report" in source.parts:
            source.read_text(encoding="utf-8").encode("gbk")


def test_the_shops_stand_in_every_form() -> None:
    shops = ("晴天旗舰店", "晴天抖店", "小雨", "大雪")
    few, many = _finding(shops=shops[:3]), _finding(shops=shops)
    results = [FileResult(few.path, [few, many], 0, False, 2)]
    for form in ("text", "github", "gitlab", "junit"):
        report = "".join(rendered(form, results).split())
        assert "（晴天旗舰店、晴天抖店、小雨）" in report, form
        assert "（晴天旗舰店、晴天抖店、小雨等4家店）" in report, form
    assert [one["shops"] for one in json.loads(rendered("json", results))] == [list(shops[:3]), list(shops)]
    assert json.loads(rendered("sarif", results))["runs"][0]["results"][1]["properties"] == {"shops": list(shops)}
    own = render([FileResult(few.path, [_finding(message="“小雨”没有写变量", shops=("小雨",))], 0, False, 1)])
    assert own.count("小雨") == 1, "it is named already"
