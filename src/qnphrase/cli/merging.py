"""What `merge` and `import` share: conflicts and who decides them, what is said of a merge, and writing it."""

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.document.document import Document
from qnphrase.document.replace import replace_file
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.merge.conflict import Choice
from qnphrase.merge.files import PackMerge
from qnphrase.merge.markers import woven
from qnphrase.merge.report.conflicts import conflict_lines
from qnphrase.merge.report.conflicts import report_of
from qnphrase.pack import Pack

CONFLICTS = 1


class Policy(StrEnum):
    """What is to become of conflicts that nobody chose."""

    STOP = "stop"
    MARKERS = "markers"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"

    @property
    def choice(self) -> Choice | None:
        """The choice that decides every conflict."""
        return None if self in (Policy.STOP, Policy.MARKERS) else Choice(self.value)


Conflicts = Annotated[
    Policy,
    typer.Option(
        "--conflicts",
        help=_(
            "有冲突怎么办：stop 什么都不写（默认），markers 写成带冲突标记的文件，"
            "ours 都要我方的，theirs 都要对方的，both 两条都留"
        ),
    ),
]
Report = Annotated[
    str | None, typer.Option("--report", metavar=_("文件"), help=_("把冲突连同三方的内容和位置写成 JSON"))
]
Interactive = Annotated[bool, typer.Option("--interactive", "-i", help=_("在终端里一处一处地选"))]
IgnoreWhitespace = Annotated[
    bool, typer.Option("--ignore-whitespace", help=_("只改了空格和换行的，让位给另一边的改动，不算冲突"))
]
Write = Annotated[bool, typer.Option("--write", "-w", help=_("写回原来的文件"))]


Talk = Callable[[str], None]


def refuse_asking(*paths: str | None, interactive: bool) -> None:
    """Refuse to ask at a terminal whose input or output is that of a file."""
    if interactive and options.STANDARD in paths:
        raise UsageError(_("文件走标准输入输出时，不能加 --interactive"))


def decided(
    merge: PackMerge, policy: Policy, *, interactive: bool, report: str | None, talk: Talk = say
) -> Pack | Document | None:
    """Say what is in conflict, have it decided, and return what is to be written; `None`: nothing, it stays open.

    A document is one with conflict markers. `talk` prints: not where the merged file goes.
    """
    if report is not None:
        text = json.dumps(report_of(merge), ensure_ascii=False, indent=2) + "\n"
        replace_file(report, text.encode("utf-8", "surrogateescape"))
    for notice in merge.notices:
        tell(_("提醒：{notice}").format(notice=notice.message))
    choices: dict[int, Choice] = {}
    if interactive and merge.conflicts:
        from qnphrase.cli.choosing import choose

        choices = choose(merge)
    else:
        for line in conflict_lines(merge):
            talk(line)
    is_open = len(choices) < len(merge.conflicts) and policy.choice is None
    if is_open and policy is Policy.MARKERS:
        return woven(*_made(merge, [_filled(merge, choices, side) for side in _SIDES]))
    if is_open:
        return None
    return _made(merge, [_filled(merge, choices, policy.choice or Choice.OURS)])[0]


def _made(merge: PackMerge, choices: Sequence[dict[int, Choice]]) -> list[Pack]:
    """Return the file by each of `choices`, and say what of the merge none of them holds."""
    packs = [merge.pack(chosen, allow_loss=True) for chosen in choices]
    losses = dict.fromkeys(
        loss for pack, chosen in zip(packs, choices, strict=True) for loss in merge.losses(pack, chosen)
    )
    options.tell_losses(tuple(losses))
    for comment in _common(merge.lost_comments(pack) for pack in packs):
        tell(_("提醒：这条注释没有留下来：{comment}").format(comment=comment))
    for code in _common(merge.pointing_nowhere(pack) for pack in packs):
        tell(_("提醒：有自动回复指向编码 {code}，可是合并以后没有短语用这个编码了。").format(code=code))
    if len(packs) == 1:
        for code, count in merge.doubled_codes(packs[0]).items():
            tell(
                _("提醒：编码 {code} 现在有 {count} 条短语在用，请给多出来的换个编码。").format(code=code, count=count)
            )
    return packs


def _common(lists: Iterable[list[str]]) -> list[str]:
    first, *others = lists
    return [one for one in first if all(one in other for other in others)]


_SIDES = (Choice.OURS, Choice.THEIRS)


def _filled(merge: PackMerge, choices: dict[int, Choice], default: Choice) -> dict[int, Choice]:
    return dict.fromkeys(range(len(merge.conflicts)), default) | choices


def write(result: Pack | Document, path: str, ours: Pack) -> None:
    """Write the merged file; to where ours was loaded from only if that didn't change meanwhile."""
    if isinstance(result, Pack):
        options.write_pack(result, path)
    else:
        options.write_document(result, path, expected=ours.loaded.document)


def verdict_of(merge: PackMerge, result: Pack) -> str:
    """Return what becomes of our file, in a line."""
    from qnphrase.merge.compare import compare_packs
    from qnphrase.merge.report.view import counted
    from qnphrase.merge.report.view import verdict

    tally = None if merge.conflicts else merge.tally()
    if tally:  # known without comparing, which takes as long as merging
        details = _("{count} 条有变化（{details}）").format(count=tally.total(), details=counted(tally))
        return _("我方的文件：{changes}。").format(changes=details)
    comparison = compare_packs(merge.ours, result)
    if comparison.diff.is_empty:
        return _("我方的文件不用改。") if merge.conflicts else _("我方的文件不用改：对方的改动这里都有了。")
    return _("我方的文件：{changes}。").format(changes=verdict(comparison))


def preview(merge: PackMerge, result: Pack) -> None:
    """Print what becomes of our file, phrase by phrase."""
    from qnphrase.merge.compare import compare_packs
    from qnphrase.merge.report import text

    say(text.render(compare_packs(merge.ours, result)).rstrip("\n"))


def stopped(merge: PackMerge, talk: Talk = say) -> typer.Exit:
    """Say that nothing was written because of conflicts, and what to do; return (not raise) the end of the command."""
    talk(_("{count} 处冲突，什么都没有写。").format(count=len(merge.conflicts)))
    talk(_("可以加 --interactive 一处一处选，或者 --conflicts markers|ours|theirs|both。"))
    return typer.Exit(CONFLICTS)


def marked(merge: PackMerge, talk: Talk = say) -> typer.Exit:
    """Say that conflicts are marked in the file; return (not raise) the end of the command."""
    talk(_("{count} 处冲突，用 qnphrase resolve 选好再用。").format(count=len(merge.conflicts)))
    return typer.Exit(CONFLICTS)
