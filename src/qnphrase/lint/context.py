"""Claims in context: closed lists, exceptions that mask first, one sentence, negation and what takes it back."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from itertools import islice
from typing import NamedTuple

from qnphrase.lint.diagnostic import Severity
from qnphrase.text.pattern import lazy_pattern

SENTENCE_END = lazy_pattern(r"[。！？!?；;\n]|…{1,2}")
CLAUSE_END = lazy_pattern(r"[，,。！？!?；;：:\n]|…{1,2}")
# What turns a claim into its opposite when it stands before it in the same clause.
# 不错, 特别 and 莫代尔 hold a negating character and negate nothing; nor does 不用担心 what follows it.
NEGATION = lazy_pattern(
    r"不(?!错|仅|但|止|光|愧|管|论|过|二|同|少|断|好意思|满意|喜欢|合适|合身|想要|[用必需]要?(?:担心|怕|犹豫|怀疑|纠结))|"
    r"没(?!事|关系|问题)|无(?!理由|论|敌|比|与伦比|可比拟|双|痕|线|忧|印|糖)|未(?!来)|勿|"
    r"(?<![特级区类分个辨鉴性识])别(?!家|人|处|的|致|样|墅|担心|犹豫)|莫(?!代尔|名)|"
    r"并非|切忌|拒绝|禁止|严禁|杜绝|抵制|谨防|警惕|小心|当心|防止|避免|停止|举报|骗子|假冒|冒充"
)
# Nobody reads farther than this for a context; it also keeps a huge phrase without a full stop linear.
REACH = 200
# A phrase in which one claim stands more often is none; the rest of it isn't looked at.
_ENOUGH = 10_000


class Claim(NamedTuple):
    """One entry of a closed list: a regular expression on the folded text, and what to say of a hit.

    A `firm` claim is meant even where it is negated. A `loose` one, which tells the structure of a claim rather than
    its words, counts only where no other claim of the list stands. `severity` and `message` overrule those of the rule.
    """

    pattern: str
    message: str = ""
    severity: Severity | None = None
    firm: bool = False
    loose: bool = False


_Span = tuple[int, int, int, int]  # start, rank, end, index of a claim


class Hit(NamedTuple):
    """A claim that stands in a text, in the offsets of the text."""

    start: int
    end: int
    claim: Claim


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the sentence that holds `text[start:end]`, at most `REACH` characters to either side."""
    left = max(0, start - REACH)
    for found in SENTENCE_END.finditer(text, left, start):
        left = found.end()
    far = min(len(text), end + REACH)
    right = SENTENCE_END.search(text, end, far)
    return left, right.start() if right else far


def is_negated(text: str, start: int, window: int, negation: re.Pattern[str] = NEGATION) -> bool:
    """Whether a negation stands within `window` characters before `start`, in the same clause."""
    left = max(0, start - window)
    for found in CLAUSE_END.finditer(text, left, start):
        left = found.end()
    return negation.search(text, left, start) is not None


def _apart(loose: list[_Span], others: list[_Span]) -> list[_Span]:
    """Return those of `loose` that overlap none of the others, which are in order."""
    starts = [span[0] for span in others]
    ends = [0, *accumulate((span[2] for span in others), max)]
    return [span for span in loose if ends[bisect_left(starts, span[2])] <= span[0]]


class _Fields(NamedTuple):
    message: str
    claims: tuple[Claim, ...]
    excepts: tuple[str, ...] = ()
    negation: int = 0
    disqualifier: str = ""
    needs: str = ""
    negators: str = ""
    excuse: str = ""
    excuse_after: str = ""
    name: str = ""


class Claims(_Fields):  # no dataclass: building one takes 1 ms, as long as a small file is looked through
    """A closed list of claims with its exceptions.

    `excepts` are regular expressions on the folded text that mask what they match before any claim is looked for; a
    claim that overlaps a mask is none. `negation` is the window in characters in which a negation excuses a claim that
    isn't firm (0: never); `negators` replaces the usual negations, and `$` in it is the start of the claim. Two more
    excuses for claims that aren't firm: `excuse` anywhere in the sentence, and `excuse_after`, which begins right
    behind the claim and stays in the sentence. A `disqualifier` in the same sentence takes all excuses back. `needs`
    must stand somewhere in the sentence, where given. `message` is formatted with `{words}`, the words of the hit.
    `name` is that of the data file, where they are from one.
    """

    @cached_property
    def _patterns(self) -> dict[int, re.Pattern[str]]:
        return {}  # compiled when first needed: most packs hold the anchors of few claims

    def pattern(self, index: int) -> re.Pattern[str]:
        """Return the compiled expression of a claim."""
        pattern = self._patterns.get(index)
        if pattern is None:
            pattern = self._patterns[index] = re.compile(self.claims[index].pattern)
        return pattern

    def _spans(self, text: str, among: Iterable[int]) -> list[_Span]:
        """Return where claims match: start, rank, end, index. Of two at one place the longer expression ranks first."""
        spans: list[_Span] = []
        loose: list[_Span] = []
        for index in among:
            rank = -len(self.claims[index].pattern)
            matches = islice(self.pattern(index).finditer(text), _ENOUGH)
            kind = loose if self.claims[index].loose else spans
            kind += [(found.start(), rank, found.end(), index) for found in matches]
        if loose:
            spans += _apart(loose, sorted(spans))
        return sorted(spans) if len(spans) > 1 else spans

    @cached_property
    def _mask(self) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.excepts)) if self.excepts else None

    @cached_property
    def _disqualifier(self) -> re.Pattern[str] | None:
        return re.compile(self.disqualifier) if self.disqualifier else None

    @cached_property
    def _needs(self) -> re.Pattern[str] | None:
        return re.compile(self.needs) if self.needs else None

    @cached_property
    def _negators(self) -> re.Pattern[str]:
        return re.compile(self.negators) if self.negators else NEGATION

    @cached_property
    def _excuses(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        anywhere = re.compile(self.excuse) if self.excuse else None
        after = re.compile(self.excuse_after) if self.excuse_after else None
        return anywhere, after

    def hits(self, text: str, among: Iterable[int] | None = None) -> Iterator[Hit]:
        """Yield the claims in a folded text, in order; `among` are the indices of those that may be there."""
        masks: list[tuple[int, int]] | None = None
        next_mask = behind = 0
        for start, _rank, end, index in self._spans(text, range(len(self.claims)) if among is None else among):
            if start < behind:  # inside of a claim that began earlier
                continue
            behind = end
            claim = self.claims[index]
            if start == end or not self._holds(text, start, end, claim):
                continue
            if masks is None:  # the dearest question comes last
                masks = [mask.span() for mask in self._mask.finditer(text)] if self._mask else []
            while next_mask < len(masks) and masks[next_mask][1] <= start:
                next_mask += 1
            if next_mask == len(masks) or masks[next_mask][0] >= end:
                yield Hit(start, end, claim)

    def _holds(self, text: str, start: int, end: int, claim: Claim) -> bool:
        excusable = not claim.firm and bool(self.negation or self.excuse or self.excuse_after)
        if self._needs is None and not excusable:
            return True
        left, right = sentence_around(text, start, end)
        if self._needs is not None and not self._needs.search(text, left, right):
            return False
        if not (excusable and self._is_excused(text, start, end, (left, right))):
            return True
        return self._disqualifier is not None and self._disqualifier.search(text, left, right) is not None

    def _is_excused(self, text: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
        if self.negation and is_negated(text, start, self.negation, self._negators):
            return True
        anywhere, after = self._excuses
        if anywhere is not None and anywhere.search(text, *sentence):
            return True
        return after is not None and after.match(text, end, sentence[1]) is not None
