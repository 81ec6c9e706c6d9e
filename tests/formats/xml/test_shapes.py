"""Layouts as vendors write them: what is found, and that one changed field changes only itself."""

# ruff: noqa: E501, ISC004 - tables of files are read by the line

from __future__ import annotations

import pytest

from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UsageError
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.xml.shape import parse_mapping

TWO = [Row("售前", "hy", "您好亲"), Row("售后", "th", "可以退")]

LAYOUTS = {
    "attributes": (
        '<list>\n  <item code="hy" content="您好亲" group="售前"/>\n  <item code="th" content="可以退" group="售后"/>\n</list>\n',
        "record=item text=@content code=@code group=@group",
    ),
    "single quotes": (
        "<?xml version='1.0'?><L><I Content='您好亲' ShortCut='hy' Category='售前' /><I Content='可以退' ShortCut='th' Category='售后' /></L>",
        "record=I text=@Content code=@ShortCut group=@Category",
    ),
    "children": (
        "<phrases><phrase><code>hy</code><text>您好亲</text><group>售前</group></phrase>"
        "<phrase><code>th</code><text>可以退</text><group>售后</group></phrase></phrases>",
        "record=phrase text=text code=code group=group",
    ),
    "Chinese names": (
        "<快捷短语列表>\r\n <快捷短语><快捷短语编码>hy</快捷短语编码><快捷短语内容>您好亲</快捷短语内容><快捷短语分组>售前</快捷短语分组></快捷短语>\r\n"
        " <快捷短语><快捷短语编码>th</快捷短语编码><快捷短语内容>可以退</快捷短语内容><快捷短语分组>售后</快捷短语分组></快捷短语>\r\n</快捷短语列表>",
        "record=快捷短语 text=快捷短语内容 code=快捷短语编码 group=快捷短语分组",
    ),
    "CDATA": (
        "<root><row><code><![CDATA[hy]]></code><content><![CDATA[您好亲]]></content><folder>售前</folder></row>"
        "<row><code><![CDATA[th]]></code><content>\n<![CDATA[可以退]]></content><folder>售后</folder></row></root>".replace("\n", ""),
        "record=row text=content code=code group=folder",
    ),
    "own content": (
        '<properties><entry key="hy" category="售前">您好亲</entry><entry key="th" category="售后">可以退</entry></properties>',
        "record=entry text=. code=@key group=@category",
    ),
    "nested, attributes": (
        '<book><group name="售前"><item code="hy" content="您好亲"/></group><group name="售后"><item code="th" content="可以退"/></group></book>',
        "record=item text=@content code=@code group=../@name",
    ),
    "nested, own content": (
        "<data>\n<!-- 欢迎 -->\n<category title='售前'>\n<phrase code='hy'>您好亲</phrase>\n</category>\n<!-- 售后 -->\n"
        "<category title='售后'>\n<phrase code='th'>可以退</phrase>\n</category></data>",
        "record=phrase text=. code=@code group=../@title",
    ),
    "nested, name as a child, with a list": (
        "<all><folder><id>1</id><name>售前</name><phrases><phrase><key>hy</key><value>您好亲</value></phrase></phrases></folder>"
        "<folder><id>2</id><name>售后</name><phrases><phrase><key>th</key><value>可以退</value></phrase></phrases></folder></all>",
        "record=phrase text=value code=key group=../name",
    ),
    "nested two deep": (
        '<all><category name="店铺"><group name="售前"><item code="hy" content="您好亲"/></group>'
        '<group name="售后"><item code="th" content="可以退"/></group></category></all>',
        "record=item text=@content code=@code group=../@name",
    ),
    "name behind the records": (
        "<all><group><item code='hy' content='您好亲'/><name>售前</name></group>"
        "<group><item code='th' content='可以退'/><name>售后</name></group></all>",
        "record=item text=@content code=@code group=../name",
    ),
    "namespaces": (
        '<q:pack xmlns:q="urn:q" xmlns="urn:d"><q:item q:code="hy" q:group="售前"><q:content xml:space="preserve">您好亲</q:content></q:item>'
        '<q:item q:code="th" q:group="售后"><q:content xml:space="preserve">可以退</q:content></q:item></q:pack>',
        "record=q:item text=q:content code=@q:code group=@q:group",
    ),
    "document type, instructions, mixed line ends": (
        '<?xml version="1.0" encoding="UTF-8"?>\r\n<?xml-stylesheet href="a.xsl"?>\n<!DOCTYPE list SYSTEM "list.dtd" [<!ELEMENT list ANY>]>\r'
        '<list><?page 1?><item code="hy" content="您好亲" group="售前"/>\r\n<item code="th" content="可以退" group="售后"/>\n</list>\n<!-- end -->',
        "record=item text=@content code=@code group=@group",
    ),
    "database export": (
        '<resultset><row><field name="code">hy</field><field name="content">您好亲</field><field name="group">售前</field></row>'
        '<row><field name="code">th</field><field name="content">可以退</field><field name="group">售后</field></row></resultset>',
        "record=row text=field[content] code=field[code] group=field[group]",
    ),
    "groups called by the record's tag": (
        '<tree><node name="售前"><node code="hy" text="您好亲"/></node><node name="售后"><node code="th" text="可以退"/></node></tree>',
        "record=node text=@text code=@code group=../@name",
    ),
    "one text each": (
        "<list><item><content>您好亲</content><group>售前</group><code>hy</code></item>"
        "<item><content>可以退</content><group>售后</group><code>th</code></item></list>",
        "record=item text=content code=code group=group",
    ),
    "records with lists inside": (
        '<list><item code="hy" group="售前"><content>您好亲</content><images><image value="1.png"/><image value="2.png"/></images></item>'
        '<item code="th" group="售后"><content>可以退</content><images/></item></list>',
        "record=item text=content code=@code group=@group",
    ),
    "names that say nothing": (
        "<r>" + "".join(
            f'<x a="{code}" b="{text}" c="{group}"/>'
            for code, text, group in [("hy", "您好亲，欢迎光临本店", "售前"), ("th", "亲，可以退的，请放心", "售后")] * 1
        ) + '<x a="wl" b="亲，今天就可以发货的" c="售前"/><x a="fp" b="亲，发票随货一起寄出" c="售前"/></r>',
        "record=x text=@b code=@a group=@c",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_found(name, read_text):
    text, mapping = LAYOUTS[name]
    reading = read_text(text)
    assert reading.shape.mapping == mapping
    if name == "names that say nothing":
        assert reading.rows[0] == Row("售前", "hy", "您好亲，欢迎光临本店")
        assert "按内容推断" in reading.notices[0].message
    else:
        assert reading.rows == TWO
    assert reading.edits(reading.book()) == []


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("part", ["code", "text"])
def test_one_changed_field_changes_only_itself(name, part, read_text):
    reading = read_text(LAYOUTS[name][0])
    rows = list(reading.rows)
    rows[1] = rows[1]._replace(**{part: "新\"的'<&>\n值"})
    text = reading.document.text
    new = reading.document.edited(reading.edits(book_of_rows(rows))).text
    assert read_text(new).rows == rows
    place = reading.shape.places(text, reading.record(1))[reading.shape.fields[part]]
    assert new.startswith(text[: place.start])
    assert new.endswith(text[place.end :])


@pytest.mark.parametrize("name", [name for name in LAYOUTS if "group" in LAYOUTS[name][1]])
def test_groups_are_renamed_regrouped_and_declared(name, read_text):
    reading = read_text(LAYOUTS[name][0])
    if not reading.carries.groups:
        return
    renamed = [row._replace(group=row.group.replace("售前", "接待")) for row in reading.rows]
    new = read_text(reading.document.edited(reading.edits(book_of_rows(renamed))).text)
    assert new.rows == renamed
    assert len(new.document.text) == len(reading.document.text)  # only the names have changed
    together = [row._replace(group=reading.rows[0].group) for row in reading.rows] + [Row("空的", "", "")]
    new = read_text(reading.document.edited(reading.edits(book_of_rows(together))).text)
    assert new.book() == book_of_rows(together)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('<list><item content="a"/><item content=""/><item/></list>', [Row("", "", "a")]),
        ('<list><item content="" group="空"/><item content="a" group=""/></list>', [Row("空", "", ""), Row("", "", "a")]),
        ('<l><group name="空"/><group name="满"><item content="a"/></group><item content="b"/></l>',
         [Row("空", "", ""), Row("满", "", "a"), Row("", "", "b")]),
        ('<l><group name="外"><group name="内"><item content="a"/></group><item content="b"/></group></l>',
         [Row("内", "", "a"), Row("外", "", "b")]),
        ('<group name="售前"><item content="a"/></group>', [Row("售前", "", "a")]),
        ('<shop name="某店"><item content="a"/></shop>', [Row("", "", "a")]),
        ('<l><item content="a" note=" 新 " none=""/></l>', [Row("", "", "a", {"note": " 新 "})]),
        ('<l><item><content>a</content><extra name="登记日期">1</extra><sort n="2">3</sort></item></l>',
         [Row("", "", "a", {"登记日期": "1", "sort": "3"})]),
        ("<l><item><content> a\r\n\tb&#13;&#10;c&#13;d </content></item></l>", [Row("", "", " a\n\tb\nc\nd ")]),
        ('<l><item content=" a\r\n\tb&#13;&#10;c&#9;d "/></l>', [Row("", "", " a  b\nc\td ")]),
        ("<l><item><content>a<![CDATA[<b>&amp;]]>c<!-- d -->e</content></item></l>", [Row("", "", "a<b>&amp;ce")]),
        ("<l></l>", []),
        ("<l/>", []),
        ('<l><group name="只有分组"/></l>', [Row("只有分组", "", "")]),
    ],
)  # fmt: skip
def test_rows(text, rows, read_text):
    assert read_text(text).rows == rows


def test_a_code_that_turns_up_late_is_found(read_text):
    text = "<l>" + f'<item content="{"长" * 1000}"/>' * 200 + '<item content="a" shortcut="hy"/></l>'
    reading = read_text(text)
    assert reading.rows[-1] == Row("", "hy", "a")
    assert reading.shape.mapping == "record=item text=@content code=@shortcut"


@pytest.mark.parametrize(
    ("mapping", "rows"),
    [
        ("record=x text=@b", [Row("", "", "1", {"a": "k", "c": "g", "d": "子"})]),
        ("record=x text=@b code=@a group=@c", [Row("g", "k", "1", {"d": "子"})]),
        ("record=x  text=d code=@a group=../@n", [Row("外", "k", "子", {"b": "1", "c": "g"})]),
        ("record=r text=.", [Row("", "", "", {"n": "外"})]),
        ("record=nothing text=.", []),
    ],
)
def test_mappings(mapping, rows, read_text):
    reading = read_text('<o><r n="外"><x a="k" b="1" c="g"><d>子</d></x></r></o>', mapping=mapping)
    assert reading.rows == rows
    assert reading.facts()["profile"] == "mapped"
    assert reading.shape == parse_mapping(reading.shape.mapping)
    assert bool(reading.notices) == (not rows or mapping == "record=r text=.")


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        ("record=item", "缺少 text"),
        ("text=@a", "缺少 record"),
        ("record=item text=@a text=@b", "写了两遍"),
        ("record=item text=@a colour=@b", "不认识 colour"),
        ("record=item text=@a oops", "看不懂：oops"),
        ("record=@item text=@a", "record 应该是元素的名字"),
        ("record=item text=@a code=@a", "指向同一个地方"),
        ("record=item text=@a code=.", "只有 text 可以用 ."),
        ("record=item text=../@a", "text 的位置看不懂"),
        ("record=item text=a/b", "text 的位置看不懂"),
    ],
)
def test_bad_mappings(mapping, part):
    with pytest.raises(UsageError) as caught:
        parse_mapping(mapping)
    assert part in caught.value.what
    assert "record=item" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "part", "line"),
    [
        ("<l>\n<item><content>a<b>c</b></content></item></l>", "夹着标签 <b>（1 处）", 2),
        ("<l>\n<item><content>a</content>\n<images><i/></images></item></l>", "<images> 带有下级元素（1 处）", 3),
        (
            "<l><item code='1'><content>a</content>\n<content>b</content></item><item><content>c</content></item></l>",
            "content",
            2,
        ),
        ("<l>\n<item>多余<content>a</content></item></l>", "不属于任何一项的文字（1 处）", 2),
        ('<l><item content="a"/><item content="b"/>\n<reply text="c"/></l>', "还有带文字的 <reply>", 2),
        ('<?xml version="1.0" encoding="GBK"?><l><item content="好"/></l>', "声明的编码是 GBK", 1),
        ('<l><groups><group id="1" name="售前"/></groups><item content="a" groupId="1"/></l>', "编号指明分组", 0),
        ("<!DOCTYPE l [<!ATTLIST item content CDATA 'x'>]><l><item content='a'/></l>", "默认值不起作用", 1),
    ],
)
def test_what_the_user_is_told(text, part, line, read_text):
    assert [notice.line for notice in read_text(text).notices if part in notice.message] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>hi</p><p>yo</p></body></html>",
        "<r><a>1</a><b>2</b></r>",
        '<r><x a="1234" b="5678"/><x a="1235" b="5679"/><x a="1236" b="5670"/></r>',
    ],
)
def test_what_is_not_clear_asks_for_a_mapping(text, read_text):
    with pytest.raises(PackSyntaxError) as caught:
        read_text(text)
    assert caught.value.what == "看不出这个 XML 里哪些是短语"
    assert "可能的元素：<" in caught.value.hint
    assert "record=item text=@content" in caught.value.hint
