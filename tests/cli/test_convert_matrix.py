"""`convert` to the same format gives the same bytes, for every way in which a file can be written."""

import codecs
import itertools
from pathlib import Path

import pytest

from qnphrase.cli.main import run

ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-sig": ("utf-8", codecs.BOM_UTF8),
    "gbk": ("gbk", b""),
    "gb18030": ("gb18030", b""),
    "utf-16-le": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be": ("utf-16-be", codecs.BOM_UTF16_BE),
}
NEWLINES = {"lf": ["\n"], "crlf": ["\r\n"], "cr": ["\r"], "mixed": ["\n", "\r\n", "\r"]}
ROWS = [
    ("hy", "您好亲，欢迎光临/:^_^", "售前"),
    ("001", "第一步¶第二步,“好”", "售后"),
    ("", "没有编码的话术", "售前"),
    ("c", "x", ""),
]


def _csv_lines(style: str) -> list[str]:
    def cell(value: str, number: int) -> str:
        kind = ("all", "minimal", "guarded", "bare")[number % 4] if style == "mixed" else style
        if kind == "guarded":
            return '"\t' + value + '"'
        return f'"{value}"' if kind == "all" or "¶" in value or "," in value else value

    numbers = itertools.count()
    rows = [("快捷短语编码", "快捷短语", "快捷短语分组"), *ROWS]
    return [",".join(cell(value, next(numbers)) for value in row) for row in rows]


def _xml_lines(style: str) -> list[str]:
    forms = {
        "all": '<p code="{0}" text="{1}" group="{2}"/>',
        "minimal": "<p><code>{0}</code><text>{1}</text><group>{2}</group></p>",
        "guarded": "<p code='{0}' group='{2}'><![CDATA[{1}]]></p>",
        "mixed": '<p  group="{2}" code = "{0}"><text>{1}</text><!-- 注 --></p >',
    }
    return ["<phrases>", *(forms[style].format(*row) for row in ROWS), "</phrases>"]


def _yaml_lines(style: str) -> list[str]:
    forms = {
        "all": ['  - code: "{0}"', '    text: "{1}"'],
        "minimal": ["  - text: {1}", "    code: '{0}'  # 注释"],
        "guarded": ["  - {{code: '{0}', text: '{1}'}}"],
        "mixed": ["  -   code: '{0}'", "      text: |-", "        {1}", ""],
    }
    lines = ["version: 1  # 版本", "phrases:"]
    return lines + [line.format(code, text.replace("¶", "")) for code, text, _ in ROWS for line in forms[style]]


LINES = {"csv": _csv_lines, "xml": _xml_lines, "yaml": _yaml_lines}


def _data(format_name: str, style: str, encoding: str, newline: str, *, final: bool) -> bytes:
    ends = itertools.cycle(NEWLINES[newline])
    lines = LINES[format_name](style)
    text = "".join(line + (next(ends) if final or number < len(lines) else "") for number, line in enumerate(lines, 1))
    text = text.replace("¶", NEWLINES[newline][-1])
    codec, mark = ENCODINGS[encoding]
    return mark + text.encode(codec)


@pytest.mark.parametrize("style", ["all", "minimal", "guarded", "mixed"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("format_name", LINES)
def test_identical_bytes(format_name: str, encoding: str, style: str, tmp_path: Path) -> None:
    for newline, final in itertools.product(NEWLINES, (True, False)):
        data = _data(format_name, style, encoding, newline, final=final)
        source, target = tmp_path / f"原 件.{format_name}", tmp_path / f"副 本.{format_name}"
        source.write_bytes(data)
        assert run(["convert", str(source), str(target), "--force"]) == 0, (newline, final)
        assert target.read_bytes() == data, (newline, final)


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\x81", b"\x80"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("format_name", LINES)
def test_undecodable_bytes_survive(format_name: str, encoding: str, bad: bytes, tmp_path: Path) -> None:
    data = _data(format_name, "all", encoding, "crlf", final=True)
    mark = "没有编码".encode(ENCODINGS[encoding][0])
    assert mark in data
    data = data.replace(mark, mark + bad)
    source, target = tmp_path / f"坏.{format_name}", tmp_path / f"副本.{format_name}"
    source.write_bytes(data)
    assert run(["convert", str(source), str(target)]) == 0
    assert target.read_bytes() == data
