"""Codes that collide, can't be typed, or were ruined by a spreadsheet; texts that stand twice."""

from bisect import bisect_left
from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import book_rule
from qnphrase.lint.rules import duplicates
from qnphrase.lint.rules import spreadsheet
from qnphrase.lint.rules.places import place_of
from qnphrase.text.fold import folded
from qnphrase.text.pattern import lazy_pattern


def duplicate_code(book: Book) -> Iterator[Finding]:
    r"""两条短语用了同一个编码。

    为什么：打这个编码不知道出来哪一条，客服会发错；合并、按编码更新时也可能覆盖掉一条。
    依据：编码是客服调用短语的唯一依据。只差大小写、全半角或空格的，按警告报：有的软件会当成同一个。
    怎么改：给其中一条换个编码；内容也一样的，删掉一条。停用的短语不算。

    PASS: hy,您好亲,售前\nfh,今天发货,售中
    PASS: ,在的亲,售前\n,您好亲,售前
    PASS: hy,您好亲,售前\nhy2,欢迎光临,售前
    FAIL: hy,您好亲,售前\n〔hy〕,欢迎光临,售前
    FAIL: fh,今天发货,售前\n〔fh〕,明天发货,售后
    FAIL: hy,您好亲,售前\n〔HY〕,欢迎光临,售前
    """
    exact: dict[str, int] = {}
    alike: dict[str, int] = {}
    for index, subject in book.phrases:
        code = subject.code
        key = folded(code).strip()
        if not key:
            continue
        same = exact.setdefault(code, index)
        like = alike.setdefault(key, index)
        if same != index:
            message = _("编码“{code}”和{place}重复，请换一个。").format(code=code, place=place_of(book, same, index))
            yield Finding("QN713", index, 0, len(code), message, field="code")
        elif like != index:
            message = _("编码“{code}”和{place}只差大小写、全半角或空格，容易当成同一个，请换一个。").format(
                code=code, place=place_of(book, like, index)
            )
            yield Finding("QN713", index, 0, len(code), message, field="code", severity=Severity.WARNING)


_NAMED = 3


def code_prefix_clash(book: Book) -> Iterator[Finding]:
    r"""一个编码正好是另一个编码的开头。

    为什么：打到一半，候选里两条都在，手快一回车就发错了。
    依据：快捷编码是边打边找的；这是使用上的提醒，不是规定。
    怎么改：短的那个再加一个字母，或者让常用的那条用短编码、并排在前面。

    PASS: hy,您好亲,售前\nfh,今天发货,售中
    PASS: hy1,您好亲,售前\nhy2,欢迎光临,售前
    PASS: 01,您好亲,售前\n02,欢迎光临,售前\n10,在的,售前
    FAIL: 〔hy〕,您好亲,售前\nhyh,欢迎回来,售前
    FAIL: 〔1〕,您好亲,售前\n10,欢迎光临,售前\n11,在的,售前
    FAIL: 〔退款〕,马上为您退款,售后\n退款进度,退款一般三天到账,售后
    """
    first: dict[str, int] = {}
    for index, subject in book.phrases:
        if key := folded(subject.code).strip():
            first.setdefault(key, index)
    codes = sorted(first)
    for number, code in enumerate(codes):
        if number + 1 == len(codes) or not codes[number + 1].startswith(code):
            continue
        end = bisect_left(codes, code + "\U0010ffff", number + 1)
        longer = codes[number + 1 : min(end, number + 1 + _NAMED)]
        index = first[code]
        places = _("、").join(place_of(book, first[other], index) for other in longer)
        more = _("等 {count} 条").format(count=end - number - 1) if end - number - 1 > _NAMED else ""
        message = _("打“{code}”时会和{places}{more}混在一起，容易发错。").format(code=code, places=places, more=more)
        yield Finding("QN714", index, 0, len(book.subjects[index].code), message, field="code")


# What a clerk types without thinking: ASCII but blanks, hanzi, and the punctuation of a Chinese keyboard.
_TYPABLE = "!-~\u3400-\u4dbf\u4e00-\u9fff，。、？！：；（）《》“”‘’…—·￥【】「」"
_NOT_TYPABLE = lazy_pattern(f"[^{_TYPABLE}]+")


def code_not_typable(book: Book) -> Iterator[Finding]:
    """编码里有打不出来的字符。

    为什么：编码是拿来打的。带空格、换行、全角字母、看不见的字符或特殊符号的编码，客服照着打也找不到这一条。
    依据：键盘和中文输入法能直接打出的是半角字母数字、汉字和常用标点。
    怎么改：换成半角字母、数字或汉字，去掉空格。

    PASS: hy,您好亲,售前
    PASS: 购物金退款,马上为您处理,售后
    PASS: tk_1-2,马上为您处理,售后
    FAIL: h〔 〕y,您好亲,售前
    FAIL: 〔ｈｙ〕,您好亲,售前
    FAIL: tk〔①〕,马上为您处理,售后
    """
    codes = "".join(subject.code for _index, subject in book.phrases)
    if (codes.isascii() and codes.isalnum()) or _NOT_TYPABLE.search(codes) is None:
        return
    for index, subject in book.phrases:
        found = _NOT_TYPABLE.search(subject.code)
        if found:
            message = _("编码里的{what}不好打，请换成半角字母、数字或汉字。").format(what=_what(found[0]))
            yield Finding("QN715", index, *found.span(), message, field="code")


def _what(characters: str) -> str:
    if characters.isspace():
        return _("空格或换行")
    if not characters.isprintable():
        return _("看不见的字符")
    if folded(characters).isascii() and not characters.isascii():
        return _("全角字符“{words}”").format(words=characters)
    return f"“{characters}”"


RULES = (
    book_rule("QN707", "duplicate-text", Severity.WARNING, duplicates.duplicate_text),
    book_rule("QN708", "near-duplicate", Severity.INFO, duplicates.near_duplicate),
    book_rule("QN713", "duplicate-code", Severity.ERROR, duplicate_code),
    book_rule("QN714", "code-prefix-clash", Severity.INFO, code_prefix_clash),
    book_rule("QN715", "code-not-typable", Severity.WARNING, code_not_typable),
    book_rule("QN716", "spreadsheet-damage", Severity.ERROR, spreadsheet.spreadsheet_damage),
)
