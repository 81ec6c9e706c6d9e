"""Text for people: by group, what changed marked as 〔-旧-〕〔+新+〕, readable at 80 columns and in a GBK pipe."""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.language import _
from qnphrase.merge.change import What
from qnphrase.merge.compare import Comparison
from qnphrase.merge.report.excerpt import around_changes
from qnphrase.merge.report.excerpt import of_whole
from qnphrase.merge.report.view import Entry
from qnphrase.merge.report.view import Line
from qnphrase.merge.report.view import Section
from qnphrase.merge.report.view import View
from qnphrase.merge.report.view import kind_words
from qnphrase.merge.report.view import view_of
from qnphrase.merge.report.visible import visible
from qnphrase.merge.report.visible import visible_change
from qnphrase.merge.words import Piece
from qnphrase.merge.words import words_of
from qnphrase.text.measure import columns

WIDEST = 120  # lines that are longer are hard to read, however wide the terminal is
_LEAST = 20  # columns for words, however narrow the terminal is
_RED, _GREEN, _CYAN, _BOLD, _FAINT = "31", "32", "36", "1", "2"
_COLOURS = {What.ADDED: _GREEN, What.REMOVED: _RED, What.CHANGED: "33", What.RENAMED: "33"}
_NO_START = frozenset("，。、；：！？”’」』》）】〕…,.;:!?)]")
_NAMED = re.compile(r"(<[^<>\s]{1,12}>)")


class Look(NamedTuple):
    """How the report looks. `width` in terminal columns, of which a Chinese character takes two."""

    colours: bool = False
    width: int = 80


class _Atom(NamedTuple):
    """What is never broken at the end of a line, and its colour."""

    text: str
    colour: str = ""


def render(comparison: Comparison, look: Look = Look()) -> str:  # noqa: B008 - it can't be changed
    """Return the report."""
    return render_view(view_of(comparison), look)


def render_view(view: View, look: Look = Look()) -> str:  # noqa: B008 - it can't be changed
    """Return the report of what was put into words already."""
    return "".join(f"{line}\n" for line in _lines(view, look))


def render_statistics(comparison: Comparison) -> str:
    """Return how many phrases changed in each group, and the verdict."""
    view = view_of(comparison)
    words = kind_words()
    rows = []
    for section in view.sections:
        counts = Counter(kind for entry in section.entries for kind in entry.kinds)
        details = _("，").join(f"{words[kind]} {counts[kind]}" for kind in words if counts[kind])
        rows.append((visible(section.title).replace("\n", " "), len(section.entries), details))
    widest = max((columns(title) for title, _count, _details in rows), default=0)
    lines = [f" {title}{' ' * (widest - columns(title))} | {count:>5}  {details}" for title, count, details in rows]
    return "".join(f"{line}\n" for line in [*lines, *view.notes, _verdict(view)])


def marked(pieces: Iterable[Piece], *, colours: bool = False) -> str:
    """Return a text in one line of any length with what changed marked, as `〔-旧-〕〔+新+〕`."""
    return _painted(list(_atoms(pieces)), 0, Look(colours=colours))


def _verdict(view: View) -> str:
    is_same = not (view.fields or view.groups or view.sections)
    return f"{'√' if is_same else '●'} {view.verdict}"


def _lines(view: View, look: Look) -> Iterator[str]:
    if view.fields or view.groups or view.sections:
        yield from _wrapped(_plain(view.old, _RED), 0, look)
        yield from _wrapped(_plain(view.new, _GREEN), 0, look)
        yield ""
    for line in view.fields:
        yield from _line(line, 0, look, is_whole=False)
    for kind, words in view.groups:
        yield from _wrapped(_plain(words, _COLOURS.get(kind, _CYAN)), 0, look)
    if view.fields or view.groups:
        yield ""
    for section in view.sections:
        yield from _section(section, look)
        yield ""
    for note in view.notes:
        yield from _wrapped(_plain(_("提醒：{note}").format(note=note), _FAINT), 0, look)
    yield from _wrapped(_plain(_verdict(view), _BOLD), 0, look)


def _section(section: Section, look: Look) -> Iterator[str]:
    yield from _wrapped(_plain(section.title, _BOLD), 0, look)
    for entry in section.entries:
        yield from _entry(entry, look)


def _entry(entry: Entry, look: Look) -> Iterator[str]:
    words = kind_words()
    colour = _COLOURS.get(entry.kinds[0], _CYAN)
    head = [_Atom(_("、").join(words[kind] for kind in entry.kinds), colour), _Atom("  ")]
    name = entry.name or _("（没有编码）")
    head += [*_plain(name, _BOLD), _Atom("  "), *_plain(entry.place, _FAINT)]
    yield from _wrapped(head, 2, look)
    for remark in entry.remarks:
        yield from _wrapped(_plain(remark, _CYAN), 4, look)
    for line in entry.lines:
        yield from _line(line, 4, look, is_whole=What.ADDED in entry.kinds or What.REMOVED in entry.kinds)
    if entry.start:
        yield from _wrapped(_plain(entry.start, _FAINT), 4, look)


def _line(line: Line, indent: int, look: Look, *, is_whole: bool) -> Iterator[str]:
    label = _plain(_("{label}：").format(label=line.label)) if line.label else []
    if is_whole:
        (piece,) = line.pieces
        atoms = _plain(of_whole(piece.new or piece.old), _GREEN if piece.new else _RED)
    else:
        atoms = list(_atoms(around_changes(line.pieces)))
    yield from _wrapped([*label, *atoms], indent, look)


def _plain(text: str, colour: str = "") -> list[_Atom]:
    return [_Atom(word, colour) for word in _words(visible(text))]


def _words(text: str) -> Iterator[str]:
    """Cut a text into what is never broken; the name of an invisible character stays whole."""
    for at, part in enumerate(_NAMED.split(text)):
        if at % 2:
            yield part
        else:
            yield from words_of(part)


def _atoms(pieces: Iterable[Piece]) -> Iterator[_Atom]:
    for piece in pieces:
        if piece.is_equal:
            yield from _plain(piece.new)
            continue
        shown = visible_change(piece)
        yield from _bracketed("〔-", shown.old, "-〕", _RED)
        yield from _bracketed("〔+", shown.new, "+〕", _GREEN)


def _bracketed(opening: str, text: str, closing: str, colour: str) -> Iterator[_Atom]:
    words = list(_words(text))
    if words:
        words[0] = opening + words[0]
        words[-1] += closing
    for word in words:
        yield _Atom(word, colour)


def _wrapped(atoms: Sequence[_Atom], indent: int, look: Look) -> Iterator[str]:
    """Yield lines that fit; no line begins with a full stop, and only what is wider than a line is broken."""
    width = max(_LEAST, look.width - indent)
    line: list[_Atom] = []
    used = 0
    waiting = list(reversed(atoms))
    while waiting:
        atom = waiting.pop()
        if atom.text == "\n":
            yield _painted(line, indent, look)
            line, used = [], 0
            continue
        size = columns(atom.text)
        if used + size <= width:
            line.append(atom)
            used += size
        elif size > width:
            room = width - used
            head = _fitting(atom.text, room)
            waiting.append(atom._replace(text=atom.text[head:]))
            if head:
                line.append(atom._replace(text=atom.text[:head]))
            yield _painted(line, indent, look)
            line, used = [], 0
        else:
            carried = [line.pop()] if atom.text[0] in _NO_START and len(line) > 1 else []
            yield _painted(line, indent, look)
            line = [*carried, atom] if carried or atom.text != " " else []
            used = sum(columns(one.text) for one in line)
    yield _painted(line, indent, look)


def _fitting(text: str, width: int) -> int:
    used = 0
    for at, character in enumerate(text):
        used += columns(character)
        if used > width:
            return at
    return len(text)


def _painted(line: Sequence[_Atom], indent: int, look: Look) -> str:
    parts: list[str] = []
    colour = ""
    for atom in line if look.colours else ():
        if atom.colour != colour:
            parts.append(("\x1b[0m" if colour else "") + (f"\x1b[{atom.colour}m" if atom.colour else ""))
            colour = atom.colour
        parts.append(atom.text)
    if not look.colours:
        parts = [atom.text for atom in line]
    text = "".join(parts).rstrip(" ") + ("\x1b[0m" if colour else "")
    return " " * indent + text if text else ""
