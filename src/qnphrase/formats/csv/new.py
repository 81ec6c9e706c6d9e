"""A new CSV pack under Qianniu's header."""

from functools import lru_cache
from typing import TYPE_CHECKING

from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import Style
from qnphrase.formats.csv.cells import Habit
from qnphrase.formats.csv.cells import UnwritableValueError
from qnphrase.formats.csv.cells import encode_cell
from qnphrase.formats.csv.header import QIANNIU
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import rows_of_book
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.model import Phrasebook


def new_text(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new pack: Qianniu's header, the extra columns to its right, in the order of appearance.

    Raises `UnrepresentableError`.
    """
    rows = rows_of_book(book)
    extras = list(dict.fromkeys(name for row in rows for name in row.extra))
    habit = Habit(quoted=style.guard, guarded=style.guard, newline=style.newline)
    refused: list[Unrepresentable] = []
    lines = [",".join(encode_cell(name, Habit()) for name in (*QIANNIU, *extras))]
    for row in rows:
        try:
            line = _fields(row.code, row.text, row.group, habit)
            rest = [encode_cell(row.extra.get(name, ""), habit) for name in extras]
            lines.append(",".join((line, *rest)) if rest else line)
        except UnwritableValueError:
            refused.append(unwritable(row))
    if refused:
        raise unwritable_rows(refused)
    return "".join(line + style.newline for line in lines)


@lru_cache(maxsize=16_384)  # the packs of many shops have most of their rows in common
def _fields(code: str, text: str, group: str, habit: Habit) -> str:
    return ",".join((encode_cell(code, habit), encode_cell(text, habit), encode_cell(group, habit)))


def unwritable(row: Row) -> Unrepresentable:
    """Return that `row` holds a literal escape."""
    return Unrepresentable(row.group, row.code, row.text, "", "&#13; &#10; &#44;")


def unwritable_rows(refused: list[Unrepresentable], path: str = "") -> UnrepresentableError:
    """Return (not raise) the error that a CSV pack can't hold these rows."""
    return UnrepresentableError(
        _("CSV 里写不了这些内容"),
        refused,
        path=path,
        hint=_("文字形式的 &#13; &#10; &#44; 在 CSV 里会变成换行或逗号，请换个写法。"),
    )
