"""One side of a merge, seen from the base: which record is which, which group was renamed, and what a side can't say.

A pack has no room for notes or for phrases that are switched off. What a side has no room for it doesn't contradict:
there it says what the base says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property

from qnphrase.formats.base import Carries
from qnphrase.merge.groups import renamed_groups
from qnphrase.merge.identity import Pair
from qnphrase.merge.identity import match
from qnphrase.merge.order import merged_order
from qnphrase.merge.record import EXTRA
from qnphrase.merge.record import SCHEDULE
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import record_of
from qnphrase.merge.record import records_of
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

_SWITCHED_OFF = "\0off"  # no group is called so
EVERYTHING = Carries(book_fields=True)
_BOOK_FIELDS = ("replace", "scenario", "tags", "note", "until", *SCHEDULE)


@dataclass
class Input:
    """A book that is merged, and what the file that it came from has room for."""

    book: Phrasebook
    room: Carries = EVERYTHING

    @cached_property
    def records(self) -> list[Record]:
        """Its records in order."""
        return records_of(self.book)

    @cached_property
    def groups(self) -> dict[str, None]:
        """The names of its groups in order."""
        return dict.fromkeys(group.name for group in self.book.groups)

    def can_say(self, name: str) -> bool:
        """Return whether its file has room for a field."""
        if name == "group":
            return self.room.groups
        if name == "code":
            return self.room.codes
        if name.startswith(EXTRA):
            return self.room.extras is None or name.removeprefix(EXTRA) in self.room.extras
        return self.room.book_fields or name not in _BOOK_FIELDS

    def seen_through(self, room: Carries) -> list[Record]:
        """Return the records with nothing but what a file with this room can say, at their places."""
        if room == EVERYTHING or (room.codes and room.groups and not any(record.rest for record in self.records)):
            return self.records
        return [_reduced(record, room) for record in self.records]


def _reduced(record: Record, room: Carries) -> Record:
    if not room.book_fields and isinstance(record.value, Phrase) and not record.value.enabled:
        # Where a file can't say that a phrase is switched off, an equal one in it is another phrase.
        return Record(_SWITCHED_OFF, "", "", (), record.value)
    if not record.rest and room.codes and room.groups:
        return record
    group = record.group if room.groups or record.is_reply else ""
    code = record.code if room.codes else ""
    if not record.rest:
        return record._replace(group=group, code=code)
    probe = Input(Phrasebook(), room)
    shown = {name: value for name, value in fields_of(record).items() if name not in _SHOWN and probe.can_say(name)}
    rest = tuple(sorted((name, str(value)) for name, value in shown.items()))
    if not record.value.enabled:
        rest = (*rest, ("enabled", ""))
    return Record(group, code, record.text, rest, record.value)


_SHOWN = ("group", "code", "when", "text", "enabled")


@dataclass
class Side:
    """A side and what it made of the base. `pairs` are of its and the base's records.

    Of a side that `deletes_nothing` what is missing counts as unchanged.
    """

    base: Input
    side: Input
    renames: dict[str, str] = field(default_factory=dict)  # new name → name in the base
    pairs: Sequence[Pair] = ()
    deletes_nothing: bool = False

    @cached_property
    def new_names(self) -> dict[str, str]:
        """Name in the base → new name."""
        return {before: after for after, before in self.renames.items()}

    def lifted(self, record: Record, base: Record) -> Record:
        """Return the side's record, saying what the base says where the side can't say anything."""
        room = self.side.room
        if room == EVERYTHING or (room.codes and room.groups and not base.rest):
            return record
        known = {name: value for name, value in fields_of(base).items() if name != "enabled"}
        silent = {name: value for name, value in known.items() if not self.side.can_say(name)}
        return record_of({**fields_of(record), **silent}) if silent else record

    @cached_property
    def groups(self) -> dict[str, None]:
        """The groups that the side has, or doesn't contradict, in order."""
        if self.deletes_nothing or not self.side.room.groups:
            known = [self.new_names.get(name, name) for name in self.base.groups]
            return dict.fromkeys(merged_order(known, list(self.side.groups), known).elements)
        return self.side.groups

    def deletes(self, base: Record) -> bool:
        """Return whether a record is deleted where the side hasn't got it: where it has room for it."""
        return not self.deletes_nothing and self.could_hold(base)

    def could_hold(self, base: Record) -> bool:
        """Return whether the side has room for a record."""
        value = base.value
        if isinstance(value, Phrase) and not value.enabled:
            return self.side.room.book_fields
        return not (base.is_reply and not (self.side.room.codes and self.side.room.groups))


def side_of(base: Input, side: Input, *, deletes_nothing: bool = False) -> Side:
    """Match a side with the base."""
    narrow = common_room(base.room, side.room)
    old, new = base.seen_through(narrow), side.seen_through(narrow)
    renames = renamed_groups(old, new, base.groups, side.groups) if narrow.groups else {}
    return Side(base, side, renames, match(old, new, renames), deletes_nothing)


def common_room(one: Carries, other: Carries) -> Carries:
    """Return what both have room for."""
    if one.extras is None or other.extras is None:
        extras = other.extras if one.extras is None else one.extras
    else:
        extras = one.extras & other.extras
    return Carries(
        codes=one.codes and other.codes,
        groups=one.groups and other.groups,
        book_fields=one.book_fields and other.book_fields,
        extras=extras,
    )
