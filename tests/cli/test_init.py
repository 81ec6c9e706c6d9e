"""`qnphrase init` in a process of its own, as a shop lead runs it, and what can be done with what it makes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    return qnphrase.folder  # type: ignore[attr-defined,no-any-return]


def _commands(text: str) -> list[str]:
    """Return the lines that call qnphrase, as others' programs would run them."""
    return re.findall(r"(?:^|- run: |- |&& )(qnphrase [^&\n]*[^&\s])", text, re.MULTILINE)


def test_the_shipped_words_are_clean_and_can_be_built(qnphrase: Run, folder: Path) -> None:
    made = qnphrase(
        "init", "我的 话术", "--shop", "晴天女装旗舰店", "--industry", "clothes", "--set", "退货地址=杭州市某某路1号"
    )
    assert made.returncode == 0, made.stderr.decode()
    said = made.stdout.decode()
    assert 'cd "我的 话术"' in said
    assert "主营" in said
    assert "退货地址" not in said
    home = folder / "我的 话术"
    config = home / "qnphrase.yaml"
    config.write_text("today: 2026-11-21\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    clean = qnphrase("lint", ".", "--fail-on", "info", cwd=home)
    assert clean.returncode == 0, clean.stdout.decode()
    scripts = [".github/workflows/phrases.yml", ".gitlab-ci.yml", "检查并做包.bat"]
    commands = {command for script in scripts for command in _commands((home / script).read_text(encoding="utf-8"))}
    assert commands == {"qnphrase lint .", "qnphrase lint . --format github", "qnphrase build"}
    for command in sorted(commands - {"qnphrase lint ."}):  # that is how it was checked just now
        assert qnphrase(*command.split()[1:], cwd=home).returncode == 0, command
    pack = (home / "dist" / "晴天女装旗舰店.csv").read_bytes().decode("gbk")
    assert "欢迎光临晴天女装，" in pack
    assert "退货请寄：杭州市某某路1号。" in pack
    assert "自动回复," not in pack


def test_an_export_comes_back_byte_for_byte(qnphrase: Run, folder: Path, samples: Path) -> None:
    shutil.copy(samples / "clerk-export.csv", folder / "导出.csv")
    made = qnphrase("init", "--shop", "晴天女装", "--from", "导出.csv", "--git")
    assert made.returncode == 0, made.stderr.decode()
    said = made.stdout.decode()
    assert "{店铺名}、{快递公司}、{快递单号}" in said
    found = re.search(r"有 (\d+) 处值得看一看", said)
    assert found is not None
    assert "cd " not in said
    listed = qnphrase("lint", ".").stdout.decode()
    assert sum(map(int, re.findall(r"(\d+) 个(?:错误|警告|提示)", listed))) == int(found[1])
    assert "./短语本/店铺.yaml\n" in listed
    assert "× 1 个文件，154 条短语" in listed
    assert qnphrase("build").returncode == 0
    assert (folder / "dist" / "晴天女装.csv").read_bytes() == (samples / "clerk-export.csv").read_bytes()
    again = qnphrase("import", "导出.csv", "短语本/店铺.yaml")
    assert (again.returncode, again.stdout.decode()) == (0, "√ 没有差别\n")
    assert "√" in qnphrase("git", "status").stdout.decode().splitlines()[0]


def test_nothing_is_overwritten_and_a_preview_writes_nothing(qnphrase: Run, folder: Path) -> None:
    words = ("init", "话术", "--shop", "晴天女装", "--dry-run")
    preview = qnphrase(*words)
    assert preview.returncode == 0
    assert os.path.join("话术", "qnphrase.yaml") in preview.stdout.decode()
    assert list(folder.iterdir()) == []
    assert qnphrase(*words[:-1]).returncode == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert len(before) == len(preview.stdout.decode().splitlines())
    for again in (words, words[:-1]):
        refused = qnphrase(*again)
        assert refused.returncode == 2
        assert "qnphrase.yaml" in refused.stderr.decode()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_without_a_name_nothing_is_asked_in_a_script(qnphrase: Run, folder: Path) -> None:
    refused = qnphrase("init", stdin="晴天女装\n".encode())
    assert refused.returncode == 2
    assert "--shop" in refused.stderr.decode()
    wrong = qnphrase("init", "--shop", "晴天女装", "--set", "退货地址")
    assert wrong.returncode == 2
    bare = qnphrase("init", "--shop", "晴天女装", "--git", PATH="")
    assert bare.returncode == 2
    assert "git" in bare.stderr.decode()
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_at_a_terminal_it_asks(folder: Path) -> None:
    import pty

    master, terminal = pty.openpty()
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8", "QNPHRASE_LANG": "zh"}
    command = [sys.executable, "-m", "qnphrase", "init", "话术"]
    with subprocess.Popen(command, cwd=folder, env=environ, stdin=terminal, stdout=terminal, stderr=terminal) as asked:
        os.close(terminal)
        os.write(master, "晴天女装\n食品\n坚果\n\n\n\n\n\n\n".encode())
        assert asked.wait(timeout=60) == 0
    os.close(master)
    said = yaml.safe_load((folder / "话术" / "qnphrase.yaml").read_text(encoding="utf-8"))
    assert said["shops"]["晴天女装"]["books"][:2] == ["短语本/通用.yaml", "短语本/行业/食品.yaml"]
    assert said["shops"]["晴天女装"]["variables"]["主营"] == "坚果"
    assert said["shops"]["晴天女装"]["variables"]["退货地址"] == "退货页面上写的地址"


def test_others_can_read_their_files(qnphrase: Run, folder: Path) -> None:
    assert qnphrase("init", "--shop", "晴天女装").returncode == 0
    for words in (
        ("check_jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/phrases.yml"),
        ("check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", ".gitlab-ci.yml"),
        ("check_jsonschema", "--schemafile", ".schema/qnphrase.json", "qnphrase.yaml"),
        ("check_jsonschema", "--schemafile", ".schema/phrasebook.json", "短语本/通用.yaml", "短语本/店铺.yaml"),
        ("pre_commit", "validate-config", ".pre-commit-config.yaml"),
    ):
        done = subprocess.run([sys.executable, "-m", *words], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    script = (folder / "检查并做包.bat").read_bytes()
    assert script.isascii()  # the console of a Chinese Windows reads it as GBK
    assert script.count(b"\r\n") == script.count(b"\n") > 1
