"""What a text says once the disguises of channel names and numbers are taken off, with a map back to the text.

Disguises are look-alike letters (`Ⅴ`, `➕`), characters of the same sound (威信), marks and invisible characters inside
of a name (微·信), pictures (V❤), nicknames (绿泡泡) and spelled digits. Here they are only read; whether a text leads
the buyer away is for the lists to say.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from qnphrase.text.fold import folded
from qnphrase.text.pattern import lazy_pattern

Span = tuple[int, int]

_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0f\u20e3"
_HEART = "❤♥♡💗💕❣💓💖🧡💚"
_DIGITS = dict(zip("零〇洞一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖", "00011223456789123456789", strict=True))
_DIGITS |= {chr(first + step): str(step + 1) for first in (0x2776, 0x2780, 0x278A) for step in range(9)}
_SPELLED = "".join(_DIGITS)

# A mark, a blank or a picture inside of a name; punctuation that ends a clause is none.
_GAP = r"(?:[^\w,，!?;:\n。()“”\"、]|[_丨ヽ〇丶丿灬]){1,4}"
_AFTER_SHORT = (
    r"(?=$|[ ,。!~;:、…\n]|号|聊|详|细|了解|领|拉|咨询|沟通|我|吧|哦|哈|呀|呗|嘛|呢|啦|发|看|私|进|说|获|备注|返|转)"
)
_CHANNEL = r"(?:微|v|薇|威信|维信|[vw]x|qq|扣扣|卫星|绿泡|企鹅)"

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (rf"[微薇](?:{_GAP})信", "微信"),
    (rf"[威薇徽巍溦葳嶶魏](?:{_GAP})?信(?![念心任息誉用])", "微信"),
    (r"维信(?![念心任息誉用诺]|金科)", "微信"),
    (r"[微薇]亻言?", "微信"),
    (rf"[微薇维威徽v][{_HEART}]|[薇v]心(?![愿理型率])|微心(?![愿理型情])|[微薇v威维徽]芯(?!片)", "微信"),
    (
        r"[微薇威维卫徽伟葳崴唯魏][信心芯欣辛鑫新星](?=[: ]{0,2}(?=[a-z0-9_-]{4})[a-z_-]{0,15}[0-9]|号[: ]?[a-z0-9])",
        "微信",
    ),
    (r"(?<=[加+嘉佳伽茄咖搜])[卫伟崴唯玮围][信心芯欣]", "微信"),
    (
        (
            r"[微薇威维]xin|wei ?xin|w[ ._·-]?e[ ._·-]?i[ ._·-]?x[ ._·-]?i[ ._·-]?n|"
            r"wei信|[vw]信(?![任用息])|[微薇威维]x(?![a-z0-9])"
        ),
        "微信",
    ),
    (rf"v(?:{_GAP})信", "微信"),
    (
        r"绿泡泡|绿泡|绿色(?:的)?(?:那个)?(?:聊天)?(?:软件|图标|app|泡泡|标志|对话框|气泡)|绿信|绿聊|小绿(?:泡泡?|软件|标|聊)",
        "微信",
    ),
    (r"卫星(?!定位|导航|电视|图|云|通信|通讯|信号|锅|站|天线|地图|城|接收|石|轨道|手机|电话|发射|模型|厅)", "微信"),
    (rf"[vw](?:{_GAP})x(?![a-z])", "vx"),
    (rf"q(?:{_GAP})q(?![a-z])|扣(?:{_GAP})?扣(?![子紧上好住住件板])", "qq"),
    (
        (
            r"扣(?=号(?:[:0-9 ]|多少|是|发|给)|: ?[0-9]{4})|(?<=[的留加报您我])扣(?=号)|"
            r"(?<=[加留报搜我])扣(?=[ ]?[0-9]{5})|企鹅(?=就?是 ?[0-9])"
        ),
        "qq",
    ),
    (r"(?:球球|叩叩|蔻蔻|秋秋|抠抠|企鹅)(?=$|[ ,。!~:0-9]|号|群|聊|联系)", "qq"),
    (r"[薇嶶葳](?=(?:号|:| ){0,3}(?=[a-z0-9_-]{5})[a-z_-]{0,15}[0-9])", "微信"),
    (rf"(?<=[加+个我下您你换留])[薇维葳嶶威徽巍]{_AFTER_SHORT}", "微"),
    (rf"(?:[嘉佳茄咖伽珈]|jia)(?=[我下个您]?(?:{_GAP})?{_CHANNEL})", "加"),
    (r"🐧", "qq"),
    (r"裙(?=号[: ]?[0-9零〇一二三四五六七八九])", "qq群"),
    (
        r"家(?=v(?:x|信)?[: ])|(?<![0-9一二三四五六七八九几])十(?=(?:v|微信|薇|威信|vx)(?:$|[ ,。!~:]|咨|详|聊|看|领))",
        "加",
    ),
    (rf"加(?:{_GAP})(?={_CHANNEL})", "加"),
    (rf"\+(?:{_GAP})(?={_CHANNEL})", "+"),
)
_NUMBER = lazy_pattern(rf"(?<![0-9{_SPELLED}])[0-9{_SPELLED}](?:[ .·_*~/|\-]{{0,2}}[0-9{_SPELLED}]){{4,30}}")
_MOBILE = lazy_pattern(r"(?:86)?1[3-9][0-9]{9}", re.ASCII)
_LOOKALIKE_SIGN = lazy_pattern("[ⅴⅤνѴѵ∨хХ×✕χⅹⅩоОοаАеЕіІсС➕﹢✚①-⑳Ⓐ-ⓩ\U0001d400-\U0001d7ff\U0001f130-\U0001f149]")
_FANCY_LETTER = lazy_pattern("[\U0001d400-\U0001d7ff\U0001f130-\U0001f149]")
_INVISIBLE_RUN = lazy_pattern(f"[{_INVISIBLE}]+")
_SPELLING = lazy_pattern("|".join(f"(?P<s{number}>{pattern})" for number, (pattern, _name) in enumerate(_SPELLINGS)))


class Unmasked(NamedTuple):
    """A text without disguises. `origin[i]` is the offset in the original of its character `i`.

    `masks` are the places of the original that were read otherwise, in order; `numbers` the mobile numbers among them.
    """

    text: str
    origin: list[int]
    masks: list[Span]
    numbers: list[Span]


def plain(text: str) -> str:
    """Return `text` in lower case and half-width, which disguises nothing; of the same length."""
    return text.translate(_widths()).lower()


def has_lookalike(text: str, start: int, end: int) -> bool:
    """Whether a look-alike stands in `text[start:end]`: a character that is read as another one."""
    return folded(text[start:end]) != plain(text[start:end])


def has_any_lookalike(text: str) -> bool:
    """Whether a look-alike stands anywhere in `text`."""
    return _LOOKALIKE_SIGN.search(text) is not None


def unmasked(text: str) -> Unmasked:
    """Take all disguises off."""
    read = _FANCY_LETTER.sub(lambda found: unicodedata.normalize("NFKC", found[0])[:1].lower(), folded(text))
    lookalikes = [(at, at + 1) for at, pair in enumerate(zip(read, plain(text), strict=True)) if pair[0] != pair[1]]
    origin = list(range(len(text)))
    read, origin, removed = _rewrite(read, origin, _INVISIBLE_RUN, lambda _found: "")
    read, origin, renamed = _rewrite(read, origin, _SPELLING, _channel)
    spelled = set(lookalikes)
    read, origin, counted = _rewrite(read, origin, _NUMBER, lambda found: _digits(found, origin, spelled))
    numbers = [span for span in counted if _MOBILE.fullmatch(_only_digits(text[span[0] : span[1]]))]
    return Unmasked(read, origin, _joined([*lookalikes, *removed, *renamed, *counted]), numbers)


def _channel(found: re.Match[str]) -> str:
    return _SPELLINGS[int((found.lastgroup or "s0")[1:])][1]


def _digits(found: re.Match[str], origin: list[int], lookalikes: set[Span]) -> str | None:
    """Return the digits of a number, or nothing where it is written as anybody would write it."""
    digits = _only_digits(found[0])
    is_spelled = any(character in _DIGITS for character in found[0])
    if not is_spelled and len(found[0]) - len(digits) < len(digits) - 2:
        # Bound: a number has at most 31 digits.
        is_spelled = any((at, at + 1) in lookalikes for at in origin[found.start() : found.end()])
        return digits if is_spelled else None
    return digits


def _only_digits(text: str) -> str:
    text = "".join(_DIGITS.get(character, character) for character in folded(text))
    return "".join(character for character in text if character in "0123456789")


def _rewrite(
    text: str, origin: list[int], pattern: re.Pattern[str], rewritten: Callable[[re.Match[str]], str | None]
) -> tuple[str, list[int], list[Span]]:
    """Replace what `pattern` finds; return the text, its map to the original, and the places of the original."""
    parts: list[str] = []
    places: list[int] = []
    spans: list[Span] = []
    at = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        instead = rewritten(found)
        if instead is None or instead == found[0]:
            continue
        parts += text[at:start], instead
        places += origin[at:start]
        places += [origin[start], *[origin[end - 1]] * (len(instead) - 1)][: len(instead)]
        spans.append((origin[start], origin[end - 1] + 1))
        at = end
    return "".join([*parts, text[at:]]), places + origin[at:], spans


def _joined(spans: list[Span]) -> list[Span]:
    """Return spans in order, overlapping ones as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


@cache
def _widths() -> dict[int, int]:
    # U+0130 is the one letter whose lower case is two characters long.
    return {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x130: 0x69}
