"""Which column holds what: the known headers, and the rules for files without one.

Sources: public programs that import or clone Qianniu's feature, and the export sheets of desks that shops move from. No
vendor document defines any of them; a header with other names is refused rather than guessed at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from qnphrase.text.pattern import lazy_pattern

HEADER_ROWS = 10  # a title or a note may stand above the header
MAX_COLUMNS = 256  # more are no pack; an edit may not be made to write a million commas either

QIANNIU = ("快捷短语编码", "快捷短语", "快捷短语分组")

_TEXT_NAMES = (
    "快捷短语",
    "快捷短语内容",
    "快捷内容",
    "话术内容",
    "短语内容",
    "回复内容",
    "短语",
    "内容",
    "content",
    "text",
)
_CODE_NAMES = ("快捷短语编码", "快捷编码", "快捷码", "短语编码", "编码", "code", "shortcut")
_GROUP_NAMES = (
    "快捷短语分组",
    "短语分组",
    "话术分类",
    "话术分组",
    "一级分类",
    "分组",
    "分类",
    "group",
    "category",
)
# Words that stand in headers and hardly ever alone in a phrase; they tell an unknown header from a first phrase.
_HEADER_WORDS = lazy_pattern(
    r"编码|内容|分组|分类|标题|名称|姓名|日期|时间|类型|话术|短语|电话|地址|备注|序号|关键词|"
    r"code|content|text|group|title|name|type|category|key|value|id",
    re.IGNORECASE,
)
_REMARK = lazy_pattern(
    r"[（(\[【][^)）\]】\n]{0,60}[)）\]】]|[*:：\s]"
)  # bounded: a phrase may stand where a header would


class Profile(NamedTuple):
    """A known kind of file. `carry_down`: a blank group cell repeats the group above it."""

    name: str
    sure: str  # where it is known from
    carry_down: bool = False


_PROFILES = (
    (frozenset(QIANNIU), Profile("qianniu", "code")),
    (frozenset({"快捷编码", "快捷短语", "快捷短语分组"}), Profile("qianniu-clone", "code")),
    (frozenset({"登记日期", "快捷编码"}), Profile("shop-workbook", "code", carry_down=True)),
    (frozenset({"话术分类", "快捷内容"}), Profile("shop-workbook", "code", carry_down=True)),
    (frozenset({"一级分类", "话术内容"}), Profile("kefubao", "code")),
)
_OTHER = Profile("known-names", "guess")
POSITIONAL = Profile("positional", "guess")


@dataclass(frozen=True)
class Columns:
    """Where the fields stand, by index from 0; `None`: no such column. `names` are those of all columns, told apart."""

    text: int
    code: int | None
    group: int | None
    names: tuple[str, ...]
    profile: Profile

    @property
    def extras(self) -> tuple[tuple[int, str], ...]:
        """The columns that hold none of the three fields."""
        fields = (self.text, self.code, self.group)
        return tuple((index, name) for index, name in enumerate(self.names) if index not in fields)

    def name_of(self, index: int) -> str:
        """Return the name of a column, also of one that is wider than the header."""
        if index < len(self.names):
            return self.names[index]
        name = f"列{index + 1}"
        while name in self.names:
            name += "+"
        return name

    def index_of(self, name: str) -> int | None:
        """Return the index of an extra column by its name, the inverse of `name_of`."""
        for index, known in self.extras:
            if known == name:
                return index
        return next((index for index in range(len(self.names), MAX_COLUMNS) if self.name_of(index) == name), None)


def columns_of_header(cells: Sequence[str]) -> Columns | None:
    """Return the columns that a header row names, or `None` where the row is no known header."""
    if len(cells) > MAX_COLUMNS:
        return None
    plain = [plain_name(cell) for cell in cells]
    text = _first(plain, _TEXT_NAMES)
    if text is None:
        return None
    code, group = _first(plain, _CODE_NAMES), _first(plain, _GROUP_NAMES)
    if code is None and group is None and not (len(cells) == 1 or _is_telling(plain[text])):
        return None
    present = frozenset(plain)
    profile = next((profile for needed, profile in _PROFILES if needed <= present), _OTHER)
    return Columns(text, code, group, _told_apart(cells), profile)


def _is_telling(name: str) -> bool:
    """Whether a name alone makes a row a header, as 内容 alone doesn't."""
    return name in ("快捷短语", "快捷短语内容", "快捷内容", "话术内容")


def positional_columns() -> Columns:
    """Return the columns of a file without a header: code, text and group, in this order."""
    return Columns(1, 0, 2, ("列1", "列2", "列3"), POSITIONAL)


def plain_name(cell: str) -> str:
    """Return a header cell without remarks such as （必填）, spaces and case."""
    return _REMARK.sub("", cell).casefold()


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether a first row that is no known header is rather an unknown one than a phrase."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return (
        len(filled) == len(cells)
        and all(len(cell) <= 16 for cell in filled)
        and sum(1 for cell in filled if _HEADER_WORDS.search(cell)) * 2 >= len(filled)
    )


def _first(plain: Sequence[str], names: Sequence[str]) -> int | None:
    return next((plain.index(name) for name in names if name in plain), None)


def _told_apart(cells: Sequence[str]) -> tuple[str, ...]:
    """Give each column a name of its own: a blank one its number, a repeated one a count."""
    names: dict[str, None] = {}
    for index, cell in enumerate(cells):
        name = cell.strip() or f"列{index + 1}"
        counted = (f"{name}#{count}" for count in range(2, len(cells) + 2))
        names[next(candidate for candidate in chain([name], counted) if candidate not in names)] = None
    return tuple(names)
