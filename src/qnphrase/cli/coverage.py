"""`qnphrase coverage FILE…`: which scenarios a shop has an answer for, and what is missing."""

import os
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.cli.output import write_bytes
from qnphrase.errors import UsageError
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.replies.coverage import Coverage

UNDER = 1


class Form(StrEnum):
    """How the coverage is written."""

    text = "text"
    json = "json"
    html = "html"


_SUFFIXES = {".json": Form.json, ".html": Form.html, ".htm": Form.html}


def command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help=_("短语本或导出包，几个文件合起来算；- 是标准输入"))
    ],
    form: Annotated[
        Form | None, typer.Option("--format", help=_("写成什么样；不写就看 -o 的扩展名，再不然是 text"))
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("写到文件"))] = None,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under", metavar=_("百分比"), min=0, max=100, help=_("有话可用的场景不到这么多，退出码是 1")
        ),
    ] = None,
    no_guess: Annotated[bool, typer.Option("--no-guess", help=_("不猜，只算写明了 scenario 的短语和自动回复"))] = False,
    show_all: Annotated[bool, typer.Option("--all", help=_("每一项都全部列出"))] = False,
    force: options.Force = False,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Tell which scenarios are covered."""
    chosen = form or _SUFFIXES.get(os.path.splitext(output or "")[1].lower(), Form.text)
    _refuse(files, output)
    if output is not None:
        options.refuse_overwriting(output, force=force)
    packs = [options.read_pack(path, encoding=input_encoding, mapping=xml_map) for path in files]
    for pack in packs:
        options.tell_notices(pack)
    from qnphrase.replies.coverage import coverage_of

    coverage = coverage_of(packs, guess=not no_guess)
    _write(coverage, chosen, output, show_all=show_all)
    if fail_under is not None and coverage.percent < fail_under:
        tell(
            _("只有 {percent}% 的场景有话可用，不到要求的 {least}%").format(
                percent=f"{coverage.percent:.1f}", least=f"{fail_under:g}"
            )
        )
        raise typer.Exit(UNDER)


command.__doc__ = _("58 个常见场景，哪些有话可用，哪些还缺，每条话还少说了什么。")


def _refuse(files: list[str], output: str | None) -> None:
    if files.count(options.STANDARD) > 1:
        raise UsageError(_("标准输入只能写一次"))
    there = {os.path.realpath(path) for path in files if path != options.STANDARD}
    if output not in (None, options.STANDARD) and os.path.realpath(str(output)) in there:
        raise UsageError(_("-o 写的是要看的文件，没有覆盖"), hint=_("请换一个文件名来放结果。"))


def _write(coverage: "Coverage", form: Form, output: str | None, *, show_all: bool) -> None:
    to_terminal = output is None or output == options.STANDARD
    report = _rendered(coverage, form, show_all=show_all)
    if to_terminal and form is Form.text:
        say(report.rstrip("\n"))
    elif to_terminal:
        write_bytes(report.encode("utf-8", "surrogateescape"))
    else:
        from qnphrase.document.replace import replace_file

        replace_file(str(output), report.encode("utf-8", "surrogateescape"))


def _rendered(coverage: "Coverage", form: Form, *, show_all: bool) -> str:
    if form is Form.html:
        from qnphrase.replies import coverage_html

        return coverage_html.render(coverage)
    if form is Form.json:
        import json

        from qnphrase.replies.coverage_json import as_json

        return json.dumps(as_json(coverage), ensure_ascii=False, indent=2) + "\n"
    from qnphrase.replies import coverage_text

    return coverage_text.render(coverage, show_all=show_all)
