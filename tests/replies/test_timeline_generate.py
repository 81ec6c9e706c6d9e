"""A made-up day: the same for one seed, and of the shape that it claims to have."""

import datetime
import io
from collections import Counter

import pytest

from qnphrase.errors import UsageError
from qnphrase.replies.events import Event
from qnphrase.replies.events import EventReader
from qnphrase.replies.generate import as_csv
from qnphrase.replies.generate import as_json_lines
from qnphrase.replies.generate import day_named
from qnphrase.replies.generate import generate
from qnphrase.replies.situation import Status

DAY = datetime.date(2026, 11, 11)


def made(buyers: int = 2_000, seed: int = 1) -> list[Event]:
    return list(generate(DAY, buyers=buyers, seed=seed))


def test_a_seed_says_all() -> None:
    assert made(300) == made(300)
    assert made(300) != made(300, seed=2)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_shape_of_the_day(seed: int) -> None:
    events = made(seed=seed)
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert {event.at.date() for event in events} == {DAY}
    assert len({event.buyer for event in events}) == 2_000
    assert 3 < len(events) / 2_000 < 6
    hours = Counter(event.at.hour for event in events)
    assert max(hours, key=lambda hour: hours[hour]) == 20, "the evening's peak"
    assert hours[0] > 2 * hours[1] > 4 * hours[4], "the sale opens at midnight"
    assert {event.status for event in events} == set(Status)


def test_contacts_come_from_who_is_being_served() -> None:
    events = made()
    assert all(1 <= event.contacts <= 2_000 for event in events)
    crowd = {hour: max(event.contacts for event in events if event.at.hour == hour) for hour in (4, 20)}
    assert crowd[20] > 5 * crowd[4]
    assert made(1)[0].contacts == 1
    busy = [event.contacts for event in events if event.status is Status.BUSY]
    online = [event.contacts for event in events if event.status is Status.ONLINE]
    assert min(busy) > max(online), "the clerk is busy by the crowd"


@pytest.mark.parametrize("written", [as_csv, as_json_lines])
def test_a_day_can_be_kept_in_a_file(written: object) -> None:
    assert callable(written)
    events = made(50)
    reader = EventReader(io.BytesIO(written(events)))
    assert [event._replace(line=0) for event in reader] == events
    assert (reader.broken.count, reader.assumed) == (0, set())


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("11.11", (2025, 11, 11)),
        ("6-18", (2025, 6, 18)),
        ("11月1日", (2025, 11, 1)),
        ("2026/11/11", (2026, 11, 11)),
        ("2028-2-29", (2028, 2, 29)),
    ],
)
def test_days_by_name(said: str, day: tuple[int, int, int]) -> None:
    assert day_named(said, datetime.date(2025, 1, 1)) == datetime.date(*day)


@pytest.mark.parametrize("said", ["", "11", "2.29", "13.1", "1111", "99999-1-1", "0000-1-1"])
def test_no_such_day(said: str) -> None:
    with pytest.raises(UsageError, match="这一天"):
        day_named(said, datetime.date(2025, 1, 1))


@pytest.mark.parametrize("buyers", [0, -1, 1_000_001])
def test_how_many_buyers(buyers: int) -> None:
    with pytest.raises(UsageError, match="买家数要在 1 到 1,000,000 之间"):
        generate(DAY, buyers=buyers, seed=1)
