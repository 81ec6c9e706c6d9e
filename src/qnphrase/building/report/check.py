"""Whether the packs are what a build would leave: what is not, and why."""

from collections.abc import Iterator
from collections.abc import Sequence

import qnphrase
from qnphrase.building.manifest import NAME
from qnphrase.building.manifest import ShopEntry
from qnphrase.building.plan import BuildPlan
from qnphrase.building.plan import State
from qnphrase.language import _

_NAMED = 3  # phrases, and sources


def render(plan: BuildPlan) -> str:
    """Return the report of a check."""
    return "".join(f"{line}\n" for line in _lines(plan))


def _lines(plan: BuildPlan) -> Iterator[str]:
    stale: dict[str, list[str]] = {}
    for pack in plan.changed:
        path = plan.path(pack.entry.file)
        if pack.is_foreign:
            yield "× " + _("{path}：不是上次做出来的样子，可能有人手工改过").format(path=path)
        elif pack.state is State.CREATED:
            yield "× " + _("{path}：还没有做").format(path=path)
        else:
            stale.setdefault(reason(plan, pack.shop), []).append(path)
    for why, paths in stale.items():
        yield "× " + _("{paths}：{why}").format(paths=_paths(paths), why=why)
    for orphan in plan.orphans:
        yield "× " + _("{path}：没有哪家店要做它了").format(path=plan.path(orphan.file))
    if plan.last is None:
        yield "× " + _("{path}：还没有做").format(path=plan.path(NAME))
    if plan.is_up_to_date:
        yield "√ " + _("{dist}：{count} 个包都是最新的").format(dist=plan.dist, count=len(plan.packs))
    else:
        yield _("包不是最新的，请运行 qnphrase build")


def _paths(paths: Sequence[str]) -> str:
    named = _("、").join(paths[:_NAMED])
    return _("{paths} 等 {count} 个包").format(paths=named, count=len(paths)) if len(paths) > _NAMED else named


def reason(plan: BuildPlan, shop: str) -> str:
    """Return why the packs of a shop are out of date."""
    before = plan.last.shops.get(shop) if plan.last else None
    after = plan.manifest.shops[shop]
    if before is None:
        return _("要更新")
    parts = []
    if changed := _changed_sources(before, after):
        names = _("、").join(changed[:_NAMED])
        more = _(" 等 {count} 个文件").format(count=len(changed)) if len(changed) > _NAMED else ""
        parts.append(_("{names}{more} 改过").format(names=names, more=more))
    if over := newly_expired(plan, shop):
        named = _("、").join(_("{name}（用到 {day}）").format(name=name, day=day) for name, day in over[:_NAMED])
        more = _(" 等 {count} 条").format(count=len(over)) if len(over) > _NAMED else ""
        parts.append(_("{names}{more}过期了").format(names=named, more=more))
    if not parts:
        is_old = plan.last is not None and plan.last.qnphrase != qnphrase.__version__
        parts.append(_("qnphrase 换了版本") if is_old else _("{path} 里的设置改过").format(path=plan.shops.path))
    return _("，").join(parts)


def _changed_sources(before: ShopEntry, after: ShopEntry) -> list[str]:
    old = {source.path: source.sha256 for source in before.sources}
    new = {source.path: source.sha256 for source in after.sources}
    return [path for path in dict.fromkeys((*new, *old)) if old.get(path) != new.get(path)]


def newly_expired(plan: BuildPlan, shop: str) -> list[tuple[str, str]]:
    """Return the phrases that are left out since the last build because their last day is over."""
    before = plan.last.shops.get(shop) if plan.last else None
    known = set(before.expired) if before else set()
    return [(name, day) for name, day in plan.expired.get(shop, ()) if day not in known]
