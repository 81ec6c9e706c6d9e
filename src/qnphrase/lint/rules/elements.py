"""What a reply to a known situation should hold; only where the book says which situation it is for."""

from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.rule import Book
from qnphrase.scenarios.elements import ELEMENTS
from qnphrase.scenarios.elements import EXPLANATION
from qnphrase.scenarios.elements import EXPLANATION_LONGEST


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
        elif len(subject.text) > EXPLANATION_LONGEST:
            message = _("这条评价解释有 {length} 个字，太长了没人看完，建议 {most} 个字以内。").format(
                length=len(subject.text), most=EXPLANATION_LONGEST
            )
            yield Finding("QN903", index, 0, len(subject.text), message)
