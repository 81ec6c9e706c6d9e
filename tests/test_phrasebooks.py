"""The phrasebooks that are shipped: clean, whole, fit for every sample shop; their auto-replies do what is said."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import qnphrase
from qnphrase.configuration import Mark
from qnphrase.formats.base import Subject
from qnphrase.lint.config import load_config
from qnphrase.lint.engine import run_rules
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rules import all_rules
from qnphrase.model import Phrasebook
from qnphrase.pack import load
from qnphrase.pack import new_pack
from qnphrase.pack import same_in_packs
from qnphrase.replies.coverage import coverage_of
from qnphrase.scenarios.catalogue import OF_TRIGGERS
from qnphrase.scenarios.catalogue import scenarios
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.shop import Given
from qnphrase.shops.shop import Shop
from qnphrase.text.emoticons import emoticons
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

SHIPPED = Path(__file__).parent.parent / "phrasebooks"
# Dated phrases grow stale: all is judged as on the day on which they were written.
TODAY = datetime.date(2026, 11, 21)
OVERLAYS = {kind: sorted((SHIPPED / kind).glob("*.yaml")) for kind in ("行业", "节日", "平台")}
BASE, DOUYIN = SHIPPED / "通用.yaml", SHIPPED / "平台" / "抖店.yaml"
LIVE = "售前-直播"  # the one group that is named by where a question comes from
EXPLANATIONS = {"rev.explain_new", "rev.explain_old"}
# Each trade must get along with all seasons, on both platforms, whatever a sample shop makes of it.
MIXES = {
    f"{trade.stem}-{platform}": [BASE, trade, *OVERLAYS["节日"], *([DOUYIN] if platform == "抖店" else [])]
    for trade in OVERLAYS["行业"]
    for platform in ("淘宝", "抖店")
}
SAMPLES = (
    "示例-晴天女装",
    "示例-晴天女装抖店",
    "示例-禾穗粮铺",
    "示例-云杉数码专营店",
    "示例-木言家居",
    "示例-小满护肤抖店",
)


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    path = os.pathsep.join([str(Path(qnphrase.__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qnphrase", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the folder in which the day is `TODAY`."""
    folder = tmp_path_factory.mktemp("书") / "短语 本"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("dist"))
    config = folder / "qnphrase.yaml"
    config.write_text(f"today: {TODAY}\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def options(books: Path) -> LintOptions:
    return load_config(str(books / "qnphrase.yaml"))


@pytest.fixture(scope="module")
def resolved(options: LintOptions) -> dict[str, Resolved]:
    """Return the books of all sample shops, and of the mixes of overlays, with all variables filled in."""
    assert options.shops is not None
    assert [shop.name for shop in options.shops.shops.values() if shop.is_built] == list(SAMPLES)
    resolver = Resolver(options.shops)
    values = {name: variable.default or "某某" for name, variable in options.shops.variables.items()}
    mark = Mark("qnphrase.yaml", 1, 1)
    mixes = [Shop(name, mark, [Given(str(path), mark) for path in paths], (), values) for name, paths in MIXES.items()]
    return {shop.name: resolver.resolved(shop) for shop in (*options.shops.shops.values(), *mixes)}


@pytest.fixture(params=[*SAMPLES, *MIXES])
def shop(request: pytest.FixtureRequest, resolved: dict[str, Resolved]) -> Resolved:
    found: Resolved = resolved[request.param]
    return found


@pytest.fixture(params=[name for name in (*SAMPLES, *MIXES) if "抖店" in name])
def douyin_shop(request: pytest.FixtureRequest, resolved: dict[str, Resolved]) -> Resolved:
    found: Resolved = resolved[request.param]
    assert _is_on_douyin(found.shop)
    return found


def _is_on_douyin(shop: Shop) -> bool:
    return any(Path(book.text).name == DOUYIN.name for book in shop.books)


def _phrases(shop: Resolved) -> Iterator[Subject]:
    return (subject for subject in shop.subjects() if subject.kind == "phrase")


def test_they_are_clean_at_the_strictest(books: Path) -> None:
    done = _run(books, "lint", ".", "--fail-on", "info", "--format", "json")
    assert done.returncode == 0, done.stdout.decode("utf-8")


def test_they_stay_clean_when_the_seasons_are_over(books: Path, tmp_path: Path) -> None:
    later = tmp_path / "明年"
    shutil.copytree(books, later, ignore=shutil.ignore_patterns("dist"))
    config = later / "qnphrase.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace(f"today: {TODAY}", "today: 2027-06-01", 1), encoding="utf-8"
    )
    done = _run(later, "lint", ".", "--fail-on", "info", "--format", "json")
    assert done.returncode == 0, done.stdout.decode("utf-8")


def test_the_base_answers_every_scenario(books: Path) -> None:
    done = _run(books, "coverage", "通用.yaml", "--no-guess", "--fail-under", "100", "--format", "json")
    assert done.returncode == 0, done.stdout.decode("utf-8")
    assert json.loads(done.stdout)


def test_the_base_has_two_to_five_answers_to_each_scenario() -> None:
    """A complaint takes seven steps, and one more for whoever asks for the platform."""
    book = load(BASE).book
    answers = [phrase.scenario for _group, phrase in book.all_phrases()]
    answers += [OF_TRIGGERS[reply.when] for reply in book.auto_replies]
    counts = {scenario: answers.count(scenario) for scenario in scenarios()}
    assert counts.pop("post.complaint") == 8
    assert {scenario for scenario, count in counts.items() if not 2 <= count <= 5} == set()


def test_all_that_is_shipped_is_used() -> None:
    """A shop uses each overlay, but for that of a sale that is nearly a year away."""
    config = (SHIPPED / "qnphrase.yaml").read_text(encoding="utf-8")
    books = [path.relative_to(SHIPPED).as_posix() for path in SHIPPED.glob("[!s]*/*.yaml")]
    unused = [book for book in books if book not in config and not book.endswith(".replies-test.yaml")]
    assert unused == ["节日/双11.yaml"]


@pytest.mark.parametrize("cases", sorted(SHIPPED.rglob("*.replies-test.yaml")), ids=lambda path: path.stem)
def test_the_auto_replies_pass_their_tests(cases: Path, books: Path) -> None:
    book = cases.relative_to(SHIPPED).with_name(cases.name.replace(".replies-test", ""))
    assert _run(books, "simulate", str(book), "--test").returncode == 0


def test_every_book_survives_all_formats(books: Path) -> None:
    paths = [BASE, *(path for paths in OVERLAYS.values() for path in paths), *SHIPPED.glob("店铺/*.yaml")]
    names = [str(path.relative_to(SHIPPED)) for path in paths if "replies-test" not in path.name]
    done = _run(books, "roundtrip", *names)
    assert done.returncode == 0, done.stdout.decode("utf-8")


def test_packs_for_two_platforms_in_both_formats_read_back_equal(
    books: Path, resolved: dict[str, Resolved], tmp_path: Path
) -> None:
    shutil.copytree(books, tmp_path / "出包")
    done = _run(tmp_path / "出包", "build")
    assert done.returncode == 0, done.stderr.decode("utf-8")
    built = {
        (_is_on_douyin(shop.shop), form.format, shop.shop.name)
        for shop in (resolved[name] for name in SAMPLES)
        for form in shop.shop.packs
        if _holds(load(tmp_path / "出包" / "dist" / form.file).book, shop, has_replies=form.auto_replies)
    }
    assert sum(len(resolved[name].shop.packs) for name in SAMPLES) == len(built) == 9
    assert {(on_douyin, form) for on_douyin, form, _name in built} == {
        (on_douyin, form) for on_douyin in (True, False) for form in ("csv", "xml")
    }
    assert len({name for _on_douyin, _form, name in built}) == 6
    assert _run(tmp_path / "出包", "build", "--check").returncode == 0


def _holds(book: Phrasebook, shop: Resolved, *, has_replies: bool) -> bool:
    wanted = shop.book if has_replies else shop.book.model_copy(update={"auto_replies": ()})
    return same_in_packs(book, wanted)


def test_a_shop_says_nothing_that_a_rule_finds(shop: Resolved, options: LintOptions) -> None:
    """All rules that are on by default, at their mildest, over what buyers read: repeats and clashes among them."""
    assert [str(problem) for problem in shop.problems] == []
    rules = [rule for rule in all_rules() if rule.on_by_default]
    found = run_rules(shop.subjects(), rules, options.settings)
    assert [(finding.code, shop.subjects()[finding.subject].code, finding.message) for finding in found] == []


def test_a_shop_answers_every_scenario(shop: Resolved) -> None:
    coverage = coverage_of([new_pack(shop.book, "yaml")], guess=False, today=TODAY)
    assert (coverage.held, len(coverage.rows)) == (58, 58)


def test_no_phrase_is_long(shop: Resolved) -> None:
    long = [one.code for one in shop.subjects() if len(one.text) > 200 and one.scenario not in EXPLANATIONS]
    assert long == []


def test_a_scenario_is_found_within_two_steps(shop: Resolved) -> None:
    """First the group: one for each scenario, but for live streams, of its stage; then one of 25 phrases at most."""
    groups: dict[str, set[str]] = defaultdict(set)
    sizes: dict[str, int] = defaultdict(int)
    for phrase in _phrases(shop):
        sizes[phrase.group] += 1
        if phrase.group != LIVE:
            groups[phrase.scenario].add(phrase.group)
    assert {scenario: names for scenario, names in groups.items() if len(names) > 1} == {}
    assert len(sizes) <= 16
    # With every season at once, which no shop has, a group may grow.
    assert max(sizes.values()) <= (25 if shop.shop.name in SAMPLES else 32)
    stages = {name: {scenarios()[scenario].stage for scenario, at in groups.items() if name in at} for name in sizes}
    elsewhere = {name: found for name, found in stages.items() if name != LIVE and name.split("-")[0] not in found}
    assert elsewhere == {"结束语": {"通用"}}


def test_codes_are_short_and_typed_without_a_thought(shop: Resolved) -> None:
    assert [
        one.code for one in _phrases(shop) if not (one.code.isascii() and one.code.isalnum() and len(one.code) < 6)
    ] == []


def test_a_season_is_heard_only_where_it_is_laid_over(shop: Resolved) -> None:
    seasons = {word for book in shop.shop.books if "节日" in book.text for word in _words_of(Path(book.text).stem)}
    strange = {"双11", "双12", "年货", "春节", "新年", "除夕"} - seasons
    assert [one.code for one in shop.subjects() for word in strange if word in one.text] == []


def _words_of(season: str) -> set[str]:
    return {"年货", "春节", "新年", "除夕"} if "春节" in season else {season}


def test_douyin_shows_no_code_of_wangwang(douyin_shop: Resolved) -> None:
    codes = [one.code for one in douyin_shop.subjects() for code in emoticons() if code in one.text]
    tokens = [
        one.code for one in douyin_shop.subjects() for token in tokenize(one.text) if token.kind is TokenKind.EMOTICON
    ]
    assert (codes, tokens) == ([], [])


def test_douyin_hears_no_word_of_taobao(douyin_shop: Resolved) -> None:
    words = ("旺旺", "千牛", "淘宝", "天猫", "支付宝", "花呗", "宝贝", "购物车", "聚划算")
    assert [(one.code, word) for one in douyin_shop.subjects() for word in words if word in one.text] == []


def test_the_edition_for_douyin_overrides_every_phrase_with_an_emoticon() -> None:
    """Overlays bring none of their own, so that they fit both platforms."""
    told = {phrase.code for _group, phrase in load(DOUYIN).book.all_phrases()}
    codes = {phrase.code for _group, phrase in load(BASE).book.all_phrases() if _has_emoticon(phrase.text)}
    assert codes <= told
    for path in (path for paths in OVERLAYS.values() for path in paths):
        assert [phrase.code for _group, phrase in load(path).book.all_phrases() if _has_emoticon(phrase.text)] == []


def _has_emoticon(text: str) -> bool:
    return any(token.kind is TokenKind.EMOTICON for token in tokenize(text))
