"""Texts of two lists that are much alike: for telling which phrase was reworded, and for warning of near-duplicates."""

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

LEAST_RATIO = 0.7  # twice the longest common subsequence by the sum of both lengths
LEAST_LEAD = 0.1  # by which the best must be ahead of the next one, seen from either text
LEAST_LENGTH = 6  # characters; of shorter texts every word counts
LONGEST = 2_000  # characters; comparing two takes the product of their lengths
_FEW = 250_000  # pairs up to which each text is compared with each
_RUN, _RAREST, _KEPT = 3, 8, 24  # characters of a run, runs of a text that are looked up, texts that each remembers


def similar_pairs(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield (index in `left`, index in `right`, ratio) of texts that are the nearest of each other, clearly."""
    from rapidfuzz.fuzz import ratio  # imports; most books need no guess at all
    from rapidfuzz.process import extract

    found: list[tuple[float, int, int]] = []
    least = (LEAST_RATIO - LEAST_LEAD) * 100
    for one, others in _choices(left, right).items():
        near = extract(left[one], others, scorer=ratio, score_cutoff=least, limit=None)
        found += ((likeness / 100, one, other) for _text, likeness, other in near)
    best_left, next_left = _best_two((one, likeness) for likeness, one, _other in found)
    best_right, next_right = _best_two((other, likeness) for likeness, _one, other in found)
    for likeness, one, other in found:
        runner_up = max(next_left[one], next_right[other])
        is_best = likeness == best_left[one] == best_right[other]
        if is_best and likeness >= LEAST_RATIO and likeness - runner_up >= LEAST_LEAD:
            yield one, other, likeness


def nearest_texts(left: Sequence[str], right: Sequence[str], least: float) -> dict[int, tuple[int, float]]:
    """Return for indices in `left` (index in `right`, ratio) of the nearest text, where the ratio is at least `least`.

    Unlike a pair, a text of `right` may be the nearest of several, and need not be clearly so.
    """
    from rapidfuzz.fuzz import ratio  # imports; most books need no guess at all
    from rapidfuzz.process import extractOne

    best: dict[int, tuple[int, float]] = {}
    for one, others in _choices(left, right).items():
        found = extractOne(left[one], others, scorer=ratio, score_cutoff=least * 100)
        if found is not None:
            best[one] = found[2], found[1] / 100
    return best


def _choices(left: Sequence[str], right: Sequence[str]) -> dict[int, dict[int, str]]:
    """Return for each text of `left` those of `right` that are worth comparing, by their index."""
    if len(left) * len(right) <= _FEW:
        every = {index: text for index, text in enumerate(right) if LEAST_LENGTH <= len(text) <= LONGEST}
        return {index: every for index, text in enumerate(left) if LEAST_LENGTH <= len(text) <= LONGEST}
    choices: dict[int, dict[int, str]] = defaultdict(dict)
    for one, other in _candidates(left, right):
        choices[one][other] = right[other]
    return choices


def _best_two(scores: Iterable[tuple[int, float]]) -> tuple[dict[int, float], dict[int, float]]:
    best: dict[int, float] = defaultdict(float)
    second: dict[int, float] = defaultdict(float)
    for index, score in scores:
        if score > best[index]:
            best[index], second[index] = score, best[index]
        elif score > second[index]:
            second[index] = score
    return best, second


def _candidates(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth comparing: of few texts all, of many those that share a rare run."""
    ours = [index for index, text in enumerate(left) if LEAST_LENGTH <= len(text) <= LONGEST]
    theirs = [index for index, text in enumerate(right) if LEAST_LENGTH <= len(text) <= LONGEST]
    if len(ours) * len(theirs) <= _FEW:
        yield from ((one, other) for one in ours for other in theirs)
        return
    runs = {index: _runs(left[index]) for index in ours}
    counts = Counter(run for own in runs.values() for run in own)
    known: dict[str, list[int]] = defaultdict(list)
    for index, own in runs.items():
        for run in own:
            if counts[run] <= _KEPT:
                known[run].append(index)
    for other in theirs:
        shared = sorted((run for run in _runs(right[other]) if run in known), key=lambda run: (counts[run], run))
        yield from ((one, other) for one in {one for run in shared[:_RAREST] for one in known[run]})


def _runs(text: str) -> set[str]:
    return {text[at : at + _RUN] for at in range(len(text) - _RUN + 1)}
