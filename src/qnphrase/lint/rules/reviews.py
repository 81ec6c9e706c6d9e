"""QN3xx: phrases that buy, ask for or make up reviews and sales."""

from collections.abc import Iterable
from collections.abc import Sequence

from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.context import sentence_around
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import hits_of
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rule import claims_rule
from qnphrase.text.fold import folded


def review_inducement() -> Claims:
    """用返现、红包、送礼换好评。

    为什么：好处跟“好评”挂钩就是诱导评价，快捷短语一发就是几千条，条条是证据。与好坏无关的晒单活动不在此列。
    依据：《网络反不正当竞争暂行规定》第九条（五），2024年9月1日起施行：不得以返现、红包、卡券诱导指定评价。
    怎么改：请买家如实评价即可。想送礼就人人都送，或对任何评价一视同仁，并把“不论好坏”写清楚。

    PASS: 感谢您的五星好评，欢迎下次光临
    PASS: 收到货请如实评价，您的好评是我们最大的鼓励
    PASS: 本店拒绝好评返现，请放心购买
    PASS: 参加活动满300返30，返修运费我们出
    PASS: 无论好评还是差评，晒单都送小礼品
    FAIL: 〔好评返现〕5元
    FAIL: 收到满意请〔给五星好评，联系客服领取5元红包〕
    FAIL: 〔凭好评截图找客服领〕红包
    """
    return lexicon("review_inducement")


def paid_review_change() -> Claims:
    """用钱、券、礼物换买家改评价、删评价。

    为什么：买家截图投诉就是铁证；也等于告诉所有人，打差评能换钱。
    依据：《网络反不正当竞争暂行规定》第九条（五）；平台对干扰买家真实评价的一贯禁止。
    怎么改：补偿归补偿，评价归评价，一句话里不要同时出现。问题解决了，买家自己会决定要不要追评。

    PASS: 我店从不承诺给客户返现金让客户修改中差评
    PASS: 给您补发一件，运费我们承担，耽误您时间了
    PASS: 亲，地址已修改，差价退您三元
    FAIL: 您帮忙〔改下评价，给您返10元〕
    FAIL: 〔补偿您20元，麻烦把差评删〕一下
    FAIL: 〔改成好评我们退您十元〕
    """
    return lexicon("paid_review_change")


def review_change_request() -> Claims:
    """请买家改评价、删评价，或教买家怎么删。

    为什么：问题没解决就谈评价最伤人；反复要求会被认作骚扰，买家一投诉就成立。
    依据：平台保护买家真实评价，要求买家修改属于干扰评价；没有给好处时按提醒处理。
    怎么改：道歉、核实、给方案，处理完就结束。买家主动问怎么改，再告诉他入口。

    PASS: 您的评价我们看到了，马上为您核实处理
    PASS: 如需修改评价，可在评价管理里查看，由您自己决定
    PASS: 评价发布后无法修改的哦
    PASS: 亲，请问是要修改收货地址吗
    FAIL: 〔麻烦您修改一下评价〕好吗
    FAIL: 〔能不能把差评删掉〕
    FAIL: 〔删除评价的步骤发〕您了
    """
    return lexicon("review_change_request")


def fake_order() -> Claims:
    """刷单、补单、空包、拍A发B。

    为什么：虚假交易是店铺最重的风险之一，短语里留下这种话，等于把证据存在公司电脑里。
    依据：《反不正当竞争法》关于虚构交易、虚构用户评价的禁止；淘宝规则中的“虚假交易”。
    怎么改：整句删掉。漏发补寄请写“补发”，不要写“补单”。

    PASS: 本店从不刷单，销量评价都是真实的
    PASS: 谨防刷单兼职骗局
    PASS: 牙刷单支装和两支装都有
    PASS: 收到空包裹请拍照联系我们
    FAIL: 亲，〔帮忙刷单〕吗，一单五元
    FAIL: 确认收货后〔本金和佣金〕一起结
    FAIL: 这单〔拍A发B〕
    """
    return lexicon("fake_order")


def _not_worse(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    """Drop the words that belong to a paid change (QN302) or a made-up order (QN304)."""
    worse = [hit for name in ("paid_review_change", "fake_order") for hit in hits_of(name, folded(text))]
    covered = {offset for hit in worse for offset in range(hit.start, hit.end)}
    return [hit for hit in hits if covered.isdisjoint(range(hit.start, hit.end))]


def _unpaid(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    """Drop the requests in whose sentence something is paid for it (QN302)."""
    paid = [hit.start for hit in hits_of("paid_review_change", folded(text))] if hits else []
    at = 0
    for hit in hits:
        left, right = sentence_around(text, hit.start, hit.end)
        while at < len(paid) and paid[at] < left:
            at += 1
        if at == len(paid) or paid[at] >= right:
            yield hit


RULES = (
    claims_rule("QN301", "review-inducement", Severity.ERROR, review_inducement, sift=_not_worse),
    claims_rule("QN302", "paid-review-change", Severity.ERROR, paid_review_change),
    claims_rule("QN303", "review-change-request", Severity.WARNING, review_change_request, sift=_unpaid),
    claims_rule("QN304", "fake-order", Severity.ERROR, fake_order),
)
