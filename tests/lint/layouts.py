"""Samples written into files by hand, in each way a format can write a value, with the place of every marked word.

A value is written with marks around the words; where they come to stand in the file is where the words must be found.
Nothing of the program is used, so nothing of it can agree with itself.
"""

import re
from collections.abc import Callable
from collections.abc import Sequence
from typing import NamedTuple

BEGIN, END = "\ue000", "\ue001"
_MARKS = re.compile(f"[{BEGIN}{END}]")
# What XML 1.0 and YAML can't hold as such; a lone surrogate stands for a byte that no encoding knows.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NOT_PLAIN = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`\s\d=<~.+]|(?i:null|true|false|yes|no|on|off|y|n)\Z")
_REPLIES = "自动回复"
_WHEN = {"首次": "first_message", "忙碌": "busy", "离开": "away"}


class Row(NamedTuple):
    """One phrase or auto-reply, its values with marks."""

    code: str
    text: str
    group: str
    scenario: str = ""
    hours: str = ""

    def plain(self) -> tuple[str, str, str]:
        """Group, code and text without marks."""
        return unmarked(self.group), unmarked(self.code), unmarked(self.text)


class File(NamedTuple):
    """A file, and where in its text the marked words stand."""

    text: str
    spans: list[tuple[int, int]]


def unmarked(text: str) -> str:
    return _MARKS.sub("", text)


def marked(text: str, spans: Sequence[tuple[int, int]], start: int) -> str:
    """Return a value with marks, of spans that count from the start of what the value stands in."""
    for begin, end in sorted(spans, reverse=True):
        if start <= begin and end <= start + len(text):
            begin, end = begin - start, end - start
            text = text[:begin] + BEGIN + text[begin:end] + END + text[end:]
    return text


def file_of(text: str) -> File:
    """Take the marks out of a text, and tell where they were."""
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    for taken, mark in enumerate(_MARKS.finditer(text)):
        if mark[0] == BEGIN:
            starts.append(mark.start() - taken)
        else:
            spans.append((starts.pop(), mark.start() - taken))
    return File(unmarked(text), sorted(spans))


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, from 1; lines end as editors end them."""
    before = re.split("\r\n|\r|\n", text[:offset])
    return len(before), len(before[-1]) + 1


def csv(rows: Sequence[Row]) -> str | None:
    """Every cell quoted, with CRLF, also within cells."""
    if any(row.scenario or row.hours for row in rows):
        return None
    cells = [(_guarded(row.code), _guarded(row.text), row.group) for row in rows]
    lines = [",".join('"' + cell.replace('"', '""').replace("\n", "\r\n") + '"' for cell in line) for line in cells]
    return "\r\n".join(["快捷短语编码,快捷短语,快捷短语分组", *lines, ""])


def _guarded(value: str) -> str:
    return "\t" + value if unmarked(value).startswith("\t") else value  # one TAB before a cell is no part of it


def xml_attributes(rows: Sequence[Row]) -> str | None:
    """Values as attributes, with references for markup and for every full-width comma."""
    if not _fits(rows, _NOT_XML):
        return None
    lines = [
        f'  <phrase code="{_ref(code)}" content="{_ref(text)}" group="{_ref(group)}"/>'
        for code, text, group, *_more in rows
    ]
    return "\r\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<phrases>", *lines, "</phrases>", ""])


def _ref(value: str) -> str:
    names = {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "，": "&#xFF0C;"}
    return "".join(names.get(character, character) for character in value)


def xml_nested(rows: Sequence[Row]) -> str | None:
    """Groups as elements around their records, the name as an attribute."""
    return _nested(rows, lambda group: f'<group name="{_ref(group)}">')


def xml_named(rows: Sequence[Row]) -> str | None:
    """Groups as elements around their records, the name as an element of its own."""
    return _nested(rows, lambda group: f"<group><name>{_text(group)}</name>")


def _nested(rows: Sequence[Row], opened: Callable[[str], str]) -> str | None:
    if not _fits(rows, _NOT_XML) or not all(unmarked(row.group) for row in rows):
        return None
    lines = [
        f'{opened(group)}<phrase code="{_ref(code)}" content="{_ref(text)}"/></group>'
        for code, text, group, *_more in rows
    ]
    return "\n".join(["<phrases>", *lines, "</phrases>", ""])


def xml_children(rows: Sequence[Row]) -> str | None:
    """Values as elements, on several lines."""
    return _xml(rows, _text)


def _text(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml_cdata(rows: Sequence[Row]) -> str | None:
    """Values in CDATA sections."""
    return _xml(rows, lambda value: f"<![CDATA[{value}]]>")


def _xml(rows: Sequence[Row], written: Callable[[str], str]) -> str | None:
    if not _fits(rows, _NOT_XML) or any("]]>" in unmarked(row.text) for row in rows):
        return None
    lines = [
        f"  <item>\n    <code>{written(code)}</code>\n    <content>{written(text)}</content>\n"
        f"    <group>{written(group)}</group>\n  </item>\n"
        for code, text, group, *_more in rows
    ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<list>\n' + "".join(lines) + "</list>\n"


def yaml_block(rows: Sequence[Row]) -> str | None:
    """Texts as block scalars."""
    texts = [unmarked(row.text) for row in rows]
    if not _fits(rows, _NOT_YAML) or any(not text.strip("\n ") or text[-1] == "\n" for text in texts):
        return None
    return _yaml(rows, lambda value, indent: "|2-" + "".join("\n" + " " * (indent + 2) + x for x in value.split("\n")))


def yaml_double(rows: Sequence[Row]) -> str | None:
    """Texts in double quotes, with escapes for every full-width comma and whatever can't stand as such."""
    if any(re.search("[\ud800-\udfff]", value) for row in rows for value in row):
        return None
    return _yaml(rows, lambda value, _indent: _double(value))


def _double(value: str) -> str:
    names = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "，": "\\uff0c"}
    return '"' + "".join(names.get(c) or (f"\\U{ord(c):08x}" if _NOT_YAML.match(c) else c) for c in value) + '"'


def yaml_flat(rows: Sequence[Row]) -> str | None:
    """Texts plain where they can be, else in single quotes."""
    if not _fits(rows, _NOT_YAML) or any("\n" in row.text for row in rows):
        return None
    return _yaml(rows, lambda value, _indent: _flat(value))


def _flat(value: str) -> str:
    plain = unmarked(value)
    if not plain or _NOT_PLAIN.match(plain) or re.search(r": |:$| #|\s$|[\[\]{},]", plain):
        return "'" + value.replace("'", "''") + "'"
    return value


def _yaml(rows: Sequence[Row], written: Callable[[str, int], str]) -> str | None:
    phrases = [row for row in rows if row.group != _REPLIES]
    if rows != [*phrases, *rows[len(phrases) :]]:
        return None
    lines = ["version: 1"] + (["groups:"] if phrases else [])
    group = None
    for row in phrases:
        if row.group != group:
            group = row.group
            lines += [f"  - name: {_double(group)}", "    phrases:"]
        lines += [f"      - code: {_double(row.code)}"]
        lines += [f"        text: {written(row.text, 8)}"] if unmarked(row.text) else []
        lines += [f"        scenario: {row.scenario}"] if row.scenario else []
    replies = rows[len(phrases) :]
    lines += ["auto_replies:"] if replies else []
    for row in replies:
        if BEGIN in row.code or "→" in row.code or not row.text:
            return None  # a book doesn't write the code: its parts are keys of their own
        word = row.code.removeprefix("停用-").partition("-")[0]
        lines += [f"  - when: {_WHEN.get(word, 'contacts_over')}"]
        lines += [f"    threshold: {word[1:-1]}"] if word not in _WHEN else []
        lines += ["    enabled: false"] if row.code.startswith("停用-") else []
        lines += [f"    text: {written(row.text, 4)}"]
        lines += [f"    hours: '{row.hours}'"] if row.hours else []
    return "\n".join([*lines, ""])


def _fits(rows: Sequence[Row], refused: re.Pattern[str]) -> bool:
    in_packs = refused is _NOT_XML
    return not any((in_packs and (row.scenario or row.hours)) or refused.search("".join(row)) for row in rows)


LAYOUTS: dict[str, Callable[[Sequence[Row]], str | None]] = {
    "csv": csv,
    "xml-attributes": xml_attributes,
    "xml-nested": xml_nested,
    "xml-named": xml_named,
    "xml-children": xml_children,
    "xml-cdata": xml_cdata,
    "yaml-block": yaml_block,
    "yaml-double": yaml_double,
    "yaml-flat": yaml_flat,
}
