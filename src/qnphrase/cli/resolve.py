"""`qnphrase resolve FILE`: finish a merge that left conflict markers."""

from typing import Annotated

import typer

from qnphrase.cli import merging
from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.merge.conflict import Choice
from qnphrase.merge.markers import Marked
from qnphrase.merge.markers import read_marked


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("带冲突标记的文件"))],
    choice: Annotated[
        Choice | None,
        typer.Option("--take", "-t", help=_("所有的冲突都要哪边的：ours 我方、theirs 对方、both 两条都留")),
    ] = None,
    interactive: merging.Interactive = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("写到这个文件，而不是写回去"))
    ] = None,
    force: options.Force = False,
) -> None:
    """Resolve conflict markers."""
    if choice is not None and interactive:
        raise UsageError(_("--take 和 --interactive 只能用一个"))
    if output is not None:
        options.refuse_overwriting(output, force=force, edited=file)
    marked = read_marked(file)
    if not marked.conflicts:
        options.read_pack(file)  # says what is wrong with it, if a marker was left behind
        tell(_("{path} 里没有冲突标记，什么都不用做。").format(path=file))
        return
    choices: dict[int, Choice] = {}
    if interactive:
        from qnphrase.cli.choosing import choose_marked

        choices = choose_marked(marked)
    elif choice is not None:
        choices = dict.fromkeys(range(len(marked.conflicts)), choice)
    left = len(marked.conflicts) - len(choices)
    if choices:
        options.write_document(marked.settled(choices), output or file, expected=marked.document)
    if left:
        _list_conflicts(marked, choices)
        say(_("还有 {count} 处冲突。加 --interactive 一处一处选，或者 --take ours|theirs|both。").format(count=left))
        raise typer.Exit(merging.CONFLICTS)
    tell(_("处理好了 {count} 处冲突：{path}").format(count=len(marked.conflicts), path=output or file))


command.__doc__ = _("处理合并留下的冲突标记：每一处选我方、对方，还是两条都留。")


def _list_conflicts(marked: Marked, choices: dict[int, Choice]) -> None:
    for at, conflict in enumerate(marked.conflicts):
        if at not in choices:
            line = marked.document.position(conflict.start).line
            say(f"{marked.document.path}:{line}")
            for side, text in ((_("我方"), conflict.ours), (_("对方"), conflict.theirs)):
                say(_("  {side}  {text}").format(side=side, text=_start(text) or _("（没有）")))


def _start(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:60] + "…"
