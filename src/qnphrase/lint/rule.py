r'''What a rule is: a code, a name, a severity, a manual page, and a function that yields findings.

A rule's docstring is its manual page, in Chinese, for the shop lead who reads it:

    """一句话说清楚查什么。

    为什么：…
    依据：…
    怎么改：…

    PASS: 一句合格的话
    FAIL: 一句会被查出来的〔话〕
    """

Samples are executed: no FAIL sample passes and no PASS sample fails; in a FAIL sample 〔 〕 mark the words.
A sample may hold `\n` for a line break and `〈…〉×600` for so many times the same. The sample of a rule that looks at a
whole book may be rows of a pack, as `code,text,group`, one a line, and behind them the scenario of a phrase or the
hours of an auto-reply (`忙碌,请稍等,自动回复,,09:00-18:00`); that of a rule that looks at a file is a line of a phrase
in a YAML book.
'''

import inspect
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from qnphrase.formats.base import Reading
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.pattern import lazy_pattern

MARK = lazy_pattern("〔(.*?)〕", re.DOTALL)
_UNSEEN = lazy_pattern("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
_REPEATED = lazy_pattern("〈(.+?)〉×([0-9]{1,4})", re.DOTALL)


class Sample(NamedTuple):
    """A sample of the manual page. `spans` are the marked words of one that fails, as offsets of `text`."""

    text: str
    fails: bool
    spans: tuple[tuple[int, int], ...]


class Source(NamedTuple):
    """What became a subject of a shop's book: as its own file says it."""

    file: str
    subject: Subject


class Book:
    """What a rule that looks at a whole book sees: the subjects of one file, or the book of one shop.

    In that of a shop each subject has its source, for there two of them may stand in different files.
    """

    def __init__(self, subjects: Sequence[Subject], settings: Settings, sources: Sequence[Source] = ()) -> None:
        self.subjects = subjects
        self.settings = settings
        self.sources = sources

    @cached_property
    def phrases(self) -> list[tuple[int, Subject]]:
        """The phrases that are in use, with their indices."""
        return [pair for pair in enumerate(self.subjects) if pair[1].kind == "phrase" and pair[1].enabled]

    @cached_property
    def as_read(self) -> list[str]:
        """What a buyer reads of each of the phrases, without blanks and what isn't seen."""
        plain = ["".join(subject.text.split()) for _index, subject in self.phrases]
        return plain if _UNSEEN.search("\n".join(plain)) is None else [_UNSEEN.sub("", text) for text in plain]

    @cached_property
    def replies(self) -> list[tuple[int, Subject]]:
        """The auto-replies, those that are switched off too, with their indices."""
        return [pair for pair in enumerate(self.subjects) if pair[1].kind == "reply"]


TextCheck = Callable[[Subject, Settings], Iterator[Finding]]
BookCheck = Callable[[Book], Iterator[Finding]]
FileCheck = Callable[[Reading], Iterator[Finding]]
Sift = Callable[[str, Sequence[Hit]], Iterable[Hit]]


class Rule(NamedTuple):
    """One rule. Exactly one of `claims`, `check`, `check_book` and `check_file` finds; none of what is found
    beside the rules (`qnphrase.lint.unruled`).

    * `claims` gives closed lists with exceptions, negation and disqualifiers; all rules of this kind share one scan.
      `sift` gets a text as it is with all its hits, in order, and returns those that count.
    * `check` looks at one text, and only at those in which `trigger`, a regular expression on the text as it is, is
      found somewhere; `trigger=None`: at every text, or at those of at most `longest` characters.
    * `check_book` looks at all of them.
    * `check_file` looks at how a file is written; its findings have no field.

    What is `graver_in_replies` is one step more severe in an auto-reply that is switched on, for nobody reads that over
    before it goes to each and every buyer. What `spares_dated` says nothing of a phrase with a last day of use.
    """

    code: str
    name: str
    severity: Severity
    page: str
    claims: Callable[[], Claims] | None = None
    sift: Sift | None = None
    check: TextCheck | None = None
    trigger: str | None = None
    longest: int = 0
    check_book: BookCheck | None = None
    check_file: FileCheck | None = None
    on_by_default: bool = True
    fixable: bool = False
    graver_in_replies: bool = False
    spares_dated: bool = False

    @property
    def summary(self) -> str:
        """The first line of the manual page."""
        return self.page.partition("\n")[0]

    @property
    def samples(self) -> list[Sample]:
        """The samples of the manual page."""
        return [_sample(kind, text) for kind, text in re.findall(r"^(PASS|FAIL): (.*)$", self.page, re.MULTILINE)]


def claims_rule(
    code: str,
    name: str,
    severity: Severity,
    claims: Callable[[], Claims],
    *,
    sift: Sift | None = None,
    on_by_default: bool = True,
) -> Rule:
    """Return a rule of closed lists; the docstring of `claims` is its page."""
    return Rule(code, name, severity, _page(claims), claims=claims, sift=sift, on_by_default=on_by_default)


def text_rule(
    code: str,
    name: str,
    severity: Severity,
    check: TextCheck,
    *,
    trigger: str | None = None,
    longest: int = 0,
    on_by_default: bool = True,
    fixable: bool = False,
) -> Rule:
    """Return a rule that looks at one text; the docstring of `check` is its page."""
    return Rule(
        code,
        name,
        severity,
        _page(check),
        check=check,
        trigger=trigger,
        longest=longest,
        on_by_default=on_by_default,
        fixable=fixable,
    )


def book_rule(
    code: str, name: str, severity: Severity, check: BookCheck, *, on_by_default: bool = True, fixable: bool = False
) -> Rule:
    """Return a rule that looks at a whole book; the docstring of `check` is its page."""
    return Rule(code, name, severity, _page(check), check_book=check, on_by_default=on_by_default, fixable=fixable)


def file_rule(code: str, name: str, severity: Severity, check: FileCheck, *, fixable: bool = False) -> Rule:
    """Return a rule that looks at how a file is written; the docstring of `check` is its page."""
    return Rule(code, name, severity, _page(check), check_file=check, fixable=fixable)


def _page(function: Callable[..., object]) -> str:
    return inspect.cleandoc(function.__doc__ or "")


def _sample(kind: str, text: str) -> Sample:
    text = _REPEATED.sub(lambda found: found[1] * int(found[2]), text.replace("\\n", "\n"))
    spans: list[tuple[int, int]] = []
    plain = ""
    at = 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1])))
        plain += mark[1]
        at = mark.end()
    return Sample(plain + text[at:], kind == "FAIL", tuple(spans))
