"""The tests of a book, found, read and run."""

import os
from collections.abc import Callable

from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.errors import FileError
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.replies.beside import ENDINGS
from qnphrase.replies.beside import book_beside
from qnphrase.replies.beside import is_same
from qnphrase.replies.beside import is_suite
from qnphrase.replies.beside import suite_files
from qnphrase.replies.case_file import read_suite
from qnphrase.replies.cases import Suite
from qnphrase.replies.cases import SuiteRun
from qnphrase.replies.cases import run_suite
from qnphrase.replies.profile import Profile


def run_tests(path: str, profile: Profile | None = None, *, read: Callable[[str], Pack] = load) -> list[SuiteRun]:
    """Run the tests beside a book, or one file of tests; `read` loads the book.

    Raises `FileError` for what can't be read and where the book is missing, `UsageError` where there are no tests.
    """
    if is_suite(path):
        suite = load_suite(path)
        book = book_of(suite)
        if book is None:
            raise book_missing(suite)
        return [run_suite(suite, read(book).book, profile)]
    held = read(path).book
    suites = suites_beside(path)
    if not any(suite.cases for suite in suites):
        raise UsageError(
            _("{path} 旁边没有自动回复的用例").format(path=path),
            hint=_("请在同一个文件夹里写一个 {name}，写法见 docs/replies.md。").format(
                name=os.path.splitext(os.path.basename(path))[0] + ENDINGS[0]
            ),
        )
    return [run_suite(suite, held, profile) for suite in suites]


def book_missing(suite: Suite) -> FileError:
    """Return (not raise) the error that a suite tests no book."""
    hint = _("用例文件要和短语本同名，如 店铺.yaml 和 店铺.replies-test.yaml；不同名就在开头写 book: 短语本的文件名。")
    return UnreadableFileError(_("找不到这些用例要测的短语本"), path=suite.path, hint=hint)


def load_suite(path: str) -> Suite:
    """Read a file of tests. Raises `FileError`."""
    return read_suite(Document.of_bytes(read_bytes(path), path=path))


def book_of(suite: Suite) -> str | None:
    """Return the path of the book that a suite tests, or `None` where there is none."""
    if suite.book:
        path = os.path.join(os.path.dirname(suite.path), suite.book)
        return path if os.path.isfile(path) else None
    return book_beside(suite.path)


def suites_beside(book: str) -> list[Suite]:
    """Return the tests of a book that stand in its folder, by name. Raises `FileError` for those that can't be read,
    unless their name says that they belong to another book.
    """
    folder = os.path.dirname(book)
    found = []
    for path in suite_files(folder):
        try:
            suite = load_suite(path)
        except FileError:
            if is_same(book_beside(path), book) or book_beside(path) is None:
                raise
            continue
        if is_same(book_of(suite), book):
            found.append(suite)
    return found
