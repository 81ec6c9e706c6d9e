"""QN2xx: phrases that lead the buyer away from the platform, to chat, to pay or to look elsewhere."""

from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.lint.context import Claim
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.context import sentence_around
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import entry_pattern
from qnphrase.lint.lexicon import hits_of
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rule import claims_rule
from qnphrase.lint.rule import text_rule
from qnphrase.lint.rules import disguise
from qnphrase.lint.rules import links
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.fold import folded

Span = tuple[int, int]
# Signs that mean nothing without a look-alike in the text.
_PLAIN_NAMES = frozenset(
    map(entry_pattern, ("微信", "vx", "wx", "qq", "+q", "+v", "+微", "+我", "加v", "加我v", "加个v"))
)
_STRONG = ("off_platform_contact", "off_platform_payment", "qr_diversion")
# Where the money goes to the buyer, for a review or a fake order.
_PAID_OUT = ("paid_review_change", "review_inducement", "fake_order")


def off_platform_contact() -> Claims:
    """叫买家加微信、QQ，关注公众号，或到平台外聊。

    为什么：离开旺旺的聊天没有记录，出了纠纷平台不认；快捷短语一天发几百遍，一句引流就是几百次违规。
    依据：淘宝规则中的“不当获取使用信息”“违背承诺”等违规类型；引导买家到平台外联系是平台长期重点治理的行为。
    怎么改：图片、视频、安装指导都在旺旺里发；要留人就请买家收藏店铺、加入淘宝群。提醒买家防骗的话不会报。

    PASS: 亲，安装视频直接在旺旺里发给您，不用加微信哦
    PASS: 请勿添加任何自称客服的微信，谨防诈骗
    PASS: 这款V领的更显脸小，QQ糖是赠品，5V2A的充电头也在盒子里
    PASS: 亲问能不能加微信，平台规定是不可以的呢
    FAIL: 亲，〔加我微信shop66〕，给您发实拍图
    FAIL: 〔加V〕返现
    FAIL: 这边〔拉您进微信福利群〕，天天有秒杀
    FAIL: 不会安装的话〔加客服微信〕，视频教您
    """
    return lexicon("off_platform_contact")


def off_platform_payment() -> Claims:
    """叫买家在订单之外付钱、转账或私下交易。

    为什么：不走订单的钱没有担保，买家出事会找平台和店铺；以省钱、省手续费为名也一样。
    依据：淘宝规则中的“违背承诺”“虚假交易”等违规类型；交易须通过平台订单完成付款。
    怎么改：补差价、补运费都发店铺的补差链接；退款、退运费原路退回买家，说明到账时间即可。

    PASS: 退款会原路退回您的支付宝，一般一到三个工作日到账
    PASS: 亲，下单时可以选择微信支付哦
    PASS: 请勿线下交易，线下交易不受平台保护
    FAIL: 运费补差〔直接转支付宝〕就行
    FAIL: 〔不走平台便宜〕十元
    FAIL: 〔扫码付款〕立减5元
    """
    return lexicon("off_platform_payment")


def external_link(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """链接指向平台以外的网站。

    为什么：外部链接买家常常打不开，也说不清是不是钓鱼；平台会把它当成引流。
    依据：平台内的域名是 taobao.com、tmall.com、tb.cn 及其子域名；支付宝、菜鸟官网和平台的图片站也算。其余都提醒。
    怎么改：换成店内商品、店铺活动页的链接或淘口令；要给说明书、视频，就直接发图片或文件。

    PASS: 补差链接：https://item.taobao.com/item.htm?id=123
    PASS: 亲，复制到淘宝打开 https://m.tb.cn/h.abc123
    PASS: 发票开好后发到您的邮箱，尺码误差在1.5cm以内
    FAIL: 教程在这里 〔https://www.bilibili.com/video/BV1xx〕
    FAIL: 点〔http://taobao.com.shop66.cn/a〕领券
    FAIL: 更多款式看 〔weidian.com/s/66〕
    """
    for start, end, host in links.outside(subject.text):
        message = _("链接“{host}”不在平台内。请换成店铺内的链接或淘口令，资料直接发图片或文件。")
        yield Finding("QN203", 0, start, end, message.format(host=host))


def qr_diversion() -> Claims:
    """叫买家扫二维码加人、进群或领钱。

    为什么：二维码比文字更隐蔽，平台查得也更紧；包裹卡片上的码同样算店铺的责任。
    依据：淘宝规则中的“不当获取使用信息”等违规类型；以二维码把买家引到平台外，与留微信号是一回事。
    怎么改：删掉加人、进群、领红包的码。取件、验真、看说明书的码可以留，把用途说清楚。

    PASS: 扫码取件即可，取件码见短信
    PASS: 扫描瓶身的防伪二维码可以查真伪
    PASS: 不要扫码加陌生人，谨防诈骗
    FAIL: 包裹里有小卡片，〔扫码添加专属客服〕
    FAIL: 〔扫码进群〕领福利
    FAIL: 刮开卡片〔扫码领现金〕
    """
    return lexicon("qr_diversion")


def obfuscated_contact() -> Claims:
    """用谐音、符号或拆字写的平台外联系方式。

    为什么：写成“威信”“微·信”“绿泡泡”，正说明知道不能写；平台识别后按故意规避处理，比明写更难解释。
    依据：与平台外联系同一依据；淘宝规则中的“不当获取使用信息”等违规类型。
    怎么改：整句删掉，改为在旺旺里服务。换一种写法不解决问题。

    PASS: 卫星电视的安装师傅会提前联系您
    PASS: 老字号在业内很有威信，您放心
    PASS: 谨防加薇信退款的骗局
    FAIL: 〔加薇信〕看实拍
    FAIL: 有问题〔➕V〕
    FAIL: 〔微·信：shop66〕
    FAIL: 联系〔一三八零零一三八零零零〕
    """
    return lexicon("obfuscated_contact")


def rival_platform_name() -> Claims:
    """提到其他购物或内容平台的名字。

    为什么：在千牛里说别的平台，轻则让买家去比价，重则被看成引流；叫买家去那里下单按错误报。
    依据：平台对引导买家到其他平台交易的一贯要求；单纯提到名字没有明文禁止，所以只作提示。
    怎么改：不需要就不提。被问到价格不同，只说本店的活动和保障。快递名（如京东快递）不算。

    PASS: 默认发京东快递，偏远地区发邮政
    PASS: 亲，本店的活动价已经是到手价了
    PASS: 手快有手慢无，今天拍下今天发
    FAIL: 〔拼多多〕那家不是我们的店
    FAIL: 这是〔抖音〕同款哦
    FAIL: 您可以〔去我们京东店下单〕
    """
    return lexicon("rival_platform")


def bare_channel_mention() -> Claims:
    """只是提到微信、QQ、公众号、朋友圈，没有叫人去加。

    为什么：系统按字眼筛查时，光是提到也可能被拦；买家读了也可能误会要去那里联系。
    依据：单纯提到没有明文禁止，所以只作提示；同一句里有更严重的引流时，只报那一条。
    怎么改：能换说法就换，例如“您发的图片”“分享给好友”。提醒买家防骗、说明不加微信的话不会报。

    PASS: 请勿添加任何自称客服的微信
    PASS: 我们没有微信，只在旺旺为您服务
    PASS: 亲，支持微信支付，QQ糖今天有货
    FAIL: 您在〔微信〕看到的活动已经结束了
    FAIL: 〔朋友圈〕那张图是去年的款
    FAIL: 您问的〔公众号〕文章我这边看不到
    """
    return lexicon("bare_channel")


def obfuscated(text: str) -> list[Span]:
    """Return where a text says in disguise what the lists say plainly, and says it nowhere plainly."""
    plain = disguise.plain(text)
    seen = _merged(hit for name in _STRONG for hit in hits_of(name, plain))
    read = disguise.unmasked(text)
    spans = list(read.numbers)
    for name in _STRONG:
        for hit in hits_of(name, read.text):
            span = read.origin[hit.start], read.origin[hit.end - 1] + 1
            if _touches(read.masks, span) and not _touches(seen, span):
                spans.append(span)
    return _merged(spans)


def _read_without_disguise(text: str, signs: Sequence[Hit]) -> Iterable[Hit]:
    """Return what is said in disguise; a name that is told plainly is a sign only where a look-alike stands."""
    listed = set(lexicon("obfuscated_contact").claims)
    own = [hit for hit in signs if hit.claim not in listed]
    if all(hit.claim.pattern in _PLAIN_NAMES for hit in signs) and not disguise.has_any_lookalike(text):
        return own
    return [*own, *(Hit(start, end, Claim("")) for start, end in obfuscated(text))]


def _plain_contact(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    """Drop what is said only in disguise (QN205)."""
    plain = None
    for hit in hits:
        if disguise.has_lookalike(text, hit.start, hit.end):
            plain = _merged(hits_of("off_platform_contact", disguise.plain(text))) if plain is None else plain
            if not _touches(plain, (hit.start, hit.end)):
                continue
        yield hit


def _plain_only(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    return [hit for hit in hits if not disguise.has_lookalike(text, hit.start, hit.end)]


def _paid_to_us(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    """Drop what is said in disguise, and the money in words that another rule has for a payment to the buyer."""
    plain = list(_plain_only(text, hits))
    if not plain:
        return plain
    said = folded(text)
    paid_out = _merged(hit for name in _PAID_OUT for hit in hits_of(name, said))
    return [hit for hit in plain if not _touches(paid_out, (hit.start, hit.end))]


def _not_underlined(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    """Drop the names that a stronger finding underlines."""
    stronger = _strong_spans(text)
    return [hit for hit in hits if not _touches(stronger, (hit.start, hit.end))]


def _alone_in_sentence(text: str, hits: Sequence[Hit]) -> Iterable[Hit]:
    """Drop the mentions in whose sentence something stronger stands."""
    stronger = _strong_spans(text)
    return [hit for hit in hits if not _touches(stronger, sentence_around(text, hit.start, hit.end))]


def _strong_spans(text: str) -> list[Span]:
    said = folded(text)
    spans: list[Span] = [hit[:2] for name in _STRONG for hit in hits_of(name, said)]
    signs = hits_of("obfuscated_contact", said)
    return _merged([*spans, *(hit[:2] for hit in _read_without_disguise(text, list(signs)))])


def _merged(hits: Iterable[Hit | Span]) -> list[Span]:
    """Return spans in order, overlapping ones as one."""
    merged: list[Span] = []
    for start, end in sorted((hit[0], hit[1]) for hit in hits):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _touches(spans: list[Span], span: Span) -> bool:
    """Whether one of the spans, in order and apart, overlaps `span`."""
    at = bisect_left(spans, (span[1], -1))
    return at > 0 and spans[at - 1][1] > span[0]


_RULES = (
    claims_rule("QN201", "off-platform-contact", Severity.ERROR, off_platform_contact, sift=_plain_contact),
    claims_rule("QN202", "off-platform-payment", Severity.ERROR, off_platform_payment, sift=_paid_to_us),
    text_rule("QN203", "external-link", Severity.WARNING, external_link, trigger=links.TRIGGER),
    claims_rule("QN204", "qr-diversion", Severity.ERROR, qr_diversion, sift=_plain_only),
    claims_rule("QN205", "obfuscated-contact", Severity.ERROR, obfuscated_contact, sift=_read_without_disguise),
    claims_rule("QN206", "rival-platform-name", Severity.INFO, rival_platform_name, sift=_not_underlined),
    claims_rule("QN207", "bare-channel-mention", Severity.INFO, bare_channel_mention, sift=_alone_in_sentence),
)
RULES = tuple(rule._replace(graver_in_replies=True) for rule in _RULES)
