"""From one book to the next: the edits of an XML pack. Flat files here, nested ones in `nested`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.flat import Placed
from qnphrase.formats.flat import arrange
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import rows_of_book
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import lead_start
from qnphrase.formats.xml.lexer import skip_space
from qnphrase.formats.xml.names import LIST_ELEMENT
from qnphrase.formats.xml.names import rank
from qnphrase.formats.xml.outline import Node
from qnphrase.formats.xml.outline import lead_of
from qnphrase.formats.xml.outline import outline
from qnphrase.formats.xml.own import encoder_of
from qnphrase.formats.xml.own import refuse
from qnphrase.formats.xml.writer import RecordWriter
from qnphrase.formats.xml.writer import Style
from qnphrase.formats.xml.writer import bare_record
from qnphrase.formats.xml.writer import record_of
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.formats.xml.pack import XmlReading
    from qnphrase.model import Phrasebook


def plan(reading: "XmlReading", book: "Phrasebook") -> list[Edit]:
    """Return the edits after which the pack holds `book`. Raises `UnrepresentableError`."""
    wanted = rows_of_book(book)
    if reading.shape.is_nested:
        from qnphrase.formats.xml.nested import planned

        pen, edits = planned(reading, wanted)
    else:
        pen = Pen(reading)
        edits = _flat(reading, pen, arrange(reading.rows, wanted))
    refuse(pen.refused, reading.document.path)
    text = reading.document.text
    edits = sorted((edit for edit in edits if edit.text != edit.span.of(text)), key=lambda edit: edit.span)
    if edits and reading.shape.profile == "detected":
        _refuse_lost_shape(reading, wanted, splice(text, edits))
    return edits


def _refuse_lost_shape(reading: "XmlReading", wanted: list[Row], text: str) -> None:
    """Refuse edits after which it can't be told any more, or would be told otherwise, where the records are."""
    from qnphrase.formats.xml.discover import beginning
    from qnphrase.formats.xml.discover import discover
    from qnphrase.formats.xml.reader import Walk

    try:
        shape = discover(replace(reading.document, text=text), beginning(text)).shape
    except PackSyntaxError:
        shape = None
    if shape == reading.shape:
        return
    if shape is not None and book_of_rows(Walk(text, shape).records().rows) == book_of_rows(wanted):
        return
    raise UnrepresentableError(
        _("改好以后，这个文件里就看不出哪些是短语了"),
        [],
        path=reading.document.path,
        hint=_("请用映射说明每一项在哪里，例如：{mapping}").format(mapping=reading.shape.mapping),
    )


class Pen:
    """Writes the records of one file: those that stay, move or are new."""

    def __init__(self, reading: "XmlReading") -> None:
        self.reading = reading
        self.text = reading.document.text
        self.refused: list[Unrepresentable] = []
        self.style = Style(
            encoder_of(reading.document.encoding), newline_of(self.text), reading.extras, reading.extra_tag
        )
        self.writer = RecordWriter(self.text, reading.shape, self.style, self.refused)
        self._bare: tuple[RecordWriter, Element] | None = None

    def start(self, row: int) -> int:
        """Return where the record of a row begins, without the whitespace before it."""
        return skip_space(self.text, self.reading.row_starts[row])

    def end(self, row: int) -> int:
        """Return where the record of a row ends."""
        return self.reading.row_ends[row]

    def lead(self, row: int) -> str:
        """Return the whitespace before the record of a row."""
        return lead_of(self.text, self.start(row))

    def deleted(self, row: int) -> Edit:
        """Return the edit that deletes the record of a row."""
        start = self.start(row)
        return Edit(Span(lead_start(self.text, start), self.end(row)), "")

    def changed(self, row: int, wanted: Row) -> list[Edit]:
        """Return the edits that make the record of a row say `wanted`."""
        old = self.reading.rows[row]
        if old == wanted or (self.reading.shape.is_nested and old[1:] == wanted[1:]):
            return []
        return self.writer.edits(self.reading.record(row), old, wanted)

    def written(self, wanted: Row, old: int | None, near: int | None) -> str:
        """Return the raw record of a row that moves (`old`), or is new and takes after the row `near`."""
        if old is not None:
            return self.writer.moved(self.reading.record(old), self.reading.rows[old], wanted)
        if near is not None:
            return self.writer.cloned(self.reading.record(near), wanted)
        writer, template = self._bare_template()
        return writer.cloned(template, wanted)

    def _bare_template(self) -> tuple[RecordWriter, Element]:
        if self._bare is None:
            raw = bare_record(self.reading.shape)
            self._bare = RecordWriter(raw, self.reading.shape, self.style, self.refused), record_of(raw)
        return self._bare


def newline_of(text: str) -> str:
    """Return the first line end of `text`."""
    at = text.find("\n")
    if at < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if at and text[at - 1] == "\r" else "\n"


def _flat(reading: "XmlReading", pen: Pen, placed: list[Placed]) -> list[Edit]:
    stays = {place.old for place in placed if place.stays}
    edits = [pen.deleted(row) for row in range(len(reading.rows)) if row not in stays]
    before: int | None = None
    followers = _followers(placed)
    homeless: list[Placed] = []
    for index, place in enumerate(placed):
        if place.stays and place.old is not None:
            edits += pen.changed(place.old, place.wanted)
            before = place.old
            continue
        follower = followers[index]
        if follower is not None and (place.leads or before is None):
            at = lead_start(pen.text, pen.start(follower))
            edits.append(_inserted(pen, at, place, follower))
        elif before is not None:
            edits.append(_inserted(pen, pen.end(before), place, before))
        else:
            homeless.append(place)
    return edits + _placed_at_home(reading, pen, homeless)


def _followers(placed: list[Placed]) -> list[int | None]:
    """Return for each place the row behind it that stays."""
    followers: list[int | None] = []
    follower: int | None = None
    for place in reversed(placed):
        followers.append(follower)
        follower = place.old if place.stays else follower
    return followers[::-1]


def _inserted(pen: Pen, at: int, place: Placed, near: int) -> Edit:
    return Edit(Span(at, at), pen.lead(near) + pen.written(place.wanted, place.old, near))


def _placed_at_home(reading: "XmlReading", pen: Pen, homeless: list[Placed]) -> list[Edit]:
    """Put rows into a file in which no row stays: where the rows were, else where a list of them is."""
    if not homeless:
        return []
    if reading.rows:
        last = len(reading.rows) - 1
        return [_inserted(pen, pen.end(last), place, last) for place in homeless]
    home = empty_home(outline(reading))
    return [fill(pen.text, home, [pen.written(place.wanted, place.old, None) for place in homeless])]


def empty_home(root: Node) -> Node:
    """Return the element that records go into where there is none yet: an empty list, else the root."""
    lists = (node for node in root.walk() if rank(node.element.tag, LIST_ELEMENT) is not None and not node.children)
    return next(lists, root)


def inner_lead(text: str, node: Node) -> str:
    """Return the whitespace that `fill` puts before what it puts into an element."""
    outer = _outer_lead(text, node)
    return outer + "  " if outer else ""


def _outer_lead(text: str, node: Node) -> str:
    return lead_of(text, node.start) or (newline_of(text) if "\n" in text or "\r" in text else "")


def fill(text: str, node: Node, raws: list[str]) -> Edit:
    """Return the edit that puts `raws` at the end of an element, indented in its manner; `<a/>` is opened for it."""
    outer, inner = _outer_lead(text, node), inner_lead(text, node)
    body = "".join(inner + raw for raw in raws)
    element = node.element
    if element.is_self_closing:
        slash = lead_start(text, element.end - 2)
        return Edit(Span(slash, element.end), f">{body}{outer}</{element.tag}>")
    at = max(lead_start(text, element.close_start), element.open_end)
    return Edit(Span(at, at), body + (outer if at == element.close_start else ""))
