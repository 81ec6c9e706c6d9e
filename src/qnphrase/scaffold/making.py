"""Writing a new repository: all of it or nothing, and only if its shop can be built."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qnphrase.configuration import NAME
from qnphrase.document.replace import replace_file
from qnphrase.errors import UnwritableFileError
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.merge.git.repository import Repository
from qnphrase.merge.git.repository import git_program
from qnphrase.merge.git.repository import repository_at
from qnphrase.merge.git.repository import run_git
from qnphrase.merge.git.setup import install
from qnphrase.scaffold.plan import Plan


def refuse_what_is_there(files: Mapping[str, bytes], folder: Path) -> None:
    """Raise `UsageError` that names all files that are in the way."""
    there = [path for path in files if os.path.lexists(folder / path)]
    parents = dict.fromkeys(parent for path in files for parent in (folder / path).parents)
    blocked = [os.fspath(parent) for parent in parents if os.path.lexists(parent) and not parent.is_dir()]
    if there or blocked:
        raise UsageError(
            _("这些文件已经有了，什么都没有写：{files}").format(files=_("、").join([*there, *blocked])),
            hint=_("请换一个空文件夹，例如 qnphrase init 话术；或者先把它们挪开。"),
        )


def made(plan: Plan, folder: Path) -> None:
    """Write a repository into a folder. What fails leaves nothing behind.

    Raises `UsageError` where a file is in the way or the shop can't be built, `UnwritableFileError`.
    """
    refuse_what_is_there(plan.files, folder)
    folders: list[Path] = []
    written: list[Path] = []
    try:
        for path, data in plan.files.items():
            _make_folders((folder / path).parent, folders)
            replace_file(folder / path, data)
            written.append(folder / path)
        _prove(folder / NAME)
    except BaseException:
        for file in reversed(written):
            file.unlink(missing_ok=True)
        for one in reversed(folders):
            with suppress(OSError):  # somebody else may have put something there
                one.rmdir()
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        try:
            one.mkdir()
        except OSError as error:
            raise UnwritableFileError(
                _("建不了这个文件夹：{why}").format(why=error.strerror), path=os.fspath(one)
            ) from error
        made.append(one)


def _prove(configuration: Path) -> None:
    """Raise `UsageError` or `UnrepresentableError` unless the shop can be built.

    A value may hold a variable that there isn't, or a character that the pack can't.
    """
    from qnphrase.building.plan import plan_shops
    from qnphrase.building.writing import refuse

    refuse(plan_shops(configuration))


def refuse_without_git() -> None:
    """Raise `UsageError` where there is no git."""
    if git_program() is None:
        raise UsageError(_("这台电脑上找不到 git"), hint=_("请先装好 git，再运行一次。"))


def put_under_git(folder: Path) -> Repository | None:
    """Make a folder a repository that merges phrase by phrase; `None` where it lies in one already.

    Raises `UsageError` where there is no git, or git refuses.
    """
    if repository_at(folder) is not None:
        return None
    done = run_git("init", "--quiet", cwd=folder)
    repository = repository_at(folder)
    if repository is None:
        raise UsageError(_("git init 没有成功：{why}").format(why=done.stderr.decode("utf-8", "replace").strip()))
    install(repository, (), folder)
    return repository
