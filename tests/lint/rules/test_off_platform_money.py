"""Paying elsewhere, QR codes, links and names of other platforms."""

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules import links
from qnphrase.lint.rules.off_platform import RULES
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject


def found(text: str) -> tuple[str, ...]:
    """Return the code without QN and the underlined words of each finding."""
    findings = run_rules([Subject("phrase", "售前", "hy", text, 0)], RULES, Settings())
    return tuple(f"{one.code[2:]} {text[one.start : one.end]}" for one in findings)


FOUND = (
    ("加微信转账便宜10块", "201 加微信", "202 微信转账"),
    ("可以微信转账给我们", "202 可以微信转账"),
    ("运费您微信转我就行", "202 运费您微信转我"),
    ("差价直接转支付宝就行", "202 直接转支付宝"),
    ("您把差价转到我们支付宝账号", "202 把差价转到"),
    ("转账到我们公司对公账户", "202 转账到我们公司对公账户"),
    ("支持对公转账，开票更方便", "202 对公转账"),
    ("扫码付款立减5元", "202 扫码付款"),
    ("发您收款码，扫一下就可以", "202 发您收款码"),
    ("线下交易更便宜", "202 线下交易"),
    ("私下付款给您优惠20", "202 私下付款"),
    ("不走平台便宜10元", "202 不走平台便宜"),
    ("绕过平台交易可以省手续费", "202 绕过平台交易可以"),
    ("不用拍链接，直接转我", "202 不用拍链接，直接转"),
    ("定金打我卡上", "202 定金打我"),
    ("钱直接转给老板就行", "202 钱直接转给老板"),
    ("微信付款优惠5元", "202 微信付款优惠"),
    ("用微信付款给我", "202 用微信付款"),
    ("走微信下单便宜", "202 微信下单"),
    ("开户行：工商银行杭州支行 账号：6222020200112233445", "202 开户行："),
    ("直接转账给我们，马上发货", "202 直接转账"),
    ("先付定金到老板支付宝", "202 付定金到老板支付宝"),
    ("您发个红包给我就行", "202 发个红包给我"),
    ("支付宝转我18元补差价", "202 支付宝转我"),
    ("微信支付定金给老板", "202 微信支付定金"),
    ("支付宝转账给我", "202 支付宝转账给我"),
    ("咱们私下交易，不扣平台手续费", "202 私下交易", "202 不扣平台手续费"),
    ("私下转给我", "202 私下转给我"),
    ("站外下单便宜", "202 站外下单"),
    ("微信上拍下单更优惠", "202 微信上拍下"),
    ("补差价的话扫这个二维码付款", "202 扫这个二维码付款"),
    ("银行卡转账到以下账号", "202 银行卡转账"),
    ("扫码支付后请截图", "202 扫码支付"),
    ("扫码加微信领安装视频", "204 扫码加微信", "201 加微信"),
    ("扫描包裹里的二维码添加客服", "204 扫描包裹里的二维码添加客服"),
    ("扫码进群领福利", "204 扫码进群"),
    ("扫卡片上的二维码加我们客服", "204 扫卡片上的二维码加我们客服"),
    ("扫一扫关注公众号", "204 扫一扫关注公众号", "201 关注公众号"),
    ("扫码领红包", "204 扫码领红包"),
    ("扫描售后卡二维码领取5元现金红包", "204 扫描售后卡二维码领取5元现金红包"),
    ("微信扫一扫加好友", "204 微信扫一扫加"),
    ("微信扫码进群", "204 微信扫码进群"),
    ("二维码发您，麻烦扫一下加我", "204 二维码发您，麻烦扫一下加我"),
    ("发您个微信二维码", "204 发您个微信二维码"),
    ("扫我微信二维码", "204 扫我微信二维码"),
    ("长按识别二维码添加客服微信", "204 长按识别二维码添加客服微信", "201 添加客服微信"),
    ("包裹里有小卡片，扫码添加专属客服领红包", "204 扫码添加专属客服"),
    ("扫码关注我们，领优惠券", "204 扫码关注我们"),
    ("扫下面二维码进粉丝群", "204 扫下面二维码进粉丝群"),
    ("扫码入群享老客户价", "204 扫码入群"),
    ("保存图片，微信扫码加群", "204 保存图片，微信扫码加群"),
    ("扫包裹里的码加售后处理", "204 扫包裹里的码加售后"),
    ("群二维码发您，您扫码进", "204 群二维码发"),
    ("扫描二维码加店长微信", "204 扫描二维码加店长微信", "201 加店长微信"),
    ("打开微信扫一扫，加入会员群", "204 微信扫一扫，加"),
    ("刮开卡片扫码领现金", "204 扫码领现金"),
    ("教程 https://www.bilibili.com/video/BV1xx", "203 https://www.bilibili.com/video/BV1xx"),
    ("http://taobao.com.shop66.cn/a", "203 http://taobao.com.shop66.cn/a"),
    ("更多款式看 weidian.com/s/66", "203 weidian.com/s/66"),
    ("官网 www.abc.com", "203 www.abc.com"),
    ("1688.com同款", "203 1688.com"),
    ("t.cn/A6xyz", "203 t.cn/A6xyz"),
    ("http://t.cn/Rx", "203 http://t.cn/Rx"),
    ("https://yangkeduo.com/goods", "203 https://yangkeduo.com/goods"),
    ("https://www.sf-express.com", "203 https://www.sf-express.com"),
    ("HTTPS://WWW.JD.COM/1", "203 HTTPS://WWW.JD.COM/1"),
    ("拼多多那家不是我们", "206 拼多多"),
    ("去我们拼多多店下单便宜", "206 去我们拼多多店下单"),
    ("抖音同款", "206 抖音"),
    ("京东店和这边一样的", "206 京东"),
    ("快手直播间看到的价格", "206 快手"),
    ("京东自营也有", "206 京东"),
    ("小红书搜我们店名", "201 小红书搜"),
    ("微信看到的活动结束了", "207 微信"),
    ("朋友圈那张图", "207 朋友圈"),
    ("加微信，朋友圈有图", "201 加微信"),
    ("微信加我。朋友圈那张图是旧的", "201 微信加我", "207 朋友圈"),
    ("微信里发的链接打不开，请复制到淘宝打开", "207 微信"),
    ("公众号文章", "207 公众号"),
)

CLEAN = (
    "请勿线下交易",
    "不要私下转账",
    "我们不支持线下交易，请在平台下单",
    "线下交易不受平台保护",
    "凡是要求您微信转账的都是骗子",
    "退款会原路退回您的支付宝",
    "运费补偿会转到您的支付宝",
    "请提供您的支付宝账号，我们给您退运费",
    "我们财务会直接打款给您",
    "付款方式支持支付宝、微信支付、银行卡",
    "亲，可以用微信支付哦，下单时选择即可",
    "付款时可以选择支付宝或银行卡",
    "可以找朋友代付，让朋友扫码付款",
    "线下门店购买的也可以享受保修",
    "切勿脱离平台交易，以免受骗",
    "亲，我们不接受微信转账的",
    "平台禁止私下交易，请您理解",
    "支付宝到账一般1-3天",
    "请拍补差价链接",
    "不支持对公转账哦",
    "支持花呗分期付款",
    "亲问的微信转账我们做不了",
    "红包会发给您",
    "亲拍下直接付款就可以发货",
    "直接付款即可",
    "打开手机淘宝扫码支付订单",
    "任何人让您转账到个人账户都请拒绝",
    "如遇要求线下转账，请立即举报",
    "收到货款会转给厂家",
    "您的款项由平台担保，确认收货后才会打给我们",
    "货到付款暂不支持",
    "扫码取件",
    "扫码激活保修",
    "扫描二维码查看安装视频",
    "扫码验真伪",
    "打开手机淘宝扫码领优惠券",
    "扫码可查看说明书",
    "请勿扫描陌生二维码",
    "不要扫码加陌生人微信，谨防诈骗",
    "包裹里的二维码是防伪码，扫码可以查真伪",
    "快递柜扫码取件，有问题联系快递",
    "扫码配网，按说明书加水即可",
    "用支付宝扫码寄件",
    "扫码关注店铺领券",
    "我们不会让您扫码加微信",
    "扫码开机",
    "扫码下载APP连接设备",
    "扫描机身二维码注册质保",
    "包装上有二维码，扫码加热步骤有视频",
    "二维码磨损无法扫描的，请拍照给我们",
    "扫码进入小程序配置wifi",
    "扫码查看教程后加水加热",
    "扫描瓶身的防伪二维码即可查询",
    "https://item.taobao.com/item.htm?id=123",
    "https://m.tb.cn/h.abc123",
    "www.taobao.com",
    "s.click.taobao.com/xx",
    "shop12345.taobao.com",
    "尺码误差1.5cm，v1.2",
    "50.cc容量",
    "https://www.alipay.com",
    "https://page.cainiao.com/guide",
    "img.alicdn.com/a.jpg",
    "detail.tmall.com/item.htm?id=1",
    "默认发京东快递",
    "手快有手慢无",
    "获得物流信息",
    "发顺丰或京东",
    "1688元",
    "不要去拼多多买",
    "没有微信",
    "微信支付可以的",
    "我们唯一联系方式是旺旺，其他微信、QQ均不是官方",
    "QQ弹软糯",
    "口感很QQ",
    "发票发到QQ邮箱可以吗",
    "分享到朋友圈",
    "钉钉打卡机有货",
    "亲，我们没有开通微信客服",
    "旺旺是唯一的沟通渠道，微信、QQ我们都没有哦",
)


@pytest.mark.parametrize("row", FOUND, ids=lambda row: row[0])
def test_found(row: tuple[str, ...]) -> None:
    text, *words = row
    assert found(text) == tuple(words)


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://item.taobao.com/item.htm?id=1", "item.taobao.com"),
        ("http://taobao.com@evil.com/x", "evil.com"),
        ("HTTPS://Evil.COM:8080?u=taobao.com", "evil.com"),
        ("https://evil.com\\@taobao.com", "evil.com"),
        ("weidian.com/s/66", "weidian.com"),
    ],
)
def test_the_host_is_the_one_a_browser_opens(link: str, host: str) -> None:
    assert links.host_of(link) == host


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("m.tb.cn", True),
        ("taobao.com", True),
        ("nottaobao.com", False),
        ("taobao.com.shop66.cn", False),
        ("page.cainiao.com", True),
    ],
)
def test_the_platform_is_a_host_and_all_below_it(host: str, own: bool) -> None:
    assert links.is_platform(host) is own


def test_a_shop_can_add_words_and_allow_some() -> None:
    settings = Settings(words={"QN201": ("加小蓝",), "QN205": ("找小绿人",)}, allow={"QN206": ("京东",)})
    texts = ["加小蓝看图", "找小绿人", "京东也有"]
    subjects = [Subject("phrase", "", "", text, place) for place, text in enumerate(texts)]
    assert [(one.code, one.subject) for one in run_rules(subjects, RULES, settings)] == [("QN201", 0), ("QN205", 1)]
