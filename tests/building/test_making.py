"""Packs made by several processes are those that one makes, and one that dies is made up for."""

import os
import shutil
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

from qnphrase.building import making
from qnphrase.building.chosen import configured_shops
from qnphrase.building.packing import Packer
from qnphrase.errors import UsageError
from qnphrase.shops.shop import Shop

Write = Callable[[Mapping[str, str]], Path]
Build = Callable[..., dict[str, str]]
TextOf = Callable[[str | Path], str]
Tree = Callable[[], dict[str, tuple[bytes, int]]]
CONFIG = "qnphrase.yaml"


def test_several_processes_do_the_same(
    write: Write, head: str, monkeypatch: pytest.MonkeyPatch, build: Build, text_of: TextOf, tree: Tree
) -> None:
    shops = "".join(
        f"  店{at}: {{extends: 晴天女装, variables: {{店铺名: 第{at}家}}, pack: {{}}}}\n" for at in range(8)
    )
    write({CONFIG: head + shops})
    build()
    alone = tree()
    monkeypatch.setattr(making, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    shutil.rmtree("dist")
    build()
    assert {path: data for path, (data, _node) in tree().items()} == {
        path: data for path, (data, _node) in alone.items()
    }
    write({CONFIG: text_of(CONFIG).replace("第7家}", "第7家, 没用: x}")})
    write({"底.yaml": text_of("底.yaml").replace("{发货地}", "{货地}")})
    with pytest.raises(UsageError) as caught:
        build()
    said = caught.value.what
    assert said.count("没有变量 货地") == 1  # one problem of all shops, wherever they were made
    assert "（晴天女装、店0、店1 等 9 家店）" in said
    assert "没有哪条短语用到变量 没用（店7）" in said


def _dies_in_a_child(packer: Packer, shop: Shop) -> str:
    if os.getpid() != _PARENT and shop.name == "店5":
        os._exit(9)
    return f"{shop.name} {packer.resolver.resolved(shop).book.shop}"


_PARENT = os.getpid()


def test_a_process_that_dies_is_made_up_for(write: Write, head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shops = "".join(f"  店{at}: {{extends: 晴天女装}}\n" for at in range(8))
    write({CONFIG: head + shops})
    monkeypatch.setattr(making, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = configured_shops(CONFIG)
    results = making.each(Packer(found), list(found.shops.values()), _dies_in_a_child, bool)
    assert [result for _shop, result in results] == [f"{name} {name}" for name in found.shops]
