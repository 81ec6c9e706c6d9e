"""What stands in the packs of shops, and what keeps them from being made."""

import os
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

import qnphrase
from qnphrase.building.plan import State
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import UsageError
from qnphrase.lint.config import load_config
from qnphrase.shops.resolved import Resolver

Write = Callable[[Mapping[str, str]], Path]
Build = Callable[..., dict[str, str]]
TextOf = Callable[[str | Path], str]
Tree = Callable[[], dict[str, tuple[bytes, int]]]
FIRST, SECOND, THIRD = Path("dist/晴天女装.csv"), Path("dist/晴天女装.xml"), Path("dist/抖/雨天 抖店.csv")
CONFIG = "qnphrase.yaml"


def test_packs_read_back_as_the_books_of_their_shops(write: Write, build: Build, text_of: TextOf) -> None:
    folder = write({})
    assert set(build().values()) == {State.CREATED}
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
    assert "雨天杭州" in text_of(THIRD)
    assert os.listdir(folder / "dist" / "抖") == ["雨天 抖店.csv"]


def test_what_is_over_stays_behind_from_its_day_on(write: Write, build: Build, text_of: TextOf) -> None:
    write({})
    build()
    for today, state, entries in (("2026-12-12", "unchanged", 0), ("2026-12-13", "updated", 1)):
        write({CONFIG: text_of(CONFIG).replace("2026-11-22", today).replace("2026-12-12", today)})
        plan = qnphrase.build_shops(CONFIG)
        assert {pack.state.value for pack in plan.packs} == {state}, today
        assert {pack.entry.expired for pack in plan.packs} == {entries}
    assert plan.expired["晴天女装"] == [("双12/d12", "2026-12-12")]
    assert "双12" not in FIRST.read_bytes().decode("gbk")  # nor is its group left behind


def test_a_reply_whose_dates_are_over_stays_behind(write: Write, build: Build, text_of: TextOf) -> None:
    season = "version: 1\nauto_replies: [{when: busy, dates: 2026-12-08..2026-12-12, text: 双十二人多}]\n"
    write({"季.yaml": season, CONFIG: text_of(CONFIG).replace("[底.yaml]", "[底.yaml, 季.yaml]")})
    build("晴天女装")
    assert "双十二人多" in FIRST.read_bytes().decode("gbk")
    write({CONFIG: text_of(CONFIG).replace("2026-11-22", "2026-12-13")})
    plan = qnphrase.build_shops(CONFIG, ["晴天女装"])
    assert "双十二人多" not in FIRST.read_bytes().decode("gbk")
    assert ("自动回复/忙碌", "2026-12-12") in plan.expired["晴天女装"]


def test_a_season_that_gives_back_leaves_no_group_and_is_told(write: Write, build: Build, text_of: TextOf) -> None:
    season = "version: 1\ngroups: [{name: 季, phrases: [{code: js, text: 季, replace: hy2, until: 2026-12-12}]}]\n"
    write({"季.yaml": season, CONFIG: text_of(CONFIG).replace("[底.yaml]", "[底.yaml, 季.yaml]")})
    build("晴天女装")
    assert "js,季,季" in FIRST.read_bytes().decode("gbk").replace('"', "").replace("\t", "")
    write({CONFIG: text_of(CONFIG).replace("2026-11-22", "2026-12-13")})
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


def test_problems_write_nothing(write: Write, build: Build, text_of: TextOf, tree: Tree) -> None:
    write({})
    build()
    before = tree()
    write(
        {"平台/抖店.yaml": "version: 1\nremove: [没有]\n", "底.yaml": text_of("底.yaml").replace("{发货地}", "{货地}")}
    )
    with pytest.raises(UsageError) as caught:
        build()
    said = caught.value.what.splitlines()
    assert said[0].startswith("平台/抖店.yaml:2:10: ")
    assert said[0].endswith("（雨天 抖店）")
    assert said[1].startswith("底.yaml:11:")
    assert said[1].endswith("（晴天女装、雨天 抖店）")
    assert tree() == before
    write({"平台/抖店.yaml": "groups: ["})
    with pytest.raises(qnphrase.PackSyntaxError):
        build()
    assert tree() == before
    Path("底.yaml").unlink()
    with pytest.raises((UnreadableFileError, UsageError)):
        build()
    assert tree() == before


def test_what_no_pack_can_hold_is_named_with_its_place(write: Write, build: Build, text_of: TextOf) -> None:
    write({"底.yaml": text_of("底.yaml").replace("在的亲", "在的亲😀")})
    write({CONFIG: text_of(CONFIG).replace("店铺名: 晴天", "店铺名: 晴𠮷")})
    with pytest.raises(UnrepresentableError) as caught:
        build()
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
    write: Write, values: str, told: list[tuple[str, str]], hint: str, build: Build, text_of: TextOf
) -> None:
    shop = "甲: {books: [底.yaml], pack: [{excel: true}, {file: 又.csv}]}"
    write({CONFIG: f"variables: {{{values}}}\nshops:\n  {shop}\n"})
    write({"底.yaml": text_of("底.yaml").replace("{when: busy, text: 稍等}", "{when: busy, phrase: hy1}")})
    with pytest.raises(UnrepresentableError) as caught:
        build()
    assert [(one.code, one.why) for one in caught.value.phrases] == told
    assert hint in caught.value.hint


def test_a_sample_must_be_of_the_format(write: Write, build: Build, text_of: TextOf) -> None:
    write(
        {CONFIG: text_of(CONFIG).replace("{like: 样例/导 出.csv}", "{format: xml, like: 样例/导 出.csv, file: a.xml}")}
    )
    with pytest.raises(UsageError, match=r"样例 .* 是 CSV，这里要的是 XML"):
        build()


def test_a_folder_that_cannot_be_made(write: Write, build: Build) -> None:
    write({"dist": "a file"})
    with pytest.raises(qnphrase.UnwritableFileError, match="dist"):
        build()
