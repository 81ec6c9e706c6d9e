"""The guide is walked from the first line to the last: its commands run and its edits are made, in the page's order."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide.md"
EXPORT = ROOT / "phrasebooks" / "samples" / "clerk-export.csv"
_BLOCK = re.compile(
    r"(?:^<!-- (?P<what>\w+)(?:：(?P<file>\S+))? -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# What asks for a look: what would change or be doubled in Qianniu, and a sentence that two changed.
FINDS = {
    "qnphrase plan ../现在.csv dist/晴天女装.csv --clear": 1,
    "qnphrase plan ../现在.csv dist/晴天女装.csv": 1,
    "qnphrase plan ../现在.csv dist/晴天女装.csv --only-new ../新增.csv": 1,
    "qnphrase import ../小王.csv 短语本/店铺.yaml --base 样例/导出.csv": 1,
}

Run = Callable[[Path, list[str]], tuple[int, str]]


class Block(NamedTuple):
    what: str
    file: str
    kind: str
    text: str


def blocks() -> Iterator[Block]:
    for found in _BLOCK.finditer(GUIDE.read_text(encoding="utf-8")):
        yield Block(*(found[name] or "" for name in ("what", "file", "kind", "text")))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with the packs that the shop lead, 小李 and 小王 exported."""
    desk = tmp_path / "桌 面"
    desk.mkdir()
    text = EXPORT.read_bytes().decode("gbk")
    welcome = "您想看衣服还是家居用品呢？"
    assert welcome in text
    packs = {
        "导出": text,
        "现在": text,
        "小李": text.replace("今天来得真早", "您来得真早") + "zbj,值班到晚上十点，有问题随时发来。,结束语\r\n",
        "小王": text.replace(welcome, "您想看点什么？"),
    }
    for name, held in packs.items():
        (desk / f"{name}.csv").write_bytes(held.encode("gbk"))
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    monkeypatch.setenv("QNPHRASE_LANG", "zh")
    return desk


@pytest.fixture
def qnphrase() -> Iterator[Run]:
    """Run the command line, all of it in one process: fifty starts would take longer than what is started."""
    with subprocess.Popen([sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        asked, answers = server.stdin, server.stdout
        assert asked is not None
        assert answers is not None

        def run(folder: Path, words: list[str]) -> tuple[int, str]:
            asked.write(json.dumps([str(folder), words]).encode() + b"\n")
            asked.flush()
            code, said = json.loads(answers.readline())
            return code, said

        yield run
        asked.close()


_SERVER = """
import io, json, os, sys
from qnphrase.cli.main import run
from qnphrase.lint import config
answers = sys.stdout
for line in sys.stdin:
    folder, words = json.loads(line)
    os.chdir(folder)
    config._load.cache_clear()  # a process of its own would read it anew
    sys.stdout = sys.stderr = io.TextIOWrapper(io.BytesIO(), "utf-8")
    code = run(words)
    sys.stdout.flush()
    print(json.dumps([code, sys.stdout.buffer.getvalue().decode("utf-8", "replace")]), file=answers, flush=True)
"""


def test_the_guide_can_be_walked(desk: Path, qnphrase: Run) -> None:
    here, old = desk, Block("", "", "", "")
    for block in blocks():
        match block:
            case Block(kind="sh"):
                for line in block.text.splitlines():
                    here = _done(line, here, qnphrase)
            case Block(what="原来"):
                old = block
            case Block(what="改成"):
                _edit(here / old.file, old.text, block.text)
            case Block(what="加在最后"):
                with (here / block.file).open("a", encoding="utf-8") as file:
                    file.write(block.text)
            case Block(what="新建"):
                (here / block.file).write_text(block.text, encoding="utf-8")
            case _:
                assert block.kind == "powershell", "only installing is left to the test of the wheel"
    packs = {name: (here / "dist" / f"{name}.csv").read_bytes().decode("gbk") for name in ("晴天女装", "晴天童装")}
    assert "光临晴天女装/:^_^\r\n我是今天的值班客服，您想看衣服还是床品呢？" in packs["晴天女装"]
    assert "光临晴天童装/:^_^请问宝宝" in packs["晴天童装"]
    assert all(all(word in pack for word in ("您来得真早", "zbj,", "双12")) for pack in packs.values())
    assert not any("自动回复" in pack for pack in packs.values())
    assert _everyday((here / "说明.md").read_text(encoding="utf-8")) <= _everyday(GUIDE.read_text(encoding="utf-8"))


def _done(line: str, here: Path, qnphrase: Run) -> Path:
    """Run one line of the guide in a folder, and return the folder for the next one."""
    program, *words = shlex.split(line)
    if program == "cd":
        return here / words[0]
    assert program in ("qnphrase", "git"), line
    code, said = qnphrase(here, words) if program == "qnphrase" else _git(here, words)
    assert code == FINDS.get(line, 0), f"{line}\n{said}"
    if (program, words[0]) == ("qnphrase", "init"):
        _edit(here / words[1] / "qnphrase.yaml", "encoding: gbk\n", "encoding: gbk\ntoday: 2026-11-21\n")
    return here


def _git(here: Path, words: list[str]) -> tuple[int, str]:
    done = subprocess.run(["git", *words], cwd=here, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def _everyday(page: str) -> set[tuple[str, ...]]:
    """Return the commands of a page's blocks, without what is said of a change."""
    lines = [line for found in _BLOCK.finditer(page) if found["kind"] == "sh" for line in found["text"].splitlines()]
    return {tuple(words[:3] if words[1] == "commit" else words) for words in map(shlex.split, lines)}


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name}: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_edit_is_whole_and_every_finding_is_met() -> None:
    kinds = [block.what for block in blocks() if block.what in ("原来", "改成")]
    assert kinds == ["原来", "改成"] * (len(kinds) // 2)
    assert all(block.what for block in blocks() if block.kind == "yaml")
    lines = [line for block in blocks() if block.kind == "sh" for line in block.text.splitlines()]
    assert set(FINDS) <= set(lines)


def test_the_headings_are_where_the_contents_say() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    contents = re.findall(r"^- \[(.+)\]\(#(.+)\)$", text, re.MULTILINE)
    assert [name for name, _anchor in contents] == headings
    assert all(anchor == re.sub(r"[^\w]", "", name) for name, anchor in contents)
    for link in re.findall(r"\]\((?!#)([^)]+)\)", text):
        assert (GUIDE.parent / link).exists(), link
