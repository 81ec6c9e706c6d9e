"""`qnphrase simulate BOOK --events LOG` and `--generate DAY`: a day or weeks of messages, replayed."""

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import BinaryIO

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.cli.output import write_bytes
from qnphrase.cli.output import write_json
from qnphrase.document.replace import replace_file
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.pack import Pack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from qnphrase.replies.events import Event
    from qnphrase.replies.timeline_view import View

BUYERS = 5_000
SEED = 1
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html"}


@dataclass(frozen=True)
class Wanted:
    """What the user asked for: where the messages come from, and where the report goes."""

    events: str | None = None
    generate: str | None = None
    buyers: int | None = None
    seed: int | None = None
    save_events: str | None = None
    output: str | None = None
    force: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a timeline is asked for at all."""
        return self.events is not None or self.generate is not None

    def refuse(self, book: str) -> None:
        """Raise `UsageError` for options that make no sense together."""
        if self.events is not None and self.generate is not None:
            raise UsageError(_("--events 和 --generate 只能写一个"))
        if self.generate is None and any(option is not None for option in (self.buyers, self.seed, self.save_events)):
            raise UsageError(_("--buyers、--seed、--save-events 要和 --generate 一起用"))
        if self.output is not None and not self.is_asked:
            raise UsageError(_("-o 要和 --events 或 --generate 一起用"))
        if self.events == book == options.STANDARD:
            raise UsageError(_("短语本和记录不能都从标准输入读"), hint=_("请至少写一个文件名。"))
        if self.output is not None and self.output == self.save_events:
            raise UsageError(_("-o 和 --save-events 不能写到同一个文件"))
        for target in filter(None, (self.output, self.save_events)):
            options.refuse_overwriting(target, force=self.force)
            sources = [source for source in (book, self.events) if source not in (None, options.STANDARD)]
            if any(os.path.realpath(source) == os.path.realpath(target) for source in sources if source is not None):
                raise UsageError(_("{path} 是要读的文件，没有覆盖").format(path=target))


def replay_and_report(pack: Pack, wanted: Wanted, profile: str | None, form: str | None) -> bool:
    """Replay what is wanted, write the report, and return whether nothing is wrong."""
    from qnphrase.replies.profile import DEFAULT_PROFILE
    from qnphrase.replies.profile import profile_named
    from qnphrase.replies.semantics import ReplyRules
    from qnphrase.replies.timeline import replay
    from qnphrase.replies.timeline_view import broken_lines
    from qnphrase.replies.timeline_view import view_of

    chosen, rules = profile_named(profile or DEFAULT_PROFILE), ReplyRules.of(pack.book)
    if wanted.events is None:
        day = _day(wanted)
        view = view_of(replay(rules, _generated(day, wanted), chosen), _told(day, wanted))
    else:
        from qnphrase.replies.events import EventReader

        with _opened(wanted.events) as stream:
            reader = EventReader(stream, path=wanted.events)
            source = _("标准输入") if wanted.events == options.STANDARD else wanted.events
            view = view_of(replay(rules, reader, chosen), source, reader, path=wanted.events)
    for line in broken_lines(view):
        tell(_("跳过了 {path}：{line}").format(path=view.source, line=line))
    if view.broken_count and not view.messages:
        raise PackSyntaxError(_("没有一行看得懂"), path=wanted.events or "", line=view.broken[0].line)
    _write(pack, view, form or _SUFFIXES.get(os.path.splitext(wanted.output or "")[1].lower(), "text"), wanted.output)
    return view.is_fine


@contextmanager
def _opened(path: str) -> "Iterator[BinaryIO]":
    if path == options.STANDARD:
        yield sys.stdin.buffer
        return
    from qnphrase.document.replace import open_bytes

    with open_bytes(path) as stream:
        yield stream


def _generated(day: date, wanted: Wanted) -> "Iterable[Event]":
    from qnphrase.replies.generate import as_csv
    from qnphrase.replies.generate import as_json_lines
    from qnphrase.replies.generate import generate

    buyers, seed = _crowd(wanted)
    events = generate(day, buyers=buyers, seed=seed)
    if wanted.save_events is None:
        return events
    kept = list(events)
    as_bytes = as_json_lines if wanted.save_events.lower().endswith((".jsonl", ".ndjson")) else as_csv
    _put(as_bytes(kept), wanted.save_events)
    return kept


def _day(wanted: Wanted) -> date:
    from qnphrase.replies.generate import day_named

    return day_named(wanted.generate or "", date.today())


def _crowd(wanted: Wanted) -> tuple[int, int]:
    return (
        BUYERS if wanted.buyers is None else wanted.buyers,
        SEED if wanted.seed is None else wanted.seed,
    )


def _told(day: date, wanted: Wanted) -> str:
    buyers, seed = _crowd(wanted)
    return _("生成的一天：{day}，{buyers:,} 位买家，种子 {seed}").format(day=day.isoformat(), buyers=buyers, seed=seed)


def _write(pack: Pack, view: "View", form: str, output: str | None) -> None:
    target = options.STANDARD if output is None else output
    if form == "html":
        from qnphrase.replies.timeline_html import render as as_page

        _put(as_page(view).encode("utf-8", "surrogateescape"), target)
        return
    from qnphrase.replies.timeline_report import as_json
    from qnphrase.replies.timeline_report import render

    if form == "json":
        value = {"path": pack.path or options.STANDARD, **as_json(view)}
        if target == options.STANDARD:
            write_json(value)
        else:
            import json

            _put((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogateescape"), target)
    elif target == options.STANDARD:
        say(render(view).rstrip("\n"))
    else:
        _put(render(view).encode("utf-8", "surrogateescape"), target)


def _put(data: bytes, target: str) -> None:
    if target == options.STANDARD:
        write_bytes(data)
    else:
        replace_file(target, data)
