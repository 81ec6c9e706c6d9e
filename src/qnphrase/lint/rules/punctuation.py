"""Punctuation: half-width marks in Chinese, marks typed twice, blanks beside full-width marks, brackets left open."""

import re
from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.plain import HIDDEN
from qnphrase.lint.plain import WORD
from qnphrase.lint.plain import prose
from qnphrase.lint.plain import with_harmless_fixes
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.pattern import lazy_pattern

HAN = "\u4e00-\u9fff〇"
_BLANKS = " \t\u00a0\u3000"
_STOPS = "，。、；：！？"

HALFWIDTH_TRIGGER = f"[,!?;:(.](?:(?<=[{HAN}].)|(?=[{HAN}])|(?<=[”’）】》」』}}#][,!?;:]))"
_FULL_WIDTH = str.maketrans(",!?;:().", "，！？；：（）。")
# Behind the number of an item (一.) it is no full stop; nor are two or more of them.
_HALF_WIDTH_STOP = lazy_pattern(
    f"[.](?<=[{HAN}].)(?<!^[一二三四五六七八九十].)(?<![^{HAN}][一二三四五六七八九十].)(?=[{HAN} \\n]|$)"
)
_HALF_WIDTH_PAIR = lazy_pattern(r"\([^()（）\n]{1,60}\)")
_HALF_WIDTH_MARKS = lazy_pattern("[,!?;:](?:(?<=:)|[,!?;]*)")
_BEFORE_MARK = lazy_pattern(f"[{HAN}”’）】》」』{WORD}]")
_LETTER_OR_DIGIT = lazy_pattern("[0-9A-Za-z%]")
_IS_HAN = lazy_pattern(f"[{HAN}]")
_LATIN_LIST = lazy_pattern("[0-9A-Za-z],[0-9A-Za-z]{1,8}$")
_QUERY = lazy_pattern("[0-9A-Za-z_]{1,20}=")


def halfwidth_punctuation(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """中文里用了半角的逗号、句号、叹号、问号、冒号、分号、括号。

    为什么：半角标点挤在汉字后面，看着局促；同一套话术有全有半，显得不统一。
    依据：国家标准《标点符号用法》（GB/T 15834）：中文用全角标点。英文、数字、时间、网址、表情代码和序号不算。
    怎么改：可以自动修复，换成全角的“，。！？：；（）”。两个汉字之间的“.”可能是人名里的间隔，修复前请看一眼。

    PASS: 亲，您好！营业时间是9:00-18:00，兑水比例1:3
    PASS: 满1,000元减100，Hello, world!
    PASS: 欢迎光临/:^_^ 点这里https://m.tb.cn/h.a?b=1 (^_^)
    PASS: 1.选颜色 2)选尺码，均码(M)都有
    FAIL: 亲〔,〕您好〔!〕欢迎光临
    FAIL: 请问有什么可以帮您〔?〕
    FAIL: 营业时间〔:〕9:00-18:00
    FAIL: 质保两年〔(〕电池一年〔)〕，详情见说明书〔.〕
    """
    plain = prose(subject.text)
    spans = [marks.span() for marks in _HALF_WIDTH_MARKS.finditer(plain) if _is_chinese_context(plain, *marks.span())]
    if "." in plain:
        spans += [stop.span() for stop in _HALF_WIDTH_STOP.finditer(plain)]
    for pair in _HALF_WIDTH_PAIR.finditer(plain) if "(" in plain else ():
        if _IS_HAN.search(pair[0]):
            spans += [(pair.start(), pair.start() + 1), (pair.end() - 1, pair.end())]
    for start, end in sorted(spans):
        words = plain[start:end]
        message = _("中文里的“{words}”请用全角标点").format(words=words[:8])
        # A dot between hanzi may part a name.
        safe = words != "." or _IS_HAN.match(plain, end) is None
        yield Finding("QN802", 0, start, end, message, fix=Fix(start, end, words.translate(_FULL_WIDTH), safe))


def _is_chinese_context(plain: str, start: int, end: int) -> bool:
    """Whether half-width marks stand behind Chinese, or between a word or a number and Chinese."""
    before, mark = plain[start - 1 : start] if start else "", plain[start]
    if _BEFORE_MARK.match(before):
        # What looks like the rest of a link is left alone.
        return not (plain.startswith("//", end) or (mark == "?" and _QUERY.match(plain, end)))
    return (
        mark in ",!?"
        and _LETTER_OR_DIGIT.match(before) is not None
        and _IS_HAN.match(plain, end) is not None
        and not _LATIN_LIST.search(plain[max(0, start - 10) : start])
    )


REPEATED_TRIGGER = (
    "[，、；：。！？!?,](?=[，、；：。！？!?,])"
    f"(?:(?<=[，、；：。])[，、；：。]|(?<=！)！|(?<=？)？|(?<=!)!|(?<=[{HAN}][?])[?]|(?<=[{HAN}],),)"
)
# ？？元 is a blank that is left.
_REPEATED = lazy_pattern(
    f"[，、；：。]{{2,}}|！{{2,}}|(?<!？)？{{2,}}(?!元|小时|折|天|[?？])|(?<![0-9A-Za-z!])!{{2,}}|"
    f"(?<=[{HAN}])[?]{{2,}}(?!元|小时|折|天|[?？])|(?<=[{HAN}]),{{2,}}"
)


def repeated_punctuation(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """连着打了两个以上的标点：“，，”“。。”“！！”“？？”，还有“，。”。

    为什么：多打的逗号、句号一看就是手滑；一串叹号、问号像在冲买家发火。
    依据：国家标准《标点符号用法》（GB/T 15834）。“……”“——”“~~”和“？！”不算。
    怎么改：可以自动修复，只留一个；三个以上的句号改成省略号“……”。两三个叹号、问号也许是语气，两种标点打在一起的
    也许各有用处：这些修复前请看一眼。

    PASS: 感谢亲的支持！欢迎下次光临~~
    PASS: 请稍等……马上为您查询
    PASS: 真的吗？！太好了！
    FAIL: 亲〔，，〕您好
    FAIL: 已经为您备注好了〔。。〕
    FAIL: 感谢亲的支持〔！！〕您还在吗〔？？〕
    FAIL: 今天下单今天发货〔！！！！〕
    """
    findings = []
    for run in _REPEATED.finditer(prose(subject.text)):
        start, end = run.span()
        message = _("标点重复：“{words}”").format(words=run[0][:8])
        right, safe = _once(run[0])
        findings.append(Finding("QN803", 0, start, end, message, fix=Fix(start, end, right, safe)))
    yield from with_harmless_fixes(subject.text, findings)


def _once(run: str) -> tuple[str, bool]:
    """Return what a run of marks should have been, and whether that is certain."""
    if len(set(run)) > 1:
        return next(mark for mark in "。；：，、" if mark in run), False
    return ("……" if run[0] == "。" and len(run) > 2 else run[0]), run[0] not in "！？!?" or len(run) > 3


_OPENING, _CLOSING = "（《“「『", "）》”」』"
_MARKS = _STOPS + _OPENING + _CLOSING
BLANK_TRIGGER = f"[{_BLANKS}](?:(?=[{_MARKS}])|(?<=[{_MARKS}].))"
_BLANK_RUN = lazy_pattern(f"[{_BLANKS}]+")
_BESIDE_BLANK = lazy_pattern(f"[{HAN}0-9A-Za-z０-９Ａ-Ｚａ-ｚ{_STOPS}（）【】《》“”「」￥¥%{WORD}]")


def space_near_fullwidth(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """全角标点的前后、全角括号和引号里面的两头有空格。

    为什么：全角标点自己就占一个字宽，再加空格，中间就空出一大块。
    依据：中文文案排版的通行规范。行首缩进、表情和链接前后的空格、“【 】”里的空格不算。
    怎么改：可以自动修复，删掉空格。

    PASS: 亲，您好！请问有什么可以帮您？
    PASS: 欢迎光临！ /:^_^
    PASS: 商品链接： https://m.tb.cn/h.abc
    FAIL: 亲，〔 〕您好
    FAIL: 欢迎光临〔 〕！
    FAIL: 尺码：〔  〕均码
    FAIL: 全国包邮（〔 〕偏远地区除外〔 〕）
    """
    plain = prose(subject.text)
    findings = []
    for run in _BLANK_RUN.finditer(plain):
        start, end = run.span()
        before, after = plain[start - 1 : start] if start else "", plain[end : end + 1]
        if not (_BESIDE_BLANK.match(before) and _BESIDE_BLANK.match(after)):
            continue
        if mark := _mark_beside(plain, start, before, after):
            message = _("全角标点“{mark}”旁边有多余的空格").format(mark=mark)
            findings.append(Finding("QN804", 0, start, end, message, fix=Fix(start, end, "")))
    yield from with_harmless_fixes(subject.text, findings)


def _mark_beside(plain: str, start: int, before: str, after: str) -> str:
    """Return the mark beside which a blank is too much; empty where it may stand."""
    if before in _STOPS:
        return before
    if after in _STOPS or (after in _OPENING and _IS_HAN.match(before)):
        return after
    if before in _OPENING or after in _CLOSING:  # inside; with both it is to be filled in
        return "" if before in _OPENING and after in _CLOSING else before if before in _OPENING else after
    # Behind the number of an item (一） a blank is usual.
    return before if before in _CLOSING and _IS_HAN.match(after) and not _ends_number(plain, start) else ""


def _ends_number(plain: str, end: int) -> bool:
    return _NUMBERED.search(plain[max(0, end - 6) : end]) is not None


_NUMBERED = lazy_pattern(r"(?:^|[^0-9A-Za-z])[（(]?[0-9A-Za-z一二三四五六七八九十①-⑳]{1,2}）$")
_PAIRS = {"(": ")", "（": ")", "【": "】", "《": "》", "「": "」", "『": "』", "“": "”", "[": "]", "{": "}"}
_CLOSERS = {")": ")", "）": ")"} | {closer: closer for closer in _PAIRS.values()}
BRACKET_TRIGGER = "[" + re.escape("".join([*_PAIRS, *_CLOSERS])) + "]"
# 》》 points at something; it isn't a bracket.
_BRACKET = lazy_pattern(f"《{{2,}}|》{{2,}}|{BRACKET_TRIGGER}")
_ITEM_NUMBER = lazy_pattern(
    r"(?:^|[^0-9A-Za-z一二三四五六七八九十])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,2}|[①-⑳])$"
)
_PART_OF_A_FACE = lazy_pattern(f"[:;=：；＝^＾_><*'~\\-T○o￣≧≦•{HIDDEN}]")


def unpaired_bracket(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """括号、书名号、引号只有一半。

    为什么：少了一半，多半是复制时漏了字，买家读不通；占位的大括号少一半，就替换不了。
    依据：国家标准《标点符号用法》（GB/T 15834）：括号、书名号、引号成对使用。颜文字、序号“1)”和指示的“》》”不算。
    怎么改：补上另一半，或者删掉这一半。

    PASS: 【发货】当天（16点前）下单当天发
    PASS: 1)选颜色 2)选尺码
    PASS: 谢谢亲(^_^)点击这里》》》领券
    FAIL: 〔【〕发货时间：当天16点前下单当天发
    FAIL: 尺码偏小（建议拍大一码），可以参考详情页〔）〕
    FAIL: 亲，{店铺名}欢迎您，〔{〕买家昵称
    """
    plain = prose(subject.text)
    open_ones: dict[str, list[int]] = {}
    alone: dict[str, int] = {}
    for found in _BRACKET.finditer(plain):
        bracket, at = found[0], found.start()
        if bracket in _PAIRS:
            open_ones.setdefault(_PAIRS[bracket], []).append(at)
        elif bracket in _CLOSERS:
            kind = _CLOSERS[bracket]
            if open_ones.get(kind):
                open_ones[kind].pop()
            elif not _is_no_bracket(plain, at):
                alone.setdefault(kind, at)
    for kind, places in open_ones.items():
        left = [at for at in places if not _PART_OF_A_FACE.match(plain, at + 1)]
        if left:
            alone[kind] = min(alone.get(kind, left[0]), left[0])
    # One of each kind is enough: what is missing early makes all that follows look wrong.
    for at in sorted(alone.values()):
        message = _("“{bracket}”没有成对，请补上另一半或删掉").format(bracket=plain[at])
        yield Finding("QN806", 0, at, at + 1, message)


def _is_no_bracket(plain: str, at: int) -> bool:
    """Whether a closing one that nothing opened belongs to an item's number, to a face, or to a size in inches."""
    before = plain[max(0, at - 4) : at]
    if plain[at] in ")）":
        return bool(_ITEM_NUMBER.search(before) or _PART_OF_A_FACE.match(before[-1:]))
    return plain[at] == "”" and before[-1:].isdigit()
