"""Wishes of a shop lead, on the day for which the shipped books are in season."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qnphrase.scaffold.wish import Wish

EXPORT = Path(__file__).parents[2] / "phrasebooks" / "samples" / "clerk-export.csv"


@pytest.fixture
def wish() -> Callable[..., Wish]:
    def make(shop: str = "晴天女装", **more: Any) -> Wish:
        return Wish(shop, **{"today": datetime.date(2026, 11, 21), **more})

    return make


@pytest.fixture
def export() -> Path:
    return EXPORT
