"""Where the records of a book stand in its file."""

from functools import cached_property

from qnphrase.formats.base import Subject
from qnphrase.merge.record import Record
from qnphrase.merge.record import records_of
from qnphrase.pack import Pack
from qnphrase.places import Position
from qnphrase.places import position_of
from qnphrase.places import subjects_by_group


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
