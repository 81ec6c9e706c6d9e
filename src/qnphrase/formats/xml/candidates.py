"""Which elements of a file may be its records: those that have a text under a name that packs are known to use."""

from collections import Counter
from dataclasses import dataclass
from dataclasses import field

from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.names import CODE
from qnphrase.formats.xml.names import GROUP
from qnphrase.formats.xml.names import GROUP_ELEMENT
from qnphrase.formats.xml.names import LIST_ELEMENT
from qnphrase.formats.xml.names import RECORD_ELEMENT
from qnphrase.formats.xml.names import TEXT
from qnphrase.formats.xml.names import is_markup
from qnphrase.formats.xml.names import rank
from qnphrase.formats.xml.shape import OWN
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.shape import identity_of


@dataclass
class Tree:
    """The beginning of a file as elements: by tag, and what stands around each."""

    text: str
    root: Element
    by_tag: dict[str, list[Element]] = field(default_factory=dict)
    around: dict[Element, Element] = field(default_factory=dict)
    known: dict[Element, Counter[Field]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, root: Element) -> "Tree":
        """Index the elements below `root`; what is cut off tells nothing of its fields and counts only as a parent."""
        tree = cls(text, root)
        for element in root.walk():
            tree.around.update(dict.fromkeys(element.children, element))
            if element is not root and element.end >= 0:
                tree.by_tag.setdefault(element.tag, []).append(element)
        return tree

    def ancestors(self, element: Element) -> list[Element]:
        """Return the elements around `element`, the nearest first, the root last."""
        found = []
        while (parent := self.around.get(element)) is not None:
            found.append(parent)
            element = parent
        return found

    def fields_of(self, element: Element) -> Counter[Field]:
        """Return the fields that `element` has as a record, and how often."""
        found = self.known.get(element)
        if found is None:
            found = self.known[element] = self._count_fields(element)
        return found

    def _count_fields(self, element: Element) -> Counter[Field]:
        tags = Counter(child.tag for child in element.children)
        found = Counter(
            Field(Kind.ATTRIBUTE, attribute.name) for attribute in element.attributes if not is_markup(attribute.name)
        )
        for child in element.children:
            if not child.children:
                by_tag = _is_known(child.tag) and tags[child.tag] == 1
                found[Field(Kind.CHILD, child.tag) if by_tag else identity_of(self.text, child)] += 1
            elif rank(child.tag, TEXT) is not None and not any(leaf.children for leaf in child.children):
                found[Field(Kind.CHILD, child.tag)] += 1
        return found


def _is_known(name: str) -> bool:
    return any(rank(name, table) is not None for table in (TEXT, CODE, GROUP))


@dataclass
class Candidate:
    """Elements that may be the records."""

    tag: str
    elements: list[Element]
    text: Field
    present: Counter[Field]

    def best(self, table: tuple[str, ...], taken: set[Field | None]) -> Field | None:
        """Return the field with the best name of `table`."""
        ranked = [(place, found) for found in self.present if (place := rank(found.name, table)) is not None]
        return min(((place, found) for place, found in ranked if found not in taken), default=(0, None))[1]

    @property
    def weight(self) -> tuple[int, int]:
        """How many records there are, then how much is known of them."""
        known = sum(self.best(table, {self.text}) is not None for table in (CODE, GROUP))
        return len(self.elements), known


def candidates_in(tree: Tree) -> list[Candidate]:
    """Return what may be the records: first all that have a text, then without those that only hold the others."""
    found: list[Candidate] = []
    for tag, elements in tree.by_tag.items():
        leaves = [element for element in elements if not any(below.tag == tag for below in element.children)]
        if tag == tree.root.tag and not leaves:
            continue
        found += _candidates_of(tree, tag, leaves)
    found = _without_parts(tree, found)
    found = _without_nested(tree, found)
    plain = [candidate for candidate in found if not _is_container(candidate.tag)]
    return plain or found


def _without_nested(tree: Tree, found: list[Candidate]) -> list[Candidate]:
    """Of candidates inside of each other keep one: the records in a list, or the record with a list in it."""
    gone: set[str] = set()
    for inner in found:
        tags = {around.tag for element in inner.elements for around in tree.ancestors(element)}
        for outer in found:
            if outer.tag in tags and outer is not inner:
                gone.add(outer.tag if _is_rather(inner, outer) else inner.tag)
    return [candidate for candidate in found if candidate.tag not in gone]


def _is_rather(inner: Candidate, outer: Candidate) -> bool:
    """Whether `inner` are the records, and `outer` what they stand in."""
    if _is_container(outer.tag) or _is_container(inner.tag):
        return _is_container(outer.tag)
    called = [rank(candidate.tag, RECORD_ELEMENT) is not None for candidate in (inner, outer)]
    if called[0] != called[1]:
        return called[0]
    ranks = [rank(candidate.text.name or candidate.tag, TEXT) or 0 for candidate in (inner, outer)]
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    return len(inner.elements) >= 2 * len(outer.elements)


def _is_container(tag: str) -> bool:
    return rank(tag, GROUP_ELEMENT) is not None or (
        rank(tag, LIST_ELEMENT) is not None and rank(tag, RECORD_ELEMENT) is None
    )


def _candidates_of(tree: Tree, tag: str, elements: list[Element]) -> list[Candidate]:
    present: Counter[Field] = Counter()
    repeated: Counter[Field] = Counter()
    for element in elements:
        fields = tree.fields_of(element)
        present.update(fields.keys())
        repeated.update(name for name, count in fields.items() if count > 1)
    candidate = Candidate(tag, elements, OWN, present)
    often = 2 if candidate.best((*CODE, *GROUP), set()) is not None else 1 << 30
    known = candidate.best(TEXT, {name for name, count in repeated.items() if count * often > present[name]})
    found = []
    if known is not None:
        having = [element for element in elements if known in tree.fields_of(element)]
        found.append(Candidate(tag, elements if len(having) * 2 >= len(elements) else having, known, present))
    elif _holds_own_text(tree, tag, elements, candidate):
        found.append(candidate)
    return found


def _holds_own_text(tree: Tree, tag: str, elements: list[Element], candidate: Candidate) -> bool:
    """Whether the text is the elements' own content: they are named for it, or have a code beside it."""
    says = any(tree.text[piece.span.start : piece.span.end].strip() for one in elements for piece in one.pieces)
    named = rank(tag, TEXT) is not None or (says and rank(tag, RECORD_ELEMENT) is not None)
    coded = says and candidate.best(CODE, set()) is not None
    return (named or coded) and not any(element.children for element in elements)


def _without_parts(tree: Tree, found: list[Candidate]) -> list[Candidate]:
    """Of a record and its text child, which are both candidates, keep the one that is the record."""
    by_tag = {candidate.tag: candidate for candidate in found}
    parts: set[str] = set()
    for candidate in found:
        child = by_tag.get(candidate.text.name if candidate.text.kind is Kind.CHILD else "")
        if child is not None and child.text == OWN:
            parts.add(candidate.tag if _only_wraps(candidate) else child.tag)
        elif candidate.text == OWN:
            parts.update(_parents_with_fields(tree, candidate, by_tag))
    return [candidate for candidate in found if candidate.tag not in parts]


def _parents_with_fields(tree: Tree, candidate: Candidate, by_tag: dict[str, Candidate]) -> set[str]:
    """A leaf inside of a record that has its text elsewhere is a field of it, not a record."""
    parents = {tree.around[element].tag for element in candidate.elements}
    held = [by_tag[tag] for tag in parents if tag in by_tag and not _is_container(tag)]
    return {candidate.tag} if held and len(held) == len(parents) else set()


def _only_wraps(candidate: Candidate) -> bool:
    """Whether an element that holds one text is a list with a single entry rather than a record."""
    if _is_container(candidate.tag):
        return True
    alone = len(candidate.elements) == 1 and rank(candidate.tag, RECORD_ELEMENT) is None
    return alone and len(candidate.present) == 1
