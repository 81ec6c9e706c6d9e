"""The literal words without which a regular expression can't match.

One automaton over the anchors of all claims finds the few texts in which a claim may stand; only there its expression
runs. The anchors are read off the expression itself, so that the two can't drift apart. Reading a thousand expressions
takes longer than linting a small file, so what was read is shipped: a table for each list, in `anchor_tables/`, holds
the answers by expression, and an expression that isn't there is read when it is met. `benchmarks/anchors.py` writes
the tables anew.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 192  # anchors of one expression; more of them say less each
_LONGEST = 4  # characters of an anchor: longer ones are hardly rarer, and there are twice as many to look for
_CONDITIONS = 3  # sets of anchors that are asked for; a text that has all three nearly always matches
FOLDER = Path(__file__).with_name("anchor_tables")
_IS_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]+").fullmatch

Anchors = frozenset[str]


@cache
def conditions_of(pattern: str, table: str = "") -> tuple[Anchors, ...]:
    """Return sets of literals of each of which at least one stands in whatever `pattern` matches; the best one first.

    `table` is the name of the list that the expression is from. Raises `ValueError` where the pattern can match without
    any literal.
    """
    if _IS_LITERAL(pattern):
        return (frozenset((pattern,)),)
    shipped = _shipped(table).get(pattern)
    return tuple(map(frozenset, shipped)) if shipped else conditions_read_off(pattern)


def anchors_of(pattern: str) -> Anchors:
    """Return the best of the conditions: literals of which at least one stands in whatever `pattern` matches."""
    return conditions_of(pattern)[0]


@cache
def _shipped(table: str) -> dict[str, list[list[str]]]:
    path = FOLDER / f"{table}.json"
    return dict(json.loads(path.read_bytes())) if table and path.exists() else {}


def conditions_read_off(pattern: str) -> tuple[Anchors, ...]:
    """Return the same as `conditions_of`, from the expression alone."""
    parsed = sre_parser.parse(pattern)
    offers = sorted(map(_needed, _offers(list(parsed))), key=_value, reverse=True)
    if not offers or parsed.state.flags & re.IGNORECASE:
        raise ValueError(f"{pattern!r} can match anything: it has no literal to look for")
    further = [offer for offer in offers[1:] if offer != offers[0] and len(offer) <= _MOST]
    return tuple(_shortened(offer) for offer in [offers[0], *further[: _CONDITIONS - 1]])


def _shortened(offer: set[str]) -> Anchors:
    return frozenset(_needed({word[:_LONGEST] for word in offer}))


def _of_sequence(items: list[Any]) -> set[str]:
    """Return the best anchors that a sequence offers."""
    return max(map(_needed, _offers(items)), key=_value, default=set())


def _offers(items: list[Any]) -> list[set[str]]:
    """Return the anchors that any one item, or any run of literals and small sets, of a sequence offers."""
    offers: list[set[str]] = []
    run: list[set[str]] = []
    first = 0  # where the run began
    for at, (operator, argument) in enumerate(items):
        choices = _choices(operator, argument)
        if choices:
            if _count([*run, choices]) > _MOST:
                offers.append(_strings(run))
                while run and _count([*run, choices]) > _MOST:
                    run = run[1:]
                    first += 1
            run = [*run, choices]
        else:
            offers += [_strings(run), *_offers_of_item(operator, argument, items[first:at])]
            run = []
            first = at + 1
    offers.append(_strings(run))
    return [offer for offer in offers if offer and "" not in offer]


def _without_optional_ends(run: list[set[str]]) -> list[set[str]]:
    """Return a run from its first to its last item that must stand there: others make it longer, not rarer."""
    needed = [at for at, choices in enumerate(run) if "" not in choices]
    return run[needed[0] : needed[-1] + 1] if needed else []


def _count(run: list[set[str]]) -> int:
    return prod(map(len, _without_optional_ends(run)))


def _strings(run: list[set[str]]) -> set[str]:
    """Return what the items of a run spell, one after the other."""
    return set(map("".join, product(*_without_optional_ends(run))))


def _needed(anchors: set[str]) -> set[str]:
    """Return the anchors without those that hold another one."""
    return {word for word in anchors if not any(other in word for other in anchors if other != word)}


def _choices(operator: Any, argument: Any) -> set[str]:
    """Return the strings, few enough to list, that an item stands for; the empty one where it may be left out."""
    if operator in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return {""}  # it looks around, and what stands before it and behind it are neighbours
    if operator is sre.LITERAL:
        return {chr(argument)}
    if operator is sre.IN and all(kind in (sre.LITERAL, sre.RANGE) for kind, _value in argument):
        spans = [(value, value) if kind is sre.LITERAL else value for kind, value in argument]
        is_long = any(last - first >= _MOST for first, last in spans)
        return set() if is_long else {chr(code) for first, last in spans for code in range(first, last + 1)}
    if operator is sre.BRANCH:
        branches = [_spelled(branch) for branch in argument[1]]
        return set().union(*branches) if all(branches) else set()
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[:2] == (0, 1):
        spelled = _spelled(argument[2])
        return spelled | {""} if spelled else set()
    return set()


def _spelled(items: Iterable[Any]) -> set[str]:
    """Return all the strings that a sequence stands for, or none where they are many or endless."""
    run = {""}
    for operator, argument in items:
        choices = _choices(operator, argument)
        if not choices or len(run) * len(choices) > _MOST:
            return set()
        run = {head + tail for head in run for tail in choices}
    return run


def _value(anchors: set[str]) -> tuple[int, int, int]:
    shortest = min(map(len, anchors))
    return min(2, shortest), -len(anchors), shortest  # from two hanzi on, fewer words are better than longer ones


def _offers_of_item(operator: Any, argument: Any, before: list[Any]) -> list[set[str]]:
    """Return what one item offers; `before` is the run that stands right before it, and begins each branch."""
    if operator is sre.BRANCH:
        branches = [_of_sequence([*before, *branch]) for branch in argument[1]]
        return [set().union(*branches)] if all(branches) else []
    if operator is sre.SUBPATTERN:
        _group, flags, _without, inside = argument
        return [] if flags & re.IGNORECASE else _offers(list(inside))
    if operator is sre.ATOMIC_GROUP:
        return _offers(list(argument))
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and argument[0] > 0:
        return _offers(list(argument[2]))
    return []


def table_of(patterns: Iterable[str]) -> str:
    """Return the table of these expressions, as it is shipped: a line each, in order."""
    rows = [
        json.dumps(pattern, ensure_ascii=False)
        + ": "
        + json.dumps([sorted(anchors) for anchors in conditions_read_off(pattern)], ensure_ascii=False)
        for pattern in sorted(set(patterns))
        if not _IS_LITERAL(pattern)
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"
