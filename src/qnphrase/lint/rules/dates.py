"""Dates in a phrase: those that have passed, and those that are only right on the day they were written.

Everything here reads folded text (`qnphrase.text.fold`) and yields offsets of it.
"""

import calendar
import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from qnphrase.lint.context import CLAUSE_END
from qnphrase.lint.context import sentence_around
from qnphrase.text.pattern import lazy_pattern

Span = tuple[int, int]

_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_DATE = lazy_pattern(
    rf"(?P<year>20[0-9]{{2}}|2[0-9](?=年))(?P<sep>[年./-])(?P<month>{_MONTH})(?:月|[./-])(?P<day>{_DAY})(?:[日号]|(?![0-9]))"
    rf"(?: ?(?:-|~|至|到|—|–){{1,2}} ?"
    rf"(?:(?P<year2>20[0-9]{{2}})[年./-])?(?:(?P<month2>{_MONTH})[月./-])?(?P<day2>{_DAY})(?:[日号]|(?![0-9])))?"
)
_MONTH_END = lazy_pattern(
    rf"(?P<year>20[0-9]{{2}}|2[0-9](?=年))年(?P<month>{_MONTH})月(?P<tail>[底末])?份?(?=之?前|截止|结束|止|为止|到期|以前)"
)
# A sale or a holiday of a year, and the day after which nobody speaks of it as yet to come.
_SEASONS = {
    "元旦": (1, 5), "年货节": (2, 20), "春节": (3, 1), "元宵": (3, 5), "女王节": (3, 10),
    "38": (3, 10), "三八": (3, 10),
    "五一": (5, 7), "618": (6, 22), "端午": (6, 30), "七夕": (8, 31), "中秋": (10, 10), "国庆": (10, 9),
    "双11": (11, 16), "双十一": (11, 16), "双12": (12, 15), "双十二": (12, 15), "圣诞": (12, 27),
}  # fmt: skip
_SEASON = lazy_pattern(
    # 双11 isn't the beginning of 双112; 春节1月25日 is the holiday and its days.
    rf"(?P<year>20[0-9]{{2}}|2[0-9](?=年))年?的?(?P<season>{'|'.join(_SEASONS)})(?:(?<![0-9])|(?![0-9]))"
)

# A day that is rightly past: what happened then, what holds since then, what was measured then.
_RIGHTLY_PAST = lazy_pattern(
    r"数据来源|统计|销量|报告|证书|生产日期|出厂|批次|批号|生产|规定|条例|办法|施行|实施|成立|开业|创立|创办|注册|入驻|出版|"
    r"更新于|更新时间|拍摄|采摘|酿造|累计|以来|至今|生日|出生|专利|备案|执行标准"
)
_BEHIND_PAST = lazy_pattern(
    r" ?[)\]]?(?:起|开始|后(?!台|天)|之后|以后|的?订单|上市|发布|推出|"
    r"[^,。!?;\n]{0,3}(?:下单|拍下|购买|买|付款|签收|收到|申请|提交)(?:了|的)|"
    r"之?前[^,。!?;\n]{0,4}的(?:订单|老款|旧款))"
)


class PastDate(NamedTuple):
    """A day that lies before today; `start` and `end` are those of the words."""

    start: int
    end: int
    day: dt.date


def past_dates(text: str, today: dt.date) -> Iterator[PastDate]:
    """Yield the days with a year that have passed and on which something was still to come."""
    found = [*_whole_dates(text), *_months(text), *_seasons(text)]
    for past in sorted(found):
        if past.day < today and not _is_rightly_past(text, past):
            yield past


def _whole_dates(text: str) -> Iterator[PastDate]:
    for found in _DATE.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        if before and (before.isascii() and (before.isalnum() or before in "./_=-")):
            continue  # a part of a link, a number or a name
        last = _day(found["year2"] or found["year"], found["month2"] or found["month"], found["day2"] or found["day"])
        if last is not None:
            yield PastDate(found.start(), found.end(), last)


def _months(text: str) -> Iterator[PastDate]:
    for found in _MONTH_END.finditer(text):
        year, month = _year(found["year"]), int(found["month"])
        last = calendar.monthrange(year, month)[1] if found["tail"] else 1
        yield PastDate(found.start(), found.end(), dt.date(year, month, last))


def _seasons(text: str) -> Iterator[PastDate]:
    for found in _SEASON.finditer(text):
        yield PastDate(found.start(), found.end(), dt.date(_year(found["year"]), *_SEASONS[found["season"]]))


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(_year(year), int(month), int(day))
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _is_rightly_past(text: str, past: PastDate) -> bool:
    if _BEHIND_PAST.match(text, past.end):
        return True
    return _RIGHTLY_PAST.search(text, *sentence_around(text, past.start, past.end)) is not None


_RELATIVE = lazy_pattern(
    r"(?P<week>(?:(?:[本这下]|(?<![赶遇碰加])上)个?(?:周|星期|礼拜)(?![期边到年转全]|的?(?:订单|包裹|单子|快递|退款|报表|账单|消息))(?:[一二三四五六日天末](?!一))?"
    r"|(?:本月|这个?月|下个?月)(?:[底初末]|中旬|[0-9]{1,2}[号日])))"
    r"|(?P<day>今[天日晚早]|明[天日晚早]|大?后天|昨[天日晚]|(?:本月|这个月|下个?月)(?!销)|(?<![每个])月底)"
)
_CLOCK = lazy_pattern(
    r"(?:上午|下午|晚上|中午|凌晨|早上)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:点半?|:[0-9]{2}|时)(?:之?前)?"
)
# Something that happens once, so that the day is wrong ever after.
_EVENT = (
    r"活动|截止|结束|恢复原价|恢复发货|恢复正常|涨价|提价|调价|放假|休假|盘点|停发|停运|停止发|不发货|不能发货|开抢|开售|上新|上架|预售|直播|"
    r"秒杀|大促|补货|新货到|回货|维护|最后一天|搬仓|半价|特价|满减|立减|优惠(?!券)|打折|[0-9一二三四五六七八九]折|折扣|清仓|复工|"
    r"开团|聚划算|抽奖|免单|返场|停电|系统升级|休息|团建|店庆|打烊|闭店|停业|开业|首发|开卖|发售|上线|失效|到期|过期|停售|"
    r"下架|加价|抢购|开始(?!发|配|派|处理|安排|生产|制作|为您|帮您)|上调|改价|降价|不上班|不接单|搬家|满[0-9一二三四五六七八九十百]+[^,。!?;\n]{0,2}减|买[一二三12]送|"
    r"(?:下单|拍下?|付款|购买|买)[^,。!?;\n]{0,3}?(?:送|减|享|返现|领)"
)
_EVENT_BEHIND = lazy_pattern(rf"[^,。!?;\n]{{0,12}}?(?:{_EVENT})")
_EVENT_BEFORE = lazy_pattern(r"(?:活动|优惠|截止|特价|直播|预售|大促|秒杀|满减|放假|停发|折扣|福利)[^,。!?;\n]{0,6}$")
_DEADLINE = lazy_pattern(
    r"(?:上午|下午|晚上|中午|凌晨|早上)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:点半?|:[0-9]{2}|时)(?:之?前|截止)"
)
_ARRIVAL = lazy_pattern(
    r"(?:上午|下午|晚上|中午)?(?:就|能|会|可以|即|就能|就会|就可以)?(?:送?到(?:货|达)?|送达)(?=$|[,。!~的哦呢啦了哈]|您|你)"
)
# What the clerk does for this very buyer is counted from the day it is sent.
_COUNTED_FROM_SENDING = lazy_pattern(
    r"回复|答复|联系|通知[您你]|告诉[您你]|告知[您你]|回访|跟进|给[您你](?:回|发|查|看|拍|问|催|办|处理|安排|寄|补|改|申请)|[帮为替][您你]|"
    r"(?:快递|物流|系统|驿站|页面)(?:员|小哥|公司|那边)?(?:说|显示|更新|提示)|为准|再(?:看|说|来|聊)|值班|什么|有没有|是不是|哪|吗|每|祝|愿"
)
_DAILY = lazy_pattern(r"发货|发出|寄出|发走|揽收|当天发|安排发")
_HEDGED = lazy_pattern(
    r"预计|一般|大概|应该|正常|可能|估计|争取|尽量|如果|大约|差不多|左右|最快|顺利|快的话|保证|一定|肯定|绝对|百分|100%|必"
)


# A phrase with more of them is no phrase; it must not cost more than one.
_ENOUGH = 1_000


def stale_days(text: str) -> Iterator[Span]:
    """Yield the words for a day that is only known from the day of writing; at most one of a clause."""
    done = 0
    for found in islice(_RELATIVE.finditer(text), _ENOUGH):
        left, right = _clause_around(text, *found.span())
        if found.start() < done or _COUNTED_FROM_SENDING.search(text, left, right):
            continue
        if found["week"] or _is_stale_day(text, found.span(), (left, right)):
            clock = _CLOCK.match(text, found.end())
            yield found.start(), clock.end() if clock else found.end()
            done = right


def _is_stale_day(text: str, day: Span, clause: Span) -> bool:
    start, end = day
    if _EVENT_BEHIND.match(text, end, clause[1]) or _EVENT_BEFORE.search(text, max(clause[0], start - 12), start):
        return True
    left, right = sentence_around(text, start, end)
    if _DEADLINE.match(text, end):
        return _DAILY.search(text, left, right) is None
    return _ARRIVAL.match(text, end) is not None and _HEDGED.search(text, left, right) is None


def _clause_around(text: str, start: int, end: int) -> Span:
    """Return the offsets of the clause that holds `text[start:end]`; its nearest forty characters to either side."""
    left = max(0, start - 40)
    for found in CLAUSE_END.finditer(text, left, start):
        left = found.end()
    far = min(len(text), end + 40)
    right = CLAUSE_END.search(text, end, far)
    return left, right.start() if right else far
