"""Conflicts as people and programs read them."""

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.language import _
from qnphrase.merge.conflict import Conflict
from qnphrase.merge.conflict import Kind
from qnphrase.merge.files import PackMerge
from qnphrase.merge.places import Places
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.report.said import field_name
from qnphrase.merge.report.said import group_title
from qnphrase.merge.report.said import said
from qnphrase.merge.report.visible import visible

_SHOWN = 40  # characters of a text


def conflict_lines(merge: PackMerge) -> Iterator[str]:
    """Yield the conflicts with their three sides, each named by its group, its code and the start of its text."""
    for number, conflict in enumerate(merge.conflicts, 1):
        yield from lines_of(conflict, number, len(merge.conflicts))


def lines_of(conflict: Conflict, number: int, total: int) -> Iterator[str]:
    """Yield the lines of one conflict."""
    yield _("冲突 {number}/{total}：{title}").format(number=number, total=total, title=kind_name(conflict))
    for side, lines in zip((_("原来"), _("我方"), _("对方")), _sides(conflict), strict=True):
        yield from (f"  {side}  {line}" for line in lines)


def kind_name(conflict: Conflict) -> str:
    """Return what kind of conflict this is, in words."""
    names = {
        Kind.CHANGED_BOTH: _("两边都改了"),
        Kind.ADDED_BOTH: _("两边都加了，写得不一样"),
        Kind.DELETED_OURS: _("我方删了，对方改了"),
        Kind.DELETED_THEIRS: _("对方删了，我方改了"),
        Kind.DUPLICATE_CODE: _("合并以后编码重复"),
        Kind.GROUP_NAME: _("同一个分组，两边改成了不同的名字"),
        Kind.BOOK_FIELD: _("两边都改了"),
    }
    name = names[conflict.kind]
    if conflict.is_whitespace:
        return _("{name}（只差空格和换行，可以加 --ignore-whitespace）").format(name=name)
    fields = _("、").join(map(field_name, conflict.fields))
    if conflict.kind in (Kind.CHANGED_BOTH, Kind.ADDED_BOTH, Kind.BOOK_FIELD) and fields:
        return _("{name}：{fields}").format(name=name, fields=fields)
    return name


def _sides(conflict: Conflict) -> Iterator[list[str]]:
    if conflict.kind in (Kind.GROUP_NAME, Kind.BOOK_FIELD):
        yield from ([value or _("（空）")] for value in conflict.values)
        return
    for records in (conflict.base, conflict.ours, conflict.theirs):
        yield [shown_record(record, conflict.fields) for record in records] or [_("（没有）")]


def shown_record(record: Record, fields: Iterable[str] = ()) -> str:
    """Return a record by its group, its code and the start of its text, and what it says in `fields`."""
    text = visible(record.text.replace("\n", " "))
    start = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    values = fields_of(record)
    others = [
        _("{name}：{value}").format(name=field_name(name), value=said(name, values.get(name)) or _("（空）"))
        for name in fields
        if name not in ("group", "code", "text", "when")
    ]
    name = f"{group_title(record.group)}{record.code or '-'}"
    return "  ".join([name, start, *others])


def report_of(merge: PackMerge) -> dict[str, Any]:
    """Return the conflicts as JSON values: every side whole, with its place in its file, under stable English keys."""
    places = {"base": merge.base, "ours": merge.ours, "theirs": merge.theirs}
    files = {name: Places(pack) for name, pack in places.items() if pack is not None}
    return {
        "files": {name: pack.path if pack is not None else None for name, pack in places.items()},
        "conflicts": [_json_of(conflict, files) for conflict in merge.conflicts],
        "guesses": [
            {
                "side": guess.side,
                "likeness": round(guess.likeness, 3),
                "base": _record_json(guess.base, files.get("base")),
                "record": _record_json(guess.record, files[guess.side]),
            }
            for guess in merge.merged.guesses
        ],
        "disputed_orders": list(merge.merged.disputed_orders),
    }


def _json_of(conflict: Conflict, files: dict[str, Places]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": conflict.kind.value,
        "fields": list(conflict.fields),
        "whitespace_only": conflict.is_whitespace,
    }
    if conflict.kind in (Kind.GROUP_NAME, Kind.BOOK_FIELD):
        return found | {"values": dict(zip(("base", "ours", "theirs"), conflict.values, strict=True))}
    for name in ("base", "ours", "theirs"):
        records: Iterable[Record] = getattr(conflict, name)
        found[name] = [_record_json(record, files.get(name)) for record in records]
    return found


def _record_json(record: Record, places: Places | None) -> dict[str, Any]:
    position = places.position(record) if places is not None else None
    return {
        "group": AUTO_REPLY_GROUP if record.is_reply else record.group,
        "code": record.code,
        "text": record.text,
        "fields": record.value.model_dump(mode="json", exclude_defaults=True),
        "line": position.line if position else None,
        "column": position.column if position else None,
        "end_line": position.end_line if position else None,
    }
