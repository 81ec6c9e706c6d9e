"""Editing `.gitattributes`: our lines stand in a marked block; nobody else's byte is touched.

Taking the block out gives back the very bytes that were there before: the marker says whether the line before the block
had no end, and whether there was a file at all.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_OPEN = b"# >>> qnphrase git install >>>"
_OPEN_UNENDED = b"# >>> qnphrase git install, after a line without end >>>"
_OPEN_NEW = b"# >>> qnphrase git install, in a file of its own >>>"
_OPENINGS = (_OPEN, _OPEN_UNENDED, _OPEN_NEW)
_CLOSE = b"# <<< qnphrase git install <<<"

PACK = "-text merge=qnphrase diff=qnphrase"  # git must leave the bytes of a pack alone
BOOK = "merge=qnphrase"  # a book is a text like any other, and `git diff` shows it as it is
_BOOK_SUFFIXES = (".yaml", ".yml")

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_NAMED = re.compile(r'("(?:[^"\\]|\\.)*"|\S+)[ \t]+(.*)', re.DOTALL)


class Line(NamedTuple):
    """A line of `.gitattributes` that says something. `number` counts from 1; `pattern` is as it is written."""

    number: int
    pattern: str
    attributes: tuple[str, ...]


def attribute_line(pattern: str) -> str:
    """Return the line that hands the files of a pattern over to qnphrase."""
    attributes = BOOK if pattern.lower().endswith(_BOOK_SUFFIXES) else PACK
    return f"{_quoted(pattern)} {attributes}"


def pattern_of(line: str) -> str:
    """Return the pattern of a line that `attribute_line` made."""
    written = line.removesuffix(PACK).removesuffix(BOOK).rstrip(" ")
    return re.sub(r"\\(.)", r"\1", written[1:-1]) if written.startswith('"') else written


def _quoted(pattern: str) -> str:
    if not re.search(r"[ \"]", pattern) and not pattern.startswith(("#", "[")):
        return pattern
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'


def our_lines(data: bytes) -> list[str]:
    """Return the lines that `with_lines` wrote, in order."""
    lines = _LINE.findall(data)
    return [_text(lines[at]) for at in sorted(_ours(lines)) if not lines[at].startswith(b"#")]


def with_lines(data: bytes | None, wanted: Sequence[str]) -> bytes:
    """Return the file with our block holding `wanted` and nothing else; `None`: there is no file yet.

    A block that is there already stays in its place.
    """
    lines = _LINE.findall(data or b"")
    newline = b"\r\n" if b"\r\n" in (data or b"") else b"\n"
    body = [line.encode("utf-8") + newline for line in wanted]
    ours = _ours(lines)
    if ours:
        first = min(ours)
        block = [lines[first].rstrip(b"\r\n") + newline, *body, _CLOSE + newline]
        kept = [line for at, line in enumerate(lines) if at > first and at not in ours]
        return b"".join([*lines[:first], *block, *kept])
    unended = bool(lines) and not lines[-1].endswith(b"\n")
    opening = _OPEN_NEW if data is None else _OPEN_UNENDED if unended else _OPEN
    return b"".join([data or b"", newline if unended else b"", opening + newline, *body, _CLOSE + newline])


def without_lines(data: bytes) -> bytes | None:
    """Return the file without our block; `None` where no file is to be left."""
    lines = _LINE.findall(data)
    ours = _ours(lines)
    if not ours:
        return data
    opening = lines[min(ours)]
    kept = [line for at, line in enumerate(lines) if at not in ours]
    if not kept and opening.startswith(_OPEN_NEW):
        return None
    if opening.startswith(_OPEN_UNENDED) and len(kept) == min(ours):  # nothing was written behind the block
        kept[-1:] = [line.removesuffix(opening.removeprefix(_OPEN_UNENDED)) for line in kept[-1:]]
    return b"".join(kept)


def foreign_lines(data: bytes) -> list[Line]:
    """Return the lines of others that give attributes to a pattern."""
    lines = _LINE.findall(data.removeprefix(b"\xef\xbb\xbf"))
    ours = _ours(lines)
    found = []
    for at, line in enumerate(lines):
        text = _text(line).strip(" \t")
        named = _NAMED.fullmatch(text)
        if at not in ours and named is not None and not text.startswith(("#", "[attr]")):
            found.append(Line(at + 1, named[1], tuple(named[2].split())))
    return found


def _text(line: bytes) -> str:
    return line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")


def _ours(lines: Sequence[bytes]) -> set[int]:
    """Return which lines are ours: the markers, and what stands between them in the form that we write.

    Where the closing marker is gone, ours end at the first line of another form.
    """
    ours: set[int] = set()
    waiting: list[int] | None = None  # lines of our form since an opening marker that may still be closed
    is_run = False
    for at, line in enumerate(lines):
        bare = line.rstrip(b"\r\n")
        if bare in _OPENINGS:
            ours.add(at)
            waiting, is_run = [], True
        elif waiting is None:
            continue
        elif bare == _CLOSE:
            ours.update([*waiting, at])
            waiting = None
        elif bare.endswith((b" " + PACK.encode(), b" " + BOOK.encode())) and not bare.startswith(b"#"):
            waiting.append(at)
            if is_run:
                ours.add(at)
        else:
            is_run = False
    return ours
