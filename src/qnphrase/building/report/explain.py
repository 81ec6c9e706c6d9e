"""Where a phrase comes from, for people and for machines."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from qnphrase.building.provenance import Fate
from qnphrase.building.provenance import Provenance
from qnphrase.building.provenance import Value
from qnphrase.building.writing import names_of
from qnphrase.building.writing import shops_in_words
from qnphrase.language import _

_VERSIONS = 3  # texts that are shown where each shop has its own


def render(found: Sequence[Provenance], *, show_all: bool = False) -> str:
    """Return the report. `show_all` shows the text of every shop."""
    return "\n".join("".join(f"{line}\n" for line in _lines(one, show_all=show_all)) for one in found)


def _lines(one: Provenance, *, show_all: bool) -> Iterator[str]:
    source = one.source
    group = source.group or _("未分组")
    yield f"● {group}/{source.code}{shops_in_words(one.shops)}"
    yield _("  写在 {place}").format(place=source.place)
    for place in source.over:
        yield _("  盖住了 {place}").format(place=place)
    if words := _fate_words(one):
        yield f"  {words}"
    if source.fate in (Fate.REMOVED, Fate.REPLACED, Fate.GIVEN_BACK):
        return
    yield from _text(_("原文："), source.text)
    shown = list(one.versions.items())
    if not shown[0][0].values:
        return
    most = len(shown) if show_all else _VERSIONS
    for version, shops in shown[:most]:
        yield from _text(_("{shops}：").format(shops=names_of(shops)), version.text)
        for value in version.values:
            yield from (f"    {line}" for line in _value_words(value).split("\n"))
    if len(shown) > most:
        yield _("  …还有 {count} 种填法（写上店名看）").format(count=len(shown) - most)


def _text(label: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n")
    yield f"  {label}{first}"
    yield from (f"    {line}" for line in rest)


def _value_words(value: Value) -> str:
    words = _("默认值，{place}").format(place=value.place) if value.is_default else value.place
    if value.written != value.text:
        words = _("{place}，写的是 {written}").format(place=words, written=value.written)
    return _("{{{name}}} = {text}（{place}）").format(name=value.name, text=value.text, place=words)


def _fate_words(one: Provenance) -> str:
    source = one.source
    sentences = {
        Fate.DISABLED: _("停用了（enabled: false），不进包"),
        Fate.EXPIRED: _("过期了（用到 {day}），不进包"),
        Fate.REMOVED: _("被 {place} 的 remove 去掉了"),
        Fate.REPLACED: _("被 {place} 换掉了"),
        Fate.GIVEN_BACK: _("过期了（用到 {day}），它盖住的那一条又用回来了"),
    }
    return sentences.get(source.fate, "").format(day=source.until, place=source.by)


def as_json(word: str, found: Sequence[Provenance]) -> dict[str, Any]:
    """Return it as JSON values under stable English keys."""
    return {"version": 1, "code": word, "sources": [_source_json(one) for one in found]}


def _source_json(one: Provenance) -> dict[str, Any]:
    source = one.source
    return {
        "group": source.group or None,
        "code": source.code,
        "text": source.text,
        "place": source.place,
        "over": list(source.over),
        "fate": source.fate.value,
        "until": source.until or None,
        "by": source.by or None,
        "shops": [
            {"shops": shops, "text": version.text or None, "variables": [_value_json(one) for one in version.values]}
            for version, shops in one.versions.items()
        ],
    }


def _value_json(value: Value) -> dict[str, Any]:
    return {
        "name": value.name,
        "value": value.text,
        "written": value.written,
        "place": value.place,
        "default": value.is_default,
    }
