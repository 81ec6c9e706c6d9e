"""What keeps the book of a shop from being made: values with a place in the file that has to be changed."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from qnphrase.configuration import Mark
from qnphrase.document.span import Span
from qnphrase.shops.shelf import Book


class ProblemKind(StrEnum):
    """What is wrong."""

    MISSING_VARIABLE = "missing_variable"
    UNUSED_OVERRIDE = "unused_override"
    UNUSED_VARIABLE = "unused_variable"
    CLASH = "clash"


class Problem(NamedTuple):
    """One thing that is wrong. `span` is where in the text of `book`; a `mark` is in the configuration instead.

    Equal ones of several shops are one problem, told once.
    """

    kind: ProblemKind
    message: str
    mark: Mark
    book: Book | None = None
    span: Span = Span(0, 0)
    group: str = ""
    code: str = ""

    def __str__(self) -> str:
        return f"{self.mark}: {self.message}"


def in_book(kind: ProblemKind, message: str, book: Book, span: Span, *, group: str = "", code: str = "") -> Problem:
    """Return a problem that stands in a book."""
    document = book.pack.document
    line, column = document.position(span.start)
    return Problem(kind, message, Mark(document.path, line, column), book, span, group, code)


def told(problems: Iterable[tuple[str, Problem]]) -> list[tuple[Problem, list[str]]]:
    """Return each problem once, with the shops that have it, in the order of files and places."""
    shops: dict[Problem, list[str]] = {}
    for shop, problem in problems:
        shops.setdefault(problem, []).append(shop)
    return sorted(shops.items(), key=lambda one: one[0].mark)
