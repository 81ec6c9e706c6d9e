"""Where the entries of a book stand in its file."""

from collections import defaultdict
from typing import NamedTuple

from qnphrase.formats.base import Subject
from qnphrase.pack import Pack

# The lane of the auto-replies; it can't be the name of a group, for no file holds this character.
REPLIES = "\0"


class Position(NamedTuple):
    """Where an entry stands: line and column of its start, the line of its end; from 1, columns in characters."""

    line: int
    column: int
    end_line: int


def subjects_by_group(pack: Pack) -> dict[str, list[Subject]]:
    """Return the subjects of each group, the auto-replies under `REPLIES`: in a group a file has its book's order."""
    groups: dict[str, list[Subject]] = defaultdict(list)
    for subject in pack.reading.subjects():
        if subject.kind != "signature":
            groups[REPLIES if subject.kind == "reply" else subject.group].append(subject)
    return groups


def position_of(pack: Pack, subject: Subject) -> Position:
    """Return where a subject stands in its file."""
    span = pack.reading.entry(subject.place)
    line, column = pack.document.position(span.start)
    end_line, _column = pack.document.position(max(span.start, span.end - 1))
    return Position(line, column, end_line)
