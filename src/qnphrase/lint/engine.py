"""Running rules over subjects: what can be found by literal words is found for all texts in one scan."""

import re
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import chain
from itertools import groupby
from itertools import islice
from operator import attrgetter
from typing import Any
from typing import TypeVar

from qnphrase.fork import both
from qnphrase.formats.base import Reading
from qnphrase.language import _
from qnphrase.lint.allowed import allowed
from qnphrase.lint.allowed import without_allowed
from qnphrase.lint.anchors import conditions_of
from qnphrase.lint.automatic import graver_in_replies
from qnphrase.lint.context import Claim
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.dated import without_dated
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.lexicon import entry_pattern
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import Rule
from qnphrase.lint.rule import Source
from qnphrase.lint.scan import LONGEST
from qnphrase.lint.scan import Corpus
from qnphrase.lint.scan import WordSearch
from qnphrase.lint.scan import batches
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.lint.triage import possible_rules

Placed = TypeVar("Placed")

# Findings of one rule in one phrase; one with more of them is broken as a whole, and a list of a million helps nobody.
MOST = 100


# Characters from which a second process pays for its start and for the way back of what it finds.
_WORTH_A_PROCESS = 250_000


def run_rules(
    subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings, *, processes: int = 1
) -> list[Finding]:
    """Return what `rules` find in `subjects`, in the order of the texts; the rest as of `run_and_place`."""
    return sorted(run_and_place(subjects, rules, settings, lambda finding: finding, processes=processes), key=_order)


def run_and_place(
    subjects: Sequence[Subject],
    rules: Sequence[Rule],
    settings: Settings,
    place: Callable[[Finding], Placed],
    *,
    processes: int = 1,
) -> list[Placed]:
    """Return what `place` makes of each thing that `rules` find in `subjects`; those of one rule in order.

    What a rule finds in a text it finds in all equal ones. Of one rule in one text `MOST` findings are kept; the
    message of the last one says that there are more. Lists of words are looked for in the first `LONGEST` characters of
    a text. A second process helps with many texts where `processes` allow; `place` is called in this one only.
    """
    rules = possible_rules(rules, subjects, settings)

    def placed(findings: list[Finding]) -> list[Placed]:
        findings = without_dated(findings, rules, subjects)
        return [place(finding) for finding in sorted(graver_in_replies(findings, rules, subjects), key=_order)]

    if processes > 1 and sum(len(subject.text) for subject in subjects) > _WORTH_A_PROCESS:
        travelling = [rule for rule in rules if _finds_little(rule)]
        others = [rule for rule in rules if not _finds_little(rule)]

        def there() -> list[tuple[Any, ...]]:  # plain tuples, which travel in a third of the time
            return list(map(tuple, _in_texts(subjects, travelling, settings)))

        here, found = both(lambda: placed(_found(subjects, others, settings)), there)
        return here + placed(list(map(Finding._make, found)))
    return placed(_found(subjects, rules, settings))


def _finds_little(rule: Rule) -> bool:
    """Whether a rule spends its time on looking; about half of the time of all rules goes to these.

    What can be mended by machine is found in every third text, and so is what a whole book says twice: placing that
    takes as long as finding it, and so would the way from one process to the other.
    """
    return rule.claims is not None or (rule.check is not None and not rule.fixable)


def _found(subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    return _in_texts(subjects, rules, settings) + _in_book(subjects, rules, settings)


def _moved(finding: Finding, subject: int) -> Finding:
    code, _subject, start, end, message, field, severity, fix = finding
    return Finding(code, subject, start, end, message, field, severity, fix)


def _order(finding: Finding) -> tuple[int, int, str, int]:
    return finding.subject, finding.start, finding.code, finding.end


def run_book_rules(
    subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings, sources: Sequence[Source]
) -> list[Finding]:
    """Return what those of `rules` that look at whole books find in the book of a shop."""
    findings = without_dated(_in_book(subjects, rules, settings, sources), rules, subjects)
    return graver_in_replies(findings, rules, subjects)


def _in_book(
    subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings, sources: Sequence[Source] = ()
) -> list[Finding]:
    book = Book(subjects, settings, sources)
    findings: list[Finding] = []
    for rule in rules:
        if rule.check_book:
            found = _not_allowed(rule, rule.check_book(book), subjects, settings)
            for _subject, among in groupby(found, key=_subject_of):
                findings += _limited(among)
    return findings


def run_file_rules(reading: Reading, rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    """Return what `rules` find in how a file is written."""
    findings: list[Finding] = []
    for rule in rules:
        if rule.check_file:
            patterns = allowed(rule.code, settings)
            findings += without_allowed(rule.check_file(reading), patterns, lambda _finding: reading.document.text)
    return findings


def _not_allowed(
    rule: Rule, findings: Iterator[Finding], subjects: Sequence[Subject], settings: Settings
) -> Iterator[Finding]:
    patterns = allowed(rule.code, settings)
    if not patterns:
        return findings
    return without_allowed(findings, patterns, lambda finding: getattr(subjects[finding.subject], finding.field, ""))


_subject_of = attrgetter("subject")


def _in_texts(subjects: Sequence[Subject], rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    """Return what the rules find that look at texts one by one; equal texts are looked at once."""
    by_claims = _ByClaims([rule for rule in rules if rule.claims], settings)
    by_text = [rule for rule in rules if rule.check]
    alike: dict[tuple[str, str], list[int]] = {}
    for index, subject in enumerate(subjects):
        alike.setdefault((subject.text, subject.kind), []).append(index)
    places = list(alike.values())
    distinct = [subjects[indices[0]] for indices in places]
    found: list[Finding] = []
    for batch in batches([subject.text for subject in distinct]):
        some, some_places = distinct[batch], places[batch]
        corpus = Corpus([subject.text for subject in some])
        for finding in chain(by_claims.findings(corpus), _by_text(some, by_text, corpus, settings)):
            found += [_moved(finding, index) for index in some_places[finding.subject]]
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
        self._search = WordSearch(
            [conditions_of(claim.pattern, one.name) for one in self._lists for claim in one.claims]
        )

    def findings(self, corpus: Corpus) -> Iterator[Finding]:
        """Yield what the rules find in these texts."""
        if not self._rules:
            return
        places: dict[tuple[int, int], list[int]] = {}  # text and rule: the claims that match
        said = corpus.folded_texts
        for owner, texts in self._search.texts(corpus):
            number, claim = self._owners[owner]
            search = self._lists[number].pattern(claim).search
            for index in [index for index in texts if search(said[index])]:
                places.setdefault((index, number), []).append(claim)
        for (index, number), among in places.items():
            yield from _limited(_claimed(self._rules[number], self._lists[number], corpus, index, among))


def _claimed(rule: Rule, claims: Claims, corpus: Corpus, index: int, among: Sequence[int]) -> Iterator[Finding]:
    text = corpus.texts[index][:LONGEST]
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
    allow = allowed(rule.code, settings)
    if not (words or allow):
        return claims
    return claims._replace(
        claims=(*claims.claims, *(Claim(entry_pattern(word)) for word in words)),
        excepts=(*claims.excepts, *allow),
    )


def _by_text(
    subjects: Sequence[Subject], rules: Sequence[Rule], corpus: Corpus, settings: Settings
) -> Iterator[Finding]:
    for rule in rules:
        assert rule.check is not None  # noqa: S101 - likewise
        patterns = allowed(rule.code, settings)
        for index in _worth_checking(rule, corpus):
            subject = subjects[index]
            found = rule.check(subject, settings)
            if patterns:
                found = _not_allowed(rule, found, (subject,), settings)
            for finding in _limited(found):
                yield _moved(finding, index)


def _worth_checking(rule: Rule, corpus: Corpus) -> Iterable[int]:
    if rule.trigger is not None:
        return _triggered(rule.trigger, corpus)
    return [index for index, text in enumerate(corpus.texts) if len(text) <= (rule.longest or len(text))]


def _triggered(trigger: str, corpus: Corpus) -> Iterator[int]:
    """Yield each text in which the expression is found, once."""
    search = re.compile(trigger).search
    at = 0
    while found := search(corpus.joined, at):
        index = bisect_right(corpus.starts, found.start()) - 1
        if index < len(corpus.texts):
            yield index
        at = corpus.starts[index + 1]
