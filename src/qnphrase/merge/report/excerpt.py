"""Shortening long texts around what changed in them; what is left out is said."""

from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.merge.words import Piece

_CONTEXT = 30  # characters that are kept beside a change
_LEAST = 40  # characters that are worth being left out
_WHOLE = 400  # characters of an added or removed text that are shown


def around_changes(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, of long unchanged ones only what stands beside a change."""
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if not piece.is_equal:
            yield piece
            continue
        before, after = _CONTEXT if at else 0, _CONTEXT if at < last else 0
        text = shortened(piece.new, before, after)
        yield Piece(text, text)


def of_whole(text: str) -> str:
    """Return a text that was added or removed, the end of a very long one left out."""
    return shortened(text, _WHOLE, 0)


def shortened(text: str, head: int, tail: int) -> str:
    """Return `text` with at least so many characters from its start and its end, and how many were left out."""
    left_out = len(text) - head - tail
    if left_out < _LEAST:
        return text
    gap = _("…（略 {count} 字）…").format(count=left_out)
    return text[:head] + gap + (text[-tail:] if tail else "")
