"""When an auto-reply may be sent: days of the week, hours, dates.

The texts are short and read by people, so they are kept as they were typed; this module knows what they say:

    days          mon-fri, sun            周一-周五，周日
    hours         22:00-08:00             from 22:00 on, until before 08:00 of the next morning
    dates         2026-10-01..2026-10-08  on these days only
    except_dates  2026-11-11              never on these days

Times are those of the shop's clock. Hours that pass midnight belong to the day on which they begin: `days: fri` with
`hours: 22:00-08:00` lasts until Saturday morning.
"""

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple

from qnphrase.language import _
from qnphrase.text.pattern import lazy_pattern

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = 24 * 60  # of a day
_CHINESE_DAYS = "一二三四五六日"

_DAY = lazy_pattern(r"(mon|tue|wed|thu|fri|sat|sun)|(?:周|星期)([一二三四五六日天])", re.IGNORECASE)
_HOURS = lazy_pattern(r"([0-9]{1,2})[:：]([0-9]{2})\s*[-–~～至到]\s*([0-9]{1,2})[:：]([0-9]{2})")
_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_DATES = lazy_pattern(rf"{_DATE}(?:\s*(?:\.\.|~|至|到)\s*{_DATE})?")
_COMMA = lazy_pattern(r"\s*[,，、]\s*")
_DASH = lazy_pattern(r"\s*[-–~～至到]\s*")


class Hours(NamedTuple):
    """From `start` until before `end`, minutes of the day; an `end` that isn't behind `start` is the next day's."""

    start: int
    end: int

    def begins_by(self, minute: int) -> bool:
        """Return whether a minute of the day on which they begin is among them."""
        return self.start <= minute and (minute < self.end or self.end <= self.start)

    def lasts_past(self, minute: int) -> bool:
        """Return whether a minute of the day after is among them."""
        return self.end <= self.start and minute < self.end


class Dates(NamedTuple):
    """From `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Schedule:
    """When a reply may be sent. Empty parts allow everything; `days` counts from Monday, which is 0."""

    days: frozenset[int] = frozenset()
    hours: tuple[Hours, ...] = ()
    dates: tuple[Dates, ...] = ()
    except_dates: tuple[Dates, ...] = ()

    def holds(self, at: datetime.datetime) -> bool:
        """Return whether a reply may be sent at `at`, which is a time of the shop's clock."""
        today = at.date()
        if not self.hours:
            return self.is_day(today)
        minute = at.hour * 60 + at.minute
        yesterday = today - datetime.timedelta(1) if today > datetime.date.min else today
        return any(
            (hours.begins_by(minute) and self.is_day(today)) or (hours.lasts_past(minute) and self.is_day(yesterday))
            for hours in self.hours
        )

    def is_day(self, day: datetime.date) -> bool:
        """Return whether hours may begin on this day."""
        if self.days and day.weekday() not in self.days:
            return False
        if self.dates and not _is_within(day, self.dates):
            return False
        return not _is_within(day, self.except_dates)


ALWAYS = Schedule()


def schedule_of(*, days: str = "", hours: str = "", dates: str = "", except_dates: str = "") -> Schedule:
    """Return what the texts say. Raises `ValueError` with what is wrong, in the user's language."""
    return Schedule(parse_days(days), parse_hours(hours), parse_dates(dates), parse_dates(except_dates))


def parse_days(text: str) -> frozenset[int]:
    """Return the days of the week, Monday being 0. Raises `ValueError`."""
    found: set[int] = set()
    for part in _parts(text):
        ends = [_day_of(word) for word in _DASH.split(part)]
        if len(ends) > 2 or None in ends:
            raise ValueError(_("看不懂这些天：{text}；请写成 mon-fri, sun 或者 周一-周五，周日").format(text=part))
        first, last = ends[0], ends[-1]
        if first is not None and last is not None:
            found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def parse_hours(text: str) -> tuple[Hours, ...]:
    """Return the hours. Raises `ValueError`."""
    found = []
    for part in _parts(text):
        said = _HOURS.fullmatch(part)
        start, end = (_minute(said[1], said[2]), _minute(said[3], said[4])) if said else (None, None)
        if start is None or end is None or start == MINUTES:
            raise ValueError(_("看不懂这段时间：{text}；请写成 09:00-18:00，过夜写成 22:00-08:00").format(text=part))
        if start == end:
            raise ValueError(_("{text} 开始和结束是同一个时刻；全天请不要写 hours").format(text=part))
        found.append(Hours(start, end))
    return tuple(found)


def parse_dates(text: str) -> tuple[Dates, ...]:
    """Return the dates. Raises `ValueError`."""
    found = []
    for part in _parts(text):
        said = _DATES.fullmatch(part)
        first = _date_of(said[1]) if said else None
        last = _date_of(said[2] or said[1]) if said else None
        if first is None or last is None:
            raise ValueError(
                _("看不懂这些日期：{text}；请写成 2026-11-11，一段日子写成 2026-10-01..2026-10-08").format(text=part)
            )
        if last < first:
            raise ValueError(_("{text} 的结束日期在开始日期之前").format(text=part))
        found.append(Dates(first, last))
    return tuple(found)


def _date_of(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _parts(text: str) -> list[str]:
    return _COMMA.split(text.strip()) if text.strip() else []


def _day_of(word: str) -> int | None:
    found = _DAY.fullmatch(word)
    if found is None:
        return None
    return DAYS.index(found[1].lower()) if found[1] else _CHINESE_DAYS.index(found[2].replace("天", "日"))


def _minute(hour: str, minute: str) -> int | None:
    said = int(hour) * 60 + int(minute)
    return said if int(minute) < 60 and said <= MINUTES else None


def _is_within(day: datetime.date, dates: tuple[Dates, ...]) -> bool:
    return any(first <= day <= last for first, last in dates)
