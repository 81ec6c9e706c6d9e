"""What a build did: a table of the packs, what was left out, and one sentence."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.building.plan import BuildPlan
from qnphrase.building.plan import PlannedPack
from qnphrase.building.plan import State
from qnphrase.building.report.table import rows_in_columns
from qnphrase.building.writing import shops_in_words
from qnphrase.language import _

_MANY = 30  # shops; of more, only those are listed whose packs changed


def render(plan: BuildPlan, *, width: int = 80) -> str:
    """Return the report on a build that was carried out."""
    return "".join(f"{line}\n" for line in _lines(plan, width))


def _lines(plan: BuildPlan, width: int) -> Iterator[str]:
    shown = plan.packs if len(plan.chosen) <= _MANY else plan.changed
    if shown:
        yield from rows_in_columns([_head(), *map(_row, shown)], width=width, texts=2)
        yield ""
    if plan.packs and len(shown) < len(plan.packs):
        yield _("另外 {count} 个包没变，没有列出").format(count=len(plan.packs) - len(shown))
    yield from left_out(plan.packs)
    for remark, shops in plan.remarks:
        yield _("提醒：{what}{shops}").format(what=remark.words, shops=shops_in_words(shops))
    for orphan in plan.orphans:
        path = plan.path(orphan.file)
        if orphan.is_ours:
            yield _("删掉了 {path}：没有哪家店要做它了").format(path=path)
        else:
            yield _("留下了 {path}：没有哪家店要做它了，但有人手工改过").format(path=path)
    yield _("{dist}：{verdict}").format(dist=plan.dist, verdict=verdict(plan))


def _head() -> list[str]:
    return [_("店"), _("文件"), _("短语"), _("分组"), _("自动回复"), _("没进包"), _("状态")]


def state_words() -> dict[State, str]:
    """Return what became of a pack, in a word."""
    return {State.CREATED: _("新建"), State.UPDATED: _("更新"), State.UNCHANGED: _("没变")}


def _row(pack: PlannedPack) -> list[str]:
    entry = pack.entry
    numbers = (entry.phrases, entry.groups, entry.auto_replies, entry.left_out)
    return [pack.shop, entry.file, *map(str, numbers), state_words()[pack.state]]


def left_out(packs: Sequence[PlannedPack]) -> Iterator[str]:
    """Yield how many phrases are in no pack, and why; a shop with several packs counts once."""
    entries = {pack.shop: pack.entry for pack in packs}.values()
    parts = []
    if disabled := sum(entry.disabled for entry in entries):
        parts.append(_("停用 {count} 条").format(count=disabled))
    if over := sum(entry.expired for entry in entries):
        parts.append(_("过期 {count} 条").format(count=over))
    if parts:
        yield _("没有进包的短语：{what}").format(what=_("，").join(parts))


def verdict(plan: BuildPlan) -> str:
    """Return what was done in a sentence."""
    counts = Counter(pack.state for pack in plan.packs)
    parts = [_("{count} 家店").format(count=len(plan.chosen))]
    words = {
        State.CREATED: _("{count} 个包新建"),
        State.UPDATED: _("{count} 个包更新"),
        State.UNCHANGED: _("{count} 个没变"),
    }
    parts += [sentence.format(count=counts[state]) for state, sentence in words.items() if counts[state]]
    if removed := sum(orphan.is_ours for orphan in plan.orphans):
        parts.append(_("{count} 个旧包删掉").format(count=removed))
    return _("，").join(parts)
