"""`qnphrase git install|uninstall|status`, and what git itself calls: `merge-driver` and `textconv`.

What a merge needs is imported inside: whatever goes wrong on the way, the driver must still merge by lines, for git
takes any failure for a conflict whose markers stand in the file.
"""

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.cli.output import write_bytes
from qnphrase.errors import UsageError
from qnphrase.language import _

if TYPE_CHECKING:
    from qnphrase.merge.git.driver import Outcome
    from qnphrase.merge.git.lines import Files
    from qnphrase.merge.git.repository import Repository

INCOMPLETE = CONFLICTS = 1
_SHOWN = 3  # conflicts that are shown: git prints the names of many files


class Action(StrEnum):
    """What is to be done."""

    INSTALL = "install"
    UNINSTALL = "uninstall"
    STATUS = "status"
    MERGE_DRIVER = "merge-driver"
    TEXTCONV = "textconv"


def command(
    action: Annotated[
        Action,
        typer.Argument(
            metavar="ACTION",
            help=_(
                "install 设好（可以重复运行），uninstall 撤掉，status 看看设好了没有；"
                "merge-driver 和 textconv 是给 git 自己调用的"
            ),
        ),
    ],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATTERN",
            help=_("install：哪些文件归 qnphrase 管，可以是文件、文件夹或 '*.csv' 这样的写法；不写就是常用的那几种"),
            show_default=False,
        ),
    ] = None,
    is_global: Annotated[
        bool, typer.Option("--global", help=_("命令写进您自己的 git 配置，对这台电脑上所有的仓库都有效"))
    ] = False,
) -> None:
    """Work with git."""
    words = arguments or []
    if action is Action.MERGE_DRIVER:
        raise typer.Exit(_merge(words))
    if action is Action.TEXTCONV:
        _textconv(words)
    elif action is Action.INSTALL:
        _install(words, is_global=is_global)
    else:
        if words:
            raise UsageError(_("{action} 后面不用写文件").format(action=action.value))
        if action is Action.UNINSTALL:
            _uninstall(is_global=is_global)
        else:
            _status()


command.__doc__ = _("让 git 按短语合并、用看得懂的文字显示导出包的改动：一次设好，平时照常用 git。")


def _repository(*, is_needed: bool = True) -> "Repository | None":
    from qnphrase.merge.git.repository import repository_at

    repository = repository_at(Path.cwd())
    if repository is None and is_needed:
        raise UsageError(_("这里不是 git 仓库"), hint=_("请先进到仓库的文件夹里；还没有仓库，就先运行 git init。"))
    return repository


def _install(patterns: list[str], *, is_global: bool) -> None:
    from qnphrase.merge.git import setup

    repository = _repository(is_needed=not is_global or bool(patterns))
    scope = setup.GLOBAL if is_global else setup.LOCAL
    change = setup.install(repository, patterns, Path.cwd(), scope=scope)
    where = _("您自己的 git 配置") if is_global else _("这个仓库的 git 配置")
    tell(
        _("√ 合并和显示用的命令写进了{where}").format(where=where)
        if change.keys
        else _("√ {where}本来就设好了").format(where=where)
    )
    if repository is None:
        tell(_("到要用的仓库里再运行一次 qnphrase git install，写好 .gitattributes。"))
        return
    tell(_("√ 写好了 .gitattributes：") if change.is_attributes_changed else _("√ .gitattributes 不用改："))
    for line in change.lines:
        tell(f"  {line}")
    tell(_("把 .gitattributes 提交进仓库；同事在自己的电脑上也要运行一次 qnphrase git install。"))


def _uninstall(*, is_global: bool) -> None:
    from qnphrase.merge.git import setup

    repository = _repository(is_needed=not is_global)
    change = setup.uninstall(repository, Path.cwd(), scope=setup.GLOBAL if is_global else setup.LOCAL)
    if change.keys:
        tell(_("√ 从 git 配置里去掉了 {count} 项").format(count=len(change.keys)))
    if change.is_attributes_changed:
        tell(_("√ 从 .gitattributes 里去掉了 {count} 行").format(count=len(change.lines)))
    if not (change.keys or change.is_attributes_changed):
        tell(_("没有什么要撤的。"))


def _status() -> None:
    from qnphrase.merge.git.status import status_of

    repository = _repository()
    findings = status_of(repository) if repository is not None else []
    marks = {"ok": "√", "missing": "×", "odd": "★", "tip": "·"}
    for finding in findings:
        say(f"{marks[finding.kind]} {finding.message}")
        if finding.hint:
            say(f"  → {finding.hint}")
    if any(finding.kind in ("missing", "odd") for finding in findings):
        raise typer.Exit(INCOMPLETE)


def _textconv(words: list[str]) -> None:
    from qnphrase.document.replace import read_bytes
    from qnphrase.merge.git.textconv import readable

    if len(words) != 1:
        raise UsageError(_("textconv 后面要写一个文件"))
    write_bytes(readable(read_bytes(words[0]), words[0]))


def _merge(words: list[str]) -> int:
    """Merge three files into the second one and return the exit code as git understands it."""
    from qnphrase.merge.git.lines import FAILED
    from qnphrase.merge.git.lines import Files
    from qnphrase.merge.git.lines import marker_size

    if len(words) < 4:
        tell(_("merge-driver 后面要写：BASE OURS THEIRS MARKER_SIZE PATHNAME"))
        return FAILED
    base, ours, theirs, size, path = [*words, words[1]][:5]
    files = Files(base, ours, theirs, marker_size(size), path)
    try:
        outcome = _merge_phrases(files)
    except Exception as error:  # ours is as it was: it is replaced in one step, and last
        return _merge_lines(files, error)
    with suppress(Exception):  # what is said of it doesn't change what it is
        _tell_outcome(path, outcome)
    return 0 if outcome.is_clean else CONFLICTS


def _merge_phrases(files: "Files") -> "Outcome":
    from qnphrase.merge.git import driver

    outcome = driver.merge_files(files)
    driver.write(outcome, files)
    return outcome


def _tell_outcome(path: str, outcome: "Outcome") -> None:
    from qnphrase.merge.report.conflicts import lines_of

    for notice in outcome.notices:
        tell(_("提醒：{path}{notice}").format(path=f"{path}: ", notice=notice.message))
    if outcome.is_clean:
        return
    count = len(outcome.conflicts)
    if count:
        tell(_("{path}：{count} 处冲突").format(path=path, count=count))
    for number, conflict in enumerate(outcome.conflicts[:_SHOWN], 1):
        for line in lines_of(conflict, number, count):
            tell(f"  {line}")
    if count > _SHOWN:
        tell("  " + _("还有 {count} 处没有列出来").format(count=count - _SHOWN))
    if outcome.remarks:
        said = _("{path}：有 {count} 处注释或标记没法自动合到一起，请选一下")
        tell(said.format(path=path, count=len(outcome.remarks)))
    tell("  " + _('运行 qnphrase resolve "{path}" 选好，再 git add').format(path=path))


def _merge_lines(files: "Files", error: Exception) -> int:
    """Merge by lines, and say why."""
    from qnphrase.merge.git.lines import FAILED
    from qnphrase.merge.git.lines import merge_lines

    why = str(getattr(error, "why", None) or f"{type(error).__name__}: {error}")
    tell(_("{path}：不能按短语合并，改为按行合并。{why}").format(path=files.path, why=why))
    try:
        code = merge_lines(files)
    except Exception as failure:
        tell(_("{path}：按行也没能合并：{why}").format(path=files.path, why=failure))
        return FAILED
    if code == 0 and getattr(error, "is_readable", True):
        tell(_("{path}：按行合并没有冲突，但是内容可能不对，请看过再 git add").format(path=files.path))
        return CONFLICTS
    return code
