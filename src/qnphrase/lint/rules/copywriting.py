"""How a phrase is written: spaces, punctuation, brackets and characters. Most of it can be mended by machine.

Codes, links, placeholders and faces are no prose: nothing here looks at them or changes them.
"""

import unicodedata
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.plain import prose
from qnphrase.lint.plain import with_harmless_fixes
from qnphrase.lint.rule import claims_rule
from qnphrase.lint.rule import text_rule
from qnphrase.lint.rules.mojibake import mojibake_spans
from qnphrase.lint.rules.punctuation import BLANK_TRIGGER
from qnphrase.lint.rules.punctuation import BRACKET_TRIGGER
from qnphrase.lint.rules.punctuation import HALFWIDTH_TRIGGER
from qnphrase.lint.rules.punctuation import HAN
from qnphrase.lint.rules.punctuation import REPEATED_TRIGGER
from qnphrase.lint.rules.punctuation import halfwidth_punctuation
from qnphrase.lint.rules.punctuation import repeated_punctuation
from qnphrase.lint.rules.punctuation import space_near_fullwidth
from qnphrase.lint.rules.punctuation import unpaired_bracket
from qnphrase.lint.rules.simplified import SIMPLIFIED
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.pattern import lazy_pattern

_LATIN_WORD = lazy_pattern("(?<![0-9A-Za-z])[A-Za-z][0-9A-Za-z]+(?![0-9A-Za-z])")
_IS_HAN = lazy_pattern(f"[{HAN}]")


def space_cjk_latin(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """中文和英文单词之间没有空格（默认不查）。

    为什么：有的品牌要求中英文之间空一格，版面更清爽；大多数客服不这样写，所以默认不查。
    依据：中文文案排版的通行建议。数字和单个字母（满199减20、V领、T恤）不算。
    怎么改：可以自动修复，在英文单词两边各加一个空格。

    PASS: 亲，这款是 iPhone 专用的
    PASS: 满199减20，V领T恤也参加
    PASS: 商品链接https://m.tb.cn/h.abc复制打开
    FAIL: 这款〔iPhone〕手机壳有现货
    FAIL: 支持〔USB〕充电
    FAIL: 亲，〔VIP〕会员可以再减五元
    """
    plain = prose(subject.text)
    findings = []
    for word in _LATIN_WORD.finditer(plain):
        start, end = word.span()
        before = " " if start and _IS_HAN.match(plain, start - 1) else ""
        after = " " if _IS_HAN.match(plain, end) else ""
        if before or after:
            message = _("“{words}”和中文之间没有空格").format(words=word[0][:20])
            findings.append(Finding("QN801", 0, start, end, message, fix=Fix(start, end, before + word[0] + after)))
    yield from with_harmless_fixes(subject.text, findings)


_FULL_WIDTH_ALNUM = lazy_pattern("[０-９Ａ-Ｚａ-ｚ]+")


def fullwidth_alnum(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """全角的字母和数字。

    为什么：全角的“１９９”“ＶＩＰ”又宽又散，买家复制单号、型号去搜索也搜不到。
    依据：中文文案排版的通行规范：字母和数字用半角。
    怎么改：可以自动修复，换成半角。

    PASS: 满199减20，VIP会员再减5元
    PASS: ①选颜色②选尺码
    PASS: 身高165，体重50kg，建议M码
    FAIL: 满〔１９９〕减〔２０〕
    FAIL: 〔ＶＩＰ〕会员专享
    FAIL: 建议选〔Ｍ〕码
    """
    findings = []
    for run in _FULL_WIDTH_ALNUM.finditer(prose(subject.text)):
        start, end = run.span()
        right = unicodedata.normalize("NFKC", run[0])
        message = _("全角的“{words}”请改成半角“{right}”").format(words=run[0][:20], right=right[:20])
        findings.append(Finding("QN805", 0, start, end, message, fix=Fix(start, end, right)))
    yield from with_harmless_fixes(subject.text, findings)


_EDGE = " \t\r\n\v\f\u00a0\u3000"
# NUL between two line breaks stands between the texts when all are searched at once.
_EDGE_TRIGGER = rf"[{_EDGE}](?:(?<=\n\x00\n[{_EDGE}])|(?<=\A[{_EDGE}])|(?=\n\x00\n)|\Z)"


def edge_whitespace(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    r"""开头或结尾有空格、空行。

    为什么：买家收到的消息前面空一截、后面空一行；同一句话多一个空格，查重也查不出来。
    依据：发出去的就是短语的原文，首尾的空白也会发给买家。
    怎么改：可以自动修复，删掉首尾的空白。在 YAML 里用“|-”代替“|”，结尾就没有空行。

    PASS: 亲，您好
    PASS: 第一行\n\n第三行
    PASS: 亲 您好
    FAIL: 〔 〕亲，您好
    FAIL: 亲，您好〔  〕
    FAIL: 亲，您好〔\n〕
    """
    text = subject.text
    if not text or (text[0] not in _EDGE and text[-1] not in _EDGE):
        return
    start, end = len(text) - len(text.lstrip(_EDGE)), len(text.rstrip(_EDGE))
    if start < end:
        if start:
            yield Finding("QN807", 0, 0, start, _("开头有空格或空行"), fix=Fix(0, start, ""))
        if end < len(text):
            yield Finding("QN807", 0, end, len(text), _("结尾有空格或空行"), fix=Fix(end, len(text), ""))


def common_typo() -> Claims:
    """客服常打错的字。

    为什么：“请稍侯”“优惠卷”这样的别字，买家一眼就看得出来，显得不专业。
    依据：《现代汉语词典》；《第一批异形词整理表》：钱物往来用“账”，“帐”只指蚊帐、帐篷。只收客服话术里常见、没有歧义的
    别字，“其它”“定单”这类两可的写法不算。
    怎么改：按提示改成正确的字。

    PASS: 请稍候，已经为您登记，稍后再联系您
    PASS: 现在次日达，紧急时联系我们，自己发货更放心
    PASS: 台风登陆期间发货会晚一天，蚊帐单买也包邮
    FAIL: 请〔稍侯〕，马上为您查询
    FAIL: 〔以经〕为您备注好了
    FAIL: 领取〔优惠卷〕后下单更划算
    FAIL: 退款会原路退回您的〔帐户〕
    """
    return lexicon("common_typo")


# What only simplified text holds, and what is rare elsewhere: with such around, a traditional character is a slip.
_SIMPLIFIED = lazy_pattern(f"[{SIMPLIFIED}丰云价厂夸愿挂据极确种胜虫适]")


def traditional_in_simplified() -> Claims:
    """简体的话里夹了繁体字。

    为什么：多半是输入法切错了，或者从别处复制来的；简繁混着发，买家会怀疑客服不是本店的。
    依据：《国家通用语言文字法》：经营服务以规范汉字为准。整条都是繁体的不算，常见的品牌名、书名号和引号里的不算，
    别的名字可以用设置 allow 登记。
    怎么改：改成简体字；要给港澳台的买家用，就整条用繁体。

    PASS: 亲，请问有什么可以帮您？
    PASS: 您好，請問有什麼可以幫您的嗎？
    PASS: 資生堂和無印良品的都有现货，陳先生的昇腾开发板也到了
    FAIL: 亲，〔請〕问有什么可以帮您？
    FAIL: 您的包裹已〔經發〕出，请注意查收，谢谢您的支持
    FAIL: 这款现〔貨〕当天发
    FAIL: 您的身高〔體〕重发我，帮您选尺码
    """
    return lexicon("traditional_in_simplified")


_MANY = 50  # pieces of mojibake; a text with more is none to proofread
_NEAR = 3  # characters beside mojibake that may be what is left of it


def _if_simplified(text: str, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits in a text that is otherwise simplified, or at least a third of it is."""
    wrong = mojibake_spans(text)[:_MANY] if hits else []
    hits = [hit for hit in hits if not any(start - _NEAR < hit.end and hit.start < end + _NEAR for start, end in wrong)]
    traditional = sum(hit.end - hit.start for hit in hits)
    return hits if hits and traditional <= 2 * sum(1 for _found in _SIMPLIFIED.finditer(text)) else ()


RULES = (
    text_rule(
        "QN801",
        "space-cjk-latin",
        Severity.INFO,
        space_cjk_latin,
        trigger="[A-Za-z][0-9A-Za-z]",
        on_by_default=False,
        fixable=True,
    ),
    text_rule(
        "QN802",
        "halfwidth-punctuation",
        Severity.INFO,
        halfwidth_punctuation,
        trigger=HALFWIDTH_TRIGGER,
        fixable=True,
    ),
    text_rule(
        "QN803", "repeated-punctuation", Severity.INFO, repeated_punctuation, trigger=REPEATED_TRIGGER, fixable=True
    ),
    text_rule(
        "QN804", "space-near-fullwidth", Severity.INFO, space_near_fullwidth, trigger=BLANK_TRIGGER, fixable=True
    ),
    text_rule("QN805", "fullwidth-alnum", Severity.INFO, fullwidth_alnum, trigger="[０-９Ａ-Ｚａ-ｚ]", fixable=True),
    text_rule("QN806", "unpaired-bracket", Severity.INFO, unpaired_bracket, trigger=BRACKET_TRIGGER),
    text_rule("QN807", "edge-whitespace", Severity.INFO, edge_whitespace, trigger=_EDGE_TRIGGER, fixable=True),
    claims_rule("QN808", "common-typo", Severity.INFO, common_typo),
    claims_rule("QN809", "traditional-in-simplified", Severity.WARNING, traditional_in_simplified, sift=_if_simplified),
)
