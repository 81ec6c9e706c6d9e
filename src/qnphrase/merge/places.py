"""Where the records of a book stand in its file."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from qnphrase.formats.base import Subject
from qnphrase.merge.record import REPLIES
from qnphrase.merge.record import Record
from qnphrase.merge.record import records_of
from qnphrase.pack import Pack


class Position(NamedTuple):
    """Where a record stands: line and column of its start, the line of its end; from 1, columns in characters."""

    line: int
    column: int
    end_line: int


class Places:
    """The places of all records of a file, found when the first one is asked for."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def position(self, record: Record) -> Position | None:
        """Return where a record of the file's book stands; `None` for one that isn't written in this file.

        Records are told apart by the objects of the model that they are made of.
        """
        subject = self._subjects.get(id(record.value))
        return None if subject is None else position_of(self.pack, subject)

    @cached_property
    def _subjects(self) -> dict[int, Subject]:
        waiting = {name: iter(subjects) for name, subjects in subjects_by_group(self.pack).items()}
        found = {}
        for record in records_of(self.pack.book):
            for subject in waiting.get(record.group, ()):
                found[id(record.value)] = subject
                break
        return found


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
