"""`qnphrase coverage` in a process of its own: real bytes, exit codes, and where the report goes."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
PACK = HEADER + "hy,您好亲，欢迎光临😀,售前\r\n忙碌,抱歉，正忙，稍后回您,自动回复\r\ngg,盘点,内部\r\n"
BOOK = """\
version: 1
phrases:
  - {code: hy, text: '您好亲，欢迎光临', scenario: greet.frist}
  - {code: zj, text: '谢谢，再见', scenario: close.end}
"""


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    (folder / "导出 包.csv").write_bytes(PACK.replace("😀", "").encode("gbk"))
    (folder / "短语 本.yaml").write_bytes(b"\xef\xbb\xbf" + BOOK.replace("\n", "\r\n").encode())
    return folder


def test_tells_named_guessed_and_missing(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("coverage", "导出 包.csv")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode().replace("\r\n", "\n")
    assert "  ● greet.first" in said
    assert "hy（猜的：内容有“欢迎光临、您好”）" in said
    assert "  √ auto.busy" in said
    assert "58 个场景里有 2 个有话可用（3%）：写明的 1 个，猜的 1 个；还缺 56 个" in said


def test_several_files_and_standard_input(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("coverage", "导出 包.csv", "-", "--format", "json", stdin=BOOK.encode(), PYTHONIOENCODING="gbk")
    report = json.loads(done.stdout.decode("utf-8"))
    assert report["paths"] == ["导出 包.csv", "-"]
    assert report["summary"]["held"] == 3
    assert report["unknown"][0]["nearest"] == "greet.first"
    assert (report["unknown"][0]["path"], report["unknown"][0]["line"]) == ("-", 3)
    assert qnphrase("coverage", "-", "-", stdin=BOOK.encode()).returncode == 2


def test_bom_and_crlf(qnphrase: Run, folder: Path) -> None:
    said = qnphrase("coverage", "短语 本.yaml").stdout.decode()
    assert "短语 本.yaml:3：没有“greet.frist”这个场景，是不是 greet.first？" in said
    assert "  √ close.end" in said


def test_exit_codes(qnphrase: Run, folder: Path) -> None:
    under = qnphrase("coverage", "导出 包.csv", "--fail-under", "3.5")
    assert under.returncode == 1
    assert "只有 3.4% 的场景有话可用，不到要求的 3.5%" in under.stderr.decode()
    assert qnphrase("coverage", "导出 包.csv", "--fail-under", "3.4").returncode == 0
    assert qnphrase("coverage", "导出 包.csv", "--fail-under", "3.4", "--no-guess").returncode == 1
    assert qnphrase("coverage", "导出 包.csv", "--fail-under", "101").returncode == 2
    assert qnphrase("coverage").returncode == 2
    assert qnphrase("coverage", "没有.csv").returncode == 3


def test_text_survives_a_gbk_pipe(qnphrase: Run, folder: Path) -> None:
    (folder / "表情.csv").write_bytes(PACK.replace("hy", "😀").encode())
    done = qnphrase("coverage", "表情.csv", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert "<U+1F600>（猜的" in done.stdout.decode("gbk")


def test_a_file_takes_the_form_of_its_suffix(qnphrase: Run, folder: Path) -> None:
    for name, start in (("覆盖.html", "<!DOCTYPE html>"), ("覆盖.json", "{"), ("覆盖.txt", "√ 写明的")):
        done = qnphrase("coverage", "导出 包.csv", "-o", name)
        assert (done.returncode, done.stdout) == (0, b"")
        assert (folder / name).read_bytes().decode("utf-8").startswith(start)
    assert qnphrase("coverage", "导出 包.csv", "-o", "覆盖.html").returncode == 2
    assert qnphrase("coverage", "导出 包.csv", "-o", "覆盖.html", "--force").returncode == 0


def test_no_source_is_overwritten(qnphrase: Run, folder: Path) -> None:
    before = (folder / "导出 包.csv").read_bytes()
    assert qnphrase("coverage", "导出 包.csv", "-o", f"../{folder.name}/导出 包.csv", "--force").returncode == 2
    assert (folder / "导出 包.csv").read_bytes() == before


def test_speaks_english_when_asked(qnphrase: Run, folder: Path) -> None:
    said = qnphrase("--lang", "en", "coverage", "导出 包.csv").stdout.decode()
    assert "2 of 58 scenarios have an answer (3%): 1 named, 1 guessed; 56 missing" in said


def test_the_linter_knows_scenarios_too(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("lint", "--isolated", "--select", "QN901,QN904", "--format", "json", "短语 本.yaml")
    found = json.loads(done.stdout.decode())
    places = [(one["code"], one["line"], one["column"]) for one in found]
    lines = BOOK.split("\n")
    assert places == [("QN904", 3, lines[2].index("greet") + 1), ("QN901", 4, lines[3].index("close") + 1)]
    assert qnphrase("lint", "--isolated", "--select", "QN901,QN904", "导出 包.csv").returncode == 0
