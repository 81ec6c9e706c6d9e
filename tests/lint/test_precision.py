"""The linter is right so often that it can stay in CI."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def precision() -> ModuleType:
    spec = importlib.util.spec_from_file_location("precision", Path(__file__).with_name("precision.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_set_is_large_and_half_clean(precision: ModuleType) -> None:
    phrases = precision.labelled("labelled")
    clean = sum(1 for one in phrases if not one.codes)
    assert len(phrases) >= 600
    assert clean >= len(phrases) * 0.45
    assert len({one.text for one in phrases}) == len(phrases)


@pytest.mark.parametrize(("name", "right", "found"), [("labelled", 0.97, 0.92), ("heldout", 0.95, 0.85)])
def test_overall(precision: ModuleType, name: str, right: float, found: float) -> None:
    score = precision.overall(precision.scores(precision.labelled(name)))
    assert score.precision >= right, score
    assert score.recall >= found, score
