"""`qnphrase merge OURS THEIRS --base BASE`: what two made of one book, in one book again."""

from typing import Annotated

import typer

from qnphrase.cli import merging
from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.merge.files import merge_packs
from qnphrase.pack import Pack


def command(
    ours: Annotated[str, typer.Argument(metavar="OURS", help=_("我方的文件：短语本或导出包；结果照它的写法"))],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS", help=_("对方的文件，格式可以不一样"))],
    base: Annotated[
        str | None, typer.Option("--base", "-b", metavar="BASE", help=_("两边改之前的那一份；没有就不给，按两方合并"))
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("写到这个文件"))] = None,
    write: merging.Write = False,
    conflicts: merging.Conflicts = merging.Policy.STOP,
    report: merging.Report = None,
    interactive: merging.Interactive = False,
    ignore_whitespace: merging.IgnoreWhitespace = False,
    force: options.Force = False,
) -> None:
    """Merge two files."""
    if [ours, theirs, base].count(options.STANDARD) > 1:
        raise UsageError(_("标准输入只能当一个文件用"))
    target = _target(ours, output, write=write, force=force)
    merging.refuse_asking(ours, theirs, base, target, interactive=interactive)
    talk = tell if target == options.STANDARD else say
    mine = options.read_pack(ours)
    packs = {ours: mine} | {path: options.read_pack(path, near=mine) for path in (theirs, base) if path is not None}
    for pack in packs.values():
        options.tell_notices(pack)
    merge = merge_packs(
        packs[base] if base is not None else None, packs[ours], packs[theirs], ignore_whitespace=ignore_whitespace
    )
    result = merging.decided(merge, conflicts, interactive=interactive, report=report, talk=talk)
    if result is None:
        raise merging.stopped(merge, talk)
    if isinstance(result, Pack):
        tell(merging.verdict_of(merge, result))
    if target is None:
        tell(_("这是预览，什么都没有写；加 -w 写回 {path}，或者用 -o 写到别的文件。").format(path=ours))
    else:
        merging.write(result, target, packs[ours])
        if target != options.STANDARD:
            tell(_("写好了：{path}").format(path=target))
    if not isinstance(result, Pack):
        raise merging.marked(merge, talk)


command.__doc__ = _("把两个人改过的短语本合成一份：一处一处地合，谁的改动都不丢；说不清的算冲突，由您定。")


def _target(ours: str, output: str | None, *, write: bool, force: bool) -> str | None:
    if output is not None and write:
        raise UsageError(_("-o 和 -w 只能用一个"))
    if output is not None:
        options.refuse_overwriting(output, force=force, edited=ours)
    if write and ours == options.STANDARD:
        raise UsageError(_("从标准输入读的，不能写回去；请用 -o"))
    return ours if write else output
