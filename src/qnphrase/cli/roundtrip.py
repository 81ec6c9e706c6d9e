"""`qnphrase roundtrip FILE…`: prove on the user's own files that nothing is lost."""

from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.language import _
from qnphrase.roundtrip import journeys


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=_("要检查的文件；- 是标准输入"))],
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Take files through all formats."""
    failed = False
    for path in files:
        pack = options.read_pack(path, encoding=input_encoding, mapping=xml_map)
        for journey in journeys(pack):
            mark = "×" if journey.difference else "√"
            fine = _("内容完全一样") if "→" in journey.route else _("一个字节也不差")
            say(f"{mark} {path}  {journey.route}  {journey.difference or fine}")
            failed = failed or bool(journey.difference)
    if failed:
        raise typer.Exit(1)


command.__doc__ = _("在内存里把文件读出来、写回去，再经过另外几种格式转一圈，看有没有丢东西。什么都不写。")
