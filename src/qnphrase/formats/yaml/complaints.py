"""What libyaml (or PyYAML's own parser) has against a text, said so that a shop lead knows what to write instead."""

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

import yaml

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.keys import ITEMS
from qnphrase.language import _

_KEY_AND_VALUE = re.compile(r"[ \t]*(?:-[ \t]+)*(?:([^\s:#'\"]+):[ \t]+)?(.*)")
_KEY_WITHOUT_BLANK = re.compile(r"[ \t]*(?:-[ \t]+)*([a-z_]+)[ \t]*[:：][ \t]*(.*)")
UNSEEN_BREAKS = re.compile("[\x85\u2028\u2029]")
_CONFLICT = re.compile(r"(?:\A|(?<=[\r\n]))(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)")
_LONGEST_SAMPLE = 30
_LONGEST_LINE = 2000
_KNOWN_KEYS = frozenset(name for shape in (BOOK, *ITEMS.values()) for name in shape.keys)


class Spot(NamedTuple):
    """A place on its line, `at` from 0."""

    line: str
    at: int

    @property
    def key_and_value(self) -> tuple[str, str]:
        """The key on the line, if there is one, and what stands behind it."""
        found = _KEY_AND_VALUE.match(self.line)
        return (found[1] or "", found[2].rstrip()) if found else ("", "")

    @property
    def opener(self) -> str:
        """The first character of the value."""
        return self.key_and_value[1][:1]


class Place(Enum):
    """Where something is seen best: where the parser stopped, or where the unfinished thing was opened."""

    HERE = 0
    OPENING = 1
    OPENING_ABOVE = 2  # only if it was opened on a line above


Say = Callable[[Spot], str]


class Rule(NamedTuple):
    """One complaint: the parser's words (context and problem), what to say, what to write instead, and where."""

    words: re.Pattern[str]
    what: Say
    hint: Say
    place: Place = Place.HERE


def refuse_conflict_markers(document: Document) -> None:
    """Raise `PackSyntaxError` at the first conflict marker that git left behind."""
    text = document.text
    if not any(mark * 7 in text for mark in "<>|="):
        return
    if found := _CONFLICT.search(text):
        raise document.syntax_error(
            _("这里有没有解决的合并冲突（{marker}）").format(marker=found[0]),
            found.start(),
            hint=_("请把 <<<<<<<、=======、>>>>>>> 这几行之间留哪一边定下来，再把这几行删掉。"),
        )


def complaint(document: Document, error: yaml.YAMLError) -> PackSyntaxError:
    """Return what `error` means, with its place in `document`."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unacceptable_character(document, error)
    end = len(document.text)
    here = _offset(error, "problem_mark", end)
    opening = _offset(error, "context_mark", here)
    for offset in (opening, here):
        line, at = _spot(document, offset)
        if found := UNSEEN_BREAKS.search(line):
            return unseen_break(document, offset - at + found.start())
    problem = str(getattr(error, "problem", "") or error)
    words = f"{getattr(error, 'context', '')}: {problem}"
    rule = next((rule for rule in _RULES if rule.words.search(words)), _ANYTHING_ELSE)
    above = document.position(opening).line < document.position(here).line or here >= end
    if rule.place is Place.OPENING or (rule.place is Place.OPENING_ABOVE and above):
        here = opening
    spot = _spot(document, here)
    what = _("{what}（{problem}）").format(what=rule.what(spot), problem=problem)
    return document.syntax_error(what, here, hint=rule.hint(spot))


def _offset(error: yaml.YAMLError, name: str, otherwise: int) -> int:
    mark = getattr(error, name, None)
    return otherwise if mark is None else mark.index


def _spot(document: Document, offset: int) -> Spot:
    at = document.position(offset).column - 1
    line = re.split(r"[\r\n]", document.text[offset - at : offset - at + _LONGEST_LINE], maxsplit=1)[0]
    return Spot(line, at)


def _unacceptable_character(document: Document, error: yaml.reader.ReaderError) -> PackSyntaxError:
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "?")
    return document.syntax_error(
        _("这里有一个看不见的控制字符（U+{code:04X}）").format(code=code),
        min(error.position, len(document.text)),
        hint=_("多半是从别的程序粘贴过来的，请把它删掉；确实要用的话，在双引号里写成 \\u{code:04X}。").format(
            code=code
        ),
    )


def unseen_break(document: Document, offset: int) -> PackSyntaxError:
    """U+2028 and the like break a line for YAML 1.1, for YAML 1.2 they don't, and no editor shows them."""
    return document.syntax_error(
        _("这里有一个看不见的换行符（U+{code:04X}），后面的内容被当成了新的一行").format(
            code=ord(document.text[offset])
        ),
        offset,
        hint=_("多半是从网页或文档里粘贴过来的，请把它删掉。"),
    )


def quoted(value: str) -> str:
    """Return `value` in quotes, shortened, as a sample of what to write."""
    if len(value) > _LONGEST_SAMPLE:
        value = value[:_LONGEST_SAMPLE] + "…"
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _ask_for_quotes(spot: Spot) -> str:
    key, value = spot.key_and_value
    if not value:
        return _("请检查这一行和上一行的缩进、冒号和引号。")
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    sample = f"{key}: {quoted(value)}" if key else quoted(value)
    return _("请给内容加上引号，写成 {sample}").format(sample=sample)


def _about_key(spot: Spot) -> str:
    if spot.opener and spot.opener in "{[\"'":
        return _("以“{mark}”开头的内容，结束以后又有别的文字").format(mark=spot.opener)
    return _("这一行的缩进和上面的对不上")


def _hint_about_key(spot: Spot) -> str:
    if spot.opener and spot.opener in "{[\"'":
        return _ask_for_quotes(spot)
    return _("同一条短语里的各个字段要左对齐；列表的每一项前面要写“- ”。")


def _is_at_tab(spot: Spot) -> bool:
    return "\t" in spot.line[: len(spot.line) - len(spot.line.lstrip())] or spot.line[spot.at : spot.at + 1] == "\t"


def _about_token(spot: Spot) -> str:
    if _is_at_tab(spot):
        return _("YAML 不能用 TAB 缩进")
    return _("没有加引号的内容不能用“{mark}”开头").format(mark=spot.line[spot.at : spot.at + 1])


def _hint_about_token(spot: Spot) -> str:
    return _tab_hint(spot) if _is_at_tab(spot) else _ask_for_quotes(spot)


def _tab_hint(_spot: Spot) -> str:
    return _("请把 TAB 换成空格，每一级缩进两个空格。")


def _about_colon(spot: Spot) -> str:
    if _is_first_colon(spot):
        return _("这一行的缩进不对，或者上一行的内容没有写完")
    return _("没有加引号的内容里不能有冒号加空格")


def _hint_about_colon(spot: Spot) -> str:
    if _is_first_colon(spot):
        return _("请让它和同一级的其他字段左对齐；多行的内容在冒号后面写 |- ，下面每行都要缩进。")
    return _ask_for_quotes(spot)


def _is_first_colon(spot: Spot) -> bool:
    return ":" not in spot.line[: spot.at]


def _about_no_colon(spot: Spot) -> str:
    found = _KEY_WITHOUT_BLANK.match(spot.line)
    if found and found[1] in _KNOWN_KEYS:
        return _("“{key}”后面要写半角冒号，再空一格").format(key=found[1])
    return _("这一行没有“字段: 内容”的冒号，或者缩进错了")


def _hint_about_no_colon(spot: Spot) -> str:
    found = _KEY_WITHOUT_BLANK.match(spot.line)
    if found and found[1] in _KNOWN_KEYS:
        return _("请写成 {sample}").format(sample=f"{found[1]}: {found[2][:_LONGEST_SAMPLE]}")
    return _("如果它是上一行内容的下一行，请在上面的冒号后面写 |- ，并把内容的每一行都缩进。")


def _rule(words: str, what: Callable[[], str], hint: Say | Callable[[], str], place: Place = Place.HERE) -> Rule:
    """Return a rule whose sentence is always the same."""
    return Rule(re.compile(words), lambda _spot: what(), hint if hint in _HINTS else _always(hint), place)  # type: ignore[arg-type]


def _always(text: Callable[[], str]) -> Say:
    return lambda _spot: text()


_HINTS = (_ask_for_quotes, _tab_hint)
_ANYTHING_ELSE = _rule("", lambda: _("这里的 YAML 写法不对"), _ask_for_quotes)
_RULES = (
    Rule(re.compile("cannot start any token"), _about_token, _hint_about_token),
    _rule("an? (?:anchor|alias)", lambda: _("没有加引号的内容不能用“*”或“&”开头"), _ask_for_quotes, Place.OPENING),
    _rule("a tag|tag handle", lambda: _("没有加引号的内容不能用“!”开头"), _ask_for_quotes, Place.OPENING),
    _rule("directive|YAML document", lambda: _("不认识以“%”开头的这一行"), lambda: _("请把这一行删掉。")),
    Rule(re.compile("did not find expected key|expected <block end>"), _about_key, _hint_about_key),
    Rule(re.compile("mapping values are not allowed"), _about_colon, _hint_about_colon),
    Rule(re.compile("could not find expected ':'"), _about_no_colon, _hint_about_no_colon, Place.OPENING),
    _rule(
        "unexpected end of stream|unexpected document",
        lambda: _("从这里开始的引号没有结束"),
        lambda: _("请在内容的末尾补上同样的引号；单引号里的 ' 要写成 ''，双引号里的 \" 要写成 \\\"。"),
        Place.OPENING,
    ),
    _rule(
        r"expected ',' or '\]'",
        lambda: _("“[”开始的列表没有写完，少了“,”或“]”"),
        lambda: _("请补上“]”；如果“[”是文字的一部分，请给整段文字加上引号。"),
        Place.OPENING_ABOVE,
    ),
    _rule(
        r"expected ',' or '\}'",
        lambda: _("“{”开始的内容没有写完，少了“,”或“}”"),
        lambda: _("请补上“}”；如果“{”是文字的一部分，请给整段文字加上引号。"),
        Place.OPENING_ABOVE,
    ),
    _rule(
        "entries are not allowed",
        lambda: _("“- ”不能写在这里"),
        lambda: _("列表的“- ”要另起一行；如果它是内容，请给内容加上引号。"),
    ),
    _rule("mapping keys are not allowed", lambda: _("没有加引号的内容不能用“?”开头"), _ask_for_quotes),
    _rule(
        "expected '-' indicator",
        lambda: _("这一行的缩进和列表对不上"),
        lambda: _("列表的每一项前面要写“- ”，并且左对齐。"),
    ),
    _rule("tab character", lambda: _("YAML 不能用 TAB 缩进"), _tab_hint),
    _rule("a block scalar", lambda: _("“|”和“>”后面不能直接写内容"), _ask_for_quotes, Place.OPENING),
    _rule(
        "unknown escape",
        lambda: _("双引号里的“\\”后面跟着不认识的字符"),
        lambda: _("双引号里的反斜杠要写两个：\\\\；或者把双引号换成单引号。"),
    ),
    _rule(
        "hexdecimal|hexadecimal|escape code",
        lambda: _("双引号里的 \\x、\\u、\\U 后面写得不对"),
        lambda: _("请直接写这个字符；表情符号也可以直接写，不用写成 \\ud83d 这样的两半。"),
    ),
    _rule("expected (?:the )?node content", lambda: _("这里应该是内容，却是一个 YAML 符号"), _ask_for_quotes),
    _rule("unexpected ':'", lambda: _("花括号或方括号里的冒号后面要有空格"), _ask_for_quotes),
    _rule(
        "document start",
        lambda: _("短语本到上面已经结束，这里还有内容"),
        lambda: _("请检查这一行的缩进；一个文件只能有一本短语本。"),
    ),
    _rule("nesting level", lambda: _("括号套得太深了"), _ask_for_quotes),
)
