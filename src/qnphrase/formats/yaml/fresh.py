"""New YAML: lines for a block, one line for a flow collection, and a whole new file."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import NamedTuple

from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import Style
from qnphrase.formats.yaml.scalars import Bare
from qnphrase.formats.yaml.scalars import Manner
from qnphrase.formats.yaml.scalars import inline
from qnphrase.formats.yaml.scalars import spelled
from qnphrase.formats.yaml.wanted import Entries
from qnphrase.formats.yaml.wanted import book_entries
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.model import Phrasebook

SCHEMA_LINE = (
    "# yaml-language-server: "
    "$schema=https://raw.githubusercontent.com/qnphrase/qnphrase/main/docs/phrasebook.schema.json"
)
_LONGEST_KEY = 1000  # YAML takes keys of up to 1024 characters, quotes and escapes included


class Layout(NamedTuple):
    """How lists stand: the `-` this far to the right of its key, the content this far to the right of the `-`.

    `braces` says that an item without line breaks is written as `- {…}`, like its neighbours.
    """

    list_indent: int = 2
    dash_width: int = 2
    braces: bool = False


def key_text(name: str, *, quoted: bool = False) -> str:
    """Return a key as written. Raises `UnrepresentableError` for one that YAML can't take."""
    written = inline(name, Manner('"' if quoted else "", flow=True))
    if len(written) > _LONGEST_KEY:
        raise UnrepresentableError(
            _("附加列的列名太长，YAML 写不下：{name}").format(name=name[:20] + "…"),
            [],
            hint=_("请把列名改短到 {most} 个字符以内。").format(most=_LONGEST_KEY // 10),
        )
    return written


def entry_lines(name: str, value: object, column: int, layout: Layout, *, gap: bool = False) -> list[str]:
    """Return the lines of one entry of a block mapping at `column`; `gap` puts empty lines between groups."""
    key = " " * column + key_text(name) + ":"
    if isinstance(value, str):
        head, body = spelled(value, Manner())
        indent = " " * (column + Manner().indent)
        return [f"{key} {head}", *(indent + line if line else "" for line in body)]
    if isinstance(value, tuple):
        return [f"{key} {flow_text(value)}"]
    if isinstance(value, Mapping):
        inner = column + Manner().indent
        return [key, *(line for name, text in value.items() for line in entry_lines(name, text, inner, layout))]
    if isinstance(value, Sequence) and value:
        return [key, *_list_lines(value, column + layout.list_indent, layout, gap=gap)]
    return [f"{key} []"]


def _list_lines(items: Iterable[object], dash: int, layout: Layout, *, gap: bool) -> list[str]:
    lines: list[str] = []
    for item in items:
        if gap and lines:
            lines.append("")
        lines += item_lines(item, dash, layout)
    return lines


def item_lines(item: object, dash: int, layout: Layout) -> list[str]:
    """Return the lines of one item of a block list whose `-` stands at column `dash`."""
    mark = " " * dash + "-" + " " * (layout.dash_width - 1)
    if not isinstance(item, Mapping):
        return [mark + inline(str(item), Manner())]
    if layout.braces and not any("\n" in value for value in item.values()):
        return [mark + flow_text(item)]
    column = dash + layout.dash_width
    lines = mapping_lines(item, column, layout)
    return [mark + lines[0][column:], *lines[1:]]


def mapping_lines(entries: Entries, column: int, layout: Layout) -> list[str]:
    """Return the lines of a block mapping at `column`."""
    return [line for name, value in entries.items() for line in entry_lines(name, value, column, layout)]


def flow_text(value: object, *, json: bool = False) -> str:
    """Return `value` on one line, as it stands inside of braces or brackets; `json` quotes all texts."""
    if isinstance(value, Bare) and not json:
        return str(value)
    if isinstance(value, str):
        return inline(value, Manner('"' if json else "", flow=True)) if not _is_json_bare(value) else str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(flow_entry(name, text, json=json) for name, text in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow_text(item, json=json) for item in value) + "]"
    raise TypeError(f"no YAML for {type(value)}")


def _is_json_bare(value: str) -> bool:
    return isinstance(value, Bare) and (value.isdigit() or value in ("true", "false"))


def flow_entry(name: str, value: object, *, json: bool = False) -> str:
    """Return one entry of a flow mapping."""
    return f"{key_text(name, quoted=json)}: {flow_text(value, json=json)}"


def new_text(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new file, an empty line between two groups."""
    layout = Layout()
    lines = [SCHEMA_LINE]
    for name, value in book_entries(book).items():
        if name in ("groups", "phrases", "auto_replies"):
            lines.append("")
        lines += entry_lines(name, value, 0, layout, gap=name == "groups")
    return "".join(line + style.newline for line in lines)
