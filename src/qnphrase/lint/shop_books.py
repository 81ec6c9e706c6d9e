"""Rules on the books of shops: as they are laid over each other and filled in, found again in the files they are from.

What many shops have in common is looked at once: a book by the rules that look at whole books, a filled-in text by
those that look at texts. Texts without a blank of ours are no matter here, for linting their file looks at them.
"""

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set
from dataclasses import dataclass
from dataclasses import replace
from typing import NamedTuple

from qnphrase.configuration import Mark
from qnphrase.language import _
from qnphrase.lint.baseline import relative
from qnphrase.lint.diagnostic import Context
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.engine import run_and_place
from qnphrase.lint.engine import run_book_rules
from qnphrase.lint.file import chosen_rules
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Source
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.lint.unruled import OVERRIDE_CLASH
from qnphrase.shops.problem import ProblemKind
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Said
from qnphrase.shops.shop import Shop
from qnphrase.shops.variables import Filled

_OF_PERSONS = "QN6"  # what a shop says of itself isn't a buyer's data, and a variable is the way to say it
_DUPLICATE_CODE = "QN713"  # says less of the same than `OVERRIDE_CLASH`


class Spot(NamedTuple):
    """Where something was found, and what: equal for two shops where only their values differ."""

    path: str
    place: int
    field: str
    start: int
    end: int
    code: str
    message: str


class Found(NamedTuple):
    """A finding in the offsets of its source, the filled-in text where that is another, and the numbers of shops.

    It has no fix: what a file says by itself is mended there, and values aren't for mending.
    """

    finding: Finding
    context: Context | None
    shops: set[int]


class InValue(NamedTuple):
    """Something that a value says by itself: it is told where the value stands, not at each phrase that uses it."""

    mark: Mark
    rule: str
    message: str
    words: str
    severity: Severity | None


Spots = dict[Spot, Found]
Values = dict[InValue, set[int]]  # with the numbers of the shops


@dataclass(frozen=True)
class _Filling:
    """An entry as it is filled in for some shops."""

    said: Said
    subject: Subject
    shops: set[int]


class ShopBooks:
    """Looks at the books of shops, one after the other, for what stands in some files; `look_at_texts` comes last."""

    def __init__(self, options: LintOptions, paths: Set[str]) -> None:
        rules = chosen_rules(options)
        self._book_rules = [rule for rule in rules if rule.check_book]
        self._text_rules = [rule for rule in rules if rule.check or rule.claims]
        self._tells_clashes = options.chooses(OVERRIDE_CLASH)
        self._options = options
        self._paths = paths
        self._names: dict[str, str] = {}
        self._books: dict[Hashable, list[Spot]] = {}
        self._fillings: dict[Hashable, _Filling] = {}
        self._shops: dict[int, Shop] = {}
        self.spots: Spots = {}
        self.values: Values = {}

    def look_at(self, number: int, resolved: Resolved) -> None:
        """Find what there is to find in the book of one shop; the texts wait for those of the others."""
        self._shops[number] = resolved.shop
        subjects = resolved.subjects()
        settings = _settings(self._options.settings, resolved.shop.limits)
        texts = [
            (id(said.source.book), said.source.subject.place, subject.text)
            for said, subject in zip(resolved.said, subjects, strict=True)
        ]
        key = (tuple(sorted(resolved.shop.limits.items())), tuple(texts))
        if key not in self._books:
            self._books[key] = self._spots_of(number, resolved, subjects, settings)
        for spot in self._books[key]:
            self.spots[spot].shops.add(number)
        for said, subject, text in zip(resolved.said, subjects, texts, strict=True):
            if subject.text != said.source.subject.text and said.source.book.pack.path in self._paths:
                self._fillings.setdefault(text, _Filling(said, subject, set())).shops.add(number)

    def _spots_of(self, number: int, resolved: Resolved, subjects: Sequence[Subject], settings: Settings) -> list[Spot]:
        sources = [Source(self._shown(said.source.book.pack.path), said.source.subject) for said in resolved.said]
        clashing = _clashing_codes(resolved) if self._tells_clashes else ()
        spots = []
        for finding in run_book_rules(subjects, self._book_rules, settings, sources):
            said, subject = resolved.said[finding.subject], subjects[finding.subject]
            is_told = finding.code == _DUPLICATE_CODE and subject.code in clashing
            if said.source.book.pack.path in self._paths and not is_told:
                spots.append(self._add(finding, said, subject, (number,)))
        return spots

    def _shown(self, path: str) -> str:
        if path not in self._names:
            self._names[path] = relative(path, self._options.folder)
        return self._names[path]

    def look_at_texts(self) -> None:
        """Find what there is to find in the texts that were filled in, each of them once."""
        fillings = list(self._fillings.values())
        subjects = [filling.subject for filling in fillings]
        found = run_and_place(subjects, self._text_rules, self._options.settings, lambda finding: finding)
        for finding in found:
            filling = fillings[finding.subject]
            name = _value_that_says(finding, filling.said.text)
            words = filling.subject.text[finding.start : finding.end]
            if name is None:
                self._add(finding, filling.said, filling.subject, filling.shops)
            elif not finding.code.startswith(_OF_PERSONS):
                self._add_to_value(finding, name, words, filling.shops)

    def _add_to_value(self, finding: Finding, name: str, words: str, shops: Iterable[int]) -> None:
        variables = self._options.shops.variables if self._options.shops else {}
        message = _("变量 {name}：{why}").format(name=name, why=finding.message)
        for number in shops:
            given = self._shops[number].given.get(name) or variables[name]
            value = InValue(given.mark, finding.code, message, words, finding.severity)
            self.values.setdefault(value, set()).add(number)

    def _add(self, finding: Finding, said: Said, subject: Subject, shops: Iterable[int]) -> Spot:
        code, _subject, first, last, message, field, severity, _fix = finding
        start, end = said.written(field, first, last)
        source = said.source.subject
        path = said.source.book.pack.path
        spot = Spot(path, source.place, field, start, end, code, _without_values(message, said.text))
        found = self.spots.get(spot)
        if found is None:
            is_filled = field == "text" and subject.text != source.text
            context = Context(subject.text, first, last) if is_filled else None
            written = Finding(code, -1, start, end, message, field, severity)
            found = self.spots[spot] = Found(written, context, set())
        found.shops.update(shops)
        return spot


def _settings(settings: Settings, limits: Mapping[str, int]) -> Settings:
    """Return the settings with what one shop has its own limits for; no rule for single texts reads them."""
    return replace(
        settings,
        max_text=limits.get("text", settings.max_text),
        max_code=limits.get("code", settings.max_code),
        max_group=limits.get("group", settings.max_group),
        max_emoticons=limits.get("emoticons", settings.max_emoticons),
    )


def _clashing_codes(resolved: Resolved) -> frozenset[str]:
    return frozenset(problem.code for problem in resolved.problems if problem.kind is ProblemKind.CLASH)


def _value_that_says(finding: Finding, text: Filled) -> str | None:
    """Return the name of the variable whose value holds all that was found."""
    if finding.field != "text":
        return None
    inside = (at for at, (start, end) in enumerate(text.values) if start <= finding.start < finding.end <= end)
    return next((text.blanks[at].name for at in inside), None)


def _without_values(message: str, text: Filled) -> str:
    """Return a message with the names of variables for the values that it quotes."""
    for blank, (start, end) in zip(text.blanks, text.values, strict=True):
        if end > start:
            message = message.replace(text.text[start:end], f"{{{blank.name}}}")
    return message


def merged(spots: Spots, others: Spots) -> Spots:
    """Return what was found in both."""
    for spot, found in others.items():
        spots.setdefault(spot, found).shops.update(found.shops)
    return spots


def merged_values(values: Values, others: Values) -> Values:
    """Return what was found in the values of both."""
    for value, shops in others.items():
        values.setdefault(value, set()).update(shops)
    return values
