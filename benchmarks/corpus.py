"""Packs of any size that look like a clerk's: the same seed gives the same bytes."""

import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

_WORDS = (
    *("您好", "亲", "欢迎光临", "请问", "有什么", "可以帮您", "发货", "时间", "是", "付款后", "四十八小时", "之内"),
    *("我们", "会", "尽快", "为您", "安排", "尺码", "面料", "退换", "运费险", "抱歉", "久等了", "马上", "核实", "物流"),
    *("已经", "在路上", "请", "放心", "七天无理由", "谢谢", "理解"),
)


def rows(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield code, text and group of `count` phrases: 100 to a group, some with line breaks, commas and quotes."""
    dice = random.Random(20_261_121)
    for number in range(count):
        text = "".join(dice.choice(_WORDS) for _ in range(dice.randint(10, 30))) + ("/:^_^" if number % 3 == 0 else "")
        if number % 7 == 0:
            text = f"{text[:9]}\n{text[9:]}"
        if number % 11 == 0:
            text = f'{text[:5]},"{text[5:8]}"{text[8:]}'
        yield f"c{number}", text, f"分组{number // 100}"


def write_csv(path: Path, count: int) -> None:
    """Write a GBK pack as a spreadsheet would, quoted where needed."""
    lines = ["快捷短语编码,快捷短语,快捷短语分组"]
    for code, text, group in rows(count):
        raw = text.replace("\n", "\r\n")
        quoted = '"' + raw.replace('"', '""') + '"' if any(mark in raw for mark in ',"\n') else raw
        lines.append(f"{code},{quoted},{group}")
    path.write_bytes("".join(line + "\r\n" for line in lines).encode("gbk"))


def write_xml(path: Path, count: int) -> None:
    """Write a nested pack with child elements, the more laborious of the forms."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<phrases>\n']
    last = ""
    for code, text, group in rows(count):
        if group != last:
            parts.append(("  </group>\n" if last else "") + f'  <group name="{group}">\n')
            last = group
        parts.append(f"    <phrase><code>{code}</code><text>{escape(text)}</text></phrase>\n")
    parts.append("  </group>\n</phrases>\n")
    path.write_bytes("".join(parts).encode())


def write_yaml(path: Path, count: int) -> None:
    """Write a book with double-quoted texts."""
    parts = ["version: 1\ngroups:\n"]
    last = ""
    for code, text, group in rows(count):
        if group != last:
            parts.append(f"  - name: {group}\n    phrases:\n")
            last = group
        said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        parts.append(f'      - code: {code}\n        text: "{said}"\n')
    path.write_bytes("".join(parts).encode())
