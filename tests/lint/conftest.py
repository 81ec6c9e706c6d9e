"""Samples of the manual pages as what rules look at: a text, the rows of a small pack, a line of a book."""

from collections.abc import Callable
from typing import Any
from typing import NamedTuple

import pytest

from qnphrase.formats.rows import Row
from qnphrase.formats.rows import subjects_of_rows
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.engine import run_file_rules
from qnphrase.lint.engine import run_rules
from qnphrase.lint.rule import Rule
from qnphrase.lint.rule import Sample
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.pack import load
from qnphrase.schedule import schedule_of

_FIELDS = ("code", "text", "group", "scenario", "hours")


class SampleBook(NamedTuple):
    """The subjects of a sample. `origins[i]` says where the fields of subject `i` begin in the text of the sample."""

    subjects: list[Subject]
    origins: list[dict[str, int]]

    def span(self, finding: Finding) -> tuple[int, int]:
        """Return where a finding stands in the text of the sample."""
        origin = self.origins[finding.subject][finding.field]
        return origin + finding.start, origin + finding.end


def _sample_book(rule: Rule, sample: Sample) -> SampleBook:
    """Return what `rule` is to look at: rows only for a rule of whole books, and only where commas part the fields."""
    if rule.check_book is None or "," not in sample.text:
        return SampleBook([Subject("phrase", "", "", sample.text, 0)], [{"text": 0, "code": 0, "group": 0}])
    rows: list[Row] = []
    more: list[dict[str, Any]] = []
    origins: list[dict[str, int]] = []
    start = 0
    for line in sample.text.split("\n"):
        cells = dict(zip(_FIELDS, line.split(","), strict=False))
        rows.append(Row(cells.get("group", ""), cells["code"], cells.get("text", "")))
        schedule = schedule_of(hours=cells["hours"]) if "hours" in cells else None
        more.append({"scenario": cells.get("scenario", ""), "schedule": schedule})
        origin, at = {}, start
        for field, cell in cells.items():
            origin[field] = at
            at += len(cell) + 1
        origins.append(origin)
        start += len(line) + 1
    subjects = [subject._replace(**more[subject.place]) for subject in subjects_of_rows(rows)]
    return SampleBook(subjects, [origins[subject.place] for subject in subjects])


def _spans_found(rule: Rule, sample: Sample, settings: Settings) -> list[tuple[int, int]]:
    """Return what `rule` finds in a sample, as offsets of its text."""
    if rule.check_file is None:
        book = _sample_book(rule, sample)
        return sorted(book.span(one) for one in run_rules(book.subjects, [rule], settings))
    before, behind = "version: 1\nphrases:\n- ", "" if sample.text.startswith("text:") else "\n  text: 您好"
    pack = load((before + sample.text + behind + "\n").encode(), name="本.yaml")
    found = run_file_rules(pack.reading, [rule], settings)
    return sorted((one.start - len(before), one.end - len(before)) for one in found)


@pytest.fixture(scope="session")
def spans_found() -> Callable[[Rule, Sample, Settings], list[tuple[int, int]]]:
    """Run a rule on one of its samples."""
    return _spans_found


@pytest.fixture(scope="session")
def sample_book() -> Callable[[Rule, Sample], SampleBook]:
    """Make what a rule is to look at of one of its samples."""
    return _sample_book
