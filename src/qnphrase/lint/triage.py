"""Which rules can find anything at all in a few texts: told by the words that must stand there.

A small file is linted in less time than it takes to read all lists of claims and to compile all triggers. So the words
of each rule, one of which stands wherever the rule finds something, are shipped in a table, and a rule whose words
stand nowhere isn't run. Many texts hold words of nearly all rules: there nothing would be won.

`benchmarks/anchors.py` writes the table anew. Triggers are looked up by what they say, and the words of claims are
believed only as long as the lists are what they were, byte for byte: who edits either gets slower runs, not wrong ones.
A rule to which the configuration adds words always runs.
"""

import json
import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import chain
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

_TABLE = Path(__file__).with_name("words.txt")
_FEW = 2_000  # characters
_KINDS = ("claims", "triggers")  # the first are looked for in the folded text


def possible_rules(rules: Sequence[Rule], subjects: Sequence[Subject], settings: Settings) -> Sequence[Rule]:
    """Return `rules` without those that find nothing in these subjects for sure."""
    if sum(len(subject.text) for subject in subjects) > _FEW:
        return rules
    text = SEPARATOR.join(subject.text for subject in subjects)
    table = _TABLE.read_bytes().split(b"\n")
    known = json.loads(table[0])
    codes, triggers = _standing(known, table, folded(text), text)
    without_words = known["claims"].keys() - codes if known["lists"] == _fingerprint() else set()
    not_triggered = known["triggers"].keys() - triggers
    return [
        rule
        for rule in rules
        if (rule.code not in without_words or settings.words.get(rule.code)) and rule.trigger not in not_triggered
    ]


def _standing(known: dict[str, Any], table: Sequence[bytes], *texts: str) -> list[set[str]]:
    """Return which codes, and which triggers, have words in their text; few lines of the table are parsed."""
    beginnings = {character.encode("utf-8", "replace") for text in texts for character in set(text)}
    lines = table[known["further"] + 1 :]
    entries = [json.loads(line[line.index(b" ") :]) for line in lines if line[: line.index(b" ")] in beginnings]
    standing: list[set[str]] = []
    for number, (kind, text) in enumerate(zip(_KINDS, texts, strict=True)):
        keys, characters = list(known[kind]), set(text)
        found = {key for key, single in known[kind].items() if not characters.isdisjoint(single)}
        for word, place, further in chain.from_iterable(entry[number] for entry in entries):
            if word in text and keys[place] not in found and _are_met(table[further], text if further else ""):
                found.add(keys[place])
        standing.append(found)
    return standing


def _are_met(conditions: bytes, text: str) -> bool:
    """Whether of each set of words one stands in the text; without a text nothing is asked."""
    return not text or all(any(word in text for word in words) for words in json.loads(conditions))


def _fingerprint() -> int:
    """Return a number that tells the lists from any other ones; reading them takes a millisecond, parsing them more."""
    number = 0
    for name in sorted(os.listdir(FOLDER)):
        number = crc32(FOLDER.joinpath(name).read_bytes(), number)
    return number


def table_of(rules: Sequence[Rule]) -> str:
    """Return the table of these rules, as it is shipped.

    First the codes and the triggers of which words are known, each with those of its words that are one character and
    enough. Then lines of further conditions: sets of words of each of which one has to stand there, too. Then a line
    for each character that begins words: those of codes, then those of triggers, each with the place of its code or
    trigger, and the line of its further conditions, if it has some.
    """
    of_claims = {rule.code: _words_of(claim.pattern for claim in rule.claims().claims) for rule in rules if rule.claims}
    of_triggers = {rule.trigger: _words_of([rule.trigger]) for rule in rules if rule.trigger}
    head: dict[str, Any] = {"lists": _fingerprint()}
    lines: dict[str, tuple[list[tuple[str, int, int]], ...]] = {}
    further: dict[str, int] = {"[]": 0}
    for number, (kind, words_of) in enumerate(zip(_KINDS, (of_claims, of_triggers), strict=True)):
        known = {key: words for key, words in words_of.items() if words}
        head[kind] = {key: "".join(w for w in words if len(w) == 1 and () in words[w]) for key, words in known.items()}
        for place, (key, words) in enumerate(known.items()):
            longer = [(word, one) for word, sets in words.items() if word not in head[kind][key] for one in sets]
            for word, conditions in longer:
                line = further.setdefault(_written(conditions), len(further))
                lines.setdefault(word[0], ([], []))[number].append((word, place, line))
    head["further"] = len(further) - 1
    written = [_written(head), *list(further)[1:], *(f"{first} {_written(lines[first])}" for first in sorted(lines))]
    return "\n".join(written)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_Conditions = tuple[tuple[str, ...], ...]


def _words_of(patterns: Iterable[str]) -> dict[str, list[_Conditions]]:
    """Return words of which one stands wherever one of these expressions matches; none where nothing is known.

    Each of them has the further conditions of the expressions that it is from.
    """
    found: dict[str, set[_Conditions]] = {}
    try:
        for first, *further in map(conditions_read_off, patterns):
            conditions = tuple(sorted(tuple(sorted(words)) for words in further))
            for word in first:
                found.setdefault(word, set()).add(conditions)
    except ValueError:
        return {}
    for word, sets in found.items():  # where a part of it is looked for, it needn't be itself
        for part in (part for part in _parts(word) if part in found):
            sets -= sets if () in found[part] else found[part]
    if any(word[0] <= " " and (len(word) > 1 or () not in found[word]) for word in found if found[word]):
        return {}  # it couldn't begin a line
    return {word: [()] if () in sets else sorted(sets) for word, sets in sorted(found.items()) if sets}


def _parts(word: str) -> Iterator[str]:
    """Yield what stands inside of a word and is shorter."""
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            if end - start < len(word):
                yield word[start:end]
