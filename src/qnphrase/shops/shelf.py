"""The books of all shops, each loaded once, and their entries with the place where each is written."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.formats.base import Subject
from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.places import REPLIES
from qnphrase.places import position_of
from qnphrase.places import subjects_by_group


@dataclass(frozen=True, eq=False)
class Entry:
    """A phrase or an auto-reply as a book says it. `group` of a reply is `REPLIES`; `subject` is its place there.

    `over` are the entries of books below whose place it took, the nearest first.
    """

    group: str
    value: Phrase | AutoReply
    book: "Book"
    subject: Subject
    over: tuple["Entry", ...] = ()

    @property
    def code(self) -> str:
        """The code of a phrase, the trigger of a reply as packs name it (`忙碌`)."""
        value = self.value
        return value.code if isinstance(value, Phrase) else trigger_word(value.when, value.threshold)

    @property
    def shown_group(self) -> str:
        """The group as packs name it."""
        return AUTO_REPLY_GROUP if self.group == REPLIES else self.group

    @property
    def place(self) -> str:
        """`path:line` of where it is written."""
        return self.book.line_of(self.subject)


class Signature(NamedTuple):
    """The personal signature as a book says it."""

    text: str
    book: "Book"
    subject: Subject

    @property
    def place(self) -> str:
        """`path:line` of where it is written."""
        return self.book.line_of(self.subject)


@dataclass(frozen=True, eq=False)
class Book:
    """A book that shops take, and its entries in the order of the book."""

    pack: Pack

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """All phrases, group by group, then the auto-replies."""
        return list(self._entries())

    def _entries(self) -> Iterator[Entry]:
        waiting = {name: iter(subjects) for name, subjects in subjects_by_group(self.pack).items()}
        book = self.pack.book
        for group, phrase in book.all_phrases():
            yield Entry(group, phrase, self, next(waiting[group]))
        for reply in book.auto_replies:
            yield Entry(REPLIES, reply, self, next(waiting[REPLIES]))

    def line_of(self, subject: Subject) -> str:
        """Return `path:line` of an entry."""
        return f"{self.pack.path}:{position_of(self.pack, subject).line}"

    @cached_property
    def signature(self) -> Signature | None:
        """The signature, where the book has one."""
        if not self.pack.book.signature:
            return None
        found = next(subject for subject in self.pack.reading.subjects() if subject.kind == "signature")
        return Signature(self.pack.book.signature, self, found)


class Shelf:
    """Loads each book once."""

    def __init__(self) -> None:
        self._books: dict[str, Book] = {}

    def book(self, path: str) -> Book:
        """Return a book. Raises `FileError` where it can't be read."""
        if path not in self._books:
            self._books[path] = Book(load(path))
        return self._books[path]
