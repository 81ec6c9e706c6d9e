"""Merging the fields of one record."""

from collections.abc import Hashable
from typing import Any
from typing import NamedTuple

from qnphrase.merge.record import Fields


class MergedFields(NamedTuple):
    """What became of the fields; of those in `conflicts` `merged` holds ours.

    `is_whitespace` says that the only conflict is one of texts that differ in blanks and line breaks.
    """

    merged: dict[str, Hashable]
    conflicts: tuple[str, ...]
    is_whitespace: bool


def merge_fields(base: Fields, ours: Fields, theirs: Fields, *, ignore_whitespace: bool = False) -> MergedFields:
    """Merge each field: what only one side changed, or both changed alike, is taken."""
    merged: dict[str, Hashable] = {}
    conflicts: list[str] = []
    for name in dict.fromkeys((*ours, *theirs)):
        before, one, other = base.get(name), ours.get(name), theirs.get(name)
        if name == "enabled" and not base and one != other:
            # Of an addition both values are said, so neither is the one that nobody touched.
            conflicts.append(name)
            value = one
        elif one == other or other == before:
            value = one
        elif one == before:
            value = other
        elif name == "tags":
            value = _merged_tags(before, one, other)
        elif name == "text" and ignore_whitespace and (yields := _yielding(before, one, other)) is not None:
            value = yields
        else:
            conflicts.append(name)
            value = one
        if value is not None:
            merged[name] = value
    alike = conflicts == ["text"] and without_blanks(ours.get("text")) == without_blanks(theirs.get("text"))
    return MergedFields(merged, tuple(conflicts), alike)


def without_blanks(text: Hashable) -> Hashable:
    """Return a text, or the text of a reply, without blanks and line breaks."""
    if isinstance(text, tuple):
        return tuple(map(without_blanks, text))
    return "".join(text.split()) if isinstance(text, str) else text


def _yielding(before: Hashable, one: Hashable, other: Hashable) -> Hashable:
    """Return the text that holds where one of the changes is of blanks only; `None` where both are real."""
    if without_blanks(one) == without_blanks(other) or without_blanks(other) == without_blanks(before):
        return one
    return other if without_blanks(one) == without_blanks(before) else None


def merged_entries(before: tuple[str, ...], one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Merge two lists as the sets that they are: the order is that of `one`, then what `other` added."""
    if one == other or other == before:
        return one
    if one == before:
        return other
    kept = [entry for entry in one if entry in other or entry not in before]
    return tuple(dict.fromkeys((*kept, *(entry for entry in other if entry not in before))))


def _merged_tags(before: Any, one: Any, other: Any) -> tuple[str, ...]:
    """Tags are a set: what either side removed is gone, what either side added is there."""
    old, left, right = before or (), one or (), other or ()
    kept = [tag for tag in old if tag in left and tag in right]
    return (*kept, *sorted({*left, *right} - set(old)))
