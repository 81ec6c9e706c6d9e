"""What a format is: a module that satisfies `Format`, and what it knows of one file, which satisfies `Reading`."""

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import Protocol

from qnphrase.document.document import Document
from qnphrase.document.encoding import Encoding
from qnphrase.document.span import Edit
from qnphrase.document.span import Span

if TYPE_CHECKING:
    from qnphrase.model import Phrasebook
    from qnphrase.schedule import Schedule


class Notice(NamedTuple):
    """Something about a file that its user should know, though it can be read. `line` counts from 1; 0: the whole."""

    message: str
    line: int = 0


@dataclass(frozen=True)
class Carries:
    """What a file has room for. `extras` are the names of extra values it can hold; `None`: any."""

    codes: bool = True
    groups: bool = True
    book_fields: bool = False  # shop, signature, remove, replace, scenario, tags, note, until, enabled
    extras: frozenset[str] | None = None


@dataclass(frozen=True)
class ReadOptions:
    """What a user may say of a file that it doesn't say itself. `mapping` is the XML mapping, see `xml.shape`."""

    mapping: str | None = None


@dataclass(frozen=True)
class Style:
    """How a new file is to be written; what a format has no use for it ignores.

    `encoding_label` is what an XML declaration names; `guard` writes each CSV cell so that Excel leaves it alone.
    """

    encoding_label: str = ""
    newline: str = "\r\n"
    guard: bool = False


class Subject(NamedTuple):
    """One text of a book, plain, so that a file is looked through without building the model.

    `kind` is `phrase`, `reply` or `signature`; `place` names it to `Reading.locate`. `code` is the phrase's code, for a
    reply its trigger as written in packs (`忙碌`). `scenario` and `until` are empty in packs. `schedule` says when a
    reply may be sent, where anything says so; packs never do.
    """

    kind: str
    group: str
    code: str
    text: str
    place: int
    scenario: str = ""
    until: str = ""
    enabled: bool = True
    schedule: "Schedule | None" = None


class Retyped(NamedTuple):
    """A text that other programs take for something else as it is written.

    `kind` is what they take it for: `null`, `boolean`, `date`, `sixties` (`12:30` is 750), `number`. `quoted` is how it
    stays a text; `place` is that of the subject it belongs to, -1 where it belongs to none.
    """

    span: Span
    kind: str
    quoted: str
    place: int


class Reading(Protocol):
    """One file, read: its document, what it holds, and how to edit it."""

    @property
    def document(self) -> Document:
        """The file's bytes and text."""

    @property
    def notices(self) -> Sequence[Notice]:
        """What the user should know of the file."""

    @property
    def carries(self) -> Carries:
        """What the file has room for."""

    def counts(self) -> Mapping[str, int]:
        """Return how many `phrases`, `groups`, `ungrouped` and `auto_replies` it holds, without building the book."""

    def subjects(self) -> Sequence[Subject]:
        """Return all texts in the order of the file, without building the book."""

    def entry(self, place: int) -> Span:
        """Return where the whole entry of a subject stands: its record, element or list item."""

    def locate(self, place: int, field: str, start: int, end: int) -> Span:
        """Return where characters `[start, end)` of a subject's `text`, `code`, `group` or `scenario` stand.

        In a phrasebook that is also where a phrase's `replace` stands. An empty value, or one that isn't written in the
        entry, is where it would stand or is said.
        """

    def removal(self, index: int) -> Span:
        """Return where an entry of the book's `remove` stands. Raises `IndexError` where there is none."""

    def retyped(self) -> Sequence[Retyped]:
        """Return the texts that other programs don't read as texts; empty where a format knows nothing but texts."""

    def facts(self) -> Mapping[str, Any]:
        """Return the habits of the file for `inspect`: JSON values under stable English keys."""

    def book(self) -> "Phrasebook":
        """Return the book that the file holds."""

    def edits(self, book: "Phrasebook") -> list[Edit]:
        """Return the edits after which the file holds `book`, which is within what the file carries.

        Raises `UnrepresentableError` where a value can't be written in this format at all.
        """


class Format(Protocol):
    """A format: sniffs, reads, and writes a new file. Modules satisfy it."""

    NAME: str
    SUFFIXES: tuple[str, ...]
    DEFAULT_ENCODING: str
    DEFAULT_NEWLINE: str
    COMMENT: re.Pattern[str] | None  # what may be a comment, where the format has any
    WRITES_REFERENCES: bool  # whether a character outside of the encoding can be written all the same, as in XML

    def room(self) -> Carries:
        """Return what a new file of this format has room for."""

    def relabelled(self, text: str, encoding: Encoding) -> str:
        """Return `text` as it is to stand in another encoding, where the text names its encoding itself."""

    def sniff(self, text: str) -> bool:
        """Return whether `text` (its beginning) is of this format rather than of another."""

    def read(self, document: Document, options: ReadOptions) -> Reading:
        """Read a file. Raises `PackSyntaxError`."""

    def new(self, book: "Phrasebook", style: Style) -> str:
        """Return the text of a new file that holds `book`."""
