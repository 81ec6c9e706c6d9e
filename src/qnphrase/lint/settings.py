"""What the configuration says to the rules; plain, so that linting without a configuration needs no pydantic."""

import datetime
from dataclasses import dataclass
from dataclasses import field


@dataclass(frozen=True)
class Settings:
    """The parts of `qnphrase.yaml` that rules read. Limits are in characters and are warnings, never errors."""

    today: datetime.date = field(default_factory=datetime.date.today)
    max_text: int = 600
    max_code: int = 20
    max_group: int = 20
    max_emoticons: int = 4
    encoding: str = "gbk"  # what a pack is going to be written in
    placeholders: frozenset[str] | None = None  # the names that are allowed; None: any well-formed Chinese name
    near_duplicate: float = 0.9  # the share of equal characters from which two texts are nearly the same
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # rule -> further claims
    allow: dict[str, tuple[str, ...]] = field(default_factory=dict)  # rule, or `*` -> further exceptions
