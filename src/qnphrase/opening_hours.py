"""Hours that a text tells: when somebody is there, when nobody is, from when on the buyer is answered.

Everything here reads folded text (`qnphrase.text.fold`) and yields offsets of it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from qnphrase.schedule import Hours
from qnphrase.schedule import parse_days
from qnphrase.text.clock import DAY
from qnphrase.text.clock import HOUR
from qnphrase.text.clock import PERIOD
from qnphrase.text.clock import minutes_of
from qnphrase.text.clock import time_pattern
from qnphrase.text.pattern import lazy_pattern

LONGEST = 2_000  # characters; nobody reads on for the hours
_RANGE = lazy_pattern(
    rf"(?<![周期0-9.])(?<![0-9]:){time_pattern(1)} ?(?:(?P<dash>[-~—–至到]{{1,2}}) ?(?:次日|第二天|明天)?|(?={PERIOD}))"
    rf"{time_pattern(2)}(?![0-9.:%])"
)
_POINT = lazy_pattern(
    rf"(?<![周期0-9.])(?<![0-9]:)(?:(?P<next>明天|明日|次日|第二天|隔天|明)的? ?)?{time_pattern(1)}(?![0-9.:%])"
)

# What stands beside hours and tells what they are: somebody is there, nobody is there, or something else altogether.
_LABEL = lazy_pattern(
    r"(?P<closed>非(?:工作|营业|服务|人工|在线|上班)|午休|休息|下班|打烊|用餐|吃饭|就餐|休假|离线|不在|不上班|不接待|没人|无人|停止|暂停|盘点|维护)"
    r"|(?P<other>发货|快递|物流|打包|仓库|揽收|揽件|活动|抢购|开抢|秒杀|直播|优惠|满减|下单|付款|拍下|配送|送货|送达|派送|安装|上门|门店|取件|退款|到账|高峰)"
    r"|(?P<open>在线|上班|工作|营业|服务|接待|咨询|值班|客服|人工)"
)
_AND = lazy_pattern("[,，、;；/和及与 ]{1,2}")
_COMMA = r"[,，。！？!?；;\n]"
_BEFORE = 16
_BEHIND = 10
_DAYS_BEFORE = lazy_pattern(
    r"(?:(?:周|星期)[一二三四五六日天](?:[-~—–至到](?:周|星期)[一二三四五六日天])?|工作日|周末|每天|每日|天天)"
    r"[ (:：]{0,2}$"
)
_DAY_WORDS = lazy_pattern(r"周[一二三四五六日天末]|星期|工作日|节假日|法定|假期|双休|春节|国庆|元旦|五一|[0-9][月日号]")
_NAMED_DAYS = {"工作日": "周一-周五", "周末": "周六，周日", "每天": "", "每日": "", "天天": ""}


class Told(NamedTuple):
    """Hours that a text tells: on which days (empty: all) somebody is there, or nobody."""

    start: int
    end: int
    hours: Hours
    days: frozenset[int]
    is_open: bool


class Return(NamedTuple):
    """From when on the buyer is answered, by a text: the minutes that may be meant. `is_tomorrow`: it says so."""

    start: int
    end: int
    minutes: tuple[int, ...]
    is_tomorrow: bool


def told_hours(text: str) -> list[Told]:
    """Return the hours in which a folded text says that somebody is there, or nobody; none where days are unclear."""
    found: list[Told] = []
    for ranges in _in_a_row(text):
        start, end = ranges[0][0].start(), ranges[-1][0].end()
        label = _label_of(text, start, end)
        is_clear = all(one["period1"] or len(minutes_of(one, 1)) == 1 for one, _hours in ranges)
        if label != "open" and not (label == "closed" and is_clear):
            continue
        days = _days_before(text, start)
        if days is None:
            return []
        found += (Told(one.start(), one.end(), hours, days, label == "open") for one, hours in ranges)
    return found


def _in_a_row(text: str) -> list[list[tuple[re.Match[str], Hours]]]:
    """Return the ranges of hours in a text; those that are told in one breath, as 9:00-12:00、13:30-18:00, together."""
    rows: list[list[tuple[re.Match[str], Hours]]] = []
    for one in _RANGE.finditer(text):
        hours = _hours_of(one)
        if hours is None:
            continue
        if rows and _AND.fullmatch(text, rows[-1][-1][0].end(), one.start()):
            rows[-1].append((one, hours))
        else:
            rows.append([(one, hours)])
    return rows


def _days_before(text: str, start: int) -> frozenset[int] | None:
    """Return the days of hours at `start`; `None` where the text speaks of days and it isn't clear of which."""
    said = _DAYS_BEFORE.search(text, max(0, start - 12), start)
    if said is None:
        return None if _DAY_WORDS.search(text) else frozenset()
    if _DAY_WORDS.search(text, 0, said.start()) or _DAY_WORDS.search(text, start):
        return None
    words = said[0].rstrip(" (:：")
    return parse_days(_NAMED_DAYS.get(words, words))


def _label_of(text: str, start: int, end: int) -> str | None:
    """Return what hours are: what stands right behind them if it says that nobody is there, else the nearest before."""
    behind = re.split(_COMMA, text[end : end + _BEHIND])[0]
    before = re.split(_COMMA, text[max(0, start - _BEFORE) : start])[-1]
    after = list(_LABEL.finditer(behind))
    if any(one.lastgroup == "closed" and one.start() <= 4 for one in after):
        return "closed"
    labels = list(_LABEL.finditer(before))[-1:] or after[:1]
    return labels[0].lastgroup if labels else None


def _hours_of(found: re.Match[str]) -> Hours | None:
    """Return the hours that a range says; `None` where it says none, or it isn't clear which."""
    first, last = found["period1"], found["period2"]
    if not (found["unit2"] or (first and last)) or not (found["dash"] or (first and last)):
        return None
    if not (found["unit1"] or first or found["dash"]):
        return None
    starts, ends = minutes_of(found, 1), minutes_of(found, 2)
    if len(starts) != 1:  # 9点 alone: the morning where the end is in the evening, else as it is written
        starts = starts[:1]
    if len(ends) != 1:
        ends = _ends_meant(found, starts, ends)
    if len(starts) != 1 or len(ends) != 1 or starts[0] == ends[0]:
        return None
    return Hours(starts[0] % DAY, ends[0])


def _ends_meant(found: re.Match[str], starts: list[int], ends: list[int]) -> list[int]:
    """Of an end that may be in the morning or in the evening, return those that can be meant."""
    if not starts:
        return []
    if starts[0] >= ends[0]:  # 9点-6点 is a working day, 22点-8点 a night
        return ends[1:] if starts[0] < ends[1] else ends[:1]
    # 早9点到11点 may be either; 上午9点到11点 isn't.
    return [] if found["period1"] in ("早", "早上", "朝") else ends[:1]


_BACK = lazy_pattern(
    r"[^,，。！？!?；;\n]{0,8}?(?:回复|答复|回您|回你|回亲|上班|上线|回来|到岗|联系您|开始(?:接待|服务|营业|上班|工作)|恢复(?:服务|接待|营业)|(?P<weak>为您|解答|接待|营业|处理))"
)
_NOT_BACK = lazy_pattern(
    r"下班|休息|打烊|结束|关|慢|不|没|无法|停|发货|快递|仓库|打包|揽|活动|抢|直播|到货|送达|截止|高峰"
)
# 晚一点 and 两点 are no times: later, and two points.
_NO_TIME = lazy_pattern(r"[早晚]?[一两]点(?![半钟])")


def returns(text: str, taken: list[Told]) -> Iterator[Return]:
    """Yield the times from which on a folded text says that the buyer is answered; `taken` are the hours in it."""
    for found in _POINT.finditer(text):
        if not found["unit1"] or any(one.start < found.end() and found.start() < one.end for one in taken):
            continue
        if _NO_TIME.fullmatch(found[0].strip()):
            continue
        back = _BACK.match(text, found.end())
        rest = re.split(_COMMA, text[found.end() : found.end() + 20])[0]
        if back is None or _NOT_BACK.search(rest) or (back["weak"] and not found["period1"]):
            continue
        minutes = minutes_of(found, 1)
        if "上班" in back[0] and len(minutes) == 2 and minutes[0] >= 6 * HOUR:
            minutes = minutes[:1]
        if minutes:
            yield Return(found.start(), back.end(), tuple(minutes), bool(found["next"]))


_SOMEBODY = "客服|我们|小二|人工|店铺|本店|掌柜|小妹|小店|亲们|大家|同事"
_CLOSED_NOW = lazy_pattern(
    r"非(?:工作|营业|服务|人工|在线|上班)时|休息中|(?:已经?|都|现已|暂时|目前|现在|正在|全部|均)(?:是|在)?(?:下班|休息|打烊|离线|闭店|不在线)|"
    r"(?:下班|打烊|休息)(?:了|啦|咯|喽)|"
    rf"(?:{_SOMEBODY})(?:都|已|正|在|目前|现在|暂时|全部)*(?:休息|下班|离线|打烊|不在线|不在(?![乎意少]))"
)
_LATER = lazy_pattern(
    r"其他|其余|之外|以外|(?:点|[0-9])(?:之|以)?后|如果|如遇|若|遇到|超过|每[天日]|(?<!目)前|不会|没有|还没"
)


def says_nobody_is_there(text: str) -> bool:
    """Whether a folded text says that nobody is there as it is sent."""
    for found in _CLOSED_NOW.finditer(text):
        clause = re.split(_COMMA, text[max(0, found.start() - _BEFORE) : found.start()])[-1]
        if not _LATER.search(clause + found[0]):
            return True
    return False
