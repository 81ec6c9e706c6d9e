"""What a phrasebook's YAML is made of, with the place of each part. Offsets count characters of the document's text.

`end` is where the content ends, not where libyaml says so: without the blank lines and comments that follow. Only a
block scalar ends at the beginning of a line (or at the end of the text): its last line break belongs to it.
"""

from array import array
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Union


@dataclass(slots=True)
class Scalar:
    """A text. `style` is empty for a plain one, else one of `'`, `"`, `|`, `>`."""

    start: int
    end: int
    value: str
    style: str

    @property
    def is_block(self) -> bool:
        """Whether it is a block scalar."""
        return self.style in ("|", ">")

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is written where a value could be."""
        return self.start == self.end


@dataclass(slots=True)
class Entry:
    """A key and its value. `colon` is the offset behind the colon; `None` for a key of a flow mapping without one."""

    key: Scalar
    value: "Node"
    colon: int | None

    @property
    def end(self) -> int:
        """Where the entry ends."""
        return self.value.end


@dataclass(slots=True)
class Table:
    """A mapping, its entries by their keys, in the order of the file."""

    start: int
    end: int
    flow: bool
    entries: dict[str, Entry]

    def value(self, key: str) -> "Node | None":
        """Return the value of `key`, or `None` where there is no such key."""
        entry = self.entries.get(key)
        return entry.value if entry else None


@dataclass(slots=True)
class Items:
    """A sequence of texts, groups or auto-replies."""

    start: int
    end: int
    flow: bool
    nodes: list["Scalar | Table"]

    def __len__(self) -> int:
        return len(self.nodes)

    def start_of(self, index: int) -> int:
        """Where an item begins."""
        return self.nodes[index].start

    def end_of(self, index: int) -> int:
        """Where an item ends; what follows it are blanks, comments and the next item's `-` or `,`."""
        return self.nodes[index].end


@dataclass(slots=True)
class Phrases:
    """A sequence of phrases, kept small: there may be very many of them.

    `codes` and `texts` are what nearly every phrase has; `rests` holds the other fields by the index of the phrase. An
    end is libyaml's: the next item's `-` in a block sequence.
    """

    start: int
    end: int
    flow: bool
    codes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rests: dict[int, dict[str, Any]] = field(default_factory=dict)
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.starts)

    def start_of(self, index: int) -> int:
        """Where an item begins."""
        return self.starts[index]

    def end_of(self, index: int) -> int:
        """Where an item ends, as libyaml says it."""
        return self.ends[index]


Node = Union[Scalar, Table, Items, Phrases]  # noqa: UP007 - a string can't be joined by |
