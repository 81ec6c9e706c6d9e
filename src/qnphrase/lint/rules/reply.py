"""The auto-replies of a book as rules look at them: what their codes say, and when they may be sent."""

from functools import cache
from typing import NamedTuple

from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.autoreply_group import parse
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.subject import Subject
from qnphrase.schedule import ALWAYS
from qnphrase.schedule import Schedule


class Reply(NamedTuple):
    """One auto-reply. `place` is the index of its subject."""

    place: int
    subject: Subject
    code: ReplyCode

    @property
    def schedule(self) -> Schedule:
        """When it may be sent."""
        return self.subject.schedule or ALWAYS


@cache
def _parsed(code: str) -> ReplyCode | None:
    return parse(code)


def replies(book: Book) -> list[Reply]:
    """Return the auto-replies of a book, those that are switched off too."""
    parsed = ((index, subject, _parsed(subject.code)) for index, subject in book.replies)
    return [Reply(index, subject, code) for index, subject, code in parsed if code is not None]


def enabled(book: Book) -> list[Reply]:
    """Return the auto-replies that are switched on."""
    return [reply for reply in replies(book) if reply.subject.enabled and reply.code.enabled]


def at_code(rule: str, reply: Reply, message: str, severity: Severity | None = None) -> Finding:
    """Return a finding at what says when a reply is sent."""
    return Finding(rule, reply.place, 0, len(reply.subject.code), message, field="code", severity=severity)
