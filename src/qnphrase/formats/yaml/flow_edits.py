"""Taking parts out of `[…]` and `{…}` and putting new ones in; each part has one span."""

import re
from collections.abc import Mapping
from collections.abc import Sequence

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.yaml.places import Places

_COMMA = re.compile(r"(?:\s|#[^\r\n\x85\u2028\u2029]*)*,")
_SEPARATOR = re.compile(r"\s*,\s*")
FRONT = -1


def flow_edits(
    places: Places, inside: int, parts: Sequence[Span], kept: Sequence[int], added: Mapping[int, Sequence[str]]
) -> list[Edit]:
    """Return the edits that keep only the parts `kept` and put `added` behind them, by index; `FRONT` is before all.

    `inside` is the offset behind the opening bracket.
    """
    edits: list[Edit] = []
    separator = _separator(places, parts)
    front = list(added.get(FRONT, ()))
    if front:
        at = parts[kept[0]].start if kept else inside
        edits.append(Edit(Span(at, at), separator.join([*front, ""] if kept else front) + places.before_comment(at)))
    for index in kept:
        if behind := added.get(index):
            at = parts[index].end
            edits.append(Edit(Span(at, at), "".join(separator + text for text in behind) + places.before_comment(at)))
    gone = sorted(set(range(len(parts))) - set(kept))
    edits += [_removal(places, parts, index) for index in gone]
    if gone and kept and gone[-1] == len(parts) - 1 and _comma(places, parts[-1].end) is None:
        edits.append(_comma_removal(places, parts, kept[-1]))
    return edits


def _separator(places: Places, parts: Sequence[Span]) -> str:
    if len(parts) > 1:
        between = places.text[parts[0].end : parts[1].start]
        if _SEPARATOR.fullmatch(between):
            return between
    return ", "


def _comma(places: Places, offset: int) -> int | None:
    """Return the offset of the comma that follows, if one does."""
    found = _COMMA.match(places.text, offset)
    return found.end() - 1 if found else None


def _removal(places: Places, parts: Sequence[Span], index: int) -> Edit:
    part = parts[index]
    comma = _comma(places, part.end)
    end = part.end if comma is None else comma + 1
    next_start = parts[index + 1].start if index + 1 < len(parts) else None
    if next_start is not None and not places.text[end:next_start].strip(" \t"):
        return Edit(Span(part.start, next_start), "")
    line, below = places.line_start(part.start), places.next_line(end)
    alone = not places.text[line : part.start].strip(" \t") and not places.text[end:below].strip()
    return Edit(Span(line, below) if alone else Span(part.start, end), "")


def _comma_removal(places: Places, parts: Sequence[Span], last: int) -> Edit:
    """The comma behind the last part that is kept goes when all behind it do, and none of them had one at its end."""
    comma = _comma(places, parts[last].end)
    if comma is None:
        raise ValueError("no comma between two parts")
    next_start = parts[last + 1].start
    blank = not places.text[comma + 1 : next_start].strip(" \t")
    return Edit(Span(comma, next_start if blank else comma + 1), "")
