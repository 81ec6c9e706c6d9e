"""What a rule finds: first in a text, then in a file."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a finding is: a penalty or a broken pack, a likely loss, or something worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for information."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Fix(NamedTuple):
    """How a finding can be mended: replace `text[start:end]` of the phrase by `text`; offsets in characters.

    They are offsets of the document where the finding has no field.

    `safe`: nobody could want it otherwise. All others are made only when the user asks for unsafe ones.
    """

    start: int
    end: int
    text: str
    safe: bool = True


class Finding(NamedTuple):
    """What a rule found in one subject, in the offsets of that subject's text.

    `field` is what the offsets refer to: `text`, `code`, `group` or `scenario`; a finding about the file itself has
    none (`""`): then `start` and `end` are offsets of the document, and `subject` is -1 where they belong to none.
    `severity` overrules the rule's own.
    """

    code: str
    subject: int
    start: int
    end: int
    message: str
    field: str = "text"
    severity: Severity | None = None
    fix: Fix | None = None


class Context(NamedTuple):
    """The value in which something was found, and where in it, in characters; empty for the file as a whole."""

    text: str = ""
    start: int = 0
    end: int = 0


class Diagnostic(NamedTuple):
    """A finding with its place in a file: lines and columns from 1, in characters; the end is exclusive.

    `start` and `end` are offsets of the decoded text, `text` the very words, `context` the value around them.
    `subject` is the index among the file's subjects, -1 for the file itself; `field` is `text`, `code`, `group`,
    `scenario`, or empty. `shops` are those in whose books it was found; empty where it stands in the file by itself.
    What was found in a text with a shop's values in it stands in the file where their blanks do: `text` holds the words
    of the file, `context` those of the shop.
    """

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    group: str
    phrase: str
    text: str
    subject: int
    field: str
    context: Context = Context()
    fix: Fix | None = None
    shops: tuple[str, ...] = ()
