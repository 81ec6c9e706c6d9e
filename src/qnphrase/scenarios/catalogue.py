"""The situations in which a buyer waits for an answer: the 58 scenarios that a shop's phrasebook should hold."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from qnphrase.language import _

# What an auto-reply is for follows from its trigger.
OF_TRIGGERS: Mapping[str, str] = MappingProxyType(
    {"first_message": "auto.first", "busy": "auto.busy", "away": "auto.away", "contacts_over": "auto.overload"}
)


class Scenario(NamedTuple):
    """One scenario. `id` is what a phrase names it by; `name` and `stage` are Chinese, as in the data."""

    id: str
    name: str
    stage: str

    @property
    def title(self) -> str:
        """The name in the language that people are spoken to in."""
        return _(self.name)

    @property
    def stage_title(self) -> str:
        """The stage in the language that people are spoken to in."""
        return _(self.stage)


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Give every scenario by its id, in the order of a sale. Read-only."""
    # Imported here because most runs of the command line never ask for a scenario.
    import csv

    with Path(__file__).with_name("scenarios.csv").open(encoding="utf-8", newline="") as lines:
        rows = [Scenario(**row) for row in csv.DictReader(lines)]
    return MappingProxyType({row.id: row for row in rows})


@cache
def stages() -> tuple[str, ...]:
    """Give the stages of a sale in order, as the data names them."""
    return tuple(dict.fromkeys(scenario.stage for scenario in scenarios().values()))


def nearest(written: str) -> str:
    """Return the id that somebody meant who wrote `written`, or `""` where none is near; a name is understood, too."""
    from difflib import get_close_matches

    word = written.strip()
    by_name = {scenario.name: scenario.id for scenario in scenarios().values()}
    if word in by_name:
        return by_name[word]
    plain = word.lower().replace("_", ".", 1) if "." not in word else word.lower().replace("-", "_")
    if plain in scenarios():
        return plain
    found = get_close_matches(plain, scenarios(), 1, 0.7)
    if found:
        return found[0]
    named = [scenario.id for scenario in scenarios().values() if len(word) > 1 and word in scenario.name]
    tails = [known for known in scenarios() if known.partition(".")[2] == plain.rpartition(".")[2]]
    return next(iter(tails if len(tails) == 1 else named if len(named) == 1 else ()), "")
