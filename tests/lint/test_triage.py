"""Rules that are left out of a small file would have found nothing in it."""

import shutil
from pathlib import Path

import pytest

import qnphrase.lint
from qnphrase.formats.base import Subject
from qnphrase.lint import engine
from qnphrase.lint import triage
from qnphrase.lint.engine import run_rules
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import all_rules
from qnphrase.lint.settings import Settings
from qnphrase.lint.triage import possible_rules
from qnphrase.lint.triage import table_of


def _subject(text: str) -> Subject:
    return Subject("phrase", "售前", "a", text, 0)


LONG = "\n" + "啊" * 3_000  # so many characters aren't few


def test_the_table_that_is_shipped_says_what_the_rules_say() -> None:
    """`python benchmarks/anchors.py` writes it anew."""
    table = Path(qnphrase.lint.__file__).with_name("words.txt").read_text(encoding="utf-8")
    assert table == table_of(all_rules())


SAMPLES = [sample.text for rule in all_rules() for sample in rule.samples if len(sample.text) < 1_000]


def test_leaving_rules_out_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    in_texts = [rule for rule in all_rules() if not rule.check_book]
    few = [
        finding._replace(subject=number)
        for number, text in enumerate(SAMPLES)
        for finding in run_rules([_subject(text)], in_texts, Settings())
    ]
    monkeypatch.setattr(engine, "possible_rules", lambda rules, *_rest: rules)
    assert run_rules(list(map(_subject, SAMPLES)), in_texts, Settings()) == few


def test_few_rules_are_possible_in_a_clean_phrase() -> None:
    possible = possible_rules(all_rules(), [_subject("您好亲，在的")], Settings())
    assert len([rule for rule in possible if rule.claims or rule.trigger]) < 10


def test_many_texts_are_looked_at_by_all_rules() -> None:
    assert possible_rules(all_rules(), [_subject(LONG)], Settings()) == all_rules()


def test_lists_that_were_edited_are_read_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = tmp_path / "lexicons"
    shutil.copytree(triage.FOLDER, lists)
    monkeypatch.setattr(triage, "FOLDER", lists)
    clean, by_claims = [_subject("您好亲，在的")], [rule for rule in all_rules() if rule.claims]
    assert len(possible_rules(by_claims, clean, Settings())) < 5
    edited = lists / "insult.txt"
    words = edited.read_bytes()
    edited.write_bytes(words.replace(b"version: ", b"Version: ", 1))  # of the same size
    assert edited.stat().st_size == len(words)
    assert possible_rules(by_claims, clean, Settings()) == by_claims


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.claims], ids=lambda rule: rule.code)
@pytest.mark.parametrize("entry", ["咪咪咖啡屋", "/咪咪.{0,3}屋/"])
def test_words_of_the_configuration_count(rule: Rule, entry: str) -> None:
    text = "红绿紫蓝咪咪咖啡屋"
    assert rule not in possible_rules([rule], [_subject(text)], Settings())
    found = run_rules([_subject(text)], all_rules(), Settings(words={rule.code: (entry,)}))
    assert (rule.code, "咪咪咖啡屋") in {(one.code, text[one.start : one.end]) for one in found}
