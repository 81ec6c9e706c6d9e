"""Replays against a naive one that asks the rules at each message and keeps everything it ever saw."""

import datetime
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator

import pytest
from hypothesis import settings

from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.replies.events import Event
from qnphrase.replies.generate import generate
from qnphrase.replies.profile import DEFAULT
from qnphrase.replies.profile import PROFILES
from qnphrase.replies.profile import Profile
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.situation import Status
from qnphrase.replies.tally import Timeline
from qnphrase.replies.timeline import replay

DAY = datetime.date(2026, 11, 11)
BUSY = AutoReply(when="busy", text="忙", cooldown=30)
FIRST = AutoReply(when="first_message", text="在的亲")
TEXTS = ("在的亲", "忙，稍等", "已下班，明早8点回复您", "")
HOURS = ("", "", "09:00-18:00", "22:00-08:00", "00:00-00:01", "23:59-00:00, 12:00-12:30")


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def said(moment: str, buyer: str = "a", status: Status = Status.ONLINE, contacts: int = 1, line: int = 0) -> Event:
    return Event(line, at(moment), buyer, status, contacts)


def rules_of(*replies: AutoReply) -> ReplyRules:
    return ReplyRules.of(Phrasebook(auto_replies=replies))


def counts(timeline: Timeline) -> list[int]:
    return [reply.count for reply in timeline.replies]


class Naive:
    """The same in the plainest words: one condition after the other, with the whole past at hand."""

    def __init__(self, book: Phrasebook, profile: str) -> None:
        self.book = book
        self.profile = profile
        self.past: list[Event] = []
        self.sendings: list[tuple[Event, int, str]] = []
        self.unanswered: list[Event] = []
        self.late: list[Event] = []
        self.repeats = 0

    def text(self, reply: AutoReply, day: datetime.date) -> str:
        if not reply.phrase:
            return reply.text
        usable = [
            phrase.text
            for _group, phrase in self.book.all_phrases()
            if phrase.code == reply.phrase
            and phrase.enabled
            and phrase.text.strip()
            and (phrase.until is None or day <= phrase.until)
        ]
        return min(usable, default="")

    def holds(self, index: int, reply: AutoReply, event: Event) -> bool:
        if not reply.enabled or not self.text(reply, event.at.date()).strip() or not reply.schedule.holds(event.at):
            return False
        if reply.when == "busy" and event.status != "busy":
            return False
        if reply.when == "away" and event.status != "away":
            return False
        if reply.threshold is not None and not event.contacts > reply.threshold:
            return False
        if reply.when == "first_message" and any(
            old.buyer == event.buyer and old.at.date() == event.at.date() for old in self.past
        ):
            return False
        before = [old.at for old, sent, _text in self.sendings if sent == index and old.buyer == event.buyer]
        if reply.cooldown is not None and before:
            return (event.at - max(before)).total_seconds() >= reply.cooldown * 60
        return True

    def message(self, event: Event) -> None:
        if any(old.buyer == event.buyer and old.at > event.at for old in self.past):
            self.late.append(event)
            return
        replies = self.book.auto_replies
        holding = [index for index, reply in enumerate(replies) if self.holds(index, reply, event)]
        if self.profile == "qianniu-unverified":
            order = ("away", "busy", "contacts_over", "first_message")
            holding.sort(key=lambda i: (order.index(replies[i].when), -(replies[i].threshold or 0), i))
        sent = holding if self.profile == "all" else holding[:1]
        for index in sent:
            text = self.text(replies[index], event.at.date())
            self.repeats += any(
                old.buyer == event.buyer and old.at.date() == event.at.date() and said == text
                for old, _index, said in self.sendings
            )
            self.sendings.append((event, index, text))
        if not sent:
            self.unanswered.append(event)
        self.past.append(event)


def random_book(dice: random.Random) -> Phrasebook:
    def reply() -> AutoReply:
        when = dice.choice(("first_message", "busy", "away", "contacts_over"))
        points = dice.random() < 0.2
        return AutoReply(
            when=when,
            threshold=dice.choice((1, 2, 3, 30)) if when == "contacts_over" else None,
            enabled=dice.random() < 0.9,
            text="" if points else dice.choice(TEXTS),
            phrase=dice.choice(("hy", "gone")) if points else "",
            hours=dice.choice(HOURS),
            days=dice.choice(("", "", "", "wed", "sat-sun")),
            except_dates=dice.choice(("", "", "2026-11-12")),
            cooldown=dice.choice((None, None, 1, 30, 1440)),
        )

    phrases = (Phrase(code="hy", text="欢迎", until=dice.choice((None, DAY))), Phrase(code="hy", text="在的亲"))
    replies = tuple(reply() for _ in range(dice.randint(0, 6)))
    return Phrasebook(phrases=phrases[: dice.randint(0, 2)], auto_replies=replies)


def random_events(dice: random.Random) -> Iterator[Event]:
    moment = datetime.datetime.combine(DAY, datetime.time(dice.randint(0, 23), dice.randint(0, 59)))
    for line in range(1, dice.randint(1, 25)):
        moment += datetime.timedelta(seconds=dice.choice((0, 1, 59, 60, 600, 1800, 7200, 40_000, -30)))
        yield Event(line, moment, dice.choice("abc"), dice.choice(list(Status)), dice.choice((0, 1, 2, 3, 4, 30, 31)))


def by_five_minutes(events: Iterable[Event]) -> dict[datetime.datetime, list[int]]:
    found: dict[datetime.datetime, list[int]] = {}
    for event in events:
        start = event.at.replace(minute=event.at.minute // 5 * 5, second=0)
        found.setdefault(start, []).append(event.contacts)
    return found


# 2,400 of them; nightly 24,000.
@pytest.mark.parametrize("seed", range(8 if settings.default.max_examples < 1_000 else 80))
def test_a_replay_is_what_the_plainest_one_is(seed: int) -> None:
    dice = random.Random(seed)
    happened: Counter[str] = Counter()
    for _ in range(300):
        book, events, name = random_book(dice), list(random_events(dice)), dice.choice(list(PROFILES))
        naive = Naive(book, name)
        for event in events:
            naive.message(event)
        timeline = replay(ReplyRules.of(book), events, PROFILES[name])
        got = {
            (buyer, index): count for buyer, person in timeline.people.items() for index, count in person.got.items()
        }
        assert got == Counter((event.buyer, index) for event, index, _text in naive.sendings)
        assert {buyer: person.messages for buyer, person in timeline.people.items()} == Counter(
            event.buyer for event in naive.past
        )
        assert timeline.repeats == naive.repeats
        assert timeline.repeats == sum(person.repeated for person in timeline.people.values())
        silent = Counter(event.status for event in naive.unanswered)
        assert timeline.unanswered == {status: silent[status] for status in Status}
        assert sum(person.unanswered for person in timeline.people.values()) == len(naive.unanswered)
        assert timeline.late.count == len(naive.late)
        assert {start: (sum(bucket.messages), bucket.contacts) for start, bucket in timeline.buckets.items()} == {
            start: (len(told), max(told)) for start, told in by_five_minutes(naive.past).items()
        }
        for index, reply in enumerate(timeline.replies):
            mine = Counter(event.buyer for event, sent, _text in naive.sendings if sent == index)
            assert (reply.count, reply.buyers, reply.most) == (mine.total(), len(mine), max(mine.values(), default=0))
            assert sum(bucket.sent[index] for bucket in timeline.buckets.values()) == reply.count
        assert timeline.first == min((event.at for event in naive.past), default=None)
        assert timeline.last == max((event.at for event in naive.past), default=None)
        happened.update(sent=len(naive.sendings), late=len(naive.late), repeats=naive.repeats)
    assert all(happened[what] > 50 for what in ("sent", "late", "repeats")), "the situations have become too tame"


@pytest.mark.parametrize(
    ("second", "times"),
    [("2026-11-11T23:59:59", 1), ("2026-11-12T00:00:00", 2), ("2026-11-12T23:59:59", 2)],
)
def test_the_day_begins_at_midnight(second: str, times: int) -> None:
    rules = rules_of(FIRST)
    assert counts(replay(rules, [said("2026-11-11T00:00:00"), said(second)])) == [times]


def test_29_february_is_a_day() -> None:
    rules = rules_of(FIRST)
    days = ("2028-02-28T23:59:59", "2028-02-29T00:00:00", "2028-02-29T23:59:59", "2028-03-01T00:00:00")
    assert counts(replay(rules, map(said, days))) == [3]


def test_the_first_and_last_minute_of_all_times() -> None:
    rules = rules_of(BUSY)
    events = [said(moment, status=Status.BUSY) for moment in ("0001-01-01T00:00:00", "9999-12-31T23:59:59")]
    assert counts(replay(rules, events)) == [2]


def test_a_cooldown_ends_to_the_second_and_is_each_buyers_own() -> None:
    rules = rules_of(
        AutoReply(when="busy", text="忙", cooldown=30), AutoReply(when="contacts_over", threshold=1, text="排")
    )
    moments = (("10:00:00", "a"), ("10:29:59", "a"), ("10:29:59", "b"), ("10:30:00", "a"))
    events = [said(f"2026-11-11T{moment}", buyer, Status.BUSY, 2) for moment, buyer in moments]
    timeline = replay(rules, events)
    assert counts(timeline) == [3, 1]
    assert timeline.people["a"].got == {0: 2, 1: 1}


def test_the_same_text_again_is_a_repetition_whatever_reply_it_is_of() -> None:
    rules = rules_of(AutoReply(when="busy", text="稍等"), AutoReply(when="away", text="稍等"))
    events = [
        said("2026-11-11T10:00:00", status=Status.BUSY),
        said("2026-11-11T11:00:00", status=Status.AWAY),
        said("2026-11-12T11:00:00", status=Status.AWAY),
    ]
    assert [reply.repeats for reply in replay(rules, events).replies] == [0, 1]


def test_logs_may_be_sorted_by_buyer() -> None:
    rules = rules_of(FIRST, AutoReply(when="away", text="离开", hours="22:00-08:00"))
    events = list(generate(DAY, buyers=200, seed=3))
    by_buyer = sorted(events, key=lambda event: event.buyer)
    one, other = replay(rules, events), replay(rules, by_buyer)
    assert other.late.count == 0
    assert counts(one) == counts(other)
    assert (one.first, one.last, one.unanswered) == (other.first, other.last, other.unanswered)
    assert {start: bucket.sent for start, bucket in one.buckets.items()} == {
        start: bucket.sent for start, bucket in other.buckets.items()
    }


def test_who_got_nothing_is_told() -> None:
    events = [said("2026-11-11T10:00", "a", Status.BUSY), said("2026-11-11T10:01", "b")]
    timeline = replay(rules_of(BUSY), events)
    assert timeline.without_reply == ["b"]
    assert timeline.unanswered == {Status.ONLINE: 1, Status.BUSY: 0, Status.AWAY: 0}


def test_a_contradiction_is_told_with_its_first_event() -> None:
    rules = rules_of(AutoReply(when="away", text="亲，已下班，明早8点回复您"))
    moments = ("2026-11-11T23:00:00", "2026-11-12T00:30:00", "2026-11-12T07:59:59", "2026-11-12T08:00:00")
    timeline = replay(rules, [said(moment, status=Status.AWAY, line=n) for n, moment in enumerate(moments, 2)])
    (found,) = timeline.contradictions
    assert (found.reply, found.first.line, found.times) == (0, 3, 2)


def _seconds(profile: Profile = DEFAULT) -> Callable[[int], float]:
    rules = rules_of(
        AutoReply(when="busy", text="忙", cooldown=30), AutoReply(when="contacts_over", threshold=5, text="排")
    )

    def seconds(count: int) -> float:
        start = datetime.datetime.combine(DAY, datetime.time())
        step = datetime.timedelta(seconds=86_399 / count)
        events = [Event(n, start + n * step, f"b{n % 50}", Status.BUSY, n % 9) for n in range(count)]
        begun = time.process_time()
        replay(rules, events, profile)
        return time.process_time() - begun

    return seconds


def test_time_grows_with_the_events(growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    assert growth_of(_seconds(), 5_000) < 25


def test_memory_grows_with_buyers_and_not_with_events() -> None:
    rules = rules_of(BUSY, FIRST)

    def peak(count: int) -> int:
        start = datetime.datetime.combine(DAY, datetime.time())
        step = datetime.timedelta(seconds=86_399 / count)
        events = (Event(n, start + n * step, f"b{n % 500}", Status.BUSY, 3) for n in range(count))
        tracemalloc.start()
        try:
            replay(rules, events)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(4_000), peak(40_000)
    # Minutes are remembered, too, 1,440 of a day at the most.
    assert many < few * 2 + 1_000_000
