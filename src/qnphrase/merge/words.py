r"""Which words of a text changed: for people, so tidy before it is minimal.

    word_diff("您好亲，欢迎光临本店/:^_^", "您好亲，欢迎光临小店/:^_^")
    # equal 您好亲，欢迎光临 · 本 → 小 · equal 店/:^_^

Words are runs of Latin letters and digits, emoticon codes, links, placeholders, else single characters: no dictionary
is asked where a Chinese word ends. Instead the pieces are tidied up: what is equal between two changes and shorter than
they are becomes part of them, and an insertion is moved to where a sentence or clause ends.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.formats.align import longest_increasing
from qnphrase.text import TokenKind
from qnphrase.text import tokenize
from qnphrase.text.pattern import lazy_pattern

_LARGEST = 16_000_000  # product of both lengths in words up to which the true longest common subsequence is found
_MOST_WORDS = 1_000_000  # each word is one character to the judge, and there are not many more of them
_LEAST_EQUAL = 0.2  # of both texts; where less is equal, all of it changed
_FARTHEST = 64  # words by which a change is moved to a better place

# A word of Latin letters and digits, or a character with what belongs to it: accents, skin tones, joined emoji.
_WORD = lazy_pattern(
    r"[A-Za-z0-9]+(?:[.,:'’_\-][A-Za-z0-9]+)*"
    r"|\r\n|.(?:[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[\u2190-\u2bff\U0001f000-\U0001faff])*",
    re.DOTALL,
)
_SENTENCE_END = "。！？!?；;\n"
_CLAUSE_END = "，,、：:…~～ \u3000"


class Piece(NamedTuple):
    """A piece of a text as it was and as it is; equal where both are. Never empty on both sides."""

    old: str
    new: str

    @property
    def is_equal(self) -> bool:
        """Whether nothing changed here."""
        return self.old == self.new


def words_of(text: str) -> list[str]:
    """Cut a text into words, which together are the text."""
    words: list[str] = []
    for token in tokenize(text):
        if token.kind is TokenKind.PLAIN:
            words += _WORD.findall(token.text)
        else:
            words.append(token.text)
    return words


def word_diff(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in order: together they are `old` and `new`, of two neighbours one is equal."""
    if old == new:
        return [Piece(old, new)] if old else []
    if not (old and new):
        return [Piece(old, new)]
    before, after = words_of(old), words_of(new)
    cuts = _merged(_cuts(before, after, 0, 0))
    cuts = _merged(_without_islands(cuts, before))
    equal = sum(cut.end - cut.start for cut in cuts if cut.is_equal)
    if 2 * equal < _LEAST_EQUAL * (len(before) + len(after)):
        return [Piece(old, new)]
    aligned = _merged(_aligned(cuts, before, after))
    return [Piece("".join(before[cut.start : cut.end]), "".join(after[cut.new_start : cut.new_end])) for cut in aligned]


class _Cut(NamedTuple):
    """A piece as ranges of words: of the old text and of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int
    is_equal: bool

    @property
    def size(self) -> int:
        return max(self.end - self.start, self.new_end - self.new_start)


def _cuts(old: Sequence[str], new: Sequence[str], at: int, at_new: int) -> Iterator[_Cut]:
    """Find what is equal: both ends first, then the longest common subsequence, of huge texts sentence by sentence.

    `at` and `at_new` are where these words stand in their texts.
    """
    shorter = min(len(old), len(new))
    head = next((step for step in range(shorter) if old[step] != new[step]), shorter)
    room = shorter - head
    tail = next((step for step in range(room) if old[-1 - step] != new[-1 - step]), room)
    end, new_end = len(old) - tail, len(new) - tail
    yield _Cut(at, at + head, at_new, at_new + head, True)
    yield from _cuts_between(old[head:end], new[head:new_end], at + head, at_new + head)
    yield _Cut(at + end, at + len(old), at_new + new_end, at_new + len(new), True)


def _cuts_between(old: Sequence[str], new: Sequence[str], at: int, at_new: int) -> Iterator[_Cut]:
    if not (old and new):
        yield _Cut(at, at + len(old), at_new, at_new + len(new), False)
    elif len(old) * len(new) <= _LARGEST and len(old) + len(new) < _MOST_WORDS:
        yield from _common_words(old, new, at, at_new)
    else:
        yield from _common_sentences(old, new, at, at_new)


def _common_words(old: Sequence[str], new: Sequence[str], at: int, at_new: int) -> Iterator[_Cut]:
    from rapidfuzz.distance import Indel  # imports; most files that are compared need no words

    numbers: dict[str, int] = {}
    before, after = ("".join(chr(numbers.setdefault(word, len(numbers))) for word in side) for side in (old, new))
    for code in Indel.opcodes(before, after):
        start, end = at + code.src_start, at + code.src_end
        new_start, new_end = at_new + code.dest_start, at_new + code.dest_end
        yield _Cut(start, end, new_start, new_end, code.tag == "equal")


def _common_sentences(old: Sequence[str], new: Sequence[str], at: int, at_new: int) -> Iterator[_Cut]:
    """Go by the sentences that each text has once; between them words are compared where they are few enough."""
    there, here = _only_ones(_sentences(old)), _only_ones(_sentences(new))
    shared = [(there[sentence], place, len(sentence)) for sentence, place in here.items() if sentence in there]
    anchors = [shared[index] for index in longest_increasing([one for one, _other, _size in shared])]
    done, done_new = 0, 0
    for one, other, size in (*anchors, (len(old), len(new), 0)):
        gap = old[done:one], new[done_new:other]
        if len(gap[0]) * len(gap[1]) <= _LARGEST:
            yield from _cuts(*gap, at + done, at_new + done_new)
        else:
            yield _Cut(at + done, at + one, at_new + done_new, at_new + other, False)
        done, done_new = one + size, other + size
        yield _Cut(at + one, at + done, at_new + other, at_new + done_new, True)


def _sentences(words: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each sentence with the place of its first word."""
    start = 0
    for at, word in enumerate(words, 1):
        if word in _SENTENCE_END or at == len(words):
            yield start, tuple(words[start:at])
            start = at


def _only_ones(sentences: Iterable[tuple[int, tuple[str, ...]]]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at, sentence in sentences:
        places.setdefault(sentence, []).append(at)
    return {sentence: found[0] for sentence, found in places.items() if len(found) == 1}


def _merged(cuts: Iterable[_Cut]) -> list[_Cut]:
    """Put neighbours of one kind together and leave out empty ones."""
    merged: list[_Cut] = []
    for cut in cuts:
        if not cut.size:
            continue
        if merged and merged[-1].is_equal == cut.is_equal:
            merged[-1] = _joined(merged[-1], cut)
        else:
            merged.append(cut)
    return merged


def _joined(first: _Cut, last: _Cut) -> _Cut:
    return _Cut(first.start, last.end, first.new_start, last.new_end, first.is_equal)


def _without_islands(cuts: Iterable[_Cut], words: Sequence[str]) -> list[_Cut]:
    """Make what is equal between two changes part of them where it is too short to help a reader."""
    kept: list[_Cut] = []
    for cut in cuts:
        kept.append(cut)
        while len(kept) > 2 and _is_island(kept[-3], kept[-2], kept[-1], words):
            kept[-3:] = [_joined(kept[-3], kept[-1])]
    return kept


def _is_island(before: _Cut, equal: _Cut, after: _Cut, words: Sequence[str]) -> bool:
    if not equal.is_equal or equal.size > max(1, min(before.size, after.size)):
        return False
    if equal.size == 1 and len(words[equal.start]) > 1:  # a word, a link or an emoticon
        return False
    return "\n" not in words[equal.start : equal.end]


def _aligned(cuts: Sequence[_Cut], old: Sequence[str], new: Sequence[str]) -> list[_Cut]:
    """Move what was only added or only removed to where a sentence, a clause or a word ends."""
    aligned = list(cuts)
    for at in range(1, len(aligned) - 1):
        before, cut, after = aligned[at - 1 : at + 2]
        if cut.is_equal or (cut.end > cut.start and cut.new_end > cut.new_start):
            continue
        words, start, end = (old, cut.start, cut.end) if cut.end > cut.start else (new, cut.new_start, cut.new_end)
        shift = _best_shift(words, start, end, min(before.size, _FARTHEST), min(after.size, _FARTHEST))
        aligned[at - 1] = before._replace(end=before.end + shift, new_end=before.new_end + shift)
        aligned[at] = _Cut(cut.start + shift, cut.end + shift, cut.new_start + shift, cut.new_end + shift, False)
        aligned[at + 1] = after._replace(start=after.start + shift, new_start=after.new_start + shift)
    return aligned


def _best_shift(words: Sequence[str], start: int, end: int, most_left: int, most_right: int) -> int:
    """Return by how many words a change reads best when it is moved; negative: to the left."""
    left = right = 0
    while left < most_left and words[start - left - 1] == words[end - left - 1]:
        left += 1
    while right < most_right and words[start + right] == words[end + right]:
        right += 1
    if not (left or right):
        return 0

    def how_well(shift: int) -> tuple[int, int]:
        return _ends(words, start + shift) + _ends(words, end + shift), -abs(shift)

    return max(range(-left, right + 1), key=how_well)


def _ends(words: Sequence[str], at: int) -> int:
    """Return how much ends before the word `at`."""
    if at in (0, len(words)):
        return 4
    before = words[at - 1]
    return 3 if before in _SENTENCE_END else 2 if before in _CLAUSE_END else 1 if len(before) > 1 else 0
