"""A plan for machines: JSON values under stable English keys. Numbers of phrases in their groups count from 1."""

from collections.abc import Sequence
from typing import Any

from qnphrase.formats.losses import Loss
from qnphrase.merge.near import SAME_CODE
from qnphrase.merge.near import SAME_GROUP
from qnphrase.merge.planned import GroupCount
from qnphrase.merge.planned import Plan
from qnphrase.merge.planned import Repeat
from qnphrase.merge.planned import Rewrite
from qnphrase.merge.planned import Spot


def as_json(plan: Plan, current: str, pack: str) -> dict[str, Any]:
    """Return the plan. `current` and `pack` are the paths of the files, empty for standard input."""
    return {
        "mode": "clear" if plan.clear else "append",
        "profile": {
            "name": plan.profile.name,
            "verified": plan.profile.is_verified,
            "skips_identical": plan.profile.skips_identical,
            "places": "end-of-group",
        },
        "harmless": plan.is_harmless,
        "current": {"path": current, "phrases": plan.before},
        "pack": {
            "path": pack,
            "phrases": plan.coming,
            "new": plan.new,
            "auto_replies": plan.replies,
            "holds_all_of_current": plan.pack_holds_all,
            "left_out": _losses(plan.left_out),
        },
        "result": {"phrases": plan.after, "groups": [_group(group) for group in plan.groups]},
        "duplicates": [_repeat(one) for one in plan.duplicates],
        "near_duplicates": [_repeat(one) for one in plan.near_duplicates],
        "near_search": {
            "least_ratio_in_group": SAME_GROUP,
            "least_ratio_under_code": SAME_CODE,
            "uncompared": plan.uncompared,
        },
        "clashes": [{"code": clash.code, "phrases": [_spot(one) for one in clash.spots]} for clash in plan.clashes],
        "vanishing": [_spot(one) for one in plan.vanishing],
        "rewrites": [_rewrite(one) for one in plan.rewrites],
        "skipped": [_repeat(one) for one in plan.skipped],
        "groups_gone": [_group(group) for group in plan.groups_gone],
        "groups_renamed": [{"current": one.held, "pack": one.new} for one in plan.renamed_groups],
        "groups_reordered": plan.groups_reordered,
        "phrases_reordered": plan.reordered,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    record = spot.record
    return {
        "from": spot.origin.value,
        "group": record.group,
        "number": spot.at + 1,
        "code": record.code,
        "text": record.text,
    }


def _repeat(repeat: Repeat) -> dict[str, Any]:
    return {
        "held": _spot(repeat.held),
        "new": _spot(repeat.new),
        "ratio": round(repeat.likeness, 4),
        "same_group": repeat.same_group,
        "same_code": repeat.same_code,
        "only_blanks": repeat.differs_in_blanks,
    }


def _rewrite(rewrite: Rewrite) -> dict[str, Any]:
    return {
        "old": _spot(rewrite.old),
        "new": _spot(rewrite.new),
        "fields": list(rewrite.fields),
        "loses_content": rewrite.is_loss,
        "matched_by": rewrite.tier.value,
        "ratio": round(rewrite.likeness, 4),
    }


def _group(group: GroupCount) -> dict[str, Any]:
    return {"name": group.name, "before": group.before, "after": group.after, "new": group.is_new}


def _losses(losses: Sequence[Loss]) -> list[dict[str, Any]]:
    return [{"kind": loss.kind, "count": loss.number, "name": loss.name} for loss in losses]
