"""The texts of a book one by one, and where each of their characters stands."""

from typing import NamedTuple

from qnphrase.document.span import Span
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.formats.base import Subject
from qnphrase.formats.yaml.bulk import plain_value
from qnphrase.formats.yaml.keys import PHRASE
from qnphrase.formats.yaml.keys import REPLY
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.origins import origins
from qnphrase.formats.yaml.reading import item_of
from qnphrase.formats.yaml.stream import Source


class _Spot(NamedTuple):
    """Where a subject comes from: an item of a list, and the scalar that names its group."""

    items: Phrases | Items | None
    at: int
    group: Scalar | None


class Spots:
    """All subjects of a book; the `place` of each is its index."""

    def __init__(self, source: Source, root: Table) -> None:
        self.source = source
        self.root = root
        self.subjects: list[Subject] = []
        self._spots: list[_Spot] = []
        signature = root.value("signature")
        if isinstance(signature, Scalar) and signature.value:
            self._add(Subject("signature", "", "", signature.value, 0), _Spot(None, 0, None))
        groups = root.value("groups")
        for group in groups.nodes if isinstance(groups, Items) else ():
            if isinstance(group, Table):
                name = group.value("name")
                self._add_phrases(group.value("phrases"), name if isinstance(name, Scalar) else None)
        self._add_phrases(root.value("phrases"), None)
        self._add_replies(root.value("auto_replies"))
        order = sorted(range(len(self._spots)), key=lambda index: self._start(self._spots[index]))
        if order != list(range(len(order))):
            self._spots = [self._spots[index] for index in order]
            self.subjects = [self.subjects[index]._replace(place=at) for at, index in enumerate(order)]

    def _add(self, subject: Subject, spot: _Spot) -> None:
        self.subjects.append(subject._replace(place=len(self._spots)))
        self._spots.append(spot)

    def _start(self, spot: _Spot) -> int:
        if spot.items is None:
            return self._signature().start
        return spot.items.start_of(spot.at)

    def _signature(self) -> Scalar:
        signature = self.root.value("signature")
        assert isinstance(signature, Scalar)  # noqa: S101 - only then is there a spot for it
        return signature

    def _add_phrases(self, phrases: Node | None, group: Scalar | None) -> None:
        if not isinstance(phrases, Phrases):
            return
        name = group.value if group else ""
        rests = phrases.rests
        place = len(self._spots)
        for index, (code, text) in enumerate(zip(phrases.codes, phrases.texts, strict=True)):
            rest = rests.get(index)
            if rest is None:
                self.subjects.append(Subject("phrase", name, code, text, place + index))
            else:
                until = rest.get("until")
                self.subjects.append(
                    Subject(
                        "phrase",
                        name,
                        code,
                        text,
                        place + index,
                        scenario=rest.get("scenario", ""),
                        until=until.isoformat() if until else "",
                        enabled=rest.get("enabled", True),
                    )
                )
            self._spots.append(_Spot(phrases, index, group))

    def _add_replies(self, replies: Node | None) -> None:
        if not isinstance(replies, Items):
            return
        seen: dict[str, int] = {}
        texts = {subject.code: subject.text for subject in reversed(self.subjects) if subject.code}
        for index, table in enumerate(replies.nodes):
            if not isinstance(table, Table):
                continue
            said = {name: plain_value(REPLY.keys[name].kind, entry.value) for name, entry in table.entries.items()}
            word = trigger_word(said["when"], said.get("threshold"))
            seen[word] = seen.get(word, 0) + 1
            code = ReplyCode(word, seen[word], said.get("enabled", True), said.get("phrase", ""))
            text = texts.get(code.phrase, "") if code.phrase else said.get("text", "")
            subject = Subject("reply", AUTO_REPLY_GROUP, code.written, text, 0, enabled=code.enabled)
            self._add(subject, _Spot(replies, index, None))

    def _table(self, spot: _Spot) -> Table:
        if isinstance(spot.items, Phrases):
            return item_of(self.source, PHRASE, spot.items.starts[spot.at], spot.items.ends[spot.at])
        assert isinstance(spot.items, Items)  # noqa: S101 - the signature is asked for elsewhere
        table = spot.items.nodes[spot.at]
        assert isinstance(table, Table)  # noqa: S101 - no other got a spot
        return table

    def entry(self, place: int) -> Span:
        """Return where an item, or the signature, stands."""
        spot = self._spots[place]
        if spot.items is None:
            signature = self._signature()
            return Span(signature.start, signature.end)
        table = self._table(spot)
        return Span(table.start, max((entry.end for entry in table.entries.values()), default=table.end))

    def locate(self, place: int, field: str, start: int, end: int) -> Span:
        """Return where characters `[start, end)` of a field stand; the whole value where that can't be told."""
        spot = self._spots[place]
        scalar = self._scalar(spot, field)
        if scalar is None:
            table = self._table(spot)
            first = next(iter(table.entries.values()), None)
            return Span(first.key.start, first.key.end) if first else Span(table.start, table.start)
        at = origins(scalar, self.source.document.text)
        if at is None or len(at) != len(scalar.value) or end > len(at):
            return Span(scalar.start, scalar.end)
        if start == end:
            where = at[start].start if start < len(at) else scalar.end
            return Span(where, where)
        return Span(at[start].start, at[end - 1].end)

    def _scalar(self, spot: _Spot, field: str) -> Scalar | None:
        if spot.items is None:
            return self._signature()
        if field == "group":
            return spot.group
        table = self._table(spot)
        pointer = table.value("phrase") if field == "text" else None
        value = pointer or table.value("when" if field == "code" and isinstance(spot.items, Items) else field)
        return value if isinstance(value, Scalar) else None
