"""The semantics against an independent one, which knows nothing of how the first does it, on random situations.

Each book is tried in `SITUATIONS` situations: 2,500 in `make test`, 100,000 in `make nightly`.
"""

import datetime
import random
from dataclasses import dataclass
from dataclasses import field

from hypothesis import given
from hypothesis import strategies as st

from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.replies.profile import PROFILES
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.semantics import decide
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status
from qnphrase.replies.table import table_of

SITUATIONS = 25
DAY = datetime.timedelta(1)
START = datetime.datetime(2028, 2, 24)  # the 29th is near
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CODES = ("hy", "ck")
SHOP = datetime.timezone(datetime.timedelta(hours=8))


@dataclass
class Plain:
    """A reply as plain data, from which the model's one is made."""

    when: str
    threshold: int
    enabled: bool
    text: str
    phrase: str
    days: set[int]
    hours: list[tuple[int, int]]  # minutes; the second may be behind midnight
    dates: list[tuple[int, int]]  # days since START
    left_out: list[int]
    cooldown: int

    def reply(self) -> AutoReply:
        return AutoReply(
            when=self.when,
            threshold=self.threshold if self.when == "contacts_over" else None,
            enabled=self.enabled,
            text="" if self.phrase else self.text,
            phrase=self.phrase,
            days=",".join(NAMES[day] for day in sorted(self.days)),
            hours=", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in self.hours),
            dates=", ".join(f"{_date(first)}..{_date(last)}" for first, last in self.dates),
            except_dates=", ".join(map(_date, self.left_out)),
            cooldown=self.cooldown or None,
        )


@dataclass
class Moment:
    """A situation as plain data; `second` counts from START."""

    second: int
    status: str
    contacts: int
    first: bool
    last: dict[int, int] = field(default_factory=dict)  # seconds ago

    @property
    def at(self) -> datetime.datetime:
        return START + datetime.timedelta(seconds=self.second)


def _clock(minute: int) -> str:
    minute = minute if minute <= 1440 else minute - 1440
    return f"{minute // 60:02}:{minute % 60:02}"


def _date(day: int) -> str:
    return (START + DAY * day).date().isoformat()


@st.composite
def _hours(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.sampled_from((0, 30, 480, 540, 1080, 1320, 1439)))
    end = draw(st.sampled_from((1, 480, 540, 1080, 1320, 1440)))
    end = end - 1 if end == start else end
    return (start, end) if end > start else (start, end + 1440)


_plain = st.builds(
    Plain,
    when=st.sampled_from(("first_message", "busy", "away", "contacts_over", "contacts_over")),
    threshold=st.integers(1, 4),
    enabled=st.sampled_from((True, True, True, False)),
    text=st.sampled_from(("您好", "在的", "您好", " ")),
    phrase=st.sampled_from(("", "", *CODES)),
    days=st.one_of(st.just(set()), st.sets(st.integers(0, 6))),
    hours=st.one_of(st.just([]), st.lists(_hours(), max_size=2)),
    dates=st.one_of(
        st.just([]), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda d: (d[0], sum(d))), max_size=2)
    ),
    left_out=st.one_of(st.just([]), st.lists(st.integers(0, 9), max_size=2)),
    cooldown=st.sampled_from((0, 0, 1, 30, 1500)),
)
_phrases = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(("甲", "乙", "  ")),
        st.one_of(st.none(), st.integers(0, 9)),
        st.booleans(),
    ),
    max_size=4,
)


def _moment(luck: random.Random, replies: list[Plain]) -> Moment:
    """A situation with edges more likely than anything else."""
    edges = [edge for reply in replies for hours in reply.hours for edge in hours] + [0, 1440]
    second = luck.choice((luck.choice(edges) * 60 + luck.choice((-1, 0, 59)), luck.randrange(86_400)))
    moment = Moment(
        luck.randrange(10) * 86_400 + second,
        luck.choice(("online", "busy", "away")),
        luck.randrange(1, 6),
        luck.random() < 0.5,
    )
    for index, reply in enumerate(replies):
        if luck.random() < 0.5:
            moment.last[index] = luck.choice((0, 1, 59, reply.cooldown * 60 - 1, reply.cooldown * 60, 90_000, -60))
    return moment


def _text(reply: Plain, phrases: list[tuple[str, str, int | None, bool]], moment: Moment) -> str:
    if not reply.phrase:
        return reply.text.strip() and reply.text
    today = moment.second // 86_400
    fit = [
        text
        for code, text, until, enabled in phrases
        if code == reply.phrase and enabled and text.strip() and (until is None or until >= today)
    ]
    return min(fit, default="")


def _begins_on(reply: Plain, day: int) -> bool:
    weekday = (START + DAY * day).weekday()
    if reply.days and weekday not in reply.days:
        return False
    if day in reply.left_out:
        return False
    return not reply.dates or any(day in range(first, last + 1) for first, last in reply.dates)


def _in_time(reply: Plain, moment: Moment) -> bool:
    today = moment.second // 86_400
    spans = reply.hours or [(0, 1440)]
    return any(
        _begins_on(reply, day) and day * 1440 + start <= moment.second // 60 < day * 1440 + end
        for day in (today, today - 1)
        for start, end in spans
    )


def _naive_reason(index: int, reply: Plain, phrases: list[tuple[str, str, int | None, bool]], moment: Moment) -> str:
    if not reply.enabled:
        return "disabled"
    if not _text(reply, phrases, moment):
        return "empty"
    if reply.when in ("busy", "away") and moment.status != reply.when:
        return "status"
    if reply.when == "first_message" and not moment.first:
        return "not_first"
    if reply.when == "contacts_over" and not moment.contacts > reply.threshold:
        return "not_over"
    if not _in_time(reply, moment):
        return "schedule"
    if reply.cooldown and index in moment.last and moment.last[index] < reply.cooldown * 60:
        return "cooldown"
    return "sent"


def _naive_choice(profile: str, replies: list[Plain], holding: list[int]) -> list[int]:
    if profile == "all":
        return holding
    if profile == "first-match":
        return holding[:1]
    for when in ("away", "busy"):
        for index in holding:
            if replies[index].when == when:
                return [index]
    over = [index for index in holding if replies[index].when == "contacts_over"]
    highest = max((replies[index].threshold for index in over), default=0)
    return ([index for index in over if replies[index].threshold == highest] + holding)[:1]


def _book(replies: list[Plain], phrases: list[tuple[str, str, int | None, bool]]) -> Phrasebook:
    return Phrasebook(
        phrases=tuple(
            Phrase(code=code, text=text, until=None if until is None else _date(until), enabled=enabled)
            for code, text, until, enabled in phrases
        ),
        auto_replies=tuple(reply.reply() for reply in replies),
    )


@given(st.lists(_plain, max_size=5), _phrases, st.integers(0, 2**32))
def test_it_is_what_the_naive_one_says(
    replies: list[Plain], phrases: list[tuple[str, str, int | None, bool]], seed: int
) -> None:
    luck = random.Random(seed)
    rules = ReplyRules.of(_book(replies, phrases))
    for _ in range(SITUATIONS):
        moment = _moment(luck, replies)
        last = {index: moment.at - datetime.timedelta(seconds=ago) for index, ago in moment.last.items()}
        zone = luck.choice((None, datetime.UTC, datetime.timezone(datetime.timedelta(hours=-7))))
        at = moment.at if zone is None else moment.at.replace(tzinfo=SHOP).astimezone(zone)
        situation = Situation(at, Status(moment.status), moment.contacts, moment.first, last)
        expected = [_naive_reason(index, reply, phrases, moment) for index, reply in enumerate(replies)]
        holding = [index for index, reason in enumerate(expected) if reason == "sent"]
        for name, profile in PROFILES.items():
            chosen = _naive_choice(name, replies, holding)
            decision = decide(rules, situation, profile)
            assert [trace.index for trace in decision.sent] == chosen
            assert [trace.text for trace in decision.sent] == [_text(replies[one], phrases, moment) for one in chosen]
            assert [trace.reason.value for trace in decision.traces] == [
                "precedence" if index in holding and index not in chosen else reason
                for index, reason in enumerate(expected)
            ]
            fast = rules.sent(
                situation.at,
                situation.status,
                situation.contacts,
                situation.first_today,
                situation.last_sent,
                profile,
            )
            assert fast == chosen


@given(st.lists(_plain, max_size=4), _phrases, st.integers(0, 2**32))
def test_the_table_leaves_nothing_out(
    replies: list[Plain], phrases: list[tuple[str, str, int | None, bool]], seed: int
) -> None:
    luck = random.Random(seed)
    rules = ReplyRules.of(_book(replies, phrases))
    for profile in PROFILES.values():
        table = table_of(rules, profile)
        hopeless = {*table.never, *(shadow.index for shadow in table.shadowed)}
        seen = {(cell.status, cell.first_today, cell.band.low, cell.holding): cell.sent for cell in table.cells}
        for _ in range(SITUATIONS):
            moment = _moment(luck, replies)
            last = {index: moment.at - datetime.timedelta(seconds=ago) for index, ago in moment.last.items()}
            sent = rules.sent(moment.at, Status(moment.status), moment.contacts, moment.first, last, profile)
            assert not hopeless & set(sent)
            decision = decide(
                rules, Situation(moment.at, Status(moment.status), moment.contacts, moment.first), profile
            )
            band = max(band.low for band in table.bands if band.low <= moment.contacts)
            holding = tuple(trace.index for trace in decision.traces if trace.holds)
            assert seen[Status(moment.status), moment.first, band, holding] == tuple(
                trace.index for trace in decision.sent
            )
