"""A plan in words, for whoever is about to press the button: the verdict, what comes of it, and what to do instead."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TypeVar

from qnphrase.language import _
from qnphrase.merge.plan_advice import advice
from qnphrase.merge.planned import Clash
from qnphrase.merge.planned import GroupCount
from qnphrase.merge.planned import Origin
from qnphrase.merge.planned import Plan
from qnphrase.merge.planned import Repeat
from qnphrase.merge.planned import Rewrite
from qnphrase.merge.planned import Spot
from qnphrase.merge.report.said import group_title
from qnphrase.merge.report.visible import visible

SHOWN = 10  # entries of a list, unless all are asked for
_START = 24  # characters of a text that name a phrase
_BEFORE = 8  # characters that stay before the first difference

Thing = TypeVar("Thing")


def render(plan: Plan, current: str, pack: str, *, show_all: bool = False) -> str:
    """Return the report. `current` and `pack` are the files as their reader calls them."""
    shown = None if show_all else SHOWN
    return "".join(f"{line}\n" for line in _lines(plan, current, pack, shown))


def verdict(plan: Plan) -> str:
    """Return the whole plan in a line."""
    counts = {"before": plan.before, "after": plan.after}
    head = _("清空后导入：{before:,} → {after:,} 条") if plan.clear else _("追加导入后：{before:,} → {after:,} 条")
    harm = [sentence.format(count=count) for sentence, count in _harm(plan) if count]
    if not harm:
        harm = [_("没有重复，编码不撞车，什么也不会丢")]
    return _("{head}；{details}").format(head=head.format(**counts), details=_("，").join(harm))


def _harm(plan: Plan) -> Iterator[tuple[str, int]]:
    yield _("{count:,} 条会变成一模一样的重复"), len(plan.duplicates)
    yield _("{count:,} 条和现有的几乎一样"), len(plan.near_duplicates)
    yield _("{count:,} 个编码会撞车"), len(plan.clashes)
    yield _("{count:,} 条会消失"), len(plan.vanishing)
    yield _("{count:,} 条会换成新包里的说法"), len(plan.losses)


def _lines(plan: Plan, current: str, pack: str, shown: int | None) -> Iterator[str]:
    yield verdict(plan)
    yield from _indented(_premises(plan))
    yield from _section(_("会变成一模一样的重复"), plan.duplicates, _duplicate, shown)
    yield from _section(_("和现有的几乎一样"), plan.near_duplicates, _near, shown)
    near = {id(one.new.record) for one in plan.near_duplicates if one.same_code}
    clashes = [clash for clash in plan.clashes if not _is_told(clash, near)]
    yield from _section(_("编码撞车：同一个编码，不止一种说法或不止一个分组"), clashes, _clash, shown)
    told = len(plan.clashes) - len(clashes)
    if told:
        yield ""
        yield _("另有 {count:,} 个编码撞车，就是上面几乎一样、编码也一样的那些").format(count=told)
    yield from _section(_("会消失：新包里没有"), plan.vanishing, _vanishing, shown)
    yield from _section(_("会换成新包里的说法"), plan.losses, _rewrite, shown)
    kept = [one for one in plan.rewrites if not one.is_loss]
    yield from _section(_("内容不变，只换分组或编码"), kept, _rewrite, shown)
    yield from _section(_("已经有了，跳过不导"), plan.skipped, _skipped, shown)
    yield from _section(_("导入后的分组，按先后顺序"), plan.groups, _group, shown)
    yield from _section(_("会消失的分组"), plan.groups_gone, _group, shown)
    remarks = list(_remarks(plan))
    if remarks:
        yield ""
        yield _("说明")
        yield from _indented(remarks)
    tips = advice(plan, current, pack)
    if tips:
        yield ""
        yield _("建议")
        yield from _indented(tips)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _premises(plan: Plan) -> Iterator[str]:
    rules = (_("先清空现有的，再导入"), plan.profile.rules[0]) if plan.clear else plan.profile.rules
    sentence = _("按“{profile}”推算：{rules}")
    yield sentence.format(profile=plan.profile.name, rules=_("；").join(rules))
    if not plan.profile.is_verified:
        yield _("未经验证：千牛没有公开过怎么处理导入。请先用几条短语在自己的千牛上试一次，再全部导入")


def _section(
    title: str, things: Sequence[Thing], told: Callable[[Thing], Iterator[str]], shown: int | None
) -> Iterator[str]:
    if not things:
        return
    yield ""
    yield _("{title}（{count:,}）").format(title=title, count=len(things))
    for thing in things[:shown]:
        yield from _indented(told(thing))
    if shown is not None and len(things) > shown:
        yield from _indented([_("还有 {count:,} 条（加 --all 全部列出）").format(count=len(things) - shown)])


def _duplicate(repeat: Repeat) -> Iterator[str]:
    yield _("{phrase}：第 {first} 条和第 {second} 条").format(
        phrase=_name(repeat.held), first=repeat.held.at + 1, second=repeat.new.at + 1
    )


def _near(repeat: Repeat) -> Iterator[str]:
    held, new = repeat.held.record.text, repeat.new.record.text
    start = _first_difference(held, new)
    remarks = [_likeness(repeat)]
    if repeat.same_code:
        remarks.append(_("编码一样"))
    yield _spot(repeat.held, start)
    yield _("{line}（{remarks}）").format(line=_spot(repeat.new, start), remarks=_("，").join(remarks))


def _likeness(repeat: Repeat) -> str:
    if repeat.likeness == 1:
        return _("内容一样")
    if repeat.differs_in_blanks:
        return _("只差空格或换行")
    return _("相似 {percent}%").format(percent=int(repeat.likeness * 100))


def _clash(clash: Clash) -> Iterator[str]:
    yield visible(clash.code)
    yield from (f"  {_spot(spot)}" for spot in clash.spots[:SHOWN])
    if len(clash.spots) > SHOWN:
        yield "  " + _("还有 {count:,} 条").format(count=len(clash.spots) - SHOWN)


def _is_told(clash: Clash, near: set[int]) -> bool:
    """Whether all that is new under a code stands among the near-duplicates of the same code."""
    return all(id(spot.record) in near for spot in clash.spots if spot.origin is Origin.PACK)


def _vanishing(spot: Spot) -> Iterator[str]:
    yield _name(spot)


def _skipped(repeat: Repeat) -> Iterator[str]:
    yield _name(repeat.new)


def _rewrite(rewrite: Rewrite) -> Iterator[str]:
    old, new = rewrite.old.record, rewrite.new.record
    remarks = []
    if "group" in rewrite.fields:
        remarks.append(_("分组改为{group}").format(group=group_title(new.group)))
    if "code" in rewrite.fields:
        remarks.append(_("编码改为 {code}").format(code=visible(new.code) or "-"))
    if "extra" in rewrite.fields:
        remarks.append(_("附加列有变化"))
    if rewrite.is_guess:
        remarks.append(_("按内容相近认作同一条（相似 {percent}%），请核对").format(percent=int(rewrite.likeness * 100)))
    if "text" not in rewrite.fields:
        yield _("{phrase}（{remarks}）").format(phrase=_name(rewrite.old), remarks=_("，").join(remarks))
        return
    if "".join(old.text.split()) == "".join(new.text.split()):
        remarks.append(_("只差空格或换行"))
    start = _first_difference(old.text, new.text)
    line = _("{phrase} → {text}").format(phrase=_name(rewrite.old, start), text=_start(new.text, start))
    yield _("{line}（{remarks}）").format(line=line, remarks=_("，").join(remarks)) if remarks else line


def _group(group: GroupCount) -> Iterator[str]:
    line = _("{group} {before:,} → {after:,} 条")
    if group.is_new:
        line = _("{group} {after:,} 条（新分组）")
    elif group.before == group.after:
        line = _("{group} {after:,} 条（不变）")
    yield line.format(group=visible(group_title(group.name)), before=group.before, after=group.after)


def _remarks(plan: Plan) -> Iterator[str]:
    for renamed in plan.renamed_groups:
        sentence = _("分组{new}看着就是现有的{held}改了名")
        if not plan.clear:
            sentence = _("分组{new}看着就是现有的{held}改了名，导入后两个都在")
        yield sentence.format(new=visible(group_title(renamed.new)), held=visible(group_title(renamed.held)))
    if plan.groups_reordered:
        yield _("留下来的分组，先后顺序会变")
    if plan.reordered:
        yield _("{count:,} 条短语本身不变，在分组里的位置会变").format(count=plan.reordered)
    if plan.uncompared:
        yield _("新短语太多，有 {count:,} 条没有和同分组的逐条比是否几乎一样").format(count=plan.uncompared)
    if plan.replies:
        yield _(
            "新包里的 {count:,} 条自动回复，导入后只是分组“自动回复”里的短语，不会自动发；要请在千牛的自动回复里设置"
        ).format(count=plan.replies)
    if plan.left_out:
        yield _("导出包里放不下、千牛收不到的：{losses}").format(losses=_("、").join(map(str, plan.left_out)))
    yield _("千牛对编码、分组、内容的长度有什么限制，没有公开过，这里不猜")


def _name(spot: Spot, start: int = 0) -> str:
    record = spot.record
    return _("{group}{code} {start}").format(
        group=visible(group_title(record.group)), code=visible(record.code) or "-", start=_start(record.text, start)
    )


def _spot(spot: Spot, start: int = 0) -> str:
    words = _("现有：{phrase}，第 {at} 条") if spot.origin is Origin.CURRENT else _("新包：{phrase}，第 {at} 条")
    return words.format(phrase=_name(spot, start), at=spot.at + 1)


def _start(text: str, start: int) -> str:
    """Return the start of a text, or where it stands at the character `start` if that is far from there."""
    first = start - _BEFORE if start > _START - _BEFORE else 0
    line = visible(text[first : first + _START]).replace("\n", " ")
    return ("…" if first else "") + line + ("…" if first + _START < len(text) else "")


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
