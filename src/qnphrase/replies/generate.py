"""A plausible day at one desk, made up: the same seed gives the same messages.

No shop's log stands behind the numbers; they are set so that a day looks as sellers describe it. Buyers come in a
curve with peaks at 00:00, when a sale opens, and at 20:00, and with few at dawn. A buyer writes some messages a minute
or two apart, and one in five comes back later in the day. A contact is being served from the first of these messages
until a while after the last; how many are is what the events say of `contacts`. The clerk is away at night and at
meals, and busy while the crowd is greater than one in sixty of the day's buyers.
"""

import datetime
import heapq
import json
import random
from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import accumulate
from math import exp
from typing import NamedTuple

from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.replies.events import FIELDS
from qnphrase.replies.events import Event
from qnphrase.replies.situation import Status
from qnphrase.schedule import MINUTES
from qnphrase.text.pattern import lazy_pattern

MOST_BUYERS = 1_000_000
MESSAGES = 4.0  # of one visit, on average
_GAP = 75.0  # seconds between two messages of a visit, on average
_SERVICE = 300.0  # seconds from the last message to the end of the service, on average
_RETURNS = 0.2
_DAY = MINUTES * 60

# How many come in the hour that begins then, beside one another.
_CURVE = (30, 12, 7, 4, 3, 3, 5, 10, 22, 38, 50, 52, 45, 48, 52, 50, 50, 48, 46, 58, 80, 76, 64, 44)
_PEAKS = ((0, 120, 25), (20 * 60, 70, 40))  # minute, height, and after how many minutes a third of it is left

_AWAY = ((150, 8 * 60), (12 * 60, 12 * 60 + 40), (18 * 60, 18 * 60 + 30))  # from until, minutes of the day
_CROWD = 1 / 60  # of the day's buyers, at once: the clerk says that the desk is busy

_DATE = lazy_pattern(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})[日号]?")


class _Visit(NamedTuple):
    """The messages that one buyer still has to write. In a heap the earliest comes first."""

    second: float
    buyer: int
    left: int


def day_named(text: str, today: datetime.date) -> datetime.date:
    """Return the day that `11.11` or `2026-11-11` names; without a year it is one of this year. Raises `UsageError`."""
    said = _DATE.fullmatch(text.strip())
    if said is None:
        raise UsageError(_("看不懂这一天：{text}").format(text=text), hint=_("请写成 11.11 或 2026-11-11。"))
    year = int(said[1] or today.year)
    try:
        return datetime.date(year, int(said[2]), int(said[3]))
    except ValueError:
        raise UsageError(_("{year} 年没有这一天：{text}").format(year=year, text=text)) from None


def generate(day: datetime.date, *, buyers: int, seed: int, messages: float = MESSAGES) -> Iterator[Event]:
    """Yield the messages of a day, in order of time; `messages` is how many a visit has on average, 1 or more.

    Memory grows with buyers, not with messages. Raises `UsageError`.
    """
    if not 1 <= buyers <= MOST_BUYERS:
        raise UsageError(_("买家数要在 1 到 {most:,} 之间").format(most=MOST_BUYERS))
    return _messages(day, buyers, random.Random(seed), messages)  # noqa: S311 - a plausible day, no secret


def as_csv(events: Iterable[Event]) -> bytes:
    """Return events as a log that can be read again."""
    rows = (f"{event.at},{event.buyer},{event.status},{event.contacts}\n" for event in events)
    return "".join(("time,buyer,status,contacts\n", *rows)).encode()


def as_json_lines(events: Iterable[Event]) -> bytes:
    """Return events as a log that can be read again, one JSON object a line."""
    values = (zip(FIELDS, (str(event.at), *event[2:]), strict=True) for event in events)
    return "".join(json.dumps(dict(value), ensure_ascii=False) + "\n" for value in values).encode()


def _messages(day: datetime.date, buyers: int, dice: random.Random, messages: float) -> Iterator[Event]:
    weights = list(accumulate(_arrivals(minute) for minute in range(MINUTES)))
    visits = [_Visit(_arrival(dice, weights), buyer, _count(dice, messages)) for buyer in range(1, buyers + 1)]
    again = [_Visit(_arrival(dice, weights), visit.buyer, _count(dice, messages)) for visit in visits if _returns(dice)]
    waiting = visits + [visit for visit in again if visit.second > visits[visit.buyer - 1].second]
    heapq.heapify(waiting)
    desk = _Desk(dice, buyers)
    midnight = datetime.datetime.combine(day, datetime.time())
    while waiting:
        visit = heapq.heappop(waiting)
        if visit.second >= _DAY:
            continue
        contacts = desk.serve(visit)
        at = midnight + datetime.timedelta(seconds=int(visit.second))
        yield Event(0, at, f"tb{visit.buyer:06}", desk.status(visit.second, contacts), contacts)
        if visit.left > 1:
            later = visit.second + dice.expovariate(1 / _GAP)
            heapq.heappush(waiting, _Visit(later, visit.buyer, visit.left - 1))


def _arrivals(minute: int) -> float:
    """How many come in a minute, beside other minutes."""
    hour, part = divmod(minute, 60)
    usual = _CURVE[hour] + (_CURVE[(hour + 1) % 24] - _CURVE[hour]) * part / 60
    peaks = (height * exp((start - minute) / fades) for start, height, fades in _PEAKS if minute >= start)
    return usual + sum(peaks)


def _arrival(dice: random.Random, weights: list[float]) -> float:
    minute = bisect_left(weights, dice.random() * weights[-1])
    return (min(minute, MINUTES - 1) + dice.random()) * 60


def _count(dice: random.Random, messages: float) -> int:
    return 1 + int(dice.expovariate(1 / (messages - 0.5))) if messages > 1 else 1


def _returns(dice: random.Random) -> bool:
    return dice.random() < _RETURNS


class _Desk:
    """Who is being served, and what the clerk's status is."""

    def __init__(self, dice: random.Random, buyers: int) -> None:
        self._dice = dice
        self._ends: dict[int, float] = {}  # of the service, by buyer
        self._queue: list[tuple[float, int]] = []
        self._busy_over = max(3.0, buyers * _CROWD)

    def serve(self, visit: _Visit) -> int:
        """Take a message, and return how many are being served."""
        end = visit.second + self._dice.expovariate(1 / _SERVICE)
        if end > self._ends.get(visit.buyer, 0.0):
            self._ends[visit.buyer] = end
            heapq.heappush(self._queue, (end, visit.buyer))
        while self._queue and self._queue[0][0] < visit.second:
            over, buyer = heapq.heappop(self._queue)
            if self._ends.get(buyer) == over:
                del self._ends[buyer]
        return len(self._ends)

    def status(self, second: float, contacts: int) -> Status:
        """Return the clerk's status: away by the clock, busy by the crowd."""
        minute = second / 60
        if any(start <= minute < end for start, end in _AWAY):
            return Status.AWAY
        return Status.BUSY if contacts > self._busy_over else Status.ONLINE
