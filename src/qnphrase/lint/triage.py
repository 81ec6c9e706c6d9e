"""Which rules can find anything at all in a few texts: told by the words that must stand there.

A small file is linted in less time than it takes to read all lists of claims and to compile all triggers. So the words
of each rule, one of which stands wherever the rule finds something, are shipped in a table, and a rule whose words
stand nowhere isn't run. Many texts hold words of nearly all rules: there nothing would be won.

`benchmarks/anchors.py` writes the table anew. Triggers are looked up by what they say, and the words of claims are
believed only as long as the lists are what they were, byte for byte: who edits either gets slower runs, not wrong ones.
A rule to which the configuration adds words always runs.
"""

import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from qnphrase.lint.anchors import conditions_read_off
from qnphrase.lint.lexicon import FOLDER
from qnphrase.lint.rule import Rule
from qnphrase.lint.scan import SEPARATOR
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.fold import folded

_TABLE = Path(__file__).with_name("words.json")
_FEW = 2_000  # characters


def possible_rules(rules: Sequence[Rule], subjects: Sequence[Subject], settings: Settings) -> Sequence[Rule]:
    """Return `rules` without those that find nothing in these subjects for sure."""
    if sum(len(subject.text) for subject in subjects) > _FEW:
        return rules
    text = SEPARATOR.join(subject.text for subject in subjects)
    folded_text = folded(text)
    table = json.loads(_TABLE.read_bytes())
    of_claims = table["claims"] if table["lists"] == _fingerprint() else {}
    of_triggers = table["triggers"]

    def is_possible(rule: Rule) -> bool:
        if rule.claims:
            words, where = None if settings.words.get(rule.code) else of_claims.get(rule.code), folded_text
        else:
            words, where = of_triggers.get(rule.trigger), text
        return words is None or any(word in where for word in words)

    return [rule for rule in rules if is_possible(rule)]


def _fingerprint() -> int:
    """Return a number that tells the lists from any other ones; reading them takes a millisecond, parsing them more."""
    return crc32(b"".join(path.read_bytes() for path in sorted(FOLDER.iterdir())))


def table_of(rules: Sequence[Rule]) -> str:
    """Return the table of these rules, as it is shipped: a line each."""
    of_claims = {rule.code: _words_of(claim.pattern for claim in rule.claims().claims) for rule in rules if rule.claims}
    of_triggers = {rule.trigger: _words_of([rule.trigger]) for rule in rules if rule.trigger}
    return (
        f'{{\n"lists": {_fingerprint()},\n'
        f'"claims": {{\n{_lines(of_claims)}\n}},\n'
        f'"triggers": {{\n{_lines(of_triggers)}\n}}\n}}\n'
    )


def _lines(words: dict[str, list[str]]) -> str:
    return ",\n".join(f"{_written(key)}: {_written(value)}" for key, value in words.items() if value)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _words_of(patterns: Iterable[str]) -> list[str]:
    """Return words of which one stands wherever one of these expressions matches; none where nothing is known."""
    try:
        words = {word for pattern in patterns for word in conditions_read_off(pattern)[0]}
    except ValueError:
        return []
    return sorted(word for word in words if words.isdisjoint(_parts(word)))


def _parts(word: str) -> Iterator[str]:
    """Yield what stands inside of a word and is shorter: where that is looked for, the word needn't be."""
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            if end - start < len(word):
                yield word[start:end]
