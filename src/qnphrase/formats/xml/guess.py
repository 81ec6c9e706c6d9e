"""Finding records whose names say nothing, by how often elements repeat and how long their values are.

It is only done where it is clear, and always said; else the user is asked for a mapping.
"""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import Notice
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.names import is_markup
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Shape
from qnphrase.formats.xml.shape import value_at
from qnphrase.language import _

_FEWEST = 3  # records from which a repetition is one
_CLEARLY = 1.5  # how many times longer than any other field the text must be
_SHORT = 20  # characters up to which a value may be a code or the name of a group
_LISTED = 5  # candidates that a message names

ByTag = Mapping[str, Sequence[Element]]
Around = Mapping[Element, Element]


class Guess(NamedTuple):
    """The shape that a file seems to have, and what was assumed."""

    shape: Shape
    notice: Notice


class _Values(NamedTuple):
    """The values of one field over all records, the empty ones left out."""

    field: Field
    values: list[str]

    @property
    def average(self) -> float:
        return sum(map(len, self.values)) / len(self.values)

    @property
    def share_distinct(self) -> float:
        return len(set(self.values)) / len(self.values)

    @property
    def is_short(self) -> bool:
        return self.average <= _SHORT and not all(value.isdecimal() for value in self.values)


def guessed(text: str, by_tag: ByTag, around: Around, root: Element) -> Guess | None:
    """Return the shape that the repetitions suggest, and what was assumed; `None` where it isn't clear."""
    records = _most_repeated(by_tag, around, root)
    if len(records) < _FEWEST:
        return None
    fields = _fields(text, records)
    longest = sorted(fields, key=lambda values: -values.average)
    if not longest or (len(longest) > 1 and longest[0].average < longest[1].average * _CLEARLY):
        return None
    content, rest = longest[0], [values for values in longest[1:] if len(values.values) * 2 >= len(records)]
    code = _sole([values for values in rest if values.is_short and values.share_distinct > 0.9])
    group = _sole([values for values in rest if values.is_short and values.share_distinct <= 0.5])
    name, tags = (None, frozenset[str]()) if group else _sole_name_around(records, around, root)
    shape = Shape(records[0].tag, content.field, code, group, name, tags, is_guess=True)
    message = _("没有认识的名字，按内容推断：{mapping}。如果不对，请自己写映射")
    return Guess(shape, Notice(message.format(mapping=shape.mapping)))


def _most_repeated(by_tag: ByTag, around: Around, root: Element) -> Sequence[Element]:
    """Return the elements that repeat most; of a record and its only children of a tag, the record."""
    records: Sequence[Element] = max(by_tag.values(), key=len, default=())
    while records:
        parents = [around[element] for element in records]
        whole = [parent for parent in by_tag.get(parents[0].tag, ()) if parent is not root]
        if len(whole) != len(records) or len(set(parents)) != len(parents) or set(whole) != set(parents):
            break
        records = whole
    return records


def _fields(text: str, records: Sequence[Element]) -> list[_Values]:
    shape = Shape(records[0].tag, OWN)
    values: dict[Field, list[str]] = {}
    for record in records:
        for field, place in shape.places(text, record).items():
            value = value_at(text, place, is_own=field == OWN)
            if value.strip():
                values.setdefault(field, []).append(value)
    return [_Values(field, found) for field, found in values.items()]


def _sole(found: list[_Values]) -> Field | None:
    return found[0].field if len(found) == 1 else None


def _sole_name_around(records: Sequence[Element], around: Around, root: Element) -> tuple[Field | None, frozenset[str]]:
    """Return the only attribute of the elements around the records, if all of them have just that one."""
    parents = dict.fromkeys(around[record] for record in records)
    if root in parents:
        return None, frozenset()
    names = Counter(tuple(a.name for a in parent.attributes if not is_markup(a.name)) for parent in parents)
    if len(names) != 1 or len(next(iter(names))) != 1:
        return None, frozenset()
    name = next(iter(names))[0]
    return Field(Kind.ATTRIBUTE, name), frozenset(parent.tag for parent in parents)


def no_records(document: Document, root: Element, by_tag: ByTag) -> PackSyntaxError:
    """Return the error that no records were found, with what could be meant."""
    listed = []
    for tag, elements in sorted(by_tag.items(), key=lambda item: -len(item[1]))[:_LISTED]:
        fields = [str(values.field) for values in _fields(document.text, elements)]
        listed.append(
            _("<{tag}> {count} 个：{fields}").format(tag=tag, count=len(elements), fields=" ".join(fields) or "-")
        )
    hint = _("请用映射说明每一项在哪里，例如：record=item text=@content code=@code group=../@name")
    if listed:
        hint = _("可能的元素：{listed}。").format(listed=_("；").join(listed)) + "\n" + hint
    return document.syntax_error(_("看不出这个 XML 里哪些是短语"), root.start, hint=hint)
