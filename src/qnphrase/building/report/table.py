"""A table in columns of a terminal, of which a Chinese character takes two."""

from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.text.measure import columns

_GAP = "  "


def rows_in_columns(rows: Sequence[Sequence[str]], *, width: int, texts: int) -> Iterator[str]:
    """Yield the lines of a table. The first `texts` columns are cut where it gets too wide, the others end in line.

    The last column is a text, too, but a short one.
    """
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    room = width - sum(widths[texts:]) - len(_GAP) * (len(widths) - 1)
    widths[:texts] = _shared(widths[:texts], room)
    for row in rows:
        cells = []
        for at, (text, size) in enumerate(zip(row, widths, strict=True)):
            shown = fitting(text, size)
            blanks = " " * (size - columns(shown))
            cells.append(shown + blanks if at < texts or at == len(row) - 1 else blanks + shown)
        yield _GAP.join(cells).rstrip()


def _shared(widths: Sequence[int], room: int) -> list[int]:
    """Return the widths that fit into `room`: the widest give way first."""
    shared = list(widths)
    while sum(shared) > max(room, 8 * len(shared)):
        shared[shared.index(max(shared))] -= 1
    return shared


def fitting(text: str, width: int) -> str:
    """Return a text that takes so many columns at most; the middle of a longer one is left out."""
    if columns(text) <= width:
        return text
    head, tail = "", ""
    while True:
        longer = (head + text[len(head)], tail)
        if len(head) > len(tail):
            longer = (head, text[len(text) - len(tail) - 1] + tail)
        if columns("".join(longer)) + columns("…") > width:
            return f"{head}…{tail}"
        head, tail = longer
