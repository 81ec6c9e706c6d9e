"""All texts at once: one automaton finds where anything at all may stand, then only those places are looked at."""

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from qnphrase.text.fold import folded
from qnphrase.text.pattern import lazy_pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SURROGATE = lazy_pattern("[\ud800-\udfff]")
# Between the texts: no rule looks for it, and no sentence or word runs across it.
SEPARATOR = "\n\x00\n"
# Characters that are searched at once: it bounds the memory that the matches take.
BATCH = 250_000
# Those of the first search, which tells what the others are to look for.
_SAMPLE = 50_000
# Characters of one text in which words are looked for. A longer one is no phrase, as another rule says, and looking at
# each place of it with many expressions would take a minute for ten million characters.
LONGEST = 200_000
# Characters up to which looking for one word after another takes less time than building an automaton.
_FEW = 10_000
# Matches that cost as much as looking at one text with one expression.
_MATCHES_A_LOOK = 3


def batches(texts: Sequence[str]) -> Iterator[slice]:
    """Cut texts, by their indices, into runs of about `BATCH` characters; many texts begin with a small one."""
    first = size = 0
    enough = _SAMPLE
    for index, text in enumerate(texts):
        size += len(text)
        if size >= enough:
            yield slice(first, index + 1)
            first, size, enough = index + 1, 0, BATCH
    if first < len(texts):
        yield slice(first, len(texts))


class Corpus:
    """The texts of all subjects in one string, as they are and folded, and where each one starts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.joined = SEPARATOR.join(texts)
        step = len(SEPARATOR)
        self.starts = [0, *accumulate(len(text) + step for text in texts)]

    @cached_property
    def folded(self) -> str:
        """The joined string, folded."""
        return folded(self.joined)

    @cached_property
    def folded_texts(self) -> list[str]:
        """The texts, folded; of one that is longer than `LONGEST` its beginning."""
        return [
            self.folded[start : start + min(len(text), LONGEST)]
            for start, text in zip(self.starts, self.texts, strict=False)
        ]


Words = frozenset[str]


class WordSearch:
    """Which texts meet which conditions: a list of conditions is met where of each set of words one stands.

    Many lists are looked for at once. The cost of a search is one pass over the texts, plus the hits. So of many texts
    only those conditions are asked for that are worth it: which ones, the first of the texts tell. What is yielded
    holds all texts that meet all conditions, and then some that don't.
    """

    def __init__(self, conditions: Sequence[Sequence[Words]]) -> None:
        self._conditions = conditions
        self._asked = _Asked(conditions)
        self._is_chosen = False

    def prepare(self) -> None:
        """Build the automaton now, for a search that is going to look at one text after the other."""
        self._asked.prepare()

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the lists that one folded text may meet, in order."""
        conditions = self._asked.conditions
        words = self._asked.words_in(text)
        numbers = {number for word in words for number in self._asked.owners.get(word, ())}
        return sorted(n for n in numbers if not any(further.isdisjoint(words) for further in conditions[n][1:]))

    def texts(self, corpus: Corpus) -> Iterator[tuple[int, set[int]]]:
        """Yield the number of each list of conditions that is met anywhere, with the indices of those texts."""
        asked = self._asked
        standing = asked.texts_of_words(corpus)
        texts_with = partial(_union, standing, {})
        for number in sorted({number for word in standing for number in asked.owners.get(word, ())}):
            texts = texts_with(asked.conditions[number][0])
            for words in asked.conditions[number][1:]:
                texts = texts & texts_with(words)
                if not texts:
                    break
            if texts:
                yield number, texts
        if not self._is_chosen and len(corpus.folded) >= _SAMPLE:
            self._asked = _Asked(_worth_asking(self._conditions, texts_with))
            self._is_chosen = True


def _union(standing: dict[str, set[int]], known: dict[Words, set[int]], words: Words) -> set[int]:
    """Return the texts in which one of the words stands."""
    texts = known.get(words)
    if texts is None:
        texts = known[words] = set().union(*(standing[word] for word in words if word in standing))
    return texts


def _worth_asking(
    conditions: Sequence[Sequence[Words]], texts_with: Callable[[Words], set[int]]
) -> list[Sequence[Words]]:
    """Return of each list of conditions the one that fewest texts meet, and those that spare more than they cost."""
    rarest = [min(sets, key=lambda words: len(texts_with(words))) for sets in conditions]
    spared: dict[Words, int] = defaultdict(int)
    for sets, best in zip(conditions, rarest, strict=True):
        for words in sets:
            spared[words] += len(texts_with(best) - texts_with(words))
    worth = {words for words, count in spared.items() if _MATCHES_A_LOOK * count > len(texts_with(words))}
    return [
        [best, *(words for words in sets if words in worth and words != best)]
        for sets, best in zip(conditions, rarest, strict=True)
    ]


class _Asked:
    """Lists of conditions, and the automaton that finds their words."""

    def __init__(self, conditions: Sequence[Sequence[Words]]) -> None:
        self.conditions = conditions
        self.owners: dict[str, list[int]] = {}  # of the words of first conditions
        self._words = list({word: None for sets in conditions for words in sets for word in words})
        for number, sets in enumerate(conditions):
            for word in sets[0]:
                self.owners.setdefault(word, []).append(number)

    @cached_property
    def _automaton(self) -> "AhoCorasick":
        from ahocorasick_rs import AhoCorasick
        from ahocorasick_rs import Implementation

        words = [*self._words, SEPARATOR]
        return AhoCorasick(words, implementation=Implementation.ContiguousNFA, store_patterns=True)

    def prepare(self) -> None:
        """Build the automaton."""
        assert self._automaton is not None  # noqa: S101 - it is built by being looked at

    def texts_of_words(self, corpus: Corpus) -> dict[str, set[int]]:
        """Return the words that stand anywhere, each with its texts."""
        if len(corpus.folded) < _FEW and "_automaton" not in vars(self):
            return self._one_by_one(corpus)
        found: dict[str, set[int]] = defaultdict(set)
        index = 0
        for word in self._matches(SEPARATOR.join(corpus.folded_texts)):
            if word == SEPARATOR:  # cheaper than an offset of each match, to be looked up among those of the texts
                index += 1
            else:
                found[word].add(index)
        if index == len(corpus.texts) - 1:
            return found
        return self._text_by_text(corpus)  # one of them holds what stands between them

    def _text_by_text(self, corpus: Corpus) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for index, text in enumerate(corpus.folded_texts):
            for word in self._matches(text):
                found[word].add(index)
        return found

    def words_in(self, text: str) -> set[str]:
        """Return the words that stand in one folded text."""
        return set(self._matches(text))

    def _matches(self, text: str) -> list[str]:
        if _SURROGATE.search(text):  # half a character; no word holds one
            text = _SURROGATE.sub("\ufffd", text)
        return self._automaton.find_matches_as_strings(text, overlapping=True)

    def _one_by_one(self, corpus: Corpus) -> dict[str, set[int]]:
        """Do the same without an automaton, which takes longer to build than few texts take to be looked through."""
        found: dict[str, set[int]] = {}
        folded = corpus.folded
        for word in self._words:
            if word in folded:
                found[word] = {index for index, text in enumerate(corpus.folded_texts) if word in text}
        return found
