"""The picture and the page: well-formed, self-contained, and true to the figures."""

import datetime
import re
from collections.abc import Callable

import pytest
from lxml import etree

from qnphrase import language
from qnphrase.model import AutoReply
from qnphrase.model import Phrasebook
from qnphrase.replies import timeline_html
from qnphrase.replies import timeline_report
from qnphrase.replies.events import Event
from qnphrase.replies.generate import generate
from qnphrase.replies.picture import picture
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.situation import Status
from qnphrase.replies.timeline import replay
from qnphrase.replies.timeline_view import View
from qnphrase.replies.timeline_view import view_of

DAY = datetime.date(2026, 11, 11)
RULES = ReplyRules.of(
    Phrasebook(
        auto_replies=(
            AutoReply(when="first_message", text="在的/:^_^"),
            AutoReply(when="busy", text="<b>忙</b>", cooldown=30),
            AutoReply(when="away", text="明早8点回复您"),
            AutoReply(when="contacts_over", threshold=5, text="排队"),
        )
    )
)


def of_day(buyers: int = 300) -> View:
    return view_of(replay(RULES, generate(DAY, buyers=buyers, seed=1)), "编的")


def events_at(*moments: datetime.datetime) -> list[Event]:
    return [Event(0, moment, f"b{number}", Status.BUSY, 9) for number, moment in enumerate(moments)]


def svg_of(view: View) -> etree._Element:
    return etree.fromstring(picture(view).encode())


def bars(svg: etree._Element, kind: str) -> list[float]:
    return [float(rect.get("height", "")) for rect in svg.iter("rect") if rect.get("class") == kind]


def test_bars_are_as_high_as_their_numbers() -> None:
    view = of_day()
    svg = svg_of(view)
    unit = sum(bars(svg, "r0")) / view.timeline.replies[0].count
    assert unit > 0
    for index, reply in enumerate(view.timeline.replies):
        assert sum(bars(svg, f"r{index}")) == pytest.approx(unit * reply.count, rel=0.01)
    assert sum(bars(svg, "none")) == pytest.approx(unit * sum(view.timeline.unanswered.values()), rel=0.01)


def test_a_bar_of_contacts_is_the_most_at_once() -> None:
    days = (DAY + datetime.timedelta(number) for number in range(4))  # so long that a bar is of several buckets
    view = view_of(replay(RULES, (event for day in days for event in generate(day, buyers=200, seed=1))), "")
    most = max(bucket.contacts for bucket in view.timeline.buckets.values())
    heights = bars(svg_of(view), "contacts")
    assert len(heights) < len(view.timeline.buckets)
    merged = sorted(round(height * most / max(heights)) for height in heights)
    assert merged[-1] == most
    assert max(heights) == pytest.approx(96, abs=0.1), "the most reaches the top"


SPANS = [
    [datetime.datetime(2026, 11, 11, 12)],
    [datetime.datetime(2026, 11, 11, 12, 3), datetime.datetime(2026, 11, 11, 13, 59)],
    [datetime.datetime(2026, 11, 11, 12), datetime.datetime(2026, 11, 18, 12)],
    [datetime.datetime(2026, 2, 1), datetime.datetime(2027, 12, 31, 23, 59)],
    [datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59)],
    [datetime.datetime(9999, 12, 31, 23, 59)],
]


@pytest.mark.parametrize("moments", SPANS)
def test_all_of_it_stands_within_the_picture(moments: list[datetime.datetime]) -> None:
    svg = svg_of(view_of(replay(RULES, events_at(*moments)), ""))
    width, height = map(float, svg.get("viewBox", "").split()[2:])
    for rect in svg.iter("rect"):
        x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
    assert len(bars(svg, "contacts")) == len(moments)
    assert 1 <= sum(text.get("class", "").startswith("time") for text in svg.iter("text")) <= 20


def test_nothing_to_show() -> None:
    view = view_of(replay(RULES, []), "")
    assert picture(view) == ""
    assert "一条消息也没有" in timeline_html.render(view)
    assert "一条消息也没有" in timeline_report.render(view)
    assert timeline_report.as_json(view)["from"] is None


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_page_needs_nothing_else_and_runs_nothing(spoken: str, words_of_page: Callable[[str], str]) -> None:
    language.use_language(spoken)
    page = timeline_html.render(of_day())
    said = words_of_page(page)
    assert "<b>忙</b>" in said
    assert "在的[微笑]" in said
    assert "unverified" in said
    assert not re.search(r"https?:| on\w+=", page)


def test_names_of_buyers_are_no_markup() -> None:
    event = Event(3, datetime.datetime(2026, 11, 12, 1), "<i>&\x1b[31m", Status.AWAY, 1)
    view = view_of(replay(RULES, [event]), "<u>")
    page = timeline_html.render(view)
    assert "&lt;i&gt;&amp;&lt;U+001B&gt;[31m" in page
    assert "\x1b" not in page + timeline_report.render(view)
    assert "<u>" not in page


def test_the_figures_agree() -> None:
    view = of_day()
    told = timeline_report.as_json(view)
    sent = sum(reply["sent"] for reply in told["replies"])
    assert sent == sum(sum(person["got"].values()) for person in told["people"])
    assert sent == sum(sum(bucket["sent"].values()) for bucket in told["buckets"])
    assert sent + told["unanswered"]["total"] == told["messages"]["total"] == view.messages
    assert told["messages"]["total"] == sum(person["messages"] for person in told["people"])
    assert told["buyers"] == len(told["people"]) == 300
    assert told["profile"] == {"name": "qianniu-unverified", "verified": False}


@pytest.mark.parametrize("render", [timeline_report.render, timeline_html.render])
def test_every_form_says_that_nobody_knows_the_order(render: Callable[[View], str]) -> None:
    assert "未经验证" in render(of_day(20))


def test_the_report_fits_into_code_page_936() -> None:
    assert timeline_report.render(of_day()).encode("gbk")
