"""Where two sides can't both have their way, and who decided what."""

from enum import StrEnum
from typing import NamedTuple

from qnphrase.merge.record import Record


class Choice(StrEnum):
    """What is to become of a conflict."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


class Kind(StrEnum):
    """What kind of conflict it is."""

    CHANGED_BOTH = "changed-both"
    ADDED_BOTH = "added-both"
    DELETED_OURS = "deleted-ours"  # and changed by them
    DELETED_THEIRS = "deleted-theirs"  # and changed by us
    DUPLICATE_CODE = "duplicate-code"  # each side has the code once, the merged book would have it twice
    GROUP_NAME = "group-name"
    BOOK_FIELD = "book-field"


class Conflict(NamedTuple):
    """One conflict with its sides. A side that holds nothing has no records; a duplicate code may have several.

    `fields` are the names of the fields that both sides changed; for a group or a field of the book `values` are what
    base, ours and theirs say. `is_whitespace` says that the texts differ in blanks and line breaks only.
    """

    kind: Kind
    base: tuple[Record, ...] = ()
    ours: tuple[Record, ...] = ()
    theirs: tuple[Record, ...] = ()
    fields: tuple[str, ...] = ()
    values: tuple[str, str, str] = ("", "", "")
    is_whitespace: bool = False
