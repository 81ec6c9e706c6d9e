"""Tests of auto-replies beside a book: read with every place, run, and told."""

from pathlib import Path

import pytest

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UsageError
from qnphrase.model import AutoReply
from qnphrase.model import Phrasebook
from qnphrase.replies.beside import book_beside
from qnphrase.replies.case_file import read_suite
from qnphrase.replies.cases import Suite
from qnphrase.replies.cases import run_suite
from qnphrase.replies.cases_report import as_json
from qnphrase.replies.cases_report import render
from qnphrase.replies.suites import run_tests
from qnphrase.replies.suites import suites_beside

BOOK = Phrasebook(
    auto_replies=(
        AutoReply(when="first_message", text="您好/:^_^"),
        AutoReply(when="busy", text="这会儿忙，\n请稍等", cooldown=30),
        AutoReply(when="busy", text="夜里忙", hours="22:00-08:00"),
        AutoReply(when="away", text="离开了", enabled=False),
    )
)
BOOK_YAML = """\
version: 1
auto_replies:
  - {when: busy, text: 忙}
"""


def _suite(text: str) -> Suite:
    return read_suite(Document.of_bytes(text.encode(), path="店铺.replies-test.yaml"))


def _problem(case: str) -> str:
    run = run_suite(_suite(f"cases:\n  - {{at: 2026-11-11 12:00, {case}}}\n"), BOOK)
    (outcome,) = run.outcomes
    assert outcome.passed == (outcome.problem == "")
    return outcome.problem


@pytest.mark.parametrize(
    "case",
    [
        "status: busy, reply: 忙碌",
        "status: 忙碌, reply: [忙碌]",
        "status: busy, last_sent: {忙碌: 2026-11-11 11:31}, reply: none",
        "status: busy, last_sent: {忙碌: 2026-11-11 11:30}, reply: 忙碌",
        "status: away, reply: 无",
        "status: away, reply: []",
        "first_today: true, contacts: 3, reply: 首次",
        "first_today: 是, text: 您好/:^_^",
        'status: busy, text: "这会儿忙，\\n请稍等"',
        'status: busy, text: "这会儿忙，\\n请稍等\\n"',
        "first_today: no, reply:",
    ],
)
def test_cases_that_pass(case: str) -> None:
    assert _problem(case) == ""


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        ("status: busy, reply: 忙碌-2", "应该是“忙碌-2”，实际是“忙碌”"),
        ("status: busy, reply: none", "应该是什么也不发，实际是“忙碌”"),
        ("status: away, reply: 离开", "应该是“离开”，实际是什么也不发"),
        ("first_today: true, text: 您好", "应该是“您好”，实际是“您好[微笑]”"),
        ("status: busy, reply: [首次, 忙碌]", "应该是“首次”、“忙碌”，实际是“忙碌”"),
        ("reply: 忙碌-3", "短语本里没有叫“忙碌-3”的自动回复，只有：首次、忙碌、忙碌-2、离开"),
        (
            "last_sent: {超9人: 2026-11-11 11:31}, reply: none",
            "短语本里没有叫“超9人”的自动回复，只有：首次、忙碌、忙碌-2、离开",
        ),
    ],
)
def test_cases_that_fail(case: str, problem: str) -> None:
    assert _problem(case) == problem


def test_the_profile_is_that_of_the_file() -> None:
    text = "profile: all\ncases:\n  - {at: 2026-11-11 23:00, status: busy, reply: [忙碌, 忙碌-2]}\n"
    assert run_suite(_suite(text), BOOK).failed == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", ":1:1", "空"),
        ("# 以后再写\n", ":1:1", "空"),
        ("- a\n", ":1:1", "字段: 内容"),
        ("book: 店铺.yaml\n", ":1:1", "cases"),
        ("case: []\n", ":1:1", "是不是想写 cases"),
        ("version: 2\ncases: []\n", ":1:10", "版本 2"),
        ("profile: qianniu\ncases: []\n", ":1:10", "qianniu-unverified"),
        ("cases: {}\n", ":1:8", "列表"),
        ("cases:\n  - 忙碌\n", ":2:5", "字段: 内容"),
        ("cases:\n  - {reply: 忙碌}\n", ":2:5", "时间"),
        ("cases:\n  - {at: 2026-11-11 12:00}\n", ":2:5", "reply 或者 text"),
        ("cases:\n  - {at: 2026-11-11 12:00, reply: 忙碌, text: 忙}\n", ":2:5", "只写一个"),
        ("cases:\n  - {at: 明天, reply: 忙碌}\n", ":2:10", "看不懂这个时间"),
        ("cases:\n  - {at: 2026-02-29 12:00, reply: 忙碌}\n", ":2:10", "没有这个时间"),
        ("cases:\n  - at: 2026-11-11 12:00\n    reply: 忙碌\n    状态: busy\n", ":4:5", "可以用：name、at"),
        ("cases:\n  - at: 2026-11-11 12:00\n    reply: 忙碌\n    stats: busy\n", ":4:5", "是不是想写 status"),
        ("cases:\n  - at: 2026-11-11 12:00\n    reply: 忙碌\n    reply: 首次\n", ":4:5", "写了两次"),
        ("cases:\n  - {at: 2026-11-11 12:00, status: 忙, reply: 忙碌}\n", ":2:36", "没有这个状态"),
        ("cases:\n  - {at: 2026-11-11 12:00, contacts: 三, reply: 忙碌}\n", ":2:38", "人数"),
        ("cases:\n  - {at: 2026-11-11 12:00, contacts: -1, reply: 忙碌}\n", ":2:38", "人数"),
        ("cases:\n  - {at: 2026-11-11 12:00, contacts: 99999999999, reply: 忙碌}\n", ":2:38", "人数"),
        ("cases:\n  - {at: 2026-11-11 12:00, first_today: 1, reply: 忙碌}\n", ":2:41", "true"),
        ("cases:\n  - {at: 2026-11-11 12:00, last_sent: {忙碌: 刚才}, reply: 忙碌}\n", ":2:44", "看不懂这个时间"),
        ("cases:\n  - {at: 2026-11-11 12:00, reply: {忙碌: 1}}\n", ":2:35", "文字"),
        ("cases:\n  - at: 2026-11-11 12:00\n   reply: 忙碌\n", ":3:4", "缩进"),
        ("cases: [\n", ":2:1", "括号"),
        ("cases:\n  - {at: 2026-11-11 12:00, text: '您好}\n", ":3:1", "引号"),
        ("cases: []\n---\ncases: []\n", ":2:1", "YAML"),
        ("cases: [" + "[" * 5000, ":1:1", "括号套得太深"),
        ("cases: [\x01]\n", ":1:9", "YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, place: str, words: str) -> None:
    with pytest.raises(PackSyntaxError) as caught:
        _suite(text)
    assert str(caught.value).startswith(f"店铺.replies-test.yaml{place}")
    assert words in str(caught.value)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_any_encoding_and_line_end(encoding: str, newline: str) -> None:
    text = "cases:\n  - name: 中午\n    at: 2026-11-11 12:00\n    status: 忙碌\n    reply: 首次\n".replace(
        "\n", newline
    )
    suite = read_suite(Document.of_bytes(text.encode(encoding), path="店.replies-test.yaml"))
    (outcome,) = run_suite(suite, BOOK).outcomes
    assert outcome.problem == "应该是“首次”，实际是“忙碌”"
    assert suite.position(outcome.case) == (2, 5)
    assert suite.document.text[outcome.case.expected.start : outcome.case.expected.end] == "首次"


def test_the_failing_ones_are_told_with_the_trace() -> None:
    text = """\
cases:
  - name: 中午
    at: 2026-11-11 12:00
    status: busy
    reply: 忙碌
  - at: 2026-11-11 23:00
    status: busy
    last_sent: {忙碌: 2026-11-11 22:40}
    first_today: true
    reply: none
"""
    run = run_suite(_suite(text), BOOK)
    assert (
        render([run])
        == """\
店铺.replies-test.yaml
  按 qianniu-unverified（未经验证）：先看离开、忙碌，再看人数（多的先），最后才是首次；同一种取靠前的，只发一条

× 6:5 第 2 个用例
  应该是什么也不发，实际是“忙碌-2”
  2026-11-11 23:00 周三，忙碌，正在联系 1 人，买家当天的第一条消息
    × 首次    条件也满足，但先发了忙碌-2
    × 忙碌    这位买家 2026-11-11 22:40 收到过，30 分钟内不再发
    √ 忙碌-2  条件满足，发出
    × 离开    没有启用

× 2 个用例，1 个没通过
"""
    )
    found = as_json([run])
    assert (found["cases"], found["failed"]) == (2, 1)
    passed, failed = found["suites"][0]["cases"]
    assert passed["passed"] is True
    assert (failed["line"], failed["column"], failed["expected"]) == (6, 5, {"replies": []})
    assert [one["reason"] for one in failed["trace"]] == ["precedence", "cooldown", "sent", "disabled"]
    assert failed["situation"]["last_sent"] == {"忙碌": "2026-11-11T22:40:00"}


@pytest.mark.parametrize(
    ("test", "books", "expected"),
    [
        ("店铺.replies-test.yaml", ("店铺.yaml", "店铺.csv"), "店铺.yaml"),
        ("店铺.replies-test.yml", ("店铺.csv",), "店铺.csv"),
        ("店铺.夜班.replies-test.yaml", ("店铺.yaml", "别的.yaml"), "店铺.yaml"),
        ("店铺.夜班.replies-test.yaml", ("店铺.yaml", "店铺.夜班.xml"), "店铺.夜班.xml"),
        ("Shop.Replies-Test.YAML", ("shop.yaml",), "shop.yaml"),
        ("店铺.replies-test.yaml", ("店铺二.yaml", "店铺.txt.bak"), None),
        (".replies-test.yaml", ("店铺.yaml",), None),
    ],
)
def test_tests_and_their_book_bear_one_name(
    tmp_path: Path, test: str, books: tuple[str, ...], expected: str | None
) -> None:
    for name in (test, *books):
        (tmp_path / name).touch()
    found = book_beside(str(tmp_path / test))
    assert found == (None if expected is None else str(tmp_path / expected))


def test_the_tests_of_a_book(tmp_path: Path) -> None:
    book = tmp_path / "店铺.yaml"
    book.write_text(BOOK_YAML, encoding="utf-8")
    (tmp_path / "别家.yaml").write_text(BOOK_YAML, encoding="utf-8")
    case = "cases:\n  - {at: 2026-11-11 12:00, status: busy, reply: 忙碌}\n"
    (tmp_path / "店铺.replies-test.yaml").write_text(case, encoding="utf-8")
    (tmp_path / "双十一.replies-test.yaml").write_text(f"book: 店铺.yaml\n{case}", encoding="utf-8")
    (tmp_path / "别家.replies-test.yaml").write_text("坏的: [", encoding="utf-8")  # somebody else's business
    found = [Path(suite.path).name for suite in suites_beside(str(book))]
    assert found == ["双十一.replies-test.yaml", "店铺.replies-test.yaml"]
    assert [len(run.failed) for run in run_tests(str(book))] == [0, 0]


def test_broken_tests_of_the_book_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "店铺.yaml").write_text(BOOK_YAML, encoding="utf-8")
    (tmp_path / "店铺.replies-test.yaml").write_text("cases: 1\n", encoding="utf-8")
    with pytest.raises(PackSyntaxError):
        run_tests(str(tmp_path / "店铺.yaml"))


def test_tests_without_a_book_and_a_book_without_tests(tmp_path: Path) -> None:
    (tmp_path / "店铺.yaml").write_text(BOOK_YAML, encoding="utf-8")
    with pytest.raises(UsageError, match=r"店铺\.replies-test\.yaml"):
        run_tests(str(tmp_path / "店铺.yaml"))
    lost = tmp_path / "别家.replies-test.yaml"
    lost.write_text("book: 没有.yaml\ncases: []\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="找不到"):
        run_tests(str(lost))
    (tmp_path / "店铺.replies-test.yaml").write_text("cases: []\n", encoding="utf-8")
    with pytest.raises(UsageError, match="没有自动回复的用例"):
        run_tests(str(tmp_path / "店铺.yaml"))
