"""A pack as text that can be compared line by line: what `git diff`, `git log -p` and `git blame` show."""

from collections.abc import Iterator
from contextlib import suppress

from qnphrase.document.document import Document
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.language import _
from qnphrase.merge.record import EXTRA
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import records_of
from qnphrase.merge.report.said import field_name
from qnphrase.merge.report.visible import visible
from qnphrase.pack import Pack
from qnphrase.pack import load


def readable(data: bytes, name: str = "") -> bytes:
    """Return the bytes of a file as readable UTF-8; what isn't a pack as the text that it is, or as it is. Never fails.

    `name` is the file's, whose ending may say its format.
    """
    with suppress(Exception):  # whatever goes wrong, git has to show something
        return pack_text(load(data, name=name)).encode("utf-8", "surrogateescape")
    with suppress(Exception):
        return Document.of_bytes(data).text.encode("utf-8", "surrogateescape")
    return data


def pack_text(pack: Pack) -> str:
    """Return a text with one block for each phrase, in the order of the file.

    Each block names its group itself, so that a phrase that was moved is a block that was moved. How a file quotes and
    breaks its lines isn't shown; its encoding is.
    """
    blocks = ["\n".join(lines) for lines in _blocks(pack)]
    return "\n\n".join(blocks) + "\n"


def _blocks(pack: Pack) -> Iterator[list[str]]:
    book = pack.book
    head = [_("格式：{format}，编码：{encoding}").format(format=pack.format, encoding=pack.document.encoding.label)]
    for name, value in (("shop", book.shop), ("signature", book.signature), *(("remove", one) for one in book.remove)):
        head += [_("{name}：{value}").format(name=field_name(name), value=visible(value))] if value else []
    yield head
    yield from ([_("「{group}」（没有短语）").format(group=group.name)] for group in book.groups if not group.phrases)
    yield from map(_block, records_of(book))


def _block(record: Record) -> list[str]:
    group = AUTO_REPLY_GROUP if record.is_reply else record.group or _("未分组")
    title = _("「{group}」{code}").format(group=visible(group), code=visible(record.code) if record.code else "-")
    lines = [title.replace("\n", " ")]
    lines += [f"  {line}" if line else "" for line in visible(record.text).split("\n")] if record.text else []
    if not record.value.enabled:
        lines.append("  " + _("（已停用）"))
    for name, value in fields_of(record).items():
        if name not in ("group", "code", "when", "text", "enabled"):
            said = _("、").join(map(str, value)) if isinstance(value, tuple) else str(value)
            shown = _("{name}：{value}").format(name=_named(name), value=visible(said))
            lines += [f"  {line}" for line in shown.split("\n")]
    return lines


def _named(name: str) -> str:
    return name.removeprefix(EXTRA) if name.startswith(EXTRA) else field_name(name)
