"""What is foreseen of an import: the plan and what it is made of. All of it are values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from qnphrase.formats.losses import Loss
from qnphrase.merge.identity import Tier
from qnphrase.merge.profile import Profile
from qnphrase.merge.record import Record
from qnphrase.model import Phrasebook


class Origin(StrEnum):
    """Which file a phrase comes from."""

    CURRENT = "current"
    PACK = "pack"


class Spot(NamedTuple):
    """A phrase and where it stands: `at` in its group from 0, after the import; where it isn't taken in or doesn't
    stay, in the group of its own file.
    """

    record: Record
    at: int
    origin: Origin


class Repeat(NamedTuple):
    """A phrase that is there twice, or nearly: `held` stands first, `new` comes with the pack.

    `likeness` is 1 where the texts are equal. `differs_in_blanks` says that they differ in blanks and line breaks only.
    """

    held: Spot
    new: Spot
    likeness: float = 1.0
    differs_in_blanks: bool = False

    @property
    def same_group(self) -> bool:
        """Whether both stand in one group."""
        return self.held.record.group == self.new.record.group

    @property
    def same_code(self) -> bool:
        """Whether both have a code, and the same."""
        return self.held.record.code == self.new.record.code != ""


class Clash(NamedTuple):
    """A code under which several different phrases will stand, at least one of them new under it."""

    code: str
    spots: tuple[Spot, ...]


class Rewrite(NamedTuple):
    """A phrase that gives way to what became of it in the pack. `fields` are of `group`, `code`, `text` and `extra`."""

    old: Spot
    new: Spot
    fields: tuple[str, ...]
    tier: Tier
    likeness: float

    @property
    def is_loss(self) -> bool:
        """Whether something that was said is said no more, rather than elsewhere or under another code."""
        return "text" in self.fields or "extra" in self.fields

    @property
    def is_guess(self) -> bool:
        """Whether only similarity says that both are one."""
        return self.tier is Tier.SIMILARITY


class GroupCount(NamedTuple):
    """How many phrases a group holds before and after the import. The ungrouped ones have the name `""`."""

    name: str
    before: int
    after: int
    is_new: bool = False


class Renamed(NamedTuple):
    """A group of the pack that holds what Qianniu has in a group of another name."""

    held: str
    new: str


@dataclass(frozen=True)
class Plan:
    """What an import does. `book` is what Qianniu will hold; all else tells it from what it holds now."""

    clear: bool
    profile: Profile
    book: Phrasebook
    before: int
    """How many phrases Qianniu holds now, auto-replies among them, as they are phrases there."""
    coming: int
    """How many phrases the pack holds, counted alike."""
    duplicates: tuple[Repeat, ...]
    """What will stand there once more than now, in the same group with the same code and text."""
    near_duplicates: tuple[Repeat, ...]
    """What is nearly a phrase that Qianniu holds and the pack doesn't; each new phrase once, beside the nearest."""
    uncompared: int
    """How many new phrases were compared with those of the same code only, as there are so many."""
    clashes: tuple[Clash, ...]
    vanishing: tuple[Spot, ...]
    """What nothing in the pack answers to."""
    rewrites: tuple[Rewrite, ...]
    """What vanishes because the pack says it otherwise. Empty where the pack is appended, as `vanishing` is."""
    skipped: tuple[Repeat, ...]
    """What isn't taken in, since it is there; empty unless the profile says so."""
    groups: tuple[GroupCount, ...]
    """All groups in their order after the import."""
    groups_gone: tuple[GroupCount, ...]
    renamed_groups: tuple[Renamed, ...]
    """Groups that will stand there under both names; of a cleared list under the new one."""
    groups_reordered: bool
    """Whether the groups that stay stand in another order."""
    reordered: int
    """How many phrases leave their place among those that stay as they are in their group."""
    new: int
    """How many phrases of the pack, each counted once, Qianniu doesn't hold yet."""
    pack_holds_all: bool
    """Whether all that Qianniu holds stands in the pack, too."""
    replies: int
    """How many auto-replies of the pack become mere phrases."""
    left_out: tuple[Loss, ...]
    """What of the pack's file is nothing that Qianniu takes in."""

    @property
    def after(self) -> int:
        """How many phrases Qianniu will hold."""
        return sum(group.after for group in self.groups)

    @property
    def losses(self) -> tuple[Rewrite, ...]:
        """The rewrites after which something is said no more."""
        return tuple(one for one in self.rewrites if one.is_loss)

    @property
    def is_harmless(self) -> bool:
        """Whether nothing will be there twice or nearly, no code stand for two phrases and nothing be lost."""
        return not (self.duplicates or self.near_duplicates or self.clashes or self.vanishing or self.losses)
