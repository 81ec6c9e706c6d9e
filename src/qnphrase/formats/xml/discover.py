"""Finding the records of an unknown file by names that packs are known to use; where there are none, `guess` does."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.formats.base import Notice
from qnphrase.formats.xml.candidates import Candidate
from qnphrase.formats.xml.candidates import Tree
from qnphrase.formats.xml.candidates import candidates_in
from qnphrase.formats.xml.guess import guessed
from qnphrase.formats.xml.guess import no_records
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import element_at
from qnphrase.formats.xml.lexer import root_offset
from qnphrase.formats.xml.names import CODE
from qnphrase.formats.xml.names import GROUP
from qnphrase.formats.xml.names import GROUP_ELEMENT
from qnphrase.formats.xml.names import GROUP_ID
from qnphrase.formats.xml.names import GROUP_NAME
from qnphrase.formats.xml.names import LIST_ELEMENT
from qnphrase.formats.xml.names import rank
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import Shape
from qnphrase.language import _

OWN_ROOT = "qnphrase"
_PREFIX = 100_000  # characters
_DEFAULT = {"text": Field(Kind.CHILD, "text"), "code": Field(Kind.CHILD, "code")}
OWN_SHAPE = Shape(
    record="phrase",
    text=_DEFAULT["text"],
    code=_DEFAULT["code"],
    group_name=Field(Kind.ATTRIBUTE, "name"),
    group_tags=frozenset(("group",)),
    profile="qnphrase",
)


class Found(NamedTuple):
    """A shape, and what should be said about how it was found."""

    shape: Shape
    notices: tuple[Notice, ...] = ()


def beginning(text: str) -> Element:
    """Return the root element as far as it is looked at for its shape: about 200 KB."""
    start = root_offset(text)
    return element_at(text, start, start + _PREFIX)


def discover(document: Document, root: Element) -> Found:
    """Return the shape of a file whose beginning is `root`. Raises `PackSyntaxError` where it can't be told."""
    if root.tag == OWN_ROOT:
        return Found(OWN_SHAPE)
    tree = Tree.of(document.text, root)
    candidates = candidates_in(tree)
    if candidates:
        chosen = max(candidates, key=lambda candidate: candidate.weight)
        notices = tuple(_unread(document, other) for other in candidates if other is not chosen)
        return _with_groups(tree, chosen, notices)
    groups = _bare_groups(tree)
    if groups is not None:
        return groups
    guess = guessed(tree.text, tree.by_tag, tree.around, root)
    if guess is not None:
        return Found(guess.shape, (guess.notice,))
    if _says_nothing(tree):
        return Found(_default_shape(frozenset()), (Notice(_("文件里没有短语")),))
    raise no_records(document, root, tree.by_tag)


def _says_nothing(tree: Tree) -> bool:
    """Whether no value stands anywhere, or there is a list with nothing in it: a pack from which all was deleted."""
    for element in tree.root.walk():
        if rank(element.tag, LIST_ELEMENT) is not None and not element.children and element is not tree.root:
            return True
    return not any(
        tree.text[piece.span.start : piece.span.end].strip() for one in tree.root.walk() for piece in one.pieces
    ) and not any(
        attribute.value.start < attribute.value.end
        for element in tree.root.walk()
        for attribute in (() if element is tree.root else element.attributes)
    )


def _default_shape(tags: frozenset[str], name: Field | None = None) -> Shape:
    return Shape("phrase", _DEFAULT["text"], _DEFAULT["code"], group_name=name, group_tags=tags)


def _unread(document: Document, other: Candidate) -> Notice:
    message = _("文件里还有带文字的 <{tag}>（至少 {count} 个），没有当作短语读").format(
        tag=other.tag, count=len(other.elements)
    )
    return Notice(message, document.position(other.elements[0].start).line)


def _with_groups(tree: Tree, chosen: Candidate, notices: tuple[Notice, ...]) -> Found:
    code = chosen.best(CODE, {chosen.text})
    flat = chosen.best(GROUP, {chosen.text, code})
    name = _name_around(tree, chosen)
    if name is not None and flat is not None and not _stands_in_groups(tree, chosen, name):
        name = None
    if name is None and flat is None:
        name = _name_of_bare_groups(tree, chosen.tag) or _name_of_bare_records(tree, chosen, code)
        by_id = chosen.best(GROUP_ID, {chosen.text, code})
        if by_id is not None:
            message = _("短语用 {field} 里的编号指明分组，这种写法读不了分组，短语都算未分组").format(field=by_id)
            notices = (*notices, Notice(message))
    if name is None:
        return Found(Shape(chosen.tag, chosen.text, code, flat), notices)
    tags = _group_tags(tree, chosen, name)
    is_root = has_name(tree, tree.root, name) and rank(tree.root.tag, GROUP_ELEMENT) is not None
    shape = Shape(chosen.tag, chosen.text, code, None, name, frozenset(tags), is_root)
    return Found(shape, notices)


def _name_around(tree: Tree, chosen: Candidate) -> Field | None:
    """Return where the elements around the records keep the name of a group: the place that most records see first."""
    votes: Counter[Field] = Counter()
    for element in chosen.elements:
        for around in tree.ancestors(element):
            if around is not tree.root or rank(around.tag, GROUP_ELEMENT) is not None:
                name = _name_field(tree, around, chosen.tag)
                if name is not None:
                    votes[name] += 1
                    break
    return votes.most_common(1)[0][0] if votes else None


def _name_field(tree: Tree, element: Element, record: str) -> Field | None:
    names = [field for field in tree.fields_of(element) if field.name != record]
    ranked = [(place, field) for field in names if (place := rank(field.name, GROUP_NAME)) is not None]
    return min(ranked, default=(0, None))[1]


def has_name(tree: Tree, element: Element, name: Field) -> bool:
    """Whether `element` has a field `name`."""
    return name in tree.fields_of(element)


def _stands_in_groups(tree: Tree, chosen: Candidate, name: Field) -> bool:
    """Whether most records stand inside of an element that is called a group and has a name."""
    inside = sum(
        any(rank(one.tag, GROUP_ELEMENT) is not None and has_name(tree, one, name) for one in tree.ancestors(element))
        for element in chosen.elements
    )
    return inside * 2 > len(chosen.elements)


def _group_tags(tree: Tree, chosen: Candidate, name: Field) -> set[str]:
    around = {one for element in chosen.elements for one in tree.ancestors(element) if has_name(tree, one, name)}
    tags = {one.tag for one in around if one is not tree.root or rank(one.tag, GROUP_ELEMENT) is not None}
    tags.update(
        tag
        for tag, elements in tree.by_tag.items()
        if rank(tag, GROUP_ELEMENT) is not None and any(has_name(tree, one, name) for one in elements)
    )
    if chosen.text == OWN:
        return tags - {chosen.tag}
    return tags or {chosen.tag}


def _name_of_bare_groups(tree: Tree, record: str) -> Field | None:
    """Return where the elements that are called groups keep their names, though no record stands in any."""
    for tag, found in tree.by_tag.items():
        if rank(tag, GROUP_ELEMENT) is not None:
            elements = [element for element in found if all(one.tag != record for one in tree.ancestors(element))]
            names = [name for element in elements if (name := _name_field(tree, element, record)) is not None]
            if names:
                return names[0]
    return None


def _name_of_bare_records(tree: Tree, chosen: Candidate, code: Field | None) -> Field | None:
    """Return where elements with the records' tag keep a name, if one has nothing else: an empty group in a tree."""
    for element in tree.by_tag[chosen.tag] if chosen.text != OWN else ():
        fields = tree.fields_of(element)
        name = _name_field(tree, element, chosen.tag)
        if name is not None and len(fields) == 1 and chosen.text not in fields and code not in fields:
            return name
    return None


def _bare_groups(tree: Tree) -> Found | None:
    """Groups without a single record are a pack, too: what `<group name="售前"/>` declares."""
    name = _name_of_bare_groups(tree, "")
    if name is None:
        return None
    tags = {tag for tag, elements in tree.by_tag.items() if any(has_name(tree, element, name) for element in elements)}
    shape = _default_shape(frozenset(tag for tag in tags if rank(tag, GROUP_ELEMENT) is not None), name)
    return Found(shape, (Notice(_("文件里只有分组，没有短语")),))


def with_late_fields(shape: Shape, extras: Iterable[Field]) -> Shape:
    """Return the shape with the code and the group among `extras`, where it has none and the names are known."""
    if shape.profile != "detected":
        return shape
    present = Candidate(shape.record, [], shape.text, Counter(extras))
    code = shape.code or present.best(CODE, {shape.text, shape.group})
    group = shape.group if shape.is_nested or shape.group else present.best(GROUP, {shape.text, code})
    return replace(shape, code=code, group=group)
