"""What a reply says about the time, at moments when that is false and when it isn't."""

import datetime

import pytest

from qnphrase.replies.promises import promises_of


def false_at(text: str, moment: str) -> list[str]:
    at = datetime.datetime.fromisoformat(moment)
    return [promise.kind for promise in promises_of(text) if promise.is_false(at)]


HOURS = "亲，客服在线时间 9:00-23:00，现已下班，请留言"
NIGHT = "人工客服 18:00-02:00 在线，现在已下班"
AT_ONCE = "亲，工作时间早9点到晚11点，马上为您服务"


@pytest.mark.parametrize(
    ("text", "moment", "kind"),
    [
        (HOURS, "2026-11-11T15:00", "hours"),
        (HOURS, "2026-11-11T09:00", "hours"),
        (HOURS, "2026-11-11T22:59", "hours"),
        (NIGHT, "2026-11-11T01:59", "hours"),
        (AT_ONCE, "2026-11-11T03:00", "hours"),
        (AT_ONCE, "2026-11-11T23:00", "hours"),
        ("客服上班时间：早上九点至晚上十点半，客服已休息", "2026-11-11T22:29", "hours"),
        ("亲，明早8点回复您", "2026-11-11T00:00", "morning"),
        ("亲，明早8点回复您", "2026-11-11T07:59", "morning"),
        ("我们明天早上九点半上班后马上处理", "2026-11-11T09:29", "morning"),
        ("明天上午会有客服联系您", "2026-11-11T06:00", "morning"),
        ("今晚10点前回复您", "2026-11-11T22:00", "deadline"),
        ("今天下午3点之前为您处理", "2026-11-11T15:30", "deadline"),
        ("今天18:00前都会发货", "2026-11-11T20:00", "deadline"),
        ("今天３点前都会发货", "2026-11-11T15:00", "deadline"),
        ("早上好，亲", "2026-11-11T20:00", "greeting"),
        ("晚上好", "2026-11-11T09:00", "greeting"),
        ("10月8日恢复发货", "2026-10-20T10:00", "date"),
        ("国庆10月1日至7日放假", "2026-10-08T00:00", "date"),
        ("1月3日上班", "2026-12-31T23:59", ""),
        ("12月31日截止", "2027-01-01T00:00", "date"),
        ("2025年11月11日截止", "2026-11-01T00:00", "date"),
    ],
)
def test_what_the_clock_contradicts(text: str, moment: str, kind: str) -> None:
    assert false_at(text, moment) == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (HOURS, "2026-11-11T23:00"),
        (HOURS, "2026-11-11T08:59"),
        (NIGHT, "2026-11-11T02:00"),
        (AT_ONCE, "2026-11-11T09:00"),
        (AT_ONCE, "2026-11-11T22:59"),
        ("客服上班时间：早上九点至晚上十点半，客服已休息", "2026-11-11T22:30"),
        ("客服 9:00-23:00 在线，我们还没下班，请稍等", "2026-11-11T15:00"),
        ("发货时间 9:00-18:00，打包的小哥已下班", "2026-11-11T15:00"),
        ("在线时间 9:00-23:00，有事请留言", "2026-11-11T03:00"),
        ("亲，明早8点回复您", "2026-11-11T08:00"),
        ("亲，明早8点回复您", "2026-11-11T23:59"),
        ("明早8点的活动记得来哦", "2026-11-11T01:00"),
        ("今晚10点前回复您", "2026-11-11T21:59"),
        ("今晚12点前回复您", "2026-11-11T23:59"),
        ("今天3点前都会发货", "2026-11-11T10:00"),  # which 3 it is, isn't said
        ("今晚1点前回复您", "2026-11-11T22:00"),
        ("明早2位客服联系您", "2026-11-11T09:00"),
        ("客服周一至周五9:00-18:00在线，现已下班", "2026-11-14T15:00"),  # a Saturday
        ("早上好，亲", "2026-11-11T08:00"),
        ("晚上好", "2026-11-11T01:00"),
        ("10月8日恢复发货", "2026-10-08T23:59"),
        ("10月8日恢复发货", "2026-09-30T10:00"),
        ("10月8日起恢复发货", "2026-10-20T10:00"),
        ("国庆10月1日至7日放假", "2026-10-07T23:59"),
        ("10月1日到10月7日放假", "2026-10-03T10:00"),
        ("2月29日恢复发货", "2028-02-29T10:00"),
        ("13月45日恢复发货", "2026-10-03T10:00"),
        ("客服 25:00-99:99 在线，已下班", "2026-11-11T10:00"),
        ("亲，在的，请问有什么可以帮您", "2026-11-11T03:00"),
        ("9.9元包邮，满3减1，24小时内发货", "2026-11-11T03:00"),
    ],
)
def test_what_the_clock_does_not_contradict(text: str, moment: str) -> None:
    assert false_at(text, moment) == []


def test_what_is_wrong_is_said_with_the_words() -> None:
    (promise,) = promises_of("亲，明早8点回复您")
    assert promise.says == "过了零点还说“明早8点回复”，买家会等到后一天"


def test_the_first_and_last_day_of_all_times() -> None:
    (promise,) = promises_of("10月8日恢复发货")
    assert not promise.is_false(datetime.datetime.min)
    assert promise.is_false(datetime.datetime.max)


@pytest.mark.parametrize(
    "text", ["今天" * 20_000, "9点-" * 20_000, "1月1日" * 20_000, "明早" * 20_000, "客服9:00-9:00" * 5_000]
)
def test_long_texts_are_read_to_the_end(text: str) -> None:
    promises_of(text)
