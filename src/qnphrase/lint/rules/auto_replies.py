"""Auto-replies: triggers that are missing, taken twice or never reached, and replies that say too little."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.autoreply_group import parse
from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import book_rule
from qnphrase.lint.rules import elements
from qnphrase.lint.subject import Subject


class _Reply(NamedTuple):
    place: int
    subject: Subject
    code: ReplyCode


@cache
def _parsed(code: str) -> ReplyCode | None:
    return parse(code)


def _replies(book: Book) -> list[_Reply]:
    parsed = ((index, subject, _parsed(subject.code)) for index, subject in book.replies)
    return [_Reply(index, subject, code) for index, subject, code in parsed if code is not None]


def _enabled(book: Book) -> list[_Reply]:
    return [reply for reply in _replies(book) if reply.subject.enabled and reply.code.enabled]


def _at_code(rule: str, reply: _Reply, message: str) -> Finding:
    return Finding(rule, reply.place, 0, len(reply.subject.code), message, field="code")


_TRIGGERS = {"first_message": "首次", "busy": "忙碌", "away": "离开", "contacts_over": "超N人"}


def missing_trigger(book: Book) -> Iterator[Finding]:
    r"""自动回复没有配齐四种触发条件。

    为什么：设了“首次”、没设“忙碌”“离开”，高峰和下班后买家发来的消息就没有回音，响应时间也跟着难看。
    依据：千牛的自动回复正好四种触发条件：当天第一次收到消息、忙碌、离开、联系人数超过 N。
    怎么改：把缺的补上；有意不用的，写一条停用的（停用-忙碌），这里就不再提醒。一条自动回复都没有的短语本不查。

    PASS: 首次,您好亲,自动回复\n忙碌,抱歉，马上回您,自动回复\n离开,抱歉，稍后回您,自动回复\n超9人,抱歉,自动回复
    PASS: hy,您好亲,售前
    PASS: 首次,您好亲,自动回复\n停用-忙碌,抱歉,自动回复\n停用-离开,抱歉,自动回复\n停用-超9人,抱歉,自动回复
    FAIL: 〔首次〕,您好亲，欢迎光临,自动回复
    FAIL: 〔忙碌〕,抱歉，马上回您,自动回复\n离开,抱歉，稍后回您,自动回复
    FAIL: hy,您好亲,售前\n〔超30人〕,抱歉，请稍等,自动回复
    """
    replies = _replies(book)
    there = {reply.code.when for reply in replies}
    missing = [word for when, word in _TRIGGERS.items() if when not in there]
    if replies and missing:
        message = _("自动回复还没有设：{triggers}。").format(triggers=_("、").join(missing))
        yield _at_code("QN911", replies[0], message)


def duplicate_trigger(book: Book) -> Iterator[Finding]:
    r"""同一种触发条件启用了两条自动回复。

    为什么：千牛在同一条件下发哪一条说不准，客服以为发的是新的，买家看到的可能还是旧的。
    依据：千牛的自动回复按触发条件发送；同一条件勾选两条时发哪条，没有公开说明。
    怎么改：只启用一条，另一条停用（停用-忙碌）或删掉。

    PASS: 忙碌,抱歉，马上回您,自动回复\n离开,抱歉，稍后回您,自动回复
    PASS: 忙碌,抱歉，马上回您,自动回复\n停用-忙碌-2,抱歉，春节期间回复慢,自动回复
    PASS: 超30人,抱歉，请稍等,自动回复\n停用-超30人-2,抱歉，今天人多,自动回复
    FAIL: 忙碌,抱歉，马上回您,自动回复\n〔忙碌-2〕,抱歉，稍等一下,自动回复
    FAIL: 首次,您好亲,自动回复\n〔首次-2〕,欢迎光临,自动回复\n〔首次-3〕,在的,自动回复
    FAIL: 超30人,抱歉，请稍等,自动回复\n〔超30人-2〕,抱歉，今天人多,自动回复
    """
    first: dict[str, _Reply] = {}
    for reply in _enabled(book):
        earlier = first.setdefault(reply.code.trigger_word, reply)
        if earlier is not reply:
            message = _("“{trigger}”已经启用了一条（{code}），这条会和它抢，请停用其中一条。").format(
                trigger=reply.code.trigger_word, code=earlier.subject.code
            )
            yield _at_code("QN912", reply, message)


def shadowed_threshold(book: Book) -> Iterator[Finding]:
    r"""人数更多的那条自动回复被人数少的盖住了。

    为什么：联系人超过 50 时也超过了 30，“超30人”先满足，“超50人”那条可能一次都发不出去。
    依据：四种触发条件之一是“联系人数超过 N”，两个 N 同时满足时发哪条没有公开说明。
    怎么改：只留一个人数；想分两档，就停用一条，忙的那天再换。

    PASS: 超30人,抱歉，请稍等,自动回复\n忙碌,抱歉，马上回您,自动回复
    PASS: 超30人,抱歉，请稍等,自动回复\n停用-超50人,抱歉，今天人特别多,自动回复
    PASS: 停用-超10人,抱歉，请稍等,自动回复\n超50人,抱歉，今天人特别多,自动回复
    FAIL: 超30人,抱歉，请稍等,自动回复\n〔超50人〕,抱歉，今天人特别多,自动回复
    FAIL: 〔超20人〕,抱歉，今天人多,自动回复\n超10人,抱歉，请稍等,自动回复
    FAIL: 超5人,抱歉,自动回复\n〔超8人〕,抱歉，稍等,自动回复\n〔超9人〕,抱歉，久等,自动回复
    """
    over = [(reply.code.threshold, reply) for reply in _enabled(book) if reply.code.threshold is not None]
    least = min((threshold for threshold, _reply in over), default=0)
    for threshold, reply in over:
        if threshold > least:
            message = _("超过 {more} 人时也超过了 {less} 人，“超{less}人”会先发，这条可能发不出去。").format(
                more=threshold, less=least
            )
            yield _at_code("QN913", reply, message)


def empty_reply(book: Book) -> Iterator[Finding]:
    r"""启用了、却没有内容的自动回复。

    为什么：条件一满足，千牛发出去的是空的，或者干脆不发，买家等不到回音。
    依据：自动回复由触发条件和内容组成；指向短语的（→hy），那条短语要在、要有内容。
    怎么改：补上内容，或者先停用。

    PASS: 忙碌,抱歉亲，马上回您,自动回复
    PASS: 停用-忙碌,,自动回复
    PASS: hy,您好亲,售前\n首次→hy,您好亲,自动回复
    FAIL: 〔忙碌〕,,自动回复
    FAIL: 首次,您好,自动回复\n〔离开〕,　,自动回复
    FAIL: hy,,售前\n〔首次→hy〕,,自动回复
    """
    replies = _enabled(book)
    texts = _texts_by_code(book) if any(reply.code.phrase for reply in replies) else {}
    for reply in replies:
        if (reply.subject.text or texts.get(reply.code.phrase, "")).strip():
            continue
        message = _("这条自动回复启用了，却没有内容。请补上，或者停用。")
        if reply.code.phrase:
            message = _("这条自动回复指向的短语“{code}”不在，或者没有内容。").format(code=reply.code.phrase)
        yield _at_code("QN914", reply, message)


def _texts_by_code(book: Book) -> dict[str, str]:
    return {subject.code: subject.text for _index, subject in reversed(book.phrases) if subject.code}


def too_long_reply(book: Book) -> Iterator[Finding]:
    """自动回复太长。

    为什么：买家打开聊天先看到一整屏，真正要紧的话被淹没；太长还可能被截断。
    依据：千牛没有公布上限，数字取自设置 max_text，不是官方规定。
    怎么改：只留问候、原因、什么时候回，活动和规则放到短语或店铺首页。

    PASS: 首次,您好亲，欢迎光临，有什么可以帮您,自动回复
    PASS: 忙碌,〈抱歉〉×300,自动回复
    PASS: zc,〈您好〉×301,售前
    FAIL: 首次,〈您好〉×300〔亲〕,自动回复
    FAIL: 离开,〈抱歉〉×300〔稍后回您〕,自动回复
    FAIL: 停用-忙碌,〈抱歉〉×300〔马上〕,自动回复
    """
    most = book.settings.max_text
    for reply in _replies(book):
        length = len(reply.subject.text)
        if length > most and not reply.code.phrase:
            message = _("自动回复有 {length} 个字，超过 {most} 个（参考值，不是千牛官方上限），请写短些。").format(
                length=length, most=most
            )
            yield Finding("QN917", reply.place, most, length, message)


_APOLOGY = re.compile(f"{elements.APOLOGY}|理解", re.IGNORECASE)
_RETURN = re.compile(
    "(?:[0-9]|[一二两三四五六七八九十半几数])\\s*个?(?:点|分|小时|钟)|[0-9][:：][0-9]|上班|工作时间|营业时间|在线时间|"
    "(?:回来|稍后|稍晚|晚点|尽快|马上|第一时间|立即|立刻|看到|一会儿?|待会儿?|明[天早]|今晚|下午|上午).{0,12}"
    "(?:[回答]复|回您|回你|回亲|联系|处理|服务|解答|接待|为您|给您|回来)|(?:逐一|逐条|依次|陆续|按顺序).{0,6}(?:[回答]复|回您|解答|接待)"
)
_WAITING = ("busy", "away")


def cold_reply(book: Book) -> Iterator[Finding]:
    """忙碌、离开的自动回复里，既没有致歉，也没说什么时候回。

    为什么：买家只看到“我在忙”“不在”，不知道要等多久，多半就走了。
    依据：培训教材的示范：离开后先致歉、说明原因、再问有什么可以帮忙。
    怎么改：加一句“抱歉让您久等”，或写明几点回来、多久回复。

    PASS: 忙碌,抱歉亲，咨询的人比较多，请稍等,自动回复
    PASS: 离开,客服休息啦，明早9点上班后逐一回复您,自动回复
    PASS: 首次,您好亲，有什么可以帮您,自动回复
    FAIL: 忙碌,〔我现在很忙〕,自动回复
    FAIL: 离开,〔客服不在，有事请留言〕,自动回复
    FAIL: 停用-离开,〔已下班〕,自动回复
    """
    for reply in _replies(book):
        text = reply.subject.text
        if reply.code.when not in _WAITING or not text.strip() or _APOLOGY.search(text) or _RETURN.search(text):
            continue
        message = _("这句里没有致歉，也没说什么时候回。加一句“抱歉让您久等”，或写明多久回复。")
        yield Finding("QN918", reply.place, 0, len(text), message)


RULES = (
    book_rule("QN902", "missing-element", Severity.INFO, elements.missing_element),
    book_rule("QN903", "review-explanation-shape", Severity.INFO, elements.review_explanation_shape),
    book_rule("QN911", "missing-trigger", Severity.INFO, missing_trigger),
    book_rule("QN912", "duplicate-trigger", Severity.WARNING, duplicate_trigger),
    book_rule("QN913", "shadowed-threshold", Severity.WARNING, shadowed_threshold),
    book_rule("QN914", "empty-reply", Severity.ERROR, empty_reply),
    book_rule("QN917", "too-long-reply", Severity.WARNING, too_long_reply),
    book_rule("QN918", "cold-reply", Severity.INFO, cold_reply),
)
