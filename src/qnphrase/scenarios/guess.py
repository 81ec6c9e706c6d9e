"""Guessing which scenario a phrase is for, by the words in it and by the name of its group.

A guess is no more than that: it is told as one, with the words that led to it, and a `scenario` that the book names
always comes first. The words stand in `clues.txt`. Each that is found adds its weight, and so does a group; the
scenario with the greatest sum wins where that is at least `_ENOUGH`. Two that fit equally well are no guess.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qnphrase.scenarios.catalogue import scenarios
from qnphrase.text import emoticon_pattern
from qnphrase.text.fold import folded

_ENOUGH = 3
_LINE = re.compile(r"(?P<group>group )?(?P<weight>-?[0-9]) (?P<pattern>.+)")
_LONGEST = 2_000  # characters of a text that are looked at: what it is for is said long before


class Guess(NamedTuple):
    """What a phrase may be for. `words` are those of the text that led to it, `group` those of the group's name."""

    scenario: str
    words: tuple[str, ...]
    group: str = ""


class _Clue(NamedTuple):
    scenario: str
    weight: int
    pattern: re.Pattern[str]


class _Clues(NamedTuple):
    """Clues on groups, and on texts: those that speak for a scenario before those that speak against one."""

    groups: tuple[_Clue, ...]
    texts: tuple[_Clue, ...]


def guess_scenario(text: str, group: str = "") -> Guess | None:
    """Return which scenario `text` is for, or `None` where its words say nothing, or too many things."""
    plain = text[:_LONGEST]
    plain = emoticon_pattern(with_aliases=True).sub(" ", plain) if "/:" in plain else plain
    said = folded(plain)  # of the same length
    of_group = _of_group(group)
    # A group that tells little says nothing alone.
    scores = {scenario: weight for scenario, (weight, _word) in of_group.items() if weight >= _ENOUGH}
    words: dict[str, list[str]] = {}
    for clue in _clues().texts:
        if clue.weight < 0 and clue.scenario not in scores:
            continue  # nothing speaks for it anyway
        found = clue.pattern.search(said)
        if found is not None:
            scores[clue.scenario] = scores.get(clue.scenario, 0) + clue.weight
            if clue.weight > 0:
                words.setdefault(clue.scenario, []).append(plain[found.start() : found.end()].strip())
    for scenario in words:
        weight, _word = of_group.get(scenario, (0, ""))
        scores[scenario] += weight if weight < _ENOUGH else 0
        scores[scenario] += scenarios()[scenario].stage in _stages_of(group)
    # Of two equal sums, more words tell more.
    best = sorted((score, sum(map(len, words.get(scenario, ()))), scenario) for scenario, score in scores.items())[-2:]
    if not best or best[-1][0] < _ENOUGH or (len(best) > 1 and best[0][:2] == best[-1][:2]):
        return None
    chosen = best[-1][2]
    return Guess(chosen, _without_parts(words.get(chosen, [])), of_group.get(chosen, (0, ""))[1])


def _without_parts(words: list[str]) -> tuple[str, ...]:
    """Return words, each once, without those that stand within another."""
    return tuple(dict.fromkeys(one for one in words if not any(one != other and one in other for other in words)))


@cache
def _of_group(group: str) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    name = folded(group)
    for clue in _clues().groups if name else ():
        hit = clue.pattern.search(name)
        if hit is not None:
            weight, word = found.get(clue.scenario, (0, hit[0]))
            found[clue.scenario] = (max(weight, clue.weight), word)
    return found


# A group that is named after a stage speaks for the scenarios of that stage.
_STAGES = {
    "售前": re.compile("售前|导购|答疑|议价"),
    "售中": re.compile("售中|催付|发货|物流|核对"),
    "售后": re.compile("售后|退换|退款|质量|投诉|安抚|补发"),
    "评价": re.compile("评价|好评|差评|中评"),
    "通用": re.compile("结束|通用"),
}


@cache
def _stages_of(group: str) -> frozenset[str]:
    return frozenset(stage for stage, pattern in _STAGES.items() if pattern.search(group))


@cache
def _clues() -> _Clues:
    """Read the clues."""
    groups: list[_Clue] = []
    texts: list[_Clue] = []
    scenario = ""
    for line in Path(__file__).with_name("clues.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            scenario = line.strip("[]")
        elif line and not line.startswith("#"):
            found = _LINE.fullmatch(line)
            if found is None or scenario not in scenarios():
                raise ValueError(f"clues.txt: [{scenario}] {line}")
            clue = _Clue(scenario, int(found["weight"]), re.compile(found["pattern"], re.IGNORECASE))
            (groups if found["group"] else texts).append(clue)
    return _Clues(tuple(groups), tuple(sorted(texts, key=lambda clue: clue.weight < 0)))
