"""What Qianniu will hold after it imports a pack: foreseen, so that nobody finds out afterwards.

    plan = plan_import(load("现在.csv").book, load("新包.csv").book, clear=False)
    print(plan.is_harmless, len(plan.duplicates), [spot.record.text for spot in plan.vanishing])

How Qianniu really takes a pack in is not publicly known; `merge.profile` says what is taken for granted. Nor is it
known how long a code, a group or a text may be there, so nothing is said of that.
"""

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from qnphrase.formats.align import longest_increasing
from qnphrase.formats.base import Carries
from qnphrase.formats.losses import carried
from qnphrase.formats.quiet import quiet_collector
from qnphrase.merge.groups import renamed_groups
from qnphrase.merge.holding import Holding
from qnphrase.merge.holding import Key
from qnphrase.merge.holding import book_held
from qnphrase.merge.holding import holding_of
from qnphrase.merge.holding import key_of
from qnphrase.merge.identity import match
from qnphrase.merge.near import Near
from qnphrase.merge.near import near_records
from qnphrase.merge.planned import Clash
from qnphrase.merge.planned import GroupCount
from qnphrase.merge.planned import Origin
from qnphrase.merge.planned import Plan
from qnphrase.merge.planned import Renamed
from qnphrase.merge.planned import Repeat
from qnphrase.merge.planned import Rewrite
from qnphrase.merge.planned import Spot
from qnphrase.merge.profile import DEFAULT_PROFILE
from qnphrase.merge.profile import Profile
from qnphrase.merge.profile import profile_named
from qnphrase.merge.record import Record
from qnphrase.model import Phrasebook


def plan_import(
    current: Phrasebook, pack: Phrasebook, *, clear: bool = False, profile: str | Profile = DEFAULT_PROFILE
) -> Plan:
    """Return what a Qianniu that holds `current` will hold after importing `pack`: added to it, or after `clear`.

    `profile` says how Qianniu goes about it. Raises `UsageError` where no profile has that name.
    """
    chosen = profile_named(profile) if isinstance(profile, str) else profile
    with quiet_collector():
        return _Import(current, pack, chosen, clear=clear).plan()


class _Import:
    """An import on the way. `first` is where each phrase stands for the first time."""

    def __init__(self, current: Phrasebook, pack: Phrasebook, profile: Profile, *, clear: bool) -> None:
        self.pack = pack
        self.profile = profile
        self.clear = clear
        self.held = holding_of(current)
        self.coming = holding_of(pack)
        self.old = _spots(self.held, Origin.CURRENT)
        self.new = _spots(self.coming, Origin.PACK)
        self.copies = Counter(key_of(spot.record) for spot in self.old)
        self.renames = renamed_groups(self.held.records, self.coming.records, self.held.groups, self.coming.groups)
        self.first: dict[Key, Spot] = {}
        self.lanes: dict[str, list[Record]] = {}
        if not clear:
            self.lanes = {name: list(lane) for name, lane in self.held.lanes.items()}
            for spot in self.old:
                self.first.setdefault(key_of(spot.record), spot)
        self.duplicates: list[Repeat] = []
        self.skipped: list[Repeat] = []
        self._take_in()

    def _take_in(self) -> None:
        again: Counter[Key] = Counter()
        for name in self.coming.lanes:
            self.lanes.setdefault(name, [])
        for spot in self.new:
            key, lane = key_of(spot.record), self.lanes[spot.record.group]
            known = self.first.get(key)
            if known is not None and self.profile.skips_identical:
                self.skipped.append(Repeat(known, spot))
                continue
            there = spot._replace(at=len(lane))
            lane.append(spot.record)
            if known is None:
                self.first[key] = there
                continue
            again[key] += 1
            if not self.clear or again[key] >= self.copies[key]:
                self.duplicates.append(Repeat(known, there))
        if "" in self.lanes:
            self.lanes[""] = self.lanes.pop("")  # last

    def plan(self) -> Plan:
        known = self.copies.keys()
        fresh = [spot for key, spot in self.first.items() if key not in known]
        near, uncompared = ([], 0) if self.clear else self._near(fresh)
        vanishing, rewrites, reordered = self._lost() if self.clear else ([], [], 0)
        book, left_out = carried(self.pack, Carries())
        return Plan(
            clear=self.clear,
            profile=self.profile,
            book=book if self.clear and not self.skipped else book_held(self._result()),
            before=len(self.old),
            coming=len(self.new),
            duplicates=tuple(self.duplicates),
            near_duplicates=tuple(near),
            uncompared=uncompared,
            clashes=tuple(self._clashes(fresh)),
            vanishing=tuple(vanishing),
            rewrites=tuple(rewrites),
            skipped=tuple(self.skipped),
            groups=tuple(self._group_counts()),
            groups_gone=tuple(
                GroupCount(name, len(lane), 0) for name, lane in self.held.lanes.items() if name not in self.lanes
            ),
            renamed_groups=tuple(Renamed(before, after) for after, before in self.renames.items()),
            groups_reordered=self.clear and self._groups_reordered(),
            reordered=reordered,
            new=len({key_of(spot.record) for spot in self.new} - known),
            pack_holds_all=known <= {key_of(spot.record) for spot in self.new},
            replies=len(self.pack.auto_replies),
            left_out=left_out,
        )

    def _result(self) -> Holding:
        declares = self.coming.declares_replies or (not self.clear and self.held.declares_replies)
        return Holding(self.lanes, declares)

    def _near(self, fresh: Sequence[Spot]) -> tuple[list[Repeat], int]:
        """Compare with what only Qianniu holds: of two phrases that the pack holds itself somebody wanted both."""
        coming = {key_of(spot.record) for spot in self.new}
        others = [spot for key, spot in self.first.items() if spot.origin is Origin.CURRENT and key not in coming]
        found: Iterable[Near]
        found, uncompared = near_records(
            [spot.record for spot in fresh], [spot.record for spot in others], self.renames
        )
        return [
            Repeat(others[one.other], fresh[one.one], one.likeness, one.differs_in_blanks) for one in found
        ], uncompared

    def _clashes(self, fresh: Iterable[Spot]) -> Iterator[Clash]:
        codes = dict.fromkeys(spot.record.code for spot in fresh if spot.record.code)
        if not codes:
            return
        sharing: dict[str, list[Spot]] = defaultdict(list)
        for spot in self.first.values():
            if spot.record.code in codes:
                sharing[spot.record.code].append(spot)
        for code in codes:
            if len(sharing[code]) > 1:
                yield Clash(code, tuple(sharing[code]))

    def _lost(self) -> tuple[list[Spot], list[Rewrite], int]:
        """Return what nothing answers to, what is said otherwise, and how many others stand elsewhere in their group.

        A copy of a phrase that stays is not lost.
        """
        pairs = match([spot.record for spot in self.old], [spot.record for spot in self.new], self.renames)
        partner = {pair.old: pair for pair in pairs}
        coming = {key_of(spot.record) for spot in self.new}
        vanishing: list[Spot] = []
        rewrites: list[Rewrite] = []
        stayed: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, spot in enumerate(self.old):
            pair = partner.get(index)
            if pair is None:
                if key_of(spot.record) not in coming:
                    vanishing.append(spot)
                continue
            new = self.new[pair.new]
            fields = tuple(_changed(spot.record, new.record))
            if fields:
                rewrites.append(Rewrite(spot, new, fields, pair.tier, pair.likeness))
            else:
                stayed[spot.record.group].append((spot.at, new.at))
        lanes = ([after for _before, after in sorted(lane)] for lane in stayed.values())
        return vanishing, rewrites, sum(len(lane) - len(longest_increasing(lane)) for lane in lanes)

    def _group_counts(self) -> Iterator[GroupCount]:
        for name, lane in self.lanes.items():
            before = self.held.lanes.get(name)
            yield GroupCount(name, len(before or ()), len(lane), before is None)

    def _groups_reordered(self) -> bool:
        stay = set(self.held.groups) & set(self.coming.groups)
        return [name for name in self.held.groups if name in stay] != [
            name for name in self.coming.groups if name in stay
        ]


def _spots(holding: Holding, origin: Origin) -> list[Spot]:
    return [Spot(record, at, origin) for lane in holding.lanes.values() for at, record in enumerate(lane)]


def _changed(old: Record, new: Record) -> Iterator[str]:
    for at, name in enumerate(("group", "code", "text", "extra")):
        if old[at] != new[at]:
            yield name
