"""How long a phrase is, and which of its characters an encoding can't carry."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from qnphrase.text.emoticons import emoticon_pattern


def length(text: str) -> int:
    """Count the characters (Unicode code points) of a phrase.

    An emoticon code counts as the characters it is written with: how Qianniu itself counts is not publicly known.
    """
    return len(text)


def visible_length(text: str) -> int:
    """Count the characters of a phrase as meant for the buyer: each emoticon, escaped or not, is one."""
    return len(emoticon_pattern(with_aliases=True).sub("x", text))


@lru_cache(maxsize=16_384)
def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes, at most: where it isn't known, two for a character."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text
    )


def unencodable(text: str, encoding: str) -> list[tuple[int, str]]:
    """Find every character that the encoding can't carry: (offset in characters, character), in order.

    Lone surrogates are such characters in every Unicode encoding. Python's codec is the judge: its `gbk` has no €,
    although Windows code page 936 gives it the byte 0x80.

    Raises LookupError if Python knows no text encoding of that name.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        # Asking once per distinct character keeps this linear, and quick for a large pack with many misfits.
        misfits = {char for char in set(text) if not _carries(encoding, char)}
        return [(offset, char) for offset, char in enumerate(text) if char in misfits]
    return []


@lru_cache(maxsize=65_536)
def _carries(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
