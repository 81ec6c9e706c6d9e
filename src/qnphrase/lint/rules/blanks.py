"""What was to be filled in before a phrase is sent: blanks that are left, and variables that nothing replaces."""

import re
from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.pattern import lazy_pattern
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

_CROSSES = "xX×ｘＸ✕╳"
_ASCII_WORD = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_OPEN, _CLOSE = "(（【《“「{", ")）】》”」}"
_ENDS = r"(?=[内前后左右之以起发到会可就才的]|[^\w]|$)"  # what follows a number of days rather than 天猫 or 日晒
_UNIT = (
    r"先生|女士|小姐|元(?![素旦])|块钱?|小时|分钟|个?工作日|折|件|月(?=[xXｘＸ0-9初中末底份])|"
    rf"(?:天|日|号|年){_ENDS}|点(?=[前后钟到至~\-—])"
)
_NAMES = (
    r"店铺名称?|本?店名|掌柜名|客服(?:名字?|昵称|姓名)|(?:买家|客户|顾客|会员)(?:昵称|姓名|名字?)|昵称|订单编?号|"
    r"(?:快递|物流|运)单号|(?:快递|物流)公司|(?:活动|商品|产品|宝贝)名称?|快递名称?"
)
_GAP = r"[ \u3000]{0,20}"
_IN, _OUT = r"【\[（(「〔<＜《{", r"】\])）」〕>＞》}"
_HERE = "(?:此处|这里|在此)请?(?:填|写|放|插入|加|替换|补充|输入|改)"
_PATTERN = lazy_pattern(
    rf"""
      (?P<cross> (?<![{_ASCII_WORD}×✕╳]) (?<![0-9][\- ]) (?<![0-9A-Za-z][./@_])
                 [{_CROSSES}]{{2,}} (?![{_ASCII_WORD}]) (?!\.[A-Za-z]|@) (?![\-\ ][0-9]) )
    | (?P<letter> (?<![{_ASCII_WORD}×✕╳]) (?<![0-9A-Za-z][ ])
                  (?: [xXｘＸ](?={_UNIT}) | [×✕](?=先生|女士|小姐|折) | (?<=满)[xXｘＸ](?=[减送包可即])
                    | (?<=减)[xXｘＸ](?![{_ASCII_WORD}型光轴]) ) )
    | (?P<line> (?<![\^T@>*\-=;＾；><oO0~～._A-Za-z0-9＿]) [_＿]{{2,}} (?![\^T@<*\-=;＾；><oO0~～.A-Za-z]) )
    | (?P<bracket> (?<![oOヽヾ\\ノ<>^*┐┌╯╰づ凸ε/:~ฅ])
                   (?: \({_GAP}\) | （{_GAP}） | 【{_GAP}】 | 《{_GAP}》 | “{_GAP}” | 「{_GAP}」 | \{{{_GAP}\}} )
                   (?![oOヽ/ノﾉ<>^*┐┌╯╰づ凸ง~])(?![内里中]) )
    | (?P<todo> [{_IN}] (?: [^{_OUT}\n]{{0,6}}待(?:填写?|补充?) | 待(?:定|改|完善|更新)
                          | [^{_OUT}\n]{{0,6}}{_HERE}[^{_OUT}\n]{{0,12}} ) [{_OUT}] )
    | (?P<named> (?<=[是为叫到临])【(?:{_NAMES})】 | [\[<＜《](?:{_NAMES})[\]>＞》] | \#\#(?:{_NAMES})\#\# )
    | (?P<shape> (?<![二三四五六七八九零一〇○]) [○〇△□◯]{{2,6}} (?=先生|女士|小姐|元|天|小时|快递|旗舰店|月|公司|品牌) )
    | (?P<marks> (?<![?？]) [?？]{{2,6}} (?=元(?![素旦宵气件])|小时|折|天(?:内|后|左右)) )
    | (?P<stars> (?<=[\u4e00-\u9fff]) \*{{2,6}} (?=先生|女士|小姐|元(?![素旦宵])) )
    | (?P<some> 某某(?=旗舰店|店|快递|先生|女士|小姐|品牌|公司|客服|元|天) )
    | (?P<date> (?<![A-Za-z]) [yY]{{4}} [\-年/.] [mM]{{1,2}} [\-月/.] [dD]{{1,2}} )
    | (?P<word> (?<![A-Za-z]) (?:TODO|TBD|FIXME) (?![A-Za-z]) )
    """,
    re.VERBOSE,
)

# The same by their first characters, loosely, so that the C engine finds the few texts worth a look.
_TRIGGERS = {
    _CROSSES: rf"[{_CROSSES}]|{_UNIT}|[减送包可即]|(?<=减.)",
    "_＿": "[_＿]",
    _OPEN: rf"[ \u3000]{{0,20}}[{_CLOSE}]",
    "【\\[（(「〔<＜《{": rf".{{0,6}}(?:待[填补定改更完]|此处|这里|在此|此填)|(?:{_NAMES})[】\]>＞》]",
    "○〇△□◯": "[○〇△□◯]",
    "?？": "[?？]{1,5}[元小折天]",
    "*": r"\*{1,5}[先女小元]",
    "某": "某",
    "yY": "[yY]{3}[-年/.][mM]",
    "TF": "ODO|BD|IXME",
    "#": f"#(?:{_NAMES})",
}
TRIGGER = (
    "[" + "".join(_TRIGGERS) + "](?:" + "|".join(f"(?<=[{first}])(?:{rest})" for first, rest in _TRIGGERS.items()) + ")"
)

# A form that the buyer is to fill in keeps its blanks.
_TO_FILL_IN = "填[写一下好完]|复制|格式|登记|勾选|打[勾√]"
_ASKS = lazy_pattern(f"{_TO_FILL_IN}|(?:提供|回复|补充|告知|留下?|发)(?:我|给|一?下|您|亲|以下|如下)")
_SAYS_TO_FILL_IN = lazy_pattern(_TO_FILL_IN)
_COLON = "[】\\])）]?[:：]?[ \u3000]*"
_PERSONAL = "姓名|收[件货]人|联系人|电话|手机号?码?|地址|[身脚]高|体重|[胸腰臀三]围|脚长|肩宽|尺[码寸]|颜色|款式|数量"
_LABEL = lazy_pattern(
    f"(?:{_PERSONAL}|联系方式|[单账税]号|订单编?号|快递公司|旺旺[号名]?|会员名|年龄|性别|日期|时间|生日|备注|原因|问题|"
    f"抬头|邮箱|型号|[省市区县路]){_COLON}$"
)
_PERSONAL_BLANK = lazy_pattern(f"(?:{_PERSONAL}){_COLON}(?:[_＿]{{2}}|[(（][ \u3000]*[)）])")
_COLONS = ":：】])）"
_BLANK_LINE = lazy_pattern("[_＿]{2,}|[(（][ \u3000]*[)）]")
_FOR_EXAMPLE = lazy_pattern("格式|例如|比如|譬如|举例|示例|例[:：]|如[:：]|自称|冒充|谎称|所谓")
_SENTENCE_END = lazy_pattern("[。！？!?；;\n]")
_WINDOW = 60


def placeholder_left(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """短语里还留着没填的空。

    为什么：千牛发出去的就是短语原文，“XX”“____”“（ ）”“【待填】”会原样到买家眼前，一看就是套话，
    还可能让人误会价格和时间。
    依据：培训教材里的范例句常带 XX、xxx、（ ），照抄进短语本就成了发给买家的话。
    怎么改：换成真实内容；每次都不一样的内容（单号、姓名）不要放进短语，发之前手工补，
    或写成设置里允许的 {名字}，由 qnphrase build 代入。
    请买家自己填的表格（姓名：____ 电话：____）、尺码 XXL、【图】这类标记都不算。

    PASS: XXL码适合140到155斤，拿不准可以报身高体重给我
    PASS: 请填写退货信息：姓名：____ 电话：____
    PASS: 细节见【图】，有问题随时问我
    FAIL: 亲，您的包裹已由〔XX〕快递发出
    FAIL: 给您补偿〔（ ）〕元优惠券，可以吗
    FAIL: 预计〔___〕天内送达，〔【待填】〕
    """
    text = subject.text
    for found in _PATTERN.finditer(text):
        start, end = found.span()
        if not _is_excused(text, start, end, found.lastgroup or ""):
            words = text[start : min(end, start + 12)]
            message = _("“{words}”还没填，买家会原样看到。请换成真实内容。").format(words=words)
            yield Finding("QN701", 0, start, end, message)


def _is_excused(text: str, start: int, end: int, kind: str) -> bool:
    if kind in ("line", "bracket"):
        return _is_whole_line(text, start, end) or _is_form(text, start, end)
    if kind == "cross" and end - start >= 6 and _is_whole_line(text, start, end):
        return True
    if kind not in ("cross", "letter", "some", "date", "shape"):
        return False
    before = text[max(0, start - 30) : start]
    return _FOR_EXAMPLE.search(_SENTENCE_END.split(before)[-1]) is not None


def _is_whole_line(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line: then it is a ruler, not a blank."""
    if end - start < 3 or text[start] not in "_＿xX×ｘＸ":
        return False
    left, right = text[max(0, start - 9) : start], text[end : end + 9]
    before, after = left.rpartition("\n")[2], right.partition("\n")[0]
    return not before.strip() and not after.strip()


def _is_form(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _WINDOW) : start]
    if not _LABEL.search(before[-12:]):
        return False
    around = before + text[start : min(end, start + 20)] + text[end : end + _WINDOW]
    if len(_PERSONAL_BLANK.findall(around)) > 1:
        return True
    # Without a colon a single blank stands within a sentence (单号____发我), which is no form unless it says so.
    is_labelled = before.rstrip(" \u3000")[-1:] in _COLONS or len(_BLANK_LINE.findall(around)) > 1
    return (_ASKS if is_labelled else _SAYS_TO_FILL_IN).search(around) is not None


VARIABLE_TRIGGER = r"[{#](?:(?<=\{)|[A-Z]|#[A-Za-z])"
_CHINESE = "\u4e00-\u9fff"
_NAME = lazy_pattern(r"[$@]?[\w .\-]*[^\W_][\w .\-]*")
_CHINESE_NAME = lazy_pattern(rf"(?=[^{_CHINESE}]{{0,20}}[{_CHINESE}])\w+")


def unknown_variable(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """短语里有没人替换的变量。

    为什么：千牛自己的快捷短语不替换任何变量，从别的客服软件搬来的 {nickname}、#BUYER_NICK# 会原样发给买家。
    依据：各家客服软件的变量写法不同，目前没有见到千牛快捷短语支持变量的公开说明。
    怎么改：改成不用变量的说法（“亲”）；确实要按店铺代入的，用设置 placeholders 里登记过的 {名字}，
    由 qnphrase build 代入后再导入千牛。

    PASS: 您好亲，欢迎光临{店铺名}
    PASS: 拍下备注#双11#有礼
    PASS: 亲{^_^}在的
    FAIL: 〔{nickname}〕您好，您的订单已发货
    FAIL: 亲爱的〔#BUYER_NICK#〕，我是〔{{agentName}}〕
    FAIL: 您的订单〔{$订单号}〕已经发出
    FAIL: 您好，我是〔##sellerNick##〕的客服
    """
    text = subject.text
    for token in tokenize(text):
        if token.kind is TokenKind.PLACEHOLDER and not _is_known(token.text, settings.placeholders):
            start = token.start - (text[token.start - 1 : token.start] == "$" and token.text[0] == "{")
            message = _("千牛不会替换“{words}”，买家会原样看到。请写成真实内容，或用设置里登记的 {{名字}}。").format(
                words=text[start : token.end]
            )
            yield Finding("QN702", 0, start, token.end, message)


def _is_known(written: str, allowed: frozenset[str] | None) -> bool:
    """Whether `written` is a variable of ours, or no variable at all but a face or a sentence in braces."""
    inner = written.strip("{}").strip()
    if allowed is not None and (written in allowed or (written == f"{{{inner}}}" and inner in allowed)):
        return True
    if written.startswith("#"):
        return False
    if not _NAME.fullmatch(inner):
        return True
    return allowed is None and not written.startswith("{{") and _CHINESE_NAME.fullmatch(inner) is not None
