"""The moment at which a buyer writes: what an auto-reply depends on.

Times are those of the shop's clock, which is that of Asia/Shanghai wherever the program runs: 08:00 ahead of UTC, with
no summer time since 1992. Its day begins at 00:00.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from functools import cache

from qnphrase.language import _
from qnphrase.text.pattern import lazy_pattern

SHOP_ZONE = "Asia/Shanghai"

_MOMENT = lazy_pattern(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*"
    r"(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)


class Status(StrEnum):
    """The status of the clerk's desk."""

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"


@dataclass(frozen=True)
class Situation:
    """A buyer writes.

    `at` is a time of the shop's clock; one with a time zone is converted. `contacts` says how many contacts are being
    served at that moment, this buyer included; `first_today` whether it is the buyer's first message since 00:00.
    `last_sent` says by the index of a reply in the book when this buyer got it last; what isn't there was never sent.
    """

    at: datetime.datetime
    status: Status = Status.ONLINE
    contacts: int = 1
    first_today: bool = False
    last_sent: Mapping[int, datetime.datetime] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", on_the_shops_clock(self.at))
        if any(at.tzinfo is not None for at in self.last_sent.values()):
            told = {index: on_the_shops_clock(at) for index, at in self.last_sent.items()}
            object.__setattr__(self, "last_sent", told)


def on_the_shops_clock(at: datetime.datetime) -> datetime.datetime:
    """Return a moment as the shop's clock shows it, without a time zone; a time without one is such a time already."""
    return at if at.tzinfo is None else at.astimezone(_shop_zone()).replace(tzinfo=None)


@cache
def _shop_zone() -> datetime.tzinfo:
    from zoneinfo import ZoneInfo
    from zoneinfo import ZoneInfoNotFoundError

    try:
        return ZoneInfo(SHOP_ZONE)
    except ZoneInfoNotFoundError:  # Windows has no such table; what it would say of today is known
        return datetime.timezone(datetime.timedelta(hours=8), SHOP_ZONE)


def moment_of(text: str) -> datetime.datetime:
    """Return the moment that a text names, on the shop's clock: `2026-11-11T23:50`, `2026/11/11 23:50:00`, with or
    without a zone (`Z`, `+08:00`).

    A leap second, 23:59:60, counts as the second before. Raises `ValueError` with what is wrong, in the user's
    language.
    """
    said = _MOMENT.fullmatch(text.strip())
    if said is None:
        raise ValueError(_("看不懂这个时间：{text}；请写成 2026-11-11T23:50").format(text=text))
    year, month, day, hour, minute = map(int, said.groups()[:5])
    second = 59 if said[6] == "60" else int(said[6] or 0)
    micro = int((said[7] or "0").ljust(6, "0"))
    try:
        at = datetime.datetime(year, month, day, hour, minute, second, micro, tzinfo=_zone_of(said[8]))
        return on_the_shops_clock(at)
    except (ValueError, OverflowError):
        raise ValueError(_("没有这个时间：{text}").format(text=text)) from None


def _zone_of(text: str | None) -> datetime.tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return datetime.UTC
    ahead = datetime.timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return datetime.timezone(-ahead if text[0] == "-" else ahead)


def status_of(text: str) -> Status:
    """Return the status that a word names, in English or Chinese: `busy`, `忙碌`. Raises `ValueError`."""
    word = text.strip().lower()
    for status, name in _CHINESE.items():
        if word in (status.value, name):
            return status
    raise ValueError(_("没有这个状态：{text}；可以写 online（在线）、busy（忙碌）、away（离开）").format(text=text))


_CHINESE = {Status.ONLINE: "在线", Status.BUSY: "忙碌", Status.AWAY: "离开"}
