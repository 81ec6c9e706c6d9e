"""Pairs of nearly equal texts among many, without comparing all with all.

Two texts of which nine characters in ten are equal share most of their short runs of characters. Of a book of ordinary
size each text is looked up under its rarest runs, which finds what comparing all with all finds. Of a huge one only
some runs are looked at, and each remembers only the first text of a kind that has it: that finds most pairs, in half a
second for 100,000 phrases. Either way a text is compared with a bounded number of others, whatever the texts say.
"""

import re
from collections import Counter
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import chain
from itertools import repeat

LEAST = 6  # characters of a text that can be nearly another: of shorter ones every word counts
LONGEST = 2_000  # of longer ones there are few, and comparing two takes the product of their lengths
_MANY = 800_000  # characters of all texts up to which a book is of ordinary size
_ATTEMPTS = 4  # near texts that may turn out not to be alike before we give up

# Ordinary books: characters of a run, runs of a text that are looked up, texts that each of them remembers.
_RUN, _RAREST, _KEPT = 3, 6, 12
# Huge ones: characters of a run, runs that are looked at in all, and the part of all runs that they are at most.
_LONG_RUN, _RUNS, _PART = 8, 700_000, 0.4


def near_pairs(
    texts: Sequence[str],
    share: float,
    alike: Callable[[int, int], bool] = lambda _later, _earlier: True,
    kinds: Sequence[Hashable] = (),
) -> Iterator[tuple[int, int]]:
    """Yield pairs of indices (later, earlier) of texts of which at least `share` is equal, in order of the later one.

    `share` is twice the longest common subsequence by the sum of the lengths. The texts are all different. Each one is
    paired with at most one earlier text: the nearest of those that were found and are `alike`. `kinds` tell what
    can't be alike: texts of two kinds aren't compared.
    """
    extract = None
    lengths = [len(text) for text in texts]
    longer = (2 - share) / max(share, 0.1)  # how much longer the longer of two such texts can be
    several = _of_one_kind(texts, kinds or [None] * len(texts))
    find = _candidates if sum(lengths) <= _MANY else _some_candidates
    for index, candidates in find(texts, several):
        least, most = lengths[index] / longer, lengths[index] * longer
        choices = {other: texts[other] for other in candidates if least <= lengths[other] <= most and other != index}
        if not choices:
            continue
        extract = extract or _extractor(share)  # imports; most books hold nothing that is worth comparing
        for _attempt in range(_ATTEMPTS):
            best = extract(texts[index], choices)
            if best is None or alike(index, best):
                break
            del choices[best]
        else:
            best = None
        if best is not None:
            yield index, best


def _extractor(share: float) -> Callable[[str, dict[int, str]], int | None]:
    """Return a function that gives the key of the nearest text, if one is near enough."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    def extract(text: str, choices: dict[int, str]) -> int | None:
        best = extractOne(text, choices, scorer=ratio, score_cutoff=share * 100)
        return None if best is None else best[2]

    return extract


def _of_one_kind(texts: Sequence[str], kinds: Sequence[Hashable]) -> list[list[int]]:
    """Return the texts of each kind that has several."""
    of_kind: dict[Hashable, list[int]] = defaultdict(list)
    counts = Counter(kinds)  # most texts of a huge book are the only one of their kind
    for index, kind in enumerate(kinds):
        if counts[kind] > 1 and _is_comparable(texts[index]):
            of_kind[kind].append(index)
    return [indices for indices in of_kind.values() if len(indices) > 1]


def _candidates(texts: Sequence[str], several: Sequence[Sequence[int]]) -> Iterator[tuple[int, Iterable[int]]]:
    """Yield each text with the earlier ones of its kind that stand under its rarest runs."""
    runs = {index: _all_runs(texts[index]) for indices in several for index in indices}
    counts = Counter(chain.from_iterable(runs.values()))
    candidates: dict[int, set[int]] = {}
    for indices in several:
        seen: dict[str, list[int]] = {}
        for index in indices:
            shared = sorted((run for run in runs[index] if counts[run] > 1), key=counts.__getitem__)[:_RAREST]
            found = candidates[index] = set()
            for run in shared:
                known = seen.setdefault(run, [])
                found.update(known)
                if len(known) < _KEPT:
                    known.append(index)
    yield from sorted(candidates.items())


def _some_candidates(texts: Sequence[str], several: Sequence[Sequence[int]]) -> Iterator[tuple[int, Iterable[int]]]:
    """Yield each text with the first ones of its kind that have one of its runs, of those that are looked at at all.

    The first character of a run decides whether it is, so equal passages of two texts have equal runs.
    """
    among = [texts[index] for indices in several for index in indices]
    anchors = re.escape(_anchors(among, min(_PART, _RUNS / (sum(map(len, among)) or 1))))
    find_runs = re.compile(f"(?=([{anchors}].{{{_LONG_RUN - 1}}}))").findall if anchors else list
    candidates: dict[int, set[int]] = {}
    for indices in several:
        first: dict[str, int] = {}
        first_with = first.setdefault
        for index in indices:
            candidates[index] = set(map(first_with, find_runs(texts[index]), repeat(index)))
    yield from sorted(candidates.items())


def _is_comparable(text: str) -> bool:
    return LEAST <= len(text) <= LONGEST


def _all_runs(text: str) -> list[str]:
    return [text[at : at + _RUN] for at in range(len(text) - _RUN + 1)]


def _anchors(texts: Sequence[str], part: float) -> str:
    """Return characters that make up about that part of the texts, chosen without regard to what they mean."""
    counts = Counter("".join(text[:200] for text in texts[:: max(1, len(texts) // 5_000)]))
    wanted = part * counts.total()
    chosen = ""
    for character in sorted(counts, key=lambda character: ord(character) * 2_654_435_761 % 65_521):
        chosen += character
        wanted -= counts[character]
        if wanted <= 0:
            break
    return chosen
