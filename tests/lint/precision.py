"""How right the linter is on labelled phrases: `make precision` prints precision and recall of each rule.

`labelled.jsonl` and `heldout.jsonl` hold realistic phrases with the rules that must fire on each; `labelling.md` says
how they were labelled. Rules are improved on the first. The second was written without sight of the rules and is never
tuned on: who works on rules reads neither it nor its misses (`-v` prints them), so that it tells how the linter does on
phrases that nobody had in mind.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules import all_rules
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

HERE = Path(__file__).parent
SETTINGS = Settings(today=date(2026, 11, 21))  # the day on which the labels hold


class Labelled(NamedTuple):
    """A phrase and the rules that must fire on it."""

    text: str
    codes: frozenset[str]
    trap: str


class Score(NamedTuple):
    """How often a rule was right, fired wrongly, and was silent wrongly."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of findings that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be found that is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def labelled(name: str) -> list[Labelled]:
    """Return the phrases of a set."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    found = [json.loads(line) for line in lines if line]
    return [Labelled(one["text"], frozenset(one["codes"]), one["trap"]) for one in found]


def found_in(phrases: Sequence[Labelled]) -> list[frozenset[str]]:
    """Return the rules that fire on each phrase."""
    subjects = [Subject("phrase", "分组", f"c{at}", one.text, at) for at, one in enumerate(phrases)]
    rules = [rule for rule in all_rules() if rule.code in labelled_rules(phrases)]
    codes: list[set[str]] = [set() for _subject in subjects]
    for finding in run_rules(subjects, rules, SETTINGS):
        codes[finding.subject].add(finding.code)
    return [frozenset(found) for found in codes]


def labelled_rules(phrases: Iterable[Labelled]) -> set[str]:
    """Return the rules that the set labels; all others say nothing about it."""
    return {code for one in phrases for code in one.codes}


def scores(phrases: list[Labelled]) -> dict[str, Score]:
    """Return the score of each labelled rule."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    rules = labelled_rules(phrases)
    for one, found in zip(phrases, found_in(phrases), strict=True):
        right.update(one.codes & found)
        wrong.update((found - one.codes) & rules)
        missed.update(one.codes - found)
    return {code: Score(right[code], wrong[code], missed[code]) for code in sorted(rules)}


def overall(by_rule: dict[str, Score]) -> Score:
    """Return the score of all rules together."""
    return Score(*map(sum, zip(*by_rule.values(), strict=True)))


def main() -> None:
    """Print the scores, and with `-v` every phrase on which a rule is wrong."""
    for name in ("labelled", "heldout"):
        phrases = labelled(name)
        by_rule = scores(phrases)
        total = overall(by_rule)
        print(f"{name}: {len(phrases)} phrases, precision {total.precision:.3f}, recall {total.recall:.3f}")
        for code, score in by_rule.items():
            print(f"  {code}  P {score.precision:.2f}  R {score.recall:.2f}  {score}")
        if "-v" in sys.argv[1:]:
            for one, found in zip(phrases, found_in(phrases), strict=True):
                for code in sorted((found ^ one.codes) & by_rule.keys()):
                    print(f"  {'missed' if code in one.codes else 'wrong '} {code}  {one.text!r}  {one.trap}")


if __name__ == "__main__":
    main()
