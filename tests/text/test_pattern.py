"""A pattern that is compiled when it is first used is a pattern otherwise."""

import copy
import re

import pytest

from qnphrase.text.pattern import lazy_pattern


def test_it_finds_what_a_compiled_one_finds() -> None:
    pattern = lazy_pattern("(?P<letter>[a-c])[0-9]", re.IGNORECASE)
    assert [found["letter"] for found in pattern.finditer("a1 B2 d3")] == ["a", "B"]
    assert pattern.sub("", "a1 B2 d3") == "  d3"
    assert pattern.fullmatch("C3", 0) is not None
    assert (pattern.pattern, pattern.groups) == ("(?P<letter>[a-c])[0-9]", 1)
    assert lazy_pattern(b"[0-9]+").findall(b"12 ab 3") == [b"12", b"3"]


def test_a_wrong_expression_is_told_when_it_is_used() -> None:
    pattern = lazy_pattern("(")
    with pytest.raises(re.error):
        pattern.search("")


def test_it_has_no_methods_that_a_pattern_has_not() -> None:
    pattern = copy.copy(lazy_pattern("[0-9]"))
    assert pattern.search("1")
    with pytest.raises(AttributeError):
        pattern.no_such_method  # type: ignore[attr-defined]  # noqa: B018
