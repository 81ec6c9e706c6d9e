"""Where and why a text is not well-formed XML, in words for the person who has to mend it.

This never decides whether a text is well-formed; it is asked when lxml has said that it isn't.
"""

import re
from typing import NamedTuple

from qnphrase.formats.xml.lexer import CDATA_BODY
from qnphrase.formats.xml.lexer import COMMENT
from qnphrase.formats.xml.lexer import INSTRUCTION
from qnphrase.formats.xml.lexer import NAME
from qnphrase.formats.xml.lexer import SPACE
from qnphrase.formats.xml.lexer import TOKEN
from qnphrase.formats.xml.lexer import WHITESPACE
from qnphrase.formats.xml.values import ILLEGAL
from qnphrase.formats.xml.values import code_point
from qnphrase.language import _

_REFERENCE = re.compile(r"&(?:#(?P<decimal>[0-9]+);|#x(?P<hex>[0-9A-Fa-f]+);|(?P<name>[^ \t\r\n;&<>\"'#]+);)?")
_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_START = re.compile(rf"<({NAME})")
_ATTRIBUTE = re.compile(rf"({SPACE}*+)({NAME})({SPACE}*+=)?{SPACE}*+(\"[^\"<]*+\"|'[^'<]*+')?")
_NAME = re.compile(r"[^\W\d][\w.\-:\u00b7]*+|:[\w.\-:]*+")
_END_OF_START = re.compile(rf"{SPACE}*+/?>")
_CLOSE = re.compile(rf"</({NAME}){SPACE}*+(>)?")
_WHOLE = re.compile(rf"{COMMENT}|{INSTRUCTION}|<!\[CDATA\[{CDATA_BODY}\]\]>|<!DOCTYPE")
_OPENING = ("<!--", "<![CDATA[", "<?", "<!DOCTYPE")


class Fault(NamedTuple):
    """What is wrong at `offset` of the text, and what to do about it."""

    offset: int
    what: str
    hint: str = ""


def first_fault(text: str) -> Fault | None:
    """Return the first fault of `text`, or `None` where none is found."""
    illegal = ILLEGAL.search(re.sub("[\ud800-\udfff]", "?", text))
    limit = illegal.start() if illegal else len(text)
    fault = _Walk(text, limit).fault()
    if illegal and (fault is None or fault.offset >= limit):
        return _illegal_character(limit, ord(illegal[0]))
    return fault


def _illegal_character(offset: int, code: int) -> Fault:
    return Fault(
        offset,
        _("这里有 XML 不允许的字符 U+{code:04X}").format(code=code),
        _("请在原来的短语里删掉它，再重新导出。"),
    )


def _cut_off(offset: int, what: str) -> Fault:
    return Fault(offset, what, _("文件不完整，可能没有导出完或者没有下载完，请重新导出一份。"))


class _Walk:
    """One pass over the text, up to `limit`."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.open: list[tuple[str, int]] = []
        self.has_root = False

    def fault(self) -> Fault | None:
        """Return the first fault, walking from one piece of markup to the next."""
        at = 0
        while at < self.limit:
            step = self._markup(at) if self.text[at] == "<" else self._plain(at)
            if isinstance(step, Fault):
                return step
            at = step
        if at < len(self.text):
            return None
        if self.open:
            tag, start = self.open[-1]
            line = _line_of(self.text, start)
            return _cut_off(at, _("文件到这里就断了，<{tag}>（第 {line} 行）没有结束").format(tag=tag, line=line))
        return None if self.has_root else _cut_off(at, _("文件里没有 XML 内容"))

    def _plain(self, at: int) -> int | Fault:
        end = self.text.find("<", at)
        end = len(self.text) if end < 0 else end
        if not self.open:
            return self._outside(at, end)
        wrong = self.text.find("]]>", at, end)
        fault = self._bad_reference(at, end)
        if fault is not None and (wrong < 0 or fault.offset < wrong):
            return fault
        return end if wrong < 0 else Fault(wrong, _("文字里不能直接写 ]]>"), _("请改成 ]]&gt;。"))

    def _outside(self, at: int, end: int) -> int | Fault:
        """Only whitespace may stand outside of the root element."""
        found = re.compile(r"[^ \t\r\n]").search(self.text, at, end)
        if found is None:
            return end
        if self.has_root:
            return Fault(found.start(), _("最外层的元素已经结束，后面还有内容"), _("整个文件只能有一个最外层的元素。"))
        return Fault(found.start(), _("这里不是 XML：开头应该是 <"), _("请确认选对了文件。"))

    def _bad_reference(self, start: int, end: int) -> Fault | None:
        for found in _REFERENCE.finditer(self.text, start, end):
            if found["name"]:
                if found["name"] not in _ENTITIES:
                    return Fault(
                        found.start(),
                        _("不认识的实体 {name}").format(name=found[0]),
                        _("XML 只认 &amp; &lt; &gt; &quot; &apos; 五个；& 本身要写成 &amp;。"),
                    )
            elif found["decimal"] or found["hex"]:
                code = code_point(found["hex"], found["decimal"])
                if code > 0x10FFFF or ILLEGAL.match(chr(code)):
                    return _illegal_character(found.start(), code)
            else:
                return Fault(found.start(), _("& 不能单独出现"), _("请改成 &amp;（网址里的 & 也一样）。"))
        return None

    def _markup(self, at: int) -> int | Fault:
        text = self.text
        if text.startswith("</", at):
            return self._close(at)
        opening = next((mark for mark in _OPENING if text.startswith(mark, at)), None)
        if opening is not None:
            return self._special(at, opening)
        found = _START.match(text, at)
        if found is None or _NAME.fullmatch(found[1]) is None:
            return Fault(at, _("< 后面不是标签"), _("文字里的 < 要写成 &lt;。"))
        if self.has_root and not self.open:
            return Fault(at, _("最外层的元素已经结束，后面还有内容"), _("整个文件只能有一个最外层的元素。"))
        self.has_root = True
        return self._attributes(at, found)

    def _attributes(self, at: int, start: re.Match[str]) -> int | Fault:
        text = self.text
        end = start.end()
        names: set[str] = set()
        while (finish := _END_OF_START.match(text, end)) is None:
            found = _ATTRIBUTE.match(text, end)
            fault = self._attribute_fault(at, start[1], end, found)
            if fault is not None:
                return fault
            assert found is not None  # noqa: S101 - else there was a fault
            if found[2] in names:
                return Fault(found.start(2), _("属性 {name} 写了两遍").format(name=found[2]))
            names.add(found[2])
            end = found.end()
        if not finish[0].endswith("/>"):
            self.open.append((start[1], at))
        return finish.end()

    def _attribute_fault(self, at: int, tag: str, end: int, found: re.Match[str] | None) -> Fault | None:
        rest = WHITESPACE.match(self.text, end)
        behind = rest.end() if rest else end
        if len(self.text) in (behind, found.end() if found else end):
            return _cut_off(len(self.text), _("文件到这里就断了，标签 <{tag}> 没有写完").format(tag=tag))
        if found is None or _NAME.fullmatch(found[2]) is None:
            if self.text[behind] == "<":
                return Fault(at, _("标签 <{tag} 没有用 > 结束").format(tag=tag), _("文字里的 < 要写成 &lt;。"))
            return Fault(behind, _("标签 <{tag}> 里有写错的属性").format(tag=tag))
        return self._value_fault(found)

    def _value_fault(self, found: re.Match[str]) -> Fault | None:
        name = found[2]
        if not found[1]:
            return Fault(found.start(2), _("属性 {name} 前面少了空格").format(name=name))
        if not found[3]:
            return Fault(found.start(2), _('属性 {name} 没有值，应该写成 {name}="…"').format(name=name))
        if found[4]:
            return self._bad_reference(found.start(4), found.end(4))
        at = found.end()
        if at < len(self.text) and self.text[at] in "\"'":
            less = self.text.find("<", at)
            if self.text.find(self.text[at], at + 1) < 0:
                return _cut_off(at, _("属性 {name} 的引号没有成对").format(name=name))
            return Fault(less, _("属性 {name} 的值里有 <").format(name=name), _("请改成 &lt;。"))
        return Fault(at, _("属性 {name} 的值要放在引号里").format(name=name))

    def _close(self, at: int) -> int | Fault:
        found = _CLOSE.match(self.text, at)
        if found is None or not found[2]:
            if found is None or found.end() < len(self.text):
                return Fault(at, _("结束标签写得不对"))
            return _cut_off(found.end(), _("文件到这里就断了，结束标签没有写完"))
        if not self.open:
            return Fault(at, _("多了一个结束标签 </{tag}>").format(tag=found[1]))
        tag, start = self.open.pop()
        if tag != found[1]:
            line = _line_of(self.text, start)
            what = _("标签不成对：<{tag}>（第 {line} 行）还没有结束，却遇到了 </{close}>")
            return Fault(
                at,
                what.format(tag=tag, line=line, close=found[1]),
                _("请检查这两处之间是不是少了 </{tag}>，或者文字里有没写成 &lt; 的 <。").format(tag=tag),
            )
        return found.end()

    def _special(self, at: int, opening: str) -> int | Fault:
        text = self.text
        found = _WHOLE.match(text, at)
        if found is None:
            what = {"<!--": _("注释没有用 --> 结束"), "<?": _("处理指令没有用 ?> 结束")}
            if opening == "<!--" and "-->" in text[at:]:
                return Fault(at, _("注释里不能有 --"))
            return _cut_off(at, what.get(opening, _("CDATA 没有用 ]]> 结束")))
        return self._misplaced(at, opening, found) or self._end_of_special(at, opening, found)

    def _misplaced(self, at: int, opening: str, found: re.Match[str]) -> Fault | None:
        if opening == "<![CDATA[" and not self.open:
            return Fault(at, _("CDATA 只能写在元素里面"))
        if opening == "<?" and at and re.match(r"<\?xml[ \t\r\n?]", found[0], re.IGNORECASE):
            return Fault(at, _("XML 声明只能放在文件的最开头"), _("请删掉它前面的内容，空行和空格也不能有。"))
        if opening == "<!--" and ("--" in found[0][4:-3] or found[0].endswith("--->")):
            return Fault(at + 4 + found[0][4:].find("--"), _("注释里不能有 --"))
        return None

    def _end_of_special(self, at: int, opening: str, found: re.Match[str]) -> int | Fault:
        if opening != "<!DOCTYPE":
            return found.end()
        whole = TOKEN.match(self.text, at)
        if self.has_root or whole is None:
            return Fault(at, _("DOCTYPE 写得不对"))
        return whole.end()


def _line_of(text: str, offset: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1
