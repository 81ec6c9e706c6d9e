"""Doing what was planned: each pack is put in its place whole, the manifest last.

A journal says beforehand what is about to be written. A build that is killed leaves whole packs, and the next one knows
them for ours.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qnphrase.building.manifest import JOURNAL
from qnphrase.building.manifest import NAME
from qnphrase.building.manifest import journal_bytes
from qnphrase.building.plan import BuildPlan
from qnphrase.building.plan import plan_shops
from qnphrase.document.replace import leftovers
from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import UnwritableFileError
from qnphrase.errors import UsageError
from qnphrase.language import _

_NAMED = 3  # shops that are named where many have something in common


def build_shops(config: str | os.PathLike[str], shops: Sequence[str] = (), *, force: bool = False) -> BuildPlan:
    """Build the packs of the shops that a configuration names, all or only some, and return what was done.

    Nothing is written where anything is wrong: raises `UsageError` for a wrong configuration, for problems of shops
    and, unless `force` says so, for a pack that was edited by hand; `FileError` for books that can't be read or packs
    that can't hold them.
    """
    plan = plan_shops(config, shops)
    write_build(plan, force=force)
    return plan


def write_build(plan: BuildPlan, *, force: bool = False) -> None:
    """Write what was planned. Raises as `build_shops` does, then nothing is written."""
    refuse(plan, force=force)
    manifest = plan.manifest.to_bytes()
    path = os.path.join(plan.dist, NAME)
    is_new = not os.path.exists(path) or read_bytes(path) != manifest
    written = {pack.entry.file for pack in plan.packs}
    waiting = {file: hashes for file, hashes in plan.journal.items() if file not in written}
    if plan.changed or plan.orphans or is_new:
        _make_folder(plan.dist)
        _write_journal(plan)
        _sweep(plan)
        _put_packs(plan)
        _drop_orphans(plan)
        replace_file(path, manifest)
    _close_journal(plan, waiting)


def refuse(plan: BuildPlan, *, force: bool = False) -> None:
    """Raise where a plan must not be carried out: `UsageError` or `UnrepresentableError`."""
    if plan.problems:
        lines = [f"{problem}{shops_in_words(shops)}" for problem, shops in plan.problems]
        raise UsageError("\n".join([*lines, _("有 {count} 个问题，什么也没有写").format(count=len(lines))]))
    if plan.refusals:
        raise _unrepresentable(plan)
    if plan.foreign and not force:
        names = "\n".join(f"  {plan.path(pack.entry.file)}" for pack in plan.foreign)
        raise UsageError(
            _("这些包不是上次做出来的样子，可能有人手工改过，什么也没有写：\n{names}").format(names=names),
            hint=_("要留的改动请改到短语本里（qnphrase import 可以并回去）；确定不要了，加 --force 覆盖。"),
        )


def shops_in_words(shops: Sequence[str]) -> str:
    """Return the shops that have something in common, only some of many by name."""
    return _("（{shops}）").format(shops=names_of(shops))


def names_of(shops: Sequence[str]) -> str:
    """Return the names of shops, only some of many."""
    names = _("、").join(shops[:_NAMED])
    if len(shops) <= _NAMED:
        return names
    return _("{names} 等 {count} 家店").format(names=names, count=len(shops))


def _unrepresentable(plan: BuildPlan) -> UnrepresentableError:
    phrases = []
    for refusal, shops in plan.refusals:
        where = " ".join(part for part in (refusal.why, refusal.place, shops_in_words(shops)) if part)
        phrases.append(Unrepresentable(refusal.group, refusal.code, refusal.text, refusal.characters, where))
    hints = dict.fromkeys(refusal.hint for refusal, _shops in plan.refusals if refusal.hint)
    if any(refusal.characters for refusal, _shops in plan.refusals):
        hints[_encoding_hint()] = None
    message = _("有 {count} 条短语包里写不了，什么也没有写").format(count=len(phrases))
    return UnrepresentableError(message, phrases, hint="\n".join(hints))


def _encoding_hint() -> str:
    return _("可以换掉这些字符，或者在 pack 里写 encoding: gb18030 或 utf-8-sig（先确认千牛能导入）。")


def _make_folder(path: str) -> None:
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = _("这里有一个同名的文件") if isinstance(error, FileExistsError) else error.strerror
        raise UnwritableFileError(_("建不了文件夹：{why}").format(why=why), path=path) from error


def _write_journal(plan: BuildPlan) -> None:
    hashes = {file: set(known) for file, known in plan.journal.items()}
    for pack in plan.changed:
        hashes.setdefault(pack.entry.file, set()).add(pack.entry.sha256)
    replace_file(os.path.join(plan.dist, JOURNAL), journal_bytes(hashes))


def _sweep(plan: BuildPlan) -> None:
    """Remove what a build that was killed has left half written."""
    for file in plan.journal:
        for path in leftovers(plan.path(file)):
            with suppress(OSError):
                path.unlink()


def _put_packs(plan: BuildPlan) -> None:
    for pack in plan.changed:
        path = plan.path(pack.entry.file)
        _make_folder(os.path.dirname(path))
        replace_file(path, pack.data or b"")


def _drop_orphans(plan: BuildPlan) -> None:
    for orphan in plan.orphans:
        if not orphan.is_ours:
            continue
        path = Path(plan.path(orphan.file))
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise UnwritableFileError(_("删不掉：{why}").format(why=error.strerror), path=str(path)) from error
        with suppress(OSError):  # others may stand in it
            if path.parent != Path(plan.dist):
                path.parent.rmdir()


def _close_journal(plan: BuildPlan, waiting: dict[str, set[str]]) -> None:
    """Forget what the manifest knows by now; what this build left alone is still to be recognised."""
    path = Path(plan.dist, JOURNAL)
    if not path.exists():
        return
    if waiting and set(plan.chosen) != {shop.name for shop in plan.shops.shops.values() if shop.is_built}:
        replace_file(path, journal_bytes(waiting))
        return
    try:
        path.unlink()
    except OSError as error:
        raise UnwritableFileError(_("删不掉：{why}").format(why=error.strerror), path=str(path)) from error
