"""What becomes of the packs that stand there, each change once, with the shops that it concerns."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from qnphrase.building.made import Seen
from qnphrase.building.plan import BuildPlan
from qnphrase.building.plan import PlannedPack
from qnphrase.building.plan import State
from qnphrase.building.writing import names_of
from qnphrase.building.writing import shops_in_words
from qnphrase.language import _
from qnphrase.merge.change import What
from qnphrase.merge.record import EXTRA
from qnphrase.merge.report.said import group_title
from qnphrase.merge.report.said import label_of
from qnphrase.merge.report.said import pieces_of
from qnphrase.merge.report.said import said
from qnphrase.merge.report.text import Look
from qnphrase.merge.report.text import render_view
from qnphrase.merge.report.view import Entry
from qnphrase.merge.report.view import Line
from qnphrase.merge.report.view import Section
from qnphrase.merge.report.view import View
from qnphrase.merge.report.view import counted
from qnphrase.places import REPLIES


@dataclass
class Told:
    """One change of a source. `seen` is what it is in the first of its shops; `is_alike`, whether in all of them."""

    seen: Seen
    shops: dict[str, None] = field(default_factory=dict)
    is_alike: bool = True


def told_once(plan: BuildPlan) -> list[Told]:
    """Return each change once: what one source makes of several shops is one change, whatever is filled in."""
    found: dict[object, Told] = {}
    for seen, shops in plan.seen:
        names = tuple(one.name for one in seen.fields)
        is_known = bool(seen.place or seen.code)
        key = seen._replace(fields=(), is_guess=False), names if is_known else seen.fields
        told = found.setdefault(key, Told(seen))
        told.is_alike = told.is_alike and told.seen.fields == seen.fields
        told.shops.update(dict.fromkeys(shops))
    return list(found.values())


def is_same(plan: BuildPlan) -> bool:
    """Whether the packs say what a build would have them say."""
    return not (plan.seen or plan.orphans or _fresh_packs(plan))


def _fresh_packs(plan: BuildPlan) -> list[PlannedPack]:
    """Return the packs that aren't there yet, of shops that have others."""
    fresh = {shop for seen, shops in plan.seen if seen.is_new_shop for shop in shops}
    return [pack for pack in plan.packs if pack.state is State.CREATED and pack.shop not in fresh]


def _only_rewritten(plan: BuildPlan) -> list[PlannedPack]:
    """Return the packs that say what they said, in other bytes."""
    changed = {shop for _seen, shops in plan.seen for shop in shops}
    return [pack for pack in plan.packs if pack.state is State.UPDATED and pack.shop not in changed]


def render(plan: BuildPlan, look: Look) -> str:
    """Return the report."""
    return render_view(_view(plan, told_once(plan)), look)


def _view(plan: BuildPlan, changes: Sequence[Told]) -> View:
    phrases = [told for told in changes if not (told.seen.is_group or told.seen.is_new_shop)]
    sections: dict[str, list[Entry]] = {}
    for told in phrases:
        sections.setdefault(told.seen.group, []).append(_entry(told))
    return View(
        old=_("现在：{dist} 里的包").format(dist=plan.dist),
        new=_("要做：照 {path}").format(path=plan.shops.path),
        verdict=_verdict(plan, changes, phrases),
        notes=list(_notes(plan)),
        groups=[*_shops_and_packs(plan, changes), *(pair for told in changes for pair in _group_words(told))],
        sections=[Section(group_title(group), entries) for group, entries in sections.items()],
    )


def _entry(told: Told) -> Entry:
    seen, shops = told.seen, list(told.shops)
    remarks = [names_of(shops)]
    if not told.is_alike:
        remarks.append(_("各家店填的不一样，这里是“{shop}”的").format(shop=shops[0]))
    if seen.moved_from or What.MOVED in seen.kinds:
        remarks.append(_("从{group}移到这里").format(group=group_title(seen.moved_from)))
    if seen.is_guess:
        remarks.append(_("按内容相近认作同一条，请核对"))
    if seen.why:
        remarks.append(seen.why)
    ordered = sorted(seen.fields, key=lambda one: one.name != "text")
    lines = [Line(label_of(one.name), pieces_of(one)) for one in ordered]
    return Entry(seen.kinds, seen.code, seen.place, remarks, lines)


def _group_words(told: Told) -> Iterator[tuple[What, str]]:
    names = {"old": group_title(told.seen.old), "new": group_title(told.seen.new)}
    sentences = {
        What.ADDED: _("新增分组{new}"),
        What.REMOVED: _("删除分组{old}"),
        What.RENAMED: _("分组{old}改名为{new}"),
        What.MOVED: _("分组{new}换了位置"),
    }
    for kind in told.seen.kinds if told.seen.is_group else ():
        yield kind, sentences[kind].format(**names) + shops_in_words(list(told.shops))


def _notes(plan: BuildPlan) -> Iterator[str]:
    for pack in plan.foreign:
        path = plan.path(pack.entry.file)
        yield _("{path} 不是上次做出来的样子，可能有人手工改过").format(path=path)
    if rewritten := _only_rewritten(plan):
        shops = names_of(list(dict.fromkeys(pack.shop for pack in rewritten)))
        yield _("写法变了（编码、引号之类），短语没变：{shops}").format(shops=shops)


def _shops_and_packs(plan: BuildPlan, changes: Sequence[Told]) -> Iterator[tuple[What, str]]:
    for told in changes:
        if told.seen.is_new_shop:
            yield What.ADDED, _("新店，还没有包：{shops}").format(shops=names_of(list(told.shops)))
    for pack in _fresh_packs(plan):
        yield What.ADDED, _("新的包：{path}").format(path=plan.path(pack.entry.file))
    for orphan in plan.orphans:
        yield What.REMOVED, _("没有哪家店要做 {path} 了").format(path=plan.path(orphan.file))


def _verdict(plan: BuildPlan, changes: Sequence[Told], phrases: Sequence[Told]) -> str:
    if is_same(plan):
        return _("没有差别")
    shops = {shop for told in changes for shop in told.shops if not told.seen.is_new_shop}
    counts: dict[What, int] = {}
    for told in phrases:
        for kind in told.seen.kinds:
            counts[kind] = counts.get(kind, 0) + 1
    parts = []
    if phrases:
        parts.append(
            _("{count} 条短语在 {shops} 家店里变了（{details}）").format(
                count=len(phrases), shops=len(shops), details=counted(counts)
            )
        )
    if groups := sum(told.seen.is_group for told in changes):
        parts.append(_("{count} 个分组变了").format(count=groups))
    if fresh := sum(len(told.shops) for told in changes if told.seen.is_new_shop):
        parts.append(_("{count} 家新店").format(count=fresh))
    if created := len(_fresh_packs(plan)):
        parts.append(_("{count} 个新的包").format(count=created))
    if plan.orphans:
        parts.append(_("{count} 个包没有店要做了").format(count=len(plan.orphans)))
    return _("；").join(parts)


def as_json(plan: BuildPlan) -> Mapping[str, Any]:
    """Return it as JSON values under stable English keys."""
    changes = told_once(plan)
    return {
        "version": 1,
        "dist": plan.dist,
        "identical": is_same(plan),
        "changes": [_change(told) for told in changes if not (told.seen.is_group or told.seen.is_new_shop)],
        "groups": [
            {
                "kinds": [kind.value for kind in told.seen.kinds],
                "old": told.seen.old or None,
                "new": told.seen.new or None,
                "shops": list(told.shops),
            }
            for told in changes
            if told.seen.is_group
        ],
        "new_shops": [shop for told in changes if told.seen.is_new_shop for shop in told.shops],
        "new_packs": [pack.entry.file for pack in _fresh_packs(plan)],
        "rewritten": [pack.entry.file for pack in _only_rewritten(plan)],
        "orphans": [orphan.file for orphan in plan.orphans],
        "edited_by_hand": [pack.entry.file for pack in plan.foreign],
    }


def _change(told: Told) -> dict[str, Any]:
    seen = told.seen
    return {
        "kinds": [kind.value for kind in seen.kinds],
        "type": "auto_reply" if seen.group == REPLIES else "phrase",
        "group": None if seen.group in ("", REPLIES) else seen.group,
        "code": seen.code or None,
        "place": seen.place or None,
        "moved_from": seen.moved_from or None,
        "why": seen.why or None,
        "guessed": seen.is_guess,
        "fields": [
            {
                "name": one.name.removeprefix(EXTRA),
                "before": _said(one.name, one.before),
                "after": _said(one.name, one.after),
            }
            for one in seen.fields
        ],
        "alike": told.is_alike,
        "shops": list(told.shops),
    }


def _said(name: str, value: object) -> str | None:
    return None if value is None else said(name, value)
