"""`qnphrase simulate --events` and `--generate` as real processes."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
BOOK = """version: 1
auto_replies:
  - {when: first_message, text: 在的/:^_^}
  - {when: busy, cooldown: 30, text: 忙，请稍等}
  - {when: away, hours: "22:00-08:00", text: 已下班，明早8点回复您}
"""
LOG = """时间,买家,状态,人数
2026-11-11 10:00:00,张三,在线,1
2026-11-11 10:01:00,张三,在线,1
2026-11-11 11:00:00,张三,忙碌,9
2026-11-11 11:10:00,张三,忙碌,9
"""


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    path: Path = qnphrase.folder  # type: ignore[attr-defined]
    (path / "短语 本.yaml").write_bytes(BOOK.encode())
    (path / "记录 11.csv").write_bytes(LOG.replace("\n", "\r\n").encode("gbk"))
    return path


def test_a_log_in_gbk(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("simulate", "短语 本.yaml", "--events", "记录 11.csv")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "4 条消息，1 位买家" in text
    assert "未经验证" in text
    assert "没有自动回复的消息：2 条（在线 1/2、忙碌 1/2）" in text


def test_json_from_standard_input(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("simulate", "短语 本.yaml", "--events", "-", "--format", "json", stdin=LOG.encode("utf-8-sig"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["path"], told["events"]) == (0, "短语 本.yaml", "-")
    assert told["people"] == [
        {"buyer": "张三", "messages": 4, "unanswered": 2, "repeats": 0, "got": {"首次": 1, "忙碌": 1}}
    ]


def test_a_contradiction_is_a_finding(qnphrase: Run, folder: Path) -> None:
    line = '{"time": "2026-11-12T00:30", "buyer": "李四", "status": "away", "contacts": 2}\n'
    done = qnphrase("simulate", "短语 本.yaml", "--events", "-", stdin=line.encode())
    assert done.returncode == 1
    assert (
        "过了零点还说“明早8点回复”，买家会等到后一天；1 次，第一次是 第 1 行 2026-11-12 00:30 李四"
        in done.stdout.decode()
    )


def test_broken_lines_are_named_and_a_finding(qnphrase: Run, folder: Path) -> None:
    log = LOG + "2026-11-11 09:00:00,张三,在线,1\n昨天,李四,在线,1\n"
    (folder / "bad.csv").write_bytes(log.encode())
    done = qnphrase("simulate", "短语 本.yaml", "--events", "bad.csv")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "跳过了 bad.csv：第 6 行：比这位买家的上一条消息还早；请按时间排好：张三",
        "跳过了 bad.csv：第 7 行：看不懂这个时间：昨天；请写成 2026-11-11T23:50",
    ]
    assert "跳过了 2 行看不懂的记录" in done.stdout.decode()


@pytest.mark.parametrize("log", ["", "time,buyer\n昨天,a\n", "a,b\n1,2\n"])
def test_a_log_that_says_nothing(qnphrase: Run, folder: Path, log: str) -> None:
    done = qnphrase("simulate", "短语 本.yaml", "--events", "-", stdin=log.encode())
    assert (done.returncode, done.stdout) == (3, b"")


def test_a_generated_day_can_be_kept_and_replayed(qnphrase: Run, folder: Path) -> None:
    arguments = ("--generate", "2026-11-11", "--buyers", "40", "--seed", "7", "--format", "json")
    one = qnphrase("simulate", "短语 本.yaml", *arguments, "--save-events", "一天.csv")
    told = json.loads(one.stdout)
    assert told["events"] is None
    for name in ("一天.csv", "一天.jsonl"):
        if not (folder / name).exists():
            qnphrase("simulate", "短语 本.yaml", *arguments, "--save-events", name)
        again = json.loads(qnphrase("simulate", "短语 本.yaml", "--events", name, "--format", "json").stdout)
        assert again["people"] == told["people"]
        assert again["buckets"] == told["buckets"]


def test_a_page_by_the_name_of_the_output(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("simulate", "短语 本.yaml", "--generate", "11.11", "--buyers", "30", "-o", "一天.html")
    assert done.stdout == b""
    page = (folder / "一天.html").read_bytes().decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "<svg" in page
    again = qnphrase("simulate", "短语 本.yaml", "--generate", "11.11", "--buyers", "30", "-o", "一天.html")
    assert again.returncode == 2
    assert "已经存在，没有覆盖" in again.stderr.decode()


def test_english(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("simulate", "短语 本.yaml", "--generate", "11.11", "--buyers", "30", "--lang", "en")
    ours = done.stdout.decode()
    for name in ("首次", "忙碌", "离开", "明早8点回复"):  # what replies are called and say stays as it is
        ours = ours.replace(name, "")
    assert not any("\u4e00" <= character <= "\u9fff" for character in ours)


def test_a_gbk_pipe(qnphrase: Run, folder: Path) -> None:
    log = LOG + "2026-11-11 12:00:00,张三,😀,1\n"
    done = qnphrase("simulate", "短语 本.yaml", "--events", "-", stdin=log.encode(), PYTHONIOENCODING="gbk")
    assert "4 条消息，1 位买家" in done.stdout.decode("gbk")
    assert "<U+1F600>" in done.stderr.decode("gbk")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--events", "记录 11.csv", "--generate", "11.11"),
        ("--events", "记录 11.csv", "--status", "busy"),
        ("--events", "记录 11.csv", "--table"),
        ("--generate", "11.11", "--test"),
        ("--generate", "13.13"),
        ("--generate", "11.11", "--buyers", "0"),
        ("--buyers", "5"),
        ("--save-events", "x.csv"),
        ("--format", "html"),
        ("-o", "x.html"),
        ("--events", "记录 11.csv", "-o", "记录 11.csv", "--force"),
        ("--events", "记录 11.csv", "-o", "短语 本.yaml", "--force"),
        ("--generate", "11.11", "-o", "x", "--save-events", "x"),
        ("--events", "记录 11.csv", "--profile", "nope"),
    ],
)
def test_what_makes_no_sense(qnphrase: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = qnphrase("simulate", "短语 本.yaml", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["没有.csv", "."])
def test_a_log_that_cannot_be_read(qnphrase: Run, folder: Path, name: str) -> None:
    assert qnphrase("simulate", "短语 本.yaml", "--events", name).returncode == 3
