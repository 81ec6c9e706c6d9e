"""Auto-replies with schedules: which of them can be sent, and whether their texts say the same hours."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules.auto_replies import RULES
from qnphrase.lint.rules.off_platform import RULES as OFF_PLATFORM
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.schedule import schedule_of

SETTINGS = Settings(today=date(2026, 11, 21))
CODES = ("QN912", "QN913", "QN915")
Said = str | dict[str, str]
GrowthOf = Callable[[Callable[[int], float], int], float]


def book(*replies: tuple[str, Said], text: str = "抱歉亲，稍后回复您") -> list[Subject]:
    """Return the auto-replies of a book; what is said of the time is hours, or whatever a schedule says."""
    found = []
    for place, (code, said) in enumerate(replies):
        texts = {"hours": said} if isinstance(said, str) else said
        schedule = schedule_of(**texts) if any(texts.values()) else None
        enabled = not code.startswith("停用")
        found.append(Subject("reply", "自动回复", code, text, place, enabled=enabled, schedule=schedule))
    return found


def found(*replies: tuple[str, Said]) -> list[tuple[str, int]]:
    findings = run_rules(book(*replies), RULES, SETTINGS)
    return [(one.code, one.subject) for one in findings if one.code in CODES]


DAY, NIGHT = "09:00-22:00", "22:00-09:00"


@pytest.mark.parametrize(
    "replies",
    [
        [("忙碌", DAY), ("忙碌-2", NIGHT)],
        [("忙碌", NIGHT), ("忙碌-2", "")],
        [("忙碌", {"days": "周六，周日"}), ("忙碌-2", {"days": "mon-fri"})],
        [("忙碌", {"dates": "2026-12-31..2027-01-03"}), ("忙碌-2", "")],
        [("忙碌", {"except_dates": "2026-12-31"}), ("忙碌-2", {"dates": "2026-12-31"})],
        [("忙碌", DAY), ("忙碌-2", "10:00-23:00")],
        [("忙碌", ""), ("停用-忙碌-2", NIGHT)],
        [("超30人", DAY), ("超50人", NIGHT)],
        [("超30人", DAY), ("超50人", "")],
        [("超30人", DAY), ("超50人", "10:00-23:00")],
        [("忙碌", {"days": "fri", "hours": "22:00-08:00"}), ("忙碌-2", {"days": "sat", "hours": "00:00-09:00"})],
        [("忙碌", {"dates": "2026-11-01..2026-11-21"})],
    ],
)
def test_each_can_be_sent(replies: list[tuple[str, Said]]) -> None:
    assert found(*replies) == []


@pytest.mark.parametrize(
    ("replies", "wanted"),
    [
        ([("忙碌", DAY), ("忙碌-2", DAY)], ("QN912", 1)),
        ([("忙碌", "22:00-8:00"), ("忙碌-2", "22：00～08:00")], ("QN912", 1)),
        ([("忙碌", ""), ("忙碌-2", NIGHT)], ("QN913", 1)),
        ([("忙碌", DAY), ("忙碌-2", "10:00-12:00")], ("QN913", 1)),
        ([("忙碌", DAY), ("忙碌-2", NIGHT), ("忙碌-3", "")], ("QN913", 2)),
        ([("忙碌", DAY), ("忙碌-2", NIGHT), ("忙碌-3", {"days": "sun"})], ("QN913", 2)),
        ([("忙碌", {"days": "mon-fri"}), ("忙碌-2", {"days": "sat-sun"}), ("忙碌-3", DAY)], ("QN913", 2)),
        ([("忙碌", {"days": "fri", "hours": NIGHT}), ("忙碌-2", {"days": "sat", "hours": "0:00-8:00"})], ("QN913", 1)),
        ([("忙碌", ""), ("忙碌-2", {"dates": "2026-12-31"})], ("QN913", 1)),
        ([("忙碌", {"except_dates": "2027-01-01"}), ("忙碌-2", {"dates": "2026-12-31"})], ("QN913", 1)),
        ([("忙碌", {"dates": "2026-10-01..2026-10-08"})], ("QN913", 0)),
        ([("忙碌", {"dates": "2026-11-20"})], ("QN913", 0)),
        ([("忙碌", {"dates": "2026-12-31", "except_dates": "2026-12-01..2027-01-31"})], ("QN913", 0)),
        ([("忙碌", {"dates": "2026-11-23", "days": "sun"})], ("QN913", 0)),
        ([("超30人", ""), ("超50人", NIGHT)], ("QN913", 1)),
        ([("超50人", NIGHT), ("超30人", NIGHT)], ("QN913", 0)),
        ([("超30人", DAY), ("超40人", NIGHT), ("超50人", "")], ("QN913", 2)),
        ([("超30人", DAY), ("超30人-2", DAY)], ("QN912", 1)),
    ],
)  # fmt: skip
def test_one_of_them_can_not(replies: list[tuple[str, Said]], wanted: tuple[str, int]) -> None:
    assert found(*replies) == [wanted]


def test_what_is_said_of_it() -> None:
    def messages(*replies: tuple[str, Said]) -> list[str]:
        return [one.message for one in run_rules(book(*replies), RULES, SETTINGS) if one.code in CODES]

    assert messages(("忙碌", {"dates": "2026-10-01"})) == ["写的日期已经过了，这条不会再发。请改日期，或者停用。"]
    assert messages(("超9人", ""), ("超20人", ""), ("超30人", "")) == [
        f"超过 {more} 人时也超过了 9 人，发哪一条没有公开说明，这条可能一次都发不出去。" for more in (20, 30)
    ]
    assert messages(("离开", ""), ("离开-2", NIGHT))[0].startswith("前面的“离开”在这些时间里都先满足")


def test_many_replies_take_no_time(growth_of: GrowthOf) -> None:
    def seconds(size: int) -> float:
        replies = [
            (f"超{at % 9998 + 1}人", {"hours": f"{at % 24:02}:{at % 60:02}-{(at + 7) % 24:02}:30"})
            for at in range(size)
        ]
        subjects = book(*replies)
        began = time.process_time()
        run_rules(subjects, RULES, SETTINGS)
        return time.process_time() - began

    assert growth_of(seconds, 400) < 40


def contradictions(text: str, hours: Said, *others: tuple[str, Said], code: str = "离开") -> list[tuple[str, str]]:
    subjects = [*book((code, hours), text=text), *book(*others)]
    findings = run_rules(subjects, RULES, SETTINGS)
    return [(text[one.start : one.end], str(one.severity or "")) for one in findings if one.code == "QN915"]


@pytest.mark.parametrize(
    ("hours", "text", "words"),
    [
        (NIGHT, "客服已下班，在线时间早9点到晚11点", "早9点到晚11点"),
        ("21:00-09:00", "亲，现在是非工作时间，我们的工作时间为9:00-22:00", "9:00-22:00"),
        ("20:00-08:00", "客服休息啦，上班时间：早上八点半至晚上十点", "早上八点半至晚上十点"),
        ("18:00-09:00", "人工客服朝九晚九在线，现在已经下班了", "朝九晚九"),
        ("22:00-10:00", "您好，人工客服服务时间 9：00～22：00，请留言", "9：00～22：00"),
        ("12:00-14:00", "客服午休啦，午休时间12:00-13:30，抱歉久等", "12:00-13:30"),
        ("22:00-09:00", "抱歉亲，客服休息时间是晚上11点到早上8点", "晚上11点到早上8点"),
        ("22:00-09:00", "22:00-次日8:00无人值守，抱歉", "22:00-次日8:00"),
        ("12:00-15:00", "客服中午12点到1点半午休", "中午12点到1点半"),
        ("22:00-09:30", "客服已下班，明早8点回复您", "明早8点回复"),
        ("22:00-10:00", "亲，我们早上9点上班，上班后第一时间回复您", "早上9点上班"),
        ("18:00-23:00", "抱歉亲，在开会，今晚8点回复您", "晚8点回复"),
        ("09:00-18:00", "在仓库盘点，下午两点半回来，抱歉", "下午两点半回来"),
        ("23:00-09:00", "亲，客服明天8:30开始接待", "明天8:30开始接待"),
        ("12:00-15:00", "吃饭去了，13:30回来", "13:30回来"),
        ("22:00-09:00", "客服已下班，在线时间周一至周日9:00-23:00", "9:00-23:00"),
    ],
)
def test_hours_that_contradict(hours: str, text: str, words: str) -> None:
    assert contradictions(text, hours) == [(words, "")]


@pytest.mark.parametrize(
    ("hours", "text", "words"),
    [
        ("09:00-23:00", "抱歉亲请稍等，客服在线时间是9:00-18:00", "9:00-18:00"),
        ("09:00-18:00", "客服在线时间早9点到晚11点，请稍等", "早9点到晚11点"),
        ("08:00-22:00", "亲，我们的服务时间9点到22点", "9点到22点"),
    ],
)
def test_hours_to_compare(hours: str, text: str, words: str) -> None:
    assert contradictions(text, hours) == [(words, "info")]


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (NIGHT, "客服已下班，在线时间早9点到晚10点"),
        ("23:00-08:00", "客服已下班，在线时间早9点到晚10点，明早9点回复您"),
        (DAY, "您好亲，在线时间9:00-22:00，有什么可以帮您"),
        (NIGHT, "您好，客服在线时间9:00-22:00，请留言"),
        ("12:00-13:30", "客服午休啦，午休时间12:00-13:30"),
        ("12:00-13:00", "客服午休啦，午休时间12:00-13:30，13:30回来"),
        (DAY, "您好，工作时间9:00-22:00，其余时间客服休息，请留言"),
        (DAY, "您好，我们12:00-13:30午休，其他时间都在"),
        ("22:00-08:00", "抱歉亲，明早8点回复您"),
        ("22:00-08:00", "抱歉亲，8点上班后回复您"),
        ("22:00-07:00", "抱歉亲，明早8点回复您"),
        ("18:00-23:00", "抱歉亲，明早8点回复您"),
        ("08:00-12:00", "抱歉亲，明天早上九点回复您"),
        (DAY, "今晚20:00-22:00满减活动，现在咨询的人多，请稍等"),
        (DAY, "发货时间9:00-18:00，稍后回复您"),
        (NIGHT, "仓库每天8点发货，抱歉久等"),
        (NIGHT, "客服已下班，在线时间工作日9:00-23:00，节假日除外"),
        (NIGHT, "客服已下班，在线时间9:00-23:00，周末休息"),
        (NIGHT, "抱歉亲，晚一点回复您"),
        (NIGHT, "有两点为您说明：一、请留言；二、请稍等"),
        (DAY, "高峰期10点后回复比较慢，请见谅"),
        (DAY, "抱歉，请等1-3分钟，马上回复您"),
        (DAY, "满199元减20元，抱歉稍后回复"),
        (DAY, "2026.11.11-2026.11.12客服在线时间延长，请稍等"),
        ("19:00-23:00", "晚高峰人多，客服在线时间9:00-23:00，请稍等"),
        ("09:00-18:00", "客服24小时在线"),
        (DAY, "抱歉，15分钟内回复您"),
        (DAY, "满9.5分好评，感谢，稍后回复"),
        (DAY, "早9点到11点客服最忙"),
        (DAY, "晚上10点后客服休息，有事请留言"),
        ("09:00-18:00", "上班时间9:00-12:00，13:30-18:00，请稍等"),
        ("09:00-18:00", "上午9点到12点、下午1点半到6点在线，请稍等"),
        ("22:00-08:00", "夜间22:00-次日8:00无人值守，请留言"),
        ("23:00-09:00", "23点到次日早9点为休息时间，抱歉"),
        ("12:00-13:30", "客服中午12点到1点半午休"),
        ("00:00-08:00", "凌晨0点-早上8点客服休息"),
        (NIGHT, "11月11日0点-24点客服全天在线，抱歉久等"),
        (NIGHT, "客服已下班，售前在线9点～22点，售后在线9点～18点"),
    ],
)
def test_hours_that_agree(hours: str, text: str) -> None:
    assert contradictions(text, hours) == []


def test_another_reply_fills_the_hours() -> None:
    text = "客服在线时间9:00-22:00，请稍等"
    assert contradictions(text, "09:00-18:00") == [("9:00-22:00", "info")]
    assert contradictions(text, "09:00-18:00", ("离开-2", "18:00-23:00")) == []
    assert contradictions(text, "09:00-18:00", ("停用-离开-2", "18:00-23:00")) == [("9:00-22:00", "info")]


def test_days_count() -> None:
    text = "客服已下班，在线时间周一至周五9:00-18:00"
    assert contradictions(text, {"days": "sat, sun", "hours": "09:00-18:00"}) == []
    assert contradictions(text, {"days": "fri, sat", "hours": "09:00-18:00"}) == [("9:00-18:00", "")]
    assert contradictions(text, {"days": "fri", "hours": "18:00-10:00"}) == []
    assert contradictions(text, {"days": "thu", "hours": "18:00-10:00"}) == [("9:00-18:00", "")]


def test_only_replies_with_hours_that_are_switched_on() -> None:
    text = "客服已下班，在线时间早9点到晚11点，8点回复"
    assert contradictions(text, "") == []
    assert contradictions(text, {"days": "mon"}) == []
    assert contradictions(text, NIGHT, code="停用-离开") == []
    assert contradictions(text, NIGHT, code="离开→hy") == []


def test_a_huge_text_is_soon_read(growth_of: GrowthOf) -> None:
    def seconds(size: int) -> float:
        subjects = book(("离开", NIGHT), text="客服9点到9点早晚在线周一" * size)
        began = time.process_time()
        run_rules(subjects, [rule for rule in RULES if rule.code == "QN915"], SETTINGS)
        return time.process_time() - began

    assert growth_of(seconds, 100) < 40


def off_platform(kind: str, text: str, *, enabled: bool = True) -> list[tuple[str, str, bool]]:
    subject = Subject(kind, "自动回复", "忙碌", text, 0, enabled=enabled)
    said = {rule.code: rule.severity for rule in OFF_PLATFORM}
    findings = run_rules([subject], OFF_PLATFORM, SETTINGS)
    return [(one.code, str(one.severity or said[one.code]), "自动" in one.message) for one in findings]


@pytest.mark.parametrize(
    ("text", "code", "in_phrase", "in_reply"),
    [
        ("您在微信看到的活动已经结束了", "QN207", Severity.INFO, Severity.WARNING),
        ("教程在这里 https://www.bilibili.com/video/BV1xx", "QN203", Severity.WARNING, Severity.ERROR),
        ("这是抖音同款哦", "QN206", Severity.INFO, Severity.WARNING),
        ("在忙，加我微信shop66", "QN201", Severity.ERROR, Severity.ERROR),
    ],
)
def test_leading_away_from_the_platform_is_graver(text: str, code: str, in_phrase: str, in_reply: str) -> None:
    assert off_platform("phrase", text) == [(code, in_phrase, False)]
    assert off_platform("reply", text) == [(code, in_reply, True)]
    assert off_platform("reply", text, enabled=False) == [(code, in_phrase, False)]
