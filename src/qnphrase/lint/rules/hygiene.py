"""Hygiene of single phrases: what must not reach a buyer, or would not survive the pack."""

from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import book_rule
from qnphrase.lint.rule import text_rule
from qnphrase.lint.rules import blanks
from qnphrase.lint.rules import characters
from qnphrase.lint.rules import emoticon_codes
from qnphrase.lint.rules import mojibake


def too_long(book: Book) -> Iterator[Finding]:
    """内容、编码或分组名太长。

    为什么：一大段话买家不看；有的软件导入时会不声不响地截断，后半句（往往是最要紧的）就没了。
    依据：千牛没有公布上限，这里的数字不是官方规定：600 字取自一个常用发送工具的分段长度，可以在配置的 limits
    里改。
    怎么改：拆成两条，或者删掉套话。

    PASS: hy,您好亲，在的，有什么可以帮您？,售前
    PASS: hy,〈您好〉×300,售前
    PASS: hy,您好亲,售前
    FAIL: hy,〈您好〉×300〔亲〕,售前
    FAIL: abcdefghijklmnopqrst〔uvw〕,您好亲,售前
    FAIL: hy,您好亲,售前售前售前售前售前售前售前售前售前售前〔售后〕
    """
    limits = book.settings
    groups: set[str] = set()
    for index, subject in enumerate(book.subjects):
        if len(subject.text) > limits.max_text and subject.kind != "reply":
            yield _too_long(_("短语内容"), index, "text", len(subject.text), limits.max_text)
        if subject.kind != "phrase":
            continue
        if len(subject.code) > limits.max_code:
            yield _too_long(_("快捷编码"), index, "code", len(subject.code), limits.max_code)
        if len(subject.group) > limits.max_group and subject.group not in groups:
            groups.add(subject.group)
            yield _too_long(_("分组名"), index, "group", len(subject.group), limits.max_group)


def _too_long(what: str, index: int, field: str, length: int, most: int) -> Finding:
    message = _("{what}有 {length} 个字，超过 {most} 个（参考值，不是千牛官方上限），可能被截断。").format(
        what=what, length=length, most=most
    )
    return Finding("QN709", index, most, length, message, field=field)


_NOTHING = "".join(map(chr, (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)))


def empty(book: Book) -> Iterator[Finding]:
    r"""有编码、没有内容的短语。

    为什么：客服打了编码，发出去的是空的，或者什么也发不出去；多半是导入时串了列，原来的话丢了。
    依据：短语由编码、内容和分组组成，没有内容的短语没有用处。
    怎么改：补上内容，或者删掉这一条。

    PASS: hy,您好亲,售前
    PASS: xl,/:^_^,售前
    PASS: ,在的亲,售前
    FAIL: 〔hy〕,,售前
    FAIL: 〔fh〕,　 ,售后
    FAIL: zk,您好,售前\n〔tk〕,,售后
    """
    for index, subject in book.phrases:
        if not subject.text.strip() or (len(subject.text) < 99 and not subject.text.strip(_NOTHING).strip()):
            message = _("这条短语只有编码、没有内容。请补上内容，或者删掉。")
            field = "code" if subject.code else "text"
            yield Finding("QN710", index, 0, len(subject.code or subject.text), message, field=field)


RULES = (
    text_rule("QN701", "placeholder-left", Severity.ERROR, blanks.placeholder_left, trigger=blanks.TRIGGER),
    text_rule("QN702", "unknown-variable", Severity.WARNING, blanks.unknown_variable, trigger=blanks.VARIABLE_TRIGGER),
    text_rule(
        "QN703",
        "emoticon-invalid",
        Severity.WARNING,
        emoticon_codes.emoticon_invalid,
        trigger=emoticon_codes.INVALID_TRIGGER,
    ),
    text_rule(
        "QN704",
        "emoticon-escaped",
        Severity.WARNING,
        emoticon_codes.emoticon_escaped,
        trigger=emoticon_codes.ESCAPED_TRIGGER,
        fixable=True,
    ),
    text_rule(
        "QN705", "emoticon-unfit", Severity.WARNING, emoticon_codes.emoticon_unfit, trigger=emoticon_codes.UNFIT_TRIGGER
    ),
    book_rule("QN706", "unencodable-character", Severity.ERROR, characters.unencodable_character),
    book_rule("QN709", "too-long", Severity.WARNING, too_long),
    book_rule("QN710", "empty", Severity.ERROR, empty),
    text_rule(
        "QN711",
        "invisible-character",
        Severity.WARNING,
        characters.invisible_character,
        trigger=characters.INVISIBLE_TRIGGER,
        fixable=True,
    ),
    book_rule("QN712", "emoticon-overuse", Severity.INFO, emoticon_codes.emoticon_overuse),
    text_rule("QN717", "mojibake", Severity.ERROR, characters.mojibake, trigger=mojibake.TRIGGER),
)
