"""Auto-replies that get in each other's way, and those whose text says other hours than their schedule."""

import datetime as dt
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.rules.reply import Reply
from qnphrase.lint.rules.reply import at_code
from qnphrase.lint.rules.reply import enabled
from qnphrase.lint.rules.timetable import Timetable
from qnphrase.lint.rules.timetable import length
from qnphrase.lint.rules.timetable import shared
from qnphrase.lint.rules.timetable import without
from qnphrase.opening_hours import LONGEST
from qnphrase.opening_hours import Told
from qnphrase.opening_hours import returns
from qnphrase.opening_hours import says_nobody_is_there
from qnphrase.opening_hours import told_hours
from qnphrase.schedule import MINUTES
from qnphrase.schedule import Hours
from qnphrase.schedule import Schedule
from qnphrase.text.fold import folded

_ENOUGH = 12  # auto-replies of one trigger that may fill the hours which another leaves out


def _talking(book: Book) -> list[Reply]:
    """Return the auto-replies that are switched on and say something; a pointer may point to nothing."""
    return [reply for reply in enabled(book) if reply.subject.text.strip() or reply.code.phrase]


def _by_trigger(replies: Sequence[Reply]) -> dict[str, list[Reply]]:
    found: dict[str, list[Reply]] = {}
    for reply in replies:
        found.setdefault(reply.code.trigger_word, []).append(reply)
    return found


def duplicate_trigger(book: Book) -> Iterator[Finding]:
    r"""同一种触发条件启用了两条自动回复，没法分出发哪一条。

    为什么：千牛在同一条件下发哪一条说不准，客服以为发的是新的，买家看到的可能还是旧的。
    依据：千牛的自动回复按触发条件发送；同一条件勾选两条时发哪条，没有公开说明。
    怎么改：只启用一条，另一条停用（停用-忙碌）或删掉；在短语本里也可以给它们写不同的发送时间（hours、days、dates）。

    PASS: 忙碌,抱歉，马上回您,自动回复\n离开,抱歉，稍后回您,自动回复
    PASS: 忙碌,抱歉，马上回您,自动回复\n停用-忙碌-2,抱歉，春节期间回复慢,自动回复
    PASS: 离开,抱歉，稍后回您,自动回复,,09:00-22:00\n离开-2,抱歉，明早回您,自动回复,,22:00-09:00
    FAIL: 忙碌,抱歉，马上回您,自动回复\n〔忙碌-2〕,抱歉，稍等一下,自动回复
    FAIL: 首次,您好亲,自动回复\n〔首次-2〕,欢迎光临,自动回复\n〔首次-3〕,在的,自动回复
    FAIL: 超30人,抱歉，请稍等,自动回复\n〔超30人-2〕,抱歉，今天人多,自动回复
    """
    first: dict[tuple[str, Schedule], Reply] = {}
    for reply in _talking(book):
        earlier = first.setdefault((reply.code.trigger_word, reply.schedule), reply)
        if earlier is not reply:
            message = _("“{trigger}”已经启用了一条（{code}），这条会和它抢，请停用其中一条。").format(
                trigger=reply.code.trigger_word, code=earlier.subject.code
            )
            yield at_code("QN912", reply, message)


def unreachable_reply(book: Book) -> Iterator[Finding]:
    r"""启用了、却可能一次都发不出去的自动回复。

    为什么：联系人超过 50 时也超过了 30，两条同时满足，“超50人”那条可能一次都发不出去；同一条件下，排在后面、时间又全被
    前面盖住的，或者日子已经过了的，也是白写。
    依据：四种触发条件之一是“联系人数超过 N”，几条同时满足时发哪条没有公开说明。
    怎么改：只留一个人数，或者给两条写不同的发送时间；特殊时间的排在全天的前面；过期的停用。

    PASS: 超30人,抱歉，请稍等,自动回复\n停用-超50人,抱歉，今天人特别多,自动回复
    PASS: 超30人,抱歉，请稍等,自动回复,,09:00-20:00\n超50人,抱歉，今天人特别多,自动回复,,20:00-24:00
    PASS: 离开,抱歉，明早回您,自动回复,,22:00-09:00\n离开-2,抱歉，稍后回您,自动回复
    FAIL: 超30人,抱歉，请稍等,自动回复\n〔超50人〕,抱歉，今天人特别多,自动回复
    FAIL: 〔超20人〕,抱歉，今天人多,自动回复\n超10人,抱歉，请稍等,自动回复
    FAIL: 离开,抱歉，稍后回您,自动回复\n〔离开-2〕,抱歉，明早回您,自动回复,,22:00-09:00
    """
    talking = _talking(book)
    for replies in _by_trigger(talking).values():
        yield from _never_in_turn(replies, Timetable(reply.schedule for reply in replies), book.settings.today)
    yield from _below_a_threshold([reply for reply in talking if reply.code.threshold is not None])


def _never_in_turn(replies: Sequence[Reply], timetable: Timetable, today: dt.date) -> Iterator[Finding]:
    earlier: list[Schedule] = []
    for reply in replies:
        schedule = reply.schedule
        if schedule not in timetable or schedule in earlier:
            continue
        if schedule.dates and max(one.last for one in schedule.dates) < today:
            yield at_code("QN913", reply, _("写的日期已经过了，这条不会再发。请改日期，或者停用。"))
        elif not timetable.times(schedule):
            yield at_code("QN913", reply, _("星期、日期和除外的日期凑不到一起，这条一次都不会发。"))
        elif timetable.covers(earlier, schedule):
            message = _("前面的“{trigger}”在这些时间里都先满足，这条可能一次都发不出去。请把它移到前面，或者改时间。")
            yield at_code("QN913", reply, message.format(trigger=reply.code.trigger_word))
        else:
            earlier.append(schedule)


def _below_a_threshold(replies: Sequence[Reply]) -> Iterator[Finding]:
    least: dict[Schedule, int] = {}
    for reply in replies:
        least[reply.schedule] = min(reply.code.threshold or 0, least.get(reply.schedule, reply.code.threshold or 0))
    timetable = Timetable(least)
    hidden: dict[tuple[Schedule, int], bool] = {}
    for reply in replies:
        more = reply.code.threshold or 0
        fewer = [schedule for schedule in timetable if least[schedule] < more]
        key = (reply.schedule, len(fewer))  # those below a threshold are told by how many they are
        if not fewer or reply.schedule not in timetable:
            continue
        if key not in hidden:
            hidden[key] = timetable.covers(fewer, reply.schedule)
        if hidden[key]:
            message = _("超过 {more} 人时也超过了 {less} 人，发哪一条没有公开说明，这条可能一次都发不出去。")
            less = min(least[schedule] for schedule in fewer)
            yield at_code("QN913", reply, message.format(more=more, less=less))


def contradicting_hours(book: Book) -> Iterator[Finding]:
    r"""自动回复里写的时间，和它自己的发送时间对不上。

    为什么：文字说“在线到晚上11点”，10点就自动回“已下班”；或者说“8点回复您”，9点还在发这一句，买家会觉得被骗。
    依据：短语本里写的 hours、days。只查写了 hours 的自动回复，只看在线、上班、休息和几点回复，不看发货和活动的时间。
    怎么改：把文字和 hours 改成一致。导出包里没有发送时间，不查。

    PASS: 离开,客服已下班，在线时间早9点到晚10点,自动回复,,22:00-09:00
    PASS: 离开,抱歉亲，客服休息了，明早8点回复您,自动回复,,22:00-08:00
    PASS: 首次,您好亲，在线时间9:00-22:00，有什么可以帮您,自动回复,,09:00-22:00
    FAIL: 离开,客服已下班，在线时间〔早9点到晚11点〕,自动回复,,22:00-09:00
    FAIL: 离开,抱歉亲，客服休息了，〔明早8点回复〕您,自动回复,,22:00-09:30
    FAIL: 忙碌,抱歉亲请稍等，客服在线时间是〔9:00-18:00〕,自动回复,,09:00-23:00
    """
    replies = [reply for reply in enabled(book) if reply.schedule.hours and not reply.code.phrase]
    if not replies:
        return
    siblings = _by_trigger(enabled(book))
    for reply in replies:
        text = folded(reply.subject.text[:LONGEST])
        told = told_hours(text)
        others = [one.schedule for one in siblings[reply.code.trigger_word][:_ENOUGH] if one is not reply]
        for clash in (_hours_clash(reply.schedule, text, told, others), _return_clash(reply.schedule, text, told)):
            if clash is not None:
                words = reply.subject.text[clash.start : clash.end]
                message = clash.message.format(words=words, when=clash.when)
                yield Finding("QN915", reply.place, clash.start, clash.end, message, severity=clash.severity)


class _Clash(NamedTuple):
    """Where a text contradicts a schedule. `message` is still to be given the words and `when`, the hours."""

    start: int
    end: int
    message: str
    when: str
    severity: Severity | None = None


def _hours_clash(schedule: Schedule, text: str, told: list[Told], others: list[Schedule]) -> _Clash | None:
    """Return where the hours in which somebody is there, else those in which nobody is, contradict a schedule."""
    first = next((one for one in told if one.is_open), next(iter(told), None))
    if first is None:
        return None
    alike = [one.hours for one in told if one.is_open == first.is_open and one.days == first.days]
    said, all_day = Schedule(first.days, tuple(alike)), Schedule(first.days, _without_breaks(alike))
    timetable = Timetable((schedule, said, all_day, *others))
    if schedule not in timetable or said not in timetable:
        return None
    clash = partial(_Clash, first.start, first.end)
    times = timetable.times(schedule)
    both, rest = shared(times, timetable.times(said)), without(times, timetable.times(all_day))
    means_nobody = says_nobody_is_there(text)
    if not first.is_open:
        if rest and (means_nobody or 2 * length(both) >= length(times)):
            return clash(
                _("说的是 {words} 没有人在，可这条在 {when} 也会发。请把文字和发送时间改成一致。"), _span(rest[0])
            )
    elif both and (means_nobody or 2 * length(both) < length(times)):
        message = _("说的是 {words} 有人在，可没人时才发的这条在 {when} 也会发。请把文字和发送时间改成一致。")
        return clash(message, _span(both[0]))
    elif both and rest:
        message = _("说的是 {words} 有人在，可这条在 {when} 也会发，请核对。")
        return clash(message, _span(rest[0]), Severity.INFO)
    elif both and _stops_early(schedule, all_day, [one for one in others if one in timetable], timetable):
        when = _("、").join(_span(one) for one in schedule.hours)
        return clash(_("说的是 {words} 有人在，可这条只在 {when} 发，请核对。"), when, Severity.INFO)
    return None


def _return_clash(schedule: Schedule, text: str, told: list[Told]) -> _Clash | None:
    """Return where a text says from when on the buyer is answered, and is sent after that, however it is meant."""
    for back in returns(text, told):
        for hours in schedule.hours:
            if all(_is_past(hours, minute % MINUTES, is_tomorrow=back.is_tomorrow) for minute in back.minutes):
                message = _("说了“{words}”，可这条到 {when} 还会发，那时已经过了。请把文字和发送时间改成一致。")
                return _Clash(back.start, back.end, message, _clock(hours.end))
    return None


def _is_past(hours: Hours, minute: int, *, is_tomorrow: bool) -> bool:
    return hours.lasts_past(minute) or (not is_tomorrow and hours.begins_by(minute))


def _without_breaks(hours: Sequence[Hours]) -> tuple[Hours, ...]:
    """Return hours from the first to the last of a day: whoever has lunch in between is there all the same."""
    if any(one.end <= one.start for one in hours):
        return tuple(hours)
    return (Hours(min(one.start for one in hours), max(one.end for one in hours)),)


def _stops_early(schedule: Schedule, somebody: Schedule, others: list[Schedule], timetable: Timetable) -> bool:
    """Whether a reply for most of the hours leaves out some of them, and no other reply of its trigger fills them."""
    daily, said = Schedule(hours=schedule.hours), Schedule(hours=somebody.hours)
    times = Timetable((daily, said))
    some, all_of_it = length(times.times(daily)), length(times.times(said))
    return all_of_it <= 2 * some < 2 * all_of_it and not timetable.covers([schedule, *others], somebody)


def _span(span: tuple[int, int]) -> str:
    return f"{_clock(span[0])}-{_clock(span[1])}"


def _clock(minute: int) -> str:
    of_day = minute % MINUTES or (MINUTES if minute else 0)
    return f"{of_day // 60:02}:{of_day % 60:02}"
