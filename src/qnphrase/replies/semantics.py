"""Which auto-replies of a book are sent in a situation, and why the others are not. Pure: no clock, no file, no state.

A reply *holds* when all of this is so; the first that isn't is the reason that is given:

1. it is enabled;
2. it says something: a text that isn't blank, or a pointer to a phrase that is there, enabled, not blank and not past
   its last day. Where several such phrases bear the code, it is the text that comes first in alphabetical order, as in
   packs;
3. its trigger holds. `busy`, `away`: that is the status. `first_message`: it is the buyer's first message since 00:00
   of the shop's clock. `contacts_over`: strictly more contacts are being served than its threshold. Triggers don't
   look at each other's conditions: a first message may come at any status;
4. its schedule holds. Hours run from their start until before their end; those that pass midnight belong to the day on
   which they begin. Days, dates and hours are those of the shop's clock, whole minutes: 23:59:60 counts as 23:59;
5. its cool-down is over: this buyer never got it, or at least `cooldown` minutes ago. A time in the future counts as
   just now.

Which of those that hold are sent is up to the profile.
"""

import datetime
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from typing import Self

from qnphrase.model import AutoReply
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger
from qnphrase.replies.profile import DEFAULT
from qnphrase.replies.profile import Profile
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status
from qnphrase.schedule import ALWAYS
from qnphrase.schedule import Schedule

_STATUS_OF = {Trigger.BUSY: Status.BUSY, Trigger.AWAY: Status.AWAY}
_NEVER: Mapping[int, datetime.datetime] = {}


class Reason(StrEnum):
    """Why a reply was sent or not; in the order in which they are looked at."""

    DISABLED = "disabled"
    EMPTY = "empty"
    STATUS = "status"
    NOT_FIRST = "not_first"
    NOT_OVER = "not_over"
    SCHEDULE = "schedule"
    COOLDOWN = "cooldown"
    PRECEDENCE = "precedence"  # it holds, but the profile sends another
    SENT = "sent"


class Trace(NamedTuple):
    """What became of one reply. `index` is its place in the book, from 0; `text` what the buyer would read."""

    index: int  # type: ignore[assignment]  # the field's own word; nobody searches this tuple with tuple.index
    reply: AutoReply
    reason: Reason
    text: str

    @property
    def holds(self) -> bool:
        """Whether it would be sent if there were no other."""
        return self.reason in (Reason.SENT, Reason.PRECEDENCE)


@dataclass(frozen=True)
class Decision:
    """What the buyer gets, in the order in which it is sent, and what became of every reply, in book order."""

    sent: tuple[Trace, ...]
    traces: tuple[Trace, ...]


class Rule(NamedTuple):
    """A reply made ready for deciding. `texts` are what it may say, each with the last day on which it may."""

    index: int  # type: ignore[assignment]  # as in `Trace`
    reply: AutoReply
    status: Status | None
    needs_first: bool
    threshold: int
    schedule: Schedule | None
    cooldown: datetime.timedelta | None
    texts: tuple[tuple[str, datetime.date | None], ...]

    def text_on(self, day: datetime.date) -> str:
        """Return what it says on a day; empty: nothing."""
        for text, until in self.texts:
            if until is None or day <= until:
                return text
        return ""

    def reason(self, situation: Situation) -> Reason:
        """Return why it doesn't hold, or `SENT` where it does."""
        if not self.reply.enabled:
            return Reason.DISABLED
        if not self.text_on(situation.at.date()):
            return Reason.EMPTY
        if self.status is not None and situation.status is not self.status:
            return Reason.STATUS
        if self.needs_first and not situation.first_today:
            return Reason.NOT_FIRST
        if situation.contacts <= self.threshold:
            return Reason.NOT_OVER
        if self.schedule is not None and not self.schedule.holds(situation.at):
            return Reason.SCHEDULE
        if self.cooldown is not None:
            last = situation.last_sent.get(self.index)
            if last is not None and situation.at - last < self.cooldown:
                return Reason.COOLDOWN
        return Reason.SENT


class ReplyRules:
    """The auto-replies of a book, made ready once for many decisions."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._candidates: dict[tuple[Profile, Status, bool], tuple[Rule, ...]] = {}
        self._minute: tuple[datetime.datetime | None, frozenset[int]] = (None, frozenset())

    @classmethod
    def of(cls, book: Phrasebook) -> Self:
        """Make the replies of a book ready."""
        texts: dict[str, list[tuple[str, datetime.date | None]]] = {}
        wanted = {reply.phrase for reply in book.auto_replies if reply.phrase}
        for _group, phrase in book.all_phrases() if wanted else ():
            if phrase.code in wanted and phrase.enabled and phrase.text.strip():
                texts.setdefault(phrase.code, []).append((phrase.text, phrase.until))
        return cls([_rule(index, reply, texts) for index, reply in enumerate(book.auto_replies)])

    @property
    def replies(self) -> tuple[AutoReply, ...]:
        """The replies in book order."""
        return tuple(rule.reply for rule in self.rules)

    def text(self, index: int, at: datetime.datetime) -> str:
        """Return what a reply says at `at`; empty: nothing."""
        return self.rules[index].text_on(at.date())

    def sent(
        self,
        at: datetime.datetime,
        status: Status = Status.ONLINE,
        contacts: int = 1,
        first_today: bool = False,
        last_sent: Mapping[int, datetime.datetime] = _NEVER,
        profile: Profile = DEFAULT,
    ) -> list[int]:
        """Return the indices of the replies that are sent: `decide` without traces, for a million messages.

        All times are those of the shop's clock, without a time zone.
        """
        found: list[int] = []
        for rule in self._ordered(profile, status, first_today):
            if contacts <= rule.threshold or (rule.schedule is not None and rule.index in self._closed(at)):
                continue
            if rule.cooldown is not None:
                last = last_sent.get(rule.index)
                if last is not None and at - last < rule.cooldown:
                    continue
            if rule.texts[0][1] is None or rule.text_on(at.date()):
                found.append(rule.index)
                if len(found) == profile.at_most:
                    break
        return found

    def _closed(self, at: datetime.datetime) -> frozenset[int]:
        """Return the replies whose schedule doesn't hold; worked out once a minute, for messages come in order."""
        minute = at.replace(second=0, microsecond=0)
        known, closed = self._minute
        if known != minute:
            rules = (rule for rule in self.rules if rule.schedule is not None and not rule.schedule.holds(minute))
            closed = frozenset(rule.index for rule in rules)
            self._minute = (minute, closed)
        return closed

    def _ordered(self, profile: Profile, status: Status, first_today: bool) -> tuple[Rule, ...]:
        """Return the rules that may hold at a status, in the profile's order; worked out once."""
        key = (profile, status, first_today)
        if key not in self._candidates:
            rules = (self.rules[index] for index in profile.order(self.replies))
            self._candidates[key] = tuple(
                rule
                for rule in rules
                if rule.reply.enabled
                and rule.texts
                and rule.status in (None, status)
                and (first_today or not rule.needs_first)
            )
        return self._candidates[key]


def decide(rules: ReplyRules, situation: Situation, profile: Profile = DEFAULT) -> Decision:
    """Return what a buyer gets in a situation, and why."""
    day = situation.at.date()
    reasons = [rule.reason(situation) for rule in rules.rules]
    holding = [index for index in profile.order(rules.replies) if reasons[index] is Reason.SENT]
    chosen = holding[: profile.at_most]
    for index in holding[len(chosen) :]:
        reasons[index] = Reason.PRECEDENCE
    traces = tuple(
        Trace(rule.index, rule.reply, reason, rule.text_on(day))
        for rule, reason in zip(rules.rules, reasons, strict=True)
    )
    return Decision(tuple(traces[index] for index in chosen), traces)


def _rule(index: int, reply: AutoReply, texts: Mapping[str, Sequence[tuple[str, datetime.date | None]]]) -> Rule:
    if reply.phrase:
        said = sorted(texts.get(reply.phrase, ()), key=lambda pair: (pair[0], pair[1] is not None))
    else:
        said = [(reply.text, None)] if reply.text.strip() else []
    schedule = reply.schedule
    return Rule(
        index,
        reply,
        _STATUS_OF.get(reply.when),
        reply.when is Trigger.FIRST_MESSAGE,
        -1 if reply.threshold is None else reply.threshold,
        None if schedule == ALWAYS else schedule,
        None if reply.cooldown is None else datetime.timedelta(minutes=reply.cooldown),
        tuple(said),
    )
