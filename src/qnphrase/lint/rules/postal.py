"""Postal addresses that are exact enough to find a door."""

import re
from collections.abc import Iterator

from qnphrase.text.pattern import lazy_pattern

_NUMBER = r"(?:[A-Za-z]?[0-9]{1,5}(?:[\-—][0-9]{1,4})?|[一二三四五六七八九十]{1,3})"
# A day (10号前送达) and a choice (3号链接) have numbers too.
_NO_DOOR = (
    "线|色|码|链接|款|电池|前|后|到|发|送|开|截|以|当|早|晚|上午|下午|中午|恢复|左右|"
    "之前|统一|起|就|才|可|休|放|不|的|上新|活动"
)
_DOOR = lazy_pattern(
    r"(?<![0-9A-Za-z])[A-Za-z] ?(?:座(?!位|椅)|栋|幢)|"
    rf"(?<![0-9A-Za-z月]){_NUMBER} ?(?:号楼|号院|号(?!{_NO_DOOR})|弄|栋|幢|座(?!位|椅)|单元)|"
    r"(?<=[路街道])(?:交叉口|交汇处|交口)(?:[东南西北往向]{1,3}[0-9]{1,4}米)?"
)
_MORE_DOORS = lazy_pattern(rf"(?:[ ,，]?{_NUMBER} ?(?:号楼|号|弄|栋|幢|座|单元|层|楼|室)(?!以上|以下)){{0,5}}")

# An address is no longer than this before its door, and has no such sign in it.
_REACH = 48
_BREAK = lazy_pattern(r"[，,。！？!?；;：:\n、“”\"【】\[\]{}<>《》~～…]")
_PLACE = lazy_pattern(r"[\u4e00-\u9fff](?:省|自治区|市(?!场)|区|县|镇|乡|街道)")
_WAY = lazy_pattern(
    r"(?:路|大道|大街|街道?|胡同|巷|里弄|村|园区|产业园|科技园|工业园|创业园|物流园|小区|社区|花园|花苑|家园|新村|大厦|广场|公寓|商城|开发区|工业区|市场|镇)"
    r"[\u4e00-\u9fff A-Za-z0-9（(]{0,10}\Z"
)
# Names of estates are no names of ways; before the number of a building they are as good.
_ESTATE = lazy_pattern(
    r"[\u4e00-\u9fff](?:[一二三四五六七八九十东西南北中]区|园|苑|里|庄|府|城|湾|中心|公馆|华庭|名邸|宿舍|大楼|写字楼)"
    r"[\u4e00-\u9fffA-Za-z0-9（( ]{0,8}\Z"
)
_BUILDING = lazy_pattern(r"[栋幢座]\Z|单元\Z|号楼\Z")
_ROAD = lazy_pattern(r"[\u4e00-\u9fff]{1,6}(?:路|大道|大街|街|胡同|巷) ?\Z")
# Other things that end like a road.
_NO_ROAD = lazy_pattern(
    r"(?:线|电|网|思|套|销|回|公交|马|一|铁|半|同|顺|水|气|油|出|走|迷|通|高速公|在|上|过|逛)[路街] ?\Z"
)
# What leads to an address and is no part of it.
_LEAD = lazy_pattern(r"地址|退货点|收货点|仓库|发货地|邮寄|请?寄[到回往至给]?|[0-9]{7,}|[在到至是为于往来去]|退回?")
_BLANK = lazy_pattern(r"某|[xX×*]{2}|○○|＊")

# It begins with the sign of a door, which is rarer than that of a way.
_DIGIT = "[0-9一二三四五六七八九十"
TRIGGER = (
    rf"[号弄栋幢座单交](?:(?<={_DIGIT} ]号)(?!{_NO_DOOR})|(?<={_DIGIT}A-Za-z ][弄栋幢座])|(?<={_DIGIT} ]单)元|"
    r"(?<=[路街道]交)[叉汇口])"
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each address down to the number of a house, in order."""
    last = 0
    for door in _DOOR.finditer(text):
        if door.start() < last:
            continue
        start = _start(text, max(last, door.start() - _REACH), door)
        if start is not None:
            more = _MORE_DOORS.match(text, door.end())
            last = more.end() if more else door.end()
            if not _BLANK.search(text, start, last):
                yield start, last


def _start(text: str, left: int, door: re.Match[str]) -> int | None:
    """Return where the address begins whose number is `door`; nothing if it is none."""
    for found in _BREAK.finditer(text, left, door.start()):
        left = found.end()
    before = text[left : door.start()]
    place = _PLACE.search(before)
    way = _WAY.search(before) or (_ESTATE.search(before) if _BUILDING.search(door[0]) else None)
    if place and way and (place.start() + 1 < way.start() or _ROAD.search(before)):
        return left + _after_lead(before, place.start() + 1)
    road = _ROAD.search(before)
    if road and not _NO_ROAD.search(before):
        start = _after_lead(before, road.end())
        return left + start if road.end() - start > 2 else None
    return None


def _after_lead(before: str, end: int) -> int:
    """Return where the first name of an address begins, which ends at `end`."""
    start = 0
    for found in _LEAD.finditer(before, 0, end):
        start = found.end()
    return start + len(before[start:]) - len(before[start:].lstrip())
