"""What a new repository holds: true sentences, valid files, the shop's own words untouched."""

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from qnphrase.errors import UsageError
from qnphrase.lint.config import load_config
from qnphrase.merge.lock import read_lock
from qnphrase.pack import load
from qnphrase.pack import new_pack
from qnphrase.replies.coverage import coverage_of
from qnphrase.scaffold import shipped
from qnphrase.scaffold.declarations import read_declarations
from qnphrase.scaffold.making import made
from qnphrase.scaffold.plan import planned
from qnphrase.scaffold.settings import OWN
from qnphrase.scaffold.wish import STAND_INS
from qnphrase.scaffold.wish import Wish
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.shelf import Entry

Wishing = Callable[..., Wish]


def resolved(folder: Path) -> Resolved:
    shops = load_config(str(folder / "qnphrase.yaml")).shops
    assert shops is not None
    (shop,) = shops.shops.values()
    return Resolver(shops).resolved(shop)


@pytest.mark.parametrize(
    ("trade", "platform"),
    [(trade, "淘宝") for trade in ("无", *shipped.trades())] + [("服饰", one) for one in shipped.platforms()],
)
def test_every_trade_and_platform_makes_a_whole_shop(trade: str, platform: str, wish: Wishing, tmp_path: Path) -> None:
    made(planned(wish(trade=trade, platform=platform)), tmp_path)
    shop = resolved(tmp_path)
    assert not shop.problems
    assert "{" not in "".join(phrase.text for _group, phrase in shop.book.all_phrases())
    assert "晴天女装" in shop.book.auto_replies[0].text


def test_what_stands_in_is_true_until_it_is_known(wish: Wishing, tmp_path: Path) -> None:
    declarations = read_declarations(shipped.configuration_path())
    only_the_shop_knows = {one.name for one in wish().open}
    assert only_the_shop_knows == set(STAND_INS) == set(wish().stand_ins)
    assert all(not declarations.variables[name].refusal(text) for name, text in STAND_INS.items())
    made(planned(wish(values={"退货地址": "杭州市某某路1号，{店铺名}收"})), tmp_path)
    texts = {phrase.code: phrase.text for _group, phrase in resolved(tmp_path).book.all_phrases()}
    assert texts["th2"].startswith("退货请寄：杭州市某某路1号，晴天女装收。")


def test_declarations_are_copied_as_they_stand(wish: Wishing) -> None:
    said = planned(wish()).files["qnphrase.yaml"].decode()
    source = Path(shipped.configuration_path()).read_text(encoding="utf-8")
    declarations = read_declarations(shipped.configuration_path())
    assert list(yaml.safe_load(said)["variables"]) == [
        name for name in declarations.variables if name in wish().declared
    ]
    for name in wish().declared:
        assert declarations.blocks[name] in source
        assert declarations.blocks[name].strip("\n") in said
        assert yaml.safe_load(declarations.blocks[name]) == {name: yaml.safe_load(source)["variables"][name]}


def test_a_season_that_is_over_is_left_out(wish: Wishing) -> None:
    before, behind = (planned(wish(today=datetime.date(year, 11, 21))).files for year in (2026, 2036))
    assert "      # - 短语本/节日/双12.yaml\n" in before["qnphrase.yaml"].decode()
    assert {path for path in before if "节日" in path} > {"短语本/节日/双12.yaml"}
    assert not any("节日" in path for path in behind)
    assert "双12" not in behind["qnphrase.yaml"].decode()


def test_the_examples_of_the_own_book_work(wish: Wishing, tmp_path: Path) -> None:
    made(planned(wish()), tmp_path)
    before = resolved(tmp_path).book
    own = tmp_path / OWN
    head, mark, examples = own.read_text(encoding="utf-8").partition("# --- 例子从这里开始 ---\n")
    own.write_text(head + mark + re.sub(r"(?m)^# ?", "", examples), encoding="utf-8")
    shop = resolved(tmp_path)
    assert not shop.problems
    replaced = {said.source.code: said.source.over for said in shop.said if isinstance(said.source, Entry)}
    assert {code: [one.code for one in below] for code, below in replaced.items() if below} == {
        "hy1": ["hy1"],
        "bd1": ["hy2"],
        "忙碌": ["忙碌"],
    }
    codes = {phrase.code for _group, phrase in shop.book.all_phrases()}
    assert codes == {phrase.code for _group, phrase in before.all_phrases()} - {"hy2", "hy3"} | {"bd1", "bd2"}


def test_a_book_finds_its_schema_without_the_net(wish: Wishing) -> None:
    files = planned(wish(trade="服饰")).files
    schemas = 0
    for path, data in files.items():
        for schema in re.findall(r"\$schema=(\S+)", data.decode()):
            target = (Path(path).parent / schema).as_posix()
            parts: list[str] = []
            for part in target.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert json.loads(files["/".join(parts)])["type"] == "object"
            schemas += 1
    assert schemas >= 6
    assert not any(b"phrasebooks/" in data for data in files.values())


def test_own_words_come_back_byte_for_byte(wish: Wishing, export: Path, tmp_path: Path) -> None:
    pack = load(export)
    made(planned(wish(source=pack)), tmp_path)
    assert resolved(tmp_path).problems == []
    sample = load(tmp_path / "样例" / "导出.csv")
    assert sample.with_book(resolved(tmp_path).book, allow_loss=True).to_bytes() == export.read_bytes()
    assert read_lock(tmp_path / OWN) == pack.book.carried_by_packs()
    assert wish(source=pack).braces == ["店铺名", "快递公司", "快递单号"]


def test_a_book_in_yaml_is_no_sample(wish: Wishing, export: Path) -> None:
    files = planned(wish(source=load(export.with_name("clerk.yaml")))).files
    assert "format: csv" in files["qnphrase.yaml"].decode()
    assert not any(path.startswith("样例/") or path.endswith(".lock") for path in files)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"shop": ""}, "店名不能空着"),
        ({"shop": "晴天/女装"}, "店名里不能有 /"),
        ({"shop": "一二三四五六七八九十一二三"}, "--set 店铺名="),
        ({"trade": "服装"}, "服饰"),
        ({"platform": "拼多多"}, "抖店"),
        ({"values": {"退货地扯": "杭州"}}, "是不是“退货地址”"),
        ({"values": {"在线时间": "九点到五点"}}, "时段"),
    ],
)
def test_what_cannot_be_had_is_refused(more: dict[str, object], said: str, wish: Wishing) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        planned(wish(**more))


def test_official_titles_are_not_what_customers_say(wish: Wishing) -> None:
    assert wish(shop="晴天女装旗舰店").given["店铺名"] == "晴天女装"


def test_shop_names_that_yaml_would_take_for_something_else(wish: Wishing, tmp_path: Path) -> None:
    for number, shop in enumerate(("007", "true", "#1 店", "[店], 一")):
        made(planned(wish(shop=shop)), tmp_path / str(number))
        assert resolved(tmp_path / str(number)).shop.name == shop


def test_all_58_scenarios(wish: Wishing, tmp_path: Path) -> None:
    made(planned(wish(trade="服饰")), tmp_path)
    coverage = coverage_of([new_pack(resolved(tmp_path).book, "yaml")], guess=False)
    assert (coverage.held, coverage.percent) == (58, 100)
