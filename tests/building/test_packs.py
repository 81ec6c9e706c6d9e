"""What stands in the packs of shops, and what of them is written."""

import json
import os
import shutil
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

import qnphrase
from qnphrase.building import making
from qnphrase.building import plan as planning
from qnphrase.building import writing
from qnphrase.building.chosen import configured_shops
from qnphrase.building.packing import Packer
from qnphrase.building.plan import State
from qnphrase.document.replace import replace_file
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import UsageError
from qnphrase.lint.config import load_config
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.shop import Shop

Write = Callable[[Mapping[str, str]], Path]
FIRST, SECOND, THIRD = Path("dist/晴天女装.csv"), Path("dist/晴天女装.xml"), Path("dist/抖/雨天 抖店.csv")
CONFIG = "qnphrase.yaml"


def _build(*shops: str, force: bool = False) -> dict[str, str]:
    plan = qnphrase.build_shops(CONFIG, shops, force=force)
    return {pack.entry.file: pack.state.value for pack in plan.packs}


def _text(path: str | Path) -> str:
    return Path(path).read_bytes().decode("utf-8")


def _tree() -> dict[str, tuple[bytes, int]]:
    files = (path for path in Path("dist").rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_ino) for path in files}


def test_packs_read_back_as_the_books_of_their_shops(write: Write) -> None:
    folder = write({})
    assert set(_build().values()) == {State.CREATED}
    shops = load_config(CONFIG).shops
    assert shops is not None
    for shop, paths in (("晴天女装", (FIRST, SECOND)), ("雨天 抖店", (THIRD,))):
        wanted = Resolver(shops).resolved(shops.shops[shop]).book.carried_by_packs()
        for path in paths:
            assert qnphrase.load(path).book.carried_by_packs() == wanted, path
    # The sample's own habits and, of what both hold, its own bytes.
    assert FIRST.read_bytes().decode("gbk").splitlines()[0] == '"快捷短语编码","快捷短语","快捷短语分组","备注"'
    assert '"\thy2","在的亲","欢迎",""\r\n'.encode("gbk") in FIRST.read_bytes()
    assert THIRD.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "雨天杭州" in _text(THIRD)
    assert os.listdir(folder / "dist" / "抖") == ["雨天 抖店.csv"]


def test_the_second_build_writes_nothing_and_reads_no_book(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({})
    _build()
    before = _tree()
    monkeypatch.setattr(planning, "each", lambda _packer, shops, *_rest: iter(()) if not shops else pytest.fail("made"))
    assert set(_build().values()) == {State.UNCHANGED}
    assert _tree() == before


def test_an_edit_writes_only_what_it_concerns(write: Write) -> None:
    write({})
    _build()
    before = _tree()
    write({"平台/抖店.yaml": _text("平台/抖店.yaml").replace("急件", "加急")})
    assert _build() == {"晴天女装.csv": "unchanged", "晴天女装.xml": "unchanged", "抖/雨天 抖店.csv": "updated"}
    after = _tree()
    assert {path for path in after if after[path] != before[path]} == {
        str(THIRD),
        os.path.join("dist", "manifest.json"),
    }
    write({"底.yaml": _text("底.yaml") + "# 注释\n"})
    assert set(_build().values()) == {"unchanged"}


def test_the_manifest_is_the_same_for_the_same_sources(write: Write) -> None:
    folder = write({})
    _build()
    first = Path("dist/manifest.json").read_bytes()
    shutil.rmtree("dist")
    _build("雨天 抖店")
    _build("晴天女装")
    assert Path("dist/manifest.json").read_bytes() == first
    values = json.loads(first)
    assert values["version"] == 1
    (pack,) = values["shops"]["雨天 抖店"]["packs"]
    assert (pack["phrases"], pack["groups"], pack["auto_replies"]) == (4, 3, 1)
    assert pack["left_out"] == {"disabled": 1, "expired": 0}
    assert [source["path"] for source in values["shops"]["雨天 抖店"]["sources"]] == ["底.yaml", "平台/抖店.yaml"]
    assert "样例/导 出.csv" in {source["path"] for source in values["shops"]["晴天女装"]["sources"]}
    assert str(folder) not in first.decode()


def test_what_is_over_stays_behind_from_its_day_on(write: Write) -> None:
    write({})
    _build()
    for today, state, entries in (("2026-12-12", "unchanged", 0), ("2026-12-13", "updated", 1)):
        write({CONFIG: _text(CONFIG).replace("2026-11-22", today).replace("2026-12-12", today)})
        plan = qnphrase.build_shops(CONFIG)
        assert {pack.state.value for pack in plan.packs} == {state}, today
        assert {pack.entry.expired for pack in plan.packs} == {entries}
    assert plan.expired["晴天女装"] == [("双12/d12", "2026-12-12")]
    assert "双12" not in FIRST.read_bytes().decode("gbk")  # nor is its group left behind


def test_a_reply_whose_dates_are_over_stays_behind(write: Write) -> None:
    season = "version: 1\nauto_replies: [{when: busy, dates: 2026-12-08..2026-12-12, text: 双十二人多}]\n"
    write({"季.yaml": season, CONFIG: _text(CONFIG).replace("[底.yaml]", "[底.yaml, 季.yaml]")})
    _build("晴天女装")
    assert "双十二人多" in FIRST.read_bytes().decode("gbk")
    write({CONFIG: _text(CONFIG).replace("2026-11-22", "2026-12-13")})
    plan = qnphrase.build_shops(CONFIG, ["晴天女装"])
    assert "双十二人多" not in FIRST.read_bytes().decode("gbk")
    assert ("自动回复/忙碌", "2026-12-12") in plan.expired["晴天女装"]


def test_a_season_that_gives_back_leaves_no_group_and_is_told(write: Write) -> None:
    season = "version: 1\ngroups: [{name: 季, phrases: [{code: js, text: 季, replace: hy2, until: 2026-12-12}]}]\n"
    write({"季.yaml": season, CONFIG: _text(CONFIG).replace("[底.yaml]", "[底.yaml, 季.yaml]")})
    _build("晴天女装")
    assert "js,季,季" in FIRST.read_bytes().decode("gbk").replace('"', "").replace("\t", "")
    write({CONFIG: _text(CONFIG).replace("2026-11-22", "2026-12-13")})
    plan = qnphrase.build_shops(CONFIG, ["晴天女装"])
    assert "季" not in FIRST.read_bytes().decode("gbk")
    assert ("季/js", "2026-12-12") in plan.expired["晴天女装"]


@pytest.mark.parametrize(
    "overlay", ["remove: [hy2]", "groups: [{name: 欢迎, phrases: [{code: zz, text: 换, replace: hy2}]}]"]
)
def test_a_reply_whose_phrase_an_overlay_takes_away(write: Write, overlay: str) -> None:
    write({"平台/抖店.yaml": f"version: 1\n{overlay}\n"})
    (told,) = [remark for remark, shops in qnphrase.build_shops(CONFIG).remarks if "hy2" in remark.words]
    assert told.kind == "empty_reply"
    assert "在这家店里没有" in told.words


def test_problems_write_nothing(write: Write) -> None:
    write({})
    _build()
    before = _tree()
    write({"平台/抖店.yaml": "version: 1\nremove: [没有]\n", "底.yaml": _text("底.yaml").replace("{发货地}", "{货地}")})
    with pytest.raises(UsageError) as caught:
        _build()
    said = caught.value.what.splitlines()
    assert said[0].startswith("平台/抖店.yaml:2:10: ")
    assert said[0].endswith("（雨天 抖店）")
    assert said[1].startswith("底.yaml:11:")
    assert said[1].endswith("（晴天女装、雨天 抖店）")
    assert _tree() == before
    write({"平台/抖店.yaml": "groups: ["})
    with pytest.raises(qnphrase.PackSyntaxError):
        _build()
    assert _tree() == before
    Path("底.yaml").unlink()
    with pytest.raises((UnreadableFileError, UsageError)):
        _build()
    assert _tree() == before


def test_what_no_pack_can_hold_is_named_with_its_place(write: Write) -> None:
    write({"底.yaml": _text("底.yaml").replace("在的亲", "在的亲😀")})
    write({CONFIG: _text(CONFIG).replace("店铺名: 晴天", "店铺名: 晴𠮷")})
    with pytest.raises(UnrepresentableError) as caught:
        _build()
    assert [(one.code, one.characters, one.why) for one in caught.value.phrases] == [
        ("hy1", "𠮷", f"{CONFIG}:6:17 （晴天女装）"),
        ("hy2", "😀", "底.yaml:7 （晴天女装）"),
    ]
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("values", "told", "hint"),
    [
        (
            "店铺名: 'a&#13;b', 发货时效: 快, 发货地: 杭",
            [("hy1", "&#13; &#10; &#44; qnphrase.yaml:1:13 （甲）"), ("忙碌", "&#13; &#10; &#44; 底.yaml:17 （甲）")],
            "请换个写法",
        ),
        ("店铺名: 晴天, 发货时效: 😀, 发货地: 杭", [("fh", "qnphrase.yaml:1:22 （甲）")], "gb18030"),
    ],
)
def test_what_a_value_says_is_told_where_it_stands_and_once(
    write: Write, values: str, told: list[tuple[str, str]], hint: str
) -> None:
    shop = "甲: {books: [底.yaml], pack: [{excel: true}, {file: 又.csv}]}"
    write({CONFIG: f"variables: {{{values}}}\nshops:\n  {shop}\n"})
    write({"底.yaml": _text("底.yaml").replace("{when: busy, text: 稍等}", "{when: busy, phrase: hy1}")})
    with pytest.raises(UnrepresentableError) as caught:
        _build()
    assert [(one.code, one.why) for one in caught.value.phrases] == told
    assert hint in caught.value.hint


def test_a_pack_that_was_edited_is_not_overwritten(write: Write) -> None:
    write({})
    _build()
    edited = FIRST.read_bytes() + "zz,手工加的,欢迎,\r\n".encode("gbk")
    FIRST.write_bytes(edited)
    write({"平台/抖店.yaml": _text("平台/抖店.yaml").replace("急件", "加急")})
    before = _tree()
    with pytest.raises(UsageError, match=r"晴天女装\.csv"):
        _build()
    assert _tree() == before
    assert _build("雨天 抖店") == {"抖/雨天 抖店.csv": "updated"}
    assert _build(force=True)["晴天女装.csv"] == "updated"
    assert FIRST.read_bytes() == before[str(FIRST)][0].removesuffix("zz,手工加的,欢迎,\r\n".encode("gbk"))


def test_a_lost_manifest_needs_no_force_where_the_packs_are_right(write: Write) -> None:
    write({})
    _build()
    manifest = Path("dist/manifest.json")
    first = manifest.read_bytes()
    manifest.unlink()
    assert set(_build().values()) == {"unchanged"}
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
            _build()


def _outside(manifest: bytes) -> bytes:
    """Packs without a shop are deleted: none may lie elsewhere."""
    outside = manifest.replace('"file": "晴天女装.csv"'.encode(), '"file": "../底.yaml"'.encode())
    assert outside != manifest
    return outside


def test_packs_without_a_shop_go_unless_somebody_edited_them(write: Write) -> None:
    write({})
    _build()
    both = _text(CONFIG)
    alone = both[: both.index("  雨天")]
    write({CONFIG: alone})
    plan = qnphrase.build_shops(CONFIG, ["晴天女装"])
    assert [(orphan.file, orphan.is_ours) for orphan in plan.orphans] == [("抖/雨天 抖店.csv", True)]
    assert not THIRD.parent.exists()
    write({CONFIG: both})
    _build()
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


def test_an_interrupted_build_needs_no_force(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({})
    _build()
    write({"底.yaml": _text("底.yaml").replace("在的亲", "在呢亲").replace("您好", "你好")})
    real = replace_file

    def killed(path: str, data: bytes) -> None:
        if os.path.basename(path) == "雨天 抖店.csv":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(writing, "replace_file", killed)
    with pytest.raises(KeyboardInterrupt):
        _build()
    # Its sources change again before the next one: the pack that was written is ours all the same.
    write({"底.yaml": _text("底.yaml").replace("在呢亲", "在的哦")})
    with pytest.raises(KeyboardInterrupt):
        _build()
    monkeypatch.setattr(writing, "replace_file", real)
    write({"底.yaml": _text("底.yaml").replace("在的哦", "在的呀")})
    assert _build("雨天 抖店") == {"抖/雨天 抖店.csv": "updated"}
    assert _build() == {"晴天女装.csv": "updated", "晴天女装.xml": "updated", "抖/雨天 抖店.csv": "unchanged"}
    assert "在的呀" in FIRST.read_bytes().decode("gbk")
    assert not Path("dist/.build.json").exists()


def test_several_processes_do_the_same(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    shops = "".join(
        f"  店{at}: {{extends: 晴天女装, variables: {{店铺名: 第{at}家}}, pack: {{}}}}\n" for at in range(8)
    )
    write({CONFIG: SHOPS_HEAD + shops})
    _build()
    alone = _tree()
    monkeypatch.setattr(making, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    shutil.rmtree("dist")
    _build()
    assert {path: data for path, (data, _node) in _tree().items()} == {
        path: data for path, (data, _node) in alone.items()
    }
    write({CONFIG: _text(CONFIG).replace("第7家}", "第7家, 没用: x}")})
    write({"底.yaml": _text("底.yaml").replace("{发货地}", "{货地}")})
    with pytest.raises(UsageError) as caught:
        _build()
    said = caught.value.what
    assert said.count("没有变量 货地") == 1  # one problem of all shops, wherever they were made
    assert "（晴天女装、店0、店1 等 9 家店）" in said
    assert "没有哪条短语用到变量 没用（店7）" in said


def _dies_in_a_child(packer: Packer, shop: Shop) -> str:
    if os.getpid() != _PARENT and shop.name == "店5":
        os._exit(9)
    return f"{shop.name} {packer.resolver.resolved(shop).book.shop}"


_PARENT = os.getpid()


def test_a_process_that_dies_is_made_up_for(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    shops = "".join(f"  店{at}: {{extends: 晴天女装}}\n" for at in range(8))
    write({CONFIG: SHOPS_HEAD + shops})
    monkeypatch.setattr(making, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = configured_shops(CONFIG)
    results = making.each(Packer(found), list(found.shops.values()), _dies_in_a_child, bool)
    assert [result for _shop, result in results] == [f"{name} {name}" for name in found.shops]


SHOPS_HEAD = """\
today: 2026-11-22
variables: {店铺名: , 发货时效: 48小时内, 发货地: 杭州}
shops:
  晴天女装:
    books: [底.yaml]
    variables: {店铺名: 晴天}
"""


def test_a_sample_must_be_of_the_format(write: Write) -> None:
    write({CONFIG: _text(CONFIG).replace("{like: 样例/导 出.csv}", "{format: xml, like: 样例/导 出.csv, file: a.xml}")})
    with pytest.raises(UsageError, match=r"样例 .* 是 CSV，这里要的是 XML"):
        _build()


def test_a_folder_that_cannot_be_made(write: Write) -> None:
    write({"dist": "a file"})
    with pytest.raises(qnphrase.UnwritableFileError, match="dist"):
        _build()


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
def test_whatever_packs_depend_on(write: Write, path: str, old: str, new: str, updated: set[str]) -> None:
    write({"平台/空.yaml": "version: 1\n"})
    _build()
    text = Path(path).read_bytes().decode("gbk" if path.startswith("样例") else "utf-8")
    assert old in text
    write({path: text.replace(old, new)})
    plan = qnphrase.build_shops(CONFIG)
    assert {pack.shop for pack in plan.changed} == updated


def test_what_a_killed_build_left_half_written_is_swept_up(write: Write) -> None:
    write({})
    _build()
    half = FIRST.with_name(".晴天女装.csv.0a1b2c3d.tmp")
    half.write_bytes(b"half")
    mine = FIRST.with_name("晴天女装.csv.tmp")
    mine.write_bytes(b"mine")
    Path("dist/.build.json").write_text('{"files": {"晴天女装.csv": []}}', encoding="utf-8")
    write({"底.yaml": _text("底.yaml").replace("在的亲", "在的呀")})
    assert _build()["晴天女装.csv"] == "updated"
    assert (half.exists(), mine.exists()) == (False, True)


def test_a_shop_takes_over_the_file_of_another(write: Write) -> None:
    write({})
    _build()
    write(
        {
            CONFIG: _text(CONFIG)
            .replace("{format: xml}]", "{format: xml, file: 新.xml}]")
            .replace('file: "抖/{店名}.csv"', "format: xml, file: 晴天女装.xml")
        }
    )
    assert _build("雨天 抖店") == {"晴天女装.xml": "updated"}
    shops = json.loads(Path("dist/manifest.json").read_bytes())["shops"]
    assert [pack["file"] for pack in shops["晴天女装"]["packs"]] == ["晴天女装.csv"]
    assert not THIRD.exists()
    assert _build() == {"晴天女装.csv": "unchanged", "新.xml": "created", "晴天女装.xml": "unchanged"}
