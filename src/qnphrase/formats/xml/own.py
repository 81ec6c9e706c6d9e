"""qnphrase's own form of an XML pack, for when there is no sample of the shop's to take after.

    <?xml version="1.0" encoding="UTF-8"?>
    <qnphrase version="1">
      <group name="售前">
        <phrase><code>hy</code><text>您好亲</text><extra name="登记日期">2024-01-01</extra></phrase>
      </group>
      <phrase><text>没有分组的短语</text></phrase>
    </qnphrase>

A phrase without a code has no `<code>`; line breaks stand in a text as they are; an empty group is `<group name="…"/>`.
Auto-replies are the phrases of a group 自动回复, see `autoreply_group`.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from qnphrase.document.encoding import Encoding
from qnphrase.document.encoding import named_encoding
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import Style
from qnphrase.formats.rows import Row
from qnphrase.formats.rows import rows_of_book
from qnphrase.formats.xml.values import CanEncode
from qnphrase.formats.xml.values import encode_attribute
from qnphrase.formats.xml.values import encode_text
from qnphrase.formats.xml.values import illegal_in
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.model import Phrasebook

_DECLARED = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp936": "GBK"}


def new_text(book: "Phrasebook", style: Style) -> str:
    """Return the text of a new pack. Raises `UnrepresentableError` for what XML can't carry."""
    encoding = named_encoding(style.encoding_label or "utf-8")
    rows = rows_of_book(book)
    refuse(refused_among(rows))
    declared = _DECLARED.get(encoding.name, encoding.name.upper())
    head = [f'<?xml version="1.0" encoding="{declared}"?>', '<qnphrase version="1">']
    body = _body(rows, encoder_of(encoding), style.newline)
    return "".join(line + style.newline for line in (*head, *body, "</qnphrase>"))


def encoder_of(encoding: Encoding) -> CanEncode:
    """Return what tells whether `encoding` carries a text."""

    def can_encode(text: str) -> bool:
        try:
            encoding.encode(text)
        except UnicodeEncodeError:
            return False
        return True

    return can_encode


def refused_among(rows: Iterable[Row]) -> list[Unrepresentable]:
    """Return the rows that hold something that XML can't carry."""
    refused = []
    for row in rows:
        characters = illegal_in(row.group, row.code, row.text, *row.extra.keys(), *row.extra.values())
        why = _("附加项没有名字") if "" in row.extra else ""
        if characters or why:
            refused.append(Unrepresentable(row.group, row.code, row.text, characters, why))
    return refused


def refuse(refused: list[Unrepresentable], path: str = "") -> None:
    """Raise `UnrepresentableError` where something is `refused`."""
    if refused:
        hint = _("控制字符之类的不可见字符，请在短语里删掉它们。") if any(one.characters for one in refused) else ""
        raise UnrepresentableError(_("XML 里写不了这些内容"), refused, path=path, hint=hint)


def _body(rows: list[Row], can_encode: CanEncode, newline: str) -> Iterator[str]:
    for group, members in groupby(rows, key=lambda row: row.group):
        together = list(members)
        said = [_phrase(row, can_encode, newline) for row in together if not row.is_declaration]
        if not group:
            yield from (f"  {phrase}" for phrase in said)
            continue
        name = encode_attribute(group, '"', can_encode)
        if len(said) < len(together):
            yield f'  <group name="{name}"/>'
        if said:
            yield f'  <group name="{name}">'
            yield from (f"    {phrase}" for phrase in said)
            yield "  </group>"


def _phrase(row: Row, can_encode: CanEncode, newline: str) -> str:
    def element(tag: str, value: str) -> str:
        return f"<{tag}>{encode_text(value, can_encode, newline)}</{tag.partition(' ')[0]}>"

    parts = [element("code", row.code)] if row.code else []
    parts.append(element("text", row.text))
    for name, value in row.extra.items():
        quoted = encode_attribute(name, '"', can_encode)
        parts.append(element(f'extra name="{quoted}"', value))
    return f"<phrase>{''.join(parts)}</phrase>"
