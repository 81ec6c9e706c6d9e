"""Which scenarios a book has an answer for, which it lacks, and what its answers leave out.

A phrase is for the scenario that the book names (`scenario:`), an auto-reply for that of its trigger. Where a phrase
names none, its words and its group may tell: that is a guess, and is marked as one. Phrases that are switched off,
empty, or past their last day answer nothing.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from qnphrase.formats.autoreply_group import parse
from qnphrase.formats.base import Subject
from qnphrase.pack import Pack
from qnphrase.scenarios.catalogue import OF_TRIGGERS
from qnphrase.scenarios.catalogue import Scenario
from qnphrase.scenarios.catalogue import nearest
from qnphrase.scenarios.catalogue import scenarios
from qnphrase.scenarios.catalogue import stages
from qnphrase.scenarios.elements import wanted_of
from qnphrase.scenarios.guess import Guess
from qnphrase.scenarios.guess import guess_scenario


class Standing(StrEnum):
    """How a scenario stands: a phrase names it, one seems to be for it, or there is none."""

    NAMED = "named"
    GUESSED = "guessed"
    MISSING = "missing"


class Answer(NamedTuple):
    """A phrase or auto-reply and where it stands: path, and line from 1. `guess` says why, where nobody said so."""

    subject: Subject
    path: str
    line: int
    guess: Guess | None = None


class Unknown(NamedTuple):
    """A phrase whose `scenario` is none; `near` is the id that was probably meant, or empty."""

    answer: Answer
    near: str


@dataclass(frozen=True)
class Row:
    """One scenario, and the answers to it: those that name it first."""

    scenario: Scenario
    answers: tuple[Answer, ...] = ()

    @property
    def standing(self) -> Standing:
        """How the scenario stands."""
        if not self.answers:
            return Standing.MISSING
        return Standing.GUESSED if self.answers[0].guess else Standing.NAMED

    @cached_property
    def elements(self) -> tuple[str, ...]:
        """What a good reply to it holds, by names in Chinese as in the data."""
        return tuple(wanted_of(self.scenario.id).elements)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """Which elements the best answer leaves out; of a talk of several phrases, which all of them leave out."""
        sure = [answer for answer in self.answers if answer.guess is None] or self.answers
        return wanted_of(self.scenario.id).missing([answer.subject.text for answer in sure])


@dataclass(frozen=True)
class Coverage:
    """What became of all scenarios. `guesses`: whether phrases that name no scenario were guessed at all."""

    rows: tuple[Row, ...]
    guesses: bool = True
    unknown: tuple[Unknown, ...] = ()
    unplaced: tuple[Answer, ...] = ()
    unused: tuple[Answer, ...] = ()
    paths: tuple[str, ...] = field(default=())

    def count(self, standing: Standing, stage: str = "") -> int:
        """Return how many scenarios stand so, in one stage or in all."""
        return sum(row.standing is standing and stage in ("", row.scenario.stage) for row in self.rows)

    @property
    def held(self) -> int:
        """How many scenarios have an answer, the guessed ones included."""
        return len(self.rows) - self.count(Standing.MISSING)

    @property
    def percent(self) -> float:
        """The share of scenarios with an answer."""
        return 100 * self.held / len(self.rows)

    def by_stage(self) -> dict[str, list[Row]]:
        """Return the rows of each stage, in order."""
        return {stage: [row for row in self.rows if row.scenario.stage == stage] for stage in stages()}


def coverage_of(packs: Sequence[Pack], *, guess: bool = True, today: datetime.date | None = None) -> Coverage:
    """Return which scenarios the phrases of one shop answer, in one file or in several together.

    `guess=False` counts only what the files themselves say. `today` decides which phrases are past their last day.
    """
    day = (today or datetime.date.today()).isoformat()
    named: dict[str, list[Answer]] = {}
    guessed: dict[str, list[Answer]] = {}
    unknown: list[Unknown] = []
    unplaced: list[Answer] = []
    unused: list[Answer] = []
    for answer in (answer for pack in packs for answer in _answers(pack)):
        subject = answer.subject
        if not subject.enabled or not subject.text.strip() or (subject.until and subject.until < day):
            unused.append(answer)
            continue
        scenario = _scenario_of(subject)
        if scenario in scenarios():
            named.setdefault(scenario, []).append(answer)
            continue
        if scenario:
            unknown.append(Unknown(answer, nearest(scenario)))
            continue
        found = guess_scenario(subject.text, subject.group) if guess else None
        if found is None:
            unplaced.append(answer)
        else:
            guessed.setdefault(found.scenario, []).append(answer._replace(guess=found))
    rows = (Row(one, (*named.get(one.id, ()), *guessed.get(one.id, ()))) for one in scenarios().values())
    paths = tuple(pack.path or "-" for pack in packs)
    return Coverage(tuple(rows), guess, tuple(unknown), tuple(unplaced), tuple(unused), paths)


def _answers(pack: Pack) -> list[Answer]:
    reading = pack.reading
    return [
        Answer(subject, pack.path or "-", reading.document.position(reading.entry(subject.place).start).line)
        for subject in reading.subjects()
        if subject.kind != "signature"
    ]


def _scenario_of(subject: Subject) -> str:
    code = parse(subject.code) if subject.kind == "reply" else None
    return OF_TRIGGERS[code.when] if code is not None else subject.scenario
