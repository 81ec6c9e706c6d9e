"""Every word list says which version it is, where its words come from, and under which licence."""

import re
from pathlib import Path

import pytest

from qnphrase.lint.lexicon import FOLDER

LISTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_says_what_it_is(path: Path) -> None:
    said = dict(re.findall(r"^# (\w+): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"rule", "version", "source", "licence"} <= said.keys()
    assert re.fullmatch(r"[1-9][0-9]*", said["version"])


def test_there_are_lists() -> None:
    assert len(LISTS) > 30
