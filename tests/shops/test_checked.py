"""What the configuration says of shops: inheritance, files and values; everything wrong is named with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qnphrase.errors import UsageError
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.shop import Shops

ShopsOf = Callable[..., Shops]


def _refused(shops_of: ShopsOf, config: str) -> list[str]:
    with pytest.raises(UsageError) as caught:
        shops_of(config)
    return caught.value.what.splitlines()


def test_a_shop_inherits(shops_of: ShopsOf) -> None:
    shops = shops_of(
        """\
variables: {店铺名: , 发货时效: 48小时内, 发货地: 杭州}
shops:
  模板: {build: false, books: [底.yaml], remove: [hy2], limits: {text: 300, code: 4}, pack: {excel: true}}
  甲:
    extends: 模板
    books: [店/*.yaml]
    variables: {店铺名: 甲店, 发货地: "{省}杭州", 省: 浙江}
    limits: {text: 200}
  乙: {extends: 甲, variables: {店铺名: 乙店}, pack: [{format: xml}, {encoding: utf-8-sig, file: "包/{店名}.csv"}]}
""",
        **{"店/b": "version: 1\n", "店/a": "version: 1\n"},
    )
    first, second = shops.shops["甲"], shops.shops["乙"]
    assert [book.text.replace("\\", "/") for book in second.books] == ["底.yaml", "店/a.yaml", "店/b.yaml"]
    assert (first.values["店铺名"], second.values["店铺名"]) == ("甲店", "乙店")
    assert second.values["发货地"] == "浙江杭州"
    assert (second.limits, [one.text for one in second.removed]) == ({"text": 200, "code": 4}, ["hy2"])
    assert [(form.file, form.excel, form.encoding) for form in first.packs] == [("甲.csv", True, "gbk")]
    assert [(form.file, form.encoding) for form in second.packs] == [("乙.xml", None), ("包/乙.csv", "utf-8-sig")]
    assert not shops.shops["模板"].packs


def test_values_are_taken_as_typed(shops_of: ShopsOf) -> None:
    shops = shops_of("shops: {001: {books: [底.yaml], variables: {店铺名: 12:30, 发货时效: 0571, 发货地: 是}}}")
    assert dict(shops.shops["001"].values) == {"店铺名": "12:30", "发货时效": "0571", "发货地": "是"}


def test_a_list_is_the_books(shops_of: ShopsOf) -> None:
    assert [book.text for book in shops_of("shops: {甲: [底.yaml]}").shops["甲"].books] == ["底.yaml"]


@pytest.mark.parametrize(
    ("config", "place", "words"),
    [
        ("shops:\n  甲: {extends: 乙}\n  乙: {extends: 甲}\n", "2:7", "绕成了一圈：乙 → 甲 → 乙"),
        ("shops:\n  甲分店: [底.yaml]\n  乙: {extends: 甲分殿}\n", "3:7", "没有叫“甲分殿”的店，是不是“甲分店”？"),
        ("shops:\n  甲: [底.yaml, 没有.yaml]\n", "2:15", "找不到短语本 没有.yaml"),
        ("shops:\n  甲: [底.yaml, 底.yaml]\n", "2:15", "这本已经用过了（qnphrase.yaml:2:7）"),
        ("shops:\n  甲: {}\n", "2:3", "没有写 books"),
        (
            "shops:\n  甲:\n    books: [底.yaml]\n    variables: {a: '{b}', b: '{a}'}\n",
            "4:27",
            "变量绕成了一圈：a → b → a",
        ),
        ("shops:\n  甲:\n    books: [底.yaml]\n    variables: {仓: '{城市}'}\n", "4:17", "没有变量 城市 的值"),
        ("variables: {时效: {type: number, default: 两天}}\nshops: {}\n", "1:32", "“两天”不是数字"),
        (
            "variables: {时效: {type: number}}\nshops:\n  甲: {books: [底.yaml], variables: {时效: 两天}}\n",
            "3:36",
            "变量 时效：“两天”不是数字",
        ),
        ("shops:\n  甲: {books: [底.yaml], pack: {like: 没有.csv}}\n", "2:", "找不到样例 没有.csv"),
        ("shops:\n  甲: {books: [底.yaml], pack: {file: ../a.csv}}\n", "2:", "要在 dist 里面"),
        ("shops:\n  甲?: [底.yaml]\n", "2:3", "Windows 的文件名里不能有 ?"),
        ("shops:\n  甲: {books: [底.yaml], pack: {file: con.csv}}\n", "2:", "Windows 不认这个名字"),
        ("shops:\n  甲: {books: [底.yaml], pack: {file: a.xml, format: csv}}\n", "2:", "扩展名和格式 csv 对不上"),
        ("shops:\n  a: [底.yaml]\n  A: [底.yaml]\n", "3:3", "“A”和“a”都要写成 A.csv"),
        ("shops:\n  甲: {books: [底.yaml], limits: {字数: 3}}\n", "2:", "limits"),
        ("shops:\n  甲: {books: [底.yaml], pack: {formt: csv}}\n", "2:31", "没有这一项"),
        ("shops: {甲: {books: 底.yaml}}\n", "1:13", "要写成列表"),
        ("shops:\n  甲: [\n", "3:1", "不是合格的 YAML"),
        ("shops:\n  甲: [底.yaml]\n  甲: [底.yaml]\n", "3:3", "“甲”写了两次，前一个在第 2 行"),
        ("variables: {a: 1, 'a': 2}\nshops: {甲: [底.yaml]}\n", "1:19", "“a”写了两次"),
        ("shops:\n  甲: &a {books: [*a]}\n", "2:6", "绕成了一圈"),
        ("shops:\n  甲: {books: [底.yaml], variables: {a: '\a'}}\n", "2:40", "控制字符（U+0007）"),
        ("today: 2026-02-30\nshops: {甲: [底.yaml]}\n", "1:1", "日期要写成 2026-12-31"),
        ("? [a, b]\n: c\n", "1:3", "冒号前面只能是一个名字"),
        ("1: 2\nshops: {甲: [底.yaml]}\n", "1:1", "1: 没有这一项"),
        ("[甲]\n", "1:1", "要写成一组"),
        ("shops:\n  甲: {books: [底.yaml], variables: {店铺名: }}\n", "2:36", "没有写值"),
        ("dist: .\nshops:\n  甲: {books: [底.csv], pack: {file: 底.csv}}\n", "3:", "底.csv 会盖住 底.csv"),
        (
            "dist: 样例\nshops:\n  甲: [底.yaml]\n  乙: {extends: 甲, pack: {like: 样例/导出.csv, file: 导出.csv}}",
            "4:",
            "导出.csv 会盖住 样例",
        ),
        ("shops:\n  甲: {books: [底.yaml], pack: {file: Manifest.json}}\n", "2:", "做包的记录要用这个名字"),
        (
            "shops:\n  甲: {books: [底.yaml], pack: [{file: a.csv}, {file: A.csv/b.csv}]}\n",
            "2:",
            "又是 A.csv/b.csv 的文件夹",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(shops_of: ShopsOf, config: str, place: str, words: str) -> None:
    Path("样例").mkdir(exist_ok=True)
    for sample in ("底.csv", "样例/导出.csv"):
        Path(sample).write_bytes(b"")
    lines = _refused(shops_of, config)
    assert any(line.startswith(f"qnphrase.yaml:{place}") and words in line for line in lines), lines


def test_a_pattern_means_books_only(shops_of: ShopsOf) -> None:
    shops = shops_of("shops: {甲: ['*.yaml']}\n", **{"底.replies-test": "tests: []\n"})
    assert [book.text for book in shops.shops["甲"].books] == ["底.yaml"]


def test_brackets_without_end(shops_of: ShopsOf) -> None:
    (line,) = _refused(shops_of, "shops: " + "[" * 3000 + "]" * 3000)
    assert line == "qnphrase.yaml: 括号套得太深了"


def test_what_is_written_once_may_be_used_again(shops_of: ShopsOf) -> None:
    shops = shops_of(
        "variables: {店铺名: , 发货时效: 快, 发货地: 杭}\n"
        "shops:\n  甲: &a {books: [底.yaml], variables: {店铺名: ''}}\n  乙: {<<: *a, remove: [hy2]}\n"
    )
    assert [book.text for book in shops.shops["乙"].books] == ["底.yaml"]
    assert shops.shops["乙"].values["店铺名"] == ""


def test_values_that_are_nested_without_end(shops_of: ShopsOf) -> None:
    values = ", ".join(f"v{n}: '{{v{n + 1}}}'" for n in range(2_000))
    (line,) = _refused(shops_of, f"shops:\n  甲:\n    books: [底.yaml]\n    variables: {{{values}, v2000: 底}}\n")
    assert line.startswith("qnphrase.yaml:4:5: 变量一个套一个")


def test_all_that_is_wrong_is_told_at_once(shops_of: ShopsOf) -> None:
    lines = _refused(shops_of, "shops:\n  甲: [没有1.yaml]\n  乙: [没有2.yaml]\n  丙: {extends: 丁}\n")
    assert len(lines) == 3


def test_what_nobody_gives_is_asked_for_where_it_is_to_be_written(shops_of: ShopsOf) -> None:
    shops = shops_of("variables: {店铺名: {note: 招牌}, 发货时效: 快, 发货地: 杭}\nshops:\n  甲: [底.yaml]\n")
    (problem,) = Resolver(shops).resolved(shops.shops["甲"]).problems
    assert str(problem).startswith("qnphrase.yaml:3:3: “甲”没有写变量 店铺名（招牌），有 2 处要用，第一处在 底.yaml:2")


def test_what_nobody_uses_is_told(shops_of: ShopsOf) -> None:
    shops = shops_of(
        "variables: {店铺名: 店, 发货时效: 快, 发货地: 杭}\nshops:\n  甲: {books: [底.yaml], variables: {店铺铭: 错}}\n"
        "  乙: {extends: 甲}\n"
    )
    (problem,) = Resolver(shops).resolved(shops.shops["甲"]).problems
    assert not Resolver(shops).resolved(shops.shops["乙"]).problems  # the value may be for the shop that it extends
    assert str(problem).startswith("qnphrase.yaml:3:36: 没有哪条短语用到变量 店铺铭，是不是“店铺名”？")
