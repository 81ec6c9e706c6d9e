"""The guess is as good as the documentation says, on phrases that it was made for and on others."""

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from qnphrase.scenarios.catalogue import scenarios


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", Path(__file__).with_name("accuracy.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_scenario_is_labelled_often_enough(accuracy: ModuleType) -> None:
    labelled = accuracy.samples("labelled")
    counts = Counter(sample.right[0] for sample in labelled)
    assert set(counts) == {*scenarios(), "-"}
    assert len(labelled) >= 500
    assert min(counts.values()) >= 9
    assert {one for name in ("labelled", "heldout") for sample in accuracy.samples(name) for one in sample.right} <= {
        *scenarios(),
        "-",
    }


def test_no_phrase_is_in_both(accuracy: ModuleType) -> None:
    labelled, heldout = ({sample.text for sample in accuracy.samples(name)} for name in ("labelled", "heldout"))
    assert not labelled & heldout
    assert len(heldout) == 150


@pytest.mark.parametrize(("name", "precision", "recall"), [("labelled", 0.95, 0.95), ("heldout", 0.75, 0.52)])
def test_it_is_as_good_as_documented(accuracy: ModuleType, name: str, precision: float, recall: float) -> None:
    measured = accuracy.measure(accuracy.samples(name))
    print(f"\n{name}: {measured}")
    assert measured.precision >= precision
    assert measured.recall >= recall
