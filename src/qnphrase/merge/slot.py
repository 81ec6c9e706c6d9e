"""One record of a merge: what base, ours and theirs say of it, and what comes of that."""

from dataclasses import dataclass
from dataclasses import field

from qnphrase.merge.conflict import Choice
from qnphrase.merge.conflict import Conflict
from qnphrase.merge.conflict import Kind
from qnphrase.merge.fields import merge_fields
from qnphrase.merge.fields import without_blanks
from qnphrase.merge.record import Fields
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import record_of


@dataclass(slots=True)
class Slot:
    """A record that is in at least one of the three books; groups go by their merged names.

    `outcome` is what comes of it by each choice, if there is a conflict; otherwise `result` is.
    """

    base: Record | None
    ours: Record | None
    theirs: Record | None
    result: Record | None = None
    conflict: Conflict | None = None
    outcome: dict[Choice, tuple[Record, ...]] = field(default_factory=dict)

    @property
    def lane(self) -> str | None:
        """The group where it stands in the merged book; `None`: nowhere."""
        stands = next(iter(self.possible), None)
        return None if stands is None else stands.group

    @property
    def possible(self) -> tuple[Record, ...]:
        """All records that may come of it, by one choice or another."""
        if self.conflict is not None:
            return (*self.outcome[Choice.OURS], *self.outcome[Choice.THEIRS])
        return () if self.result is None else (self.result,)

    def records(self, choice: Choice) -> tuple[Record, ...]:
        """Return the merged records."""
        if self.conflict is not None:
            return self.outcome[choice]
        return () if self.result is None else (self.result,)

    def merge(self, *, ignore_whitespace: bool) -> None:
        """Find out what comes of it."""
        base, ours, theirs = self.base, self.ours, self.theirs
        if ours is None or theirs is None:
            self._merge_presence(ignore_whitespace=ignore_whitespace)
        elif ours.key == theirs.key or (base is not None and theirs.key == base.key):
            self.result = ours
        elif base is not None and ours.key == base.key:
            self.result = theirs
        else:
            self._merge_fields(ours, theirs, ignore_whitespace=ignore_whitespace)

    def _merge_presence(self, *, ignore_whitespace: bool) -> None:
        there = self.ours or self.theirs
        if self.base is None:
            self.result = there
        elif there is not None and not _is_same(self.base, there, ignore_whitespace=ignore_whitespace):
            kind = Kind.DELETED_THEIRS if self.ours else Kind.DELETED_OURS
            ours, theirs = _sides(self.ours), _sides(self.theirs)
            before, after = fields_of(self.base), fields_of(there)
            changed = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
            self._dispute(Conflict(kind, (self.base,), ours, theirs, tuple(changed)), ours, theirs, (there,))

    def _merge_fields(self, ours: Record, theirs: Record, *, ignore_whitespace: bool) -> None:
        before: Fields = fields_of(self.base) if self.base else {}
        one, other = fields_of(ours), fields_of(theirs)
        found = merge_fields(before, one, other, ignore_whitespace=ignore_whitespace)
        names, taken = found.conflicts, [ours, theirs]
        try:
            if not names:
                self.result = record_of(found.merged)
                return
            taken = [record_of(_with(found.merged, side, names)) for side in (one, other)]
        except ValueError:  # one side removed the code, the other the text: nothing would be left
            names = names or tuple(name for name in before if not one.get(name) == before[name] == other.get(name))
        kind = Kind.CHANGED_BOTH if self.base else Kind.ADDED_BOTH
        conflict = Conflict(kind, _sides(self.base), (ours,), (theirs,), names, is_whitespace=found.is_whitespace)
        self._dispute(conflict, (taken[0],), (taken[1],), tuple(taken))

    def _dispute(
        self, conflict: Conflict, ours: tuple[Record, ...], theirs: tuple[Record, ...], both: tuple[Record, ...]
    ) -> None:
        self.conflict = conflict
        self.outcome = {Choice.OURS: ours, Choice.THEIRS: theirs, Choice.BOTH: both}


def _with(merged: Fields, side: Fields, names: tuple[str, ...]) -> Fields:
    """Return the merged fields with a side's version of those that are in conflict."""
    kept = {name: value for name, value in merged.items() if name not in names}
    return kept | {name: side[name] for name in names if name in side}


def _sides(record: Record | None) -> tuple[Record, ...]:
    return () if record is None else (record,)


def _is_same(base: Record, record: Record, *, ignore_whitespace: bool) -> bool:
    if base.key == record.key:
        return True
    if not ignore_whitespace:
        return False
    return (base.group, base.code, base.rest) == (record.group, record.code, record.rest) and without_blanks(
        base.text
    ) == without_blanks(record.text)
