"""When schedules hold, as spans of time that can be compared.

Between two days that schedules name, everything repeats by the week: so the days around those, or any week where none
is named, tell about all days.
"""

import datetime as dt
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import chain
from itertools import pairwise

from qnphrase.schedule import MINUTES
from qnphrase.schedule import Schedule

Span = tuple[int, int]  # minutes since the first day of the calendar; the end is exclusive

# A week, and a day on either side of it for hours that pass midnight.
_AROUND = 9
_ANY_DAY = dt.date(2026, 1, 5)
# More than this in one book is no schedule that anybody keeps; nothing is said of what is beyond it.
_SCHEDULES = 12
_PARTS = 24


class Timetable:
    """The times of the first few of some schedules. Those that are too long to be looked at hold at none."""

    def __init__(self, schedules: Iterable[Schedule]) -> None:
        distinct = [one for one in dict.fromkeys(schedules) if len(one.hours) <= _PARTS and len(_named(one)) <= _PARTS]
        known = distinct[:_SCHEDULES]
        days = _days_around(list(chain.from_iterable(map(_named, known))))
        # Of the first of some days on end it isn't known what lasts from the day before.
        known_days = (day for before, day in pairwise(days) if before + 1 == day)
        self._known = _merged((day * MINUTES, (day + 1) * MINUTES) for day in known_days)
        self._spans = {one: shared(self._held(one, days), self._known) for one in known}

    @staticmethod
    def _held(schedule: Schedule, days: Iterable[int]) -> list[Span]:
        spans = [
            (hours.start, hours.end if hours.start < hours.end else hours.end + MINUTES) for hours in schedule.hours
        ] or [(0, MINUTES)]
        starts = [day * MINUTES for day in days if schedule.is_day(dt.date.fromordinal(day))]
        return _merged((start + begin, start + end) for start in starts for begin, end in spans)

    def __iter__(self) -> Iterator[Schedule]:
        return iter(self._spans)

    def __contains__(self, schedule: Schedule) -> bool:
        return schedule in self._spans

    def times(self, schedule: Schedule) -> list[Span]:
        """Return when it holds, in order."""
        return self._spans[schedule]

    def covers(self, others: Collection[Schedule], schedule: Schedule) -> bool:
        """Whether always one of the others holds when `schedule` does, which does at some time."""
        by = _merged(chain.from_iterable(self._spans[one] for one in others))
        times = self._spans[schedule]
        return bool(times) and shared(times, by) == times


def shared(spans: list[Span], others: list[Span]) -> list[Span]:
    """Return what of spans is in others, too; both in order and apart."""
    found: list[Span] = []
    one = other = 0
    while one < len(spans) and other < len(others):
        start, end = max(spans[one][0], others[other][0]), min(spans[one][1], others[other][1])
        if start < end:
            found.append((start, end))
        if spans[one][1] < others[other][1]:
            one += 1
        else:
            other += 1
    return found


def without(spans: list[Span], others: list[Span]) -> list[Span]:
    """Return what of spans isn't in others; both in order and apart."""
    if not spans:
        return []
    edges = [spans[0][0], *(edge for span in others for edge in span), spans[-1][1]]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return shared(spans, [(start, end) for start, end in gaps if start < end])


def length(spans: Iterable[Span]) -> int:
    """Return how many minutes they last."""
    return sum(end - start for start, end in spans)


def _named(schedule: Schedule) -> list[int]:
    """Return the days at which something begins or ends."""
    return [
        day
        for one in (*schedule.dates, *schedule.except_dates)
        for day in (one.first.toordinal(), one.last.toordinal())
    ]


def _days_around(named: list[int]) -> list[int]:
    first, last = dt.date.min.toordinal(), dt.date.max.toordinal()
    around = range(-_AROUND, _AROUND + 1)
    days = {day + step for day in named or [_ANY_DAY.toordinal()] for step in around}
    return sorted(day for day in days if first <= day <= last)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged
