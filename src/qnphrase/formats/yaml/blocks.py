"""Block scalars as they stand in a text: header, body, and where the body truly ends."""

import re
from typing import NamedTuple

BREAKS = "\r\n\x85\u2028\u2029"  # what breaks a line for YAML 1.1
_HEADER = re.compile(rf"[|>](?P<signs>[1-9]?[+-]?|[+-][1-9])(?=[ \t#{BREAKS}]|\Z)[^{BREAKS}]*(?:\r\n|[{BREAKS}]|\Z)")
_NEXT_LINE = re.compile(rf"[^{BREAKS}]*(?:\r\n|[{BREAKS}]|\Z)")


class Header(NamedTuple):
    """The first line of a block scalar: up to `signs_end` the indicators, then perhaps a comment; then the body."""

    signs: str
    signs_end: int
    body_start: int

    @property
    def chomping(self) -> str:
        """`-`, `+`, or empty."""
        return self.signs.strip("123456789")

    @property
    def digit(self) -> str:
        """The indentation indicator, or empty."""
        return self.signs.strip("+-")


def header_at(text: str, start: int) -> Header:
    """Return the header of the block scalar that starts at `start`."""
    found = _HEADER.match(text, start)
    if found is None:
        raise ValueError(f"no block scalar at {start}")
    return Header(found["signs"], found.end("signs"), found.end())


def next_line(text: str, offset: int) -> int:
    """Return where the line after that of `offset` begins; the end of the text where there is none."""
    found = _NEXT_LINE.match(text, offset)
    return found.end() if found else len(text)


def content_end(text: str, start: int, end: int, value: str) -> int:
    """Return where the last line of content ends, its line break included; `end` is libyaml's, behind blank lines."""
    header = header_at(text, start)
    last_line = value.rstrip("\n").rpartition("\n")[2]
    if header.chomping == "+" or not last_line.strip(" "):
        return end
    body = text[header.body_start : end]
    return min(end, next_line(text, header.body_start + len(body.rstrip(" " + BREAKS))))


def body_indent(text: str, start: int, end: int) -> int | None:
    """Return how far the body of a block scalar is indented by its first line; `None` where it has none."""
    body = text[header_at(text, start).body_start : end]
    for line in re.split(f"[{BREAKS}]+", body):
        if line.strip(" "):
            return len(line) - len(line.lstrip(" "))
    return None
