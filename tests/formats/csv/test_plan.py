"""Where edits go and how new cells look, case by case; the laws hold for all files."""

import time

import pytest

from qnphrase.document.document import Document
from qnphrase.document.span import splice
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Style
from qnphrase.formats.csv import pack
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import book_of_rows
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

HEADER = "快捷短语编码,快捷短语,快捷短语分组\n"
WORKBOOK = "登记日期,分组,快捷编码,快捷短语,是否加入团队\n"


def edited(text, rows):
    """Return `text` edited to hold the book of `rows`."""
    reading = pack.read(Document.of_bytes(text.encode()), ReadOptions())
    book = book_of_rows(rows)
    new = splice(text, reading.edits(book))
    assert pack.read(Document.of_bytes(new.encode()), ReadOptions()).book() == book
    return new


def rows_of(text):
    return list(pack.read(Document.of_bytes(text.encode()), ReadOptions()).rows)


def with_cell(text, at, /, **fields):
    rows = rows_of(text)
    return edited(text, [*rows[:at], rows[at]._replace(**fields), *rows[at + 1 :]])


@pytest.mark.parametrize(
    ("cell", "text", "new"),
    [
        ("a", "b", "b"),
        ("a", "b,c", '"b,c"'),
        ('"a,b"', "b", "b"),
        ('"a"', "b", '"b"'),
        ('"\ta"', "b", '"\tb"'),
        ("\ta", "b", "\tb"),
        ('"\t\ta"', "b", '"b"'),
        ("a&#13;b", "a\nb,c", "a&#13;b&#44;c"),
        ('"a\rb"', "a\nb\nc", '"a\rb\rc"'),
        ('"a\r\nb"', "a\nb\nc", '"a\r\nb\r\nc"'),
        ("a", "\tb", "\t\tb"),
        ('a"b', "c", "c"),
    ],
)
def test_a_changed_cell_keeps_its_habits(cell, text, new):
    assert with_cell(f"{HEADER}h,{cell},g\n", 0, text=text) == f"{HEADER}h,{new},g\n"


def test_a_new_cell_is_written_like_its_neighbours():
    text = HEADER + 'a,"一",g\nb,"二",g\nc,三,g\n'
    rows = rows_of(text)
    new = Row("g", "n", "新")
    assert edited(text, [rows[0], new, *rows[1:]]) == HEADER + 'a,"一",g\nn,"新",g\nb,"二",g\nc,三,g\n'
    assert edited(text, [*rows, new]) == text + 'n,"新",g\n'


@pytest.mark.parametrize(("blank", "wanted"), [("", ""), ('""', '""'), ('"\t"', '"\t"')])
def test_a_blank_cell_is_written_like_other_blanks(blank, wanted):
    text = HEADER + f'"a","一",{blank}\n"b","二","g"\n'
    assert with_cell(text, 1, group="") == HEADER + f'"a","一",{blank}\n"b","二",{wanted}\n'


def test_where_a_column_is_blank_the_rest_of_the_row_tells():
    assert with_cell(HEADER + ',"一",\n', 0, code="a") == HEADER + '"a","一",\n'
    quoted = HEADER.replace("快捷", '"快捷').replace(",", '",').replace("\n", '"\n')
    assert edited(quoted, [Row("g", "a", "一")]) == quoted + '"a","一","g"\n'


def test_missing_cells_are_appended():
    assert with_cell(HEADER + "a,一\n", 0, group="g") == HEADER + "a,一,g\n"
    assert with_cell(HEADER + "a,一", 0, group="g") == HEADER + "a,一,g"
    assert with_cell(HEADER + "a,一,g\n", 0, extra={"列5": "x"}) == HEADER + "a,一,g,,x\n"


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_end_of_the_file_stays_as_it_is(end):
    text = HEADER + "a,一,g\nb,二,g" + end
    rows = rows_of(text)
    assert edited(text, [*rows, Row("g", "c", "三")]) == HEADER + "a,一,g\nb,二,g\nc,三,g" + end
    assert edited(text, rows[:1]) == HEADER + "a,一,g" + end
    assert edited(text, [rows[1], rows[0]]) == HEADER + "b,二,g\na,一,g" + end
    assert edited(text, [rows[0], Row("h", "c", "三")]) == HEADER + "a,一,g\nc,三,h" + end
    assert edited(text, []) == HEADER.removesuffix("\n") + end
    assert with_cell(text, 1, group="") == HEADER + "a,一,g\nb,二," + end


def test_clearing_the_last_cell_of_an_open_file_and_appending_a_row():
    text = HEADER + "a,一,g\nb,二,g"
    rows = rows_of(text)
    assert edited(text, [rows[0], Row("", "b", "二"), Row("", "c", "三")]) == HEADER + "a,一,g\nb,二,\nc,三,"


def test_filling_the_last_cell_of_an_open_file_and_appending_a_row():
    text = HEADER + "a,一,"
    assert edited(text, [Row("g", "a", "一"), Row("g", "b", "二")]) == HEADER + "a,一,g\nb,二,g"


def test_filling_the_first_cell_of_a_row_and_inserting_one_before_it():
    text = HEADER + "a,一,g\n,二,h\n"
    rows = [Row("g", "a", "一"), Row("h", "n", "新"), Row("h", "b", "二")]
    assert edited(text, rows) == HEADER + "a,一,g\nn,新,h\nb,二,h\n"


def test_mixed_line_ends():
    text = HEADER + "a,一,g\r\nb,二,g\rc,三,g\n"
    rows = rows_of(text)
    assert edited(text, [*rows[:2], Row("g", "n", "新"), rows[2]]) == (HEADER + "a,一,g\r\nb,二,g\rn,新,g\rc,三,g\n")


def test_a_moved_row_keeps_its_bytes():
    text = HEADER + 'a,一,g\n"b" ,二,g,多\nc,三,h\n'
    rows = rows_of(text)
    assert edited(text, [rows[0], rows[2], rows[1]._replace(group="h")]) == HEADER + 'a,一,g\nc,三,h\n"b" ,二,h,多\n'


def test_carried_groups_stay_blank_where_they_can():
    text = WORKBOOK + "1,售前,a,一,\n2,,b,二,\n3,售后,c,三,\n"
    rows = rows_of(text)
    new = Row("售前", "n", "新")
    assert edited(text, [rows[0], new, *rows[1:]]) == WORKBOOK + "1,售前,a,一,\n,,n,新,\n2,,b,二,\n3,售后,c,三,\n"
    assert edited(text, rows[1:]) == WORKBOOK + "2,售前,b,二,\n3,售后,c,三,\n"
    assert with_cell(text, 1, group="售后") == WORKBOOK + "1,售前,a,一,\n2,售后,b,二,\n3,售后,c,三,\n"


def test_an_empty_group_is_written_even_below_its_auto_replies():
    """A declaration that left its group to be carried down would be a blank record, and be lost."""
    text = f"{WORKBOOK},{AUTO_REPLY_GROUP},,一,\n,,首次,二,\n"
    new = edited(text, [Row(AUTO_REPLY_GROUP, "首次", "二"), Row(AUTO_REPLY_GROUP, "", "")])
    assert new.count(AUTO_REPLY_GROUP) == 2


def test_ungrouped_phrases_have_no_place_where_groups_are_carried_down():
    text = WORKBOOK + "1,售前,a,一,\n"
    with pytest.raises(UnrepresentableError, match="没有分组") as caught:
        edited(text, [*rows_of(text), Row("", "n", "新")])
    assert [phrase.code for phrase in caught.value.phrases] == ["n"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [Row("分组", "编码", "内容"), Row("g", "a", "一")],
        [Row("g", "a", "一", {"列4": "x"})],
        [Row("分组名称", "编码表", "一")],
    ],
)
def test_a_file_without_a_header_gets_none_by_accident(rows):
    with pytest.raises(UnrepresentableError, match="表头") as caught:
        edited("a,一,g\n", rows)
    assert "快捷短语编码" in caught.value.hint


def test_a_file_without_a_header_can_be_edited():
    assert edited("a,一,g\n", [Row("g", "a", "一"), Row("h", "b", "二,三")]) == 'a,一,g\nb,"二,三",h\n'


@pytest.mark.parametrize("row", [Row("g", "a", "x&#13;y"), Row("g", "&#44;", "x"), Row("&#10;", "a", "x")])
def test_literal_escapes_are_refused(row):
    for rows in ([row], [Row("g", "a", "一"), row]):
        with pytest.raises(UnrepresentableError, match="CSV") as caught:
            edited(HEADER + "a,一,g\n", rows)
        assert [phrase.code for phrase in caught.value.phrases] == [row.code]
        assert "&#13;" in str(caught.value)
    with pytest.raises(UnrepresentableError, match="CSV") as caught:
        pack.new(book_of_rows([row, Row("g", "b", "&#10;")]), Style())
    assert len(caught.value.phrases) == 2


def test_literal_escapes_that_stand_there_already_do_no_harm():
    text = HEADER + "a,x&#13;y,g\nb,二,g\n"
    assert with_cell(text, 1, text="三") == HEADER + "a,x&#13;y,g\nb,三,g\n"


BOOK = Phrasebook(
    phrases=(Phrase(code="007", text="散"),),
    groups=(
        Group(name="售前", phrases=(Phrase(code="hy", text='您好,"亲"\n欢迎', extra={"备注": "一", "日,期": "二"}),)),
        Group(name="空"),
    ),
    auto_replies=(AutoReply(when="busy", text="稍等", enabled=False),),
)


@pytest.mark.parametrize("guard", [True, False])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_a_new_pack_holds_its_book(guard, newline):
    text = pack.new(BOOK, Style(newline=newline, guard=guard))
    assert pack.read(Document.of_bytes(text.encode()), ReadOptions()).book() == BOOK
    assert text.startswith(f'快捷短语编码,快捷短语,快捷短语分组,备注,"日,期"{newline}')
    assert ('"\t007"' in text) == guard


def test_how_a_new_pack_looks():
    book = BOOK.model_copy(update={"groups": BOOK.groups[1:]})
    assert pack.new(book, Style()) == (
        "快捷短语编码,快捷短语,快捷短语分组\r\n,,空\r\n停用-忙碌,稍等,自动回复\r\n007,散,\r\n"
    )
    assert pack.room().extras is None


@pytest.mark.parametrize("kind", ["one text", "all texts", "blank column", "all new", "all gone", "reversed"])
def test_growth(kind, growth_of):
    def seconds(size):
        rows = [Row(f"g{index // 9}", "", f"短语{index}") for index in range(size)]
        text = HEADER + "".join(f",{row.text},{row.group}\n" for row in rows)
        if kind == "all new":
            text = HEADER
        new = {
            "one text": [*rows[:50], Row(rows[50].group, "", "新"), *rows[51:]],
            "all texts": [row._replace(text=row.text + "！") for row in rows],
            "blank column": [row._replace(code="c") for row in rows],
            "all new": rows,
            "all gone": [],
            "reversed": rows[::-1],
        }[kind]
        reading = pack.read(Document.of_bytes(text.encode()), ReadOptions())
        book = book_of_rows(new)
        began = time.process_time()
        reading.document.edited(reading.edits(book))
        return time.process_time() - began

    assert growth_of(seconds, 1_000) < 40  # ten times the size; quadratic work would take a hundred times as long
