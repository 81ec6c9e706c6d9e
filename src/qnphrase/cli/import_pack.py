"""`qnphrase import PACK BOOK.yaml`: a new phrasebook from what Qianniu exported."""

import os
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import tell
from qnphrase.errors import UsageError
from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _
from qnphrase.pack import convert


def command(
    source: Annotated[str, typer.Argument(metavar="PACK", help=_("千牛导出的 CSV 或 XML；- 是标准输入"))],
    book: Annotated[str, typer.Argument(metavar="BOOK", help=_("新的短语本（.yaml）；- 是标准输出"))],
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Import a pack."""
    if book != options.STANDARD:
        _refuse_other_targets(book)
    pack = options.read_pack(source, encoding=input_encoding, mapping=xml_map)
    options.tell_notices(pack)
    options.write_pack(convert(pack, "yaml"), book)
    counts = pack.reading.counts()
    tell(_("导入了 {phrases} 条短语、{groups} 个分组、{auto_replies} 条自动回复：{path}").format(path=book, **counts))


def _refuse_other_targets(book: str) -> None:
    if format_of_suffix(book) != "yaml":
        raise UsageError(_("短语本的文件名要以 .yaml 结尾：{path}").format(path=book))
    if os.path.lexists(book):
        raise UsageError(
            _("短语本 {path} 已经存在；这个版本还不会把导出包合并进去，没有动它").format(path=book),
            hint=_("请先导入到一个新文件，再对照着改。"),
        )


command.__doc__ = _("把千牛导出的 CSV 或 XML 变成新的 YAML 短语本。")
