"""What is built is what is linted: the books of all shops that take a linted file, and what is wrong with those.

Each shop is made as for its pack. What is found in its book stands in the files of the book, and in the configuration;
of files only those are spoken of that are linted. One thing in many shops is one finding that names them.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.configuration import Mark
from qnphrase.errors import FileError
from qnphrase.fork import both
from qnphrase.lint.baseline import relative
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.file import FileResult
from qnphrase.lint.file import InShops
from qnphrase.lint.file import diagnostic_of_error
from qnphrase.lint.file import locate
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import rule_named
from qnphrase.lint.shop_books import Found
from qnphrase.lint.shop_books import ShopBooks
from qnphrase.lint.shop_books import Spot
from qnphrase.lint.shop_books import Spots
from qnphrase.lint.shop_books import Values
from qnphrase.lint.shop_books import merged
from qnphrase.lint.shop_books import merged_values
from qnphrase.lint.unruled import MISSING_VARIABLE
from qnphrase.lint.unruled import OVERRIDE_CLASH
from qnphrase.lint.unruled import UNUSED_OVERRIDE
from qnphrase.shops.problem import Problem
from qnphrase.shops.problem import ProblemKind
from qnphrase.shops.problem import told
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops

_RULES: Mapping[ProblemKind, Rule] = {
    ProblemKind.MISSING_VARIABLE: MISSING_VARIABLE,
    ProblemKind.UNUSED_OVERRIDE: UNUSED_OVERRIDE,
    ProblemKind.UNUSED_VARIABLE: UNUSED_OVERRIDE,
    ProblemKind.CLASH: OVERRIDE_CLASH,
}
# Phrases of all shops from which a second process pays for its start.
_WORTH_A_PROCESS = 20_000

File = tuple[str, LintOptions]
Told = list[tuple[str, Problem]]


class Beside(NamedTuple):
    """What the books of shops say of a file that isn't linted: the configuration, or a book that can't be read."""

    result: FileResult
    options: LintOptions


def findings_in_shops(files: Sequence[File]) -> tuple[list[InShops], list[Beside]]:
    """Return for each file what was found of it in the books of the shops that take it, and what concerns others."""
    by_configuration: dict[str, dict[str, int]] = defaultdict(dict)
    for index, (path, options) in enumerate(files):
        if options.shops:
            by_configuration[options.shops.path].setdefault(os.path.realpath(path), index)
    in_shops = [InShops()] * len(files)
    beside: list[Beside] = []
    for linted in by_configuration.values():
        one = _Configuration([files[index] for index in linted.values()])
        for index in linted.values():
            in_shops[index] = one.of_file(files[index][0])
        beside += one.beside()
    return in_shops, beside


class _Configuration:
    """The shops of one configuration, and those of its files that are linted."""

    def __init__(self, files: Sequence[File]) -> None:
        self._options = files[0][1]  # one configuration gives all its files the same
        assert self._options.shops is not None  # noqa: S101 - the caller chose those that have some
        self._named = {os.path.realpath(path): path for path, _options in files}
        self._resolver = Resolver(self._options.shops)
        self._unreadable: dict[str, FileError] = {}
        self._shops = [shop for shop in self._concerned(self._options.shops) if self._is_readable(shop)]
        self._linted = {
            book.text: self._named[os.path.realpath(book.text)]
            for shop in self._shops
            for book in shop.books
            if os.path.realpath(book.text) in self._named
        }
        self._numbered: dict[str, Mapping[int, int]] = {}
        self._found: dict[str, list[Diagnostic]] = defaultdict(list)
        self._find()

    def _concerned(self, shops: Shops) -> Iterator[Shop]:
        for shop in shops.shops.values():
            if shop.is_built and any(os.path.realpath(book.text) in self._named for book in shop.books):
                yield shop

    def _is_readable(self, shop: Shop) -> bool:
        """Load the books of a shop; which of them can't be read is kept."""
        for book in shop.books:
            if book.text not in self._unreadable:
                try:
                    self._resolver.shelf.book(book.text)
                except FileError as error:
                    self._unreadable[book.text] = error
        return not any(book.text in self._unreadable for book in shop.books)

    def _find(self) -> None:
        spots, values, problems = self._looked_at()
        for spot, found in spots.items():
            self._found[self._linted[spot.path]].append(self._diagnostic(spot, found))
        for problem, shops in told(problems):
            if not self._options.chooses(_RULES[problem.kind]):
                continue
            path = problem.mark.path
            if path in self._linted:
                self._found[self._linted[path]].append(self._in_book(problem, shops))
            elif path == self._resolver.shops.path:
                self._found[path].append(_in_configuration(_RULES[problem.kind], problem.message, problem.mark, shops))
        for value, numbers in values.items():
            names = [self._shops[number].name for number in sorted(numbers)]
            rule = rule_named(value.rule)
            assert rule is not None  # noqa: S101 - it is the rule that found this
            severity = self._options.severity.get(rule.code) or value.severity or rule.severity
            found_in_value = _in_configuration(rule, value.message, value.mark, names)
            self._found[value.mark.path].append(found_in_value._replace(severity=severity, text=value.words))

    def _looked_at(self) -> tuple[Spots, Values, Told]:
        numbers = range(len(self._shops))
        books = (self._resolver.shelf.book(book.text) for shop in self._shops for book in shop.books)
        if sum(len(book.entries) for book in books) < _WORTH_A_PROCESS:
            return self._look_at(numbers)
        half = len(numbers) // 2
        here, there = both(lambda: self._look_at(numbers[:half]), lambda: self._look_at(numbers[half:]))
        return merged(here[0], there[0]), merged_values(here[1], there[1]), here[2] + there[2]

    def _look_at(self, numbers: Sequence[int]) -> tuple[Spots, Values, Told]:
        """Look at the books of some shops. What is returned is light, for it may go to another process."""
        books = ShopBooks(self._options, self._linted.keys())
        problems: Told = []
        for number in numbers:
            resolved = self._resolver.resolved(self._shops[number])
            problems += [(resolved.shop.name, problem._replace(book=None)) for problem in resolved.problems]
            books.look_at(number, resolved)
        books.look_at_texts()
        return books.spots, books.values, problems

    def _diagnostic(self, spot: Spot, found: Found) -> Diagnostic:
        pack = self._resolver.shelf.book(spot.path).pack
        finding = found.finding._replace(subject=self._indices(spot.path)[spot.place])
        one = locate(finding, pack, pack.reading.subjects(), self._options)
        shops = tuple(self._shops[number].name for number in sorted(found.shops))
        return one._replace(path=self._linted[spot.path], context=found.context or one.context, shops=shops)

    def _in_book(self, problem: Problem, shops: Sequence[str]) -> Diagnostic:
        path, (start, end) = problem.mark.path, problem.span
        pack = self._resolver.shelf.book(path).pack
        subjects = pack.reading.subjects()
        around = (number for number, one in enumerate(subjects) if start in range(*pack.reading.entry(one.place)))
        rule = _RULES[problem.kind]
        finding = Finding(rule.code, next(around, -1), start, end, problem.message, field="")
        return locate(finding, pack, subjects, self._options)._replace(path=self._linted[path], shops=tuple(shops))

    def _indices(self, path: str) -> Mapping[int, int]:
        """Return the number of each subject of a book by its place."""
        if path not in self._numbered:
            subjects = self._resolver.shelf.book(path).pack.reading.subjects()
            self._numbered[path] = {subject.place: number for number, subject in enumerate(subjects)}
        return self._numbered[path]

    def of_file(self, path: str) -> InShops:
        """Return what was found of a linted file."""
        return InShops(self._found.get(path, ()), path in self._linted.values())

    def beside(self) -> Iterator[Beside]:
        """Yield what was found of the configuration, and the books that can't be read, which no linting will tell."""
        shops = self._resolver.shops
        found = self._found.get(shops.path, [])
        name = relative(shops.path, self._options.folder)
        kept = [one for one in found if not any(ignore.covers(one, name) for ignore in self._options.ignores)]
        if found:
            yield Beside(FileResult(shops.path, kept, len(found) - len(kept), False, 0), self._options)
        for path, error in self._unreadable.items():
            if os.path.realpath(path) not in self._named:
                yield Beside(FileResult(path, [diagnostic_of_error(error, path)], 0, True, 0), self._options)


def _in_configuration(rule: Rule, message: str, mark: Mark, shops: Sequence[str]) -> Diagnostic:
    path, line, column = mark
    code, name, severity = rule.code, rule.name, rule.severity
    return Diagnostic(
        code, name, severity, message, path, line, column, line, column, 0, 0, "", "", "", -1, "",
        shops=tuple(shops),
    )  # fmt: skip
