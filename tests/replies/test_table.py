"""The truth table: what is sent in every kind of situation, and what is wrong with a book."""

import datetime

import pytest

from qnphrase import language
from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.replies.profile import PROFILES
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.table import Band
from qnphrase.replies.table import Shadow
from qnphrase.replies.table import Table
from qnphrase.replies.table import table_of
from qnphrase.replies.table_report import as_json
from qnphrase.replies.table_report import render

FIRST = AutoReply(when="first_message", text="您好")
BUSY = AutoReply(when="busy", text="忙")
AWAY = AutoReply(when="away", text="离开了")


def _table(*replies: AutoReply, profile: str = "qianniu-unverified", phrases: tuple[Phrase, ...] = ()) -> Table:
    return table_of(ReplyRules.of(Phrasebook(phrases=phrases, auto_replies=replies)), PROFILES[profile])


def _over(threshold: int, **more: object) -> AutoReply:
    return AutoReply(when="contacts_over", threshold=threshold, text=f"超过{threshold}人", **more)


def test_a_whole_set_is_fine() -> None:
    table = _table(FIRST, BUSY, AWAY, _over(30))
    assert table.is_fine
    assert len(table.cells) == 3 * 2 * 2
    assert table.bands == (Band(1, 30), Band(31, None))


def test_it_reads_at_a_glance() -> None:
    assert (
        render(_table(FIRST, BUSY, _over(30), _over(31, enabled=False)))
        == """\
按 qianniu-unverified（未经验证）：先看离开、忙碌，再看人数（多的先），最后才是首次；同一种取靠前的，只发一条
括号里的也满足条件，但没轮到；“无”是什么也不发；“空档”是有人在等，却什么也不发。不算冷却时间。

时段 1：任何时候
  状态   当天第一条   30 人以内      超过 30 人
  在线   是           首次           超30人（首次）
  在线   否           无             超30人
  忙碌   是           忙碌（首次）   忙碌（首次、超30人）
  忙碌   否           忙碌           忙碌（超30人）
  离开   是           首次           超30人（首次）
  离开   否           空档           超30人

× 空档：离开，不是当天第一条消息，30 人以内，买家什么也收不到
● 5 种情况下不止一条满足条件，发哪条看千牛的优先顺序（上面括号里的就是）
"""
    )


def test_bands_between_thresholds() -> None:
    table = _table(_over(1), _over(2), _over(30), _over(9999, enabled=False))
    assert table.bands == (Band(1, 1), Band(2, 2), Band(3, 30), Band(31, None))
    header = render(table).split("\n")[4]
    assert header.split() == ["状态", "当天第一条", "1", "人以内", "2", "人", "3-30", "人", "超过", "30", "人"]


def test_gaps_are_where_somebody_waits() -> None:
    table = _table(BUSY)
    assert {(cell.status.value, cell.first_today) for cell in table.gaps} == {
        ("online", True),
        ("away", True),
        ("away", False),
    }
    assert "× 空档：离开，买家什么也收不到\n" in render(table)
    assert "× 空档：在线，当天第一条消息，买家什么也收不到\n" in render(table)


def test_a_reply_that_others_always_go_before_is_shadowed() -> None:
    table = _table(FIRST, BUSY, AWAY, AutoReply(when="busy", text="第二条"))
    assert table.shadowed == (Shadow(3, (1,)),)
    assert "× 忙碌-2 永远发不出去：它能发的时候，总是先发 忙碌\n" in render(table)
    assert _table(FIRST, BUSY, AWAY, AutoReply(when="busy", text="第二条"), profile="all").shadowed == ()


def test_a_higher_threshold_is_shadowed_only_where_the_book_says_the_order() -> None:
    replies = (FIRST, BUSY, AWAY, _over(30), _over(50))
    assert _table(*replies).shadowed == ()
    assert _table(*replies, profile="first-match").shadowed == (Shadow(4, (3,)),)
    assert _table(_over(30), _over(50), profile="first-match").shadowed == (Shadow(1, (0,)),)


def test_one_that_cools_down_makes_way() -> None:
    cooling = AutoReply(when="busy", text="忙", cooldown=10)
    assert _table(cooling, AutoReply(when="busy", text="第二条")).shadowed == ()
    assert _table(cooling, BUSY, AutoReply(when="busy", text="第三条")).shadowed == (Shadow(2, (1,)),)


def test_schedules_are_a_way_to_choose() -> None:
    night = AutoReply(when="away", text="睡了", hours="22:00-08:00")
    day = AutoReply(when="away", text="吃饭去了", hours="08:00-22:00")
    table = _table(FIRST, BUSY, night, day)
    assert table.is_fine
    assert {times.allowed for times in table.times} == {frozenset({0, 1, 2}), frozenset({0, 1, 3})}
    assert _table(FIRST, BUSY, AWAY, night).shadowed == (Shadow(3, (2,)),)
    assert _table(FIRST, BUSY, night, AWAY).shadowed == ()


def test_the_minute_between_two_schedules_is_a_gap() -> None:
    night = AutoReply(when="away", text="睡了", hours="22:00-08:00")
    day = AutoReply(when="away", text="吃饭去了", hours="08:01-22:00")
    gaps = _table(BUSY, night, day).gaps
    times = {cell.times.example.time() for cell in gaps if cell.status == "away"}
    assert times == {datetime.time(8, 0)}


@pytest.mark.parametrize("day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
@pytest.mark.parametrize("dates", ["", "2026-02-04..2026-12-31"])
def test_every_day_of_the_week_is_found(day: str, dates: str) -> None:
    evening = AutoReply(when="away", text="睡了", days=day, dates=dates, hours="22:00-08:00")
    noon = AutoReply(when="away", text="吃饭去了", days=day, dates=dates, hours="11:00-13:00")
    table = _table(evening, noon)
    assert table.never == ()
    assert {times.allowed for times in table.times} == {frozenset(), frozenset({0}), frozenset({1})}


def test_a_holiday_is_found_wherever_it_lies() -> None:
    away = AutoReply(when="away", text="离开了", except_dates="2031-01-23..2031-01-29")
    gaps = [cell for cell in _table(FIRST, BUSY, away).gaps if cell.status == "away"]
    assert {cell.times.example.date() for cell in gaps} == {datetime.date(2031, 1, 23)}


def test_the_night_before_a_holiday_reaches_into_it() -> None:
    away = AutoReply(when="away", text="睡了", days="fri", hours="22:00-08:00", dates="2026-11-13")
    days = {cell.times.example for cell in _table(away).cells if 0 in cell.sent}
    assert days == {datetime.datetime(2026, 11, 13, 22, 0)}


def test_what_is_never_due() -> None:
    friday = AutoReply(when="busy", text="忙", days="fri", dates="2026-11-11")  # which is a Wednesday
    pointer = AutoReply(when="away", phrase="没有")
    off = AutoReply(when="away", phrase="没有", enabled=False)
    table = _table(FIRST, friday, pointer, off)
    assert table.never == (1, 2)
    assert "× 忙碌 永远发不出去：它的时段里没有一天一刻能发\n" in render(table)
    assert "× 离开 永远发不出去：没有内容可发\n" in render(table)


def test_a_phrase_that_expires_leaves_a_gap() -> None:
    table = _table(
        FIRST,
        BUSY,
        AutoReply(when="away", phrase="hy"),
        phrases=(Phrase(code="hy", text="离开了", until="2026-12-31"),),
    )
    gaps = [cell for cell in table.gaps if cell.status == "away"]
    assert {cell.times.example for cell in gaps} == {datetime.datetime(2027, 1, 1)}


def test_doubles_are_those_of_the_profile_that_sends_all() -> None:
    table = _table(FIRST, BUSY, AWAY, profile="all")
    assert {(cell.status.value, cell.first_today) for cell in table.doubles} == {("busy", True), ("away", True)}
    assert "× 一条消息发出好几条：忙碌，当天第一条消息\n" in render(table)
    assert "首次 + 忙碌" in render(table)
    assert "括号" not in render(table), "all are sent, none waits in parentheses"
    assert _table(FIRST, BUSY, AWAY).doubles == ()
    assert len(_table(FIRST, BUSY, AWAY).contested) == 2


def test_the_last_day_of_the_calendar_is_no_trouble() -> None:
    table = _table(AutoReply(when="away", text="离开了", dates="0001-01-01..9999-12-31", hours="22:00-08:00"))
    assert {len(times.allowed) for times in table.times} == {0, 1}


def test_a_book_without_replies_is_all_gaps() -> None:
    table = _table()
    assert {cell.status.value for cell in table.gaps} == {"online", "busy", "away"}
    assert table.bands == (Band(1, None),)


def test_it_survives_a_gbk_pipe_in_both_languages() -> None:
    table = _table(FIRST, BUSY, AWAY, AutoReply(when="busy", text="第二条", hours="22:00-08:00"), profile="all")
    assert render(table).encode("gbk")
    language.use_language(language.ENGLISH)
    assert render(table).encode("gbk")


def test_machines_get_every_cell() -> None:
    found = as_json(_table(FIRST, BUSY))
    assert found["profile"] == {"name": "qianniu-unverified", "verified": False}
    assert found["cells"][2] == {
        "at": "2026-01-05T00:00:00",
        "status": "busy",
        "first_today": True,
        "contacts": {"from": 1, "to": None},
        "sent": ["忙碌"],
        "holding": ["首次", "忙碌"],
        "gap": False,
    }
    assert [cell["gap"] for cell in found["cells"]] == [False, False, False, False, False, True]
    assert found["fine"] is False
