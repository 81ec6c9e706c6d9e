"""`qnphrase diff A B`: what became of one file in another, phrase by phrase and word by word."""

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import write_bytes
from qnphrase.errors import UsageError
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.merge.compare import Comparison
    from qnphrase.merge.report.text import Look

DIFFERENT = 1


class Form(StrEnum):
    """How the differences are written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"


_SUFFIXES = {".json": Form.json, ".md": Form.markdown, ".html": Form.html, ".htm": Form.html}


def command(
    old: Annotated[str, typer.Argument(metavar="A", help=_("旧文件：CSV、XML 或 YAML；- 是标准输入"))],
    new: Annotated[str, typer.Argument(metavar="B", help=_("新文件，格式可以和旧文件不同；- 是标准输入"))],
    form: Annotated[
        Form | None, typer.Option("--format", help=_("写成什么样；不写就看 -o 的扩展名，再不然是 text"))
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("写到文件"))] = None,
    statistics: Annotated[bool, typer.Option("--stat", help=_("只列出每个分组改了多少条"))] = False,
    ignore_whitespace: Annotated[
        bool, typer.Option("--ignore-whitespace", help=_("内容里只有空格和换行不同的，不算差别"))
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("有差别时退出码是 1（平时是 0）"))] = False,
    force: options.Force = False,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Compare two files."""
    chosen = form or _form_of(output)
    _refuse(old, new, output, statistics=statistics, form=chosen)
    if output is not None:
        options.refuse_overwriting(output, force=force)
    packs = [options.read_pack(path, encoding=input_encoding, mapping=xml_map) for path in (old, new)]
    for pack in packs:
        options.tell_notices(pack)
    from qnphrase.merge.compare import compare_packs

    comparison = compare_packs(*packs, ignore_whitespace=ignore_whitespace)
    _write(comparison, chosen, output, statistics=statistics)
    if exit_code and not comparison.diff.is_empty:
        raise typer.Exit(DIFFERENT)


command.__doc__ = _("比较两个文件：新增、删除、修改、移动了哪些短语，改了哪几个字。")


def _form_of(output: str | None) -> Form:
    return _SUFFIXES.get(os.path.splitext(output or "")[1].lower(), Form.text)


def _refuse(old: str, new: str, output: str | None, *, statistics: bool, form: Form) -> None:
    if old == new == options.STANDARD:
        raise UsageError(_("两边不能都是标准输入"), hint=_("请至少写一个文件名。"))
    if statistics and form is not Form.text:
        raise UsageError(_("--stat 只能写成 text"), hint=_("JSON 里的 summary 就是统计，不用再加 --stat。"))
    if output is None or output == options.STANDARD:
        return
    if any(path != options.STANDARD and os.path.realpath(path) == os.path.realpath(output) for path in (old, new)):
        raise UsageError(_("-o 写的是要比较的文件，没有覆盖"), hint=_("请换一个文件名来放结果。"))


def _write(comparison: "Comparison", form: Form, output: str | None, *, statistics: bool) -> None:
    to_terminal = output is None or output == options.STANDARD
    if form is Form.text:
        from qnphrase.merge.report import text

        look = _look() if to_terminal else text.Look()
        report = text.render_statistics(comparison) if statistics else text.render(comparison, look)
        if to_terminal:
            say(report.rstrip("\n"))
            return
    else:
        from qnphrase.merge.report import rendered

        report = rendered(form.value, comparison)
    data = report.encode("utf-8", "surrogateescape")
    if output is None or output == options.STANDARD:
        write_bytes(data)
    else:
        from qnphrase.document.replace import replace_file

        replace_file(output, data)


def _look() -> "Look":
    """Return how the report has to look on standard output: on a terminal, as wide as it is."""
    from shutil import get_terminal_size

    from qnphrase.merge.report.text import WIDEST
    from qnphrase.merge.report.text import Look

    if not sys.stdout.isatty():
        return Look()
    return Look(colours="NO_COLOR" not in os.environ, width=min(get_terminal_size().columns, WIDEST))
