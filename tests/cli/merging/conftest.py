"""Two tables that grew out of one, a phrasebook that holds the same, and what becomes of them."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
BASE = HEADER + "hy,您好亲，欢迎光临,售前\r\nfh,48小时内发货,物流\r\nkd,默认发中通,物流\r\nth,七天无理由,售后\r\n"
OURS = BASE.replace("48小时", "24小时").replace("七天", "十五天")
THEIRS = BASE.replace("48小时", "72小时").replace("您好亲", "您好呀")
CLEAN = BASE.replace("欢迎光临", "欢迎光临小店")
BOOK = """\
# 我们的短语本
version: 1
groups:
  - name: 售前
    phrases:
      - {code: hy, text: '您好亲，欢迎光临', note: 新客}   # 第一句
      - {code: nb, text: 内部用的, enabled: false}
  - name: 物流
    phrases:
      - {code: fh, text: 48小时内发货}
      - {code: kd, text: 默认发中通}
  - name: 售后
    phrases:
      - {code: th, text: 七天无理由}
"""
MINE, THEIR, BEFORE, SHOP = "我的 短语.csv", "对方的 短语.csv", "原来的 短语.csv", "短语 本.yaml"
MARKERS = (
    BASE.replace("您好亲", "您好呀")
    .replace("七天", "十五天")
    .replace(
        "fh,48小时内发货,物流\r\n",
        "<<<<<<< ours\r\nfh,24小时内发货,物流\r\n=======\r\nfh,72小时内发货,物流\r\n>>>>>>> theirs\r\n",
    )
)
MERGED = MARKERS.replace("<<<<<<< ours\r\n", "").replace("=======\r\n", "").replace(">>>>>>> theirs\r\n", "")
RESOLVED = {
    "ours": MERGED.replace("fh,72小时内发货,物流\r\n", ""),
    "theirs": MERGED.replace("fh,24小时内发货,物流\r\n", ""),
    "both": MERGED,
}


class Texts(NamedTuple):
    """What stands in the files, and what is to stand in them."""

    header: str
    base: str
    ours: str
    theirs: str
    clean: str
    """Their side, when it changed nothing that we changed too."""
    book: str
    markers: str
    """Ours and theirs merged, the one conflict marked."""
    resolved: dict[str, str]
    """The same with `ours`, `theirs` or `both` taken."""


@pytest.fixture
def texts() -> Texts:
    return Texts(HEADER, BASE, OURS, THEIRS, CLEAN, BOOK, MARKERS, RESOLVED)


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    """The folder where the program runs, with the three tables and the book in it."""
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    for name, text in ((MINE, OURS), (THEIR, THEIRS), (BEFORE, BASE)):
        (folder / name).write_bytes(text.encode("gbk"))
    (folder / SHOP).write_bytes(BOOK.encode())
    return folder


@pytest.fixture
def out() -> Callable[["CompletedProcess[bytes]"], str]:
    """What a process says on standard output."""
    return lambda done: done.stdout.decode().replace("\r\n", "\n")


@pytest.fixture
def err() -> Callable[["CompletedProcess[bytes]"], str]:
    """What a process says on standard error."""
    return lambda done: done.stderr.decode().replace("\r\n", "\n")


@pytest.fixture
def now() -> Callable[..., str]:
    """What stands in a file by now; in ours, unless another one is named."""

    def read(folder: Path, name: str = MINE) -> str:
        return (folder / name).read_bytes().decode("utf-8" if name.endswith(".yaml") else "gbk")

    return read
