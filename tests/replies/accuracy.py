"""How often the guessed scenario is right on labelled phrases: `python tests/replies/accuracy.py [-v]`.

`scenarios_labelled.csv` was there while the clues were written, `scenarios_heldout.csv` was labelled after that and
never looked at again. `|` parts labels that are equally right, `-` says that the phrase is for no scenario.
"""

import csv
import sys
from pathlib import Path
from typing import NamedTuple

from qnphrase.scenarios.guess import guess_scenario

FOLDER = Path(__file__).parent


class Sample(NamedTuple):
    """A phrase and the scenarios of which each is right for it."""

    right: tuple[str, ...]
    group: str
    text: str


class Accuracy(NamedTuple):
    """Of `guesses`, `hits` were right. Of `belonging` phrases, surely for a scenario, `found` were guessed right."""

    guesses: int
    hits: int
    belonging: int
    found: int

    @property
    def precision(self) -> float:
        """The share of guesses that are right."""
        return self.hits / self.guesses

    @property
    def recall(self) -> float:
        """The share of phrases that belong somewhere and are guessed right; never guessing has none."""
        return self.found / self.belonging

    def __str__(self) -> str:
        right = f"{self.hits}/{self.guesses} guesses right ({self.precision:.0%})"
        return f"{right}, {self.found}/{self.belonging} found ({self.recall:.0%})"


def samples(name: str) -> list[Sample]:
    """Return the phrases of `labelled` or `heldout`."""
    with (FOLDER / f"scenarios_{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Sample(tuple(row["scenario"].split("|")), row["group"], row["text"]) for row in rows]


def guessed(sample: Sample) -> str:
    """Return the scenario that is guessed, or `-`."""
    guess = guess_scenario(sample.text, sample.group)
    return guess.scenario if guess else "-"


def measure(some: list[Sample]) -> Accuracy:
    """Return how often guesses are right, and how many phrases they find."""
    pairs = [(guessed(sample), sample.right) for sample in some]
    made = [guess in right for guess, right in pairs if guess != "-"]
    belonging = [guess in right for guess, right in pairs if "-" not in right]
    return Accuracy(len(made), sum(made), len(belonging), sum(belonging))


def main() -> None:
    """Print the accuracy, and with -v where a labelled phrase is guessed wrong."""
    for name in ("labelled", "heldout"):
        print(f"{name:10} {measure(samples(name))}")
    for sample in samples("labelled") if "-v" in sys.argv else ():
        if guessed(sample) not in sample.right:
            print(f"{'|'.join(sample.right):28} {guessed(sample):24} {sample.group} {sample.text!r}")


if __name__ == "__main__":
    main()
