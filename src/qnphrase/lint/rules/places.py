"""How a message names another place of the book."""

from qnphrase.language import _
from qnphrase.lint.rule import Book
from qnphrase.lint.subject import Subject

_BEGINNING = 10


def place_of(book: Book, other: int, seen_from: int) -> str:
    """Return group and code of a phrase, as in 「售前」hy; without a code, how its text begins.

    In the book of a shop it is named as its file says it, and the file is named where it is another one.
    """
    if not book.sources:
        return _named(book.subjects[other])
    file, subject = book.sources[other]
    if file == book.sources[seen_from].file:
        return _named(subject)
    return _("{place}（{path}）").format(place=_named(subject), path=file)


def _named(subject: Subject) -> str:
    start = " ".join(subject.text[: _BEGINNING * 2].split())[:_BEGINNING]
    more = "…" if len(subject.text) > _BEGINNING else ""
    return f"「{subject.group or _('未分组')}」{subject.code.strip() or f'“{start}{more}”'}"
