"""Files that are no XML, or that could be an attack: what is said, and where."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.errors import PackSyntaxError
from qnphrase.formats.xml.faults import first_fault

CUT_OFF = "文件不完整"

BAD = [
    # text, line, column, part of the message, part of the hint
    ("", 1, 1, "文件是空的", "重新导出"),
    (" \r\n ", 1, 1, "文件是空的", "重新导出"),
    ("hello", 1, 1, "这里不是 XML", "选对了文件"),
    ("<list>\n  <item content='a'/>\n", 3, 1, "文件到这里就断了，<list>（第 1 行）没有结束", CUT_OFF),
    ("<list>\n  <item conte", 2, 14, "文件到这里就断了，标签 <item> 没有写完", CUT_OFF),
    ("<list>\n  <item content='a", 2, 17, "属性 content 的引号没有成对", CUT_OFF),
    ("<list></li", 1, 11, "文件到这里就断了，结束标签没有写完", CUT_OFF),
    ("<list>\n<!-- x", 2, 1, "注释没有用 --> 结束", CUT_OFF),
    ("<list>\n<![CDATA[ x", 2, 1, "CDATA 没有用 ]]> 结束", CUT_OFF),
    ("<list>\n<?php ", 2, 1, "处理指令没有用 ?> 结束", CUT_OFF),
    ("<list>\r\n<item>\r\n</list>", 3, 1, "标签不成对：<item>（第 2 行）还没有结束，却遇到了 </list>", "&lt;"),
    ("<list>\r<item>\r</list>", 3, 1, "标签不成对：<item>（第 2 行）", "&lt;"),
    ("<list></list></item>", 1, 14, "多了一个结束标签 </item>", ""),
    ("<list/>\n<list/>", 2, 1, "最外层的元素已经结束", "只能有一个"),
    ("<list/> x", 1, 9, "最外层的元素已经结束", "只能有一个"),
    ("<list>\n<item content=a/></list>", 2, 15, "属性 content 的值要放在引号里", ""),
    ("<list>\n<item content/></list>", 2, 7, "属性 content 没有值", ""),
    ("<list>\n<item code='1'content='2'/></list>", 2, 15, "属性 content 前面少了空格", ""),
    ("<list>\n<item code='1' code='2'/></list>", 2, 16, "属性 code 写了两遍", ""),
    ("<list>\n<item content='a<b'/></list>", 2, 17, "属性 content 的值里有 <", "&lt;"),
    ("<list><item\n<item/></list>", 1, 7, "标签 <item 没有用 > 结束", "&lt;"),
    ("<list>\n<t>您好您好 A & B</t></list>", 2, 11, "& 不能单独出现", "&amp;"),
    ("<list><t u='?a=1&b=2'/></list>", 1, 17, "& 不能单独出现", "&amp;"),
    ("<list><t>&nbsp;</t></list>", 1, 10, "不认识的实体 &nbsp;", "五个"),
    ("<list><t>1 < 2</t></list>", 1, 12, "< 后面不是标签", "&lt;"),
    ("<list><t>我 <3 你</t></list>", 1, 12, "< 后面不是标签", "&lt;"),
    ("<list><t>a]]>b</t></list>", 1, 11, "不能直接写 ]]>", "]]&gt;"),
    ("<list>\n<t>ab\x0bc</t></list>", 2, 6, "不允许的字符 U+000B", "重新导出"),
    ("<list><t>\ufffe</t></list>", 1, 10, "不允许的字符 U+FFFE", "重新导出"),
    ("<list><t>&#11;</t></list>", 1, 10, "不允许的字符 U+000B", "重新导出"),
    ("<list><t a='&#x0;'/></list>", 1, 13, "不允许的字符 U+0000", "重新导出"),
    ("<list><t>&#xFFFFFFFFFF;</t></list>", 1, 10, "不允许的字符", "重新导出"),
    ("<list><!-- a -- b --></list>", 1, 14, "注释里不能有 --", ""),
    ("\n<?xml version='1.0'?><list/>", 2, 1, "XML 声明只能放在文件的最开头", "空行"),
    ("<list><?xml version='1.0'?></list>", 1, 7, "XML 声明只能放在文件的最开头", ""),
    ("<![CDATA[x]]><list/>", 1, 1, "CDATA 只能写在元素里面", ""),
    ("<list><!DOCTYPE list></list>", 1, 7, "DOCTYPE 写得不对", ""),
    ("<1/>", 1, 1, "< 后面不是标签", ""),
]


@pytest.mark.parametrize(("text", "line", "column", "what", "hint"), BAD)
def test_what_is_wrong_and_where(text, line, column, what, hint, read_text):
    with pytest.raises(PackSyntaxError) as caught:
        read_text(text)
    error = caught.value
    assert (error.line, error.column, error.path) == (line, column, "x.xml")
    assert what in error.what
    assert hint in error.hint


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY lol "lol">
  <!ENTITY lol2 "&lol;&lol;&lol;">
]>
<list><item content="&lol2;"/></list>"""


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        (LAUGHS, 3, 3, "定义了实体"),
        ('<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>', 1, 14, "定义了实体"),
        ('<!DOCTYPE l [<!ENTITY % p SYSTEM "http://a/b">%p;]><l/>', 1, 14, "定义了实体"),
        ('<!DOCTYPE l SYSTEM "a.dtd" [\n%p;]><l/>', 2, 1, "定义了实体"),
        ('<!DOCTYPE l SYSTEM "http://a/b.dtd"><l><t>&x;</t></l>', 1, 43, "不认识的实体 &x;"),
        ('<!-- x --><?y z?>\n<!DOCTYPE l [<!ENTITY a "b"', 2, 14, "定义了实体"),
    ],
)
def test_entities_are_refused(text, line, column, what, read_text):
    with pytest.raises(PackSyntaxError) as caught:
        read_text(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert what in caught.value.what


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE l><l><item content='a'/></l>",
        "<!DOCTYPE l PUBLIC \"-//A//B\" 'http://a/b.dtd'>\n<l><item content='a'/></l>",
        '<!DOCTYPE l [<!ELEMENT l ANY><!-- <!ENTITY a "b"> \' -->]><l><item content="a"/></l>',
        "<!DOCTYPE l><l><!-- &x; --><item><content><![CDATA[a]]></content></item></l>",
    ],
)
def test_a_harmless_document_type_is_read(text, read_text):
    assert [row.text for row in read_text(text).rows] == ["a"]


@pytest.mark.parametrize("depth", [257, 5_000, 200_000])
def test_deep_nesting_is_refused(depth, read_text):
    with pytest.raises(PackSyntaxError) as caught:
        read_text("<d>" * depth + "</d>" * depth)
    assert "嵌套太深" in caught.value.what


def test_a_deep_record_is_refused(read_text):
    with pytest.raises(PackSyntaxError) as caught:
        read_text("<l><item content='a'>" + "<d>" * 2_000 + "</d>" * 2_000 + "</item></l>")
    assert "嵌套太深" in caught.value.what


@given(data=st.data())
def test_a_file_that_is_cut_anywhere_is_refused_with_a_place(xml_files, read_text, data):
    text = data.draw(xml_files()).rstrip()
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.raises(PackSyntaxError) as caught:
        read_text(cut)
    assert caught.value.line is not None
    if cut.strip():
        fault = first_fault(cut)
        assert fault is not None
        assert 0 <= fault.offset <= len(cut)


@given(data=st.data())
def test_what_lxml_takes_has_no_fault(xml_files, data):
    assert first_fault(data.draw(xml_files())) is None


@given(st.text(alphabet="<>/=!?-[]&;#x1a \"'CDATA您\n", max_size=30))
def test_any_text_is_read_or_refused(read_text, text):
    with suppress(PackSyntaxError):
        read_text("<l>" + text + "</l>")
