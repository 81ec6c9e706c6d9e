"""Days of messages, replayed: who got which auto-reply, how often, and who got nothing.

Events may come in any order as long as those of one buyer are in the order of time; an earlier one is left out and
named. Memory grows with buyers, and a little with the length of the time, never with the number of messages.

What a rule does is up to `qnphrase.replies.semantics`; here its answers are remembered. Two messages get the same
replies if they agree in the day, the schedules that hold, the status, the thresholds that are exceeded, whether it is
the buyer's first of the day, and the replies whose cool-down isn't over for that buyer.
"""

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from qnphrase.language import _
from qnphrase.replies.events import Event
from qnphrase.replies.profile import DEFAULT
from qnphrase.replies.profile import Profile
from qnphrase.replies.promises import Promise
from qnphrase.replies.promises import promises_of
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.situation import Status
from qnphrase.replies.tally import BUCKET
from qnphrase.replies.tally import STATUSES
from qnphrase.replies.tally import Bucket
from qnphrase.replies.tally import Contradiction
from qnphrase.replies.tally import Person
from qnphrase.replies.tally import Sendings
from qnphrase.replies.tally import Timeline

_KEPT_MINUTES = 10_000


class _Sending(NamedTuple):
    """What is to be done where a reply is sent."""

    reply: int
    bit: int
    cooldown: datetime.timedelta | None
    promises: tuple[Promise, ...]


class _Minute:
    """What all messages of one minute have in common."""

    __slots__ = ("bucket", "day", "end", "false", "key", "messages", "sent", "start", "unanswered")

    def __init__(self, start: datetime.datetime, key: int, bucket: Bucket) -> None:
        self.start = start
        self.end = start.replace(second=59, microsecond=999_999)
        self.day = start.toordinal()
        self.key = key
        self.bucket = bucket
        self.messages, self.unanswered, self.sent = bucket.messages, bucket.unanswered, bucket.sent
        self.false: dict[Promise, bool] = {}


def replay(rules: ReplyRules, events: Iterable[Event], profile: Profile = DEFAULT) -> Timeline:
    """Return what the buyers of `events` get, under the rules of a book and the order of a profile."""
    replayed = _Replay(rules, profile)
    replayed.run(events)
    return replayed.finished()


class _Replay:
    """One replay: the timeline as it grows, and what is remembered of the rules."""

    def __init__(self, rules: ReplyRules, profile: Profile) -> None:
        self._rules = rules
        self._profile = profile
        self._timeline = Timeline(profile, [Sendings(reply) for reply in rules.replies])
        self._thresholds = sorted({rule.threshold for rule in rules.rules})
        cooling = [rule.index for rule in rules.rules if rule.cooldown is not None]
        self._cooling = [(index, 1 << place) for place, index in enumerate(cooling)]
        self._minutes: dict[datetime.datetime, _Minute] = {}
        self._slots: dict[tuple[int, tuple[bool, ...]], int] = {}
        self._answers: dict[int, tuple[_Sending, ...]] = {}
        self._bits: dict[str, int] = {}
        self._promises: dict[str, tuple[Promise, ...]] = {}
        self._seen: dict[tuple[int, Promise], tuple[Event, int]] = {}

    def run(self, events: Iterable[Event]) -> None:  # noqa: C901 - a million pass here, and calls take their time
        """Go through the events; what is the same for many of them is looked up."""
        people, answers, cooling = self._timeline.people, self._answers, self._cooling
        thresholds, widths = self._thresholds, len(self._thresholds) + 1
        busy, away = Status.BUSY, Status.AWAY
        minute = _Minute(datetime.datetime.max, 0, Bucket(0))
        start = end = minute.start
        for event in events:
            _line, at, buyer, status, contacts = event
            if not start <= at <= end:
                minute = self._minute(at)
                start, end = minute.start, minute.end
            person = people.get(buyer)
            if person is None:
                person = people[buyer] = self._newcomer(at)
            if person.day != minute.day or at < person.last:
                if at < person.last:
                    self._too_late(event)
                    continue
                person.day, person.today, is_first = minute.day, 0, 1
            else:
                is_first = 0
            person.last = at
            person.messages += 1
            place = 1 if status is busy else 2 if status is away else 0  # an enumeration's hash takes its time
            minute.messages[place] += 1
            key = ((minute.key * 3 + place) * widths + bisect_left(thresholds, contacts)) * 2 + is_first
            if cooling:
                key <<= len(cooling)
                if person.until:
                    key |= self._still_cooling(person.until, at)
            answer = answers.get(key)
            if answer is None:
                answer = answers[key] = self._answer(event, person.until, is_first=bool(is_first))
            if contacts > minute.bucket.contacts:
                minute.bucket.contacts = contacts
            if answer:
                self._send(answer, event, person, minute)
            else:
                minute.unanswered[place] += 1
                person.unanswered += 1

    def _newcomer(self, at: datetime.datetime) -> Person:
        """Begin to know a buyer. The first message of all is the first one of its buyer."""
        first = self._timeline.first
        self._timeline.first = at if first is None else min(first, at)
        return Person()

    def _still_cooling(self, until: dict[int, datetime.datetime], at: datetime.datetime) -> int:
        """Return a bit for each reply whose cool-down isn't over."""
        bits = 0
        for index, bit in self._cooling:
            if index in until and at < until[index]:
                bits |= bit
        return bits

    def _send(self, answer: tuple[_Sending, ...], event: Event, person: Person, minute: _Minute) -> None:
        got, sent, today = person.got, minute.sent, person.today
        for index, bit, cooldown, promises in answer:
            got[index] = got.get(index, 0) + 1
            sent[index] += 1
            if today & bit:
                self._timeline.replies[index].repeats += 1
                person.repeated += 1
            today |= bit
            if cooldown is not None:
                person.until[index] = _behind(event.at, cooldown)
            if promises:
                self._hold(promises, index, event, minute)
        person.today = today

    def _hold(self, promises: tuple[Promise, ...], index: int, event: Event, minute: _Minute) -> None:
        """Hold what a reply says against the clock."""
        for promise in promises:
            is_false = minute.false.get(promise)
            if is_false is None:
                is_false = minute.false[promise] = promise.is_false(minute.start)
            if is_false:
                first, count = self._seen.get((index, promise), (event, 0))
                self._seen[index, promise] = (first, count + 1)

    def _minute(self, at: datetime.datetime) -> _Minute:
        start = at.replace(second=0, microsecond=0)
        found = self._minutes.get(start)
        if found is None:
            if len(self._minutes) >= _KEPT_MINUTES:
                self._minutes.clear()
            holds = tuple(rule.schedule is None or rule.schedule.holds(start) for rule in self._rules.rules)
            slot = self._slots.setdefault((start.toordinal(), holds), len(self._slots))
            begin = start.replace(minute=start.minute - start.minute % BUCKET)
            bucket = self._timeline.buckets.get(begin)
            if bucket is None:
                bucket = self._timeline.buckets[begin] = Bucket(len(self._rules.rules))
            found = self._minutes[start] = _Minute(start, slot, bucket)
        return found

    def _answer(self, event: Event, until: dict[int, datetime.datetime], *, is_first: bool) -> tuple[_Sending, ...]:
        """Ask the rules."""
        cooling = {index: event.at for index, end in until.items() if event.at < end}
        indices = self._rules.sent(event.at, event.status, event.contacts, is_first, cooling, self._profile)
        return tuple(self._sending(index, self._rules.text(index, event.at)) for index in indices)

    def _sending(self, index: int, text: str) -> _Sending:
        if text not in self._bits:
            self._bits[text] = 1 << len(self._bits)
            self._promises[text] = promises_of(text)
        self._timeline.replies[index].text = text
        return _Sending(index, self._bits[text], self._rules.rules[index].cooldown, self._promises[text])

    def _too_late(self, event: Event) -> None:
        self._timeline.late.add(
            event.line, _("比这位买家的上一条消息还早；请按时间排好：{buyer}").format(buyer=event.buyer)
        )

    def finished(self) -> Timeline:
        """Sum up."""
        timeline = self._timeline
        timeline.buckets = {start: bucket for start, bucket in sorted(timeline.buckets.items()) if any(bucket.messages)}
        timeline.last = max((person.last for person in timeline.people.values()), default=None)
        for place, status in enumerate(STATUSES):
            timeline.messages[status] = sum(bucket.messages[place] for bucket in timeline.buckets.values())
            timeline.unanswered[status] = sum(bucket.unanswered[place] for bucket in timeline.buckets.values())
        for person in timeline.people.values():
            for index, count in person.got.items():
                reply = timeline.replies[index]
                reply.count += count
                reply.buyers += 1
                reply.most = max(reply.most, count)
        timeline.contradictions = [
            Contradiction(index, promise, first, count) for (index, promise), (first, count) in self._seen.items()
        ]
        return timeline


def _behind(at: datetime.datetime, cooldown: datetime.timedelta) -> datetime.datetime:
    try:
        return at + cooldown
    except OverflowError:
        return datetime.datetime.max
