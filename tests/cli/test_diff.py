"""`qnphrase diff` in a process of its own: files of any kind, exit codes, and where the result goes."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
OLD = HEADER + "hy,您好亲，欢迎光临,售前\r\nfh,48小时内发货,物流\r\n"
NEW = HEADER + "hy,您好亲，欢迎光临,售前\r\nfh,24小时内发货,物流\r\nth,七天无理由,售后\r\n"
BOOK = """\
version: 1
shop: 示例店
groups:
  - name: 售前
    phrases:
      - {code: hy, text: '您好亲，欢迎光临', note: 新客}
  - name: 物流
    phrases:
      - {code: fh, text: 48小时内发货}
"""


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    (folder / "旧 包.csv").write_bytes(OLD.encode("gbk"))
    (folder / "新 包.csv").write_bytes(NEW.encode("utf-8-sig").replace(b"\r\n", b"\n"))
    (folder / "短语本.yaml").write_bytes(BOOK.encode())
    return folder


def test_says_what_changed(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("diff", "旧 包.csv", "新 包.csv")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode("utf-8").replace("\r\n", "\n")
    assert "  修改  fh  旧文件第 3 行，新文件第 3 行\n    〔-48-〕〔+24+〕小时内发货\n" in said
    assert "  新增  th  新文件第 4 行\n    七天无理由\n" in said
    assert "● 2 条有变化（新增 1，修改 1）；新增 1 个分组" in said
    assert "hy" not in said
    assert "\x1b" not in said


def test_exit_codes(qnphrase: Run, folder: Path) -> None:
    assert qnphrase("diff", "旧 包.csv", "新 包.csv", "--exit-code").returncode == 1
    same = qnphrase("diff", "旧 包.csv", "旧 包.csv", "--exit-code")
    assert (same.returncode, same.stdout.decode().strip()) == (0, "√ 没有差别")
    assert qnphrase("diff", "旧 包.csv").returncode == 2
    assert qnphrase("diff", "旧 包.csv", "没有.csv").returncode == 3
    both = qnphrase("diff", "-", "-", stdin=OLD.encode("gbk"))
    assert both.returncode == 2
    assert "两边不能都是标准输入" in both.stderr.decode()


def test_across_formats_it_says_what_was_not_compared(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("diff", "短语本.yaml", "旧 包.csv", "--exit-code")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "√ 两边都装得下的内容没有差别" in said
    assert "没有比较：旧文件的店铺名、1 条短语的备注（note）" in "".join(said.split("\n"))
    report = json.loads(qnphrase("diff", "旧 包.csv", "短语本.yaml", "--format", "json").stdout)
    assert report["identical"] is True
    assert report["new"]["not_compared"] == [
        {"kind": "shop", "count": 1, "name": ""},
        {"kind": "note", "count": 1, "name": ""},
    ]


def test_standard_input_may_be_either_side(qnphrase: Run, folder: Path) -> None:
    there = qnphrase("diff", "-", "新 包.csv", stdin=OLD.encode("gbk")).stdout.decode()
    back = qnphrase("diff", "新 包.csv", "-", stdin=OLD.encode("utf-16")).stdout.decode()
    assert "〔-48-〕〔+24+〕" in there
    assert "旧：标准输入" in there
    assert "〔-24-〕〔+48+〕" in back


def test_json_is_utf8_whatever_the_terminal_is(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("diff", "旧 包.csv", "新 包.csv", "--format", "json", PYTHONIOENCODING="gbk")
    report = json.loads(done.stdout.decode("utf-8"))
    assert report["summary"]["added"] == report["summary"]["changed"] == 1
    changed, added = report["changes"]
    assert changed["fields"] == [
        {
            "field": "text",
            "old": "48小时内发货",
            "new": "24小时内发货",
            "words": [["replace", "48", "24"], ["equal", "小时内发货"]],
        }
    ]
    assert (changed["old"]["path"], changed["old"]["line"]) == ("旧 包.csv", 3)
    assert (added["old"], added["new"]["line"], added["new"]["group"]) == (None, 4, "售后")


def test_text_survives_a_gbk_pipe(qnphrase: Run, folder: Path) -> None:
    (folder / "表情.csv").write_bytes(NEW.replace("七天", "😀七天").encode())
    done = qnphrase("diff", "旧 包.csv", "表情.csv", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    said = done.stdout.decode("gbk")
    assert "〔-48-〕〔+24+〕小时内发货" in said
    assert "<U+1F600>七天无理由" in said


def test_a_file_takes_the_form_of_its_suffix(qnphrase: Run, folder: Path) -> None:
    starts = {"差异.html": "<!DOCTYPE html>", "差异.md": "## 短语差异", "差异.json": "{", "差异.txt": "旧：旧 包.csv"}
    for name, start in starts.items():
        done = qnphrase("diff", "旧 包.csv", "新 包.csv", "-o", name, "--exit-code", PYTHONIOENCODING="gbk")
        assert (done.returncode, done.stdout) == (1, b"")
        assert (folder / name).read_bytes().decode("utf-8").startswith(start)
    named = qnphrase("diff", "旧 包.csv", "新 包.csv", "-o", "a.md", "--format", "html")
    assert named.returncode == 0
    assert (folder / "a.md").read_bytes().startswith(b"<!DOCTYPE")
    assert qnphrase("diff", "旧 包.csv", "新 包.csv", "-o", "-").stdout.decode().startswith("旧：")


def test_no_file_is_overwritten_by_mistake(qnphrase: Run, folder: Path) -> None:
    (folder / "差异.md").write_bytes(b"mine")
    refused = qnphrase("diff", "旧 包.csv", "新 包.csv", "-o", "差异.md")
    assert (refused.returncode, (folder / "差异.md").read_bytes()) == (2, b"mine")
    assert qnphrase("diff", "旧 包.csv", "新 包.csv", "-o", "差异.md", "--force").returncode == 0
    assert (folder / "差异.md").read_bytes() != b"mine"
    for name in ("旧 包.csv", "新 包.csv"):
        before = (folder / name).read_bytes()
        assert qnphrase("diff", "旧 包.csv", "新 包.csv", "-o", f"../{folder.name}/{name}", "--force").returncode == 2
        assert (folder / name).read_bytes() == before


def test_statistics(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("diff", "旧 包.csv", "新 包.csv", "--stat")
    lines = done.stdout.decode().replace("\r\n", "\n").split("\n")
    assert [line.split("|")[1].split() for line in lines[:2]] == [["1", "修改", "1"], ["1", "新增", "1"]]
    assert lines[2].startswith("●")
    assert qnphrase("diff", "旧 包.csv", "新 包.csv", "--stat", "--format", "json").returncode == 2


def test_whitespace_may_be_ignored(qnphrase: Run, folder: Path) -> None:
    (folder / "空格.csv").write_bytes(OLD.replace("亲，", "亲， ").encode("gbk"))
    arguments = ("diff", "旧 包.csv", "空格.csv", "--exit-code")
    shown = qnphrase(*arguments)
    assert shown.returncode == 1
    assert "您好亲，〔+<空格>+〕欢迎光临" in shown.stdout.decode()
    ignored = qnphrase(*arguments, "--ignore-whitespace")
    assert ignored.returncode == 0
    assert "没有算作差别" in ignored.stdout.decode()


def test_speaks_english_when_asked(qnphrase: Run, folder: Path) -> None:
    said = qnphrase("--lang", "en", "diff", "旧 包.csv", "新 包.csv").stdout.decode()
    assert "changed  fh  old line 3, new line 3" in said
    assert "2 entries differ (1 added, 1 changed); 1 groups added" in said
