"""One decision, told: what the buyer reads, and one line per reply with why it was sent or not."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from qnphrase.formats.base import Reading
from qnphrase.language import _
from qnphrase.replies.profile import Profile
from qnphrase.replies.semantics import Decision
from qnphrase.replies.semantics import Reason
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.situation import Situation
from qnphrase.replies.words import names_of
from qnphrase.replies.words import padded
from qnphrase.replies.words import shown
from qnphrase.replies.words import situation_words
from qnphrase.replies.words import why
from qnphrase.text.measure import columns


def lines_of_replies(reading: Reading) -> list[int]:
    """Return the line of the file, from 1, on which each reply of its book begins."""
    subjects = (subject for subject in reading.subjects() if subject.kind == "reply")
    return [reading.document.position(reading.entry(subject.place).start).line for subject in subjects]


def render(
    rules: ReplyRules, situation: Situation, decision: Decision, profile: Profile, lines: Sequence[int] = ()
) -> str:
    """Return the decision for people. `lines` says on which line of the file each reply stands, where it is known."""
    return "".join(f"{line}\n" for line in _lines(rules, situation, decision, profile, lines))


def _lines(
    rules: ReplyRules, situation: Situation, decision: Decision, profile: Profile, lines: Sequence[int]
) -> Iterator[str]:
    yield situation_words(situation)
    yield profile.caveat
    yield ""
    if not decision.traces:
        yield _("这本短语本里没有自动回复，买家什么也收不到")
        return
    if not decision.sent:
        yield _("买家什么也收不到")
    for trace in decision.sent:
        yield _("买家收到{name}：").format(name=names_of(rules.replies)[trace.index])
        for line in shown(trace.text).split("\n"):
            yield f"  {line}".rstrip()
    yield ""
    yield _("每一条自动回复：")
    yield from trace_lines(rules, situation, decision, lines)


def trace_lines(
    rules: ReplyRules, situation: Situation, decision: Decision, lines: Sequence[int] = ()
) -> Iterator[str]:
    """Yield one line per reply of the book: what became of it, and why."""
    names = names_of(rules.replies)
    places = [_("第 {line} 行").format(line=line) for line in lines] or [""] * len(names)
    widest, far = max(map(columns, names), default=0), max(map(columns, places), default=0)
    for trace, name, place in zip(decision.traces, names, places, strict=True):
        mark = "√" if trace.reason is Reason.SENT else "×"
        head = f"  {mark} {padded(name, widest)}  " + (f"{padded(place, far)}  " if far else "")
        yield head + why(trace, rules, situation, decision)


def as_json(
    rules: ReplyRules, situation: Situation, decision: Decision, profile: Profile, lines: Sequence[int] = ()
) -> dict[str, Any]:
    """Return the decision for machines: JSON values under stable English keys. `number` counts replies from 1."""
    names = names_of(rules.replies)
    return {
        "profile": profile_json(profile),
        "situation": situation_json(situation, names),
        "sent": [
            {"number": trace.index + 1, "reply": names[trace.index], "text": trace.text, "shown": shown(trace.text)}
            for trace in decision.sent
        ],
        "replies": [
            {
                "number": trace.index + 1,
                "reply": names[trace.index],
                "when": trace.reply.when.value,
                "threshold": trace.reply.threshold,
                "phrase": trace.reply.phrase or None,
                "reason": trace.reason.value,
                "why": why(trace, rules, situation, decision),
                "text": trace.text,
                "line": lines[trace.index] if lines else None,
            }
            for trace in decision.traces
        ],
    }


def profile_json(profile: Profile) -> dict[str, Any]:
    """Return whose order was followed, and whether anybody knows that it is Qianniu's."""
    return {"name": profile.name, "verified": profile.is_verified}


def situation_json(situation: Situation, names: Sequence[str]) -> dict[str, Any]:
    """Return a situation; the time is that of the shop's clock."""
    return {
        "at": situation.at.isoformat(),
        "status": situation.status.value,
        "contacts": situation.contacts,
        "first_today": situation.first_today,
        "last_sent": {names[index]: at.isoformat() for index, at in situation.last_sent.items()},
    }
