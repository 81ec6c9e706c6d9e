"""How a clerk speaks to a buyer: what insults, sends away, hurries, blames, slanders or threatens; what is curt."""

import re
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.context import sentence_around
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import hits_of
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rule import Sift
from qnphrase.lint.rule import claims_rule
from qnphrase.lint.rule import text_rule
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.fold import folded
from qnphrase.text.pattern import lazy_pattern


def insult() -> Claims:
    """辱骂、嘲讽买家的话。

    为什么：一句骂人的话截图出去，丢的不只是这一单；买家投诉辱骂，聊天记录就是证据。
    依据：《消费者权益保护法》第二十七条，经营者不得对消费者进行侮辱、诽谤；《淘宝开店赢家宝典》第七章把这类话列为不应该说的。
    怎么改：整句删掉，先致歉或表示理解，再说明原因，把选择留给买家。

    PASS: 非常抱歉亲，本店定价都是经过再三考虑的，利润有限不接受议价，请多多理解
    PASS: 请勿贪小便宜私下交易，谨防上当受骗
    PASS: 水开后小火煮三分钟，滚烫时请勿直接入口
    FAIL: 〔买不起就别〕买，〔充什么尾巴狼〕
    FAIL: 晕，怎么遇到都是这样〔尽想占便宜〕的人
    FAIL: 〔有多远滚多远〕，本店奉献不起
    """
    return lexicon("insult")


def dismissal() -> Claims:
    """把买家往外赶的话，和不留余地的回绝。

    为什么：买家还价、比价、犹豫，都是想买才会有的事；赶走一个，引流的钱就白花了。
    依据：《淘宝开店赢家宝典》第七章：面对还价应说“利润有限不接受议价，请多多理解”，不应说“本店不接受讨价还价，还价请绕道”。
    怎么改：说清原因，请对方理解，再加一句“您可以再考虑下，买不买都没关系”。

    PASS: 利润有限不接受议价，请多多理解
    PASS: 没关系哦亲，您可以再考虑下，买不买都没有关系的，非常感谢您的光临
    PASS: 店门口修路，自提的亲请绕行东门
    FAIL: 〔嫌高别〕买啊，〔没人逼着你买〕
    FAIL: 〔爱买不买〕，〔不差你这一单〕
    FAIL: 〔还价请绕道〕
    """
    return lexicon("dismissal")


def impatience() -> Claims:
    """不耐烦、嫌买家烦的话。

    为什么：买家问得多、选得久，是在认真挑；一句“到底买不买”，人就走了。
    依据：《淘宝开店赢家宝典》第七章把“没时间我很忙”“还要选到什么时候”“我怎么知道你喜欢什么，自己看啊”列为不应该说的话。
    怎么改：忙就先致歉、说明咨询的人多，再告诉买家接下来做什么；不清楚的事说“我帮您核实一下”。

    PASS: 那您慢慢选，我现在顾客较多，请别介意，选好了告诉我就行
    PASS: 请先看尺码表再下单，以免选错浪费您的时间
    PASS: 请别嫌我啰嗦，收货时记得当面验收哦
    FAIL: 你〔到底买不买〕啊，不买〔别浪费我们时间〕好不好
    FAIL: 〔没时间我很忙〕
    FAIL: 〔我怎么知道〕你喜欢什么，〔自己看啊〕
    """
    return lexicon("impatience")


def blame_shifting() -> Claims:
    """推卸责任：推给快递、同事或买家，或者一口否认。

    为什么：买家是在店里付的钱，出了问题只认店铺；说“你找快递”，多半换来一个差评或者一次平台介入。
    依据：售后的通行做法是先致歉、不推卸，再给办法；《民法典》第五百一十二条，网购商品以签收为交付，签收以前的事由卖家担着。
    怎么改：先致歉，再说“我马上联系快递核实”，并说好什么时候回复。

    PASS: 非常抱歉，这是快递的问题，您不用找快递，我们马上帮您联系，今天内回复您
    PASS: 不管是不是我们的责任，我们都会负责到底
    PASS: 如果是您自己拍错了尺码也没关系，可以七天无理由退换
    FAIL: 〔快递的问题你找快递〕
    FAIL: 〔货发出去就跟我们没关系〕了
    FAIL: 〔谁让你不〕看详情，这〔能怪谁〕
    """
    return lexicon("blame_shifting")


def competitor_attack() -> Claims:
    """贬低同行：说别家是假货、质量差、骗人。

    为什么：没凭没据地说别家卖假货，同行可以告商业诋毁，买家也会觉得这家店不厚道。
    依据：《反不正当竞争法》禁止编造、传播虚假或者误导性信息损害竞争对手的商誉；《淘宝开店赢家宝典》第七章也不许打压同行。
    怎么改：只讲自家的质量、凭证和服务，例如“别家的情况我们不了解，我们支持专柜验货”。

    PASS: 别家的情况我们不了解，我们家的都是专柜正品，支持验货
    PASS: 市面上假货较多，请认准官方旗舰店，谨防上当
    PASS: 我们的价格可能比其他店高一点，但质量和售后都有保证
    FAIL: 因为〔他的是假货〕，穿两次就坏
    FAIL: 〔便宜的那家都是高仿〕，穿一次就坏
    FAIL: 〔隔壁店的质量很差〕，退货的特别多
    """
    return lexicon("competitor_attack")


def harassment() -> Claims:
    """威胁、骚扰买家的话。

    为什么：拿买家的地址、电话、评价说事，买家一报警或一投诉，店铺和客服本人都要担责。
    依据：《消费者权益保护法》第二十七条、第二十九条；《治安管理处罚法》关于恐吓和发送信息干扰他人正常生活的规定。
    怎么改：删掉。有争议就说明事实、给出解决办法，谈不拢请平台介入。

    PASS: 我们绝不会公开您的个人信息，请放心
    PASS: 如有人自称客服骚扰您，请及时举报
    PASS: 双方谈不拢的话，您可以申请平台介入，我们会积极配合
    FAIL: 〔不改差评就天天〕给你打电话
    FAIL: 我们〔有你的地址，小心〕一点
    FAIL: 尽管投诉，我〔跟你没完〕
    """
    return lexicon("harassment")


_MANY = 1_000  # hits in one text; nobody reads on, and a huge phrase stays cheap


def _unless(*stricter: str, same_words: Sequence[str] = ()) -> Sift:
    """Return a sieve that drops what a stricter rule finds in the same sentence, or in the same words.

    Who insults a buyer also sends him away and hurries him; one finding says what is wrong with the sentence.
    """

    def sift(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
        if len(text) <= _CURT_LONGEST and _curt_span(text):
            return
        for hit in hits[:_MANY]:
            left, right = sentence_around(text, hit.start, hit.end)
            sentence = folded(text[left:right])
            if any(True for name in stricter for _other in hits_of(name, sentence)):
                continue
            others = (other for name in same_words for other in hits_of(name, sentence))
            if not any(left + other.start < hit.end and hit.start < left + other.end for other in others):
                yield hit

    return sift


_CURT_LONGEST = 20  # of a whole reply, closing marks included
_CLOSING = " \t\r\n\u3000,.，。!！?？~～…、;；"
# Whole replies without a word of courtesy. 呢, 哦 and 哈 would soften them, so they aren't here.
_THING = (
    "颜色|尺码|尺寸|码|型号|规格|款式?|货|现货|库存|优惠券?|活动|"
    "功能|服务|[a-zA-Z0-9]{1,3}码|赠品|发票|券|折扣|运费险|礼品|小样|样品|配件|图片?|视频|链接|说明书"
)
_ABLE = (
    "支持|能|可以|行|会|卖|送|退|换|改|开|寄|发|便宜|优惠|打折|包邮|"
    "清楚|知道|晓得|懂|要|是|对|定|补|赔|还|少|单卖|零卖|能退|能换"
)
_CURT_CLAUSE = (
    r"(?:什么事情?|啥事儿?|有?什么事|有啥事|有事吗?|有(?:什么|啥)?(?:事|话)(?:就|请)?(?:快|赶紧|直接|快点)?(?:说|讲)|有话就?说|"
    r"干嘛|干吗|干啥|做什么|咋了|咋|说事|你?说|讲|你?问|(?:快|继续)(?:说|问)|说话|又怎么了?|怎么了|咋回事|什么|啥|什么意思|啥意思|"
    rf"(?:你说的)?[这那][个款种色]?(?:早|都)?(?:没有?|没|缺|断|无|卖完|卖光|停产|下架|售罄)[货了]{{0,2}}|"
    rf"(?:早就?|都|现在|暂时|已经)?(?:没有?|无|缺|断)(?:这|那|你说的|您说的|别的|其他|其它|这样|这么大)?[个款种些]?的?(?:{_THING})?了?|"
    r"(?:卖完|卖光|售罄|停产|下架|没)了|"
    rf"(?:这个|那个|这款|那款|现在|都|也)?不(?:{_ABLE})|不[能可](?:以)?(?:[退换送包改还开寄发]|便宜|优惠|少|打折)|不可能|不一定|不好说|没门|"
    r"不[退换]|(?:[退换改发送少补开寄赔查做订]|便宜|优惠|修改|取消)不了|没优惠|没活动|不送赠品|没[这那]个?(?:功能|服务)|自己(?:选|看|挑|查|问|算|想)|问(?:快递|物流|平台|厂家|客服)|什么问题|啥问题|"
    r"没发货?|还没(?:发|到|好|出)货?|(?:早|都|已经?|昨天|刚)?发(?:货|出)?了|已发货?|没到|没收到|到了|"
    r"(?:再)?等(?:等|着|吧|等吧|一下|到货|通知)?|(?:那)?你?要(?:什么|哪个|几个|多大|哪款)(?:型号|颜色|尺码|码|款式?|规格)?|"
    r"(?:什么|哪个)(?:型号|颜色|尺码|码|款|规格)|多[高重大少]|几[码个件]|哪[个款件]|"
    r"看(?:详情页?|描述|图片?|标题|页面|说明|尺码表|介绍|物流|公告)|"
    r"(?:详情页?|页面|标题|描述|图片?|说明书?|介绍)(?:上|里|里面|上面)?(?:都|不是|早)?(?:有写|有|写了|写着|标了|标着|写的有|说了)|上面(?:有写|写了|写着|有)|"
    r"写了|写着|说过了|说了|随便|都行|都一样|一样的?|差不多|就这样|就这[个些]?价?|就这些|"
    r"嗯|恩|哦|噢|喔|呵呵|额|呃|切|哼|知道了|晓得了|收到了)[啊阿呀吗嘛么啦]?"
)
_COURTEOUS = ("亲", "您好", "谢", "歉")  # none of these stands in such a clause
_CURT = lazy_pattern(_CURT_CLAUSE)
_MOST_CLAUSES = 4
_BETWEEN_CLAUSES = lazy_pattern("[，,。.！!？? ]{1,2}")  # none of these stands in a clause


def _curt_span(text: str) -> tuple[int, int] | None:
    """Return where the words of a curt reply stand, without the marks around them; `None` where it isn't curt."""
    start = len(text) - len(text.lstrip(_CLOSING))
    end = len(text.rstrip(_CLOSING))
    clauses = _BETWEEN_CLAUSES.split(text[start:end])
    if len(clauses) <= _MOST_CLAUSES and all(map(_CURT.fullmatch, clauses)):
        return start, end
    return None


def curt_reply(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """整条回复只有冷冰冰的几个字。

    为什么：“什么事啊”“没有”单独发出去，买家觉得客服不想理人；这正是开门迎客最忌讳的第一句。
    依据：《淘宝开店赢家宝典》第七章：应说“您好，亲！有什么可以帮到您的吗？”，不应冷冰冰地说“什么事啊”“说啊”“你说的这个没有”。
    怎么改：加上称呼和去处，例如“亲，这款暂时没有了，您看看这几款合适吗？”。只有整条都是这几个字才会提示。

    PASS: 您好，亲！有什么可以帮到您的吗？
    PASS: 抱歉亲，您说的这个没有了，给您推荐一款类似的
    PASS: 好的
    FAIL: 〔什么事啊〕？
    FAIL: 〔说啊〕
    FAIL: 〔你说的这个没有〕。
    FAIL: 〔不知道〕
    """
    text = subject.text
    if subject.kind == "signature" or any(word in text for word in _COURTEOUS):
        return
    span = _curt_span(text)
    if span:
        start, end = span
        message = _("整条只有“{words}”，显得冷淡。请加上称呼，说明情况，再给买家一个去处").format(words=text[start:end])
        yield Finding("QN507", 0, start, end, message)


# Where 你 doesn't speak to this buyer, or belongs to a set phrase, a slogan or somebody's words.
_OTHER_YOU = lazy_pattern(
    r"“[^”\n]{1,80}”|「[^」\n]{1,80}」|『[^』\n]{1,80}』|《[^》\n]{1,60}》|‘[^’\n]{1,80}’|【[^】\n]{1,40}】|"
    r"你好|迷你|你们|你我|你追我赶|你情我愿|你侬我侬|你来我往|你一言我一语|你中有我|你死我活|你争我|你拥有|你值得|你若|你若盛开|"
    r"[更最]好的你|美好的你|独特的你|不一样的你|爱你|[因懂伴陪宠][着了]?你|为你(?=而)|遇[见到]你|有你|与你|和你|(?:祝|愿)你(?=[^，。！!]{0,6}(?:快乐|健康|幸福|平安))|"
    r"你(?=的?(?:女朋友|男朋友)说)|(?:如果|要是|当|万一)(?:有|别|骗子|陌生|对方)[^，。！!？?\n]{0,12}你|"
    r"(?:骗子|对方|陌生人|别人|有人|自称|冒充)[^，。！!？?\n]{0,16}你"
)
_OTHER_FORMAL_YOU = lazy_pattern(
    r"“[^”\n]{1,80}”|「[^」\n]{1,80}」|『[^』\n]{1,80}』|《[^》\n]{1,60}》|‘[^’\n]{1,80}’|【[^】\n]{1,40}】"
)


def address_mix(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """同一条里一会儿“你”一会儿“您”。

    为什么：称呼忽高忽低，一看就是东拼西凑的话术，显得不用心。
    依据：客服用语的通行规范：对买家统一称“您”。“你好”“你们”、引号里的话和广告语不算。
    怎么改：把“你”都改成“您”；想亲切一点的店可以统一用“你”或“亲”，但一条里只用一种。

    PASS: 您好，请问有什么可以帮您？
    PASS: 你好，您拍的宝贝今天可以发出
    PASS: 您在平台搜索“你的衣橱”就能找到我们
    FAIL: 亲，〔你〕可以先挑选好，然后我给您参考意见
    FAIL: 您的快递已经到了，〔你〕记得去取
    FAIL: 谢谢〔你〕的信任！主要还是看您的喜欢
    """
    text = subject.text
    if "您" not in text:
        return
    familiar = _first_outside(text, "你", _OTHER_YOU)
    if familiar >= 0 and _first_outside(text, "您", _OTHER_FORMAL_YOU) >= 0:
        yield Finding("QN508", 0, familiar, familiar + 1, _("同一条里“你”和“您”混用，请统一称“您”"))


def _first_outside(text: str, word: str, masks: re.Pattern[str]) -> int:
    """Return where `word` first stands outside of all masks, or -1."""
    at = 0
    for mask in masks.finditer(text):
        found = text.find(word, at, mask.start())
        if found >= 0:
            return found
        at = mask.end()
    return text.find(word, at)


RULES = (
    claims_rule("QN501", "insult", Severity.ERROR, insult),
    claims_rule("QN502", "dismissal", Severity.ERROR, dismissal, sift=_unless("insult")),
    claims_rule(
        "QN503",
        "impatience",
        Severity.WARNING,
        impatience,
        sift=_unless("insult", "dismissal", same_words=("harassment",)),
    ),
    claims_rule(
        "QN504",
        "blame-shifting",
        Severity.WARNING,
        blame_shifting,
        sift=_unless("insult", same_words=("dismissal", "impatience", "harassment")),
    ),
    claims_rule("QN505", "competitor-attack", Severity.ERROR, competitor_attack),
    claims_rule("QN506", "harassment", Severity.WARNING, harassment),
    text_rule("QN507", "curt-reply", Severity.INFO, curt_reply, longest=_CURT_LONGEST),
    text_rule("QN508", "address-mix", Severity.INFO, address_mix, trigger="你(?!好|们)"),
)
