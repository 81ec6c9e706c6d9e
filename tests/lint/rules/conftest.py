"""What the tests of rules share: looking at one phrase with the rules of a family, and tables that become cases."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

import pytest

from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.engine import run_rules
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

Found = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """Tell what the `RULES` of the module find in one phrase: code and words. Its `SETTINGS` hold, or those given."""
    rules, usual = request.module.RULES, getattr(request.module, "SETTINGS", Settings())

    def find(text: str, **settings: object) -> list[tuple[str, str]]:
        chosen = Settings(**settings) if settings else usual  # type: ignore[arg-type]
        findings = run_rules([Subject("phrase", "售前", "hy", text, 0)], rules, chosen)
        return [(one.code, text[one.start : one.end]) for one in findings]

    return find


@pytest.fixture
def in_book(request: pytest.FixtureRequest) -> Callable[[Sequence[Subject]], list[Finding]]:
    """Tell what the `RULES` of the module find in a whole book."""
    rules, settings = request.module.RULES, getattr(request.module, "SETTINGS", Settings())
    return lambda subjects: run_rules(subjects, rules, settings)


@pytest.fixture
def codes(found: Found) -> Callable[[str], str]:
    """Tell only which rules find something, as in `201 301`."""
    return lambda text: " ".join(sorted({code[2:] for code, _words in found(text)}))


@pytest.fixture
def told(found: Found) -> Callable[[str], list[str]]:
    """Tell the same in short: the code without QN and the words, as in `201 加微信`."""
    return lambda text: [f"{code[2:]} {words}" for code, words in found(text)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make cases of the tables of a module.

    `violation`: a code, a text and the words that are marked by 〔 〕 in `VIOLATIONS`; `wording`: a code and a text of
    `WORDINGS`; `spared`: a code and a text of `SPARED`, of which the rule says nothing; `near_miss`: a text of `CLEAN`
    or `NEAR_MISSES`; `row`: a text and what is told of it, in `FOUND`.
    """
    tables = {
        "violation": _violations,
        "wording": _wordings,
        "spared": _spared,
        "near_miss": _near_misses,
        "row": _rows,
    }
    for name, cases in tables.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, list(cases(vars(metafunc.module))), ids=str)


def _violations(module: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, list[str]]]:
    for code, samples in module["VIOLATIONS"].items():
        for sample in samples:
            yield code, re.sub("[〔〕]", "", sample), re.findall("〔(.*?)〕", sample)


def _wordings(module: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    return ((code, text) for code, table in module["WORDINGS"].items() for text in _phrases(table))


def _spared(module: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    return ((code, text) for code, table in module["SPARED"].items() for text in _phrases(table))


def _near_misses(module: dict[str, str]) -> Iterator[str]:
    yield from module.get("CLEAN", ())
    yield from _phrases(module.get("NEAR_MISSES", ""))


def _rows(module: dict[str, tuple[tuple[str, ...], ...]]) -> Iterator[tuple[str, list[str]]]:
    return ((text, words) for text, *words in module["FOUND"])


def _phrases(table: str) -> Iterator[str]:
    return filter(None, re.split(r"[|\n]", table))
