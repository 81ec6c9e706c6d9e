"""Where a phrase of a shop comes from: its source, what it took the place of, and where each of its values stands."""

import datetime
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from qnphrase.building.chosen import chosen_shops
from qnphrase.building.packing import Packer
from qnphrase.configuration import did_you_mean
from qnphrase.errors import UsageError
from qnphrase.formats.quiet import quiet_collector
from qnphrase.language import _
from qnphrase.model import Phrase
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Said
from qnphrase.shops.shelf import Entry
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops


class Fate(StrEnum):
    """What became of an entry in a shop."""

    SENT = "sent"  # it stands in the pack
    DISABLED = "disabled"
    EXPIRED = "expired"
    REMOVED = "removed"
    REPLACED = "replaced"  # another code stands in its place
    GIVEN_BACK = "given_back"  # its last day is over, and what it had taken the place of stands again


class Value(NamedTuple):
    """What a variable is filled with. `written` is what stands at `place`, with other variables in it."""

    name: str
    text: str
    written: str
    place: str
    is_default: bool


class Version(NamedTuple):
    """What the text is in some shops, and the values in it."""

    text: str
    values: tuple[Value, ...]


class Source(NamedTuple):
    """Where an entry is written. `over` are the places of what it took the place of, the nearest first.

    `by` is the place of what removed or replaced it.
    """

    group: str
    code: str
    text: str
    place: str
    over: tuple[str, ...]
    fate: Fate
    until: str = ""
    by: str = ""


@dataclass(frozen=True)
class Provenance:
    """One source, and the shops that have it by what the text is in each."""

    source: Source
    versions: dict[Version, list[str]] = field(default_factory=dict)

    @property
    def shops(self) -> list[str]:
        """All shops that have it."""
        return [shop for shops in self.versions.values() for shop in shops]


def provenance_of(
    shops: Shops, word: str, names: Sequence[str] = (), *, done: Callable[[object], None] | None = None
) -> list[Provenance]:
    """Return where phrases of a code, of a group and a code, or the replies of a trigger come from.

    Raises `UsageError` where no chosen shop has it, `FileError` for a book that can't be read.
    """
    chosen = chosen_shops(shops, names)
    packer = Packer(shops)
    found: dict[Source, Provenance] = {}
    codes: dict[str, None] = {}
    with quiet_collector():
        for shop in chosen:
            resolved = packer.resolver.resolved(shop)
            codes.update(dict.fromkeys(entry.code for entry in _entries(resolved) if entry.code))
            for source, version in _found(resolved, word, shops):
                provenance = found.setdefault(source, Provenance(source))
                provenance.versions.setdefault(version, []).append(shop.name)
            if done is not None:
                done(shop)
    if not found:
        raise UsageError(_("没有编码“{code}”{meant}").format(code=word, meant=did_you_mean(word, codes)))
    return list(found.values())


def _entries(resolved: Resolved) -> Iterator[Entry]:
    yield from (said.source for said in resolved.said if isinstance(said.source, Entry))
    yield from (removal.entry for removal in resolved.removals)


def _found(resolved: Resolved, word: str, shops: Shops) -> Iterator[tuple[Source, Version]]:
    for said in resolved.said:
        entry = said.source
        if not isinstance(entry, Entry):
            continue
        if _is_meant(entry, word):
            yield _source(entry, _fate(said, shops.today)), _version(said, resolved.shop, shops)
        elif below := next((one for one in entry.over if _is_meant(one, word)), None):
            yield _source(below, Fate.REPLACED, by=entry.place), Version("", ())
    for removal in resolved.removals:
        if _is_meant(removal.entry, word):
            yield _source(removal.entry, Fate.REMOVED, by=str(removal.mark)), Version("", ())
    for entry in resolved.given_back:
        if _is_meant(entry, word):
            yield _source(entry, Fate.GIVEN_BACK), Version("", ())


def _is_meant(entry: Entry, word: str) -> bool:
    return bool(entry.code) and word in (entry.code, f"{entry.shown_group}/{entry.code}")


def _source(entry: Entry, fate: Fate, *, by: str = "") -> Source:
    until = entry.value.last_day.isoformat() if entry.value.last_day else ""
    over = tuple(one.place for one in entry.over)
    written = f"→{entry.value.phrase}" if not isinstance(entry.value, Phrase) and entry.value.phrase else ""
    return Source(entry.shown_group, entry.code, written or entry.value.text, entry.place, over, fate, until, by)


def _fate(said: Said, today: datetime.date) -> Fate:
    value = said.value
    if value is not None and not value.enabled:
        return Fate.DISABLED
    is_over = value is not None and value.last_day is not None and value.last_day < today
    return Fate.EXPIRED if is_over else Fate.SENT


def _version(said: Said, shop: Shop, shops: Shops) -> Version:
    values = dict.fromkeys(_value(blank.name, shop, shops) for blank in said.text.blanks)
    return Version(said.text.text, tuple(values))


def _value(name: str, shop: Shop, shops: Shops) -> Value:
    given = shop.given.get(name)
    if given is not None:
        return Value(name, shop.values[name], given.text, str(given.mark), is_default=False)
    variable = shops.variables[name]
    return Value(name, shop.values[name], variable.default or "", str(variable.mark), is_default=True)
