"""What a reply says about the time, and whether the clock contradicts it at the moment when it is sent.

Only what is plain counts; a text that is merely vague is left alone:

    hours      客服在线时间 9:00-23:00，现已下班     sent at 15:00; or 马上为您服务, sent at 03:00
    morning    明早8点回复您                         sent at 01:00, when that is still this morning
    deadline   今晚10点前回复您                      sent at 22:30
    greeting   早上好                                sent at 20:00
    date       10月8日恢复发货                       sent on 20 October
"""

import datetime
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from qnphrase.language import _
from qnphrase.opening_hours import LONGEST
from qnphrase.opening_hours import says_nobody_is_there
from qnphrase.opening_hours import told_hours
from qnphrase.schedule import Hours
from qnphrase.schedule import Schedule
from qnphrase.text.clock import EVENING
from qnphrase.text.clock import HOUR
from qnphrase.text.clock import NOON
from qnphrase.text.clock import minutes_of
from qnphrase.text.clock import time_pattern
from qnphrase.text.fold import folded
from qnphrase.text.pattern import lazy_pattern

_NO_STOP = r"[^。！!？?；;\n]"
_ANSWER = r"(?:回复|回您|回你|答复|联系|处理|上班|上线|在线|营业|服务|接待)"

_AT_ONCE = lazy_pattern(r"马上|立刻|立即|秒回|随时|即刻")
_MORNING = lazy_pattern(
    rf"(?:明早|明天早上|明天上午|明日早上|明日上午) ?(?:{time_pattern(1)})?{_NO_STOP}{{0,12}}?{_ANSWER}"
)
_DEADLINE = lazy_pattern(
    rf"(?:今天|今日|今|当天|当日) ?{time_pattern(1)}(?:之前|以前|前){_NO_STOP}{{0,12}}?(?:{_ANSWER}|发货|发出|寄出)"
)
_GREETING = lazy_pattern(r"(早上好|早安|上午好|中午好|下午好|晚上好|晚安)")
_DATE = lazy_pattern(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号](?:\s*(?:-|–|—+|~|～|至|到)\s*(?:(\d{1,2})月)?(\d{1,2})[日号])?"
    rf"(?!起|开始|之?后|以后)(?:{_NO_STOP}(?!起|\d月)){{0,10}}?(?:恢复|上班|回来|回复|发货|截止|结束|放假|休息)"
)

# From and until, in minutes of the day: generous, for people differ about when the morning ends.
_GREETING_HOURS = {
    "早上好": Hours(4 * HOUR, NOON),
    "早安": Hours(4 * HOUR, NOON),
    "上午好": Hours(5 * HOUR, 13 * HOUR),
    "中午好": Hours(10 * HOUR + 30, 15 * HOUR),
    "下午好": Hours(11 * HOUR + 30, 19 * HOUR),
    "晚上好": Hours(17 * HOUR, 5 * HOUR),
    "晚安": Hours(18 * HOUR, 6 * HOUR),
}
_MORNING_BEGINS = 8 * HOUR  # where no hour is said


@dataclass(frozen=True, eq=False)  # looked up at every message of a million
class Promise:
    """Something that a text says of the time: the words, what is wrong where it is `false`, and when that is so."""

    kind: str
    words: str
    wrong: Callable[[], str]
    is_false: Callable[[datetime.datetime], bool]

    @property
    def says(self) -> str:
        """What is wrong with it, in a sentence."""
        return self.wrong().format(words=self.words)


def promises_of(text: str) -> tuple[Promise, ...]:
    """Return what a text says of the time that can be held against the clock; nobody reads far for it."""
    plain = folded(text[:LONGEST])
    return tuple(promise for read in (_hours, _morning, _deadline, _greeting, _date) for promise in read(plain))


def _hours(text: str) -> Iterator[Promise]:
    told = [one for one in told_hours(text) if one.is_open]
    if not told:
        return
    words = _("、").join(text[one.start : one.end] for one in told)
    hours = [Schedule(one.days, (one.hours,)) for one in told]

    if says_nobody_is_there(text):
        yield Promise("hours", words, _says_off, lambda at: not _is_outside(hours, at))
    elif _AT_ONCE.search(text):
        yield Promise("hours", words, _says_at_once, partial(_is_outside, hours))


def _morning(text: str) -> Iterator[Promise]:
    for found in _MORNING.finditer(text):
        minutes = minutes_of(found, 1) if found["unit1"] else [_MORNING_BEGINS]
        if minutes and minutes[0] <= NOON:
            yield Promise("morning", found[0], _says_tomorrow, partial(_is_before, minutes[0]))


def _deadline(text: str) -> Iterator[Promise]:
    for found in _DEADLINE.finditer(text):
        minutes = minutes_of(found, 1) if found["unit1"] else []
        is_past_midnight = found["period1"] in EVENING and minutes and minutes[-1] < NOON  # 今晚1点 is tomorrow's
        if minutes and not is_past_midnight:
            yield Promise("deadline", found[0], _says_today, partial(_is_reached, minutes[-1]))


def _greeting(text: str) -> Iterator[Promise]:
    for found in _GREETING.finditer(text):
        hours = Schedule(hours=(_GREETING_HOURS[found[1]],))
        yield Promise("greeting", found[0], _greets, partial(_is_outside, (hours,)))


def _date(text: str) -> Iterator[Promise]:
    for found in _DATE.finditer(text):
        year, month, day, last_month, last_day = (int(part) if part else None for part in found.groups())
        month, day = (last_month or month, last_day) if last_day else (month, day)
        if month is not None and day is not None and _date_in(year or 2000, month, day):  # 2000 had a 29 February
            yield Promise("date", found[0], _is_past, _PastDate(year, month, day))


class _PastDate:
    """Whether a day is over; one without a year is that nearest to the moment, within half a year."""

    def __init__(self, year: int | None, month: int, day: int) -> None:
        self._year, self._month, self._day = year, month, day

    def __call__(self, at: datetime.datetime) -> bool:
        years = (self._year,) if self._year else (at.year - 1, at.year, at.year + 1)
        days = [day for year in years if (day := _date_in(year, self._month, self._day))]
        return bool(days) and min(days, key=lambda day: abs(day - at.date())) < at.date()


def _date_in(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _is_outside(hours: Sequence[Schedule], at: datetime.datetime) -> bool:
    return not any(schedule.holds(at) for schedule in hours)


def _is_before(until: int, at: datetime.datetime) -> bool:
    return _minute(at) < until


def _is_reached(minute: int, at: datetime.datetime) -> bool:
    return _minute(at) >= minute


def _minute(at: datetime.datetime) -> int:
    return at.hour * HOUR + at.minute


def _says_off() -> str:
    return _("内容说已经下班或休息，可这时正在它自己写的服务时间里（{words}）")


def _says_at_once() -> str:
    return _("内容说马上服务，可这时不在它自己写的服务时间里（{words}）")


def _says_tomorrow() -> str:
    return _("过了零点还说“{words}”，买家会等到后一天")


def _says_today() -> str:
    return _("内容说“{words}”，可那个时间已经过了")


def _greets() -> str:
    return _("问候“{words}”和钟点对不上")


def _is_past() -> str:
    return _("内容说“{words}”，可那一天已经过了")
