"""What a diff is made of: changes of phrases, auto-replies, groups and of the fields of the book. All of it frozen."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from qnphrase.merge.identity import Tier
from qnphrase.merge.record import Record


class What(StrEnum):
    """What became of a phrase, an auto-reply or a group. Several may hold at once, but for the first two."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"  # groups only
    MOVED = "moved"  # of a phrase: to another group; of a group: to another place
    REORDERED = "reordered"  # phrases only: to another place of its group


class FieldChange(NamedTuple):
    """A field with what it said and says; `None`: nothing. Names and values as of `merge.record.fields_of`."""

    name: str
    before: Hashable
    after: Hashable


class Place(NamedTuple):
    """Where a record stands: `number` among all records of its book (see `records_of`), `at` in its group; from 0."""

    number: int
    at: int


@dataclass(frozen=True)
class Change:
    """A phrase or auto-reply that isn't the same in both books: an added one has no `old`, a removed one no `new`.

    The records have the groups that their own books give them, so in a renamed group they differ without being moved.
    `tier` says what told that both are one, `likeness` how alike the texts are where that was similarity.
    """

    old: Record | None = None
    new: Record | None = None
    old_place: Place | None = None
    new_place: Place | None = None
    fields: tuple[FieldChange, ...] = ()
    is_moved: bool = False
    is_reordered: bool = False
    tier: Tier | None = None
    likeness: float = 1.0

    @property
    def kinds(self) -> tuple[What, ...]:
        """What became of it."""
        if self.old is None:
            return (What.ADDED,)
        if self.new is None:
            return (What.REMOVED,)
        found = ((What.CHANGED, self.fields), (What.MOVED, self.is_moved), (What.REORDERED, self.is_reordered))
        return tuple(kind for kind, holds in found if holds)

    @property
    def record(self) -> Record:
        """The record as it is now; a removed one as it was."""
        record = self.new or self.old
        assert record is not None  # noqa: S101 - one of them is always there
        return record

    @property
    def is_guess(self) -> bool:
        """Whether only similarity says that both records are one: somebody should look at it."""
        return self.tier is Tier.SIMILARITY


class GroupChange(NamedTuple):
    """A group that isn't the same in both books; an added one has no `old`, a removed one no `new`.

    `old_at` and `new_at` are its places among the groups, from 0; -1 where it has none.
    """

    old: str
    new: str
    old_at: int
    new_at: int
    is_moved: bool = False

    @property
    def kinds(self) -> tuple[What, ...]:
        """What became of it; of the phrases in it their own changes tell."""
        if not self.old:
            return (What.ADDED,)
        if not self.new:
            return (What.REMOVED,)
        found = ((What.RENAMED, self.old != self.new), (What.MOVED, self.is_moved))
        return tuple(kind for kind, holds in found if holds)


@dataclass(frozen=True)
class Diff:
    """All that changed from one book to another.

    `origin` is the fingerprint of the book that it starts from. Where `ignores_whitespace`, texts that differ in
    blanks and line breaks only are none of the changes.
    """

    fields: tuple[FieldChange, ...]
    groups: tuple[GroupChange, ...]
    changes: tuple[Change, ...]
    origin: str
    ignores_whitespace: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.fields or self.groups or self.changes)

    @property
    def guesses(self) -> tuple[Change, ...]:
        """The changes of what only similarity took for one."""
        return tuple(change for change in self.changes if change.is_guess)

    @cached_property
    def renames(self) -> dict[str, str]:
        """New name → old name of the groups that were renamed."""
        return {group.new: group.old for group in self.groups if What.RENAMED in group.kinds}

    @cached_property
    def counts(self) -> Counter[What]:
        """How many phrases and auto-replies were added, removed and so on; one may be changed and moved."""
        return Counter(kind for change in self.changes for kind in change.kinds)

    @cached_property
    def group_counts(self) -> Counter[What]:
        """How many groups were added, removed and so on."""
        return Counter(kind for group in self.groups for kind in group.kinds)
