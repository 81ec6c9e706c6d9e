"""What an expression needs to match is read off the expression, and is never missed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.lint import anchors
from qnphrase.lint.anchors import anchors_of
from qnphrase.lint.anchors import conditions_of
from qnphrase.lint.lexicon import FOLDER
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rules import all_rules


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("全网最低价", {"全网最低价"}),
        ("(?:全国|全网)?销量第一", {"销量第一"}),
        ("加(?:微信|vx)", {"微信", "vx"}),
        ("[加+]v[xi]?", {"加v", "+v"}),
        ("最(?!近|后)[低好]", {"最"}),
        (r"\d+%", {"%"}),
        ("a{2,3}b", {"b"}),
        ("(?:ab|cd)ef", {"ab", "cd"}),
        (r"(?i:http)s?://", {"://"}),
    ],
)
def test_examples(pattern: str, words: set[str]) -> None:
    assert anchors_of(pattern) == words or min(map(len, anchors_of(pattern))) >= min(map(len, words))


@pytest.mark.parametrize("pattern", [r"\d+", "a?b*", "[^x]", "(?:a|b?)", "(?i:ab)", "(?i)ab"])
def test_what_needs_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no literal"):
        anchors_of(pattern)


CLAIMS = [(rule.code, claim.pattern) for rule in all_rules() if rule.claims for claim in rule.claims().claims]


@given(st.sampled_from([pattern for _code, pattern in CLAIMS]), st.data())
def test_whatever_matches_holds_an_anchor(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert any(anchor in text for anchor in anchors_of(pattern))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_the_table_that_is_shipped_says_what_the_expressions_say(path: Path) -> None:
    """`python benchmarks/anchors.py` writes it anew."""
    table = anchors.FOLDER.joinpath(f"{path.stem}.json").read_text(encoding="utf-8")
    assert table == anchors.table_of(claim.pattern for claim in lexicon(path.stem).claims)
    assert all(all(conditions) for conditions in json.loads(table).values()), "a claim that needs nothing"


def test_there_are_no_other_tables() -> None:
    assert {path.stem for path in anchors.FOLDER.iterdir()} == {path.stem for path in FOLDER.iterdir()}


@given(st.sampled_from([pattern for _code, pattern in CLAIMS]), st.data())
def test_whatever_matches_meets_all_conditions(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert all(any(word in text for word in words) for words in conditions_of(pattern))
