"""What a reply to a known situation should hold; only where the book says which situation it is for."""

import re
from collections.abc import Iterator
from collections.abc import Mapping

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.rule import Book

APOLOGY = "抱歉|对不起|不好意思|致歉|歉意|见谅|谅解|体谅|海涵|[别勿不]介意|包涵|久等|sorry"
_AWAY = {
    "致歉": re.compile(APOLOGY, re.IGNORECASE),
    "原因": re.compile(
        "刚才|刚刚|刚[去在接]|临时|因为|由于|离开|不在|下班|休息|吃饭|用餐|开会|电话|仓库|查货|外出|有事|走开|忙|较多|人多|爆满|排队|打烊|夜间|节日|假期|放假"
    ),
    "怎么帮": re.compile(
        "帮|需要什么|什么(?:问题|需要|疑问)|留言|[回答]复|回您|回你|联系|为您|服务|吩咐|[请您]说|咨询|稍后|尽快|马上|上班"
    ),
}
_DECLINE = {
    "软化的话（抱歉、理解）": re.compile(
        f"{APOLOGY}|理解|考虑|没关系|没事|放心|承诺|感谢|谢谢|辛苦|明白您|您的心情|支持", re.IGNORECASE
    ),
    "原因": re.compile(
        "利润|成本|定价|价格|售价|实价|底价|最低|优惠|议价|还价|讲价|运费|邮费|快递|品质|质量|材质|面料|做工|正品|公平|公正|统一|折扣|活动|服务|重量|距离|地区|偏远|不赚"
    ),
}
ELEMENTS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "auto.away": _AWAY,
    "pre.bargain": _DECLINE,
    "pre.freight": _DECLINE,
    "pre.cheaper_link": _DECLINE,
}


def missing_element(book: Book) -> Iterator[Finding]:
    """按场景看，话没说全。

    为什么：离开后只说“在了”，还价时只说“不行”，买家感受到的是冷淡，单子就丢了。
    依据：培训教材的示范：离开要致歉、说原因、问怎么帮；还价、嫌运费、比价要先软化、再说原因。
    怎么改：照提示补上缺的那一样。只查写明了场景（scenario）的短语。

    PASS: lk,很抱歉亲，刚才去仓库查货了，请问有什么需要帮您的,售前,auto.away
    PASS: yj,很抱歉亲，本店利润有限不接受议价，请多多理解,售前,pre.bargain
    PASS: zk,在了,售前
    FAIL: lk,〔亲，在了，有什么需要帮您的〕,售前,auto.away
    FAIL: yj,〔本店不议价〕,售前,pre.bargain
    FAIL: yf,〔很抱歉亲，不能少哦〕,售前,pre.freight
    """
    for index, subject in enumerate(book.subjects):
        wanted = ELEMENTS.get(subject.scenario) if subject.scenario else None
        if wanted and subject.text.strip():
            missing = [_(name) for name, marks in wanted.items() if not marks.search(subject.text)]
            if missing:
                message = _("这个场景的话里还缺：{missing}。").format(missing=_("、").join(missing))
                yield Finding("QN902", index, 0, len(subject.text), message)


EXPLANATION = {
    "致歉": re.compile(APOLOGY, re.IGNORECASE),
    "评价真实": re.compile("真实"),
    "支持七天无理由": re.compile("[七7]\\s*天|无理由|退换|退货"),
    "虚心接受": re.compile(
        "虚心|接受(?:您|亲|批评)|改进|改善|改正|(?:您|亲|宝贵)的?(?:意见|建议|反馈)|以上(?:意见|建议)|努力|完善|优化"
    ),
    "团队": re.compile("团队|全体|小伙伴|同事们?"),
}
_LONGEST = 500


def review_explanation_shape(book: Book) -> Iterator[Finding]:
    """评价解释的写法不全，或者太长。

    为什么：解释是写给后来的买家看的。少了致歉像在吵架，少了售后承诺让人不敢买，太长没人看完。
    依据：培训资料归纳的六点：致歉、评价真实、支持七天无理由、虚心接受、以团队名义再次致歉、篇幅不要过长。
    怎么改：照提示补上；字数的参考值是 500。只查场景是 rev.explain_new、rev.explain_old 的短语。

    PASS: pj,抱歉没让您满意。本店评价都真实，支持七天无理由，虚心接受您的意见。我们团队再次致歉,评价,rev.explain_new
    PASS: pj,感谢好评,评价,rev.thanks
    PASS: pj,抱歉没让您满意。评价都是真实的，不满意可退换，感谢您的建议，销售团队向您致歉,评价,rev.explain_old
    FAIL: pj,〔抱歉没让您满意，欢迎联系客服退换〕,评价,rev.explain_new
    FAIL: pj,〔您自己选错了尺码，怪不得我们〕,评价,rev.explain_old
    FAIL: pj,〔〈抱歉，评价真实，支持退换，虚心接受，团队致歉。〉×25〕,评价,rev.explain_new
    """
    for index, subject in enumerate(book.subjects):
        if not subject.scenario.startswith("rev.explain") or not subject.text.strip():
            continue
        missing = [_(name) for name, marks in EXPLANATION.items() if not marks.search(subject.text)]
        if missing:
            message = _("这条评价解释里还缺：{missing}。").format(missing=_("、").join(missing))
            yield Finding("QN903", index, 0, len(subject.text), message)
        elif len(subject.text) > _LONGEST:
            message = _("这条评价解释有 {length} 个字，太长了没人看完，建议 {most} 个字以内。").format(
                length=len(subject.text), most=_LONGEST
            )
            yield Finding("QN903", index, 0, len(subject.text), message)
