"""The shops of a configuration as plain values: what each extends, takes, fills in and is made into.

All that is wrong with them and can be known without reading a book is found here, each with its place.
"""

import datetime
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from qnphrase.configuration import Mark
from qnphrase.shops.variables import Variable


@dataclass(frozen=True)
class Given:
    """A text that the configuration gives, and its place."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class PackForm:
    """What a pack is to look like. `file` is where it goes, with `/`, from the folder of all packs."""

    file: str
    format: str
    encoding: str | None
    like: str | None
    excel: bool
    auto_replies: bool
    mark: Mark


@dataclass(frozen=True)
class Shop:
    """One shop with all that it inherits. `books` are paths, in the order in which they are laid over each other.

    `values` are those that the shop gives or that variables fall back to, filled in; `given` says where they stand,
    `own` which of them the shop gives itself.
    """

    name: str
    mark: Mark
    books: Sequence[Given]
    removed: Sequence[Given] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    limits: Mapping[str, int] = field(default_factory=dict)
    packs: Sequence[PackForm] = ()
    is_built: bool = True


@dataclass(frozen=True)
class Shops:
    """All shops of one configuration. `left` are the names in braces that stay as they are.

    What was good until a day before `today` gives way to what it had taken the place of.
    """

    path: str = ""
    folder: str = ""
    dist: str = "dist"
    variables: Mapping[str, Variable] = field(default_factory=dict)
    shops: Mapping[str, Shop] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    today: datetime.date = field(default_factory=datetime.date.today)

    def __bool__(self) -> bool:
        return bool(self.shops)

    @property
    def names(self) -> frozenset[str]:
        """The names of all variables that are declared or given a value anywhere."""
        return frozenset(self.variables).union(*(shop.given for shop in self.shops.values()))
