"""What a build writes where there are packs already: what changed, and nothing that somebody else wrote."""

import json
import os
import shutil
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

import qnphrase
from qnphrase.building import plan as planning
from qnphrase.building import writing
from qnphrase.building.plan import State
from qnphrase.document.replace import replace_file
from qnphrase.errors import UsageError

Write = Callable[[Mapping[str, str]], Path]
Build = Callable[..., dict[str, str]]
TextOf = Callable[[str | Path], str]
Tree = Callable[[], dict[str, tuple[bytes, int]]]
FIRST, THIRD = Path("dist/晴天女装.csv"), Path("dist/抖/雨天 抖店.csv")
CONFIG = "qnphrase.yaml"


def test_the_second_build_writes_nothing_and_reads_no_book(
    write: Write, monkeypatch: pytest.MonkeyPatch, build: Build, tree: Tree
) -> None:
    write({})
    build()
    before = tree()
    monkeypatch.setattr(planning, "each", lambda _packer, shops, *_rest: iter(()) if not shops else pytest.fail("made"))
    assert set(build().values()) == {State.UNCHANGED}
    assert tree() == before


def test_an_edit_writes_only_what_it_concerns(write: Write, build: Build, text_of: TextOf, tree: Tree) -> None:
    write({})
    build()
    before = tree()
    write({"平台/抖店.yaml": text_of("平台/抖店.yaml").replace("急件", "加急")})
    assert build() == {"晴天女装.csv": "unchanged", "晴天女装.xml": "unchanged", "抖/雨天 抖店.csv": "updated"}
    after = tree()
    assert {path for path in after if after[path] != before[path]} == {
        str(THIRD),
        os.path.join("dist", "manifest.json"),
    }
    write({"底.yaml": text_of("底.yaml") + "# 注释\n"})
    assert set(build().values()) == {"unchanged"}


def test_the_manifest_is_the_same_for_the_same_sources(write: Write, build: Build) -> None:
    folder = write({})
    build()
    first = Path("dist/manifest.json").read_bytes()
    shutil.rmtree("dist")
    build("雨天 抖店")
    build("晴天女装")
    assert Path("dist/manifest.json").read_bytes() == first
    values = json.loads(first)
    assert values["version"] == 1
    (pack,) = values["shops"]["雨天 抖店"]["packs"]
    assert (pack["phrases"], pack["groups"], pack["auto_replies"]) == (4, 3, 1)
    assert pack["left_out"] == {"disabled": 1, "expired": 0}
    assert [source["path"] for source in values["shops"]["雨天 抖店"]["sources"]] == ["底.yaml", "平台/抖店.yaml"]
    assert "样例/导 出.csv" in {source["path"] for source in values["shops"]["晴天女装"]["sources"]}
    assert str(folder) not in first.decode()


def test_a_pack_that_was_edited_is_not_overwritten(write: Write, build: Build, text_of: TextOf, tree: Tree) -> None:
    write({})
    build()
    edited = FIRST.read_bytes() + "zz,手工加的,欢迎,\r\n".encode("gbk")
    FIRST.write_bytes(edited)
    write({"平台/抖店.yaml": text_of("平台/抖店.yaml").replace("急件", "加急")})
    before = tree()
    with pytest.raises(UsageError, match=r"晴天女装\.csv"):
        build()
    assert tree() == before
    assert build("雨天 抖店") == {"抖/雨天 抖店.csv": "updated"}
    assert build(force=True)["晴天女装.csv"] == "updated"
    assert FIRST.read_bytes() == before[str(FIRST)][0].removesuffix("zz,手工加的,欢迎,\r\n".encode("gbk"))


def test_a_lost_manifest_needs_no_force_where_the_packs_are_right(write: Write, build: Build) -> None:
    write({})
    build()
    manifest = Path("dist/manifest.json")
    first = manifest.read_bytes()
    manifest.unlink()
    assert set(build().values()) == {"unchanged"}
    assert manifest.read_bytes() == first
    edited = [first.replace(b'"version": 1', b'"version": 2'), _outside(first)]
    edited += [
        first.replace(b'"sha256": "', b'"sha256": ["x"], "was": "'),
        first.replace(b'"expired": 0', b'"expired": null'),
    ]
    for broken in (b"<<<<<<< HEAD\n", *edited):
        assert broken != first
        manifest.write_bytes(broken)
        with pytest.raises(UsageError, match="读不懂"):
            build()


def _outside(manifest: bytes) -> bytes:
    """Packs without a shop are deleted: none may lie elsewhere."""
    outside = manifest.replace('"file": "晴天女装.csv"'.encode(), '"file": "../底.yaml"'.encode())
    assert outside != manifest
    return outside


def test_packs_without_a_shop_go_unless_somebody_edited_them(write: Write, build: Build, text_of: TextOf) -> None:
    write({})
    build()
    both = text_of(CONFIG)
    alone = both[: both.index("  雨天")]
    write({CONFIG: alone})
    plan = qnphrase.build_shops(CONFIG, ["晴天女装"])
    assert [(orphan.file, orphan.is_ours) for orphan in plan.orphans] == [("抖/雨天 抖店.csv", True)]
    assert not THIRD.parent.exists()
    write({CONFIG: both})
    build()
    THIRD.write_bytes(b"mine")
    write({CONFIG: alone.replace("[{like: 样例/导 出.csv}, {format: xml}]", "{format: xml}")})
    plan = qnphrase.build_shops(CONFIG)
    assert [(orphan.file, orphan.is_ours) for orphan in plan.orphans] == [
        ("抖/雨天 抖店.csv", False),
        ("晴天女装.csv", True),
    ]
    assert THIRD.read_bytes() == b"mine"
    assert not FIRST.exists()
    assert not planning.plan_shops(CONFIG).orphans  # it is nobody's business any more


def test_an_interrupted_build_needs_no_force(
    write: Write, monkeypatch: pytest.MonkeyPatch, build: Build, text_of: TextOf
) -> None:
    write({})
    build()
    write({"底.yaml": text_of("底.yaml").replace("在的亲", "在呢亲").replace("您好", "你好")})
    real = replace_file

    def killed(path: str, data: bytes) -> None:
        if os.path.basename(path) == "雨天 抖店.csv":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(writing, "replace_file", killed)
    with pytest.raises(KeyboardInterrupt):
        build()
    # Its sources change again before the next one: the pack that was written is ours all the same.
    write({"底.yaml": text_of("底.yaml").replace("在呢亲", "在的哦")})
    with pytest.raises(KeyboardInterrupt):
        build()
    monkeypatch.setattr(writing, "replace_file", real)
    write({"底.yaml": text_of("底.yaml").replace("在的哦", "在的呀")})
    assert build("雨天 抖店") == {"抖/雨天 抖店.csv": "updated"}
    assert build() == {"晴天女装.csv": "updated", "晴天女装.xml": "updated", "抖/雨天 抖店.csv": "unchanged"}
    assert "在的呀" in FIRST.read_bytes().decode("gbk")
    assert not Path("dist/.build.json").exists()


@pytest.mark.parametrize(
    ("path", "old", "new", "updated"),
    [
        (CONFIG, "发货时效: 48小时内", "发货时效: 24小时内", {"晴天女装", "雨天 抖店"}),
        (CONFIG, '"雨天{发货地}"}', '"雨天{发货地}"}\n    remove: [hy1]', {"雨天 抖店"}),
        (CONFIG, "[平台/抖店.yaml]", "[平台/空.yaml]", {"雨天 抖店"}),
        (CONFIG, "encoding: utf-8-sig,", "encoding: gb18030,", {"雨天 抖店"}),
        (CONFIG, "encoding: utf-8-sig,", "encoding: utf-8-sig, auto-replies: false,", {"雨天 抖店"}),
        ("样例/导 出.csv", '"备注"', '"说明"', {"晴天女装"}),
    ],
)
def test_whatever_packs_depend_on(write: Write, path: str, old: str, new: str, updated: set[str], build: Build) -> None:
    write({"平台/空.yaml": "version: 1\n"})
    build()
    text = Path(path).read_bytes().decode("gbk" if path.startswith("样例") else "utf-8")
    assert old in text
    write({path: text.replace(old, new)})
    plan = qnphrase.build_shops(CONFIG)
    assert {pack.shop for pack in plan.changed} == updated


def test_what_a_killed_build_left_half_written_is_swept_up(write: Write, build: Build, text_of: TextOf) -> None:
    write({})
    build()
    half = FIRST.with_name(".晴天女装.csv.0a1b2c3d.tmp")
    half.write_bytes(b"half")
    mine = FIRST.with_name("晴天女装.csv.tmp")
    mine.write_bytes(b"mine")
    Path("dist/.build.json").write_text('{"files": {"晴天女装.csv": []}}', encoding="utf-8")
    write({"底.yaml": text_of("底.yaml").replace("在的亲", "在的呀")})
    assert build()["晴天女装.csv"] == "updated"
    assert (half.exists(), mine.exists()) == (False, True)


def test_a_shop_takes_over_the_file_of_another(write: Write, build: Build, text_of: TextOf) -> None:
    write({})
    build()
    write(
        {
            CONFIG: text_of(CONFIG)
            .replace("{format: xml}]", "{format: xml, file: 新.xml}]")
            .replace('file: "抖/{店名}.csv"', "format: xml, file: 晴天女装.xml")
        }
    )
    assert build("雨天 抖店") == {"晴天女装.xml": "updated"}
    shops = json.loads(Path("dist/manifest.json").read_bytes())["shops"]
    assert [pack["file"] for pack in shops["晴天女装"]["packs"]] == ["晴天女装.csv"]
    assert not THIRD.exists()
    assert build() == {"晴天女装.csv": "unchanged", "新.xml": "created", "晴天女装.xml": "unchanged"}
