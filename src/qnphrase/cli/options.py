"""Options that several commands share, and the files that they name."""

import os
import sys
from typing import Annotated

import typer

from qnphrase.cli.output import tell
from qnphrase.cli.output import write_bytes
from qnphrase.document.document import Document
from qnphrase.document.replace import replace_file
from qnphrase.errors import UsageError
from qnphrase.formats.base import Notice
from qnphrase.language import _
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import save

STANDARD = "-"

Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", "-e", metavar=_("编码名"), help=_("写出的编码：gbk、gb18030、utf-8、utf-8-sig、utf-16-le…")
    ),
]
InputEncoding = Annotated[
    str | None, typer.Option("--input-encoding", metavar=_("编码名"), help=_("自动识别不对时，指定读入的编码"))
]
Mapping = Annotated[
    str | None,
    typer.Option(
        "--xml-map",
        metavar=_("对应"),
        help=_("XML 认不出来时，指明各项在哪里，例如 'record=item text=@content code=@code group=../@name'"),
    ),
]
Like = Annotated[
    str | None,
    typer.Option("--like", metavar=_("样例"), help=_("照这个文件的写法来写（编码、换行、表头、引号、XML 结构）")),
]
Force = Annotated[bool, typer.Option("--force", "-f", help=_("目标文件已经存在也覆盖"))]


def read_pack(
    path: str,
    *,
    format: str | None = None,
    encoding: str | None = None,
    mapping: str | None = None,
    near: Pack | None = None,
) -> Pack:
    """Load the file that the user named; `-` is standard input. `near` as of `load`."""
    source = sys.stdin.buffer.read() if path == STANDARD else path
    return load(source, format=format, encoding=encoding, mapping=mapping, near=near)


def write_pack(pack: Pack, path: str) -> None:
    """Write to the file that the user named; `-` is standard output."""
    if path == STANDARD:
        write_bytes(pack.to_bytes())
    else:
        save(pack, path)


def write_document(document: Document, path: str, *, expected: Document) -> None:
    """Write a file, over the one that `expected` was read from only if that didn't change meanwhile."""
    if path == STANDARD:
        write_bytes(document.data)
        return
    same = bool(expected.path) and os.path.realpath(expected.path) == os.path.realpath(path)
    replace_file(path, document.data, expected=expected.data if same else None)


def refuse_overwriting(path: str, *, force: bool, edited: str | None = None) -> None:
    """Refuse a target that exists, unless the user said so or it is the very file that is edited."""
    if force or path == STANDARD or not os.path.lexists(path):
        return
    if edited is not None and os.path.realpath(edited) == os.path.realpath(path):
        return
    raise UsageError(
        _("{path} 已经存在，没有覆盖").format(path=path), hint=_("确定要覆盖，请加 --force；或者换一个文件名。")
    )


def tell_notices(pack: Pack) -> None:
    """Say on standard error what the user should know of a file."""
    for notice in pack.notices:
        tell(_("提醒：{path}{notice}").format(path=f"{pack.path}: " if pack.path else "", notice=notice_text(notice)))


def notice_text(notice: Notice) -> str:
    """Return a notice with its line."""
    return (
        _("第 {line} 行：{message}").format(line=notice.line, message=notice.message) if notice.line else notice.message
    )


def tell_losses(losses: object) -> None:
    """Say on standard error what the target has no room for."""
    for loss in losses if isinstance(losses, tuple) else ():
        tell(_("提醒：目标文件里放不下，没有写进去：{loss}").format(loss=loss))
