"""`qnphrase plan CURRENT PACK`: what Qianniu will hold after an import, before anybody presses the button."""

import os
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.cli.output import write_json
from qnphrase.errors import FileError
from qnphrase.errors import UsageError
from qnphrase.formats.base import Carries
from qnphrase.formats.losses import carried
from qnphrase.language import _
from qnphrase.merge.profile import DEFAULT_PROFILE
from qnphrase.merge.profile import profile_named
from qnphrase.pack import Pack

if TYPE_CHECKING:
    from qnphrase.merge.planned import Plan
    from qnphrase.model import Phrasebook

HARM = 1


class Form(StrEnum):
    """How the plan is written."""

    text = "text"
    json = "json"


def command(
    current: Annotated[str, typer.Argument(metavar="CURRENT", help=_("千牛现在的短语：刚导出的包，或短语本"))],
    pack: Annotated[str, typer.Argument(metavar="PACK", help=_("准备导入的包，或短语本；- 是标准输入"))],
    clear: Annotated[bool, typer.Option("--clear", help=_("导入时勾选“清空当前正在使用的快捷短语列表”"))] = False,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar=_("方式"),
            show_default=False,  # the first of the names; wrapped at its hyphen it would be told in English
            help=_("按哪种方式推算：qianniu-unverified（默认，不去重）、skip-identical（一模一样的跳过）；都未经验证"),
        ),
    ] = DEFAULT_PROFILE,
    form: Annotated[Form, typer.Option("--format", help=_("写成什么样"))] = Form.text,
    show_all: Annotated[bool, typer.Option("--all", help=_("每一项都全部列出"))] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("把导入后的样子写成文件，写法照 CURRENT"))
    ] = None,
    new_only: Annotated[
        str | None,
        typer.Option("--only-new", metavar=_("文件"), help=_("只把千牛还没有的短语写成文件，写法照 PACK")),
    ] = None,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
    force: options.Force = False,
) -> None:
    """Foresee an import."""
    targets = [target for target in (output, new_only) if target is not None]
    _refuse([current, pack], targets, form)
    for target in targets:
        options.refuse_overwriting(target, force=force)
    chosen = profile_named(profile)
    held, coming = (options.read_pack(path, encoding=input_encoding, mapping=xml_map) for path in (current, pack))
    for one in (held, coming):
        options.tell_notices(one)
    from qnphrase.merge.holding import only_new
    from qnphrase.merge.plan import plan_import

    plan = plan_import(held.book, coming.book, clear=clear, profile=chosen)
    report = partial(_report, plan, held, coming, form, show_all=show_all, to_stderr=options.STANDARD in targets)
    try:
        ready = [] if output is None else [(_holding(held, plan.book), output)]
        if new_only is not None:
            ready.append((_holding(coming, only_new(held.book, coming.book)), new_only))
    except FileError:
        report()  # it can be told all the same
        raise
    if output is not None:
        _tell_what_never_arrives(held.book)
    for written, target in ready:  # all could be made; and they are written though nobody reads the report to its end
        options.write_pack(written, target)
    report()
    if new_only is not None:
        tell(_("{path}：写了千牛还没有的 {count:,} 条").format(path=new_only, count=plan.new))
    raise typer.Exit(0 if plan.is_harmless else HARM)


command.__doc__ = _("导入之前先看：千牛里会多出什么、重复什么、丢掉什么。追加或清空都能推算。")


def _refuse(sources: list[str], targets: list[str], form: Form) -> None:
    if sources == [options.STANDARD] * 2:
        raise UsageError(_("两个文件不能都从标准输入读"))
    there = {os.path.realpath(source) for source in sources if source != options.STANDARD}
    if any(target != options.STANDARD and os.path.realpath(target) in there for target in targets):
        raise UsageError(_("要推算的两个文件不能覆盖"), hint=_("请换一个文件名来放结果。"))
    if len(targets) > 1 and os.path.realpath(targets[0]) == os.path.realpath(targets[1]):
        raise UsageError(_("-o 和 --only-new 不能写到同一个文件"))
    if options.STANDARD in targets and form is Form.json:
        raise UsageError(_("标准输出只能有一样：--format json 时，-o 和 --only-new 请写文件名"))


def _report(plan: "Plan", held: Pack, coming: Pack, form: Form, *, show_all: bool, to_stderr: bool) -> None:
    if form is Form.json:
        from qnphrase.merge.plan_json import as_json

        write_json(as_json(plan, held.path, coming.path))
        return
    from qnphrase.merge.plan_text import render

    names = (one.path or options.STANDARD for one in (held, coming))
    (tell if to_stderr else say)(render(plan, *names, show_all=show_all).rstrip("\n"))


def _holding(like: Pack, book: "Phrasebook") -> Pack:
    """Return the file `like` edited to hold `book`, saying what it has no room for."""
    edited = like.with_book(book, allow_loss=True)
    options.tell_losses(like.losses(book))
    return edited


def _tell_what_never_arrives(book: "Phrasebook") -> None:
    losses = carried(book, Carries())[1]
    if losses:
        tell(_("提醒：千牛里没有这些，写出的文件里也没有：{losses}").format(losses=_("、").join(map(str, losses))))
