"""QN6xx: personal data that doesn't belong in a phrase, and phrases that ask the buyer for too much of it."""

from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.context import Claims
from qnphrase.lint.context import sentence_around
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rule import claims_rule
from qnphrase.lint.rule import text_rule
from qnphrase.lint.rules import identifiers
from qnphrase.lint.rules import postal
from qnphrase.lint.rules.disguise import plain
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text import TokenKind
from qnphrase.text import tokenize
from qnphrase.text.fold import folded
from qnphrase.text.pattern import lazy_pattern

# What such a number is, if it stands right before it.
_OTHER_NUMBER = lazy_pattern(
    r"(?:单号|运单|订单|编号|型号|货号|款号|条码|条形码|sku|id|货品|批号|流水号?)(?:号|是|为|[: #])*$"
)
_CARD_CUE = lazy_pattern(
    r"卡号|银行卡|信用卡|储蓄卡|借记卡|开户|户名|账号|帐号|账户|汇款|转账|打款|收款|工行|建行|农行|中行|招行|交行|"
    r"(?:工商|建设|农业|中国|招商|交通|邮储|中信|民生|光大|兴业|浦发|平安)银行"
)
_EMAIL = lazy_pattern(r"@[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?(?:\.[a-z0-9\-]{1,63}){0,4}\.[a-z]{2,12}(?![a-z0-9])")
_MAILBOX = lazy_pattern(r"[a-z0-9][a-z0-9._%+\-]{0,63}\Z")


def mobile_number(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """短语里写着手机号码。

    为什么：快捷短语会发给所有买家，也会随话术包在店铺之间流转；员工离职后号码还在发，骚扰和纠纷都找他。
    依据：《个人信息保护法》最小必要原则；号码按11位、1[3-9]开头并前后都不是数字来认，订单号、快递单号不会误报。
    怎么改：删掉号码，请买家在旺旺里联系；必须留电话就用店铺的400或座机。

    PASS: 订单号1380013800012345678已经发出
    PASS: 快递单号13800138000，请注意查收
    PASS: 售后热线400-800-1234
    FAIL: 有问题打〔13800138000〕
    FAIL: 王师傅〔138-0013-8000〕会联系您
    FAIL: 客服电话〔+86 13912345678〕
    """
    links: list[tuple[int, int]] | None = None
    for found in identifiers.MOBILE.finditer(plain(subject.text)):
        if _names_other(subject.text, found.start()):
            continue
        if links is None:
            links = [(token.start, token.end) for token in tokenize(subject.text) if token.kind is TokenKind.URL]
            links.reverse()
        while links and links[-1][1] <= found.start():
            links.pop()
        if not (links and links[-1][0] < found.end()):
            words = subject.text[found.start() : found.end()]
            message = _("短语里有手机号“{words}”，会发给所有买家。请删去，必要时改用店铺的400电话。")
            yield Finding("QN601", 0, *found.span(), message.format(words=words))


def id_card(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """短语里写着身份证号码。

    为什么：身份证号一旦发出去就收不回来，冒名贷款、冒名注册都从这里开始。
    依据：《个人信息保护法》把身份证号视为敏感的个人信息；号码按省份、出生日期和校验位（GB 11643，MOD 11-2）核对。
    怎么改：整段删掉，并查一查是谁的号码、从哪里复制来的；需要实名时请买家自己在官方页面填写。

    PASS: 订单编号110101199003078888请核对
    PASS: 身份证号请在海关实名页面自行填写
    PASS: 商品条码690123456789012345
    FAIL: 清关人身份证〔11010519491231002X〕
    FAIL: 格式如〔330106199003071236〕，不要漏填
    FAIL: 号码是〔110105 19491231 002X〕
    """
    for found in identifiers.ID_CARD.finditer(subject.text):
        if identifiers.is_id_card(found[0], settings.today):
            message = _("短语里有身份证号“{words}”。请整段删去，需要实名时让买家自己在官方页面填写。")
            yield Finding("QN602", 0, *found.span(), message.format(words=found[0]))


def bank_card(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """短语里写着银行卡号。

    为什么：卡号连着户名发出去，买家会把钱直接转过来，平台管不着；也给了仿冒客服的人现成的样板。
    依据：《个人信息保护法》把金融账户视为敏感个人信息。卡号按位数和校验位（Luhn）核对，同一句里还要有“卡号”“银行”等字眼。
    怎么改：删掉卡号。收款走订单，退款原路退回，都不需要卡号。

    PASS: 订单号6222020200112233446已发货
    PASS: 退款会原路退回您付款的银行卡
    PASS: 请勿把银行卡号发给任何人
    FAIL: 账号：〔6222020200112233446〕 户名王某
    FAIL: 转到这张卡号〔6222 0202 0011 2233 446〕
    FAIL: 工商银行〔4000000000000002〕
    """
    for found in identifiers.CARD_NUMBER.finditer(subject.text):
        if not identifiers.passes_luhn(found[0]) or _names_other(subject.text, found.start()):
            continue
        left, right = sentence_around(subject.text, *found.span())
        if _CARD_CUE.search(subject.text, left, right):
            message = _("短语里有银行卡号“{words}”。请删去，收款走订单，退款原路退回。")
            yield Finding("QN603", 0, *found.span(), message.format(words=found[0]))


def email(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """短语里写着电子邮箱。

    为什么：邮箱多半是某个员工的，换人以后没人看；买家也可能把证件、发票发过去，没有人管。
    依据：邮箱属于个人信息；对外公布的店铺公用邮箱可以留，所以只作提示。
    怎么改：能在旺旺里收发的就不留邮箱；一定要留，用店铺的公用邮箱，并写明用途。

    PASS: 发票会发到您下单时填的邮箱
    PASS: 有事请@客服小美
    PASS: 买2件@3件都有优惠
    FAIL: 图片发到〔xiaomei_88@163.com〕
    FAIL: 简历投〔hr@shop66.com.cn〕
    FAIL: QQ邮箱〔12345678@qq.com〕
    """
    text = folded(subject.text)
    for found in _EMAIL.finditer(text):
        mailbox = _MAILBOX.search(text, max(0, found.start() - 64), found.start())
        if mailbox:
            words = subject.text[mailbox.start() : found.end()]
            message = _("短语里有邮箱“{words}”。若是个人邮箱请删去，改用店铺公用邮箱或在旺旺里收发。")
            yield Finding("QN604", 0, mailbox.start(), found.end(), message.format(words=words))


def postal_address(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """短语里写着具体到门牌的地址。

    为什么：仓库搬家、换人以后，老短语还在发旧地址，退货就寄丢了；写着个人住址更是泄露隐私。
    依据：《个人信息保护法》最小必要原则。只认有路名（村、园区、小区）又有门牌号的地址，只说城市的不算。
    怎么改：用占位的写法（例如 {退货地址}），或请买家按退货单上系统给的地址寄。

    PASS: 退货请寄：{退货地址}
    PASS: 我们仓库在杭州，江浙沪一般次日达
    PASS: 地铁2号线直达，3号仓库今天发货
    FAIL: 退货地址：〔浙江省杭州市余杭区文一西路969号〕
    FAIL: 寄到〔义乌市福田街道商城大道88号3楼〕
    FAIL: 请寄〔广州市白云区石井街道龙湖村12栋〕
    """
    for start, end in postal.addresses(subject.text):
        message = _("短语里有具体地址“{words}”，搬家或换人后会寄丢。请改用 {{退货地址}} 这样的占位，或让买家看退货单。")
        yield Finding("QN605", 0, start, end, message.format(words=subject.text[start:end]))


def credential_request() -> Claims:
    """向买家要密码、验证码、身份证照片或银行卡信息。

    为什么：这正是骗子冒充客服时说的话；买家上当后会说，是你们的客服让我发的。
    依据：《个人信息保护法》最小必要原则；各平台和银行都提醒，客服不会索要密码和验证码。
    怎么改：删掉。需要验证、实名时，请买家自己在官方页面填写，不要发给任何人。提醒防骗的话不会报。

    PASS: 请勿把验证码告诉任何人，客服不会索要
    PASS: 跨境商品请您在订单页填写身份证信息完成清关
    PASS: 初始密码是000000，收到后请自行修改密码
    PASS: 签收时请把收货码报给快递员
    FAIL: 麻烦〔把收到的验证码发我〕一下
    FAIL: 请〔提供一下您的身份证照片〕
    FAIL: 您的〔支付密码是多少〕
    """
    return lexicon("credential_request")


def _names_other(text: str, start: int) -> bool:
    """Whether the words right before a number say that it is an order's, a parcel's or a product's."""
    return _OTHER_NUMBER.search(folded(text[max(0, start - 10) : start])) is not None


RULES = (
    text_rule(
        "QN601",
        "mobile-number",
        Severity.WARNING,
        mobile_number,
        trigger=r"[1１][3-9３-９][0-9０-９][0-9０-９ \-][0-9０-９]{4}",
    ),
    text_rule("QN602", "id-card", Severity.ERROR, id_card, trigger=r"[1-9][0-9]{5}[ \-]?[12][09][0-9]{6}"),
    text_rule("QN603", "bank-card", Severity.ERROR, bank_card, trigger=r"[3-69][0-9]{3}[0-9 \-][0-9]{4}[0-9 \-]"),
    text_rule("QN604", "email", Severity.INFO, email, trigger=r"[@＠][0-9A-Za-zＡ-Ｚａ-ｚ０-９]"),
    text_rule("QN605", "postal-address", Severity.WARNING, postal_address, trigger=postal.TRIGGER),
    claims_rule("QN606", "credential-request", Severity.ERROR, credential_request),
)
