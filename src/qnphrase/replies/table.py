"""The truth table of a book's auto-replies: every kind of situation, what is sent in it, and where that goes wrong.

Situations are told apart by the status, by whether it is the buyer's first message of the day, by the numbers of
contacts between the thresholds of the book, and by the clock: by which replies it allows at a time. Cool-downs are left
out, as if the buyer had got nothing yet.

* A *gap* is a situation in which a buyer waits and nothing is sent: the status is busy or away, more contacts than the
  lowest threshold are being served, or it is the first message. Where a clerk is online and has time, nobody needs an
  auto-reply.
* A *shadowed* reply holds now and then, but others always go before it. One that cools down makes way now and then.
* A reply is *never* due where the clock never allows it, or it says nothing.
* A *double* is a situation in which one message gets several replies; *contested* is one in which several hold and
  the profile decides.
"""

import datetime
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from qnphrase.replies.profile import DEFAULT
from qnphrase.replies.profile import Profile
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.semantics import Rule
from qnphrase.replies.semantics import decide
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status

_PLAIN_MONDAY = datetime.date(2026, 1, 5)  # for books whose replies know no dates: any week will do
_A_WEEK_AND_ITS_EVE = 8  # days after a date at which all days of the week and their yesterdays have been seen


class Band(NamedTuple):
    """Numbers of contacts between which no threshold lies: `low` to `high`, both included; `None`: no end."""

    low: int
    high: int | None


class Times(NamedTuple):
    """Times at which the clock allows the same replies. `example` is the first of them that was found."""

    example: datetime.datetime
    allowed: frozenset[int]


class Cell(NamedTuple):
    """One kind of situation. `holding` are the replies that hold, `sent` those of them that are sent."""

    times: Times
    status: Status
    first_today: bool
    band: Band
    holding: tuple[int, ...]
    sent: tuple[int, ...]

    @property
    def is_contested(self) -> bool:
        """Whether several replies hold."""
        return len(self.holding) > 1

    @property
    def is_double(self) -> bool:
        """Whether one message gets several replies."""
        return len(self.sent) > 1


class Shadow(NamedTuple):
    """A reply that holds now and then and is never sent, and those that go before it."""

    index: int  # type: ignore[assignment]  # the field's own word; nobody searches this tuple with tuple.index
    by: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """All kinds of situations of a book, in the order of times, status, first message or not, contacts."""

    rules: ReplyRules
    profile: Profile
    times: tuple[Times, ...]
    bands: tuple[Band, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def gaps(self) -> tuple[Cell, ...]:
        """The situations in which a buyer waits and nothing is sent."""
        return tuple(cell for cell in self.cells if not cell.sent and self.is_waiting(cell))

    @cached_property
    def doubles(self) -> tuple[Cell, ...]:
        """The situations in which one message gets several replies."""
        return tuple(cell for cell in self.cells if cell.is_double)

    @cached_property
    def contested(self) -> tuple[Cell, ...]:
        """The situations in which several replies hold."""
        return tuple(cell for cell in self.cells if cell.is_contested)

    @cached_property
    def never(self) -> tuple[int, ...]:
        """The enabled replies that hold in no situation."""
        due = {index for cell in self.cells for index in cell.holding}
        return tuple(rule.index for rule in self.rules.rules if rule.reply.enabled and rule.index not in due)

    @cached_property
    def shadowed(self) -> tuple[Shadow, ...]:
        """The replies that others always go before."""
        rank = {index: place for place, index in enumerate(self.profile.order(self.rules.replies))}
        free: set[int] = set()
        others: dict[int, list[set[int]]] = {}
        for cell in self.cells:
            in_order = sorted(cell.holding, key=rank.__getitem__)
            for place, index in enumerate(in_order):
                before = [one for one in in_order[:place] if self.rules.rules[one].cooldown is None]
                if self.profile.at_most is None or len(before) < self.profile.at_most:
                    free.add(index)
                else:
                    others.setdefault(index, []).append(set(before))
        return tuple(Shadow(index, _guilty(others[index])) for index in sorted(others) if index not in free)

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to complain of."""
        return not (self.gaps or self.doubles or self.never or self.shadowed)

    def is_waiting(self, cell: Cell) -> bool:
        """Whether a buyer in this situation isn't simply answered by the clerk."""
        return cell.status is not Status.ONLINE or cell.first_today or cell.band != self.bands[0]


def table_of(rules: ReplyRules, profile: Profile = DEFAULT) -> Table:
    """Return the truth table of a book's replies."""
    times, bands = _times(rules), _bands(rules)
    situations = product(times, Status, (True, False), bands)
    return Table(rules, profile, times, bands, tuple(_cell(rules, profile, *one) for one in situations))


def _guilty(others: Sequence[set[int]]) -> tuple[int, ...]:
    """Return those that go before a reply in all situations; where there are none, all that do in one of them."""
    return tuple(sorted(set.intersection(*others) or set.union(*others)))


def _cell(rules: ReplyRules, profile: Profile, times: Times, status: Status, first_today: bool, band: Band) -> Cell:
    decision = decide(rules, Situation(times.example, status, band.low, first_today), profile)
    holding = tuple(trace.index for trace in decision.traces if trace.holds)
    return Cell(times, status, first_today, band, holding, tuple(trace.index for trace in decision.sent))


def _bands(rules: ReplyRules) -> tuple[Band, ...]:
    thresholds = sorted({rule.threshold for rule in _usable(rules) if rule.reply.threshold is not None})
    lows = [1, *(threshold + 1 for threshold in thresholds)]
    return tuple(Band(low, high) for low, high in zip(lows, [*thresholds, None], strict=True))


def _usable(rules: ReplyRules) -> list[Rule]:
    return [rule for rule in rules.rules if rule.reply.enabled and rule.texts]


def _times(rules: ReplyRules) -> tuple[Times, ...]:
    """Return all sets of replies that the clock allows at once: it is asked at every minute at which one may change, on
    every day that isn't like another.
    """
    usable = _usable(rules)
    minutes = sorted(_minutes(usable))
    found: dict[frozenset[int], Times] = {}
    for day, minute in product(_days(usable), minutes):
        at = datetime.datetime.combine(day, datetime.time(minute // 60, minute % 60))
        allowed = frozenset(rule.index for rule in usable if _is_allowed(rule, at))
        found.setdefault(allowed, Times(at, allowed))
    return tuple(found.values())


def _is_allowed(rule: Rule, at: datetime.datetime) -> bool:
    return bool(rule.text_on(at.date())) and (rule.schedule is None or rule.schedule.holds(at))


def _minutes(usable: Sequence[Rule]) -> set[int]:
    hours = [hours for rule in usable if rule.schedule is not None for hours in rule.schedule.hours]
    return {0} | {minute % (24 * 60) for one in hours for minute in (one.start, one.end)}


def _days(usable: Sequence[Rule]) -> list[datetime.date]:
    """Return a week of each stretch of days between two dates of the book, and the week before the first of them."""
    changes = sorted({day for rule in usable for day in _changes(rule)})
    first = changes[0] - _A_WEEK_AND_ITS_EVE if changes else _PLAIN_MONDAY.toordinal()
    last = datetime.date.max.toordinal()
    days = {start + step for start in (first, *changes) for step in range(_A_WEEK_AND_ITS_EVE + 1)}
    return [datetime.date.fromordinal(day) for day in sorted(days) if 1 <= day <= last]


def _changes(rule: Rule) -> Iterator[int]:
    """Yield the days, by their number, from which on a reply is allowed or not, because of a date."""
    schedule = rule.schedule
    for dates in (*schedule.dates, *schedule.except_dates) if schedule is not None else ():
        yield from (dates.first.toordinal(), dates.last.toordinal() + 1)
    for _text, until in rule.texts:
        if until is not None:
            yield until.toordinal() + 1
