"""What a CSV pack says: headers, dialects, ragged rows, groups, auto-replies, and clean refusals."""

import time

import pytest

from qnphrase.document.document import Document
from qnphrase.document.encoding import named_encoding
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.csv.pack import read
from qnphrase.formats.csv.pack import sniff
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"


def reading_of(text, label="utf-8"):
    return read(Document.of_bytes(named_encoding(label).whole(text), encoding=label, path="导出.csv"), ReadOptions())


def rows_of(text):
    return [(row.group, row.code, row.text) for row in reading_of(text).rows]


def extras_of(text):
    return [row.extra for row in reading_of(text).rows]


@pytest.mark.parametrize(
    ("header", "profile", "row"),
    [
        ("快捷短语编码,快捷短语,快捷短语分组", "qianniu", "c,t,g"),
        ("快捷编码,快捷短语,快捷短语分组", "qianniu-clone", "c,t,g"),
        ("登记日期,分组,快捷编码,快捷短语,是否加入团队", "shop-workbook", "2024-01-01,g,c,t,是"),
        ("话术分类,快捷编码,快捷内容", "shop-workbook", "g,c,t"),
        ("一级分类（必填）,二级分类（选填）,话术问题（选填）,话术内容（必填）", "kefubao", "g,,,t"),
        ("一级分类,二级分类,话术标题,话术内容", "kefubao", "g,,,t"),
        ("分类（10个字以内）,话术分组（10个字以内）,话术短标题,话术内容（1000字以内）", "known-names", "x,g,,t"),
        ("分类,类型,标题,内容", "known-names", "g,TEXT,,t"),
        ("快捷短语内容（必填）", "known-names", "t"),
        ("Code,TEXT,group", "known-names", "c,t,g"),
        (' 快捷短语 ,"快捷短语编码"', "known-names", "t,c"),
        ("\t快捷短语编码,\t快捷短语,\t快捷短语分组", "qianniu", "\tc,\tt,\tg"),
    ],
)
def test_known_headers(header, profile, row):
    reading = reading_of(f"{header}\r\n{row}\r\n")
    assert reading.columns.profile.name == profile
    assert reading.facts()["profile"] == profile
    assert reading.facts()["header_row"] == 1
    (found,) = reading.rows
    assert (found.text, found.code or "c", found.group or "g") == ("t", "c", "g")
    assert reading.carries.codes == (found.code != "")
    assert reading.carries.groups == (found.group != "")


@pytest.mark.parametrize("above", range(10))
def test_the_header_may_stand_below_titles(above):
    titles = [f"某某旗舰店快捷短语（第 {number} 版）,,\n" if number % 2 else "\n" for number in range(above)]
    reading = reading_of("".join(titles) + HEADER + "c,t,g\n")
    assert reading.dialect.header_row == above + 1
    assert [row.code for row in reading.rows] == ["c"]


def test_a_header_below_the_tenth_row_is_not_looked_for():
    with pytest.raises(PackSyntaxError, match="表头"):
        reading_of("标题\n" * 10 + HEADER)


def test_of_several_headers_the_first_counts():
    assert rows_of(HEADER + "内容,快捷短语,编码\n") == [("编码", "内容", "快捷短语")]


def test_the_header_decides_the_delimiter():
    assert rows_of("快捷短语编码\t快捷短语\t快捷短语分组\n\t快捷短语\t\n") == [("", "", "快捷短语")]
    assert rows_of("编码;内容;分组\nc;a,b;g\n") == [("g", "c", "a,b")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sep_line(delimiter):
    text = f"sep={delimiter}\r\n" + (HEADER + "c,t,g\r\n").replace(",", delimiter)
    reading = reading_of(text)
    assert (reading.delimiter, reading.dialect.sep_line, reading.dialect.header_row) == (delimiter, True, 1)
    assert [tuple(row[:3]) for row in reading.rows] == [("g", "c", "t")]
    assert rows_of(f"SEP={delimiter}\n" + "c,t,g\n".replace(",", delimiter)) == [("g", "c", "t")]


@pytest.mark.parametrize("label", ["utf-16-le", "utf-16-be", "gbk", "gb18030", "utf-8-sig", "utf-8"])
def test_excel_unicode_text(label):
    text = (HEADER + 'c,"t\n1",g\r\n').replace(",", "\t")
    reading = reading_of(text, label)
    assert reading.delimiter == "\t"
    assert reading.rows[0].text == "t\n1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_header(delimiter):
    reading = reading_of("hy,您好,售前\n\n,再见,\n".replace(",", delimiter))
    assert [tuple(row[:3]) for row in reading.rows] == [("售前", "hy", "您好"), ("", "", "再见")]
    (notice,) = reading.notices
    assert "没有表头" in notice.message
    assert notice.line == 1
    assert reading.facts()["header"] is None
    assert reading.facts()["profile"] == "positional"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("姓名,电话,地址\n张三,1,杭州\n", 1),
        ("\n\n问题,答案\na,b\n", 3),
        ("a,b,c,d\n", 1),
        ("您好\n", 1),
        ("订单编号,商品标题,收货人姓名\n1,2,3\n", 1),
    ],
)
def test_unknown_headers(text, line):
    with pytest.raises(PackSyntaxError, match="认不出表头") as caught:
        reading_of(text)
    assert (caught.value.line, caught.value.column) == (line, 1)
    assert caught.value.path == "导出.csv"
    assert "快捷短语编码,快捷短语,快捷短语分组" in caught.value.hint


@pytest.mark.parametrize("text", ["", "\r\n", " \n\t\n", "\ufeff", "sep=,\r\n"])
def test_empty_files(text):
    with pytest.raises(PackSyntaxError, match="空的") as caught:
        reading_of(text)
    assert "导出" in caught.value.hint


@pytest.mark.parametrize("text", [",,\n,,\n", "\t,\n" * 12 + HEADER, ",", '""\n'])
def test_rows_that_say_nothing_are_no_header(text):
    with pytest.raises(PackSyntaxError, match="认不出表头"):
        reading_of(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (HEADER + 'a,"b,c\r\nd,e,f\r\n', 2, 3),
        (HEADER + 'a,b,c\r\n您好,亲,"', 3, 6),
        (HEADER + 'a,"b\r\nb",c\rd,e,"f""\n', 4, 5),
        (HEADER + 'a,b,c\n"d', 3, 1),
        (HEADER + "a,b,c\n" * 20 + '"d', 22, 1),
        ('"快捷短语编码,快捷短语\r\na,b\r\n', 1, 1),
        ('a,b,c\n"d,e,f\n', 2, 1),
        ((HEADER + 'a,b,"c').replace(",", "\t"), 2, 5),
    ],
)
def test_open_quotes_are_told_where_they_open(text, line, column):
    with pytest.raises(PackSyntaxError, match="双引号") as caught:
        reading_of(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.hint


def test_only_a_header():
    reading = reading_of("标题\n" + HEADER)
    assert reading.book() == Phrasebook()
    assert [(notice.line, "只有表头" in notice.message) for notice in reading.notices] == [(2, True)]


def test_ragged_rows():
    reading = reading_of(HEADER + "a,b,c\nd\ne,f,g,h,i\n\nj,k\n,,,,,\n")
    assert [tuple(row[:3]) for row in reading.rows] == [("c", "a", "b"), ("", "d", ""), ("g", "e", "f"), ("", "j", "k")]
    assert [row.extra for row in reading.rows] == [{}, {}, {"列4": "h", "列5": "i"}, {}]
    (notice,) = reading.notices
    assert "3 行" in notice.message
    assert notice.line == 3


def test_a_row_of_very_many_cells_is_refused():
    with pytest.raises(PackSyntaxError, match="格") as caught:
        reading_of(HEADER + "a,b,c\n" + "x," * 300 + "\n")
    assert caught.value.line == 3
    with pytest.raises(PackSyntaxError, match="表头"):
        reading_of("快捷短语,编码" + "," * 100_000 + "\n")


def test_names_of_other_columns_are_told_apart():
    header = "快捷短语编码,快捷短语,备注,, 备注 ,快捷短语,备注#2,列8+,列8\n"
    values = ",".join("abcdefghijk")
    assert extras_of(header + values + "\n") == [
        {
            "备注": "c",
            "列4": "d",
            "备注#2": "e",
            "快捷短语#2": "f",
            "备注#2#2": "g",
            "列8+": "h",
            "列8": "i",
            "列10": "j",
            "列11": "k",
        }
    ]
    assert extras_of("快捷短语,编码,列5,列5+\na,b,c,d,e\n") == [{"列5": "c", "列5+": "d", "列5++": "e"}]


def test_extra_columns_have_room_and_field_columns_have_not():
    carries = reading_of("快捷短语,编码,备注\na,b,c\n").carries
    assert {"备注", "列4", "列256"} <= carries.extras
    assert not {"快捷短语", "编码", "列257"} & carries.extras
    assert (carries.codes, carries.groups) == (True, False)


def test_groups_are_carried_down_in_the_shop_workbook_only():
    rows = "1,售前,a,您好,是\n2,,b,在的,是\n,,,,\n3,售后,c,退款,否\n4,,d,换货,否\n"
    header = "登记日期,分组,快捷编码,快捷短语,是否加入团队\n"
    assert [group for group, _code, _text in rows_of(header + rows)] == ["售前", "售前", "售后", "售后"]
    assert [group for group, _code, _text in rows_of("日期,分组,快捷编码,快捷短语,团队\n" + rows)] == [
        "售前",
        "",
        "售后",
        "",
    ]
    assert [group for group, _code, _text in rows_of(header + "0,,x,y,\n" + rows)][:2] == ["", "售前"]
    assert extras_of(header + rows)[0] == {"登记日期": "1", "是否加入团队": "是"}


def test_groups():
    book = reading_of(HEADER + "a,b,G\n,,空的\nc,d,\ne,f,H\ng,h,G\n").book()
    assert [group.name for group in book.groups] == ["G", "空的", "H"]
    assert book.groups[0].phrases == (Phrase(code="a", text="b"), Phrase(code="g", text="h"))
    assert book.groups[1] == Group(name="空的")
    assert book.phrases == (Phrase(code="c", text="d"),)
    counts = reading_of(HEADER + "a,b,G\n,,空的\nc,d,\ne,f,H\ng,h,G\n").counts()
    assert counts == {"phrases": 4, "groups": 3, "ungrouped": 1, "auto_replies": 0}


def test_auto_replies():
    lines = (
        "hy,您好,售前",
        "首次→hy,您好,自动回复",
        "停用-忙碌,稍等,自动回复",
        "超30人,排队,自动回复",
        "超30人-2,排队中,自动回复",
        "离开-2,看着像,自动回复",
        "闲聊,是短语,自动回复",
    )
    book = reading_of(HEADER + "\r\n".join(lines)).book()
    assert book.auto_replies == (
        AutoReply(when="first_message", phrase="hy"),
        AutoReply(when="busy", text="稍等", enabled=False),
        AutoReply(when="contacts_over", threshold=30, text="排队"),
        AutoReply(when="contacts_over", threshold=30, text="排队中"),
    )
    assert [phrase.code for phrase in book.groups[1].phrases] == ["离开-2", "闲聊"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r", "\n\n", "\n,,\n", "\n,,"])
def test_the_end_of_the_file(end):
    assert rows_of(f"{HEADER}a,b,c{end}") == [("c", "a", "b")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline):
    text = HEADER.replace("\r\n", newline) + f'a,"b{newline}B",c{newline}d,e,f{newline}'
    assert rows_of(text) == [("c", "a", "b\nB"), ("f", "d", "e")]
    names = {"\n": "lf", "\r\n": "crlf", "\r": "cr"}
    facts = reading_of(text).facts()
    assert (facts["newline"], facts["newline_in_cells"]) == (names[newline], names[newline])


def test_line_breaks_of_other_kinds_stay_in_the_cell():
    assert rows_of(HEADER + "a,b\u2028c\x85d\x0be\x0cf,g\n") == [("g", "a", "b\u2028c\x85d\x0be\x0cf")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a&#13;b", "a\nb"),
        ("a&#44;b", "a,b"),
        ('"\t001"', "001"),
        ("\t001", "001"),
        ('"a\rb"', "a\nb"),
        ('"a""b"', 'a"b'),
        ('"a,b&#44;"', "a,b,"),
        ('"a\r\nb"x', "a\nbx"),
        ('a"b', 'a"b'),
        ('"&lt;"', "&lt;"),
    ],
)
def test_cells(cell, value):
    assert rows_of(f"{HEADER}c,{cell},g\n") == [("g", "c", value)]
    assert rows_of(f"编码,内容,分组,备注\nc,{cell},g,{cell}\n") == [("g", "c", value)]


@pytest.mark.parametrize(
    ("lines", "quoting", "guard", "escapes"),
    [
        ("a,b,c\n", "none", False, False),
        ('"a","b","c"\n', "all", False, False),
        ('a,"b,b",c\n', "minimal", False, False),
        ('a,"b",c\n', "mixed", False, False),
        ('"\ta","\tb","\tc"\n', "all", True, False),
        ("a,b&#13;b,c\n", "none", False, True),
    ],
)
def test_facts_of_habits(lines, quoting, guard, escapes):
    facts = reading_of(HEADER + lines).facts()
    assert (facts["guard"], facts["escapes"]) == (guard, escapes)
    if quoting != "none":
        assert facts["quoting"] == quoting


def test_places():
    reading = reading_of(HEADER + 'c,"\t一""二&#13;三",g\r\n,再见\r\n')
    text = reading.document.text
    assert reading.entry(0).of(text) == 'c,"\t一""二&#13;三",g'
    assert reading.locate(0, "text", 0, 5).of(text) == '一""二&#13;三'
    assert reading.locate(0, "text", 2, 3).of(text) == "二"
    assert reading.locate(0, "code", 0, 1).of(text) == "c"
    assert reading.locate(0, "group", 0, 1).of(text) == "g"
    assert reading.locate(1, "text", 1, 2).of(text) == "见"
    assert reading.locate(1, "code", 0, 0).of(text) == ""
    assert reading.locate(1, "group", 0, 0).start == len(text) - 2
    assert [(subject.kind, subject.code, subject.place) for subject in reading.subjects()] == [
        ("phrase", "c", 0),
        ("phrase", "", 1),
    ]


def test_sniff():
    assert sniff("a,b")
    assert sniff("")
    assert not sniff("  <?xml ?>")


def test_undecodable_bytes_are_read():
    document = Document.of_bytes(HEADER.encode("gbk") + b"a,\xff\xff,b\r\n")
    assert read(document, ReadOptions()).rows[0].text == "\udcff\udcff"


@pytest.mark.parametrize("kind", ["plain", "quoted", "ragged", "wide", "blank", "escaped", "sparse"])
def test_growth(kind, growth_of):
    line = {
        "plain": "hy,您好亲,售前\r\n",
        "quoted": '"hy","您好""亲""\n","售前"\r\n',
        "ragged": '"hy","您好亲"\r\n',
        "wide": "hy,您好亲,售前,1,2,3,4\r\n",
        "blank": ",,\r\n",
        "escaped": "hy,您好&#13;亲,售前\r\n",
        "sparse": ",x\r\n",
    }[kind]
    header = "快捷短语编码,快捷短语,快捷短语分组" + (",备注" * 30 if kind == "ragged" else "") + "\r\n"

    def seconds(size):
        document = Document.of_bytes((header + line * size).encode())
        began = time.process_time()
        read(document, ReadOptions())
        return time.process_time() - began

    assert growth_of(seconds, 4_000) < 40  # ten times the size; quadratic work would take a hundred times as long
