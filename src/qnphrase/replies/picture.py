"""A timeline as an inline SVG: the status of the desk, what was sent to how many messages, and the contacts served.

The colours are classes of the page around it: `r0`… for replies, `none` for messages without one, `online`, `busy`,
`away`.
"""

import datetime
import math
from collections.abc import Iterator
from html import escape

from qnphrase.language import _
from qnphrase.model import Trigger
from qnphrase.replies.tally import BUCKET
from qnphrase.replies.tally import Bucket
from qnphrase.replies.timeline_view import View
from qnphrase.replies.words import status_word

COLOURS = 8
_WIDTH, _LEFT, _RIGHT = 960, 62, 14
_STATUS = (24, 12)  # top and height of each band
_BARS = (64, 222)
_CONTACTS = (322, 96)
_BOTTOM = 462
_MOST_BARS = 288
_STEPS = (BUCKET, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440)  # minutes of one bar
_LABELS = (
    5,
    10,
    15,
    30,
    60,
    120,
    180,
    240,
    360,
    720,
    1440,
    2880,
    10_080,
    43_200,
    525_600,
)  # minutes between two labels
_MOST_LABELS = 13


class _Scale:
    """Where times stand: `begin` at the left, and every `step` minutes another bar."""

    def __init__(self, first: datetime.datetime, last: datetime.datetime) -> None:
        midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
        minutes = _minutes(last - midnight) + 1
        self.step = next((step for step in _STEPS if minutes <= step * _MOST_BARS), 0)
        if not self.step:
            self.step = 1440 * math.ceil(minutes / 1440 / _MOST_BARS)
        self.begin = midnight
        early = _minutes(first - midnight) // self.step
        if minutes <= 1440 and (minutes - early * self.step) * 3 < 1440:  # a few hours: show these
            self.begin = midnight + datetime.timedelta(minutes=early * self.step)
        self.bars = _minutes(last - self.begin) // self.step + 1
        if minutes <= 1440 and self.begin == midnight:
            self.bars = 1440 // self.step  # a day is shown to its end
        self.width = (_WIDTH - _LEFT - _RIGHT) / self.bars

    def place(self, at: datetime.datetime) -> int:
        """Return which bar a time belongs to."""
        return _minutes(at - self.begin) // self.step

    def x(self, place: float) -> float:
        """Return where a bar begins."""
        return _LEFT + place * self.width

    def label(self, place: int) -> str:
        """Return when a bar begins."""
        return f"{self.begin + datetime.timedelta(minutes=place * self.step):%m-%d %H:%M}"


def _minutes(span: datetime.timedelta) -> int:
    return span.days * 1440 + span.seconds // 60


def picture(view: View) -> str:
    """Return the SVG element; empty where there is nothing to show."""
    timeline = view.timeline
    if timeline.first is None or timeline.last is None:
        return ""
    return "\n".join(_drawn(view, _Scale(timeline.first, timeline.last)))


def _drawn(view: View, scale: _Scale) -> Iterator[str]:
    bars: dict[int, Bucket] = {}
    for start, bucket in view.timeline.buckets.items():
        # A bucket may begin a little before the first bar does.
        bars.setdefault(max(0, scale.place(start)), Bucket(len(view.names))).add(bucket)
    title = _("一段时间里的消息和自动回复")
    yield f'<svg viewBox="0 0 {_WIDTH} {_BOTTOM}" role="img" aria-label="{title}">'
    yield f"<title>{title}</title>"
    yield _head(_LEFT, 16, _("客服的状态"))
    yield from _statuses(bars, scale)
    most = max(max(sum(bar.sent) + sum(bar.unanswered) for bar in bars.values()), 1)
    yield from _grid(_BARS, most)
    yield from _stacks(view, bars, scale, most)
    yield _head(_LEFT, _BARS[0] - 8, _("每 {minutes} 分钟的消息和回复（条）").format(minutes=scale.step))
    yield from _contacts(view, bars, scale)
    yield from _times(scale)
    yield "</svg>"


def _statuses(bars: dict[int, Bucket], scale: _Scale) -> Iterator[str]:
    """Draw the status at most messages of each bar; equal neighbours are one."""
    top, height = _STATUS
    places = sorted(bars)
    start = 0
    while start < len(places):
        status = bars[places[start]].usual_status
        end = start
        while end + 1 < len(places) and places[end + 1] == places[end] + 1:
            if bars[places[end + 1]].usual_status is not status:
                break
            end += 1
        x, until = scale.x(places[start]), scale.x(places[end] + 1)
        yield _rect(status.value, x, top, until - x, height, f"{scale.label(places[start])} {status_word(status)}")
        start = end + 1


def _stacks(view: View, bars: dict[int, Bucket], scale: _Scale, most: int) -> Iterator[str]:
    top, height = _BARS
    for place, bar in sorted(bars.items()):
        parts = [(f"r{index % COLOURS}", view.names[index], count) for index, count in enumerate(bar.sent) if count]
        parts.append(("none", _("没有自动回复"), sum(bar.unanswered)))
        told = [_("{name} {count:,} 条").format(name=name, count=count) for _kind, name, count in parts if count]
        words = f"{scale.label(place)}  " + _("、").join(told)
        y = float(top + height)
        yield "<g>"
        for kind, _name, count in parts:
            tall = count * height / most
            y -= tall
            if count:
                yield _rect(kind, scale.x(place), y, scale.width * 0.86, tall)
        # The whole column answers to the pointer, also above a low bar.
        yield _rect("touch", scale.x(place), top, scale.width, height, words)
        yield "</g>"


def _contacts(view: View, bars: dict[int, Bucket], scale: _Scale) -> Iterator[str]:
    top, height = _CONTACTS
    most = max(max(bar.contacts for bar in bars.values()), 1)
    yield from _grid(_CONTACTS, most)
    for place, bar in sorted(bars.items()):
        tall = bar.contacts * height / most
        words = _("{at}  最多 {count:,} 人").format(at=scale.label(place), count=bar.contacts)
        yield _rect("contacts", scale.x(place), top + height - tall, scale.width * 0.86, tall, words)
    replies = [sending.reply for sending in view.timeline.replies]
    over = {reply.threshold for reply in replies if reply.when is Trigger.CONTACTS_OVER and reply.enabled}
    for threshold in sorted(filter(None, over)):
        if threshold <= most:
            y = top + height - threshold * height / most
            yield f'<line class="threshold" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            words = _("超过 {count:,} 人").format(count=threshold)
            yield f'<text class="limit" x="{_WIDTH - _RIGHT - 4}" y="{y - 4:.1f}">{words}</text>'
    yield _head(_LEFT, top - 8, _("同时联系的人数（最多时）"))


def _grid(panel: tuple[int, int], most: int) -> Iterator[str]:
    """Draw lines at round numbers, three to six of them."""
    top, height = panel
    rough = most / 4 if height > 150 else most / 2
    magnitude = 10 ** max(0, math.floor(math.log10(max(rough, 1))))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough)
    for value in range(0, most + 1, step):
        y = top + height - value * height / most
        yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="axis" x="{_LEFT - 6}" y="{y + 4:.1f}">{value:,}</text>'


def _times(scale: _Scale) -> Iterator[str]:
    """Write times below, as many as there is room for; where a day begins, the day, too."""
    minutes = scale.bars * scale.step
    longest = _LABELS[-1] * math.ceil(minutes / _LABELS[-1] / _MOST_LABELS)
    every = next((step for step in _LABELS if minutes / step <= _MOST_LABELS), longest)
    midnight = scale.begin.replace(hour=0, minute=0)
    behind = _minutes(scale.begin - midnight)
    y = _CONTACTS[0] + _CONTACTS[1]
    for minute in range(-(-behind // every) * every, behind + minutes, every):
        try:
            at = midnight + datetime.timedelta(minutes=minute)
        except OverflowError:
            return
        x = scale.x((minute - behind) / scale.step)
        yield f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 5}"/>'
        hour = f"{at:%H:%M}" if every < 1440 else f"{at:%m-%d}" if every < 43_200 else f"{at:%Y-%m}"
        yield f'<text class="time" x="{x:.1f}" y="{y + 19}">{hour}</text>'
        if every < 1440 and (at.hour == at.minute == 0 or minute - every < behind):
            yield f'<text class="time day" x="{x:.1f}" y="{y + 35}">{at:%Y-%m-%d}</text>'


def _head(x: int, y: int, words: str) -> str:
    return f'<text class="head" x="{x}" y="{y}">{words}</text>'


def _rect(kind: str, x: float, y: float, width: float, height: float, words: str = "") -> str:
    box = f'<rect class="{kind}" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{max(height, 0):.2f}"'
    return f"{box}><title>{escape(words)}</title></rect>" if words else f"{box}/>"
