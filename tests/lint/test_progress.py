"""Progress is for people: on a terminal, after a while, and gone when the report comes."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qnphrase.cli.progress import Progress
from qnphrase.language import use_language
from qnphrase.lint.report.text import columns


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def _written(terminal: _Terminal) -> str:
    terminal.flush()
    buffer = terminal.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("gbk")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_terminal_shows_how_far_it_is_and_then_nothing(language: str) -> None:
    use_language(language)
    terminal = _Terminal(io.BytesIO(), encoding="gbk")
    with Progress(3, stream=terminal, after=0.02, every=0.02) as progress:
        progress.done()
        deadline = time.monotonic() + 5
        while "1/3" not in _written(terminal) and time.monotonic() < deadline:
            time.sleep(0.01)
    _nothing, *lines, blank, end = _written(terminal).split("\r")
    assert "1/3" in lines[-1]
    assert not blank.strip()
    assert len(blank) >= max(map(columns, lines))
    assert end == ""
    before = _written(terminal)
    time.sleep(0.1)
    assert _written(terminal) == before


def test_a_short_run_shows_nothing() -> None:
    terminal = _Terminal(io.BytesIO(), encoding="gbk")
    with Progress(3, stream=terminal) as progress:
        progress.done()
    assert _written(terminal) == ""


def test_no_terminal_no_progress() -> None:
    stream = io.StringIO()
    with Progress(3, stream=stream, after=0.01, every=0.01):
        time.sleep(0.1)
    assert stream.getvalue() == ""


def _big(folder: Path) -> Path:
    path = folder / "大.csv"
    rows = "".join(f"f{n},第{n}条：亲，这一条说的是另一回事，{n * 7919}号,杂项\r\n" for n in range(60_000))
    path.write_bytes(f"快捷短语编码,快捷短语,快捷短语分组\r\n{rows}".encode("gbk"))
    return path


def test_a_pipe_gets_nothing_on_standard_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "qnphrase", "lint", str(_big(tmp_path)), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in (0, 1)
    assert done.stderr == b""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_a_real_terminal(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    for _copy in range(3):
        path = _big(tmp_path)
        path.rename(path.with_name(f"{_copy}.csv"))
    command = [sys.executable, "-m", "qnphrase", "--lang", "zh", "lint", str(tmp_path), "--format", "json"]
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    took = time.monotonic() - begun
    os.close(theirs)
    try:
        shown = os.read(ours, 100_000).decode()
    except OSError:
        shown = ""
    os.close(ours)
    assert done.returncode in (0, 1)
    assert "正在检查：" in shown or took < 2
    assert not shown or shown.endswith(" \r")
