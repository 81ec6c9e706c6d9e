"""Text for people: by file, the words underlined, readable at 80 columns and in a GBK pipe."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from functools import lru_cache
from typing import NamedTuple

from qnphrase.language import _
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.file import FileResult
from qnphrase.lint.report.concerned import message_of
from qnphrase.text.pattern import lazy_pattern

WIDEST = 120  # lines that are longer are hard to read, however wide the terminal is
_MARGIN = 10
_LEAST = 16  # columns for words, however narrow the terminal is
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


class Look(NamedTuple):
    """How the report looks. `width` in terminal columns, of which a Chinese character takes two.

    `gbk`: it is shown where “ ” and the like take two columns as well, as in a Chinese Windows console.
    """

    colours: bool = False
    width: int = 80
    gbk: bool = False


def render(results: Sequence[FileResult], look: Look = Look()) -> str:  # noqa: B008 - it can't be changed
    """Return the report."""
    parts: list[str] = []
    severities = _severities(look)
    for result in results:
        if result.diagnostics:
            parts.append(_painted(result.path, "1", look))
            for one in result.diagnostics:
                parts += _finding(one, severities[one.severity], look)
            parts.append("")
    parts.append(summary(results))
    return "\n".join(parts) + "\n"


def summary(results: Sequence[FileResult]) -> str:
    """Return the last line: how many of what, in how many files."""
    counts = Counter(one.severity for result in results for one in result.diagnostics)
    excused = sum(result.excused for result in results)
    head = _("{files} 个文件，{phrases} 条短语：").format(
        files=len(results), phrases=sum(result.phrases for result in results)
    )
    tail = _("，另有 {count} 个已说明放过").format(count=excused) if excused else ""
    if not counts:
        fine = _("没有问题")
        return f"√ {head}{fine}{tail}"
    found = _("{errors} 个错误，{warnings} 个警告，{infos} 个提示").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], infos=counts[Severity.INFO]
    )
    fixable = sum(1 for result in results for one in result.diagnostics if one.fix is not None)
    fixes = _("（{count} 个可以用 --fix 修好）").format(count=fixable) if fixable else ""
    return f"× {head}{found}{fixes}{tail}"


def statistics(results: Sequence[FileResult]) -> str:
    """Return how often each rule found something, most first."""
    counts = Counter((one.code, one.name) for result in results for one in result.diagnostics)
    return "".join(f"{count:>7}  {code}  {name}\n" for (code, name), count in counts.most_common())


def _severities(look: Look) -> dict[Severity, str]:
    """Return how each severity is said, all of them equally wide."""
    words = {Severity.ERROR: _("错误"), Severity.WARNING: _("警告"), Severity.INFO: _("提示")}
    widest = max(map(columns, words.values()))
    return {
        severity: _painted(word, _COLOURS[severity], look) + " " * (widest - columns(word))
        for severity, word in words.items()
    }


def _finding(one: Diagnostic, severity: str, look: Look) -> Iterator[str]:
    place = f"{one.line}:{one.column}"
    yield f"  {place:<7} {severity} {one.code}  {_entry(one)}".rstrip()
    for line in wrapped(message_of(one), max(_LEAST, look.width - _MARGIN)):
        yield " " * _MARGIN + line
    yield from _quoted(one, look)


def _entry(one: Diagnostic) -> str:
    if one.subject < 0:
        return ""
    group = one.group or _("未分组")
    return _shown(_("「{group}」{code}").format(group=group, code=one.phrase))


def _quoted(one: Diagnostic, look: Look) -> Iterator[str]:
    """Show the line of the phrase that holds the words, as much of it as fits, and underline them."""
    text, start, end = one.context
    if not text or (one.field == "code" and end - start == len(text)):
        return  # the code stands above already
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    start, end = start - line_start, min(end - line_start, len(line))
    line, start, end = _window(line, start, max(end, start), max(_LEAST, look.width - _MARGIN - 2))
    shown = _shown(line)
    yield " " * (_MARGIN + 2) + shown
    marks = "^" * max(1, columns(shown[start:end], look))
    yield " " * (_MARGIN + 2 + columns(shown[:start], look)) + _painted(marks, _COLOURS[one.severity], look)


def _shown(text: str) -> str:
    """Return text as it is shown on one line: what has no shape of its own as `·`."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "·" for character in text)


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Cut a long line around the words; what was cut is shown by `…`."""
    if 2 * len(line) <= width or columns(line) <= width:
        return line, start, end
    room = width - 4  # two `…`
    end = start + _fitting(line[start : min(end, start + room)], room * 2 // 3)
    room -= columns(line[start:end])
    after = _fitting(line[end : end + room], room // 2)
    before = _fitting(line[max(0, start - room) : start][::-1], room - columns(line[end : end + after]))
    after = _fitting(line[end : end + room], room - columns(line[start - before : start]))
    left, right = start - before, end + after
    head, tail = ("…" if left else ""), ("…" if right < len(line) else "")
    return head + line[left:right] + tail, before + len(head), before + len(head) + end - start


def _fitting(text: str, width: int) -> int:
    """Return how many characters from the start of `text` fit into so many columns."""
    count = min(len(text), width // 2)
    room = width - columns(text[:count])
    while room > 1 and count < len(text):
        more = text[count : count + room // 2]
        count, room = count + len(more), room - columns(more)
    return count + (room == 1 and count < len(text) and columns(text[count]) < 2)


def columns(text: str, look: Look = Look(gbk=True)) -> int:  # noqa: B008 - it can't be changed
    """Return how many terminal columns `text` takes; at most, where it isn't known how it is shown."""
    if text.isascii():
        return len(text)
    try:
        wide = len(text.encode("gbk"))  # which has two bytes for what takes two columns there
    except UnicodeEncodeError:
        return sum(_columns_of(character, look) for character in text)
    return wide if look.gbk else wide - len(_ambiguous().findall(text))


def _columns_of(character: str, look: Look) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("WFA" if look.gbk else "WF") else 1


@cache
def _ambiguous() -> re.Pattern[str]:
    """Return what is as wide as a Chinese character in GBK, and half as wide elsewhere."""
    found = (chr(code) for code in range(0x80, 0x3000) if unicodedata.east_asian_width(chr(code)) == "A")
    return re.compile(f"[{re.escape(''.join(found))}]")


# No line ends between the letters of a word, before a closing mark or behind an opening one.
_TOGETHER = lazy_pattern(r"[^\s\u2000-\U0010ffff]{2}|.[，。、；：！？”’」』》）】〕…]|[“‘「『《（【〔].", re.DOTALL)


@lru_cache(maxsize=1_024)  # most messages are said many times
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Return `text` in lines of at most `width` columns: broken at blanks and between Chinese characters, and within a
    word only where it is wider than a line.
    """
    lines: list[str] = []
    while 2 * len(text) > width and columns(text) > width:
        most = cut = _fitting(text, width)
        while cut and _TOGETHER.match(text, cut - 1):
            cut -= 1
        line = text[: cut or most]
        lines.append(line.rstrip(" "))
        text = text[len(line) :].lstrip(" ")
    return (*lines, text) if text else tuple(lines)


def _painted(text: str, colour: str, look: Look) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if look.colours else text
