"""The book of one shop: its books laid over each other, with the shop's values filled in."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from typing import NamedTuple

from qnphrase.configuration import did_you_mean
from qnphrase.document.span import Span
from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.base import Subject
from qnphrase.language import _
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.places import REPLIES
from qnphrase.shops.problem import Problem
from qnphrase.shops.problem import ProblemKind
from qnphrase.shops.problem import in_book
from qnphrase.shops.shelf import Entry
from qnphrase.shops.shelf import Shelf
from qnphrase.shops.shelf import Signature
from qnphrase.shops.shop import Given
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops
from qnphrase.shops.stack import Removal
from qnphrase.shops.stack import Stack
from qnphrase.shops.variables import Blank
from qnphrase.shops.variables import Filled
from qnphrase.shops.variables import filled


class Said(NamedTuple):
    """A phrase, a reply or the signature of a shop's book: `value` is what stands in it, `text` knows its origin."""

    source: Entry | Signature
    value: Phrase | AutoReply | None  # `None` for the signature
    text: Filled

    @property
    def group(self) -> str:
        """The group of a phrase; `REPLIES` for a reply."""
        return self.source.group if isinstance(self.source, Entry) else ""

    def written(self, field: str, start: int, end: int) -> tuple[int, int]:
        """Return where characters `[start, end)` of a field are in that field as the source says it."""
        if field != "text" or (isinstance(self.value, AutoReply) and self.value.phrase):
            return start, end
        return self.text.origin(start, end)


@dataclass(frozen=True, eq=False)
class Resolved:
    """The book of one shop, and where everything in it comes from."""

    shop: Shop
    said: Sequence[Said]
    problems: Sequence[Problem]
    groups: Sequence[str]
    removals: Sequence[Removal] = ()
    given_back: Sequence[Entry] = ()  # overriding phrases whose last day is over: what they overrode stands again

    @cached_property
    def book(self) -> Phrasebook:
        """The book itself, with all that only YAML can hold."""
        lanes: dict[str, list[Any]] = {name: [] for name in (*self.groups, "", REPLIES)}
        for said in self.said:
            if said.value is not None:
                lanes[said.group].append(said.value)
        return Phrasebook(
            shop=self.shop.name,
            signature=next((said.text.text for said in self.said if said.value is None), ""),
            phrases=tuple(lanes.pop("")),
            auto_replies=tuple(lanes.pop(REPLIES)),
            groups=tuple(Group(name=name, phrases=tuple(phrases)) for name, phrases in lanes.items()),
        )

    def subjects(self) -> list[Subject]:
        """Return the texts of the book one by one; the `place` of each is its index in `said`."""
        texts = {said.value.code: said.text.text for said in reversed(self.said) if isinstance(said.value, Phrase)}
        seen: dict[str, int] = {}
        subjects = []
        for index, said in enumerate(self.said):
            subject = said.source.subject._replace(text=said.text.text, place=index)
            if isinstance(said.value, AutoReply) and isinstance(said.source, Entry):
                word = said.source.code
                seen[word] = seen.get(word, 0) + 1
                code = ReplyCode(word, seen[word], said.value.enabled, said.value.phrase).written
                text = texts.get(said.value.phrase, "") if said.value.phrase else said.text.text
                subject = subject._replace(code=code, text=text)
            subjects.append(subject)
        return subjects

    def origin(self, index: int, field: str, start: int, end: int) -> tuple[Entry | Signature, Span]:
        """Return the source of an entry, and where characters `[start, end)` of one of its fields stand there."""
        said = self.said[index]
        start, end = said.written(field, start, end)
        reading = said.source.book.pack.reading
        return said.source, reading.locate(said.source.subject.place, field, start, end)


class Resolver:
    """Makes the books of shops; what several of them share is done once."""

    def __init__(self, shops: Shops, shelf: Shelf | None = None) -> None:
        self.shops = shops
        self.shelf = shelf or Shelf()
        self._stacks: dict[tuple[tuple[str, ...], tuple[Given, ...]], Stack] = {}

    def resolved(self, shop: Shop) -> Resolved:
        """Return the book of a shop. Raises `FileError` where one of its books can't be read."""
        stack = self._stack(shop)
        values, left = shop.values, self.shops.left
        said: list[Said] = []
        if stack.signature is not None:
            said.append(Said(stack.signature, None, filled(stack.signature.text, values, left)))
        said += [_said(entry, values, left) for entry in stack.entries()]
        problems = [*stack.problems, *self._missing(shop, said), *self._unused(shop, said)]
        return Resolved(shop, said, problems, list(stack.groups), stack.removals, stack.given_back)

    def _stack(self, shop: Shop) -> Stack:
        key = (tuple(book.text for book in shop.books), tuple(shop.removed))
        if key not in self._stacks:
            stack = Stack(self.shops.today)
            for book in shop.books:
                stack.lay(self.shelf.book(book.text))
            stack.remove(shop.removed)
            self._stacks[key] = stack
        return self._stacks[key]

    def _missing(self, shop: Shop, said: Sequence[Said]) -> Iterator[Problem]:
        """Yield each variable that has no value: known ones at the shop, where it is to be written."""
        known = self.shops.names
        uses: dict[str, list[tuple[Said, Blank]]] = {}
        for one in said:
            for blank in one.text.missing:
                uses.setdefault(blank.name, []).append((one, blank))
        for name, places in uses.items():
            if name in known:
                yield self._not_given(shop, name, places[0][0], len(places))
                continue
            for one, blank in places:
                message = _("没有变量 {name}{meant}请在 qnphrase.yaml 的 variables 里写上它，或者改这里的名字")
                message = message.format(name=name, meant=did_you_mean(name, known) or _("。"))
                yield in_book(ProblemKind.MISSING_VARIABLE, message, one.source.book, _span(one, blank))

    def _not_given(self, shop: Shop, name: str, first: Said, count: int) -> Problem:
        declared = self.shops.variables.get(name)
        message = _("“{shop}”没有写变量 {name}{note}，有 {count} 处要用，第一处在 {place}").format(
            shop=shop.name,
            name=name,
            note=_("（{note}）").format(note=declared.note) if declared and declared.note else "",
            place=first.source.place,
            count=count,
        )
        return Problem(ProblemKind.MISSING_VARIABLE, message, shop.mark)

    def _unused(self, shop: Shop, said: Sequence[Said]) -> Iterator[Problem]:
        """Yield each value that a shop gives for nothing: a name nobody declared and no text of the shop has.

        What it inherits may be for the shop that it extends.
        """
        strange = [name for name in shop.given if name in shop.own and name not in self.shops.variables]
        if not strange:
            return
        used = {blank.name for one in said for blank in (*one.text.blanks, *one.text.missing)}
        for name in strange:
            if name not in used and not any(f"{{{name}}}" in given.text for given in shop.given.values()):
                message = _("没有哪条短语用到变量 {name}{meant}").format(name=name, meant=did_you_mean(name, used))
                yield Problem(ProblemKind.UNUSED_VARIABLE, message, shop.given[name].mark)


def _said(entry: Entry, values: Mapping[str, str], left: frozenset[str]) -> Said:
    value = entry.value
    text = filled(value.text, values, left)
    changes: dict[str, object] = {}
    if text.blanks:
        changes["text"] = text.text
    if isinstance(value, Phrase) and value.replace:
        changes["replace"] = ""
    return Said(entry, value.model_copy(update=changes) if changes else value, text)


def _span(said: Said, blank: Blank) -> Span:
    return said.source.book.pack.reading.locate(said.source.subject.place, "text", blank.start, blank.end)
