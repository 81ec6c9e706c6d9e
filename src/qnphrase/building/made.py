"""What comes of one shop: plain values, most of which go from one process to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qnphrase.building.manifest import PackEntry
from qnphrase.building.manifest import SourceEntry
from qnphrase.merge.change import FieldChange
from qnphrase.merge.change import What
from qnphrase.model import Phrasebook
from qnphrase.shops.problem import Problem
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Said


class Refusal(NamedTuple):
    """A phrase that a pack can't hold: `characters` are the culprits; where there are none, `why` says it.

    `hint` says what to do about the latter.
    """

    place: str
    group: str
    code: str
    text: str
    characters: str
    why: str
    hint: str = ""


class Seen(NamedTuple):
    """What becomes of a phrase, a reply or a group in one shop. `place` is its source, empty for what goes.

    `kinds` are words of `merge.change.What`; of a group there are `old` and `new` name. `fields` are what changed, of a
    new or removed phrase its text. `why` says why it goes.
    """

    kinds: tuple[What, ...]
    group: str
    code: str
    place: str = ""
    fields: tuple[FieldChange, ...] = ()
    moved_from: str = ""
    old: str = ""
    new: str = ""
    why: str = ""
    is_guess: bool = False  # only similarity says that old and new are one
    is_group: bool = False
    is_new_shop: bool = False


class Remark(NamedTuple):
    """What the user should know of a pack: `kind` is stable, for machines; `words` says it."""

    kind: str
    words: str


@dataclass(frozen=True)
class Portion:
    """What of a shop's book travels. `said` is where each phrase and reply of `book` comes from, in its order."""

    book: Phrasebook
    said: Sequence[Said]
    disabled: Sequence[Said]
    expired: Sequence[Said]
    resolved: Resolved


@dataclass(frozen=True)
class MadePack:
    """A pack in hand: what the manifest says of it, its bytes, and what it holds."""

    entry: PackEntry
    data: bytes


@dataclass(frozen=True)
class Made:
    """All that comes of one shop. Where there are problems or refusals, there are no packs."""

    shop: str
    packs: Sequence[MadePack] = ()
    sources: Sequence[SourceEntry] = ()
    problems: Sequence[Problem] = ()
    refusals: Sequence[Refusal] = ()
    remarks: Sequence[Remark] = ()
    seen: Sequence[Seen] = ()  # what becomes of the packs that stand there, where that was asked
    expired: Sequence[tuple[str, str]] = ()  # name and last day of what is left out for being over
