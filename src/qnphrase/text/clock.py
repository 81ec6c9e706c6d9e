"""Times of the day in words: `早8点`, `晚上十点半`, `22:30`.

Everything here reads folded text (`qnphrase.text.fold`).
"""

import re

HOUR = 60  # minutes
NOON = 12 * HOUR
DAY = 24 * HOUR
MORNING = ("凌晨", "清晨", "早晨", "早上", "早", "上午", "朝")
EVENING = ("晚上", "晚间", "夜里", "夜间", "深夜", "晚", "夜")
PERIOD = "凌晨|清晨|早晨|早上|上午|中午|午间|下午|傍晚|晚上|晚间|夜里|夜间|深夜|早|朝|晚|夜"
_NUMBER = "[0-9]{1,2}|[零一二两三四五六七八九十]{1,3}"
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def time_pattern(number: int) -> str:
    """Return a pattern of a time of the day, with the groups `period1`, `hour1`, `unit1`, `minute1` for `number` 1.

    It takes a bare number, too; whoever wants a time looks whether there is a `unit1`.
    """
    return (
        rf"(?:(?P<period{number}>{PERIOD}) ?)?(?P<hour{number}>{_NUMBER})"
        rf"(?P<unit{number}>:(?P<minute{number}>[0-5][0-9])|(?:点|时(?![间长段]))(?:[钟整]|半|(?:[0-5][0-9]|[1-9])分?(?![0-9]))?)?"
    )


def minutes_of(found: re.Match[str], number: int) -> list[int]:
    """Return the minutes of the day that a time can mean, the earlier first; of `8点` both, of none that is one none.

    `found` is a match of a pattern that holds `time_pattern(number)`, on folded text.
    """
    hour = _number(found[f"hour{number}"])
    unit = found[f"unit{number}"] or ""
    minute = int(found[f"minute{number}"] or 0) if unit.startswith(":") else _minute_of(unit)
    if hour is None or hour > 24 or (hour == 24 and minute):
        return []
    at = hour * HOUR + minute
    period = found[f"period{number}"]
    if not period:
        return [at] if unit.startswith(":") or hour > 12 or hour == 0 else [at, at + NOON][: 2 if hour < 12 else 1]
    if period in MORNING:
        return [at % NOON if period == "凌晨" else at] if hour <= 12 else []
    if period in EVENING:
        if hour == 12:
            return [DAY]
        return [at + NOON] if 5 <= hour < 12 else [at]
    return [at + NOON] if hour < 11 else [at]


def _minute_of(unit: str) -> int:
    if unit.endswith("半"):
        return 30
    digits = re.search("[0-9]+", unit)
    return int(digits[0]) if digits else 0


def _number(words: str) -> int | None:
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if (len(tens) > 1) or (len(ones) > 1) or any(one not in _DIGITS for one in tens + ones):
        return None
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
