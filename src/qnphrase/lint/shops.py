"""Duplicates across the files of one shop.

The `shops` of the configuration say which files serve one shop. Of those that are linted together the phrases are
looked at as one book, whose groups carry the names of their files, so that a message names the other place in full.
The files are read twice, here and where they are linted; reading costs little, and linting may go to other processes.
"""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from fnmatch import fnmatchcase

from qnphrase.errors import FileError
from qnphrase.formats.base import Subject
from qnphrase.language import _
from qnphrase.lint.baseline import relative
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.engine import run_rules
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import rule_named
from qnphrase.pack import load

RULES = ("QN707", "QN708")

File = tuple[str, LintOptions]


def findings_across(files: Sequence[File]) -> list[list[Finding]]:
    """Return for each file what repeats in it a phrase of an earlier file of its shop.

    Pairs within one file may be among them; linting that file finds them, too.
    """
    found: list[dict[tuple[str, int], Finding]] = [{} for _file in files]
    for members in _shops(files):
        for member, finding in _repeated([files[member] for member in members]):
            found[members[member]].setdefault((finding.code, finding.subject), finding)
    return [list(findings.values()) for findings in found]


def _shops(files: Sequence[File]) -> list[list[int]]:
    """Return the files of each shop that has several, as indices. Two configurations never share a shop."""
    shops: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (path, options) in enumerate(files):
        for shop, patterns in options.shops.items():
            if any(fnmatchcase(_shown(path, options), pattern) for pattern in patterns):
                shops[options.folder, shop].append(index)
    return [members for members in shops.values() if len(members) > 1 and _chosen(files[members[0]][1])]


def _repeated(files: Sequence[File]) -> Iterator[tuple[int, Finding]]:
    """Yield what repeats in the files of one shop, each with the index of its file."""
    subjects: list[Subject] = []
    places: list[tuple[int, int]] = []
    for index, (path, options) in enumerate(files):
        for number, subject in enumerate(_subjects(path)):
            group = _("{path} 的 {group}").format(path=_shown(path, options), group=subject.group or _("未分组"))
            subjects.append(subject._replace(group=group))
            places.append((index, number))
    options = files[0][1]  # one configuration names the shop, so all its files have the same
    for finding in run_rules(subjects, _chosen(options), options.settings):
        index, number = places[finding.subject]
        yield index, finding._replace(subject=number)


def _chosen(options: LintOptions) -> list[Rule]:
    return [rule for rule in map(rule_named, RULES) if rule is not None and options.chooses(rule)]


def _subjects(path: str) -> Sequence[Subject]:
    try:
        return load(path).reading.subjects()
    except FileError:  # linting the file says so
        return []


def _shown(path: str, options: LintOptions) -> str:
    return relative(path, options.folder)
