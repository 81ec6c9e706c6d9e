"""One spelling for many: what a text says once typing variants are folded, character for character.

For matching only. Every character becomes exactly one character, so offsets in the folded text are offsets in the
original. What needs more than that (invisible characters, separators inside of words) is `squeezed`, which carries a
map.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from qnphrase.text.pattern import lazy_pattern

# Letters of other scripts and symbols that stand in for Latin letters and digits.
_LOOKALIKES = {
    "ⅴ": "v", "Ⅴ": "v", "ν": "v", "Ѵ": "v", "ѵ": "v", "∨": "v",
    "х": "x", "Х": "x", "×": "x", "✕": "x", "χ": "x", "ⅹ": "x", "Ⅹ": "x",
    "о": "o", "О": "o", "ο": "o", "а": "a", "А": "a", "е": "e", "Е": "e", "і": "i", "І": "i", "с": "c", "С": "c",
    "➕": "+", "＋": "+", "﹢": "+", "✚": "+",
}  # fmt: skip


@cache
def _table() -> dict[str, str]:
    table = dict(_LOOKALIKES)
    for code in (*range(0xFF01, 0xFF5F), *range(0x2460, 0x2474), *range(0x24B6, 0x24EA)):
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1:
            table.setdefault(chr(code), plain)
    table["\u3000"] = " "
    table["\u00a0"] = " "
    return table


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_table())) + "]")


def folded(text: str) -> str:
    """Return `text` in lower case, full-width forms and look-alike letters as plain ones; of the same length."""
    if not text.isascii():
        table, search = _table(), _foldable().search
        found = search(text)
        while found:  # once for each character that there is to fold: behind it none of the same is left
            text = text.replace(found[0], table[found[0]])
            found = search(text, found.end())
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(_one_lower(character) for character in text)


def _one_lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


# What is put between the characters of a word so that it isn't found: nothing that is seen, and small marks.
_FILLING = lazy_pattern(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad"
    r" \t\u00a0\u3000·・.。…\-—_~～|/\\*#^'`、•‧∙⋅○●◦❤♥♡★☆]+"
)


class Squeezed(NamedTuple):
    """A text without filling; `origin[i]` is the offset in the original of its character `i`."""

    text: str
    origin: list[int]


def squeezed(text: str) -> Squeezed:
    """Return `text` without blanks, invisible characters and small marks, and where each character came from."""
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for filling in _FILLING.finditer(text):
        parts.append(text[at : filling.start()])
        origin.extend(range(at, filling.start()))
        at = filling.end()
    parts.append(text[at:])
    origin.extend(range(at, len(text)))
    return Squeezed("".join(parts), origin)
