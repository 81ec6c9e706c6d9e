"""The 99 emoticons of Wangwang (旺旺), the chat of Taobao, as they are written in a phrase.

An emoticon is a short code such as `/:^_^` (微笑) that stands directly in the text, with no separator before or after
it. Codes differ in case and one may begin another (`/:O`, `/:O=O`), so they are found by an alternation of all codes,
longest first. A generic pattern would miss `/:(Zz...)` and swallow the letters that follow a code.

Source: no vendor document; three independent public programs agree on codes, names and indices. The HTML-escaped
spellings were seen in one of them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from qnphrase.text.pattern import lazy_pattern


class Emoticon(NamedTuple):
    """One emoticon of the fixed set."""

    code: str
    """What is written in the phrase, such as `/:^_^`. Unique; MUST be compared case-sensitively."""

    name: str
    """The Chinese name the chat desk shows, such as 微笑. Not unique: 再见 names two codes."""

    index: int  # type: ignore[assignment]  # the field's own word; nobody searches this tuple with tuple.index
    """Place in the vendor's palette, 0 to 98. Unique."""


@functools.cache
def emoticons() -> Mapping[str, Emoticon]:
    """Give every emoticon by its code, in palette order. Read-only."""
    rows = _table("wangwang_emoticons.csv")
    return MappingProxyType({row["code"]: Emoticon(row["code"], row["name"], int(row["index"])) for row in rows})


@functools.cache
def aliases() -> Mapping[str, str]:
    """Give the canonical code of each escaped spelling, such as `/:&gt;_&lt;` → `/:>_<`. Read-only.

    Packs that went through a web page hold these spellings; a buyer would see them as letters.
    """
    return MappingProxyType({row["alias"]: row["code"] for row in _table("wangwang_emoticon_aliases.csv")})


@functools.cache
def emoticon_pattern(*, with_aliases: bool = False) -> re.Pattern[str]:
    """Return an alternation of the 99 codes: longest first, case-sensitive, without groups.

    With `with_aliases` it also finds the escaped spellings. Its source may be built into a larger pattern (in
    parentheses), a verbose one included.
    """
    spellings = [*emoticons(), *(aliases() if with_aliases else ())]
    return lazy_pattern("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))))


def codes_named(name: str) -> tuple[str, ...]:
    """Give the codes that bear a Chinese name, in palette order; none if the name is unknown."""
    return tuple(emoticon.code for emoticon in emoticons().values() if emoticon.name == name)


def _table(filename: str) -> list[dict[str, str]]:
    """Read the rows of one packaged table, each by column name."""
    # Imported here because most runs of the command line never look at an emoticon.
    import csv
    from pathlib import Path

    text = Path(__file__).with_name("data").joinpath(filename).read_bytes().decode()
    names, *rows = filter(None, csv.reader(text.split("\n")))  # many times as fast as reading it line by line
    return [dict(zip(names, row, strict=True)) for row in rows]
