"""Packs of any size that look like a clerk's: the same seed gives the same bytes."""

import random
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Callable[[int], Iterator[tuple[str, str, str]]]

_WORDS = (
    *("您好", "亲", "欢迎光临", "请问", "有什么", "可以帮您", "发货", "时间", "是", "付款后", "四十八小时", "之内"),
    *("我们", "会", "尽快", "为您", "安排", "尺码", "面料", "退换", "运费险", "抱歉", "久等了", "马上", "核实", "物流"),
    *("已经", "在路上", "请", "放心", "七天无理由", "谢谢", "理解"),
)

# What a clerk writes: `{n}` and `{m}` are numbers. Some are set badly, as in life, and some cost a penalty.
_OPENERS = (
    "您好亲，",
    "亲亲，",
    "在的亲~",
    "亲，您好！",
    "小主您好，",
    "抱歉让您久等了，",
    "您好,",
    "欢迎光临本店，",
    "",
    "",
)
_SENTENCES = (
    "付款后{n}小时之内为您安排发货，偏远地区会晚{m}天左右",
    "这款面料是{n}%棉的，洗后不容易变形，可以放心拍",
    "身高{n}体重{m}斤的话建议您拍M码，喜欢宽松就拍L码",
    "您的包裹已经由顺丰发出，单号尾号{n}，预计{m}天左右送到",
    "本店支持七天无理由退换货，不影响二次销售就可以",
    "运费险已经为您赠送，退货的运费大约能赔{n}元",
    "满{n}元可以减{m}元，优惠券在商品页下面领取",
    "有任何问题都可以随时联系我们的客服,我们会尽快处理",
    "退款一般{n}个工作日到账,请您留意一下支付宝的账单",
    "这个颜色目前缺货，大概{m}号到货，到了第一时间通知您",
    "尺寸是{n}x{m}cm，手工测量会有1-3cm的误差",
    "充电头支持Type-C接口，功率{n}W，充满大约{m}小时",
    "收到货后请当面检查，有破损拍照发给我们，马上为您补发",
    "地址写错了没关系，没有发货之前都可以帮您改",
    "拍下后备注第{n}款就行，仓库会按备注给您配货",
    "活动价{n}元，第{m}件半价，喜欢的话可以一起带走",
    "洗的时候水温别超过{n}度，和深色的分开洗，不要暴晒",
    "安装视频在包装盒的二维码里，看不懂的话我一步步教您",
    "发票在确认收货后{n}天内开，请把抬头和税号发给我",
    "您看的是第{n}批的货，生产日期很新鲜，保质期{m}个月",
)
_FLAWED = (
    "这是全网最低价，错过就没有了",
    "加微信abc{n}领红包，返现{m}元",
    "五星好评加晒图，返{m}元现金",
    "您的包裹已经由XX快递发出",
    "有事打13{m}12345678找我",
    "单价$ {n}，喜欢可以$nickname",
    "爱买不买，自己看详情页",
)
_CLOSERS = (
    "。",
    "哦。",
    "，谢谢亲！",
    "~",
    "，请您放心/:^_^",
    "，祝您生活愉快/:809",
    "!",
    "，麻烦您了。",
    "呢/:-F",
    "",
)


def lint_rows(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield code, text and group of `count` phrases as a clerk writes them: all different, one in twenty flawed."""
    dice = random.Random(20_261_122)
    seen: set[str] = set()
    while len(seen) < count:
        said = dice.sample(_SENTENCES, dice.randint(1, 3))
        if dice.random() < 0.05:
            said[dice.randrange(len(said))] = dice.choice(_FLAWED)
        body = "，".join(part.replace("{n}", str(dice.randint(10, 999))) for part in said)
        text = dice.choice(_OPENERS) + body.replace("{m}", str(dice.randint(2, 99))) + dice.choice(_CLOSERS)
        if text not in seen:
            number = len(seen)
            seen.add(text)
            yield f"c{number:07}", text, f"分组{number // 100}"


def rows(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield code, text and group of `count` phrases: 100 to a group, some with line breaks, commas and quotes."""
    dice = random.Random(20_261_121)
    for number in range(count):
        text = "".join(dice.choice(_WORDS) for _ in range(dice.randint(10, 30))) + ("/:^_^" if number % 3 == 0 else "")
        if number % 7 == 0:
            text = f"{text[:9]}\n{text[9:]}"
        if number % 11 == 0:
            text = f'{text[:5]},"{text[5:8]}"{text[8:]}'
        yield f"c{number}", text, f"分组{number // 100}"


def write_csv(path: Path, count: int, *, of: Rows = rows) -> None:
    """Write a GBK pack as a spreadsheet would, quoted where needed."""
    lines = ["快捷短语编码,快捷短语,快捷短语分组"]
    for code, text, group in of(count):
        raw = text.replace("\n", "\r\n")
        quoted = '"' + raw.replace('"', '""') + '"' if any(mark in raw for mark in ',"\n') else raw
        lines.append(f"{code},{quoted},{group}")
    path.write_bytes("".join(line + "\r\n" for line in lines).encode("gbk"))


def write_xml(path: Path, count: int) -> None:
    """Write a nested pack with child elements, the more laborious of the forms."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<phrases>\n']
    last = ""
    for code, text, group in rows(count):
        if group != last:
            parts.append(("  </group>\n" if last else "") + f'  <group name="{group}">\n')
            last = group
        parts.append(f"    <phrase><code>{code}</code><text>{escape(text)}</text></phrase>\n")
    parts.append("  </group>\n</phrases>\n")
    path.write_bytes("".join(parts).encode())


def write_yaml(path: Path, count: int, *, of: Rows = rows) -> None:
    """Write a book with double-quoted texts."""
    parts = ["version: 1\ngroups:\n"]
    last = ""
    for code, text, group in of(count):
        if group != last:
            parts.append(f"  - name: {group}\n    phrases:\n")
            last = group
        said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        parts.append(f'      - code: {code}\n        text: "{said}"\n')
    path.write_bytes("".join(parts).encode())
