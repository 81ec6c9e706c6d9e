"""Random files of many vendors."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.xml import pack

TEXTS = (
    "您好",
    "好的亲",
    "a",
    " 两头有空格 ",
    "第一行\n第二行",
    "<b>&amp;'\"",
    "]]>",
    "a\tb",
    "😀",
    "/:^_^",
    "\n",
    "]]",
    ">",
)
CODES = ("", "", "忙碌", "忙碌-2", "首次", "hy", "hx", "7天", "a&b", "c")
GROUPS = ("售前", "售后", "物流", "a<b", "自动回复", "")
EXTRAS = ("", "2024-01-01", "x\ny", "<&>")


def escaped(value: str, *, quote: str = "") -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        value = (
            value.replace(quote, "&quot;" if quote == '"' else "&apos;").replace("\n", "&#10;").replace("\t", "&#9;")
        )
    return value


@dataclass(frozen=True)
class Vendor:
    """How a vendor writes its records: in attributes, children or its own content, flat or nested."""

    root: str = "list"
    record: str = "item"
    kind: str = "attributes"  # attributes, children, own, named
    text: str = "content"
    code: str = "code"
    group: str | None = "group"  # of the record; None: nested
    groups: tuple[str, ...] = ()
    group_name: str = "@name"
    wrapper: str = ""
    extras: tuple[str, ...] = ()
    named_extras: bool = False


VENDORS = (
    Vendor(),
    Vendor(root="phrases", record="phrase", kind="children", extras=("note", "sort")),
    Vendor(root="快捷短语列表", record="快捷短语", kind="children", text="内容", code="编码", group="分组"),
    Vendor(
        root="root", record="ns:Item", kind="attributes", text="Text", code="ShortCut", group="Category", extras=("ID",)
    ),
    Vendor(root="list", record="phrase", kind="own", code="key", group="folder", extras=("id",)),
    Vendor(root="resultset", record="row", kind="named", named_extras=True, extras=("f1",)),
    Vendor(root="list", record="item", group=None, groups=("group",)),
    Vendor(root="list", record="item", kind="children", group=None, groups=("group",), extras=("when",)),
    Vendor(
        root="data", record="phrase", kind="own", code="code", group=None, groups=("category",), group_name="@title"
    ),
    Vendor(
        root="config",
        record="entry",
        kind="children",
        text="value",
        code="key",
        group=None,
        groups=("folder",),
        group_name="name",
    ),
    Vendor(
        root="all",
        record="phrase",
        kind="children",
        text="text",
        group=None,
        groups=("group",),
        wrapper="phrases",
        group_name="name",
    ),
    Vendor(
        root="all",
        record="短语",
        kind="attributes",
        text="内容",
        code="编码",
        group=None,
        groups=("分类", "分组"),
        group_name="@名称",
    ),
    Vendor(root="tree", record="node", text="text", group=None, groups=("node",)),
    Vendor(
        root="tree", record="node", kind="children", text="text", group=None, groups=("group", "node"), extras=("sort",)
    ),
    Vendor(
        root="qnphrase",
        record="phrase",
        kind="children",
        text="text",
        group=None,
        groups=("group",),
        named_extras=True,
        extras=("登记日期",),
    ),
)


class Renderer:
    """Writes a random file of a vendor."""

    def __init__(self, draw, vendor: Vendor) -> None:
        self.draw = draw
        self.vendor = vendor
        self.pretty = draw(st.booleans())
        self.quote = draw(st.sampled_from("\"'"))
        self.newline = draw(st.sampled_from(("\n", "\n", "\r\n")))

    def chance(self, of: int = 3) -> bool:
        return self.draw(st.integers(0, of - 1)) == of - 1

    def lead(self, depth: int) -> str:
        comment = "<!-- 注 -->" if self.chance(9) else ""
        return (self.newline + "  " * depth if self.pretty else "") + comment

    def content(self, value: str) -> str:
        form = self.draw(st.integers(0, 5))
        if form == 5 and "]]>" not in value:
            return f"<![CDATA[{value}]]>"
        if form == 4 and value:
            return escaped(value[0]) + "<!--x-->" + escaped(value[1:])
        if form == 3:
            return escaped(value).replace("\n", "&#13;&#10;")
        return escaped(value)

    def element(self, tag: str, value: str, attributes: str = "") -> str:
        if not value and self.chance(2):
            return f"<{tag}{attributes}/>"
        return f"<{tag}{attributes}>{self.content(value)}</{tag}>"

    def attribute(self, name: str, value: str) -> str:
        return f" {name}={self.quote}{escaped(value, quote=self.quote)}{self.quote}"

    def record(self, group: str, depth: int) -> str:
        vendor = self.vendor
        values = {vendor.code: self.draw(st.sampled_from(CODES)), vendor.text: self.draw(st.sampled_from((*TEXTS, "")))}
        if vendor.group is not None:
            values[vendor.group] = group
        values.update({name: self.draw(st.sampled_from(EXTRAS)) for name in vendor.extras})
        if vendor.kind == "own":
            text = values.pop(vendor.text)
            return self.element(vendor.record, text, "".join(self.attribute(*item) for item in values.items()))
        if vendor.kind == "attributes":
            body = self.attribute(vendor.text, values.pop(vendor.text))
            rest = "".join(self.attribute(*item) for item in values.items() if item[1] or self.chance(2))
            return f"<{vendor.record}{rest}{body}" + ("/>" if self.chance(2) else f"></{vendor.record}>")
        parts = []
        for name, value in values.items():
            if not value and name != vendor.text and self.chance(2):
                continue
            named = vendor.kind == "named" or (vendor.named_extras and name in vendor.extras)
            tag = "field" if vendor.kind == "named" else "extra"
            parts.append(self.element(tag, value, self.attribute("name", name)) if named else self.element(name, value))
        if self.chance(8):
            parts.append("<images><image/></images>")
        inside = "".join(self.lead(depth + 1) + part for part in parts)
        return f"<{vendor.record}>{inside}{self.lead(depth)}</{vendor.record}>"

    def group(self, names: list[str], depth: int) -> str:
        vendor, tag = self.vendor, names[0]
        name = self.draw(st.sampled_from(GROUPS))
        head, foot, inner = f"<{tag}", f"</{tag}>", depth + 1
        if vendor.group_name.startswith("@"):
            head += self.attribute(vendor.group_name[1:], name) + (self.attribute("id", "7") if self.chance() else "")
            if self.chance(6):
                return head + "/>"
            head += ">"
        else:
            head += ">" + self.lead(inner) + self.element(vendor.group_name, name)
        if self.chance(9):
            head += self.lead(inner) + "<icon><image>1.png</image></icon>"
        parts = [self.group(names[1:], inner) for _ in range(self.draw(st.integers(0, 2)))] if len(names) > 1 else []
        if vendor.wrapper:
            head += f"<{vendor.wrapper}>"
            foot = f"</{vendor.wrapper}>" + foot
        count = self.draw(st.integers(0, 3))
        parts += [self.record("", inner) for _ in range(count)]
        return head + "".join(self.lead(inner) + part for part in parts) + self.lead(depth) + foot

    def file(self) -> str:
        vendor = self.vendor
        parts = []
        for _ in range(self.draw(st.integers(0, 4))):
            if vendor.groups and not self.chance(4):
                parts.append(self.group(list(vendor.groups), 1))
            else:
                parts.append(self.record(self.draw(st.sampled_from(GROUPS)), 1))
        body = "".join(self.lead(1) + part for part in parts)
        head = f'<?xml version="1.0"?>{self.newline}' if self.chance(2) else ""
        xmlns = self.attribute("xmlns:ns", "urn:x") if ":" in vendor.record else ""
        return f"{head}<{vendor.root}{xmlns}>{body}{self.newline if self.pretty else ''}</{vendor.root}>{self.newline}"


@st.composite
def files(draw, vendors=VENDORS):
    return Renderer(draw, draw(st.sampled_from(vendors))).file()


@pytest.fixture(scope="session")
def samples():
    return {"texts": TEXTS, "codes": CODES, "groups": GROUPS, "extras": EXTRAS}


@pytest.fixture(scope="session")
def xml_files():
    return files


@pytest.fixture(scope="session")
def read_text():
    def read(text, mapping=None, encoding="utf-8"):
        data = text.encode(encoding) if isinstance(text, str) else text
        return pack.read(Document.of_bytes(data, encoding=encoding, path="x.xml"), ReadOptions(mapping=mapping))

    return read
