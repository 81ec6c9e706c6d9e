"""What becomes of packs: each change once, with its source and the shops that it concerns."""

from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import qnphrase
from qnphrase.building.chosen import configured_shops
from qnphrase.building.differences import compared
from qnphrase.building.plan import plan_build
from qnphrase.building.report import check
from qnphrase.building.report import diff
from qnphrase.merge.report.text import Look

Write = Callable[[Mapping[str, str]], Path]
CONFIG = "qnphrase.yaml"


def _edit(write: Write, path: str, *pairs: tuple[str, str]) -> None:
    text = Path(path).read_bytes().decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    write({path: text})


def _plan() -> qnphrase.BuildPlan:
    return plan_build(configured_shops(CONFIG), make=compared)


def _changes() -> dict[str, Any]:
    return {change["code"]: change for change in diff.as_json(_plan())["changes"]}


def test_a_changed_sentence_is_one_change_of_all_its_shops(write: Write) -> None:
    write({})
    qnphrase.build_shops(CONFIG)
    assert diff.is_same(_plan())
    _edit(
        write,
        "底.yaml",
        ("您好，这里是", "您好呀，这里是"),
        ("{code: hy2, text: 在的亲}", "{code: hy3, text: 在的亲亲}"),
    )
    _edit(write, "平台/抖店.yaml", ("hy2, ", "hy3, "))
    changes = _changes()
    greeting = changes["hy1"]
    assert (greeting["place"], greeting["shops"]) == ("底.yaml:6", ["晴天女装", "雨天 抖店"])
    assert greeting["alike"] is False
    assert greeting["fields"] == [{"name": "text", "before": "您好，这里是晴天", "after": "您好呀，这里是晴天"}]
    assert changes["hy3"]["shops"] == ["晴天女装"]
    said = diff.render(_plan(), Look())
    assert (
        "修改  hy1  底.yaml:6\n    晴天女装、雨天 抖店\n    各家店填的不一样，这里是“晴天女装”的\n    您好〔+呀+〕"
        in said
    )


def test_why_a_phrase_goes_and_where_one_comes_from(write: Write) -> None:
    write({})
    qnphrase.build_shops(CONFIG)
    _edit(write, CONFIG, ("2026-11-22", "2026-12-13"), ('"雨天{发货地}"}', '"雨天{发货地}"}\n    remove: [hy1]'))
    _edit(write, "底.yaml", ("没有编码的一句", "没有编码的一句\n  - {code: xin, text: 新的一句}"))
    changes = _changes()
    assert changes["d12"]["why"] == "过期了（用到 2026-12-12），见 底.yaml:16"
    assert changes["d12"]["shops"] == ["晴天女装", "雨天 抖店"]
    assert changes["hy1"]["why"] == "被 qnphrase.yaml:12:14 的 remove 去掉了"
    assert (changes["xin"]["kinds"], changes["xin"]["place"]) == (["added"], "底.yaml:13")
    assert "底.yaml 改过，双12/d12（用到 2026-12-12）过期了" in check.render(_plan())
    qnphrase.build_shops(CONFIG)
    _edit(write, "底.yaml", ("新的一句", "又一句"))
    assert "底.yaml 改过\n" in check.render(_plan())  # what was over then is no news


def test_a_pack_that_is_damaged(write: Write) -> None:
    write({})
    qnphrase.build_shops(CONFIG)
    Path("dist/晴天女装.csv").write_bytes(b"")
    _edit(write, "底.yaml", ("在的亲", "在的呀"))
    with pytest.raises(qnphrase.UnreadableFileError, match="没法比") as caught:
        _plan()
    assert "--force" in caught.value.hint


def test_another_writing_and_another_pack(write: Write) -> None:
    write({})
    qnphrase.build_shops(CONFIG)
    _edit(
        write,
        CONFIG,
        ("{encoding: utf-8-sig,", "{encoding: utf-16-le,"),
        ("{format: xml}]", "{format: xml}, {excel: true, file: 护.csv}]"),
    )
    report = diff.as_json(_plan())
    assert (report["changes"], report["rewritten"], report["new_packs"]) == ([], ["抖/雨天 抖店.csv"], ["护.csv"])
    said = diff.render(_plan(), Look())
    assert "写法变了（编码、引号之类），短语没变：雨天 抖店" in said
    assert "● 1 个新的包" in said


def test_groups_moves_and_new_shops(write: Write) -> None:
    write({})
    qnphrase.build_shops(CONFIG)
    _edit(write, "底.yaml", ("name: 发货", "name: 物流发货"))
    _edit(write, "平台/抖店.yaml", ("name: 发货", "name: 物流发货"))
    _edit(write, CONFIG, ("  雨天 抖店:", "  新店: [平台/空.yaml]\n  雨天 抖店:"))
    write({"平台/空.yaml": "version: 1\n"})
    report = diff.as_json(_plan())
    assert report["groups"] == [
        {"kinds": ["renamed"], "old": "发货", "new": "物流发货", "shops": ["晴天女装", "雨天 抖店"]}
    ]
    assert (report["changes"], report["new_shops"]) == ([], ["新店"])
    said = diff.render(_plan(), Look())
    assert "分组「发货」改名为「物流发货」（晴天女装、雨天 抖店）" in said
    assert "新店，还没有包：新店" in said
    assert "● 1 个分组变了；1 家新店" in said
