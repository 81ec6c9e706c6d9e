"""`qnphrase convert SRC DST`: the same book in another form."""

from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _
from qnphrase.pack import Pack
from qnphrase.pack import convert


def command(
    source: Annotated[str, typer.Argument(metavar="SRC", help=_("要转换的文件：CSV、XML 或 YAML；- 是标准输入"))],
    target: Annotated[str, typer.Argument(metavar="DST", help=_("写到哪里，按扩展名决定格式；- 是标准输出"))],
    like: options.Like = None,
    encoding: options.Encoding = None,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
    read_as: Annotated[
        str | None, typer.Option("--from", metavar=_("格式名"), help=_("SRC 的格式：csv、xml、yaml"))
    ] = None,
    write_as: Annotated[
        str | None, typer.Option("--to", metavar=_("格式名"), help=_("DST 的格式：csv、xml、yaml"))
    ] = None,
    force: options.Force = False,
) -> None:
    """Convert a file."""
    options.refuse_overwriting(target, force=force, edited=like)
    pack = options.read_pack(source, format=read_as, encoding=input_encoding, mapping=xml_map)
    options.tell_notices(pack)
    write_converted(pack, target, format=write_as, like=like, encoding=encoding)


command.__doc__ = _("把一个文件转换成另一种格式或编码。格式不变时，一个字节也不改。")


def write_converted(
    pack: Pack, target: str, *, format: str | None, like: str | None, encoding: str | None, guard: bool = False
) -> None:
    """Convert `pack` and write it, saying what the target has no room for."""
    sample = options.read_pack(like) if like else None
    name = format or format_of_suffix(target)
    converted = convert(pack, name, like=sample, encoding=encoding, guard=guard, allow_loss=True)
    if converted.loaded is not pack.loaded:
        options.tell_losses(converted.losses(pack.book))
    options.write_pack(converted, target)
