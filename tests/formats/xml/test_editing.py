"""What is written where: the text of the file after an edit, to the letter."""

# ruff: noqa: E501, ISC004 - tables of files are read by the line

from __future__ import annotations

import pytest

from qnphrase.errors import UnrepresentableError
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows


@pytest.fixture
def edited(read_text):
    def edit(text, rows, mapping=None):
        reading = read_text(text, mapping)
        new = reading.document.edited(reading.edits(book_of_rows(rows))).text
        assert read_text(new, mapping).book() == book_of_rows(rows)
        return new

    return edit


@pytest.mark.parametrize(
    ("old", "rows", "new"),
    [
        # CDATA stays CDATA, whitespace and comments around it stay
        ("<l><item><content>\n<![CDATA[a<b]]>\n</content></item></l>", [Row("", "", "\nc&d\n")],
         "<l><item><content>\n<![CDATA[c&d]]>\n</content></item></l>"),
        ("<l><item><content>\n<![CDATA[a]]>\n</content></item></l>", [Row("", "", "c")],
         "<l><item><content><![CDATA[c]]></content></item></l>"),
        ("<l><item><content><![CDATA[a]]></content></item></l>", [Row("", "", "x]]>y")],
         "<l><item><content><![CDATA[x]]]]><![CDATA[>y]]></content></item></l>"),
        ("<l><item><content>a<!-- n -->b</content></item></l>", [Row("", "", "ac")],
         "<l><item><content>a<!-- n -->c</content></item></l>"),
        ("<l><item><content>a<b>c</b>d</content></item></l>", [Row("", "", "new")],
         "<l><item><content>new<b></b></content></item></l>"),
        # quotes, and <a/> against <a></a>
        ("<l><item content='a' code=''/></l>", [Row("", "h'\"y", "a\nb\tc")],
         "<l><item content='a&#10;b&#9;c' code='h&apos;\"y'/></l>"),
        ("<l><item><code /><content>a</content></item></l>", [Row("", "hy", "a")],
         "<l><item><code>hy</code><content>a</content></item></l>"),
        ("<l><item><code>hy</code><content>a</content></item></l>", [Row("", "", "a")],
         "<l><item><code></code><content>a</content></item></l>"),
        ('<l><entry key="hy"/><entry key="th">b</entry></l>', [Row("", "hy", "a"), Row("", "th", "b")],
         '<l><entry key="hy">a</entry><entry key="th">b</entry></l>'),
        # a field that the record doesn't have yet
        ('<l><item content="a" id="1"/><item code="c" content="b"/></l>', [Row("", "hy", "a", {"id": "1"}), Row("", "c", "b")],
         '<l><item content="a" code="hy" id="1"/><item code="c" content="b"/></l>'),
        ("<l>\n <item>\n  <content>a</content>\n </item>\n <item><content>b</content><code>c</code></item>\n</l>",
         [Row("", "hy", "a"), Row("", "c", "b")],
         "<l>\n <item>\n  <content>a</content>\n  <code>hy</code>\n </item>\n <item><content>b</content><code>c</code></item>\n</l>"),
        ("<l><item><content>a</content><extra name='x'>1</extra></item></l>", [Row("", "", "a", {"x": "1", "新": "2"})],
         "<l><item><content>a</content><extra name=\"新\">2</extra><extra name='x'>1</extra></item></l>"),
        # line ends as the file has them
        ("<l>\r\n<item><content>a</content></item>\r\n</l>", [Row("", "", "a\nb")],
         "<l>\r\n<item><content>a\r\nb</content></item>\r\n</l>"),
        ("<l>\n<item><content>a&#13;&#10;b</content></item></l>", [Row("", "", "a\nc")],
         "<l>\n<item><content>a&#13;&#10;c</content></item></l>"),
        # a new record takes after its neighbour, without what is only the neighbour's
        ('<l>\n\t<item id="1" content="a" group="g" img=""><!-- x --><big><i/></big></item>\n</l>',
         [Row("g", "", "a", {"id": "1"}), Row("g", "", "b")],
         '<l>\n\t<item id="1" content="a" group="g" img=""><!-- x --><big><i/></big></item>\n'
         '\t<item content="b" group="g" img=""></item>\n</l>'),
        # a record that moves is the same text elsewhere
        ("<l>\n<item n='1' content='a'/>\n<!-- c -->\n<item  content='b' />\n<item content='c'/></l>",
         [Row("", "", "b"), Row("", "", "c"), Row("", "", "a", {"n": "1"})],
         "<l>\n<!-- c -->\n<item  content='b' />\n<item content='c'/>\n<item n='1' content='a'/></l>"),
        # a flat file's empty group
        ('<l>\n<item content="a" group="g"/>\n</l>', [Row("g", "", "a"), Row("空", "", "")],
         '<l>\n<item content="a" group="g"/>\n<item content="" group="空"/>\n</l>'),
        # nested: a new group takes after another one
        ('<l>\n  <group id="7" name="a">\n    <item content="1"/>\n  </group>\n</l>',
         [Row("a", "", "1"), Row("b", "", "2"), Row("空", "", ""), Row("", "", "散")],
         '<l>\n  <group id="7" name="a">\n    <item content="1"/>\n  </group>\n  <group name="b">\n    <item content="2"/>\n  </group>\n'
         '  <group name="空"/>\n  <item content="散"/>\n</l>'),
        ("<l>\n <folder>\n  <name>a</name>\n  <ps>\n   <item><content>1</content></item>\n  </ps>\n </folder>\n</l>",
         [Row("b<", "", "2"), Row("a", "", "1")],
         "<l>\n <folder>\n  <name>b&lt;</name>\n  <ps>\n   <item><content>2</content></item>\n  </ps>\n </folder>\n"
         " <folder>\n  <name>a</name>\n  <ps>\n   <item><content>1</content></item>\n  </ps>\n </folder>\n</l>"),
        # a group moves as a whole, with all that is in it
        ('<l>\n<group name="a"><x><y/></x><item content="1"/></group>\n<group name="b"><item content="2"/><item content="3"/></group>\n</l>',
         [Row("b", "", "2"), Row("b", "", "3"), Row("a", "", "1")],
         '<l>\n<group name="b"><item content="2"/><item content="3"/></group>\n<group name="a"><x><y/></x><item content="1"/></group>\n</l>'),
        # a group is opened for its first phrase
        ('<l>\n  <group name="a"/>\n  <group name="b">\n    <item content="1"/>\n  </group>\n</l>',
         [Row("a", "", "0"), Row("b", "", "1")],
         '<l>\n  <group name="a">\n    <item content="0"/>\n  </group>\n  <group name="b">\n    <item content="1"/>\n  </group>\n</l>'),
        # a group goes with its comments and plain values; where more would be lost, it loses its name only
        ('<l><group name="a"><!-- x --><sort>1</sort><item content="1"/></group><item content="2"/></l>', [Row("", "", "2")],
         '<l><item content="2"/></l>'),
        ('<l><group name="a"><auth><user id="1"/></auth><item content="1"/></group><item content="2"/></l>', [Row("", "", "2")],
         '<l><group name=""><auth><user id="1"/></auth></group><item content="2"/></l>'),
        # nothing there yet
        ("<qnphrase version='1'/>\n", [Row("g", "hy", "a")],
         "<qnphrase version='1'>\n  <group name=\"g\">\n    <phrase><code>hy</code><text>a</text></phrase>\n  </group>\n</qnphrase>\n"),
        ("<root><phrases/></root>", [Row("", "", "a")],
         "<root><phrases><phrase><code></code><text>a</text></phrase></phrases></root>"),
    ],
)  # fmt: skip
def test_to_the_letter(old, rows, new, edited):
    assert edited(old, rows) == new


def test_a_rename_touches_the_name_only(edited):
    old = "<l><group  name = '售前' ><item content='1'/><item content='2'/></group></l>"
    assert edited(old, [Row("接待", "", "1"), Row("接待", "", "2"), Row("接待", "", "3")]) == (
        "<l><group  name = '接待' ><item content='1'/><item content='2'/><item content='3'/></group></l>"
    )


def test_the_auto_replies_get_a_group(edited):
    old = '<l>\n<group name="a"><item code="x" content="1"/></group>\n<item code="" content="散"/>\n</l>'
    rows = [Row("a", "x", "1"), Row("", "", "散"), Row("自动回复", "忙碌", "忙")]
    assert edited(old, rows) == (
        '<l>\n<group name="a"><item code="x" content="1"/></group>\n<group name="自动回复"><item code="忙碌" content="忙"/></group>\n'
        '<item code="" content="散"/>\n</l>'
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<l><item content="好"/></l>', '<l><item content="好&#128512;&#8364;"/></l>'),
        ("<l><item><content>好</content></item></l>", "<l><item><content>好&#128512;&#8364;</content></item></l>"),
        ("<l><item><content><![CDATA[好]]></content></item></l>",
         "<l><item><content><![CDATA[好]]>&#128512;<![CDATA[]]>&#8364;<![CDATA[]]></content></item></l>"),
    ],
)  # fmt: skip
def test_what_gbk_lacks_is_a_reference(old, new, read_text):
    reading = read_text(old, encoding="gbk")
    document = reading.document.edited(reading.edits(book_of_rows([Row("", "", "好😀€")])))
    assert document.text == new
    assert document.data == new.encode("gbk")
    assert read_text(document.data, encoding="gbk").rows == [Row("", "", "好😀€")]


def test_undecodable_bytes_survive_a_move_and_can_be_cleared(read_text):
    data = b'<l>\n<item content="a\xff\xfeb"/>\n<item content="c"/>\n<item content="d"/>\n</l>'
    reading = read_text(data)
    rows = [reading.rows[1], reading.rows[2], reading.rows[0]]
    moved = reading.document.edited(reading.edits(book_of_rows(rows)))
    assert moved.data == b'<l>\n<item content="c"/>\n<item content="d"/>\n<item content="a\xff\xfeb"/>\n</l>'
    rows[2] = Row("", "", "ab")
    cleared = reading.document.edited(reading.edits(book_of_rows(rows)))
    assert cleared.data == moved.data.replace(b"\xff\xfe", b"")


@pytest.mark.parametrize(
    "text",
    [
        '<l><item code="1" content="a" group="g"/></l>',
        '<l><group name="g"><item code="1" content="a"/></group></l>',
        "<l><group name='g'><item code='1'><content><![CDATA[a]]></content></item></group></l>",
    ],
)
def test_what_xml_lacks_is_named_for_every_phrase(text, read_text):
    reading = read_text(text)
    rows = [Row("g", "1", "a\x01"), Row("g", "\x02", "\x03\x03"), Row("h\x04", "", "ok"), Row("g", "", "half \udc80")]
    with pytest.raises(UnrepresentableError) as caught:
        reading.edits(book_of_rows(rows))
    assert {one.characters for one in caught.value.phrases} >= {"\x01", "\x02\x03", "\x04", "\udc80"}
    assert caught.value.path == "x.xml"


@pytest.mark.parametrize(
    ("text", "row", "why"),
    [
        ('<l><item content="a"/></l>', Row("", "hy", "a"), "没有编码"),
        ('<l><item content="a"/></l>', Row("g", "", "a"), "没有分组"),
        ('<l><item content="a" n="1"/></l>', Row("", "", "a", {"m": "1"}), "没有“m”"),
        ('<r><row><field name="code">1</field><field name="content">a</field></row></r>', Row("", "1", "a", {"x": "2"}), "没有“x”"),
        ('<group name="g"><item content="a"/></group>', Row("", "", "b"), "放不下没有分组的短语"),
    ],
)  # fmt: skip
def test_what_the_file_has_no_room_for_is_refused(text, row, why, read_text):
    reading = read_text(text)
    with pytest.raises(UnrepresentableError) as caught:
        reading.edits(book_of_rows([*reading.rows, row]))
    assert any(why in one.why for one in caught.value.phrases)


@pytest.mark.parametrize("codec", ["gbk", "utf-16-le", "utf-8", "gb18030"])
def test_bytes_outside_of_the_edit_are_the_same(codec, read_text):
    text = "<l>\r\n<!-- 售前 -->\r\n<item code='hy' content='您好'/>\r\n<item code='th' content='可以退'></item>\r</l>"
    reading = read_text(text.encode(codec), encoding=codec)
    rows = [reading.rows[0], reading.rows[1]._replace(text="不可以退")]
    new = reading.document.edited(reading.edits(book_of_rows(rows)))
    assert new.data == text.replace("可以退", "不可以退").encode(codec)
