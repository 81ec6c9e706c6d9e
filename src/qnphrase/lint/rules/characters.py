"""Characters that a pack can't carry, that nobody sees, or that were read in the wrong encoding."""

from collections.abc import Iterator
from functools import cache

from qnphrase.document.encoding import named_encoding
from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.rule import Book
from qnphrase.lint.rules.mojibake import mojibake_spans
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.measure import unencodable
from qnphrase.text.pattern import lazy_pattern

# A joiner between these (emoji, Arabic or Indic letters) is part of what is seen.
_JOINED = "\u0590-\u0fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\xa0\xad\u061c\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u2064\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb"
)
_INVISIBLE = lazy_pattern(f"(?:[{_HIDDEN}]|(?<![{_JOINED}])[\u200c-\u200f]|[\u200c-\u200f](?![{_JOINED}]))+")
# NUL stands between the texts when all are searched at once; there it has a line break on either side.
INVISIBLE_TRIGGER = f"[{_HIDDEN}\u200c-\u200f](?!(?<=\n\x00)\n)"
_CONTROL = lazy_pattern("[\x80-\xa0]")
_BREAKS = lazy_pattern("[\x0b\x0c\x1c-\x1e\u2028\u2029]")
NAMES = {
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "左至右标记",
    "\u200f": "右至左标记",
    "\u202e": "文字倒排标记",
    "\u2060": "零宽不断字",
    "\ufeff": "BOM",
    "\xad": "软连字符",
    "\u3164": "韩文填充符",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\x0b": "垂直制表符",
}
_MOST_NAMED = 50


def invisible_character(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """看不见的字符。

    为什么：从网页、微信、Word 里复制时会带进零宽空格、方向标记、控制字符。肉眼看不出，却会让搜索、查重失灵，
    导出 GBK 时报错或变问号。
    依据：Unicode 的零宽、方向控制与控制字符；GBK 里没有它们。
    怎么改：删掉；可以自动修（行分隔符会换成普通换行）。

    PASS: 您好亲，在的
    PASS: 送您一份礼物/:(&)，请查收
    PASS: 全家都喜欢👨‍👩‍👧
    FAIL: 您好〔\u200b〕亲
    FAIL: 〔\ufeff〕欢迎光临
    FAIL: 加微〔\u200b\u200c〕信是骗子
    """
    text = subject.text
    wrong = mojibake_spans(text) if _CONTROL.search(text) else []  # there, controls are halves of other characters
    for found in _INVISIBLE.finditer(text):
        words = found[0]
        if wrong and any(start <= found.start() < end for start, end in wrong):
            continue
        names = _("、").join(map(_named, sorted(set(words[:_MOST_NAMED]))))
        message = _("这里有 {count} 个看不见的字符：{names}，请删掉。").format(count=len(words), names=names)
        replacement = "\n" if _BREAKS.search(words) else " " if "\xa0" in words else ""
        yield Finding("QN711", 0, *found.span(), message, fix=Fix(*found.span(), replacement))


def _named(character: str) -> str:
    name = NAMES.get(character)
    return f"{_(name)} U+{ord(character):04X}" if name else f"U+{ord(character):04X}"


_INSTEAD = {
    "•": "·", "‧": "·", "∙": "·", "⋅": "·", "¥": "￥", "€": "欧元",
    "£": "英镑", "²": "平方", "³": "立方", "½": "二分之一",
    "\xa0": "空格", "\u2002": "空格", "\u2003": "空格", "\u2009": "空格", "–": "-", "−": "-", "✓": "√",
    "✔": "√", "☑": "√", "✗": "×", "✘": "×", "❌": "×", "✖": "×", "®": "(R)", "©": "(C)", "™": "(TM)", "➜": "→",
    "➡": "→", "⭐": "★",
}  # fmt: skip


def unencodable_character(book: Book) -> Iterator[Finding]:
    """导出的编码里没有的字符。

    为什么：千牛的包多半是 GBK。emoji、€、¥、•、² 这些字符 GBK 里没有，写出去会变成“?”或者整个包写不成。
    依据：按设置 encoding（默认 gbk）逐字检查；€ 在 Windows 的 cp936 里有，设成 cp936 就不报。
    怎么改：按提示换成 GBK 里有的字符，emoji 换成旺旺表情；确定只用 UTF-8 的，把 encoding 设成 utf-8。

    PASS: hy,全场包邮·满199减20元→点这里,售前
    PASS: hy,单价￥59，尺寸30×40cm,售前
    PASS: hy,谢谢亲/:^_^,售前
    FAIL: hy,谢谢亲〔😊〕,售前
    FAIL: hy,单价〔¥〕59,售前
    FAIL: hy,支持七天无理由〔✅〕运费险〔✅〕,售前
    """
    name = named_encoding(book.settings.encoding).name
    codec = "gbk" if name == "cp936" else name
    named_groups: set[str] = set()
    for field in ("text", "code", "group"):
        values: list[str] = [getattr(subject, field) for subject in book.subjects]
        if _is_encodable("".join(values), codec):
            continue
        for index, value in enumerate(values):
            if value in named_groups or _is_encodable(value, codec):
                continue
            if field == "group":
                named_groups.add(value)
            for start, end in _misfit_runs(value, codec, name == "cp936"):
                message = _unencodable_message(value[start:end], book.settings.encoding)
                yield Finding("QN706", index, start, end, message, field=field)


def _is_encodable(value: str, codec: str) -> bool:
    try:
        value.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _misfit_runs(value: str, codec: str, has_euro: bool) -> Iterator[tuple[int, int]]:
    """Yield where characters stand that the codec can't carry, neighbours as one, but for what other rules explain."""
    explained = set[int]()
    for found in _INVISIBLE.finditer(value):
        explained.update(range(*found.span()))
    for span in mojibake_spans(value):
        explained.update(range(*span))
    start = end = -1
    for offset, character in unencodable(value, codec):
        if offset in explained or (has_euro and character == "€"):
            continue
        if offset != end:
            if end > start:
                yield start, end
            start = offset
        end = offset + 1
    if end > start:
        yield start, end


def _unencodable_message(words: str, encoding: str) -> str:
    characters = list(dict.fromkeys(words))
    named = " ".join(f"{_shown(character)}(U+{ord(character):04X})" for character in characters)
    instead = [f"{character} → {_INSTEAD[character]}" for character in characters if character in _INSTEAD]
    message = _("{encoding} 里没有 {characters}，导出时写不出去。").format(encoding=encoding, characters=named)
    if instead:
        return message + _("可以换：{list}。").format(list="，".join(instead))
    return message + _("请换成旺旺表情或普通文字。")


def _shown(character: str) -> str:
    return character if character.isprintable() else "?"


def mojibake(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """乱码：用错编码读出来的字。

    为什么：UTF-8 的包当 GBK 打开（鎮ㄥソ）、GBK 当西文打开（ÄúºÃ）、读坏了又存回去（锟斤拷、�），买家收到的就是天书。
    依据：能反解回通顺汉字的才算，以及 U+FFFD、锟斤拷、烫烫烫这些公认的痕迹。
    怎么改：从没坏的备份或千牛重新导出；能反解的，提示里写着原文。导入时用 --encoding 指定对的编码。

    PASS: 鎏金款和鑫月款都有货
    PASS: 小心烫哦，café 风格杯子
    PASS: 涓涓细流，浠水发货
    FAIL: 〔鎮ㄥソ锛屾杩庡厜涓〕
    FAIL: 〔ÄúºÃ£¬»¶Ó­¹âÁÙ〕
    FAIL: 亲，〔锟斤拷锟斤拷〕在的
    """
    text = subject.text
    for start, end in mojibake_spans(text):
        words = text[start:end]
        original = _original(words[:200])
        if original:
            message = _("这是乱码，原文可能是“{original}”。请从没坏的备份恢复。").format(original=original)
        else:
            message = _("这里是乱码，原文已经丢了。请从没坏的备份恢复。")
        yield Finding("QN717", 0, start, end, message)


@cache
def _original(words: str) -> str:
    from qnphrase.lint.rules.mojibake import recovered

    return recovered(words)
