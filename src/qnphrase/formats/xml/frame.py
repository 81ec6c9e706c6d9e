"""Writing a group element: a new one in the manner of one that is there, and room for records in one that has none."""

from typing import NamedTuple

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.document.span import splice
from qnphrase.formats.xml.lexer import Attribute
from qnphrase.formats.xml.lexer import Element
from qnphrase.formats.xml.lexer import lead_start
from qnphrase.formats.xml.names import is_markup
from qnphrase.formats.xml.outline import Node
from qnphrase.formats.xml.outline import lead_of
from qnphrase.formats.xml.plan import Pen
from qnphrase.formats.xml.shape import Field
from qnphrase.formats.xml.shape import Kind
from qnphrase.formats.xml.values import encode_attribute
from qnphrase.formats.xml.values import encode_text

_INDENT = "  "


class Slot(NamedTuple):
    """Where records go in a group that keeps none: `head` and `foot` stand around them, each with whitespace `lead`."""

    span: Span
    head: str
    lead: str
    foot: str

    def filled(self, raws: list[str]) -> Edit:
        """Return the edit that puts `raws` there."""
        return Edit(self.span, self.head + "".join(self.lead + raw for raw in raws) + self.foot)


class Framer:
    """Knows how the groups of a file are written; `sample` is one with records, if there is any."""

    def __init__(self, pen: Pen, name: Field, tag: str, containers: list[Node]) -> None:
        self.pen = pen
        self.text = pen.text
        self.name = name
        self.tag = tag
        self.containers = containers
        self.sample = next((path[0] for node in containers if (path := _path_to_rows(node))[-1].rows), None)

    def renamed(self, node: Node, name: str) -> list[Edit]:
        """Return the edits that give a group another name, or none."""
        place = node.name_place
        if isinstance(place, Attribute):
            quote = self.text[place.value.end]
            return [Edit(place.value, self._in_quotes(name, quote, place.value.of(self.text)))]
        return [] if place is None else self.pen.writer.content_edits(place, place.all_pieces(), name)

    def _in_quotes(self, name: str, quote: str, old: str = "") -> str:
        return encode_attribute(name, quote, self.pen.style.can_encode, old)

    def slot(self, node: Node) -> Slot:
        """Return where records go in a group in which none stays."""
        rows = _rows_in(node)
        if rows:
            at = lead_start(self.text, self.pen.start(rows[0]))
            return Slot(Span(at, at), "", self.pen.lead(rows[0]), "")
        target, wrappers = self._target(node)
        lead = self._inner_lead(target)
        head, foot = _wrapped(wrappers, lead)
        lead = lead + _INDENT * len(wrappers) if lead else ""
        element = target.element
        outer = lead_of(self.text, element.start) if lead else ""
        if element.is_self_closing:
            slash = lead_start(self.text, element.end - 2)
            return Slot(Span(slash, element.end), f">{head}", lead, f"{foot}{outer}</{element.tag}>")
        at = element.open_end
        if target is node and isinstance(node.name_place, Element):
            at = node.name_place.end
        return Slot(Span(at, at), head, lead, foot + (outer if at == element.close_start else ""))

    def _target(self, node: Node) -> tuple[Node, list[str]]:
        """Return the list in a group that its records go into, and the lists that are still to be made."""
        wrappers = [step.element.tag for step in _path_to_rows(self.sample)[1:]] if self.sample else []
        while wrappers:
            inner = next(
                (child for child in node.children if child.element.tag == wrappers[0] and not child.name), None
            )
            if inner is None:
                break
            node = inner
            wrappers = wrappers[1:]
        return node, wrappers

    def _inner_lead(self, node: Node) -> str:
        """The whitespace before what stands in `node`: as before its children, else one step further in than itself."""
        if node.children:
            return lead_of(self.text, node.children[-1].start)
        outer = lead_of(self.text, node.start)
        return outer + _INDENT if "\n" in outer or "\r" in outer else ""

    def lead_beside(self, near: Node | None, root: Node) -> str:
        """Return the whitespace before a new group beside `near`."""
        if near is not None and near.parent is not None:
            return lead_of(self.text, near.start)
        if root.children or root.rows:
            start = root.children[0].start if root.children else self.pen.start(root.rows[0])
            return lead_of(self.text, start)
        return self._inner_lead(root)

    def new_group(self, name: str, raws: list[str], lead: str, near: Node | None) -> str:
        """Return a new group with the records `raws`, without the whitespace before it; `lead` is that."""
        model = near if near is not None and _path_to_rows(near)[-1].rows else self.sample
        if model is None:
            model = near or (self.containers[0] if self.containers else None)
        if model is None or model.parent is None:
            return self._bare(name, raws, lead)
        return self._like(model, name, raws, lead)

    def _bare(self, name: str, raws: list[str], lead: str) -> str:
        inner = lead + _INDENT if lead else ""
        if self.name.kind is Kind.ATTRIBUTE:
            head = f'<{self.tag} {self.name.name}="{self._in_quotes(name, chr(34))}"'
            if not raws:
                return f"{head}/>"
            head += ">"
        else:
            said = f' name="{self._in_quotes(self.name.name, chr(34))}"' if self.name.tag else ""
            tag = self.name.tag or self.name.name
            value = encode_text(name, self.pen.style.can_encode, self.pen.style.newline)
            head = f"<{self.tag}>{inner}<{tag}{said}>{value}</{tag}>"
        return f"{head}{''.join(inner + raw for raw in raws)}{lead}</{self.tag}>"

    def _like(self, model: Node, name: str, raws: list[str], lead: str) -> str:
        path = _path_to_rows(model)
        head = self._opening(model, name)
        if not raws:
            if isinstance(model.name_place, Attribute):
                return f"{head[:-1]}/>"
            return f"{head}{_tail(self.text, model) or ''}</{model.element.tag}>"
        for step in path[1:]:
            head += lead_of(self.text, step.start) + self._opening(step, "")
        rows = path[-1].rows
        inner = self.pen.lead(rows[0]) if rows else (lead + _INDENT if lead else "")
        foot = ""
        for step in reversed(path):
            foot += (_tail(self.text, step) if rows else lead) + f"</{step.element.tag}>"
        return head + "".join(inner + raw for raw in raws) + foot

    def _opening(self, node: Node, name: str) -> str:
        """Return the opening tag of a group or list, with nothing of its own but its name."""
        element = node.element
        edits: list[Edit] = []
        for attribute in element.attributes:
            if attribute is node.name_place:
                quote = self.text[attribute.value.end]
                edits.append(Edit(attribute.value, self._in_quotes(name, quote, attribute.value.of(self.text))))
            elif not is_markup(attribute.name):
                edits.append(Edit(Span(lead_start(self.text, attribute.start), attribute.end), ""))
        shifted = [Edit(Span(s.start - element.start, s.end - element.start), text) for s, text in edits]
        raw = splice(self.text[element.start : element.open_end], shifted)
        if element.is_self_closing:
            raw = raw[:-2].rstrip(" \t\r\n") + ">"
        if isinstance(node.name_place, Element):
            raw += self._name_child(node.name_place, name)
        return raw

    def _name_child(self, child: Element, name: str) -> str:
        value = encode_text(name, self.pen.style.can_encode, self.pen.style.newline)
        head = self.text[child.start : child.open_end]
        if child.is_self_closing:
            head = head[:-2].rstrip(" \t\r\n") + ">"
        return f"{lead_of(self.text, child.start)}{head}{value}</{child.tag}>"


def _path_to_rows(node: Node | None) -> list[Node]:
    """Return the nodes from a group down to the first one that holds records of that group, or just the group."""
    if node is None:
        return []
    if node.rows:
        return [node]
    for child in node.children:
        if not child.name:
            path = _path_to_rows(child)
            if path[-1].rows:
                return [node, *path]
    return [node]


def _rows_in(node: Node) -> list[int]:
    """Return the rows whose nearest group is `node`, in order."""
    rows = list(node.rows)
    for child in node.children:
        if not child.name:
            rows += _rows_in(child)
    return sorted(rows)


def _tail(text: str, node: Node) -> str:
    """Return the whitespace before the closing tag."""
    element = node.element
    return (
        ""
        if element.is_self_closing
        else text[max(lead_start(text, element.close_start), element.open_end) : element.close_start]
    )


def _wrapped(tags: list[str], lead: str) -> tuple[str, str]:
    """Return what opens and closes elements inside of each other, indented one step each from `lead`."""
    leads = [lead + _INDENT * depth if lead else "" for depth in range(len(tags))]
    head = "".join(f"{space}<{tag}>" for space, tag in zip(leads, tags, strict=True))
    foot = "".join(f"{space}</{tag}>" for space, tag in zip(reversed(leads), reversed(tags), strict=True))
    return head, foot
