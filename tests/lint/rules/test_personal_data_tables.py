"""Personal data in many wordings: the tables of personal_data.txt."""

import re
from collections.abc import Callable
from pathlib import Path

from qnphrase.lint.rules import personal_data

RULES = personal_data.RULES


def _tables() -> dict[str, str]:
    text = Path(__file__).with_name("personal_data.txt").read_text(encoding="utf-8")
    _remark, *parts = re.split(r"^\[(\w+)\]\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


WORDINGS = _tables()
CLEAN = tuple(WORDINGS.pop("fine").splitlines())


def test_found(wording: tuple[str, str], codes: Callable[[str], str]) -> None:
    code, text = wording
    assert code[2:] in codes(text).split()


def test_fine(near_miss: str, codes: Callable[[str], str]) -> None:
    assert codes(near_miss) == ""
