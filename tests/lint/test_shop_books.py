"""What is found in the books of shops: where it stands, for which shops, and that it is told once."""

from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path

import pytest

from qnphrase.lint import config as config_module
from qnphrase.lint import shops as shops_module
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.run import jobs_of
from qnphrase.lint.run import lint_jobs

Lint = Callable[..., list[Diagnostic]]

HEAD = "version: 1\ngroups:\n- name: 欢迎\n  phrases:\n"
BASE = HEAD + "  - {code: hy, text: '亲，{称呼}欢迎您'}\n  - {code: zx, text: 在的亲}\n"
OVER = "contacts_over, threshold: 30"


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Write a configuration and books, lint some of them, return what is found."""

    def linted(config: str, linted: Sequence[str] = (".",), **books: str) -> list[Diagnostic]:
        files = {"qnphrase.yaml": config, "底.yaml": BASE, **{f"{name}.yaml": text for name, text in books.items()}}
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        config_module._load.cache_clear()  # one process reads a configuration once
        options = config_module.load_config(str(tmp_path / "qnphrase.yaml"))
        jobs = jobs_of([str(tmp_path / one) for one in linted], lambda _path: options)
        return [
            one._replace(path=Path(one.path).relative_to(tmp_path).as_posix())
            for result in lint_jobs(jobs)
            for one in result.diagnostics
        ]

    return linted


def _shops(**values: str) -> str:
    lines = (f"  {name}: {{books: [底.yaml], variables: {{称呼: '{value}'}}}}\n" for name, value in values.items())
    return "shops:\n" + "".join(lines)


def test_what_a_value_says_stands_once_where_the_value_is(lint: Lint) -> None:
    book = BASE + "  - {code: zz, text: '{称呼}在的'}\n"
    found = lint("select: [QN102]\n" + _shops(甲="全网第一女装", 乙="晴天", 丙="行业第一"), 底=book)
    assert [(one.path, one.line, one.column, one.shops) for one in found] == [
        ("qnphrase.yaml", 3, 36, ("甲",)),
        ("qnphrase.yaml", 5, 36, ("丙",)),
    ]
    assert found[0].message.startswith("变量 称呼：")
    assert found[0].text == "全网第一"


def test_what_a_value_and_the_text_say_together_stands_at_the_blank(lint: Lint) -> None:
    book = BASE.replace("欢迎您", "第一女装")
    (found,) = lint("select: [QN102]\n" + _shops(甲="全网", 乙="晴天", 丙="全网", 丁="行业"), 底=book)
    assert (found.path, found.line, found.column, found.end_column) == ("底.yaml", 5, 25, 31)
    assert (found.text, found.context.text) == ("{称呼}第一", "亲，全网第一女装")
    assert found.shops == ("甲", "丙", "丁")


def test_what_the_file_says_by_itself_is_no_matter_of_shops(lint: Lint) -> None:
    book = BASE.replace("欢迎您", "全网最低价")
    (found,) = lint("select: [QN101]\n" + _shops(甲="晴天", 乙="小雨"), 底=book)
    assert (found.text, found.shops) == ("全网最低", ())


def test_what_a_shop_says_of_itself_is_what_the_variable_is_for(lint: Lint) -> None:
    assert lint("select: [QN6]\n" + _shops(甲="杭州市西湖区文三路1号", 乙="13800138000")) == []


def test_what_is_overridden_repeats_nothing(lint: Lint) -> None:
    config = "select: [QN707, QN713]\nshops:\n  甲: [底.yaml, 叠.yaml]\n  乙: [底.yaml, 加.yaml]\n"
    over, more = HEAD + "  - {code: zx, text: 在的呢}\n", HEAD + "  - {code: zx2, text: 在的亲}\n"
    (found,) = lint(config, 叠=over, 加=more)
    assert (found.path, found.code, found.shops) == ("加.yaml", "QN707", ("乙",))


def test_rules_for_books_look_at_whole_shops(lint: Lint) -> None:
    replies = "version: 1\nauto_replies:\n"
    every = replies + "".join(f"- {{when: {when}, text: 稍等}}\n" for when in ("busy", "away", OVER))
    config = "select: [QN911]\nshops:\n  甲: [一.yaml, 二.yaml]\n"
    files = {"一": replies + "- {when: first_message, text: 您好}\n", "二": every}
    assert lint(config, **files) == []
    assert [one.path for one in lint(config + "  乙: [一.yaml]\n", **files)] == ["一.yaml"]
    assert [one.shops for one in lint(config + "  丙: {build: false, books: [一.yaml]}\n", ["二.yaml"], **files)] == []


def test_a_shop_has_limits_of_its_own(lint: Lint) -> None:
    shops = _shops(甲="晴天", 乙="晴天女装旗舰店")
    (long,) = lint("select: [QN709]\nlimits: {text: 9}\n" + shops)
    assert (long.shops, long.column, long.text) == (("乙",), 29, "欢迎您")
    shops = shops.replace("books", "limits: {text: 6}, books", 1)
    assert [one.shops for one in lint("select: [QN709]\nlimits: {text: 9}\n" + shops)] == [("乙",), ("甲",)]


def test_comments_and_exceptions_cover_what_shops_have(lint: Lint) -> None:
    book = BASE.replace("欢迎您'}", "第一女装'}  # qn: ignore QN102 商标")
    shops = _shops(甲="全网")
    assert lint("select: [QN102]\n" + shops, 底=book) == []
    assert [one.code for one in lint("select: [QN102]\n" + shops.replace("全网", "晴天"), 底=book)] == ["QN992"]
    ignored = "ignores: [{rule: QN102, path: qnphrase.yaml, text: 全网第一, reason: 商标}]\n"
    assert lint("select: [QN102]\n" + ignored + shops.replace("全网", "全网第一")) == []
    assert lint("select: [QN102]\nper-group-ignores: {欢*: [QN102]}\n" + shops) == []


PROBLEMS = {
    "unknown": ("", HEAD + "  - {code: a, text: '{称乎}'}\n", "叠.yaml:5:22 QN931 甲乙"),
    "not given": ("称呼", HEAD + "  - {code: a, text: 好}\n", "qnphrase.yaml:5:3 QN931 甲"),
    "nothing to replace": ("", HEAD + "  - {code: a, text: 好, replace: zz}\n", "叠.yaml:5:33 QN932 甲乙"),
    "nothing to remove": ("", "version: 1\nremove: [zz]\n" + HEAD[11:], "叠.yaml:2:10 QN932 甲乙"),
    "clash": ("", HEAD.replace("欢迎", "发货") + "  - {code: zx, text: 好}\n", "叠.yaml:5:12 QN933 甲乙"),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_what_keeps_a_shop_from_being_built_is_found_once(lint: Lint, case: str) -> None:
    left_out, book, wanted = PROBLEMS[case]
    values = {"甲": "" if left_out else ", variables: {称呼: 晴天}", "乙": ", variables: {称呼: 小雨}"}
    shops = "".join(f"  {name}: {{books: [底.yaml, 叠.yaml]{more}}}\n" for name, more in values.items())
    config = f"select: [QN702, QN713, QN93]\nvariables:\n  称呼:\nshops:\n{shops}"
    (found,) = lint(config, 叠=book)
    assert f"{found.path}:{found.line}:{found.column} {found.code} {''.join(found.shops)}" == wanted
    assert found.severity is Severity.ERROR
    elsewhere = lint(config, ["底.yaml"], 叠=book)
    assert elsewhere == ([found] if found.path == "qnphrase.yaml" else [])
    assert lint(config + "ignores: [{rule: QN93, reason: 先放着}]\n", 叠=book) == []
    without = {"unknown": ["QN702"], "clash": ["QN713"]}  # rules that say less of the same
    assert [one.code for one in lint(config + "ignore: [QN93]\n", 叠=book)] == without.get(case, [])


def test_two_processes_find_the_same(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    config = "select: [QN102, QN708, QN93]\n" + _shops(甲="全网第一女装", 乙="晴天", 丙="全网第一女装")
    config += "  丁: [底.yaml]\n"
    once = lint(config)
    monkeypatch.setattr(shops_module, "_WORTH_A_PROCESS", 0)
    assert lint(config) == once
    assert [one.code for one in once] == ["QN931", "QN102", "QN102"]


def test_packs_that_were_built_are_left_alone(lint: Lint, tmp_path: Path) -> None:
    built = tmp_path / "包/甲.csv"
    built.parent.mkdir()
    built.write_text("快捷短语编码,快捷短语,快捷短语分组\r\nhy,全网最低价,欢迎\r\n", encoding="gbk")
    config = "select: [QN101]\ndist: 包\n" + _shops(甲="晴天")
    assert lint(config) == []
    assert [one.path for one in lint(config, ["包"])] == ["包/甲.csv"]
