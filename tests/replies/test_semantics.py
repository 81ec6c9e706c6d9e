"""Which auto-reply is sent: every condition at its edge."""

import datetime
import zoneinfo

import pytest

from qnphrase.errors import UsageError
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.replies import situation
from qnphrase.replies.profile import DEFAULT
from qnphrase.replies.profile import PROFILES
from qnphrase.replies.profile import Profile
from qnphrase.replies.profile import profile_named
from qnphrase.replies.semantics import Reason
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.semantics import decide
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status
from qnphrase.replies.situation import moment_of
from qnphrase.replies.situation import status_of

NOON = datetime.datetime(2026, 11, 11, 12, 0)  # a Wednesday
FIRST = AutoReply(when="first_message", text="您好")
BUSY = AutoReply(when="busy", text="忙")
AWAY = AutoReply(when="away", text="离开了")
OVER_30 = AutoReply(when="contacts_over", threshold=30, text="人多")
OVER_50 = AutoReply(when="contacts_over", threshold=50, text="人特别多")


def _rules(*replies: AutoReply, phrases: tuple[Phrase, ...] = ()) -> ReplyRules:
    return ReplyRules.of(Phrasebook(phrases=phrases, auto_replies=replies))


def _reasons(rules: ReplyRules, situation: Situation, profile: Profile = DEFAULT) -> list[str]:
    decision = decide(rules, situation, profile)
    fast = rules.sent(
        situation.at,
        situation.status,
        situation.contacts,
        situation.first_today,
        situation.last_sent,
        profile,
    )
    assert fast == [trace.index for trace in decision.sent], "the fast path says something else"
    return [trace.reason.value for trace in decision.traces]


def _reason(reply: AutoReply, at: str, *, status: Status = Status.ONLINE) -> str:
    (reason,) = _reasons(_rules(reply), Situation(moment_of(at), status, first_today=True))
    return reason


@pytest.mark.parametrize(("contacts", "reason"), [(29, "not_over"), (30, "not_over"), (31, "sent"), (9999, "sent")])
def test_contacts_are_strictly_more_than_the_threshold(contacts: int, reason: str) -> None:
    assert _reasons(_rules(OVER_30), Situation(NOON, contacts=contacts)) == [reason]


def test_the_highest_threshold_that_is_passed_goes_first() -> None:
    rules = _rules(OVER_30, OVER_50)
    assert _reasons(rules, Situation(NOON, contacts=50)) == ["sent", "not_over"]
    assert _reasons(rules, Situation(NOON, contacts=51)) == ["precedence", "sent"]
    assert _reasons(rules, Situation(NOON, contacts=51), PROFILES["first-match"]) == ["sent", "precedence"]
    assert _reasons(rules, Situation(NOON, contacts=51), PROFILES["all"]) == ["sent", "sent"]


@pytest.mark.parametrize(
    ("status", "reasons"),
    [
        (Status.ONLINE, ["sent", "status", "status"]),
        (Status.BUSY, ["precedence", "sent", "status"]),
        (Status.AWAY, ["precedence", "status", "sent"]),
    ],
)
def test_a_status_goes_before_the_first_message(status: Status, reasons: list[str]) -> None:
    assert _reasons(_rules(FIRST, BUSY, AWAY), Situation(NOON, status, first_today=True)) == reasons


def test_the_first_message_is_that_of_the_day() -> None:
    assert _reasons(_rules(FIRST), Situation(NOON, first_today=False)) == ["not_first"]
    assert _reasons(_rules(FIRST), Situation(NOON, first_today=True)) == ["sent"]


def test_the_guess_is_away_busy_contacts_first_message() -> None:
    decision = decide(_rules(FIRST, OVER_30, BUSY), Situation(NOON, Status.BUSY, 31, True))
    assert [trace.text for trace in decision.sent] == ["忙"]
    decision = decide(_rules(FIRST, OVER_30, BUSY), Situation(NOON, Status.ONLINE, 31, True))
    assert [trace.text for trace in decision.sent] == ["人多"]
    assert not DEFAULT.is_verified
    assert "未经验证" in DEFAULT.caveat


def test_a_profile_of_ones_own() -> None:
    seen = Profile("mine", lambda: "两条一起发", at_most=2, is_verified=True)
    assert _reasons(_rules(FIRST, BUSY, OVER_30), Situation(NOON, Status.BUSY, 31, True), seen) == [
        "sent",
        "sent",
        "precedence",
    ]
    assert seen.caveat == "按 mine：两条一起发"


def test_an_unknown_profile_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="qianniu-unverified、first-match、all"):
        profile_named("qianniu")


def test_disabled_ones_and_seconds_of_a_trigger() -> None:
    off = AutoReply(when="busy", text="旧的", enabled=False)
    second = AutoReply(when="busy", text="第二条")
    assert _reasons(_rules(off, BUSY, second), Situation(NOON, Status.BUSY)) == ["disabled", "sent", "precedence"]


@pytest.mark.parametrize("text", ["", " ", "\u3000\n"])
def test_a_blank_one_is_not_sent_and_stands_in_nobodys_way(text: str) -> None:
    blank = AutoReply(when="busy", text=text)
    assert _reasons(_rules(blank, BUSY), Situation(NOON, Status.BUSY)) == ["empty", "sent"]


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2026-11-10 22:00", "sent"),  # a Tuesday
        ("2026-11-10 21:59:59", "schedule"),
        ("2026-11-11 00:00", "sent"),
        ("2026-11-11 07:59:59", "sent"),
        ("2026-11-11 08:00", "schedule"),
    ],
)
def test_hours_past_midnight(at: str, reason: str) -> None:
    assert _reason(AutoReply(when="away", text="睡了", hours="22:00-08:00"), at, status=Status.AWAY) == reason


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2026-11-13 23:00", "sent"),  # Friday evening
        ("2026-11-14 07:00", "sent"),  # Saturday morning belongs to Friday
        ("2026-11-14 23:00", "schedule"),
        ("2026-11-13 07:00", "schedule"),  # Friday morning belongs to Thursday
    ],
)
def test_hours_past_midnight_belong_to_the_day_on_which_they_begin(at: str, reason: str) -> None:
    friday = AutoReply(when="away", text="周末见", days="fri", hours="22:00-08:00")
    assert _reason(friday, at, status=Status.AWAY) == reason


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2026-11-11 23:30", "schedule"),
        ("2026-11-12 03:00", "schedule"),  # the night of the 11th
        ("2026-11-12 22:00", "sent"),
        ("2026-11-11 07:00", "sent"),  # the night of the 10th
    ],
)
def test_a_day_that_is_left_out_takes_its_night_with_it(at: str, reason: str) -> None:
    reply = AutoReply(when="away", text="睡了", hours="22:00-08:00", except_dates="2026-11-11")
    assert _reason(reply, at, status=Status.AWAY) == reason


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2028-02-28 23:59", "schedule"),
        ("2028-02-29 00:00", "sent"),
        ("2028-02-29 23:59:60", "sent"),
        ("2028-03-01 00:00", "schedule"),
    ],
)
def test_the_29th_of_february(at: str, reason: str) -> None:
    assert _reason(AutoReply(when="first_message", text="闰日", dates="2028-02-29"), at) == reason


def test_a_range_over_the_29th_of_february() -> None:
    reply = AutoReply(when="first_message", text="月底", dates="2028-02-28..2028-03-01", hours="23:00-01:00")
    assert _reason(reply, "2028-02-29 00:30") == "sent"
    assert _reason(reply, "2028-03-02 00:30") == "sent"
    assert _reason(reply, "2028-03-02 23:30") == "schedule"


def test_a_leap_second_is_the_second_before() -> None:
    assert moment_of("2016-12-31T23:59:60Z") == datetime.datetime(2017, 1, 1, 7, 59, 59)
    assert moment_of("2026-11-11 23:59:60") == datetime.datetime(2026, 11, 11, 23, 59, 59)
    evening = AutoReply(when="first_message", text="晚上好", hours="18:00-24:00")
    assert _reason(evening, "2026-11-11 23:59:60") == "sent"


@pytest.mark.parametrize(
    ("minutes", "seconds", "reason"),
    [(0, 0, "cooldown"), (29, 59, "cooldown"), (30, 0, "sent"), (30, 1, "sent"), (-5, 0, "cooldown")],
)
def test_the_cool_down_ends_exactly(minutes: int, seconds: int, reason: str) -> None:
    reply = AutoReply(when="busy", text="忙", cooldown=30)
    last = NOON - datetime.timedelta(minutes=minutes, seconds=seconds)
    assert _reasons(_rules(reply), Situation(NOON, Status.BUSY, last_sent={0: last})) == [reason]


def test_one_that_cools_down_makes_way() -> None:
    cooling, second = AutoReply(when="busy", text="忙", cooldown=30), AutoReply(when="busy", text="还在忙")
    rules = _rules(cooling, second)
    assert _reasons(rules, Situation(NOON, Status.BUSY, last_sent={0: NOON})) == ["cooldown", "sent"]
    # That another reply was sent is no matter.
    assert _reasons(rules, Situation(NOON, Status.BUSY, last_sent={1: NOON})) == ["sent", "precedence"]


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        (Phrase(code="hy", text="欢迎"), "sent"),
        (Phrase(code="HY", text="欢迎"), "empty"),
        (Phrase(code="hy", text=" "), "empty"),
        (Phrase(code="hy", text="欢迎", enabled=False), "empty"),
        (Phrase(code="hy", text="欢迎", until="2026-11-10"), "empty"),
        (Phrase(code="hy", text="欢迎", until="2026-11-11"), "sent"),
    ],
)
def test_a_pointer_says_what_its_phrase_says(phrase: Phrase, reason: str) -> None:
    rules = _rules(AutoReply(when="away", phrase="hy"), phrases=(phrase,))
    assert _reasons(rules, Situation(NOON, Status.AWAY)) == [reason]
    (trace,) = decide(rules, Situation(NOON, Status.AWAY)).traces
    assert trace.text == ("欢迎" if reason == "sent" else "")


def test_a_code_that_several_phrases_bear() -> None:
    old = Phrase(code="hy", text="A", until="2026-11-10")
    group = Group(name="售前", phrases=(Phrase(code="hy", text="C"), old, Phrase(code="hy", text="B")))
    book = Phrasebook(groups=(group,), auto_replies=(AutoReply(when="away", phrase="hy"),))
    rules = ReplyRules.of(book)
    assert rules.text(0, NOON) == "B"
    assert rules.text(0, datetime.datetime(2026, 11, 10, 23, 59)) == "A"


def test_the_last_day_ends_at_midnight_of_the_shop() -> None:
    rules = _rules(AutoReply(when="away", phrase="hy"), phrases=(Phrase(code="hy", text="欢迎", until="2026-11-11"),))
    # 15:59 and 16:00 in London are 23:59 and 00:00 at the shop.
    assert _reasons(rules, Situation(moment_of("2026-11-11T15:59Z"), Status.AWAY)) == ["sent"]
    assert _reasons(rules, Situation(moment_of("2026-11-11T16:00Z"), Status.AWAY)) == ["empty"]


@pytest.mark.parametrize(
    ("zone", "shop"),
    [
        (datetime.timezone(datetime.timedelta(hours=-8)), datetime.datetime(2026, 11, 12, 4, 0)),
        (datetime.timezone(datetime.timedelta(hours=5, minutes=45)), datetime.datetime(2026, 11, 11, 14, 15)),
        (datetime.timezone(datetime.timedelta(hours=8)), NOON),
        (None, NOON),
    ],
)
def test_other_zones_are_converted(zone: datetime.tzinfo | None, shop: datetime.datetime) -> None:
    at = NOON.replace(tzinfo=zone)
    there = Situation(at, last_sent={0: at})
    assert there.at == there.last_sent[0] == shop
    assert there.at.tzinfo is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-11T23:50", datetime.datetime(2026, 11, 11, 23, 50)),
        ("2026/1/2 3:04:05", datetime.datetime(2026, 1, 2, 3, 4, 5)),
        (" 2026-11-11 23:50:01.5 ", datetime.datetime(2026, 11, 11, 23, 50, 1, 500_000)),
        ("2026-11-11T23:50+08:00", datetime.datetime(2026, 11, 11, 23, 50)),
        ("2026-11-11T23:50:00-0500", datetime.datetime(2026, 11, 12, 12, 50)),
        ("2026-11-11t23:50z", datetime.datetime(2026, 11, 12, 7, 50)),
    ],
)
def test_moments(text: str, expected: datetime.datetime) -> None:
    assert moment_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23:50",
        "2026-11-11",
        "2026-02-29 12:00",
        "2026-11-11 24:00",
        "2026-11-11 23:61",
        "2026-11-11 23:50:61",
        "2026-11-11T23:50+25:00",
        "9999-12-31T23:59-01:00",
        "0001-01-01T00:00+14:00",
        "２０２６-11-11 23:50",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match="时间"):
        moment_of(text)


def test_statuses_in_both_languages() -> None:
    assert [status_of(word) for word in ("busy", " 忙碌 ", "ONLINE", "离开")] == ["busy", "busy", "online", "away"]
    with pytest.raises(ValueError, match="忙"):
        status_of("忙")


def test_the_traces_are_those_of_the_book_in_its_order() -> None:
    replies = (OVER_50, FIRST, AWAY)
    decision = decide(_rules(*replies), Situation(NOON))
    assert [(trace.index, trace.reply) for trace in decision.traces] == list(enumerate(replies))
    assert [trace.reason for trace in decision.traces] == [Reason.NOT_OVER, Reason.NOT_FIRST, Reason.STATUS]
    assert decision.sent == ()


def test_a_book_without_replies_sends_nothing() -> None:
    assert decide(_rules(), Situation(NOON, Status.AWAY, 99, True)) == decide(_rules(), Situation(NOON))
    assert _rules().sent(NOON, Status.AWAY, 99, True) == []


def test_a_machine_without_a_table_of_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> datetime.tzinfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", missing)
    situation._shop_zone.cache_clear()
    try:
        assert moment_of("2026-11-11T16:00Z") == datetime.datetime(2026, 11, 12, 0, 0)
    finally:
        situation._shop_zone.cache_clear()
