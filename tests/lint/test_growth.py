"""No rule takes more than its share: four times the input takes about four times as long, whatever the input says.

Time is compared with time, never with a clock of ours: linear is a ratio of four, quadratic one of sixteen. A ratio
that is too great is measured again, for the machine may have been busy.
"""

import time
from collections.abc import Callable
from collections.abc import Sequence

import pytest

from qnphrase.formats.base import Subject
from qnphrase.lint.engine import MOST
from qnphrase.lint.engine import run_rules
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import all_rules
from qnphrase.lint.settings import Settings

SETTINGS = Settings()
RULES = all_rules()
SIZE = 12_000
TOO_MUCH = 9
TRIES = 4
SOON = 0.01  # seconds of the smaller run below which a clock says nothing; it is made longer then

HOSTILE = {
    "nested brackets": "(（【{“",
    "closing brackets": "）】",
    "zero width": "\u200b",
    "a word full of zero width": "微\u200b",
    "unpaired surrogates": "\ud800",
    "promises": "绝对保证",
    "emoticons cut off": "/:",
    "full stops": "。",
    "blanks": " ",
    "digits": "1",
    "digits apart": "1 ",
    "dashes": "13-",
    "mail": "a@a.",
    "links": "http://www.",
    "question marks": "?",
    "mojibake": "鎮ㄥソ",
    "western mojibake": "ÄúºÃ",
    "addresses": "东路1号",
    "dates": "2020年1月1日",
    "line breaks": "\r\n",
    "crosses": "X_",
    "everyday": "亲，您好",
}


def _phrase(unit: str, length: int) -> list[Subject]:
    return [Subject("phrase", "组", "hy", (unit * (length // len(unit) + 1))[:length], 0)]


def _phrases(rule: Rule, count: int) -> list[Subject]:
    """Return as many phrases that say what the samples say, some of them twice, with codes that begin alike."""
    texts = [sample.text.partition("\n")[0] for sample in rule.samples]
    return [
        Subject("phrase", f"组{n // 50}", "c" * (n % 9) + str(n % 777), texts[n % len(texts)] + str(n % 999), n)
        for n in range(count)
    ]


def _seconds(subjects: Sequence[Subject], rules: Sequence[Rule]) -> float:
    start = time.process_time()
    run_rules(subjects, rules, SETTINGS)
    return time.process_time() - start


def _grows(make: Callable[[int], list[Subject]], rules: Sequence[Rule], size: int) -> float:
    """Return by what the time grows when the input grows to four times its size; the least of several tries."""
    least = float("inf")
    for _try in range(TRIES):
        once, four_times = _seconds(make(size), rules), _seconds(make(4 * size), rules)
        if four_times < SOON * TOO_MUCH:
            return 0.0  # too quick to tell, and quick enough
        least = min(least, four_times / max(once, SOON))
        if least < TOO_MUCH:
            break
    return least


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    run_rules([Subject("phrase", "", "", s.text, 0) for rule in RULES for s in rule.samples], RULES, SETTINGS)


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.check_book], ids=lambda rule: rule.code)
def test_a_text_of_the_own_words_of_a_rule(rule: Rule) -> None:
    samples = [sample for sample in rule.samples if sample.fails]
    words = "".join(sample.text[slice(*span)] for sample in samples for span in sample.spans)
    for unit in ("".join(sample.text for sample in samples), words, words[:4]):
        assert _grows(lambda length, unit=unit: _phrase(unit, length), [rule], SIZE) < TOO_MUCH  # type: ignore[misc]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.check_book], ids=lambda rule: rule.code)
def test_a_book_of_the_samples_of_a_rule(rule: Rule) -> None:
    assert _grows(lambda count: _phrases(rule, count), [rule], 500) < TOO_MUCH


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(unit: str) -> None:
    assert _grows(lambda length: _phrase(unit, length), RULES, SIZE) < TOO_MUCH


def test_equal_phrases_are_looked_at_once() -> None:
    looks: list[int] = []
    rule = next(rule for rule in RULES if rule.code == "QN802")
    assert rule.check is not None
    check = rule.check

    def counted(subject: Subject, settings: Settings):  # type: ignore[no-untyped-def]
        looks.append(subject.place)
        return check(subject, settings)

    subjects = [Subject("phrase", "组", f"c{n}", "亲,您好", n) for n in range(1_000)]
    replaced = Rule(rule.code, rule.name, rule.severity, rule.page, check=counted, trigger=rule.trigger)
    found = run_rules(subjects, [replaced], SETTINGS)
    assert [one.subject for one in found] == list(range(1_000))
    assert len(looks) == 1


def test_the_last_of_too_many_findings_says_so() -> None:
    found = run_rules(_phrase("亲,", 1_000), [rule for rule in RULES if rule.code == "QN802"], SETTINGS)
    assert len(found) == MOST
    assert "还有更多" in found[-1].message
    assert "还有更多" not in found[-2].message


def test_a_huge_book_in_two_processes_is_found_the_same() -> None:
    subjects = [Subject("phrase", "组", f"c{n:06}", f"亲,加微信abc{n}领红包，{'您好' * 40}", n) for n in range(6_000)]
    rules = [rule for rule in RULES if rule.code in ("QN201", "QN713", "QN802")]
    assert run_rules(subjects, rules, SETTINGS, processes=2) == run_rules(subjects, rules, SETTINGS)
