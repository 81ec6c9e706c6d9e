"""How thorough the property tests are, and what all tests need."""

import gc
import os
from collections.abc import Callable
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

from qnphrase import language

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
# `make test` tries the same examples each time: a red run is a defect of the change, not luck.
settings.register_profile(
    "default", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "nightly", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=_SLOW_IS_FINE
)
settings.load_profile("default")


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Messages are checked in Chinese, wherever the tests run."""
    for variable in ("QNPHRASE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        os.environ.pop(variable, None)
    language.use_language(language.CHINESE)
    yield
    language.use_language(language.CHINESE)


@pytest.fixture
def growth_of() -> Callable[[Callable[[int], float], int], float]:
    """Say how many times as long ten times as much takes, of a function from a size to seconds of the processor.

    The collector is off, for its pauses are not of the tested code; too short a time is rounded up.
    """

    def growth(seconds: Callable[[int], float], size: int) -> float:
        gc.disable()
        try:
            small, large = (min(seconds(count) for _ in range(3)) for count in (size, size * 10))
        finally:
            gc.enable()
        return large / max(small, 0.003)

    return growth
