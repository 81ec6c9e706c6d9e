"""`qnphrase build [SHOP…]`: the packs of all shops, of which only what changed is written."""

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli.output import say
from qnphrase.cli.output import write_json
from qnphrase.configuration import NAME
from qnphrase.configuration import nearest_configuration
from qnphrase.errors import QnphraseError
from qnphrase.errors import UsageError
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.building.plan import BuildPlan
    from qnphrase.shops.shop import Shops

OUTDATED = 1


class Form(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="SHOP", help=_("做哪几家店；不写就是全部"))] = None,
    config: Annotated[
        str | None, typer.Option("--config", metavar=_("文件"), help=_("用这个配置文件；不写就从这个文件夹往上找"))
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=_("只看包是不是最新的，不写文件；不是，退出码是 1"))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_("只看会改哪些短语、在哪些店，不写文件"))] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar=_("编码"), help=_("这条短语从哪里来：编码、分组/编码，或者自动回复的“离开”")),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("和 --diff 一起：有差别时退出码是 1"))] = False,
    force: Annotated[bool, typer.Option("--force", "-f", help=_("手工改过的包也覆盖"))] = False,
    form: Annotated[Form, typer.Option("--format", help=_("写成什么样"))] = Form.text,
) -> None:
    """Build the packs of shops."""
    _refuse(check=check, diff=diff, explain=explain is not None, force=force, exit_code=exit_code)
    from qnphrase.building.chosen import chosen_shops

    shops = _shops(config)
    total = len(chosen_shops(shops, names or ()))
    if explain is not None:
        _explain(shops, explain, names or [], total, form)
        return
    plan = _planned(shops, names or [], total, compare=diff)
    _refuse_plan(plan, form, force=force or check or diff)
    if diff:
        _show_diff(plan, form, exit_code=exit_code)
    elif check:
        _show_check(plan, form)
    else:
        from qnphrase.building.writing import write_build

        write_build(plan, force=force)
        _show_summary(plan, form)


command.__doc__ = _("照 qnphrase.yaml 给每家店做好导入包，放到 dist；只写有变化的。")


def _refuse(*, check: bool, diff: bool, explain: bool, force: bool, exit_code: bool) -> None:
    if check + diff + explain > 1:
        raise UsageError(_("--check、--diff、--explain 只能用一个"))
    if force and (check or diff or explain):
        raise UsageError(_("--force 只在真的写包的时候用"))
    if exit_code and not diff:
        raise UsageError(_("--exit-code 要和 --diff 一起用"), hint=_("看包是不是最新的，用 --check。"))


def _shops(config: str | None) -> "Shops":
    path = config or nearest_configuration(".")
    if path is None:
        raise UsageError(
            _("从这个文件夹往上找，没有 {name}").format(name=NAME), hint=_("到短语仓库里来运行，或者用 --config 指明。")
        )
    from qnphrase.building.chosen import configured_shops

    return configured_shops(path)


def _planned(shops: "Shops", names: list[str], total: int, *, compare: bool) -> "BuildPlan":
    from qnphrase.building.packing import Packer
    from qnphrase.building.plan import plan_build
    from qnphrase.cli.progress import Progress

    make = Packer.made
    if compare:
        from qnphrase.building.differences import compared as make  # type: ignore[assignment]
    with Progress(total, _("正在做包：{done}/{total} 家店，{seconds} 秒")) as progress:
        return plan_build(shops, names, make=make, done=progress.done)


def _refuse_plan(plan: "BuildPlan", form: Form, *, force: bool) -> None:
    """Refuse what must not be built; a program gets the problems as JSON, too."""
    from qnphrase.building.writing import refuse

    try:
        refuse(plan, force=force)
    except QnphraseError:
        if form is Form.json:
            from qnphrase.building.report.as_json import as_json

            write_json(as_json(plan))
        raise


def _show_summary(plan: "BuildPlan", form: Form) -> None:
    if form is Form.json:
        from qnphrase.building.report.as_json import as_json

        write_json(as_json(plan))
        return
    from qnphrase.building.report.summary import render

    say(render(plan, width=_width()).rstrip("\n"))


def _show_check(plan: "BuildPlan", form: Form) -> None:
    if form is Form.json:
        from qnphrase.building.report.as_json import as_json

        write_json(as_json(plan))
    else:
        from qnphrase.building.report.check import render

        say(render(plan).rstrip("\n"))
    if not plan.is_up_to_date:
        raise typer.Exit(OUTDATED)


def _show_diff(plan: "BuildPlan", form: Form, *, exit_code: bool) -> None:
    from qnphrase.building.report import diff

    if form is Form.json:
        write_json(diff.as_json(plan))
    else:
        from qnphrase.merge.report.text import Look

        colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        say(diff.render(plan, Look(colours, _width())).rstrip("\n"))
    if exit_code and not diff.is_same(plan):
        raise typer.Exit(OUTDATED)


def _explain(shops: "Shops", word: str, names: list[str], total: int, form: Form) -> None:
    from qnphrase.building.provenance import provenance_of
    from qnphrase.building.report import explain
    from qnphrase.cli.progress import Progress

    with Progress(total, _("正在找：{done}/{total} 家店，{seconds} 秒")) as progress:
        found = provenance_of(shops, word, names, done=progress.done)
    if form is Form.json:
        write_json(explain.as_json(word, found))
    else:
        say(explain.render(found, show_all=bool(names)).rstrip("\n"))


def _width() -> int:
    """Return how wide a report may be: as the terminal, 80 columns in a pipe."""
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, 120) if sys.stdout.isatty() else 80
