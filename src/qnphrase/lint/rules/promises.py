"""QN4xx: promises that the shop can't keep for everyone, and days and states that are over when the phrase is sent."""

from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.context import Claims
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rule import claims_rule
from qnphrase.lint.rule import text_rule
from qnphrase.lint.rules.dates import past_dates
from qnphrase.lint.rules.dates import stale_days
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.fold import folded


def absolute_guarantee() -> Claims:
    """说“绝对保证”“百分百不掉色”“包您满意”这种没有例外的保证。

    为什么：卖一万件总会有一件例外，那一件的买家手里就有店铺的书面承诺。
    依据：淘宝规则中的“违背承诺”；《消费者权益保护法》第二十条：介绍商品应当真实、全面。
    怎么改：说做了哪些检查、正常使用会怎样、万一有问题怎么处理。“100%棉”这样的成分、“质量问题包退换”这样有条件的承诺不会报。

    PASS: 这件是100%棉，正常洗涤不易起球，深色头两次会有点浮色
    PASS: 我们一定能保证我们的产品质量和服务，有质量问题包退换
    PASS: 不同屏幕会有差异，我们不能保证完全没有色差
    FAIL: 宝贝质量和售后服务，我〔绝对保证〕
    FAIL: 亲放心，〔百分百不掉色〕
    FAIL: 收到〔包您满意〕
    """
    return lexicon("absolute_guarantee")


def delivery_guarantee() -> Claims:
    """保证哪天送到、几天必达，或保证今天一定发出。

    为什么：在路上的时间是快递说了算，天气、爆仓都会晚；晚一天，买家就能拿聊天记录投诉。
    依据：淘宝规则中的“违背承诺”和发货时间的约定。
    怎么改：写“预计”“一般”“以物流更新为准”；急用的请买家提前说，帮他选更快的快递。

    PASS: 江浙沪一般1-2天到，具体以物流更新为准
    PASS: 付款后48小时内发货，预计后天送达
    PASS: 快递时效我们不能保证，急用的话建议顺丰
    FAIL: 现在拍，〔保证明天到〕
    FAIL: 放心，〔三天内一定送到〕
    FAIL: 发顺丰，〔次日必达〕
    """
    return lexicon("delivery_guarantee")


def price_guarantee() -> Claims:
    """保证价格最低、买贵就赔、以后不会再降价。

    为什么：价格由活动和平台券决定，过几天一降价，买家就来要差价。
    依据：《价格法》第十四条第（四）项：不得用虚假或者使人误解的价格手段；淘宝规则中的“违背承诺”。
    怎么改：只说现在页面上的价格；店铺开了价保就按价保规则说清几天、怎么申请。

    PASS: 这款支持15天价保，降价可以在订单里申请退差价
    PASS: 我们不能保证自己所有产品都是最低，但质量和服务您放心
    PASS: 双11会不会降价我们也没收到通知，以页面为准
    FAIL: 亲，〔买贵退差价〕
    FAIL: 〔双11也不会比现在便宜〕了，放心拍
    FAIL: 我们〔保证最低价〕
    """
    return lexicon("price_guarantee")


def compensation_multiple() -> Claims:
    """承诺假一赔十，或者假一赔百、赔千、赔万。

    为什么：写了就是合同，买家真来要，店铺得照付；赔百赔万没人会付，等于骗人。
    依据：《消费者权益保护法》第五十五条（三倍）、《食品安全法》第一百四十八条（十倍）；淘宝规则中的“违背承诺”。
    怎么改：店铺开通了什么服务就说什么，和商品页上的标识一致。“假一赔三”“退一赔三”“假一赔四”不会报。

    PASS: 本店支持正品保障，假一赔三
    PASS: 我们没有“假一赔万”这种服务，请以页面标识为准
    PASS: 少一件我们给您补发一件
    FAIL: 正品保证，〔假一赔十〕
    FAIL: 〔假一赔万〕，放心买
    FAIL: 〔发现假货赔您十万〕
    """
    return lexicon("compensation_multiple")


def refund_promise() -> Claims:
    """承诺无条件退、随时退、用过也退，或保证退款马上到账。

    为什么：没有期限和条件的承诺会被拿去退用了半年的货；到账时间由支付渠道决定，也保证不了。
    依据：《消费者权益保护法》第十六条、第二十五条；淘宝规则中的“违背承诺”。
    怎么改：写清几天内、什么状态、运费谁出；到账时间写“一般几个工作日，以支付渠道为准”。

    PASS: 支持7天无理由退换，吊牌在、没下水就可以
    PASS: 有质量问题，我保证退换，邮费我出
    PASS: 退款一般1-3个工作日到账，以银行为准
    FAIL: 亲放心拍，〔无条件退款〕
    FAIL: 〔穿过洗过也能退〕
    FAIL: 您确认一下，〔退款马上到账〕
    """
    return lexicon("refund_promise")


def expired_date(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """短语里写着已经过去的日期，或者“本周六”“今晚12点前”这种只在写的那天对的日子。

    为什么：短语存下来会一直发。过期的活动、放假通知发出去，买家按它来要，客服还得道歉。
    依据：淘宝规则中的“违背承诺”；写出去的活动时间就是承诺。
    怎么改：换成现在的日期并带上年份，过期后本规则会提醒；每天都一样的就写“当天16点前”“每周六”。“明天再联系您”这种从发送那天算起的不会报。

    PASS: 当天16点前付款的，当天发货
    PASS: 我去问一下仓库，明天再联系您
    PASS: 活动到2099年12月31日结束
    PASS: 本店成立于2015年6月1日
    FAIL: 春节放假：〔2020年1月20日-2月3日〕，期间不发货
    FAIL: 优惠券〔2020-11-11〕前使用有效
    FAIL: 〔本周六〕仓库盘点，不发货
    FAIL: 〔今晚12点前〕下单立减20元
    """
    text = folded(subject.text)
    for past in past_dates(text, settings.today):
        words = subject.text[past.start : past.end]
        message = _("“{words}”已经过去了。换成现在的日期，或者删掉这句。").format(words=words)
        yield Finding("QN406", 0, past.start, past.end, message)
    for start, end in stale_days(text):
        message = _("“{words}”只在写的那天是对的。写成带年份的日期；天天如此的写“当天”“每周几”。")
        words = subject.text[start:end]
        yield Finding("QN406", 0, start, end, message.format(words=words), severity=Severity.INFO)


def scarcity_pressure() -> Claims:
    """用只剩几件、手慢无、马上涨价、最后一天来催买家下单。

    为什么：存成短语的“只剩3件”发给每个买家，多半不是真的；被催的买家买了也容易退。
    依据：《广告法》第四条、《价格法》第十四条第（四）项：不得虚构库存、时限误导买家。
    怎么改：告诉买家库存和活动时间以页面为准，让他自己决定。赠品有限、确认收货倒计时这类说明不会报。

    PASS: 不着急，您慢慢挑，库存以页面显示为准
    PASS: 赠品数量有限，送完为止
    PASS: 您的订单离自动确认收货只剩2天，有问题请及时联系我们
    FAIL: 亲，这款〔只剩3件〕了
    FAIL: 〔手慢无〕，喜欢就拍哦
    FAIL: 活动〔最后一天〕，〔错过就没有了〕
    """
    return lexicon("scarcity_pressure")


def stale_state_claim() -> Claims:
    """把“目前有货”“活动进行中”“刚到货”这种一时的状态存进了短语。

    为什么：库存和活动天天变，短语不会跟着变；买家拍了没货，就成了缺货投诉。
    依据：淘宝规则中的“违背承诺”；库存、活动以商品页为准。
    怎么改：写“能下单就有货，以提交订单时页面为准”，或者让客服查过再说。已经写明“以页面为准”的、短语写了最后一天（until）的不会报。

    PASS: 能拍下就有货，库存以页面显示为准
    PASS: 您要的颜色目前有现货。库存一直在变动，以提交订单时页面显示的为准。
    PASS: 您稍等，我查一下有没有活动
    FAIL: 亲，〔目前有货〕的，可以直接拍
    FAIL: 〔店铺正在做活动〕，满200减20
    FAIL: 〔现货充足〕，放心拍
    FAIL: 这个颜色〔现在缺货〕，看看别的颜色吧
    """
    return lexicon("stale_state_claim")


# Each alternative begins with a plain character, so that the engine skips what can't begin one.
_DAYS = (
    "20[0-9]{2}[年./春国中元双端圣七女五三63的-]|2[0-9]年|２|今[天日晚早]|明[天日晚早]|后天|昨[天日晚]|"
    "本个?[周星礼月]|这个?[周星礼月]|下个?[周星礼月]|上个?[周星礼]|月底"
)

RULES = (
    claims_rule("QN401", "absolute-guarantee", Severity.WARNING, absolute_guarantee),
    claims_rule("QN402", "delivery-guarantee", Severity.WARNING, delivery_guarantee),
    claims_rule("QN403", "price-guarantee", Severity.WARNING, price_guarantee),
    claims_rule("QN404", "compensation-multiple", Severity.INFO, compensation_multiple),
    claims_rule("QN405", "refund-promise", Severity.WARNING, refund_promise),
    text_rule("QN406", "expired-date", Severity.WARNING, expired_date, trigger=_DAYS),
    claims_rule("QN407", "scarcity-pressure", Severity.INFO, scarcity_pressure),
    claims_rule("QN408", "stale-state-claim", Severity.INFO, stale_state_claim)._replace(spares_dated=True),
)
