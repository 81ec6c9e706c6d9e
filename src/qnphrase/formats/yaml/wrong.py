"""What can be wrong with a phrasebook that is YAML all right: each as what is wrong, and what to write instead."""

import re
from typing import Any

import yaml

from qnphrase.formats.yaml.complaints import quoted
from qnphrase.formats.yaml.keys import BOOK
from qnphrase.formats.yaml.keys import GROUP
from qnphrase.formats.yaml.keys import PHRASE
from qnphrase.formats.yaml.keys import Key
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.keys import Shape
from qnphrase.language import _

Wrong = tuple[str, str]

_REST_OF_LINE = re.compile(r"[^\r\n]*")


def _as_written(text: str, offset: int) -> str:
    """The rest of the line as the text that was probably meant: no comment, no bracket that was opened before it."""
    found = _REST_OF_LINE.match(text, offset)
    rest = re.split(r"\s#", found[0], maxsplit=1)[0].rstrip() if found else ""
    depth = 0
    for at, character in enumerate(rest):
        depth += (character in "[{") - (character in "]}")
        if depth < 0:
            return rest[:at].rstrip()
    return rest


def empty_file() -> Wrong:
    """Nothing but blanks and comments."""
    return _("这本短语本是空的"), _("第一行请写 version: 1，再写 groups: 和各个分组。")


def second_bom() -> Wrong:
    """A byte order mark behind the byte order mark."""
    return _("文件开头多了一个看不见的 BOM 标记（U+FEFF）"), _("请用编辑器另存为“UTF-8”（不带 BOM）。")


def second_document() -> Wrong:
    """A second document behind `---`."""
    return _("一个文件里只能有一本短语本"), _("请删掉多余的“---”，或者把下面的内容放到另一个文件。")


def no_book() -> Wrong:
    """A list or a text where the book should be."""
    return _("这不是短语本"), _("短语本的最外层要写 version: 1、groups: 这样的“字段: 内容”。")


def missing_key(shape: Shape, name: str) -> Wrong:
    """A key without which the mapping means nothing."""
    if shape is BOOK:
        return _("短语本没有写版本"), _("请在开头加一行 version: 1")
    if shape is GROUP:
        return _("这个分组没有名字"), _("请加一行 name: 和分组名；未分组的短语放到最外层的 phrases: 下面。")
    return _("{title}没有写 {name}").format(title=shape.title(), name=name), _(
        "请加一行 {name}，例如 {name}: busy"
    ).format(name=name)


def unknown_key(shape: Shape, name: str) -> Wrong:
    """A key that isn't known here."""
    what = _("{title}里没有“{name}”这个字段").format(title=shape.title(), name=name)
    if near := _near(shape, name):
        return what, _("是不是想写 {name}？").format(name=near)
    return what, _("可以写 {names}。").format(names=_("、").join(shape.keys))


def _near(shape: Shape, name: str) -> str:
    import difflib

    plain = name.strip().rstrip("：:").lower()
    for key in shape.keys.values():
        if plain == key.name or plain in key.also:
            return key.name
    found = difflib.get_close_matches(plain, shape.keys, 1, cutoff=0.6)
    if found:
        return found[0]
    return next((key.name for key in shape.keys.values() for word in key.also if len(word) > 1 and word in plain), "")


def repeated_key(name: str) -> Wrong:
    """A key that stands there twice."""
    return _("“{name}”写了两次").format(name=name), _("请只留一个；如果是两条，第二条前面要写“- ”。")


def complex_key() -> Wrong:
    """A list or a mapping before a colon, or `? key`."""
    return _("冒号前面只能是字段名"), _("请写成“字段: 内容”；以 [、{ 或 ? 开头的内容要加引号。")


def merge_key() -> Wrong:
    """`<<`."""
    return _("短语本里不能用 <<: 合并别处的内容"), _("请把内容直接写出来。")


def no_braces(shape: Shape) -> Wrong:
    """`[code: a]`, a mapping without braces."""
    return _("方括号里的每一条{title}要用花括号括起来").format(title=shape.title()), _(
        "例如 [{{code: hy, text: 您好}}]"
    ).format()


def repeated_group(name: str, line: int) -> Wrong:
    """Two groups of one name."""
    return _("有两个分组都叫“{name}”，前一个在第 {line} 行").format(name=name, line=line), _(
        "请把两个分组合成一个，或者给其中一个改名。"
    )


def empty_group_name() -> Wrong:
    """A group whose name is empty."""
    return _("分组名不能空着"), _("请写上分组名；未分组的短语放到最外层的 phrases: 下面。")


def empty_phrase() -> Wrong:
    """A phrase that says nothing."""
    return _("一条短语的编码和内容不能都空着"), _("请写上 text，或者把这一条删掉。")


def empty_extra(name: str) -> Wrong:
    """An extra value that is empty."""
    return _("附加列“{name}”的值不能空着").format(name=name), _("没有值就把这一行删掉。")


def no_threshold() -> Wrong:
    """`contacts_over` without a number."""
    return _("contacts_over 要写明超过多少人"), _("请加一行 threshold: 30（换成你的人数）。")


def threshold_for_nothing() -> Wrong:
    """A number with another trigger."""
    return _("threshold（人数）只用于 contacts_over"), _("请把 when 改成 contacts_over，或者删掉 threshold。")


def text_and_phrase() -> Wrong:
    """A reply with a text of its own and another's."""
    return _("自动回复要么写 text，要么用 phrase 指向一条短语，不能两个都写"), _("请删掉其中一个。")


def value_goes_on(name: str) -> Wrong:
    """A line that is indented too far, below a value that has only one line."""
    return _("这一行缩进太多，被当成了上面 {name} 的内容").format(name=name), _("请让它和 {name} 左对齐。").format(
        name=name
    )


def cut_at_hash() -> str:
    """A plain text that stops at ` #`."""
    return _("空格加 # 后面的内容被当成了注释，买家看不到；如果它是内容，请把整段加上引号")


def markup(sign: str, name: str, text: str, event: Any, shift: int) -> Wrong:
    """An anchor, an alias or a tag."""
    what = {
        "*": _("没有加引号的“*”是 YAML 的引用，不是文字"),
        "&": _("没有加引号的“&”是 YAML 的锚点，不是文字"),
        "!": _("没有加引号的“!”是 YAML 的类型标记，不是文字"),
    }[sign]
    written = _as_written(text, event.start_mark.index + shift)
    if not name:
        return what, _("短语本里不能用它，请把内容直接写出来；如果它是文字，请加上引号。")
    return what, _("请给内容加上引号，写成 {sample}").format(sample=f"{name}: {quoted(written)}")


def wrong_kind(key: Key, event: Any, text: str, shift: int) -> Wrong:
    """A text where a list is wanted, or the other way round."""
    if key.kind in (Kind.TEXTS, Kind.PHRASES, Kind.GROUPS, Kind.REPLIES):
        return _("{name} 要写成列表").format(name=key.name), _list_hint(key, event)
    if key.kind is Kind.EXTRA:
        return _("{name} 里要写“列名: 值”").format(name=key.name), _("例如 {{是否加入团队: 是}}").format()
    return _("{name} 要写文字，这里却是{found}").format(name=key.name, found=_found(event)), _text_hint(
        key.name, event, text, shift
    )


def _found(event: Any) -> str:
    return _("列表") if isinstance(event, yaml.SequenceStartEvent) else _("一组“字段: 内容”")


def _text_hint(name: str, event: Any, text: str, shift: int) -> str:
    if not event.flow_style:
        return _("请写成 {sample}；多行的内容用 {block}").format(sample=f'{name}: "…"', block=f"{name}: |-")
    written = _as_written(text, event.start_mark.index + shift)
    return _("请给内容加上引号，写成 {sample}").format(sample=f"{name}: {quoted(written)}")


def _list_hint(key: Key, event: Any) -> str:
    if key.kind is Kind.TEXTS:
        value = event.value if isinstance(event, yaml.ScalarEvent) else "zp3" if key.name == "remove" else _("欢迎")
        return _("例如 {sample}").format(sample=f"{key.name}: [{value}]")
    sample = {Kind.PHRASES: "- text: …", Kind.GROUPS: "- name: …", Kind.REPLIES: "- when: busy"}[key.kind]
    return _("每一项前面要写“- ”，例如 {sample}").format(sample=sample)


def no_text_item(name: str, event: Any, text: str, shift: int) -> Wrong:
    """A list or a mapping where a tag, or something else that is a text, should be."""
    written = _as_written(text, event.start_mark.index + shift)
    return _("{name} 的每一项要写文字，这里却是{found}").format(name=name, found=_found(event)), _(
        "请给它加上引号，写成 {sample}"
    ).format(sample=quoted(written))


def no_table_item(shape: Shape, event: Any) -> Wrong:
    """A text or a list where a phrase, a group or a reply should be."""
    what = _("这一项不是{title}").format(title=shape.title())
    first = "text" if shape is PHRASE else next(iter(shape.keys))
    if isinstance(event, yaml.ScalarEvent) and event.value:
        return what, _("请写成 {sample}").format(sample=f"- {first}: {quoted(event.value)}")
    return what, _("每一项要从 {sample} 开始").format(sample=f"- {first}:")
