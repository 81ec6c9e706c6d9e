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
whole book may be rows of a pack, as `code,text,group`, one a line.
'''

import inspect
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

MARK = re.compile("〔(.*?)〕", re.DOTALL)
_REPEATED = re.compile("〈(.+?)〉×([0-9]{1,4})", re.DOTALL)


class Sample(NamedTuple):
    """A sample of the manual page. `spans` are the marked words of one that fails, as offsets of `text`."""

    text: str
    fails: bool
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Book:
    """What a rule that looks at a whole book sees: the subjects of one file, or of several files of one shop."""

    subjects: Sequence[Subject]
    settings: Settings

    @cached_property
    def phrases(self) -> list[tuple[int, Subject]]:
        """The phrases that are in use, with their indices."""
        return [pair for pair in enumerate(self.subjects) if pair[1].kind == "phrase" and pair[1].enabled]

    @cached_property
    def replies(self) -> list[tuple[int, Subject]]:
        """The auto-replies, those that are switched off too, with their indices."""
        return [pair for pair in enumerate(self.subjects) if pair[1].kind == "reply"]


TextCheck = Callable[[Subject, Settings], Iterator[Finding]]
BookCheck = Callable[[Book], Iterator[Finding]]
Sift = Callable[[str, Sequence[Hit]], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule. Exactly one of `claims`, `check` and `check_book` finds.

    * `claims` gives closed lists with exceptions, negation and disqualifiers; all rules of this kind share one scan.
      `sift` gets a text as it is with all its hits, in order, and returns those that count.
    * `check` looks at one text, and only at those in which `trigger`, a regular expression on the text as it is, is
      found somewhere; `trigger=None`: at every text.
    * `check_book` looks at all of them.
    """

    code: str
    name: str
    severity: Severity
    page: str
    claims: Callable[[], Claims] | None = None
    sift: Sift | None = None
    check: TextCheck | None = None
    trigger: str | None = None
    check_book: BookCheck | None = None
    on_by_default: bool = True
    fixable: bool = False

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
        on_by_default=on_by_default,
        fixable=fixable,
    )


def book_rule(
    code: str, name: str, severity: Severity, check: BookCheck, *, on_by_default: bool = True, fixable: bool = False
) -> Rule:
    """Return a rule that looks at a whole book; the docstring of `check` is its page."""
    return Rule(code, name, severity, _page(check), check_book=check, on_by_default=on_by_default, fixable=fixable)


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
