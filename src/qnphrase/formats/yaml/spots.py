"""The texts of a book one by one, and where each of their characters stands."""

from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from qnphrase.document.span import Span
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.formats.base import Retyped
from qnphrase.formats.base import Subject
from qnphrase.formats.yaml.bulk import plain_value
from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.keys import GROUP
from qnphrase.formats.yaml.keys import PHRASE
from qnphrase.formats.yaml.keys import REPLY
from qnphrase.formats.yaml.nodes import Items
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Phrases
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.origins import origins
from qnphrase.formats.yaml.reading import item_of
from qnphrase.formats.yaml.retyped import may_be_retyped
from qnphrase.formats.yaml.retyped import retyped_in
from qnphrase.formats.yaml.stream import Source
from qnphrase.schedule import Schedule
from qnphrase.schedule import schedule_of
from qnphrase.text.pattern import lazy_pattern

_TWO_LINES = lazy_pattern(
    r"""code: (?P<code_quote>["']?)(?P<code>[^\r\n]*[^\s"'])(?P=code_quote)\r?\n"""
    r"""[ ]+text: (?P<text_quote>["']?)(?P<text>[^\r\n]*[^\s"'])(?P=text_quote)\s*"""
)


def _schedule_of(said: Mapping[str, Any]) -> Schedule | None:
    """Return when a reply may be sent, where it says so; the reader has seen to it that it can be understood."""
    texts = {name: said[name] for name in ("days", "hours", "dates", "except_dates") if said.get(name)}
    return schedule_of(**texts) if texts else None


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
            subject = Subject(
                "reply", AUTO_REPLY_GROUP, code.written, text, 0, enabled=code.enabled, schedule=_schedule_of(said)
            )
            self._add(subject, _Spot(replies, index, None))

    def _table(self, spot: _Spot) -> Table:
        if isinstance(spot.items, Phrases):
            return item_of(self.source, PHRASE, spot.items.starts[spot.at], spot.items.ends[spot.at])
        assert isinstance(spot.items, Items)  # noqa: S101 - the signature is asked for elsewhere
        table = spot.items.nodes[spot.at]
        assert isinstance(table, Table)  # noqa: S101 - no other got a spot
        return table

    def retyped(self) -> list[Retyped]:
        """See `Reading.retyped`. Only phrases that may hold such a text are read again."""
        text, groups = self.source.document.text, self.root.value("groups")
        tables = [(self.root, BOOK, -1)]
        if isinstance(groups, Items):
            tables += [(node, GROUP, -1) for node in groups.nodes if isinstance(node, Table)]
        for place, (spot, subject) in enumerate(zip(self._spots, self.subjects, strict=True)):
            if isinstance(spot.items, Items):
                tables.append((self._table(spot), REPLY, place))
            elif isinstance(spot.items, Phrases):
                values = (subject.code, subject.text, *spot.items.rests.get(spot.at, {}).values())
                if may_be_retyped(values, text[spot.items.starts[spot.at] : spot.items.ends[spot.at]]):
                    tables.append((self._table(spot), PHRASE, place))
        return [one for table, shape, place in tables for one in retyped_in(table, shape, place)]

    def entry(self, place: int) -> Span:
        """Return where an item, or the signature with its key, stands."""
        spot = self._spots[place]
        if spot.items is None:
            entry = self.root.entries["signature"]
            return Span(entry.key.start, entry.end)
        table = self._table(spot)
        return Span(table.start, _end_of(table))

    def locate(self, place: int, field: str, start: int, end: int) -> Span:
        """Return where characters `[start, end)` of a field stand; the whole value where that can't be told."""
        spot = self._spots[place]
        scalar = self._scalar(spot, field)
        if scalar is None:
            table = self._table(spot)
            first = next(iter(table.entries.values()), None)
            return Span(first.key.start, first.key.end) if first else Span(table.start, table.start)
        if field == "text" and isinstance(spot.items, Items) and self._table(spot).value("phrase") is scalar:
            return Span(scalar.start, scalar.end)  # the words are those of the phrase that the reply points to
        text, quote = self.source.document.text, len(scalar.style)
        inner = scalar.start + quote
        if start < end and not scalar.is_block and text[inner : scalar.end - quote] == scalar.value:
            return Span(inner + start, inner + end)  # it stands there as it is, as nearly all do
        at = origins(scalar, text)
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
        if isinstance(spot.items, Phrases) and (scalar := self._on_two_lines(spot.items, spot.at, field)):
            return scalar
        table = self._table(spot)
        pointer = table.value("phrase") if field == "text" else None
        value = pointer or table.value("when" if field == "code" and isinstance(spot.items, Items) else field)
        return value if isinstance(value, Scalar) else None

    def _on_two_lines(self, phrases: Phrases, at: int, field: str) -> Scalar | None:
        """Return the code or the text of a phrase that is nothing but these two, each on its line as it is read.

        Nearly all are, and to parse them again takes fifty times as long. What they say is known, so that whatever is
        written otherwise (escapes, comments, further lines) doesn't say what stands there, and is parsed.
        """
        found = _TWO_LINES.fullmatch(self.source.document.text, phrases.starts[at], phrases.ends[at])
        if not found or (found["code"], found["text"]) != (phrases.codes[at], phrases.texts[at]):
            return None
        if field not in ("code", "text"):
            return None
        (start, end), style = found.span(field), found[f"{field}_quote"]
        return Scalar(start - len(style), end + len(style), found[field], style)


def _end_of(node: Node) -> int:
    """Return where a node really ends: libyaml lets a block collection run on to what comes next."""
    if isinstance(node, Table) and not node.flow:
        return max((_end_of(entry.value) for entry in node.entries.values()), default=node.end)
    if isinstance(node, Items) and not node.flow:
        return max(map(_end_of, node.nodes), default=node.end)
    return node.end
