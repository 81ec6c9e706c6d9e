"""JSON for machines: everything that a diff knows, with the places in both files. The keys are stable."""

import json
from collections.abc import Hashable
from collections.abc import Sequence
from datetime import date
from typing import Any

from qnphrase.formats.losses import Loss
from qnphrase.merge.change import Change
from qnphrase.merge.change import FieldChange
from qnphrase.merge.change import GroupChange
from qnphrase.merge.change import Place
from qnphrase.merge.change import What
from qnphrase.merge.compare import Comparison
from qnphrase.merge.compare import Side
from qnphrase.merge.record import EXTRA
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.words import word_diff


def render(comparison: Comparison) -> str:
    """Return the report."""
    return json.dumps(as_dict(comparison), ensure_ascii=False, indent=2) + "\n"


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON values."""
    diff = comparison.diff
    return {
        "version": 1,
        "identical": diff.is_empty,
        "ignore_whitespace": diff.ignores_whitespace,
        "old": _file(comparison.old),
        "new": _file(comparison.new),
        "summary": {
            "changes": len(diff.changes),
            **{kind.value: diff.counts[kind] for kind in What if kind is not What.RENAMED},
            "guessed": len(diff.guesses),
            "groups": {kind.value: diff.group_counts[kind] for kind in What if kind in _OF_GROUPS},
        },
        "book": [_field(field) for field in diff.fields],
        "groups": [_group(group) for group in diff.groups],
        "changes": [_change(change, comparison) for change in diff.changes],
    }


_OF_GROUPS = (What.ADDED, What.REMOVED, What.RENAMED, What.MOVED)


def _file(side: Side) -> dict[str, Any]:
    return {
        "path": side.pack.path or "-",
        "format": side.pack.format,
        "counts": dict(side.pack.reading.counts()),
        "not_compared": [_loss(loss) for loss in side.left_out],
    }


def _loss(loss: Loss) -> dict[str, Any]:
    return {"kind": loss.kind, "count": loss.number, "name": loss.name}


def _group(group: GroupChange) -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in group.kinds],
        "old": group.old or None,
        "new": group.new or None,
        "old_position": group.old_at + 1 or None,
        "new_position": group.new_at + 1 or None,
    }


def _change(change: Change, comparison: Comparison) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kinds": [kind.value for kind in change.kinds],
        "type": "auto_reply" if change.record.is_reply else "phrase",
        "old": _record(change.old, change.old_place, comparison.old),
        "new": _record(change.new, change.new_place, comparison.new),
        "fields": [_field(field) for field in change.fields],
    }
    if change.tier is not None:
        found["match"] = {
            "by": change.tier.value,
            "ratio": round(change.likeness, 4),
            "guessed": change.is_guess,
        }
    return found


def _record(record: Record | None, place: Place | None, side: Side) -> dict[str, Any] | None:
    if record is None or place is None:
        return None
    position = side.position(place)
    fields = {name: value for name, value in fields_of(record).items() if name != "enabled"}
    said: dict[str, Any] = {"group": None if record.is_reply else fields.pop("group")}
    fields.pop("group", None)
    extra = {name.removeprefix(EXTRA): fields.pop(name) for name in tuple(fields) if name.startswith(EXTRA)}
    for name, value in fields.items():
        said.update(_plain_field(name, value))
    return {
        **said,
        "enabled": record.value.enabled,
        "extra": extra,
        "position": place.at + 1,
        "path": side.pack.path or "-",
        "line": position.line if position else None,
        "column": position.column if position else None,
        "end_line": position.end_line if position else None,
    }


def _plain_field(name: str, value: Hashable) -> dict[str, Any]:
    if name == "when" and isinstance(value, tuple):
        return {"when": value[0], "threshold": value[1]}
    if name == "text" and isinstance(value, tuple):
        return {value[0]: value[1]}
    return {name: _plain(name, value)}


def _field(field: FieldChange) -> dict[str, Any]:
    old, new = (_plain(field.name, value) for value in (field.before, field.after))
    found = {"field": field.name, "old": old, "new": new}
    if field.name == "enabled":
        return {**found, "old": bool(old), "new": bool(new)}
    if isinstance(old, str) and isinstance(new, str):
        found["words"] = [_piece(*piece) for piece in word_diff(old, new)]
    return found


def _piece(old: str, new: str) -> Sequence[str]:
    """Return a piece as `["equal", text]`, `["delete", text]`, `["insert", text]` or `["replace", old, new]`."""
    if old == new:
        return ["equal", old]
    if old and new:
        return ["replace", old, new]
    return ["delete", old] if old else ["insert", new]


def _plain(name: str, value: Hashable) -> Any:
    """Return a field's value as JSON; a reply's text is a text, or an object with the code of its phrase."""
    if isinstance(value, tuple):
        if name == "text":
            kind, content = value
            return content if kind == "text" else {"phrase": content}
        return {"when": value[0], "threshold": value[1]} if name == "when" else list(value)
    return value.isoformat() if isinstance(value, date) else value
