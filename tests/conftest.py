"""How thorough the property tests are, and what all tests need."""

import gc
import os
from collections.abc import Callable
from collections.abc import Iterator
from html.parser import HTMLParser

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


class _Page(HTMLParser):
    """What a page says, of which tags and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words += data


@pytest.fixture
def words_of_page() -> Callable[[str], str]:
    """Return what a reader sees of a page, which is whole, runs nothing and needs nothing from elsewhere."""

    def words(html: str) -> str:
        page = _Page()
        page.feed(html)
        assert page.open == []
        assert not page.tags & {"script", "link", "img", "iframe", "a", "b"}
        assert not page.attributes & {"src", "href", "onclick"}
        assert "url(" not in html
        assert "@import" not in html
        assert "default-src 'none'" in html
        return page.words

    return words


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
