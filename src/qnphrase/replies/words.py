"""Situations, replies and reasons in words, for people."""

import datetime
from collections.abc import Sequence

from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.language import _
from qnphrase.model import AutoReply
from qnphrase.replies.semantics import Decision
from qnphrase.replies.semantics import Reason
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.semantics import Trace
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status
from qnphrase.text.emoticons import emoticons
from qnphrase.text.measure import columns
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize


def names_of(replies: Sequence[AutoReply]) -> list[str]:
    """Return how the replies of a book are called, as in packs: `忙碌`, `忙碌-2`, `超30人`."""
    seen: dict[str, int] = {}
    names = []
    for reply in replies:
        word = trigger_word(reply.when, reply.threshold)
        seen[word] = seen.get(word, 0) + 1
        names.append(ReplyCode(word, seen[word], enabled=True, phrase="").written)
    return names


def status_word(status: Status) -> str:
    """Return a status in the user's language."""
    return {Status.ONLINE: _("在线"), Status.BUSY: _("忙碌"), Status.AWAY: _("离开")}[status]


def day_word(day: datetime.date) -> str:
    """Return the day of the week in the user's language."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def moment(at: datetime.datetime) -> str:
    """Return a moment of the shop's clock, with seconds only where there are some."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at.second else f"{at:%Y-%m-%d %H:%M}"


def situation_words(situation: Situation) -> str:
    """Return a situation in one line."""
    first = _("买家当天的第一条消息") if situation.first_today else _("买家当天不是第一次来消息")
    return _("{at} {day}，{status}，正在联系 {contacts} 人，{first}").format(
        at=moment(situation.at),
        day=day_word(situation.at.date()),
        status=status_word(situation.status),
        contacts=situation.contacts,
        first=first,
    )


def shown(text: str) -> str:
    """Return a text as the buyer sees it: emoticons by their names, as `[微笑]`; what has no shape by its number."""
    known = emoticons()
    parts = [
        f"[{known[token.code].name}]" if token.kind is TokenKind.EMOTICON and token.code else token.text
        for token in tokenize(text)
    ]
    return "".join(
        one if one.isprintable() or one in "\n\u3000\xa0" else f"<U+{ord(one):04X}>" for one in "".join(parts)
    )


def schedule_words(reply: AutoReply) -> str:
    """Return when a reply may be sent, as it is written in the book."""
    said = [reply.days, reply.hours, reply.dates]
    if reply.except_dates:
        said.append(_("除了 {dates}").format(dates=reply.except_dates))
    return _("，").join(filter(None, said))


def why(trace: Trace, rules: ReplyRules, situation: Situation, decision: Decision) -> str:
    """Return why a reply was sent or not."""
    reply = trace.reply
    match trace.reason:
        case Reason.SENT:
            return _("条件满足，发出")
        case Reason.DISABLED:
            return _("没有启用")
        case Reason.EMPTY:
            return _why_empty(trace, rules)
        case Reason.STATUS:
            wanted = Status(reply.when.value)
            return _("现在是{status}，要{wanted}才发").format(
                status=status_word(situation.status), wanted=status_word(wanted)
            )
        case Reason.NOT_FIRST:
            return _("不是买家当天的第一条消息")
        case Reason.NOT_OVER:
            return _("正在联系 {contacts} 人，要超过 {threshold} 人才发").format(
                contacts=situation.contacts, threshold=reply.threshold
            )
        case Reason.SCHEDULE:
            return _("现在不在它的时段里（{schedule}）").format(schedule=schedule_words(reply))
        case Reason.COOLDOWN:
            return _("这位买家 {at} 收到过，{minutes} 分钟内不再发").format(
                at=moment(situation.last_sent[trace.index]), minutes=reply.cooldown
            )
        case Reason.PRECEDENCE:
            names = names_of(rules.replies)
            first = _("、").join(names[one.index] for one in decision.sent)
            return _("条件也满足，但先发了{names}").format(names=first)


def _why_empty(trace: Trace, rules: ReplyRules) -> str:
    reply = trace.reply
    if not reply.phrase:
        return _("没有内容可发")
    days = [until for _text, until in rules.rules[trace.index].texts if until is not None]
    if days:
        return _("短语“{code}”只能用到 {until}，已经过期").format(code=reply.phrase, until=max(days).isoformat())
    return _("短语“{code}”不在、停用了或者没有内容").format(code=reply.phrase)


def padded(text: str, width: int) -> str:
    """Return a text filled up with blanks to so many terminal columns."""
    return text + " " * (width - columns(text))
