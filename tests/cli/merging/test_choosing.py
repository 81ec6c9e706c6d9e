"""Choosing one by one, through a pipe and at a terminal, while the file may change."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
Said = Callable[["CompletedProcess[bytes]"], str]
Now = Callable[..., str]
Texts = Any  # the class of conftest.py
MINE, THEIR, BEFORE, SHOP = "我的 短语.csv", "对方的 短语.csv", "原来的 短语.csv", "短语 本.yaml"


def test_choosing_one_by_one(qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now) -> None:
    (folder / THEIR).write_bytes(texts.theirs.replace("七天", "三十天").encode("gbk"))
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "-i", stdin="x\no\n是\nT\n".encode())
    assert done.returncode == 0
    assert now(folder) == texts.resolved["ours"].replace("十五天", "三十天")
    assert out(done).count("请输入 o、t、b、s、q 中的一个。") == 2
    assert "冲突 2/2" in out(done)
    assert "从我方到对方：〔-十五-〕〔+三十+〕天无理由" in out(done)


@pytest.mark.parametrize("answers", [b"", b"s\n", b"q\n", "乱写\n".encode()])
def test_what_is_not_chosen_stays_open(
    qnphrase: Run, folder: Path, answers: bytes, texts: Texts, out: Said, now: Now
) -> None:
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "-i", stdin=answers)
    assert (done.returncode, now(folder)) == (1, texts.ours)
    assert "1 处冲突，什么都没有写。" in out(done)
    marked = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "-i", "--conflicts", "markers", stdin=answers)
    assert (marked.returncode, now(folder)) == (1, texts.markers)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_choosing_at_a_terminal(folder: Path, texts: Texts, now: Now) -> None:
    import pty

    master, slave = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "QNPHRASE_", "NO_COLOR"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "qnphrase", "merge", MINE, THEIR, "-b", BEFORE, "-w", "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env={**clean, "PYTHONIOENCODING": "utf-8"},
    )
    os.close(slave)
    said = _read_until(master, "不选了：")
    assert now(folder) == texts.ours
    os.write(master, b"b\n")
    said += _read_until(master, "")
    assert process.wait(60) == 0
    os.close(master)
    assert "\x1b[31m〔-24-〕\x1b[0m" in said
    assert "\x1b[32m〔+72+〕\x1b[0m" in said
    assert now(folder) == texts.resolved["both"]


def _read_until(master: int, wanted: str) -> str:
    """Read what a program writes to its terminal, up to `wanted` or its end."""
    said = b""
    while not wanted or wanted not in said.decode(errors="ignore"):
        try:
            part = os.read(master, 4096)
        except OSError:  # so Linux says that the other end is closed
            break
        if not part:
            break
        said += part
    return said.decode(errors="ignore")


@pytest.mark.parametrize("command", ["merge", "import"])
def test_a_file_that_changed_meanwhile_is_left_alone(folder: Path, command: str, texts: Texts, now: Now) -> None:
    ours = texts.book.replace("48小时", "24小时")
    (folder / SHOP).write_bytes(ours.encode())
    words = (
        ["merge", SHOP, THEIR, "-b", BEFORE, "-w", "-i"]
        if command == "merge"
        else ["import", THEIR, SHOP, "-b", BEFORE, "-w", "-i"]
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "QNPHRASE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "qnphrase", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**clean, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout is not None
    said = b""
    while "不选了：".encode() not in said:
        part = os.read(process.stdout.fileno(), 4096)
        assert part, said
        said += part
    meanwhile = ours + "# 刚刚加的\n"
    (folder / SHOP).write_bytes(meanwhile.encode())
    _out, err = process.communicate(b"t\n", timeout=60)
    assert process.returncode == 3
    assert SHOP in err.decode()
    assert now(folder, SHOP) == meanwhile
    assert not (folder / f"{SHOP}.lock").exists()
