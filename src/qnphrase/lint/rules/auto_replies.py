"""Auto-replies: triggers that are missing, replies that say nothing, too much or too little."""

import datetime as dt
import re
from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import book_rule
from qnphrase.lint.rules import elements
from qnphrase.lint.rules import reply_times
from qnphrase.lint.rules.reply import at_code
from qnphrase.lint.rules.reply import enabled
from qnphrase.lint.rules.reply import replies
from qnphrase.lint.subject import Subject
from qnphrase.scenarios.elements import APOLOGY
from qnphrase.text.pattern import lazy_pattern

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
    all_of_them = replies(book)
    there = {reply.code.when for reply in all_of_them}
    missing = [word for when, word in _TRIGGERS.items() if when not in there]
    if all_of_them and missing:
        message = _("自动回复还没有设：{triggers}。").format(triggers=_("、").join(missing))
        yield at_code("QN911", all_of_them[0], message)


def empty_reply(book: Book) -> Iterator[Finding]:
    r"""启用了、却没有内容的自动回复。

    为什么：条件一满足，千牛发出去的是空的，或者干脆不发，买家等不到回音。
    依据：自动回复由触发条件和内容组成，空着的发出去没有意义。
    怎么改：补上内容，或者先停用。

    PASS: 忙碌,抱歉亲，马上回您,自动回复
    PASS: 停用-忙碌,,自动回复
    PASS: hy,您好亲,售前\n首次→hy,您好亲,自动回复
    FAIL: 〔忙碌〕,,自动回复
    FAIL: 首次,您好,自动回复\n〔离开〕,　,自动回复
    FAIL: 〔超30人〕,,自动回复\n忙碌,抱歉亲，马上回您,自动回复
    """
    for reply in enabled(book):
        if not reply.code.phrase and not reply.subject.text.strip():
            yield at_code("QN914", reply, _("这条自动回复启用了，却没有内容。请补上，或者停用。"))


def dead_pointer(book: Book) -> Iterator[Finding]:
    r"""自动回复指向的短语不在、空着、停用了或者过期了。

    为什么：短语改了编码、停用或过期以后，指向它的自动回复就发不出内容，客服自己看不出来。
    依据：指向短语的自动回复（→hy，短语本里写 phrase: hy）发的是那条短语的内容；过期看短语的 until。
    怎么改：指到一条在用的短语，恢复那条短语，或者直接写内容。

    PASS: hy,您好亲,售前\n首次→hy,您好亲,自动回复
    PASS: hy,您好亲,售前\n首次,您好,自动回复
    PASS: 停用-首次→hy,,自动回复
    FAIL: hy,,售前\n〔首次→hy〕,,自动回复
    FAIL: 〔首次→hy〕,,自动回复
    FAIL: hy,您好亲,售前\n首次→hy,您好亲,自动回复\n〔离开→zz〕,,自动回复
    """
    pointers = [reply for reply in enabled(book) if reply.code.phrase]
    wanted = {reply.code.phrase for reply in pointers}
    found: dict[str, str] = {}
    for subject in book.subjects if wanted else ():
        if subject.kind == "phrase" and subject.code in wanted:
            wrong = _what_is_wrong(subject, book.settings.today)
            found[subject.code] = wrong and found.get(subject.code, wrong)  # one that can be sent is enough
    for reply in pointers:
        wrong = found.get(reply.code.phrase, _("不在这本里"))
        if wrong:
            message = _("这条自动回复指向的短语“{code}”{wrong}，发不出内容。").format(
                code=reply.code.phrase, wrong=wrong
            )
            yield at_code("QN916", reply, message)


def _what_is_wrong(phrase: Subject, today: dt.date) -> str:
    """Return why a phrase can't be sent; empty where it can."""
    if not phrase.text.strip():
        return _("没有内容")
    if not phrase.enabled:
        return _("停用了")
    if phrase.until and phrase.until < today.isoformat():
        return _("过了最后一天（{until}）").format(until=phrase.until)
    return ""


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
    for reply in replies(book):
        length = len(reply.subject.text)
        if length > most and not reply.code.phrase:
            message = _("自动回复有 {length} 个字，超过 {most} 个（参考值，不是千牛官方上限），请写短些。").format(
                length=length, most=most
            )
            yield Finding("QN917", reply.place, most, length, message)


_APOLOGY = lazy_pattern(f"{APOLOGY}|理解", re.IGNORECASE)
_RETURN = lazy_pattern(
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
    for reply in replies(book):
        text = reply.subject.text
        if reply.code.when not in _WAITING or not text.strip() or _APOLOGY.search(text) or _RETURN.search(text):
            continue
        message = _("这句里没有致歉，也没说什么时候回。加一句“抱歉让您久等”，或写明多久回复。")
        yield Finding("QN918", reply.place, 0, len(text), message)


RULES = (
    book_rule("QN902", "missing-element", Severity.INFO, elements.missing_element),
    book_rule("QN903", "review-explanation-shape", Severity.INFO, elements.review_explanation_shape),
    book_rule("QN911", "missing-trigger", Severity.INFO, missing_trigger),
    book_rule("QN912", "duplicate-trigger", Severity.WARNING, reply_times.duplicate_trigger),
    book_rule("QN913", "unreachable-reply", Severity.WARNING, reply_times.unreachable_reply),
    book_rule("QN914", "empty-reply", Severity.ERROR, empty_reply),
    book_rule("QN915", "contradicting-hours", Severity.WARNING, reply_times.contradicting_hours),
    book_rule("QN916", "dead-pointer", Severity.ERROR, dead_pointer),
    book_rule("QN917", "too-long-reply", Severity.WARNING, too_long_reply),
    book_rule("QN918", "cold-reply", Severity.INFO, cold_reply),
)
