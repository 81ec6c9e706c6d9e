"""What to do instead of an import that does harm."""

import os

from qnphrase.language import _
from qnphrase.merge.planned import Plan


def advice(plan: Plan, current: str, pack: str) -> list[str]:
    """Return the ways out, best first; none where the import does no harm. Names as of `plan_text.render`."""
    if plan.is_harmless:
        return []
    only_new = _("qnphrase plan {current} {pack} --only-new 新增的短语{suffix}").format(
        current=_argument(current), pack=_argument(pack), suffix=os.path.splitext(pack)[1]
    )
    tips = _on_clearing(plan, only_new) if plan.clear else _on_appending(plan, only_new)
    if plan.clear and (plan.duplicates or plan.clashes):
        tips.append(_("新包自己有没有重复和撞车，用 qnphrase lint {pack} 看").format(pack=_argument(pack)))
    return tips


def _on_appending(plan: Plan, only_new: str) -> list[str]:
    if not plan.new:
        return [_("新包里的短语千牛都有了：不用导入")]
    tips = []
    if plan.pack_holds_all:
        tips.append(_("千牛现有的短语新包里都有：导入时勾选“清空当前正在使用的快捷短语列表”，不会丢"))
    elif plan.near_duplicates or plan.clashes:
        tips.append(_("同一条两边说法不同：先用 qnphrase import 把两边合成一本短语本，再导出，勾选“清空…”导入"))
    if plan.duplicates:
        tips.append(
            _("只加千牛还没有的 {count:,} 条：{command}，再追加导入这个文件").format(count=plan.new, command=only_new)
        )
    return tips


def _on_clearing(plan: Plan, only_new: str) -> list[str]:
    if not (plan.vanishing or plan.losses):
        return []
    tips = [_("导入前先在千牛里再导出一份留底：清空了找不回来")]
    tips.append(_("要留住会消失的：先用 qnphrase import 把两边合成一本短语本，再导出，勾选“清空…”导入"))
    if plan.new:
        tips.append(
            _("或者不清空，只加千牛还没有的 {count:,} 条：{command}，再追加导入这个文件").format(
                count=plan.new, command=only_new
            )
        )
    return tips


def _argument(name: str) -> str:
    return f'"{name}"' if any(character.isspace() for character in name) else name
