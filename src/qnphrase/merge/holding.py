"""A book as Qianniu holds it: groups of phrases and nothing else.

Qianniu takes packs, and packs know phrases only. So an auto-reply arrives as a phrase of the group 自动回复, and what a
pack can't carry doesn't arrive at all.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.autoreply_group import parse
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import rows_of_book
from qnphrase.merge.record import Record
from qnphrase.merge.record import records_of
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

Key = tuple[str, str, str]


def key_of(record: Record) -> Key:
    """Return what a clerk sees of a phrase: group, code and text. Two with one key are the same twice."""
    return record[:3]


@dataclass(frozen=True)
class Holding:
    """The phrases of each group in order; the ungrouped ones, whose group is `""`, come last where there are any.

    `declares_replies` says that there is a group 自动回复 apart from the auto-replies, be it empty.
    """

    lanes: Mapping[str, Sequence[Record]]
    declares_replies: bool = False

    @property
    def records(self) -> list[Record]:
        """All phrases in order."""
        return [record for lane in self.lanes.values() for record in lane]

    @property
    def groups(self) -> list[str]:
        """The names of the groups in order."""
        return [name for name in self.lanes if name]


def holding_of(book: Phrasebook) -> Holding:
    """Return what Qianniu holds of a book."""
    book = book.carried_by_packs()
    lanes: dict[str, list[Record]] = {group.name: [] for group in book.groups}
    declares_replies = AUTO_REPLY_GROUP in lanes
    if book.auto_replies:
        lanes.setdefault(AUTO_REPLY_GROUP, []).extend(_replies(book))
    for record in records_of(book):
        if not record.is_reply:
            lanes.setdefault(record.group, []).append(record)
    return Holding(lanes, declares_replies)


def _replies(book: Phrasebook) -> Iterator[Record]:
    # Without the phrases of that group, which may look just like auto-replies.
    others = tuple(group for group in book.groups if group.name != AUTO_REPLY_GROUP)
    rows = [row for row in rows_of_book(book.model_copy(update={"groups": others})) if row.group == AUTO_REPLY_GROUP]
    for row, reply in zip(rows, book.auto_replies, strict=True):
        rest = (frozenset(row.extra.items()),) if row.extra else ()
        yield Record(row.group, row.code, row.text, rest, reply)


def book_held(holding: Holding) -> Phrasebook:
    """Return the book that an export of all this would hold: a row that reads as an auto-reply is one again."""
    replies: tuple[AutoReply, ...] = ()
    groups: list[Group] = []
    loose: tuple[Phrase, ...] = ()
    for name, lane in holding.lanes.items():
        phrases: tuple[Phrase, ...]
        if name == AUTO_REPLY_GROUP:
            phrases, replies = _read_back(holding)
            if not (phrases or holding.declares_replies):
                continue
        else:
            phrases = tuple(record.value for record in lane if isinstance(record.value, Phrase))
        if name:
            groups.append(Group(name=name, phrases=phrases))
        else:
            loose = phrases
    return Phrasebook(phrases=loose, groups=tuple(groups), auto_replies=replies)


def _read_back(holding: Holding) -> tuple[tuple[Phrase, ...], tuple[AutoReply, ...]]:
    lane = holding.lanes[AUTO_REPLY_GROUP]
    pointed = {found.phrase for record in lane if (found := parse(record.code)) and found.phrase}
    texts = [record for record in holding.records if record.code in pointed] if pointed else []
    rows = [_row(record) for record in (*lane, *(record for record in texts if record.group != AUTO_REPLY_GROUP))]
    book = book_of_rows(rows)
    phrases = next((group.phrases for group in book.groups if group.name == AUTO_REPLY_GROUP), ())
    return phrases, book.auto_replies


def _row(record: Record) -> Row:
    return Row(record.group, record.code, record.text, record.value.extra)


def only_new(current: Phrasebook, pack: Phrasebook) -> Phrasebook:
    """Return of `pack` what a Qianniu that holds `current` doesn't hold yet, each phrase once.

    Phrases keep all that `pack` says of them. What a pack can't carry, such as a phrase that is switched off, is none
    of it; nor is a group of which nothing is left. An auto-reply that loses the one it is numbered after stays the
    phrase that it is to Qianniu: of `忙碌` and `忙碌-2` the second keeps its code.
    """
    held, coming = holding_of(current), holding_of(pack)
    known = {key_of(record) for record in held.records}
    originals = {
        name: [phrase for phrase in phrases if phrase.enabled]
        for name, phrases in (*((group.name, group.phrases) for group in pack.groups), ("", pack.phrases))
    }
    lanes: dict[str, list[Record]] = {}
    for name, lane in coming.lanes.items():
        values: list[Phrase | AutoReply] = [*(pack.auto_replies if name == AUTO_REPLY_GROUP else ())]
        values += originals.get(name, [])
        kept = lanes[name] = []
        for record, value in zip(lane, values, strict=True):
            if key_of(record) not in known:
                known.add(key_of(record))
                kept.append(record._replace(value=value))
    wanted = {name: lane for name, lane in lanes.items() if lane or not (coming.lanes[name] or name in held.lanes)}
    declares = coming.declares_replies and AUTO_REPLY_GROUP in wanted
    book = book_held(Holding(wanted, declares and not wanted[AUTO_REPLY_GROUP]))
    return book.model_copy(update={"shop": pack.shop, "signature": pack.signature, "remove": pack.remove})
