"""Schedules compared: as a clock says that looks at every half hour of many weeks."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from qnphrase.lint.rules.timetable import Timetable
from qnphrase.lint.rules.timetable import length
from qnphrase.lint.rules.timetable import shared
from qnphrase.lint.rules.timetable import without
from qnphrase.schedule import ALWAYS
from qnphrase.schedule import Dates
from qnphrase.schedule import Hours
from qnphrase.schedule import Schedule

FIRST = dt.datetime(2026, 9, 1)
HALF_HOURS = [FIRST + dt.timedelta(minutes=30 * step) for step in range(48 * 120)]
DATES = st.builds(
    lambda start, more: Dates(FIRST.date() + dt.timedelta(start), FIRST.date() + dt.timedelta(start + more)),
    st.integers(30, 60),
    st.sampled_from((0, 1, 6, 20)),
)
HOURS = st.builds(
    lambda start, length: Hours(30 * start, 30 * ((start + length) % 48) or 48 * 30),
    st.integers(0, 47),
    st.sampled_from((2, 18, 26, 46)),
).filter(lambda hours: hours.start != hours.end)
SCHEDULES = st.builds(
    Schedule,
    days=st.sampled_from((frozenset(), frozenset(range(5)), frozenset((5, 6)), frozenset((4,)))),
    hours=st.lists(HOURS, max_size=2).map(tuple),
    dates=st.one_of(st.just(()), st.lists(DATES, max_size=2).map(tuple)),
    except_dates=st.one_of(st.just(()), st.lists(DATES, max_size=2).map(tuple)),
)


@given(st.lists(SCHEDULES, min_size=1, max_size=3), SCHEDULES)
def test_one_is_covered_where_another_always_holds(others: list[Schedule], schedule: Schedule) -> None:
    timetable = Timetable([*others, schedule])
    holds = [at for at in HALF_HOURS if schedule.holds(at)]
    assert bool(timetable.times(schedule)) is bool(holds)
    covered = bool(holds) and all(any(other.holds(at) for other in others) for at in holds)
    assert timetable.covers(others, schedule) is covered


@given(SCHEDULES, SCHEDULES)
def test_times_in_common_and_beside(one: Schedule, other: Schedule) -> None:
    timetable = Timetable([one, other])
    first, second = timetable.times(one), timetable.times(other)
    both, rest = shared(first, second), without(first, second)
    assert length(both) + length(rest) == length(first)
    assert shared(second, first) == both
    assert shared(rest, second) == []
    assert bool(both) is any(one.holds(at) and other.holds(at) for at in HALF_HOURS)


def test_the_ends_of_the_calendar() -> None:
    for day in (dt.date.min, dt.date.max):
        schedule = Schedule(hours=(Hours(1320, 480),), dates=(Dates(day, day),))
        assert Timetable([schedule, ALWAYS]).covers([ALWAYS], schedule) in (True, False)


def test_what_nobody_keeps_is_not_compared() -> None:
    long = Schedule(hours=tuple(Hours(minute, minute + 1) for minute in range(0, 100, 2)))
    assert long not in Timetable([long])
    many = [Schedule(hours=(Hours(minute, minute + 1),)) for minute in range(100)]
    assert len(list(Timetable(many))) < len(many)
