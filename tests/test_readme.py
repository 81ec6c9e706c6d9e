"""The READMEs are executed, and say the same in both languages."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "phrasebooks" / "samples" / "clerk-export.csv"
READMES = ("README.md", "README.zh-CN.md")


def _text(name: str) -> str:
    return (ROOT / name).read_bytes().decode("utf-8")


def _blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", _text(name), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", READMES)
def test_the_console_example_prints_what_it_says(name: str, tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path)
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8", "QNPHRASE_LANG": "zh"}
    for block in _blocks(name, "console"):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, expected = step.partition("\n")
            words = command.split()
            if words[0] == "qnphrase":
                words[:1] = [sys.executable, "-m", "qnphrase"]
            done = subprocess.run(
                words, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True
            )
            assert done.stdout.decode("utf-8") == expected, command


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(SAMPLE, tmp_path)
    monkeypatch.chdir(tmp_path)
    (code,) = _blocks(name, "python")
    exec(compile(code, name, "exec"), {})  # noqa: S102 - this is the example
    before, after = SAMPLE.read_bytes(), (tmp_path / "edited.csv").read_bytes()
    old, new = "001,在的亲，您看中哪款了？发我看看/:-F,", "001,在的亲，您看上哪一款了？/:-F,"
    assert after == before.replace(old.encode("gbk"), new.encode("gbk")) != before


def test_both_languages_say_the_same() -> None:
    english, chinese = map(_text, READMES)
    shape = r"^(#+ |```\w*|\| ?[-`]|- )"
    assert re.findall(shape, english, re.MULTILINE) == re.findall(shape, chinese, re.MULTILINE)
    for marked in (r"`(?:qnphrase|make|--|[a-z]+ [A-Z])[^`]*`", r"\]\(([^)]+)\)"):
        links = [set(re.findall(marked, text)) - set(READMES) for text in (english, chinese)]
        assert {link.replace("样例", "SAMPLE") for link in links[1]} ^ links[0] <= {"`--lang zh`"}


def test_every_command_stands_in_both() -> None:
    from qnphrase.cli.main import COMMANDS

    for name in READMES:
        for command in COMMANDS:
            assert re.search(rf"^\| `{command}\b", _text(name), re.MULTILINE), f"{command} is missing in {name}"


def test_relative_links_lead_somewhere() -> None:
    for name in (*READMES, "docs/phrasebook.md"):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", _text(name)):
            assert ((ROOT / name).parent / link).exists(), f"{name} links to {link}"
