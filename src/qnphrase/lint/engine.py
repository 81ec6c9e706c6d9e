"""Running rules over subjects: what can be found by literal words is found for all texts in one scan."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from itertools import groupby
from itertools import islice
from operator import attrgetter

from qnphrase.language import _
from qnphrase.lint.anchors import conditions_of
from qnphrase.lint.context import Claim
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.fork import both
from qnphrase.lint.lexicon import entry_pattern
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import Rule
from qnphrase.lint.scan import Corpus
from qnphrase.lint.scan import WordSearch
from qnphrase.lint.scan import batches
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

# Findings of one rule in one phrase; one with more of them is broken as a whole, and a list of a million helps nobody.
MOST = 100


# Characters from which a second process pays for its start and for the way back of what it finds.
_WORTH_A_PROCESS = 500_000
# The part of the texts that is looked through here, while the other process looks at the whole book and at the rest.
_PART = 0.65


def run_rules(
    subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings, *, processes: int = 1
) -> list[Finding]:
    """Return what `rules` find in `subjects`, in the order of the texts.

    What a rule finds in a text it finds in all equal ones. Of one rule in one text `MOST` findings are kept; the
    message of the last one says that there are more. A second process helps with many texts where `processes` allow.
    """
    in_texts = _InTexts(rules, settings)
    if processes > 1 and sum(len(subject.text) for subject in subjects) > _WORTH_A_PROCESS:
        cut = int(len(subjects) * _PART)
        in_texts.prepare()

        def rest() -> list[Finding]:
            found = in_texts.findings(subjects[cut:])
            moved = [finding._replace(subject=finding.subject + cut) for finding in found]
            return moved + _in_book(subjects, rules, settings)

        here, there = both(lambda: in_texts.findings(subjects[:cut]), rest)
        findings = here + there
    else:
        findings = in_texts.findings(subjects) + _in_book(subjects, rules, settings)
    return sorted(findings, key=lambda finding: (finding.subject, finding.start, finding.code, finding.end))


def _in_book(subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    book = Book(subjects, settings)
    findings: list[Finding] = []
    for rule in rules:
        if rule.check_book:
            for _subject, found in groupby(rule.check_book(book), key=_subject_of):
                findings += _limited(found)
    return findings


_subject_of = attrgetter("subject")


class _InTexts:
    """The rules that look at texts one by one."""

    def __init__(self, rules: Sequence[Rule], settings: Settings) -> None:
        self._by_claims = _ByClaims([rule for rule in rules if rule.claims], settings)
        self._by_text = [rule for rule in rules if rule.check]
        self._settings = settings

    def prepare(self) -> None:
        """Build what many texts need, so that a process that is split off needn't."""
        self._by_claims.search.prepare()

    def findings(self, subjects: Sequence[Subject]) -> list[Finding]:
        """Return what the rules find; equal texts are looked at once."""
        alike: dict[tuple[str, str], list[int]] = {}
        for index, subject in enumerate(subjects):
            alike.setdefault((subject.text, subject.kind), []).append(index)
        places = list(alike.values())
        distinct = [subjects[indices[0]] for indices in places]
        found: list[Finding] = []
        for batch in batches([subject.text for subject in distinct]):
            some, some_places = distinct[batch], places[batch]
            corpus = Corpus([subject.text for subject in some])
            by_text = _by_text(some, self._by_text, corpus, self._settings)
            for finding in chain(self._by_claims.findings(corpus), by_text):
                found += [finding._replace(subject=index) for index in some_places[finding.subject]]
        return found


def _limited(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first `MOST` of the findings of one rule in one text."""
    kept = list(islice(findings, MOST + 1))
    if len(kept) > MOST:
        message = _("{message}（这一条里还有更多，只列前 {count} 处）").format(
            message=kept[MOST - 1].message, count=MOST
        )
        kept[MOST - 1 :] = [kept[MOST - 1]._replace(message=message)]
    return kept


class _ByClaims:
    """The rules of closed lists, which share one search."""

    def __init__(self, rules: Sequence[Rule], settings: Settings) -> None:
        self._rules = rules
        self._lists = [_configured(rule, settings) for rule in rules]
        self._owners = [(number, index) for number, one in enumerate(self._lists) for index in range(len(one.claims))]
        self.search = WordSearch([conditions_of(claim.pattern) for one in self._lists for claim in one.claims])

    def findings(self, corpus: Corpus) -> Iterator[Finding]:
        """Yield what the rules find in these texts."""
        places: dict[tuple[int, int], list[int]] = {}  # text and rule: the claims that match
        for owner, texts in self.search.texts(corpus):
            number, claim = self._owners[owner]
            search = self._lists[number].pattern(claim).search
            for index in texts:
                if search(corpus.folded_texts[index]):
                    places.setdefault((index, number), []).append(claim)
        for (index, number), among in places.items():
            yield from _limited(_claimed(self._rules[number], self._lists[number], corpus, index, among))


def _claimed(rule: Rule, claims: Claims, corpus: Corpus, index: int, among: Sequence[int]) -> Iterator[Finding]:
    text = corpus.texts[index]
    hits: Iterable[Hit] = claims.hits(corpus.folded_texts[index], among)
    if rule.sift:
        standing = list(islice(hits, 10 * MOST))  # to sift a million would take its time
        hits = rule.sift(text, standing) if standing else ()
    for hit in hits:
        message = _(hit.claim.message or claims.message).format(words=text[hit.start : hit.end])
        yield Finding(rule.code, index, hit.start, hit.end, message, severity=hit.claim.severity)


def _configured(rule: Rule, settings: Settings) -> Claims:
    """Return the claims of a rule with the words and exceptions that the user adds."""
    assert rule.claims is not None  # noqa: S101 - the caller chose the rules that have some
    claims = rule.claims()
    words = settings.words.get(rule.code, ())
    allow = (*settings.allow.get("*", ()), *settings.allow.get(rule.code, ()))
    if not (words or allow):
        return claims
    return replace(
        claims,
        claims=(*claims.claims, *(Claim(_checked(word)) for word in words)),
        excepts=(*claims.excepts, *map(_checked, allow)),
    )


def _checked(word: str) -> str:
    """Return the expression of an entry of the configuration; what we ship is checked by tests."""
    pattern = entry_pattern(word)
    re.compile(pattern)
    return pattern


def _by_text(
    subjects: Sequence[Subject], rules: Sequence[Rule], corpus: Corpus, settings: Settings
) -> Iterator[Finding]:
    for rule in rules:
        assert rule.check is not None  # noqa: S101 - likewise
        indices = range(len(subjects)) if rule.trigger is None else _triggered(rule.trigger, corpus)
        for index in indices:
            for finding in _limited(rule.check(subjects[index], settings)):
                yield finding._replace(subject=index)


def _triggered(trigger: str, corpus: Corpus) -> Iterator[int]:
    """Yield each text in which the expression is found, once."""
    search = re.compile(trigger).search
    at = 0
    while found := search(corpus.joined, at):
        index = bisect_right(corpus.starts, found.start()) - 1
        if index < len(corpus.texts):
            yield index
        at = corpus.starts[index + 1]
