"""A timeline for people at a terminal, and for machines."""

import datetime
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from qnphrase.language import _
from qnphrase.replies.decision_report import profile_json
from qnphrase.replies.events import Event
from qnphrase.replies.tally import BUCKET
from qnphrase.replies.tally import STATUSES
from qnphrase.replies.tally import Bucket
from qnphrase.replies.timeline_view import View
from qnphrase.replies.timeline_view import contradiction_words
from qnphrase.replies.timeline_view import headline
from qnphrase.replies.timeline_view import left_out
from qnphrase.replies.timeline_view import notes
from qnphrase.replies.timeline_view import repetition
from qnphrase.replies.timeline_view import silence
from qnphrase.replies.words import padded
from qnphrase.replies.words import status_word
from qnphrase.text.measure import columns

_BAR = 16  # marks of the longest bar; each may be two columns wide
_MOST_HOURS = 48


def render(view: View) -> str:
    """Return the report for people."""
    return "".join(f"{line}\n" for line in _lines(view))


def _lines(view: View) -> Iterator[str]:
    yield _("回放 {source}").format(source=view.source)
    yield headline(view)
    yield view.profile.caveat
    yield from (_("注意：{note}").format(note=note) for note in notes(view))
    if not view.messages:
        return
    yield ""
    yield from _sendings(view)
    yield ""
    yield silence(view)
    yield left_out(view)
    yield repetition(view)
    yield from _contradictions(view)
    yield from _hours(view)


def _sendings(view: View) -> Iterator[str]:
    if not view.timeline.replies:
        yield _("这本短语本里没有自动回复，买家什么也收不到")
        return
    rows: list[tuple[str, ...]] = [(_("自动回复"), _("发出"), _("买家"), _("重复"), _("一位买家最多"))]
    for name, reply in zip(view.names, view.timeline.replies, strict=True):
        figures = (reply.count, reply.buyers, reply.repeats, reply.most)
        rows.append((name, *(f"{figure:,}" for figure in figures)))
    yield from _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows of a table: names to the left, figures to the right."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        right = (" " * (width - columns(cell)) + cell for cell, width in zip(cells, widths[1:], strict=True))
        yield "  " + "   ".join((padded(name, widths[0]), *right))


def _contradictions(view: View) -> Iterator[str]:
    if view.timeline.contradictions:
        yield ""
        yield _("内容和钟点对不上：")
        yield from (f"  × {contradiction_words(view, found)}" for found in view.timeline.contradictions)


def _hours(view: View) -> Iterator[str]:
    """Yield a bar for every hour, where they are few."""
    hours: dict[datetime.datetime, Bucket] = {}
    for start, bucket in view.timeline.buckets.items():
        hours.setdefault(start.replace(minute=0), Bucket(len(view.names))).add(bucket)
    if len(hours) > _MOST_HOURS:
        return
    most = max(sum(hour.messages) for hour in hours.values())
    yield ""
    yield _("每小时的消息（■ 有自动回复，· 没有）：")
    rows, bars = [(_("钟点"), _("消息"), _("最多同时联系"), _("多半"))], [""]
    for start, hour in hours.items():
        total, silent = sum(hour.messages), sum(hour.unanswered)
        length = max(1, round(total * _BAR / most))
        dots = round(length * silent / total)
        bars.append("■" * (length - dots) + "·" * dots)
        rows.append((f"{start:%m-%d %H:%M}", f"{total:,}", f"{hour.contacts:,}", status_word(hour.usual_status)))
    for line, bar in zip(_aligned(rows), bars, strict=True):
        yield f"{line}   {bar}".rstrip()


def as_json(view: View) -> dict[str, Any]:
    """Return everything for machines: JSON values under stable English keys. `number` counts replies from 1."""
    timeline, names = view.timeline, view.names
    return {
        "version": 1,
        "events": view.path or None,
        "profile": profile_json(view.profile),
        "from": timeline.first and timeline.first.isoformat(),
        "to": timeline.last and timeline.last.isoformat(),
        "messages": {"total": view.messages, **_by_status(timeline.messages)},
        "unanswered": {"total": sum(timeline.unanswered.values()), **_by_status(timeline.unanswered)},
        "buyers": len(timeline.people),
        "buyers_without_reply": len(timeline.without_reply),
        "replies": [
            {
                "number": number,
                "reply": name,
                "when": sending.reply.when.value,
                "threshold": sending.reply.threshold,
                "enabled": sending.reply.enabled,
                "phrase": sending.reply.phrase or None,
                "text": sending.text or sending.reply.text,
                "sent": sending.count,
                "buyers": sending.buyers,
                "repeats": sending.repeats,
                "most_to_one_buyer": sending.most,
            }
            for number, (name, sending) in enumerate(zip(names, timeline.replies, strict=True), 1)
        ],
        "contradictions": [
            {
                "number": found.reply + 1,
                "reply": names[found.reply],
                "kind": found.promise.kind,
                "words": found.promise.words,
                "message": found.promise.says,
                "times": found.times,
                "first": _event(found.first),
            }
            for found in timeline.contradictions
        ],
        "assumed": list(view.assumed),
        "skipped": {
            "count": view.broken_count,
            "lines": [{"line": line.line, "message": line.why} for line in view.broken],
        },
        "bucket_minutes": BUCKET,
        "buckets": [_bucket(start, bucket, names) for start, bucket in timeline.buckets.items()],
        "people": [
            {
                "buyer": name,
                "messages": person.messages,
                "unanswered": person.unanswered,
                "repeats": person.repeated,
                "got": {names[index]: count for index, count in person.got.items()},
            }
            for name, person in timeline.people.items()
        ],
    }


def _by_status(counts: dict[Any, int]) -> dict[str, int]:
    return {status.value: count for status, count in counts.items()}


def _event(event: Event) -> dict[str, Any]:
    return {
        "line": event.line or None,
        "at": event.at.isoformat(),
        "buyer": event.buyer,
        "status": event.status.value,
        "contacts": event.contacts,
    }


def _bucket(start: datetime.datetime, bucket: Bucket, names: list[str]) -> dict[str, Any]:
    return {
        "at": start.isoformat(),
        "messages": _by_status(dict(zip(STATUSES, bucket.messages, strict=True))),
        "unanswered": _by_status(dict(zip(STATUSES, bucket.unanswered, strict=True))),
        "contacts": bucket.contacts,
        "sent": {name: count for name, count in zip(names, bucket.sent, strict=True) if count},
    }
