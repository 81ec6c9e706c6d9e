"""What Excel and WPS do to codes and texts when a pack is opened and saved."""

import re
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.subject import Subject
from qnphrase.text.pattern import lazy_pattern

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_D = "[0-9]{1,2}"
_FAULT = r"\#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!|名称[?？])"
_CODE = lazy_pattern(
    rf"""^(?:
      (?P<number> -?[0-9](?:\.[0-9]+)?E[+-][0-9]{{2,3}} | [0-9]{{15}}00+ )
    | (?P<date> {_D}月{_D}日 | [0-9]{{4}}年{_D}月(?:{_D}日)? | {_D}-{_MONTH}(?:-[0-9]{{2,4}})? | {_MONTH}-[0-9]{{1,4}}
              | [0-9]{{4}}[/-]{_D}[/-]{_D}(?:[ ]{_D}:[0-9]{{2}}(?::[0-9]{{2}})?)? )
    | (?P<fault> {_FAULT} | \#{{4,}} )
    | (?P<formula> =[^=\n][^\n]* )
    )$""",
    re.VERBOSE | re.MULTILINE,
)
_TEXT = lazy_pattern(
    rf"""
      (?P<number> (?<![0-9A-Za-z.])[1-9](?:\.[0-9]{{1,14}})?E\+[12][0-9](?![0-9A-Za-z]) )
    | (?P<fault> (?<![\w\#]){_FAULT} | \A\#{{4,}}\Z )
    | (?P<formula> \A=(?: [A-Z][A-Z0-9.]{{0,20}}\( | \$?[A-Z]{{1,3}}\$?[0-9] | " | '?[^\s=!'"]{{1,30}}'?!\$?[A-Z] )
                   [\s\S]{{0,500}} )
    """,
    re.VERBOSE,
)
_SIGNS = ("E+", "#", "=")
_SIGNS_OF_CODES = "0123456789#="  # one of these stands in whatever `_CODE` finds


def spreadsheet_damage(book: Book) -> Iterator[Finding]:
    r"""被 Excel 或 WPS 改坏的编码和内容。

    为什么：用表格软件打开短语包再保存，长数字变成 1.23E+11，“1-2”变成 1月2日，“-亲”变成 #NAME?，
    开头的 0 被吃掉，原来的值回不来。
    依据：表格软件对“像数字、像日期、像公式”的单元格的默认处理。
    怎么改：从没动过的包里恢复；要用表格改，先把整列设成“文本”，或用 qnphrase 导出带保护的 CSV。

    PASS: 12,您好亲,售前
    PASS: 6-18,618活动说明，1月2日恢复发货,活动
    PASS: fh,======发货须知======,售中
    FAIL: 〔1.23E+11〕,您好亲,售前
    FAIL: 〔1月2日〕,您好亲,售前
    FAIL: dh,您的单号是〔7.73122E+14〕,售中\nqj,〔#NAME?〕,售前
    """
    yield from _damaged_codes(book)
    yield from _lost_zeros(book)
    texts = [subject.text for subject in book.subjects]
    joined = "\0".join(texts)
    signs = [sign for sign in _SIGNS if sign in joined]
    if signs:
        for index, text in enumerate(texts):
            if any(sign in text for sign in signs):
                for found in _TEXT.finditer(text):
                    yield _finding(index, found, "text")


def _damaged_codes(book: Book) -> Iterator[Finding]:
    codes = "\n".join(subject.code.strip() for _index, subject in book.phrases)
    if not any(sign in codes for sign in _SIGNS_OF_CODES) or _CODE.search(codes) is None:
        return
    for index, subject in book.phrases:
        found = _CODE.search(subject.code)
        if found:
            yield _finding(index, found, "code")


def _finding(index: int, found: re.Match[str], field: str) -> Finding:
    words = found[0][:30]
    message = {
        "number": _("“{words}”是表格软件把长数字改成了这样，后面的数字已经丢了。请从没动过的包里恢复。"),
        "date": _("“{words}”像是表格软件把编码当成日期改的。请改回原来的编码，并把这一列设成文本。"),
        "fault": _("“{words}”是表格软件的报错，原来的内容已经丢了。请从没动过的包里恢复。"),
        "formula": _("“{words}”会被表格软件当成公式。请写成普通文字。"),
    }[found.lastgroup or ""]
    return Finding("QN716", index, *found.span(), message.format(words=words), field=field)


_DIGITS = lazy_pattern("[0-9]+")
_FLOAT = lazy_pattern(r"[0-9]{1,14}\.0")


def _lost_zeros(book: Book) -> Iterator[Finding]:
    """Numbers among codes that betray it: 1 and 2 where the others are 010 and 011; 7.0 where all are so."""
    digits = [(index, subject) for index, subject in book.phrases if _DIGITS.fullmatch(subject.code)]
    width = _common_width([subject.code for _index, subject in digits])
    if width:
        taken = {subject.code for _index, subject in digits}
        for index, subject in digits:
            whole = subject.code.zfill(width)
            if len(subject.code) < width and whole not in taken:
                message = _("别的编码是 {width} 位数字，这个“{code}”可能被表格软件吃掉了开头的 0，原来是 {whole} 吗？")
                yield _suspect(index, subject, message.format(width=width, code=subject.code, whole=whole))
    floats = [(index, subject) for index, subject in book.phrases if _FLOAT.fullmatch(subject.code)]
    if len(floats) > 1:
        for index, subject in floats:
            message = _("“{code}”像是编码被当成小数存过，原来是 {whole} 吗？")
            yield _suspect(index, subject, message.format(code=subject.code, whole=subject.code[:-2]))


def _common_width(codes: Sequence[str]) -> int:
    """Return how many digits the codes with leading zeros have, if at least two do and all agree; else 0."""
    widths = [len(code) for code in codes if len(code) > 1 and code[0] == "0"]
    return widths[0] if len(widths) > 1 and len(set(widths)) == 1 else 0


def _suspect(index: int, subject: Subject, message: str) -> Finding:
    return Finding("QN716", index, 0, len(subject.code), message, field="code", severity=Severity.WARNING)
