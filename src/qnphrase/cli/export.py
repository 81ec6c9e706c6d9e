"""`qnphrase export BOOK PACK`: a pack that Qianniu can import."""

from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.convert import write_converted
from qnphrase.cli.output import tell
from qnphrase.errors import UsageError
from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _


def command(
    book: Annotated[str, typer.Argument(metavar="BOOK", help=_("短语本（.yaml）"))],
    target: Annotated[str, typer.Argument(metavar="PACK", help=_("导出包：.csv 或 .xml；- 是标准输出（CSV）"))],
    like: options.Like = None,
    encoding: options.Encoding = None,
    excel: Annotated[
        bool, typer.Option("--excel", help=_("CSV 的每一格都加保护，用 Excel 打开时编码开头的 0 不会丢"))
    ] = False,
    force: options.Force = False,
) -> None:
    """Export a book."""
    if excel and like:
        raise UsageError(_("--excel 和 --like 不能一起用：照样例写，就按样例的写法"))
    name = format_of_suffix(target) or "csv"
    if name not in ("csv", "xml"):
        raise UsageError(_("导出包要么是 .csv，要么是 .xml"), hint=_("转换成 YAML 请用 qnphrase convert 或 import。"))
    options.refuse_overwriting(target, force=force, edited=like)
    pack = options.read_pack(book)
    options.tell_notices(pack)
    if name == "xml" and not like:
        tell(_("提醒：没有给 --like 样例，XML 用 qnphrase 自己的结构；导入千牛前，请照您自己千牛导出的 XML 来写。"))
    write_converted(pack, target, format=name, like=like, encoding=encoding, guard=excel)


command.__doc__ = _("把短语本导出成千牛能导入的 CSV 或 XML。加 --like 就照样例的写法，只改动不一样的地方。")
