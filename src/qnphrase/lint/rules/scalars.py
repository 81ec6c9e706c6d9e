"""Texts of a phrasebook that other programs don't read as texts."""

from collections.abc import Iterator

from qnphrase.formats.base import Reading
from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import file_rule


def retyped_scalar(reading: Reading) -> Iterator[Finding]:
    """YAML 短语本里没加引号，别的程序会当成数字、真假值、空值或日期的编码和文字。

    为什么：qnphrase 一律当文字读，可别的程序不是：编码 007 变成 7，yes 变成“真”，12:30 变成 750，~ 变成没有。同事用脚本
    或 Excel 插件处理短语本时，编码就对不上了。
    依据：YAML 1.1 和 1.2 的规范：不加引号的值按样子判断类型。有效期、人数、版本和开关本来就不是文字，不算。
    怎么改：可以自动修复，加上双引号，内容不变。

    PASS: code: "007"
    PASS: text: 12:30前下单当天发
    PASS: until: 2026-11-11
    PASS: code: a1e5
    FAIL: code: 〔007〕
    FAIL: text: 〔12:30〕
    FAIL: tags: [大促, 〔2026-11-11〕, 〔yes〕]
    FAIL: note: 〔1e5〕
    FAIL: scenario: 〔~〕
    """
    found = reading.retyped()
    subjects = {subject.place: index for index, subject in enumerate(reading.subjects())} if found else {}
    for one in found:
        message = _("“{words}”没加引号，别的程序会当成{kind}。请加上引号。").format(
            words=one.span.of(reading.document.text), kind=_kind(one.kind)
        )
        fix = Fix(one.span.start, one.span.end, one.quoted)
        yield Finding("QN923", subjects.get(one.place, -1), *one.span, message, field="", fix=fix)


def _kind(kind: str) -> str:
    names = {
        "null": _("空值"),
        "boolean": _("真假值"),
        "date": _("日期"),
        "sixties": _("六十进制的数"),
        "number": _("数字"),
    }
    return names[kind]


RULES = (file_rule("QN923", "retyped-scalar", Severity.INFO, retyped_scalar, fixable=True),)
