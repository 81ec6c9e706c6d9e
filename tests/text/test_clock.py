"""Times of the day in words, and all that they can mean."""

import re

import pytest

from qnphrase.text.clock import minutes_of
from qnphrase.text.clock import time_pattern


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("8点", ["08:00", "20:00"]),
        ("12点", ["12:00"]),
        ("0点", ["00:00"]),
        ("24点", ["24:00"]),
        ("8:05", ["08:05"]),
        ("20点15分", ["20:15"]),
        ("早8点", ["08:00"]),
        ("上午 十一点半", ["11:30"]),
        ("中午12点", ["12:00"]),
        ("中午1点", ["13:00"]),
        ("下午三点钟", ["15:00"]),
        ("晚上十点半", ["22:30"]),
        ("晚12点", ["24:00"]),
        ("晚上2点", ["02:00"]),
        ("凌晨12点", ["00:00"]),
        ("二十二点", ["22:00"]),
        ("25点", []),
        ("24:30", []),
        ("早15点", []),
        ("十十点", []),
    ],
)
def test_what_a_time_means(words: str, meant: list[str]) -> None:
    found = re.fullmatch(time_pattern(1), words)
    assert found is not None
    assert [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes_of(found, 1)] == meant


@pytest.mark.parametrize("words", ["8点60分", "8:60", "8时长", "点8", "早上"])
def test_what_is_no_time(words: str) -> None:
    assert re.fullmatch(time_pattern(1), words) is None


def test_two_times_in_one_pattern() -> None:
    found = re.fullmatch(f"{time_pattern(1)}到{time_pattern(2)}", "早9点到晚11点")
    assert found is not None
    assert (minutes_of(found, 1), minutes_of(found, 2)) == ([9 * 60], [23 * 60])
