"""What you did not edit comes back byte for byte, what you did edit changes only there: for any CSV file, any edit."""

from dataclasses import dataclass
from dataclasses import replace

from hypothesis import assume
from hypothesis import event
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.document.encoding import named_encoding
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.csv.lexer import record_at
from qnphrase.formats.csv.pack import read
from qnphrase.formats.rows import Kind
from qnphrase.formats.rows import book_of_rows
from qnphrase.formats.rows import kinds_of
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

R = AUTO_REPLY_GROUP
TEXTS = (
    "a",
    "亲",
    "您好，亲/:^_^",
    "a,b;c",
    '说"好"',
    "一行\n二行",
    "\n",
    "\t缩进",
    "007",
    "=1+1",
    " ",
    "a\tb",
    '"',
    "'",
    "x",
    "y",
)
CODES = ("", "a", "hy", "001", "1,2", "首次", "忙碌", "停用-忙碌", "首次-2", "超30人", "离开→hy", "编码")
NAMES = ("售前", "售后", "a,b", '"', "组\n名", "G")
GROUPS = ("", "", *NAMES, R, R)
HEADERS = (
    ("code:快捷短语编码", "text:快捷短语", "group:快捷短语分组"),
    ("code:快捷编码", "text:快捷短语", "group:快捷短语分组"),
    ("text:快捷短语内容（必填）", "备注", "group:分组", "code:编码"),
    ("", "group:一级分类", "备注", "code:编码", "text:话术内容", "备注"),
    ("code:code", "text:text", "group:group", "日期"),
)
SHOP_WORKBOOK = ("登记日期", "group:分组", "code:快捷编码", "text:快捷短语", "是否加入团队")
POSITIONAL = ("code:", "text:", "group:")
TITLES = ("千牛导出", "", "导出时间：\t2024", '"标题，带引号"')


@dataclass(frozen=True)
class Style:
    """How a file is written; `quoting` is drawn anew for each cell where it is `mixed`."""

    delimiter: str
    newlines: tuple[str, ...]
    quoting: str
    escaped: bool

    def cell(self, value, quoting):
        raw = value
        if self.escaped and "&" not in value:
            raw = raw.replace("\n", "&#13;").replace(",", "&#44;")
        raw = raw.replace("\n", self.newlines[0])
        if quoting == "guarded" or raw.startswith("\t"):
            raw = "\t" + raw
        if quoting in ("all", "guarded") or any(sign in raw for sign in (self.delimiter, '"', "\r", "\n")):
            raw = '"' + raw.replace('"', '""') + '"'
        return raw


@dataclass(frozen=True)
class File:
    reading: object
    style: Style
    label: str
    preamble: int  # records above the rows


def read_bytes(data, label):
    return read(Document.of_bytes(data, encoding=label), ReadOptions())


@st.composite
def files(draw, *, uniform=False, headers=(*HEADERS, SHOP_WORKBOOK, POSITIONAL), replies=True):
    delimiter = draw(st.sampled_from([",", ",", "\t", ";"]))
    newlines = ("\n", "\r\n", "\r")
    newlines = (
        (draw(st.sampled_from(newlines)),) if uniform else draw(st.permutations(newlines))[: draw(st.integers(1, 3))]
    )
    quoting = draw(
        st.sampled_from(["all", "minimal", "guarded"] if uniform else ["all", "minimal", "guarded", "mixed"])
    )
    style = Style(delimiter, tuple(newlines), quoting, escaped=not uniform and draw(st.booleans()))
    columns = draw(st.sampled_from(headers))
    records = []
    if columns is not POSITIONAL:
        if not uniform:
            records += draw(st.lists(st.sampled_from(TITLES), max_size=2))
            if draw(st.integers(0, 3)) == 0:
                records.insert(0, f"sep={delimiter}")
        records.append(delimiter.join(style.cell(name.partition(":")[2] or name, quoting) for name in columns))
    preamble = len(records)
    for _ in range(draw(st.integers(columns is POSITIONAL, 7))):
        records.append(draw(rows(style, columns, uniform=uniform, replies=replies)))
    ends = (
        [draw(st.sampled_from(style.newlines)) for _ in records]
        if len(style.newlines) > 1
        else [newlines[0]] * len(records)
    )
    if draw(st.booleans()):
        ends[-1] = ""
    label = draw(st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16-le", "utf-16-be", "cp936"]))
    text = "".join(record + end for record, end in zip(records, ends, strict=True))
    document = Document.of_text(text, named_encoding(label))
    return File(read(document, ReadOptions()), style, label, preamble)


@st.composite
def rows(draw, style, columns, *, uniform, replies):
    group = draw(st.sampled_from(GROUPS if replies else ("", *NAMES)))
    code = draw(st.sampled_from(CODES if replies else CODES[:5]))
    said = {"group": group, "code": code, "text": draw(st.sampled_from(TEXTS))}
    if columns is POSITIONAL:
        said["text"] += "亲"  # never a header
    kind = draw(st.integers(0, 9))
    if kind == 0 and (group or columns is not POSITIONAL):
        said.update(code="", text="")
    values = [said.get(name.partition(":")[0], draw(st.sampled_from(["", "是"])) if kind else "") for name in columns]
    quoting = ["mixed"] * len(values) if style.quoting == "mixed" else [style.quoting] * len(values)
    quoting = [draw(st.sampled_from(["all", "minimal", "guarded"])) if each == "mixed" else each for each in quoting]
    cells = [style.cell(value, each) for value, each in zip(values, quoting, strict=True)]
    if not uniform and columns is not POSITIONAL and kind > 7:
        cells = [*cells, "多"] if kind == 8 else cells[: draw(st.integers(1, len(cells)))]
    return style.delimiter.join(cells)


class Draft:
    """A book that can be changed in place."""

    def __init__(self, book, names):
        self.groups = [[group.name, list(group.phrases)] for group in book.groups]
        self.loose = list(book.phrases)
        self.replies = list(book.auto_replies)
        self.names = names

    def book(self):
        return Phrasebook(
            phrases=tuple(self.loose),
            groups=tuple(Group(name=name, phrases=tuple(phrases)) for name, phrases in self.groups),
            auto_replies=tuple(self.replies),
        )

    def lists(self):
        return [*(phrases for _name, phrases in self.groups), self.loose]

    def phrase(self, draw):
        extra = {name: draw(st.sampled_from(["是", "否,", "\n"])) for name in self.names if draw(st.booleans())}
        return Phrase(code=draw(st.sampled_from(CODES[:5])), text=draw(st.sampled_from(TEXTS)), extra=extra)

    def somewhere(self, draw):
        return draw(st.sampled_from([members for members in self.lists() if members] or [[Phrase(text="无")]]))

    def change(self, draw):
        members = self.somewhere(draw)
        at = draw(st.integers(0, len(members) - 1))
        phrase = members[at]
        field = draw(st.sampled_from(["code", "text", "extra", "all"]))
        new = self.phrase(draw)
        if field != "all":
            new = phrase.model_copy(update={field: getattr(new, field)})
        if new.code or new.text or new.extra:
            members[at] = new

    def insert(self, draw):
        members = draw(st.sampled_from(self.lists()))
        members.insert(draw(st.integers(0, len(members))), self.phrase(draw))

    def delete(self, draw):
        members = self.somewhere(draw)
        del members[draw(st.integers(0, len(members) - 1))]

    def move(self, draw):
        members = self.somewhere(draw)
        phrase = members.pop(draw(st.integers(0, len(members) - 1)))
        others = draw(st.sampled_from([members, *self.lists()]))
        others.insert(draw(st.integers(0, len(others))), phrase)

    def reorder(self, draw):
        self.groups = draw(st.permutations(self.groups))

    def name(self, draw):
        taken = {name for name, _phrases in self.groups}
        return draw(st.sampled_from([name for name in (*NAMES, "新组", R) if name not in taken] or ["最后"]))

    def rename(self, draw):
        if self.groups:
            draw(st.sampled_from(self.groups))[0] = self.name(draw)

    def empty(self, draw):
        if self.groups:
            draw(st.sampled_from(self.groups))[1].clear()

    def drop(self, draw):
        if self.groups:
            self.groups.remove(draw(st.sampled_from(self.groups)))

    def add_group(self, draw):
        phrases = [self.phrase(draw) for _ in range(draw(st.integers(0, 2)))]
        self.groups.insert(draw(st.integers(0, len(self.groups))), [self.name(draw), phrases])

    def add_reply(self, draw):
        when = draw(st.sampled_from(["first_message", "busy", "contacts_over"]))
        said = draw(st.sampled_from([{"text": "稍等,\n亲"}, {"phrase": "hy"}, {}]))
        threshold = draw(st.sampled_from([30, 50])) if when == "contacts_over" else None
        reply = AutoReply(when=when, threshold=threshold, **said)
        self.replies.insert(draw(st.integers(0, len(self.replies))), reply)

    def change_replies(self, draw):
        if self.replies:
            at = draw(st.integers(0, len(self.replies) - 1))
            reply = self.replies.pop(at)
            if draw(st.booleans()):
                self.replies.insert(at, reply.model_copy(update={"enabled": not reply.enabled}))

    OPERATIONS = (
        change, insert, delete, move, reorder, rename, empty, drop, add_group, add_reply, change_replies,
    )  # fmt: skip


@st.composite
def edited_files(draw, **options):
    file = draw(files(**options))
    draft = Draft(file.reading.book(), [name for _index, name in file.reading.columns.extras])
    for _ in range(draw(st.integers(1, 4))):
        draw(st.sampled_from(Draft.OPERATIONS))(draft, draw)
    return file, draft.book()


def edits_or_none(file, book):
    """The edits, or none where the file can't hold the book; then there is a reason for it."""
    may_refuse = (
        (file.reading.columns.profile.carry_down and book.phrases)
        or R in [group.name for group in book.groups]
        or file.reading.dialect.header_row is None
    )
    try:
        return file.reading.edits(book)
    except UnrepresentableError:
        event("refused")
        if not may_refuse:
            raise
        return None


def records_of(reading):
    return [reading.record(row) for row in range(len(reading.rows))]


@given(edited_files())
def test_the_edited_file_holds_the_wanted_book(case):
    file, book = case
    edits = edits_or_none(file, book)
    if edits is None:
        return
    new = file.reading.document.edited(edits)
    again = read_bytes(new.data, file.label)
    assert again.book() == book
    assert again.document.text == new.text
    assert Document.of_bytes(new.data).text == new.text, "its encoding is found without being named"
    assert again.dialect.header_start == file.reading.dialect.header_start


@given(files())
def test_no_change_no_edit(file):
    book = file.reading.book()
    edits = edits_or_none(file, book)
    assert edits in (None, [])


@given(edited_files())
def test_edits_are_cells_or_whole_records(case):
    file, book = case
    edits = edits_or_none(file, book) or []
    text = file.reading.document.text
    records = records_of(file.reading)
    whole = {(record.start, record.end) for record in records}
    cells = {span for record in records for span in record.cells}
    borders = {file.reading.dialect.body_start, len(text), *(place for span in whole for place in span)}
    ragged_ends = {record.cells[-1].end for record in records}
    last = max((edit.span.end for edit in edits), default=0)
    for span, said in edits:
        if span.start == span.end:
            assert span.start in borders | ragged_ends | {cell.start for cell in cells}
        elif span not in whole and span not in cells:
            assert last == len(text)
            assert not text.endswith(("\r", "\n"))
            assert (span.of(text) in ("\n", "\r", "\r\n"), said) == (True, "")


@st.composite
def one_field_changed(draw, **options):
    """A file, a row and a column of it, and the book in which just that cell says something else."""
    file = draw(files(replies=False, **options))
    reading = file.reading
    columns = reading.columns
    phrases = [row for row, kind in enumerate(kinds_of(reading.rows)) if kind is Kind.PHRASE]
    assume(phrases)
    at = draw(st.sampled_from(phrases))
    row = reading.rows[at]
    column = draw(st.sampled_from(range(len(columns.names))))
    if column == columns.text:
        new = row._replace(text=draw(st.sampled_from(["", *TEXTS])))
    elif column == columns.code:
        new = row._replace(code=draw(st.sampled_from(CODES[:5])))
    elif column == columns.group:
        others = [(there.code, there.text, there.extra) for there in reading.rows]
        assume(not columns.profile.carry_down)
        assume(others.count(others[at]) == 1)  # of two equal rows either may be the one that moved
        new = row._replace(group=draw(st.sampled_from(["", "新组", *NAMES])))
    else:
        name = columns.name_of(column)
        value = draw(st.sampled_from(["", "是", "否,"]))
        rest = {known: said for known, said in row.extra.items() if known != name}
        new = row._replace(extra={**rest, **({name: value} if value else {})})
    assume(not new.is_declaration)
    changed = [*reading.rows[:at], new, *reading.rows[at + 1 :]]
    return file, at, column, book_of_rows(changed)


@given(one_field_changed())
def test_one_field_changes_one_cell(case):
    file, at, column, book = case
    edits = edits_or_none(file, book)
    if edits is None:
        return
    cells = file.reading.record(at).cells
    there = cells[column] if column < len(cells) else (cells[-1].end, cells[-1].end)
    assert [edit.span for edit in edits] in ([], [there])
    assert file.reading.document.edited(edits).text.count("\0") == 0
    assert read_bytes(file.reading.document.edited(edits).data, file.label).book() == book


@given(one_field_changed(uniform=True, headers=(*HEADERS, SHOP_WORKBOOK)))
def test_undoing_one_field_gives_the_original_bytes(case):
    file, _at, _column, book = case
    original = file.reading.document
    new = original.edited(file.reading.edits(book))
    again = read_bytes(new.data, file.label)
    assert again.document.edited(again.edits(file.reading.book())).data == original.data


@given(edited_files(uniform=True, headers=HEADERS))
def test_every_new_cell_is_written_as_its_file_is(case):
    file, book = case
    assume(any(end in file.reading.document.text for end in file.style.newlines))  # else nobody can know it
    edits = edits_or_none(file, book)
    if edits is None:
        return
    new = replace(file, reading=read_bytes(file.reading.document.edited(edits).data, file.label))
    text = new.reading.document.text
    rows = records_of(new.reading)
    for row, record in zip(new.reading.rows, rows, strict=True):
        columns = new.reading.columns
        values = {columns.text: row.text, columns.code: row.code, columns.group: row.group}
        values.update({columns.index_of(name): value for name, value in row.extra.items()})
        wanted = [file.style.cell(values.get(column, ""), file.style.quoting) for column in range(len(columns.names))]
        assert [span.of(text) for span in record.cells] == wanted
        at_end = record.end == len(text)
        assert record.terminator.of(text) == (file.style.newlines[0] if not at_end or not is_open(file) else "")
    assert text.endswith(("\r", "\n")) != is_open(file)


def is_open(file):
    return not file.reading.document.text.endswith(("\r", "\n"))


@given(st.data())
def test_deleting_what_was_inserted_gives_the_original_bytes(data):
    file = data.draw(files(uniform=True, headers=HEADERS, replies=False))
    draft = Draft(file.reading.book(), [])
    members = data.draw(st.sampled_from(draft.lists()))
    members.insert(data.draw(st.integers(0, len(members))), Phrase(code="new", text="新的,一句\n话"))
    original = file.reading.document
    new = original.edited(file.reading.edits(draft.book()))
    assert new.data != original.data
    again = read_bytes(new.data, file.label)
    assert again.document.edited(again.edits(file.reading.book())).data == original.data


@given(edited_files())
def test_rows_that_stay_keep_their_bytes(case):
    """What is neither in a changed cell nor in a deleted record stands in the new file in the same order."""
    file, book = case
    edits = edits_or_none(file, book)
    if edits is None:
        return
    document = file.reading.document
    new = document.edited(edits)
    at = 0
    encode = document.encoding.encode
    for span, _said in sorted(edits, key=lambda edit: edit.span):
        kept = encode(document.text[at : span.start])
        assert kept in new.data
        at = span.end
    assert new.data.endswith(encode(document.text[at:]) + document.encoding.tail)
    head = record_at(document.text, file.reading.dialect.header_start, file.reading.delimiter).terminator.start
    if file.reading.dialect.header_row is not None:
        assert new.text.startswith(document.text[:head])
