"""Channels that are written in disguise, and words that only look like it."""

import time
from collections.abc import Callable

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules import disguise
from qnphrase.lint.rules.off_platform import RULES
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

FOUND = (
    ("加薇信abc123看实拍", "205 加薇信abc123"),
    ("加薇", "205 加薇"),
    ("亲加下薇", "205 加下薇"),
    ("加威信 shop66", "205 加威信 shop66"),
    ("➕V", "205 ➕V"),
    ("➕薇详聊", "205 ➕薇"),
    ("➕微信", "205 ➕微信"),
    ("➕我微信abc123", "201 ➕我微信abc123"),
    ("加Ⅴ信", "205 加Ⅴ信"),
    ("微·信：shop66", "205 微·信：shop66"),
    ("微 信 shop66", "205 微 信 shop66"),
    ("微.信同号", "205 微.信同号"),
    ("加 微 信", "205 加 微 信"),
    ("加V❤", "205 加V❤"),
    ("V❤：abc888", "205 V❤：abc888"),
    ("加卫星", "205 加卫星"),
    ("加我卫星号abc123", "205 加我卫星号abc123"),
    ("加绿泡泡聊", "205 加绿泡泡"),
    ("绿泡泡：abc12345", "205 绿泡泡：abc12345"),
    ("用绿色软件聊", "205 用绿色软件聊"),
    ("加个绿泡泡，我拉您进群", "205 加个绿泡泡"),
    ("加Q·Q 1234567", "205 加Q·Q 1234567"),
    ("扣-扣：12345678", "205 扣-扣：12345678"),
    ("加球球12345678", "205 加球球12345678"),
    ("联系一三八零零一三八零零零", "205 一三八零零一三八零零零"),
    ("电话 1 3 8 0 0 1 3 8 0 0 0", "205 1 3 8 0 0 1 3 8 0 0 0"),
    ("微信一三八零零一三八零零零", "205 微信一三八零零一三八零零零"),
    ("加微\u200b信", "205 加微\u200b信"),
    ("加\u200bv", "205 加\u200bv"),
    ("加w信", "205 加w信"),
    ("weixin号 abc123", "205 weixin号 abc123"),
    ("加wei xin", "205 加wei xin"),
    ("嘉我微信", "205 嘉我微信"),
    ("茄V", "205 茄V"),
    ("+薇❤", "205 +薇❤"),
    ("加徽信返红包", "205 加徽信"),
    ("加ⓥ", "205 加ⓥ"),
    ("ⓠⓠ：12345678", "205 ⓠⓠ：12345678"),
    ("微_信shop66", "205 微_信shop66"),
    ("V.X：abc123", "205 V.X：abc123"),
    ("v-x abc123", "205 v-x abc123"),
    ("加*微*信", "205 加*微*信"),
    ("微信①③⑧00138000", "205 微信①③⑧00138000"),
    ("加薇，发您视频", "205 加薇"),
    ("你+我薇", "205 +我薇"),
    ("薇：shop668", "205 薇：shop668"),
    ("威信扫码加好友", "204 扫码加好友"),
    ("威信转账给我", "202 转账给我"),
    ("企鹅号：12345678", "205 企鹅号：12345678"),
    ("加ｖｘ", "201 加ｖｘ"),
    ("ＱＱ：１２３４５６７", "201 ＱＱ：１２３４５６７"),
    ("W❤X abc123", "205 W❤X abc123"),
)

CLEAN = (
    "谨防加薇信退款的骗局",
    "不要加任何威信",
    "卫星电视的安装师傅",
    "卫星定位手表",
    "老字号在业内很有威信",
    "薇诺娜同款",
    "这款连衣裙叫小薇",
    "3×5厘米 2×2米",
    "绿色软件包装",
    "企鹅公仔一个",
    "微笑服务，诚信经营",
    "略微·信不信由您",
    "QAQ Q_Q",
    "加点微辣",
    "零下一二十度也可以穿",
    "一二三四五六七八九十",
    "二零二六年一月一日",
    "尺码 1-3-5-7-9",
    "1 3 5 7 9 11 13 15",
    "W-X 码",
    "加维生素",
    "添加维他命E",
    "爱心❤微信支付都可以",
    "感谢❤",
    "订单号一二三",
    "①加水②加热③关火④",
    "v-x领口",
    "征信良好",
    "维信诺屏幕",
    "我爱❤信用购",
    "卫星石头加热",
)


def test_found(row: tuple[str, list[str]], told: Callable[[str], list[str]]) -> None:
    text, words = row
    assert told(text) == words


def test_clean(near_miss: str, told: Callable[[str], list[str]]) -> None:
    assert told(near_miss) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("加薇·信", "加微信"),
        ("加\u200b微\u200b信", "加微信"),
        ("➕Ⅴ❤", "+微信"),
        ("一三八零零一三八零零零", "13800138000"),
        ("卫星电视", "卫星电视"),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    unmasked = disguise.unmasked(text)
    assert unmasked.text == read
    assert len(unmasked.text) == len(unmasked.origin)
    assert unmasked.origin == sorted(unmasked.origin)


@pytest.mark.parametrize("unit", ["\u200b", "微\u200b", "➕Ⅴ", "加·", "一三", "1 ", "\ud800", "微信", "q·q", "((", "❤"])
def test_no_text_takes_more_than_its_length(unit: str) -> None:
    """Eight times the text may take sixteen times the time on a busy machine, but never its square."""
    took = [_seconds(unit * (size // len(unit))) for size in (20_000, 160_000)]
    assert took[1] < 16 * max(took[0], 0.05)


def _seconds(text: str) -> float:
    start = time.perf_counter()
    run_rules([Subject("phrase", "", "", text, 0)], RULES, Settings())
    return time.perf_counter() - start
