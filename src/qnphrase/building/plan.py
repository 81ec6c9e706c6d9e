"""What a build would do. Nothing is written here.

A shop whose sources, settings and packs are what the last build left behind isn't looked at again.
"""

import os
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

import qnphrase
from qnphrase.building.chosen import chosen_shops
from qnphrase.building.chosen import configured_shops
from qnphrase.building.chosen import dist_of
from qnphrase.building.made import Made
from qnphrase.building.made import Refusal
from qnphrase.building.made import Remark
from qnphrase.building.made import Seen
from qnphrase.building.making import each
from qnphrase.building.manifest import Manifest
from qnphrase.building.manifest import PackEntry
from qnphrase.building.manifest import ShopEntry
from qnphrase.building.manifest import known_hashes
from qnphrase.building.manifest import read_journal
from qnphrase.building.manifest import read_manifest
from qnphrase.building.packing import Packer
from qnphrase.building.sources import Sources
from qnphrase.building.sources import expired
from qnphrase.building.sources import fingerprint
from qnphrase.building.sources import hash_of
from qnphrase.document.replace import read_bytes
from qnphrase.formats.quiet import quiet_collector
from qnphrase.shops.problem import Problem
from qnphrase.shops.problem import told
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops

One = TypeVar("One", bound=Hashable)


class State(StrEnum):
    """What a build does to a pack."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class PlannedPack:
    """A pack as it is to stand there. `data` is its bytes where it isn't there yet.

    `is_foreign`: what stands in its place was not written by a build, or was edited since.
    """

    shop: str
    entry: PackEntry
    state: State
    data: bytes | None = None
    is_foreign: bool = False


@dataclass(frozen=True)
class Orphan:
    """A pack that no shop has any more; it goes only where it is still as it was written."""

    file: str
    shop: str
    is_ours: bool


@dataclass(frozen=True)
class BuildPlan:
    """What a build would do. Where there are `problems` or `refusals`, it would do nothing at all."""

    shops: Shops
    dist: str
    chosen: Sequence[str]
    last: Manifest | None
    journal: Mapping[str, set[str]]
    packs: Sequence[PlannedPack] = ()
    orphans: Sequence[Orphan] = ()
    manifest: Manifest = field(default_factory=Manifest)
    problems: Sequence[tuple[Problem, Sequence[str]]] = ()
    refusals: Sequence[tuple[Refusal, Sequence[str]]] = ()
    remarks: Sequence[tuple[Remark, Sequence[str]]] = ()
    expired: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # of shops that were made
    seen: Sequence[tuple[Seen, Sequence[str]]] = ()

    @property
    def foreign(self) -> list[PlannedPack]:
        """The packs that would overwrite what isn't ours."""
        return [pack for pack in self.packs if pack.is_foreign]

    @property
    def changed(self) -> list[PlannedPack]:
        """The packs that would be written."""
        return [pack for pack in self.packs if pack.state is not State.UNCHANGED]

    @property
    def is_up_to_date(self) -> bool:
        """Whether all packs stand there as a build would leave them."""
        return not (self.changed or self.orphans) and self.last is not None

    def path(self, file: str) -> str:
        """Return where a pack stands."""
        return os.path.join(self.dist, *file.split("/"))


def plan_shops(config: str | os.PathLike[str], names: Sequence[str] = ()) -> BuildPlan:
    """Return what building the shops that a configuration names would do, all or only some. Nothing is written.

    Raises `UsageError` for a wrong configuration, else as `plan_build` does.
    """
    return plan_build(configured_shops(os.fspath(config)), names)


def plan_build(
    shops: Shops,
    names: Sequence[str] = (),
    *,
    make: Callable[[Packer, Shop], Made] = Packer.made,
    done: Callable[[object], None] | None = None,
) -> BuildPlan:
    """Return what building all shops, or those of these names, would do; `done` is called after each.

    `make` is a function of a module. Raises `UsageError` for a name that no shop has, `FileError` for a book or sample
    that can't be read.
    """
    with quiet_collector():
        return _Planning(shops, names).plan(make, done or (lambda _shop: None))


class _Planning:
    def __init__(self, shops: Shops, names: Sequence[str]) -> None:
        self.shops = shops
        self.dist = dist_of(shops)
        self.chosen = chosen_shops(shops, names)
        self.is_whole = len(self.chosen) == sum(shop.is_built for shop in shops.shops.values())
        self.last = read_manifest(self.dist)
        self.journal = read_journal(self.dist)
        self.ours = known_hashes(self.last, self.journal)
        self.there: dict[str, str] = {}

    def plan(self, make: Callable[[Packer, Shop], Made], done: Callable[[object], None]) -> BuildPlan:
        kept = self._unchanged(Sources(self.shops, self.last))
        for entry in kept:
            done(entry)
        made: dict[str, Made] = {}
        waiting = [shop for shop in self.chosen if shop.name not in kept]
        for shop, result in each(Packer(self.shops), waiting, make, _travels):
            made[shop.name] = result
            done(shop)
        plan = BuildPlan(
            self.shops,
            self.dist,
            [shop.name for shop in self.chosen],
            self.last,
            self.journal,
            problems=told((name, problem) for name, one in made.items() for problem in one.problems),
            refusals=_by_shops((name, refusal) for name, one in made.items() for refusal in one.refusals),
        )
        if plan.problems or plan.refusals:
            return plan
        packs = [pack for shop in self.chosen for pack in self._packs(shop.name, kept, made)]
        files = {pack.entry.file for pack in packs}
        return replace(
            plan,
            packs=packs,
            orphans=list(self._orphans(files)),
            manifest=self._manifest(kept, made, files),
            remarks=_by_shops((name, remark) for name, one in made.items() for remark in one.remarks),
            expired={name: one.expired for name, one in made.items() if one.expired},
            seen=_by_shops((name, seen) for name, one in made.items() for seen in one.seen),
        )

    def _unchanged(self, sources: Sources) -> dict[str, ShopEntry]:
        """Return the entries of the shops that need no work."""
        kept: dict[str, ShopEntry] = {}
        for shop in self.chosen:
            known = sources.of_shop(shop)
            entry = self.last.shops.get(shop.name) if self.last else None
            if entry is None or known is None or entry.fingerprint != fingerprint(shop, self.shops, known):
                continue
            is_there = all(self._hash(pack.file) == pack.sha256 for pack in entry.packs)
            if is_there and len(entry.packs) == len(shop.packs):
                kept[shop.name] = entry
        return kept

    def _hash(self, file: str) -> str:
        """Return the hash of what stands in the place of a pack; empty where nothing does."""
        if file not in self.there:
            path = self._path(file)
            self.there[file] = hash_of(read_bytes(path)) if os.path.lexists(path) else ""
        return self.there[file]

    def _packs(self, shop: str, kept: Mapping[str, ShopEntry], made: Mapping[str, Made]) -> Iterator[PlannedPack]:
        if shop in kept:
            for entry in kept[shop].packs:
                yield PlannedPack(shop, entry, State.UNCHANGED)
            return
        for pack in made[shop].packs:
            there = self._hash(pack.entry.file)
            if there == pack.entry.sha256:
                yield PlannedPack(shop, pack.entry, State.UNCHANGED)
            elif not there:
                yield PlannedPack(shop, pack.entry, State.CREATED, pack.data)
            else:
                is_foreign = there not in self.ours.get(pack.entry.file.casefold(), ())
                yield PlannedPack(shop, pack.entry, State.UPDATED, pack.data, is_foreign)

    def _orphans(self, files: set[str]) -> Iterator[Orphan]:
        """Yield the packs of a former build that this one doesn't make; of shops that are left alone, none."""
        chosen = {shop.name for shop in self.chosen}
        owners = {
            pack.file: name for name, entry in (self.last.shops if self.last else {}).items() for pack in entry.packs
        }
        for file in sorted({*owners, *self.journal} - files):
            owner = owners.get(file, "")
            if not (self.is_whole or owner in chosen) or self._is_one_of(file, files):
                continue
            if there := self._hash(file):
                yield Orphan(file, owner, there in self.ours[file.casefold()])

    def _is_one_of(self, file: str, files: set[str]) -> bool:
        """Whether a file is another spelling of one that is wanted, where the system doesn't tell cases apart."""
        path = self._path(file)
        same = (self._path(one) for one in files if one.casefold() == file.casefold())
        return any(os.path.exists(path) and os.path.exists(one) and os.path.samefile(path, one) for one in same)

    def _path(self, file: str) -> str:
        return os.path.join(self.dist, *file.split("/"))

    def _manifest(self, kept: Mapping[str, ShopEntry], made: Mapping[str, Made], files: set[str]) -> Manifest:
        entries: dict[str, ShopEntry] = {}
        last = self.last.shops if self.last else {}
        for name, shop in self.shops.shops.items():
            if name in kept:
                entries[name] = kept[name]
            elif name in made:
                entries[name] = self._entry(shop, made[name])
            elif name in last and not self.is_whole:
                entries[name] = last[name].without(files)
        if not self.is_whole:
            entries |= {name: entry.without(files) for name, entry in last.items() if name not in entries}
        return Manifest(qnphrase.__version__, entries)

    def _entry(self, shop: Shop, made: Made) -> ShopEntry:
        return ShopEntry(
            fingerprint=fingerprint(shop, self.shops, made.sources),
            packs=[pack.entry for pack in made.packs],
            sources=made.sources,
            expired=expired(made.sources, self.shops),
        )


def _travels(made: Made) -> bool:
    """Whether what was made goes from one process to another: problems hold whole books."""
    return not made.problems


def _by_shops(pairs: Iterable[tuple[str, One]]) -> list[tuple[One, list[str]]]:
    shops: dict[One, dict[str, None]] = {}
    for shop, one in pairs:
        shops.setdefault(one, {})[shop] = None  # once, though several of its packs say the same
    return [(one, list(names)) for one, names in shops.items()]
