"""What came of a merge: the merged book, and the conflicts for which somebody has to choose."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qnphrase.merge.change import What
from qnphrase.merge.conflict import Choice
from qnphrase.merge.conflict import Conflict
from qnphrase.merge.conflict import Kind
from qnphrase.merge.record import Record
from qnphrase.merge.record import book_of
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import moved
from qnphrase.merge.record import record_of
from qnphrase.merge.slot import Slot
from qnphrase.model import Phrasebook


class Guess(NamedTuple):
    """Two records that were taken for one because they are alike. `side` is `ours` or `theirs`."""

    side: str
    base: Record
    record: Record
    likeness: float


class DuplicateCode(NamedTuple):
    """A code that the merged book would have more often than either side, and the slots where each side has it."""

    conflict: Conflict
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


@dataclass(frozen=True)
class Merged:
    """The merge of two books.

    `lanes` are the slots of each group in order, `groups` the groups in order, `kept_groups` those that are there even
    when empty. `missing` are records that theirs hasn't got but didn't delete. `disputed_orders` are groups that each
    side sorted its own way, where ours holds; `both_moved` says that both sides moved phrases of one group, or groups.
    `guesses` is what similarity decided.
    """

    slots: Sequence[Slot]
    lanes: Mapping[str, Sequence[int]]
    groups: Sequence[str]
    kept_groups: frozenset[str]
    fields: Mapping[str, str]
    remove: tuple[str, ...]
    disputes: Sequence[Conflict]
    duplicates: Sequence[DuplicateCode]
    missing: Sequence[Record]
    disputed_orders: Sequence[str]
    both_moved: bool
    guesses: Sequence[Guess]

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """All conflicts: of the book and its groups, of records, of codes. Choices go by their place here."""
        return [
            *self.disputes,
            *(slot.conflict for slot in self.slots if slot.conflict is not None),
            *(duplicate.conflict for duplicate in self.duplicates),
        ]

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to choose."""
        return not self.conflicts

    def tally(self) -> Counter[What]:
        """Return how many records of ours were added, removed, changed and moved by a merge without conflicts."""
        counts: Counter[What] = Counter()
        for slot in self.slots:
            before, after = slot.ours, slot.result
            if before is None or after is None:
                counts[What.ADDED] += after is not None
                counts[What.REMOVED] += before is not None
            elif before.key != after.key:
                counts[What.MOVED] += before.group != after.group
                counts[What.CHANGED] += before.key[1:] != after.key[1:]
        return +counts

    def book(self, choices: Mapping[int, Choice] | None = None, default: Choice = Choice.OURS) -> Phrasebook:
        """Return the merged book, with `choices` by the place of a conflict in `conflicts`, `default` for the others.

        Of a group's name or a field of the book `BOTH` is ours.
        """
        chosen = dict.fromkeys(range(len(self.conflicts)), default) | dict(choices or {})
        disputed = iter(chosen[at] for at in range(len(self.disputes)))
        names, fields = self._settled(disputed)
        after = len(self.disputes)
        by_slot = {}
        for at, slot in enumerate(self.slots):
            if slot.conflict is not None:
                by_slot[at] = chosen[after]
                after += 1
        codes = [(duplicate, chosen[after + at]) for at, duplicate in enumerate(self.duplicates)]
        records = list(self._records(by_slot, codes))
        if names:
            records = [moved(record, names.get(record.group, record.group)) for record in records]
        held = {record.group for record in records}
        groups = [names.get(name, name) for name in self.groups]
        kept = {names.get(name, name) for name in self.kept_groups} | held
        return book_of(records, [name for name in dict.fromkeys(groups) if name in kept], remove=self.remove, **fields)

    def _settled(self, choices: Iterable[Choice]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the groups that go by another name than ours, and the fields of the book."""
        names: dict[str, str] = {}
        fields = dict(self.fields)
        for conflict, choice in zip(self.disputes, choices, strict=False):
            _base, ours, theirs = conflict.values
            if choice is not Choice.THEIRS:
                continue
            if conflict.kind is Kind.GROUP_NAME:
                names[ours] = theirs
            else:
                fields[conflict.fields[0]] = theirs
        return names, fields

    def _records(
        self, choices: Mapping[int, Choice], codes: Iterable[tuple[DuplicateCode, Choice]]
    ) -> Iterator[Record]:
        reverted: dict[int, Choice] = {}
        for duplicate, choice in codes:
            if choice is Choice.OURS:
                reverted.update(dict.fromkeys(duplicate.theirs, choice))
            elif choice is Choice.THEIRS:
                reverted.update(dict.fromkeys(duplicate.ours, choice))
        for lane in self.lanes.values():
            for at in lane:
                records = self.slots[at].records(choices.get(at, Choice.OURS))
                if at in reverted:
                    records = _without_code_of(self.slots[at], reverted[at], records)
                yield from records


def _without_code_of(slot: Slot, choice: Choice, records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records with the code that the chosen side gives them; what it hasn't got is left out."""
    side = slot.ours if choice is Choice.OURS else slot.theirs
    if side is None:
        return ()
    return tuple(_with_code(record, side.code) for record in records)


def _with_code(record: Record, code: str) -> Record:
    fields = {name: value for name, value in fields_of(record).items() if name != "code"}
    if code:
        fields["code"] = code
    try:
        return record_of(fields)
    except ValueError:  # it has nothing but its code
        return record
