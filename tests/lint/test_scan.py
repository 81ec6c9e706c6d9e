"""Many texts are searched at once, and it is as if each were searched alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.lint import scan
from qnphrase.lint.scan import SEPARATOR
from qnphrase.lint.scan import Corpus
from qnphrase.lint.scan import WordSearch

SAID = [["ab"], ["b"], ["ab", "c"]]
CONDITIONS = [[frozenset((word,)) for word in words] for words in (*SAID, ["\n"], ["\0"], ["\0\n"], [SEPARATOR])]
TEXTS = st.lists(st.text("abc\n\0\ud800", max_size=8) | st.sampled_from([SEPARATOR, "a" + SEPARATOR[:2]]))


@pytest.fixture(autouse=True)
def _always_by_automaton(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_FEW", 0)


@given(TEXTS)
def test_a_text_is_found_by_what_stands_in_it_whatever_the_texts_say(texts: list[str]) -> None:
    found = dict(WordSearch(CONDITIONS).texts(Corpus(texts)))
    for number, sets in enumerate(CONDITIONS):
        meet = {i for i, text in enumerate(texts) if all(any(word in text for word in words) for words in sets)}
        assert found.get(number, set()) >= meet
        assert number >= len(SAID) or found.get(number, set()) == meet


def test_of_a_text_that_is_no_phrase_the_beginning_is_searched() -> None:
    texts = ["b" * scan.LONGEST + "c", "b"]
    assert dict(WordSearch(CONDITIONS).texts(Corpus(texts))) == {1: {0, 1}}
