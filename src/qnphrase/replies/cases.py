"""Tests of auto-replies, `店铺.replies-test.yaml` beside the book `店铺.yaml`: a situation each, and what must be sent.

    book: 店铺.yaml                  # where the name doesn't say it
    profile: qianniu-unverified      # which reply is sent when several hold
    cases:
      - name: 双十一晚上忙不过来
        at: 2026-11-11T23:50         # the shop's clock
        status: busy                 # online, where it isn't said
        contacts: 35                 # 1
        first_today: true            # false
        last_sent: {忙碌: 2026-11-11T23:20}
        reply: 忙碌                  # or [首次, 忙碌], or none; or `text:` with the words themselves

As in a book every value is a text, and what isn't known is an error with its place.
"""

import datetime
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.document.span import Position
from qnphrase.language import _
from qnphrase.model import Phrasebook
from qnphrase.replies.profile import DEFAULT_PROFILE
from qnphrase.replies.profile import Profile
from qnphrase.replies.profile import profile_named
from qnphrase.replies.semantics import Decision
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.semantics import decide
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status
from qnphrase.replies.words import names_of
from qnphrase.replies.words import shown


class Expected(NamedTuple):
    """What must be sent: replies by their names, or by what they say; nothing: no reply at all.

    `start` and `end` are where it stands in the file's text.
    """

    by_text: bool
    values: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Case:
    """One test. `last_sent` names the replies; `start` is where it begins in the file's text."""

    name: str
    at: datetime.datetime
    status: Status
    contacts: int
    first_today: bool
    last_sent: Mapping[str, datetime.datetime]
    expected: Expected
    start: int


@dataclass(frozen=True)
class Suite:
    """The tests of one file. `book` is the path of the book as it is written there; empty: the file's name says it."""

    document: Document
    cases: tuple[Case, ...]
    book: str = ""
    profile: str = DEFAULT_PROFILE

    @property
    def path(self) -> str:
        """Where it was read from."""
        return self.document.path

    def position(self, case: Case) -> Position:
        """Return line and column of a case, from 1."""
        return self.document.position(case.start)


class Outcome(NamedTuple):
    """What became of a case. `problem` says what is wrong, in the user's language; empty: nothing.

    `situation` and `decision` are missing where the case names a reply that the book doesn't hold.
    """

    case: Case
    problem: str
    situation: Situation | None = None
    decision: Decision | None = None

    @property
    def passed(self) -> bool:
        """Whether what was sent is what must be sent."""
        return not self.problem


class SuiteRun(NamedTuple):
    """One file of tests, tried on a book."""

    suite: Suite
    book: Phrasebook
    profile: Profile
    outcomes: Sequence[Outcome]

    @property
    def failed(self) -> list[Outcome]:
        """The cases that failed."""
        return [outcome for outcome in self.outcomes if not outcome.passed]


def run_suite(suite: Suite, book: Phrasebook, profile: Profile | None = None) -> SuiteRun:
    """Try all cases of a suite on a book; with `profile` instead of the one that the suite names."""
    rules = ReplyRules.of(book)
    chosen = profile or profile_named(suite.profile)
    return SuiteRun(suite, book, chosen, [_outcome(case, rules, chosen) for case in suite.cases])


def _outcome(case: Case, rules: ReplyRules, profile: Profile) -> Outcome:
    names = names_of(rules.replies)
    named = [*case.last_sent, *(() if case.expected.by_text else case.expected.values)]
    unknown = next((name for name in named if name not in names), None)
    if unknown is not None:
        return Outcome(case, _unknown(unknown, names))
    last_sent = {names.index(name): at for name, at in case.last_sent.items()}
    situation = Situation(case.at, case.status, case.contacts, case.first_today, last_sent)
    decision = decide(rules, situation, profile)
    return Outcome(case, _problem(case.expected, decision, names), situation, decision)


def _unknown(name: str, names: list[str]) -> str:
    if not names:
        return _("短语本里没有自动回复")
    return _("短语本里没有叫“{name}”的自动回复，只有：{names}").format(name=name, names=_("、").join(names))


def _problem(expected: Expected, decision: Decision, names: list[str]) -> str:
    got = tuple(trace.text if expected.by_text else names[trace.index] for trace in decision.sent)
    if got == expected.values or (expected.by_text and _trimmed(got) == _trimmed(expected.values)):
        return ""
    return _("应该是{expected}，实际是{got}").format(expected=_listed(expected.values), got=_listed(got))


def _trimmed(texts: tuple[str, ...]) -> list[str]:
    """Return texts without the line breaks at their ends, which `text: |` adds and nobody sees."""
    return [text.rstrip("\n") for text in texts]


def _listed(values: tuple[str, ...]) -> str:
    if not values:
        return _("什么也不发")
    return _("、").join(_("“{text}”").format(text=shown(value)) for value in values)
