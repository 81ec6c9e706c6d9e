"""A build for machines: JSON values under stable English keys."""

from collections import Counter
from typing import Any

from qnphrase.building.manifest import pack_json
from qnphrase.building.plan import BuildPlan
from qnphrase.building.plan import Orphan
from qnphrase.building.plan import PlannedPack
from qnphrase.building.plan import State
from qnphrase.building.report.check import newly_expired


def as_json(plan: BuildPlan) -> dict[str, Any]:
    """Return what a build did or would do."""
    counts = Counter(pack.state for pack in plan.packs)
    return {
        "version": 1,
        "dist": plan.dist,
        "up_to_date": not (plan.problems or plan.refusals) and plan.is_up_to_date,
        "summary": {
            "shops": len(plan.chosen),
            **{state.value: counts[state] for state in State},
            "removed": sum(orphan.is_ours for orphan in plan.orphans),
            "problems": len(plan.problems),
        },
        "packs": [_pack(plan, pack) for pack in plan.packs],
        "orphans": [_orphan(orphan) for orphan in plan.orphans],
        "expired_since": [
            {"shop": shop, "phrase": name, "until": day}
            for shop in plan.expired
            for name, day in newly_expired(plan, shop)
        ],
        "notes": [
            {"kind": remark.kind, "message": remark.words, "shops": list(shops)} for remark, shops in plan.remarks
        ],
        "refused": [
            {
                "place": refusal.place or None,
                "group": refusal.group or None,
                "code": refusal.code or None,
                "characters": refusal.characters,
                "message": refusal.why or None,
                "shops": list(shops),
            }
            for refusal, shops in plan.refusals
        ],
        "problems": [
            {
                "kind": problem.kind.value,
                "message": problem.message,
                "path": problem.mark.path,
                "line": problem.mark.line,
                "column": problem.mark.column,
                "group": problem.group or None,
                "code": problem.code or None,
                "shops": list(shops),
            }
            for problem, shops in plan.problems
        ],
    }


def _pack(plan: BuildPlan, pack: PlannedPack) -> dict[str, Any]:
    return {
        "shop": pack.shop,
        "path": plan.path(pack.entry.file),
        "state": pack.state.value,
        "edited_by_hand": pack.is_foreign,
        **pack_json(pack.entry),
    }


def _orphan(orphan: Orphan) -> dict[str, Any]:
    return {"file": orphan.file, "shop": orphan.shop or None, "removed": orphan.is_ours}
