"""Samples of the manual pages as what rules look at: one text, or the rows of a small pack."""

from typing import NamedTuple

from qnphrase.formats.rows import Row
from qnphrase.formats.rows import subjects_of_rows
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.rule import Rule
from qnphrase.lint.rule import Sample
from qnphrase.lint.subject import Subject

_FIELDS = ("code", "text", "group", "scenario")


class SampleBook(NamedTuple):
    """The subjects of a sample. `origins[i]` says where the fields of subject `i` begin in the text of the sample."""

    subjects: list[Subject]
    origins: list[dict[str, int]]

    def span(self, finding: Finding) -> tuple[int, int]:
        """Return where a finding stands in the text of the sample."""
        origin = self.origins[finding.subject][finding.field]
        return origin + finding.start, origin + finding.end


def sample_book(rule: Rule, sample: Sample) -> SampleBook:
    """Return what `rule` is to look at: rows only for a rule of whole books, and only where commas part the fields."""
    if rule.check_book is None or "," not in sample.text:
        return SampleBook([Subject("phrase", "", "", sample.text, 0)], [{"text": 0, "code": 0, "group": 0}])
    rows: list[Row] = []
    scenarios: list[str] = []
    origins: list[dict[str, int]] = []
    start = 0
    for line in sample.text.split("\n"):
        cells = dict(zip(_FIELDS, line.split(","), strict=False))
        rows.append(Row(cells.get("group", ""), cells["code"], cells.get("text", "")))
        scenarios.append(cells.get("scenario", ""))
        origin, at = {}, start
        for field, cell in cells.items():
            origin[field] = at
            at += len(cell) + 1
        origins.append(origin)
        start += len(line) + 1
    subjects = [subject._replace(scenario=scenarios[subject.place]) for subject in subjects_of_rows(rows)]
    return SampleBook(subjects, [origins[subject.place] for subject in subjects])
