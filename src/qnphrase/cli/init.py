"""`qnphrase init [FOLDER]`: a phrasebook repository for a new user."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import ask
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.errors import UsageError
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.scaffold.plan import Plan
    from qnphrase.scaffold.wish import Wish


def command(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help=_("建在哪个文件夹里，没有就新建；不写就是这里"))
    ] = ".",
    shop: Annotated[str | None, typer.Option("--shop", metavar=_("店名"), help=_("店铺的名字；在终端里会问您"))] = None,
    industry: Annotated[
        str | None,
        typer.Option("--industry", metavar=_("行业"), help=_("服饰、食品、数码、家居、美妆，或者 无［默认 无］")),
    ] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", metavar=_("平台"), help=_("淘宝 或 抖店［默认 淘宝］"))
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar=_("导出包"), help=_("从千牛导出的包开始，用您自己的话；不写就用自带的短语")),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar=_("变量=值"), help=_("变量的值，例如 --set 退货地址=…；可以写几次")),
    ] = None,
    git: Annotated[bool, typer.Option("--git", help=_("顺便 git init，并设好按短语合并"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只列出会写哪些文件，不写"))] = False,
) -> None:
    """Make a repository."""
    from qnphrase.scaffold.making import made
    from qnphrase.scaffold.making import put_under_git
    from qnphrase.scaffold.making import refuse_what_is_there
    from qnphrase.scaffold.making import refuse_without_git
    from qnphrase.scaffold.plan import planned

    plan = planned(_wished(shop, industry, platform, source, settings or []))
    target = Path(folder)
    if dry_run:
        refuse_what_is_there(plan.files, target)
        for path in plan.files:
            say(os.fspath(target / path))
        tell(_("这是预览，什么都没有写。"))
        return
    if git:
        refuse_without_git()
    made(plan, target)
    if git and put_under_git(target) is None:
        tell(_("{folder} 已经在 git 仓库里了，没有再 git init。").format(folder=folder))
    _summary(plan, folder)


command.__doc__ = _("建一个短语仓库：自带的短语或您自己的导出包、配置、检查，一次备齐。")


def _wished(
    shop: str | None, industry: str | None, platform: str | None, source: str | None, settings: list[str]
) -> "Wish":
    """Return what the user wants, asking at a terminal for what the options leave open."""
    from qnphrase.scaffold.shipped import trades
    from qnphrase.scaffold.wish import ENGLISH
    from qnphrase.scaffold.wish import NO_TRADE
    from qnphrase.scaffold.wish import TAOBAO
    from qnphrase.scaffold.wish import Wish

    asks = sys.stdin.isatty() and sys.stdout.isatty()
    values = dict(map(_named_value, settings))
    pack = options.read_pack(source) if source is not None else None
    if pack is not None:
        options.tell_notices(pack)
    if shop is None:
        if not asks:
            raise UsageError(_("请用 --shop 写上店名"), hint=_("例如：qnphrase init 话术 --shop 晴天女装"))
        shop = ask(_("店铺叫什么名字？")).strip()
    if industry is None:
        known = [*trades(), NO_TRADE]
        question = _("卖什么？{known}（直接回车就是“无”）：").format(known=_("、").join(known))
        industry = (ask(question).strip() if asks else "") or NO_TRADE
    trade, where = (ENGLISH.get(word, word) for word in (industry, platform or TAOBAO))
    wish = Wish(shop, trade, where, pack, values)
    return _with_answers(wish) if asks and wish.open else wish


def _named_value(setting: str) -> tuple[str, str]:
    name, sign, value = setting.partition("=")
    if not (name.strip() and sign):
        raise UsageError(_("--set 要写成 变量=值：{setting}").format(setting=setting))
    return name.strip(), value.strip()


def _with_answers(wish: "Wish") -> "Wish":
    from dataclasses import replace

    say(_("下面几样只有您知道。现在不写也行，直接回车，以后在 qnphrase.yaml 里改。"))
    answers = dict(wish.values)
    for variable in wish.open:
        question = _("{name}（{note}）：") if variable.note else _("{name}：")
        answer = ask(question.format(name=variable.name, note=variable.note)).strip()
        if answer:
            answers[variable.name] = answer
    return replace(wish, values=answers)


def _summary(plan: "Plan", folder: str) -> None:
    from qnphrase.scaffold.plan import README

    wish = plan.wish
    names = {"shop": wish.shop, "count": len(plan.files)}
    say(_("√ “{shop}”的短语仓库建好了，{count} 个文件。先看看 {readme}。").format(readme=README, **names))
    if wish.source is None and wish.stand_ins:
        names = {"names": _("、").join(wish.stand_ins)}
        say(_("· {names}先用了什么时候都说得通的话，请在 qnphrase.yaml 里换成您店里的。").format(**names))
    if wish.braces:
        braces = _("、").join(f"{{{name}}}" for name in wish.braces)
        say(_("· 您的短语里有 {braces}，照原样留着，没有代入。").format(braces=braces))
    if wish.source is not None:
        _tell_findings(folder)
    say(_("接下来："))
    for line in _next_steps(folder):
        say(f"  {line}")


def _next_steps(folder: str) -> Sequence[str]:
    quoted = f'"{folder}"' if " " in folder else folder
    enter = [] if os.path.realpath(folder) == os.path.realpath(".") else [f"cd {quoted}"]
    return [*enter, "qnphrase lint .", "qnphrase build"]


def _tell_findings(folder: str) -> None:
    """Say how many findings there are in the shop's own words: they are not ours to mend."""
    from qnphrase.configuration import nearest_configuration
    from qnphrase.lint.config import load_config
    from qnphrase.lint.run import jobs_of
    from qnphrase.lint.run import lint_jobs

    options_of = load_config(nearest_configuration(folder) or "")
    results = lint_jobs(jobs_of([folder], lambda _path: options_of))
    count = sum(len(result.diagnostics) for result in results)
    if count:
        say(_("· 您的短语里有 {count} 处值得看一看，运行 qnphrase lint . 就列出来。").format(count=count))
    else:
        say(_("· 您的短语检查过了，没有问题。"))
