"""Where a phrase of a shop comes from."""

from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

from qnphrase.building.chosen import configured_shops
from qnphrase.building.provenance import Fate
from qnphrase.building.provenance import Provenance
from qnphrase.building.provenance import provenance_of
from qnphrase.building.report import explain
from qnphrase.errors import UsageError

Write = Callable[[Mapping[str, str]], Path]


def _of(word: str, *shops: str) -> list[Provenance]:
    return provenance_of(configured_shops("qnphrase.yaml"), word, shops)


def test_the_source_what_it_covers_and_its_values(write: Write) -> None:
    write({})
    plain, urgent = _of("fh")
    assert (plain.source.place, plain.source.over, plain.shops) == ("底.yaml:11", (), ["晴天女装"])
    assert (urgent.source.place, urgent.source.over) == ("平台/抖店.yaml:6", ("底.yaml:11",))
    ((version, shops),) = urgent.versions.items()
    assert (version.text, shops) == ("急件48小时内发雨天杭州", ["雨天 抖店"])
    assert [(one.name, one.text, one.written, one.place, one.is_default) for one in version.values] == [
        ("发货时效", "48小时内", "48小时内", "qnphrase.yaml:2:20", True),
        ("店铺名", "雨天杭州", "雨天{发货地}", "qnphrase.yaml:11:17", False),
    ]
    said = explain.render([urgent])
    assert "盖住了 底.yaml:11" in said
    assert "{店铺名} = 雨天杭州（qnphrase.yaml:11:17，写的是 雨天{发货地}）" in said


def test_shops_with_one_source_stand_together(write: Write) -> None:
    write({})
    (greeting,) = _of("欢迎/hy1")
    assert greeting.shops == ["晴天女装", "雨天 抖店"]
    assert [version.text for version in greeting.versions] == ["您好，这里是晴天", "您好，这里是雨天杭州"]
    assert _of("hy1", "雨天 抖店")[0].shops == ["雨天 抖店"]


def test_what_became_of_it(write: Write) -> None:
    write({})
    assert [one.source.fate for one in _of("old")] == [Fate.DISABLED]
    kept, removed = _of("hy2")
    assert (kept.source.fate, kept.shops) == (Fate.SENT, ["晴天女装"])
    assert (removed.source.fate, removed.source.by) == (Fate.REMOVED, "平台/抖店.yaml:2:10")
    assert "被 平台/抖店.yaml:2:10 的 remove 去掉了" in explain.render([removed])
    away = _of("离开", "雨天 抖店")
    assert [(one.source.fate, one.source.place) for one in away] == [
        (Fate.REMOVED, "底.yaml:18"),
        (Fate.REMOVED, "底.yaml:19"),
    ]
    assert [one.source.text for one in _of("自动回复/离开", "晴天女装")] == ["夜里不在", "→hy2"]


def test_replaced_and_given_back(write: Write) -> None:
    write(
        {
            "平台/抖店.yaml": "version: 1\ngroups:\n- name: 欢迎\n  phrases:\n"
            "  - {code: hy9, text: 抖音的, replace: hy2}\n"
            "  - {code: hy1, text: 过了季的, until: 2026-11-21}\n"
        }
    )
    _kept, replaced = _of("hy2")
    assert (replaced.source.fate, replaced.source.by) == (Fate.REPLACED, "平台/抖店.yaml:5")
    sent, back = _of("hy1", "雨天 抖店")
    assert (sent.source.place, back.source.fate, back.source.until) == ("底.yaml:6", Fate.GIVEN_BACK, "2026-11-21")


def test_no_such_code(write: Write) -> None:
    write({})
    with pytest.raises(UsageError, match="没有编码“hy22”，是不是“hy2”"):
        _of("hy22")
