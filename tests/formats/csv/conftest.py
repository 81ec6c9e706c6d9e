"""CSV files as people and programs write them, and books that somebody edited."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import event
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.document.encoding import named_encoding
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.csv.pack import read
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

R = AUTO_REPLY_GROUP
TEXTS = (
    "a", "亲", "您好，亲/:^_^", "a,b;c", '说"好"', "一行\n二行", "\n", "\t缩进", "007", "=1+1", " ", "a\tb",
    '"', "'", "x", "y",
)  # fmt: skip
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


def _read_bytes(data, label):
    return read(Document.of_bytes(data, encoding=label), ReadOptions())


@st.composite
def _files(draw, *, uniform=False, headers=(*HEADERS, SHOP_WORKBOOK, POSITIONAL), replies=True):
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
        records.append(draw(_rows(style, columns, uniform=uniform, replies=replies)))
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
def _rows(draw, style, columns, *, uniform, replies):
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


class _Draft:
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
def _edited_files(draw, **options):
    file = draw(_files(**options))
    draft = _Draft(file.reading.book(), [name for _index, name in file.reading.columns.extras])
    for _ in range(draw(st.integers(1, 4))):
        draw(st.sampled_from(_Draft.OPERATIONS))(draft, draw)
    return file, draft.book()


def _edits_or_none(file, book):
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


@pytest.fixture(scope="session")
def samples():
    """What files are drawn from."""
    return SimpleNamespace(texts=TEXTS, codes=CODES, names=NAMES, headers=HEADERS, shop_workbook=SHOP_WORKBOOK)


@pytest.fixture(scope="session")
def files():
    """CSV files, each read; the `uniform` ones have one habit all through."""
    return _files


@pytest.fixture(scope="session")
def edited_files():
    """A file, and a book that somebody made of its own in a few steps."""
    return _edited_files


@pytest.fixture(scope="session")
def draft_of():
    """A book that can be changed in place, and the names of columns it may fill."""
    return _Draft


@pytest.fixture(scope="session")
def read_bytes():
    """Read what was written."""
    return _read_bytes


@pytest.fixture(scope="session")
def edits_or_none():
    """The edits that make a file hold a book, or none where it can't."""
    return _edits_or_none
