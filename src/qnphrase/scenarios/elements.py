"""What a good reply holds, scenario by scenario: apology, reason, what is done, and the words that show it.

`ELEMENTS` are those which the training material names with its model sentences; the linter asks for them. `FURTHER`
are what the same material says of a whole talk, and what most good replies have: coverage tells what is missing of
them, and nobody is warned. That a word shows an element is a guess; no list can know every way to apologise.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from qnphrase.text.pattern import lazy_pattern

Marks = Mapping[str, re.Pattern[str]]

APOLOGY = "抱歉|对不起|不好意思|致歉|歉意|见谅|谅解|体谅|海涵|[别勿不]介意|包涵|久等|道歉|过意不去|赔个?不是|sorry"
_AWAY = {
    "致歉": lazy_pattern(APOLOGY, re.IGNORECASE),
    "原因": lazy_pattern(
        "刚才|刚刚|刚[去在接]|临时|因为|由于|离开|不在|下班|休息|吃饭|用餐|开会|电话|仓库|查货|外出|有事|走开|忙|较多|人多|爆满|排队|打烊|夜间|节日|假期|放假"
    ),
    "怎么帮": lazy_pattern(
        "帮|需要什么|什么(?:问题|需要|疑问)|留言|[回答]复|回您|回你|联系|为您|服务|吩咐|[请您]说|咨询|稍后|尽快|马上|上班"
    ),
}
_DECLINE = {
    "软化的话（抱歉、理解）": lazy_pattern(
        f"{APOLOGY}|理解|考虑|没关系|没事|放心|承诺|感谢|谢谢|辛苦|明白您|您的心情|支持", re.IGNORECASE
    ),
    "原因": lazy_pattern(
        "利润|成本|定价|价格|售价|实价|底价|最低|优惠|议价|还价|讲价|运费|邮费|快递|品质|质量|材质|面料|做工|正品|公平|公正|统一|折扣|活动|服务|重量|距离|地区|偏远|不赚"
    ),
}
ELEMENTS: Mapping[str, Marks] = {
    "auto.away": _AWAY,
    "pre.bargain": _DECLINE,
    "pre.freight": _DECLINE,
    "pre.cheaper_link": _DECLINE,
}
EXPLANATION: Marks = {
    "致歉": lazy_pattern(APOLOGY, re.IGNORECASE),
    "评价真实": lazy_pattern("真实"),
    "支持七天无理由": lazy_pattern("[七7]\\s*天|无理由|退换|退货"),
    "虚心接受": lazy_pattern(
        "虚心|接受(?:您|亲|批评)|改进|改善|改正|(?:您|亲|宝贵)的?(?:意见|建议|反馈)|以上(?:意见|建议)|努力|完善|优化"
    ),
    "团队": lazy_pattern("团队|全体|小伙伴|同事们?"),
}
EXPLANATION_LONGEST = 500  # characters

_APOLOGY = lazy_pattern(APOLOGY, re.IGNORECASE)
_EMPATHY = lazy_pattern("理解|体谅|心情|感受|换(?:作|成|了)?(?:我|谁)|着急|难处|明白您|消消气|别生气")
_ACTION = lazy_pattern(
    "核实|查询|查一下|帮您查|登记|安排|补发|补寄|补偿|换货|换新|免费换|退款|退货|给您(?:换|退|补|处理|解决|重)|处理|解决|催|联系|转寄|赔|去调|我去查|我来约|给您补|上门取"
)
_FOLLOW_UP = lazy_pattern(
    "跟进|跟到底|回访|进度|进展|(?:回复|答复|通知|告诉|联系)您|给您(?:个)?(?:答复|回复|消息)|回您|回消息"
)
_THANKS = lazy_pattern("感谢|谢谢|多谢|谢您")
_RETURN = lazy_pattern(
    "[0-9一二两三四五六七八九十半几]\\s*个?(?:点|分|小时|钟)|[0-9][:：][0-9]|上班|稍后|稍候|尽快|马上|第一时间|立即|立刻|回来|一会儿?|待会儿?|明[天早]|依次|逐一|按顺序|忙完"
)
_CHOICE = {
    "由买家决定": lazy_pattern(
        "考虑|决定|您(?:看|定|选|挑)|没关系|自己(?:选|定|权衡|对比)|对比|比较|合适(?:再|就|选)|按需"
    )
}
_SORRY_AND_DEAL = {"致歉": _APOLOGY, "怎么处理": _ACTION}
_WAIT = {"致歉": _APOLOGY, "什么时候回": _RETURN}
# The seven steps of a dispute, in the order in which they are taken.
_DISPUTE: Marks = {
    "快速反应": lazy_pattern("马上|立即|立刻|第一时间|现在就|分钟内|小时内|尽快|在的|收到您|看到您|我来|接手"),
    "耐心倾听": lazy_pattern(
        "您(?:慢慢|先)?(?:说|讲)|听(?:您|着)|我在听|详细(?:情况|说)|请(?:您)?(?:把|说|告诉)|反映|了解(?:一下)?|怎么回事|经过"
    ),
    "必要的解释": lazy_pattern("因为|由于|原因|是我们|查清楚|核实到|是(?:仓库|快递|配货|运输)|规则|查(?:了|过|到)"),
    "适当道歉": _APOLOGY,
    "补偿建议": lazy_pattern("补偿|赔|优惠券|券|退(?:您|款|[0-9])|弥补|心意|承担|免费"),
    "补救措施": lazy_pattern("补发|补寄|换(?:货|新|一)|重(?:新)?(?:发|寄)|退款|退货|安排|处理|解决|方案"),
    "跟进进度": _FOLLOW_UP,
}
FURTHER: Mapping[str, Marks] = {
    "auto.busy": _WAIT,
    "auto.overload": _WAIT,
    "pre.bargain": _CHOICE,
    "pre.freight": _CHOICE,
    "pre.cheaper_link": _CHOICE,
    "mid.oos_after_order": _SORRY_AND_DEAL,
    "mid.ship_delay": _SORRY_AND_DEAL,
    "post.out_of_area": {"怎么处理": _ACTION},
    "post.lost": _SORRY_AND_DEAL,
    "post.logistics_delay": {**_SORRY_AND_DEAL, "跟进": _FOLLOW_UP},
    "post.signed_not_received": {"怎么处理": _ACTION, "跟进": _FOLLOW_UP},
    "post.wrong_missing": _SORRY_AND_DEAL,
    "post.damaged": _SORRY_AND_DEAL,
    "post.flaw": {"怎么处理": _ACTION},
    "post.quality": _SORRY_AND_DEAL,
    "post.buyer_fault": {"软化的话（抱歉、理解）": _DECLINE["软化的话（抱歉、理解）"]},
    "post.complaint": _DISPUTE,
    "post.anger": {"致歉": _APOLOGY, "理解买家的心情": _EMPATHY, "怎么处理": _ACTION},
    "rev.thanks": {"感谢": _THANKS},
    "rev.contact": _SORRY_AND_DEAL,
    "rev.explain_new": {"篇幅不要过长": lazy_pattern(rf"\A[\s\S]{{0,{EXPLANATION_LONGEST}}}\Z")},
    "rev.explain_old": {"篇幅不要过长": lazy_pattern(rf"\A[\s\S]{{0,{EXPLANATION_LONGEST}}}\Z")},
}
# What is no single message but a talk: its phrases share the elements.
TOGETHER = frozenset({"post.complaint"})


class Wanted(NamedTuple):
    """What is wanted of a scenario. `together`: its phrases are sent one after the other, and share the elements."""

    elements: Marks
    together: bool

    def missing(self, texts: list[str]) -> tuple[str, ...]:
        """Return the names of what is missing: in all texts together, or in the best of them."""
        each = [[name for name, marks in self.elements.items() if not marks.search(text)] for text in texts]
        if self.together:
            return tuple(name for name in self.elements if all(name in one for one in each))
        return min(map(tuple, each), key=len, default=())


def wanted_of(scenario: str) -> Wanted:
    """Return what a good reply of a scenario holds; no elements where nothing is known of it."""
    first = EXPLANATION if scenario.startswith("rev.explain") else ELEMENTS.get(scenario, {})
    return Wanted({**first, **FURTHER.get(scenario, {})}, scenario in TOGETHER)


def element_names() -> list[str]:
    """Return the names of all elements, for the catalogue of messages."""
    tables = [EXPLANATION, *ELEMENTS.values(), *FURTHER.values()]
    return sorted({name for table in tables for name in table})
