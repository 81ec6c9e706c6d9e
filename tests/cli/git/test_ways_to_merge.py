"""Every command of git that merges: rebase, cherry-pick, stash and the like, and branches that cross."""

import subprocess
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import pytest

Shop = Any  # the class of conftest.py
Texts = Mapping[str, str]
Written = Callable[..., bytes]
Formats = dict[str, tuple[str, Written]]
Crossed = Callable[[Shop, Texts, Texts, Texts, Texts], "subprocess.CompletedProcess[str]"]


def _rebased(shop: Shop) -> int:
    shop.git("checkout", "-q", "other")
    return shop.git("rebase", "main", code=None).returncode


def _stashed(shop: Shop) -> int:
    """Their change isn't committed, and waits in the stash until ours is there."""
    shop.git("checkout", "-q", "other")
    shop.git("reset", "-q", "HEAD~1")
    shop.git("stash")
    shop.git("checkout", "-q", "main")
    return shop.git("stash", "pop", code=None).returncode


def _carried_over(shop: Shop) -> int:
    shop.git("checkout", "-q", "other")
    shop.git("reset", "-q", "HEAD~1")
    return shop.git("checkout", "-m", "main", code=None).returncode


WAYS: dict[str, Callable[[Shop], int]] = {
    "merge": lambda shop: shop.git("merge", "other", code=None).returncode,
    "rebase": _rebased,
    "cherry-pick": lambda shop: shop.git("cherry-pick", "other", code=None).returncode,
    "stash": _stashed,
    "checkout -m": _carried_over,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["gbk", "yaml"])
def test_every_way_to_merge(
    shop: Shop, way: str, kind: str, formats: Formats, phrases: Texts, ours: Texts, theirs: Texts, merged: Texts
) -> None:
    name, written = formats[kind]
    shop.fork(name, written(phrases), written(ours), written(theirs))
    assert WAYS[way](shop) == 0
    assert shop.texts(name) == {**merged, "xk": "新客立减五元", "lk": "老客有礼"}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_conflict(
    shop: Shop, way: str, formats: Formats, phrases: Texts, header: str, as_csv: Written
) -> None:
    name, written = formats["gbk"]
    shop.fork(name, written(phrases), written({**phrases, "hy": "欢迎"}), written({**phrases, "hy": "您来啦"}))
    assert WAYS[way](shop) == (0 if way == "checkout -m" else 1)
    text = shop.read(name).decode("gbk")
    assert text.startswith(f"{header}\r\n<<<<<<< ours\r\n")
    assert sorted(line for line in text.split("\r\n") if line.startswith("hy")) == ["hy,您来啦,售前", "hy,欢迎,售前"]
    assert text.endswith(">>>>>>> theirs\r\n" + as_csv(phrases).decode("gbk").split("\r\n", 2)[2])


def test_revert_takes_back_one_phrase_and_leaves_its_neighbours(shop: Shop, formats: Formats, phrases: Texts) -> None:
    name, written = formats["gbk"]
    for texts in (phrases, {**phrases, "dj": "马上"}, {**phrases, "dj": "马上", "hy": "欢迎", "fh": "已发货"}):
        shop.commit(name, written(texts))
    shop.git("revert", "--no-edit", "HEAD~1")
    assert shop.texts(name) == {**phrases, "hy": "欢迎", "fh": "已发货"}


@pytest.fixture
def crossed(formats: Formats, phrases: Texts) -> Crossed:
    """Merge two branches that have each merged the other's first commit, on their own."""

    def cross(shop: Shop, one: Texts, other: Texts, ours: Texts, theirs: Texts) -> "subprocess.CompletedProcess[str]":
        name, written = formats["gbk"]
        shop.fork(name, written(phrases), written(one), written(other))
        first, second = (shop.git("rev-parse", branch).stdout.strip() for branch in ("main", "other"))
        for branch, merged, texts in (("main", second, ours), ("other", first, theirs)):
            shop.git("checkout", "-q", branch)
            shop.git("merge", "--no-commit", "--no-ff", merged, code=None)
            shop.commit(name, written(texts))
        shop.git("checkout", "-q", "main")
        return shop.git("merge", "other", code=None)

    return cross


def test_criss_cross(shop: Shop, formats: Formats, phrases: Texts, crossed: Crossed) -> None:
    one, other = {**phrases, "hy": "欢迎"}, {**phrases, "dj": "马上"}
    both = {**phrases, "hy": "欢迎", "dj": "马上"}
    done = crossed(shop, one, other, {**both, "fh": "已发货"}, {**both, "hy": phrases["hy"]})
    assert done.returncode == 0, done.stderr
    assert shop.texts(formats["gbk"][0]) == {**phrases, "dj": "马上", "fh": "已发货"}


def test_criss_cross_over_a_conflict_that_both_decided_alike(
    shop: Shop, formats: Formats, phrases: Texts, crossed: Crossed
) -> None:
    one, other = {**phrases, "hy": "欢迎"}, {**phrases, "hy": "您来啦"}
    both = {**phrases, "hy": "欢迎您"}
    done = crossed(shop, one, other, {**both, "dj": "马上"}, {**both, "fh": "已发货"})
    assert done.returncode == 0, done.stderr
    assert "按行合并" not in done.stderr
    assert shop.texts(formats["gbk"][0]) == {**both, "dj": "马上", "fh": "已发货"}


def test_criss_cross_over_a_conflict_that_each_decided_another_way(
    shop: Shop, formats: Formats, phrases: Texts, crossed: Crossed
) -> None:
    one, other = {**phrases, "hy": "欢迎"}, {**phrases, "hy": "您来啦"}
    done = crossed(shop, one, other, one, other)
    assert done.returncode == 1
    text = shop.read(formats["gbk"][0]).decode("gbk")
    assert "<<<<<<<" in text
    assert "hy,欢迎,售前" in text
    assert "hy,您来啦,售前" in text
