"""Repositories of a shop with the real git, and files in all forms that two people changed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

from qnphrase import load

HEADER = "快捷短语编码,快捷短语,快捷短语分组"
PHRASES = {"hy": "您好亲，欢迎光临", "dj": "稍等，我查一下", "fh": "今天就发货", "th": "七天无理由退货"}
OURS = {**PHRASES, "hy": "您好亲，欢迎回来", "xk": "新客立减五元"}
THEIRS = {**PHRASES, "dj": "请稍等，马上查", "fh": "明天发货", "lk": "老客有礼"}
MERGED = {"hy": "您好亲，欢迎回来", "dj": "请稍等，马上查", "fh": "明天发货", "th": "七天无理由退货"}

Texts = Mapping[str, str]


def _csv(texts: Texts, encoding: str = "gbk", newline: str = "\r\n") -> bytes:
    lines = [HEADER, *(f"{code},{text},售前" for code, text in texts.items())]
    return "".join(line + newline for line in lines).encode(encoding)


def _xml(texts: Texts) -> bytes:
    items = "".join(f"  <item><code>{code}</code><text>{text}</text></item>\n" for code, text in texts.items())
    return f'<?xml version="1.0" encoding="GBK"?>\n<phrases>\n{items}</phrases>\n'.encode("gbk")


def _yaml(texts: Texts) -> bytes:
    items = "".join(f"      - code: {code}\n        text: {text}\n" for code, text in texts.items())
    return f"version: 1\ngroups:\n  - name: 售前\n    phrases:\n{items}".encode()


FORMATS: dict[str, tuple[str, Callable[[Texts], bytes]]] = {
    "gbk": ("客服 一号.csv", _csv),
    "bom": ("客服 一号.csv", lambda texts: _csv(texts, "utf-8-sig")),
    "lf": ("客服 一号.csv", lambda texts: _csv(texts, "utf-8", "\n")),
    "utf-16": ("客服 一号.csv", lambda texts: _csv(texts, "utf-16")),
    "xml": ("导出.xml", _xml),
    "yaml": ("phrasebooks/一店/短语 本.yaml", _yaml),
}


class Shop:
    """A repository in a folder with a Chinese name and a space, apart from all configuration of this machine."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "话术 仓库"
        self.root.mkdir()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "LC_", "LANG", "QNPHRASE_"))}
        self.env = {
            **clean,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            "PYTHONIOENCODING": "utf-8",
            **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        self.git("init", "-q", "-b", "main")
        self.git("config", "core.quotePath", "false")

    def _run(self, words: list[str], *, code: int | None, cwd: Path | None) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            words, cwd=cwd or self.root, env=self.env, capture_output=True, timeout=120, check=False, encoding="utf-8"
        )
        assert code is None or done.returncode == code, (words, done.stdout, done.stderr)
        return done

    def git(self, *words: str, code: int | None = 0) -> "subprocess.CompletedProcess[str]":
        return self._run(["git", *words], code=code, cwd=None)

    def qnphrase(self, *words: str, code: int = 0, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
        return self._run([sys.executable, "-m", "qnphrase", *words], code=code, cwd=cwd)

    def write(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def texts(self, name: str) -> dict[str, str]:
        return {phrase.code: phrase.text for _group, phrase in load(self.root / name).book.all_phrases()}

    def commit(self, name: str, data: bytes, message: str = "改") -> None:
        self.write(name, data)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def fork(self, name: str, base: bytes | None, ours: bytes, theirs: bytes) -> None:
        """Commit `base`, and on top of it `theirs` on the branch `other` and `ours` on `main`, where we are."""
        if base is not None:
            self.commit(name, base)
        self.git("checkout", "-q", "-b", "other")
        self.commit(name, theirs)
        self.git("checkout", "-q", "main")
        self.commit(name, ours)


@pytest.fixture
def bare_shop(tmp_path: Path) -> Shop:
    """A repository that doesn't know qnphrase yet."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    return Shop(tmp_path)


@pytest.fixture
def shop(bare_shop: Shop) -> Shop:
    """A repository where `qnphrase git install` has run and was committed."""
    bare_shop.qnphrase("git", "install")
    bare_shop.git("add", "-A")
    bare_shop.git("commit", "-q", "-m", "开始")
    return bare_shop


@pytest.fixture
def header() -> str:
    """The first line of each table."""
    return HEADER


@pytest.fixture
def phrases() -> Texts:
    """What everybody starts from: texts by code."""
    return PHRASES


@pytest.fixture
def ours() -> Texts:
    return OURS


@pytest.fixture
def theirs() -> Texts:
    return THEIRS


@pytest.fixture
def merged() -> Texts:
    """What becomes of `phrases` when ours and theirs are merged; each side adds one more."""
    return MERGED


@pytest.fixture
def as_csv() -> Callable[..., bytes]:
    return _csv


@pytest.fixture
def as_xml() -> Callable[[Texts], bytes]:
    return _xml


@pytest.fixture
def as_yaml() -> Callable[[Texts], bytes]:
    return _yaml


@pytest.fixture
def formats() -> dict[str, tuple[str, Callable[[Texts], bytes]]]:
    """The name of a file in each form, and how it is written."""
    return FORMATS


@pytest.fixture(params=FORMATS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each of the `formats`."""
    return str(request.param)
