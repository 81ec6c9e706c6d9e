"""All texts at once: one automaton finds where anything at all may stand, then only those places are looked at."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from qnphrase.text.fold import folded

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SURROGATE = re.compile("[\ud800-\udfff]")
# Between the texts: no rule looks for it, and no sentence or word runs across it.
SEPARATOR = "\n\x00\n"
# Characters that are searched at once: it bounds the memory that the matches take.
BATCH = 250_000
# Characters up to which looking for one word after another takes less time than building an automaton.
_FEW = 10_000


def batches(texts: Sequence[str]) -> Iterator[slice]:
    """Cut texts, by their indices, into runs of about `BATCH` characters."""
    first = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size >= BATCH:
            yield slice(first, index + 1)
            first, size = index + 1, 0
    if first < len(texts):
        yield slice(first, len(texts))


class Corpus:
    """The texts of all subjects in one string, as they are and folded; offsets are mapped back to a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.joined = SEPARATOR.join(texts)
        self.folded = folded(self.joined)
        step = len(SEPARATOR)
        self.starts = [0, *accumulate(len(text) + step for text in texts)]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the index of the text that holds `offset` of the joined string, and the offset in that text."""
        index = bisect_right(self.starts, offset) - 1
        return index, offset - self.starts[index]

    @cached_property
    def folded_texts(self) -> list[str]:
        """The texts, folded."""
        return [self.folded[start : start + len(text)] for start, text in zip(self.starts, self.texts, strict=False)]


class WordSearch:
    """Which texts meet which conditions: a list of conditions is met where of each set of words one stands.

    Many lists are looked for at once. The cost of a search is one pass over the texts, plus the hits.
    """

    def __init__(self, conditions: Sequence[Sequence[frozenset[str]]]) -> None:
        self._conditions = conditions
        self._words = list({word: None for sets in conditions for words in sets for word in words})
        self._longest = max(map(len, self._words), default=1)
        self._owners: dict[str, list[int]] = {}  # of the words of first conditions
        for number, sets in enumerate(conditions):
            for word in sets[0]:
                self._owners.setdefault(word, []).append(number)

    def texts(self, corpus: Corpus) -> Iterator[tuple[int, set[int]]]:
        """Yield the number of each list of conditions that is met anywhere, with the indices of those texts."""
        standing = self._texts_of_words(corpus)
        possible = {number for word in standing for number in self._owners.get(word, ())}
        met: dict[frozenset[str], set[int]] = {}
        for number in sorted(possible):
            texts: set[int] | None = None
            for words in self._conditions[number]:
                if words not in met:
                    met[words] = set().union(*(standing[word] for word in words if word in standing))
                texts = met[words] if texts is None else texts & met[words]
                if not texts:
                    break
            if texts:
                yield number, texts

    @cached_property
    def _automaton(self) -> "AhoCorasick":
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self._words)

    def prepare(self) -> None:
        """Build what many texts need, so that a process that is split off needn't."""
        assert self._automaton is not None  # noqa: S101 - it is built by being looked at

    def _texts_of_words(self, corpus: Corpus) -> dict[str, list[int]]:
        """Return the words that stand anywhere, each with its texts, most of them once."""
        if len(corpus.folded) < _FEW and "_automaton" not in vars(self):
            return self._one_by_one(corpus)
        found: dict[int, list[int]] = defaultdict(list)
        starts = corpus.starts
        for first in range(0, len(corpus.folded), BATCH):
            here = max(0, first - self._longest + 1)  # so that no word is cut
            piece = corpus.folded[here : first + BATCH]
            if _SURROGATE.search(piece):  # half a character; no word holds one
                piece = _SURROGATE.sub("\ufffd", piece)
            index = end = -1
            for word, at, _stop in self._automaton.find_matches_as_indexes(piece, overlapping=True):
                if at >= end:
                    index = bisect_right(starts, at + here) - 1
                    end = starts[index + 1] - here
                texts = found[word]
                if not texts or texts[-1] != index:
                    texts.append(index)
        return {self._words[word]: texts for word, texts in found.items()}

    def _one_by_one(self, corpus: Corpus) -> dict[str, list[int]]:
        """Do the same without an automaton, which takes longer to build than few texts take to be looked through."""
        found: dict[str, list[int]] = {}
        folded = corpus.folded
        for word in self._words:
            if word in folded:
                found[word] = [index for index, text in enumerate(corpus.folded_texts) if word in text]
        return found
