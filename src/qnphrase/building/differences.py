"""What becomes of the packs that stand there: phrase by phrase, and each change with its source."""

import os
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.building.chosen import dist_of
from qnphrase.building.made import Made
from qnphrase.building.made import Portion
from qnphrase.building.made import Seen
from qnphrase.building.packing import Packer
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnreadableFileError
from qnphrase.language import _
from qnphrase.merge.change import Change
from qnphrase.merge.change import FieldChange
from qnphrase.merge.change import What
from qnphrase.merge.diff import diff_books
from qnphrase.merge.record import fields_of
from qnphrase.merge.record import records_of
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.places import REPLIES
from qnphrase.shops.resolved import Said
from qnphrase.shops.shelf import Entry
from qnphrase.shops.shop import PackForm
from qnphrase.shops.shop import Shop

Key = tuple[str, str, str]


def compared(packer: Packer, shop: Shop) -> Made:
    """Return the packs of a shop, and what becomes of those that stand there now. For `plan_build`.

    Raises `FileError`, also for a pack that stands there and can't be read.
    """
    seen: dict[Seen, None] = {}
    dist = dist_of(packer.shops)
    is_there = False

    def watch(form: PackForm, portion: Portion, pack: Pack) -> None:
        nonlocal is_there
        path = os.path.join(dist, *form.file.split("/"))
        if not os.path.exists(path):
            return
        is_there = True
        old = _standing(path)
        if old.to_bytes() != pack.to_bytes():
            seen.update(dict.fromkeys(_seen(old, pack, portion)))

    made = packer.made(shop, watch)
    if not is_there:
        seen[Seen((What.ADDED,), "", "", is_new_shop=True)] = None
    return _with_seen(made, list(seen))


def _standing(path: str) -> Pack:
    """Return the pack that stands there. Raises `UnreadableFileError` that says how to come by a whole one."""
    try:
        return load(path)
    except PackSyntaxError as error:
        raise UnreadableFileError(
            _("现在的这个包坏了，没法比：{why}").format(why=error.what),
            path=path,
            hint=_("里面没有要留的东西，就运行 qnphrase build --force 重做。"),
        ) from error


def _with_seen(made: Made, seen: Sequence[Seen]) -> Made:
    from dataclasses import replace

    return replace(made, seen=seen)


def _seen(old: Pack, new: Pack, portion: Portion) -> Iterator[Seen]:
    diff = diff_books(old.book, new.book)
    for group in diff.groups:
        yield Seen(group.kinds, "", "", old=group.old, new=group.new, is_group=True)
    sources = _sources(portion)
    reasons = _reasons(portion)
    for change in diff.changes:
        record = change.record
        said = sources.get(record.key[:3]) if change.new is not None else None
        moved_from = change.old.group if change.is_moved and change.old is not None else ""
        yield Seen(
            kinds=change.kinds,
            group=record.group,
            code=record.code,
            place=said.source.place if said is not None else "",
            fields=_fields(change),
            moved_from=moved_from,
            is_guess=change.is_guess,
            why="" if change.new is not None else reasons.get((record.group, record.code), ""),
        )


def _fields(change: Change) -> tuple[FieldChange, ...]:
    if change.old is not None and change.new is not None:
        return change.fields
    text = fields_of(change.record).get("text", "")
    return (FieldChange("text", None, text) if change.old is None else FieldChange("text", text, None),)


def _sources(portion: Portion) -> dict[Key, Said]:
    """Return where the records of a book come from."""
    sources: dict[Key, Said] = {}
    for record, said in zip(records_of(portion.book), portion.said, strict=True):
        sources.setdefault(record.key[:3], said)
    return sources


def _reasons(portion: Portion) -> dict[tuple[str, str], str]:
    """Return why phrases that were in a pack may not be in it any more, by group and code."""
    reasons: dict[tuple[str, str], str] = {}
    for entry, mark in portion.resolved.removals:
        reasons[entry.group, entry.code] = _("被 {place} 的 remove 去掉了").format(place=mark)
    for said in (*portion.disabled, *portion.expired):
        source = said.source
        if isinstance(source, Entry) and source.group != REPLIES:
            reasons[source.group, source.code] = _why(said, source)
    return reasons


def _why(said: Said, source: Entry) -> str:
    until = getattr(said.value, "last_day", None)
    if said.value is not None and said.value.enabled and until is not None:
        return _("过期了（用到 {day}），见 {place}").format(day=until, place=source.place)
    return _("停用了（enabled: false），见 {place}").format(place=source.place)
