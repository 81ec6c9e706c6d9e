"""Conflict markers: our file with both sides of each conflict, for a person to choose in an editor or with `resolve`.

Markers stand between whole records only. The two texts that are woven together are our file with all conflicts decided
for us, and with all of them decided for them, so either choice gives a whole file.
"""

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.runs import common_places
from qnphrase.formats.unmerged import Unmerged
from qnphrase.formats.unmerged import unmerged
from qnphrase.merge.conflict import Choice
from qnphrase.pack import Pack
from qnphrase.pack import load

MARK = 7  # characters of a marker
# A line between records that begins something: a key of the book, an entry of a list, an element.
_ENTRY = re.compile(r"^(?=\S|[ \t]+(?:- |<))", re.MULTILINE)


def woven(ours: Pack, theirs: Pack, *, size: int = MARK) -> Document:
    """Return the document that holds both versions of one file, with markers of `size` where they differ.

    It is in the encoding of `ours`. Raises `UnrepresentableError` where that can't carry `theirs`.
    """
    newline = "\r\n" if "\r\n" in ours.document.text else "\n"
    left, right = _pieces(ours), _pieces(theirs)
    parts: list[str] = []
    for mine, other in _hunks(left, right):
        if mine == other:
            parts += mine
            continue
        before = parts[-1] if parts else ""
        lines = [f"{'<' * size} ours{newline}", *_whole_lines(mine, newline), f"{'=' * size}{newline}"]
        lines += [*_whole_lines(other, newline), f"{'>' * size} theirs{newline}"]
        parts += [newline] if before and not before.endswith(("\n", "\r")) else []
        parts += lines
    return Document.of_text("".join(parts), ours.document.encoding, path=ours.path)


def _whole_lines(pieces: Sequence[str], newline: str) -> list[str]:
    """Return the pieces, ended by a line break if they say anything: a marker begins a line."""
    text = "".join(pieces)
    return [text] if not text or text.endswith(("\n", "\r")) else [text, newline]


def _pieces(pack: Pack) -> list[str]:
    """Cut a file's text before and behind every record, at line ends where a record has lines of its own.

    What stands between records is cut, too, so that a conflict there doesn't take in the beginning of the file.
    """
    text = pack.document.text
    cuts = {0, len(text)}
    records = [(0, 0)]
    for subject in pack.reading.subjects():
        span = pack.reading.entry(subject.place)
        records.append((_line_start(text, span.start), _line_end(text, span.end)))
        cuts.update(records[-1])
    records.sort()
    for (_start, end), (start, _end) in pairwise([*records, (len(text), len(text))]):
        cuts.update(found.start() for found in _ENTRY.finditer(text, end, max(start, end)))
    places = sorted(cuts)
    return [text[start:end] for start, end in pairwise(places)]


def _line_start(text: str, at: int) -> int:
    """Return where the line of a record begins, if nothing but its indent and list mark stands before it."""
    start = text.rfind("\n", 0, at) + 1
    return start if not text[start:at].strip(" \t-") else at


def _line_end(text: str, at: int) -> int:
    """Return where the line of a record ends, if nothing but blanks and its comment stands behind it."""
    end = text.find("\n", at) + 1 or len(text)
    behind = text[at:end].strip()
    return end if not behind or behind.startswith("#") else at


def _hunks(left: Sequence[str], right: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    hunks: list[tuple[Sequence[str], Sequence[str]]] = []
    at, to = 0, 0
    for one, other in [*common_places(left, right), (len(left), len(right))]:
        if (one, other) != (at, to):
            hunks.append((left[at:one], right[to:other]))
        if one < len(left):
            hunks.append(([left[one]], [right[other]]))
        at, to = one + 1, other + 1
    return hunks


@dataclass(frozen=True)
class Marked:
    """A file with conflict markers, as far as they can be found."""

    document: Document
    conflicts: tuple[Unmerged, ...]

    def settled(self, choices: Mapping[int, Choice]) -> Document:
        """Return the document with the conflicts, which `choices` counts from 0, replaced by what was chosen.

        Where all are chosen the file must be a pack again. Raises `PackSyntaxError` where it isn't one: somebody has
        edited between the markers.
        """
        edits = [
            Edit(Span(conflict.start, conflict.end), _chosen(conflict, choices[at]))
            for at, conflict in enumerate(self.conflicts)
            if at in choices
        ]
        document = self.document.edited(edits)
        if len(edits) == len(self.conflicts):
            load(document.data, encoding=document.encoding.label, name=document.path)
        return document


def read_marked(path: str) -> Marked:
    """Read a file with conflict markers. Raises `UnreadableFileError`."""
    document = Document.of_bytes(read_bytes(path), path=path)
    return Marked(document, tuple(unmerged(document.text)))


def _chosen(conflict: Unmerged, choice: Choice) -> str:
    ours = conflict.ours if choice is not Choice.THEIRS else ""
    theirs = conflict.theirs if choice is not Choice.OURS else ""
    return ours + theirs
