"""From the book that a file holds to the one that it is to hold: the edits, as few and as small as can be."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import in_order
from qnphrase.formats.yaml.blocks import header_at
from qnphrase.formats.yaml.book import book_of
from qnphrase.formats.yaml.facts import tables_in
from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.pairing import Pairs
from qnphrase.formats.yaml.pairing import pair_groups
from qnphrase.formats.yaml.pairing import pair_phrases
from qnphrase.formats.yaml.pairing import pair_replies
from qnphrase.formats.yaml.places import Places
from qnphrase.formats.yaml.places import whole_lines
from qnphrase.formats.yaml.records import PHRASES
from qnphrase.formats.yaml.records import REPLIES
from qnphrase.formats.yaml.records import GroupSlot
from qnphrase.formats.yaml.records import RecordSlot
from qnphrase.formats.yaml.slots import Home
from qnphrase.formats.yaml.table_edits import TableEdits
from qnphrase.formats.yaml.table_edits import Wanted
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

if TYPE_CHECKING:
    from qnphrase.formats.yaml.pack import YamlReading


def plan(reading: "YamlReading", book: Phrasebook) -> list[Edit]:
    """Return the edits after which the file of `reading` holds `book`."""
    old = book_of(reading.root)
    if old == book:
        return []
    places = Places(reading.source, reading.root)
    edits = in_order(_Plan(places, old, book).edits())
    return [*_sealed(places, edits), *whole_lines(places.text, edits, places.newline)]


def _sealed(places: Places, edits: Sequence[Edit]) -> list[Edit]:
    """Keep a block scalar at the very end, whose last line has no line break, from gaining one by what is added."""
    end = len(places.text)
    leaf = places.last_leaf(places.root)
    if not isinstance(leaf, Scalar) or not leaf.is_block or leaf.end != end or leaf.value.endswith("\n"):
        return []
    header = header_at(places.text, leaf.start)
    touched = any(edit.span.start <= leaf.start < edit.span.end for edit in edits)
    grows = any(edit.span.end == end and edit.text for edit in edits)
    if touched or not grows or header.chomping == "-":
        return []
    return [Edit(Span(leaf.start, header.signs_end), f"{leaf.style}{header.digit}-")]


class _Plan:
    """Both books side by side."""

    def __init__(self, places: Places, old: Phrasebook, new: Phrasebook) -> None:
        self.places = places
        self.old = old
        self.new = new
        self.group_pairs = pair_groups(old.groups, new.groups)
        self.old_phrases, self.homes = self._old_phrases()
        self.pairs = self._phrase_pairs()

    def _old_phrases(self) -> tuple[list[tuple[str, Phrase]], list[Home]]:
        """Return the phrases of the file with the name that their group is to have, and where they stand."""
        new_names = {
            pair: group.name for pair, group in zip(self.group_pairs, self.new.groups, strict=True) if pair is not None
        }
        root = self.places.root
        lists: list[tuple[str, Sequence[Phrase], Node | None]] = [
            (new_names.get(index, group.name), group.phrases, table.value("phrases"))
            for index, (group, table) in enumerate(zip(self.old.groups, tables_in(root.value("groups")), strict=True))
        ]
        lists.append(("", self.old.phrases, root.value("phrases")))
        phrases: list[tuple[str, Phrase]] = []
        homes: list[Home] = []
        for name, members, node in lists:
            if isinstance(node, Phrases):
                phrases += [(name, phrase) for phrase in members]
                homes += [Home(node, index) for index in range(len(members))]
        return phrases, homes

    def _phrase_pairs(self) -> Pairs:
        return pair_phrases(self.old_phrases, list(self.new.all_phrases()))

    def edits(self) -> list[Edit]:
        """Return the edits of the whole file."""
        names = ("shop", "signature", "remove")
        old: dict[str, Wanted] = {name: value for name in names if (value := getattr(self.old, name))}
        new: dict[str, Wanted] = {name: value for name in names if (value := getattr(self.new, name))}
        groups = self._group_slots()
        root = self.places.root
        new["groups"] = list(groups)
        grouped = sum(len(group.phrases) for group in self.new.groups)
        new["phrases"] = list(self._phrase_slots(grouped, self.new.phrases, root.value("phrases")))
        new["auto_replies"] = list(self._reply_slots())
        return TableEdits(self.places, root, old, new, BOOK.rank).edits()

    def _group_slots(self) -> list[GroupSlot]:
        node = self.places.root.value("groups")
        tables = tables_in(node)
        slots = []
        at = 0
        for pair, group in zip(self.group_pairs, self.new.groups, strict=True):
            there = None if pair is None else tables[pair].value("phrases")
            phrases = self._phrase_slots(at, group.phrases, there)
            at += len(phrases)
            if pair is None or not isinstance(node, Items):
                slots.append(GroupSlot(self.places, group, phrases))
            else:
                slots.append(GroupSlot(self.places, group, phrases, self.old.groups[pair], Home(node, pair)))
        return slots

    def _phrase_slots(self, start: int, phrases: Sequence[Phrase], there: Node | None) -> list[RecordSlot]:
        """Return the slots of one list, whose first phrase is number `start` of all; `there` is it in the file."""
        slots = []
        for at, phrase in enumerate(phrases, start):
            pair = self.pairs[at]
            if pair is None:
                slots.append(RecordSlot(self.places, PHRASES, phrase))
            else:
                home = self.homes[pair]
                old = self.old_phrases[pair][1]
                slots.append(RecordSlot(self.places, PHRASES, phrase, old, home, home.items is there))
        return slots

    def _reply_slots(self) -> list[RecordSlot]:
        node = self.places.root.value("auto_replies")
        slots = []
        for pair, reply in zip(
            pair_replies(self.old.auto_replies, self.new.auto_replies), self.new.auto_replies, strict=True
        ):
            if pair is None or not isinstance(node, Items):
                slots.append(RecordSlot(self.places, REPLIES, reply))
            else:
                slots.append(
                    RecordSlot(self.places, REPLIES, reply, self.old.auto_replies[pair], Home(node, pair), True)
                )
        return slots
