"""Laws of building, for random books, overlays and values."""

import shutil
import tempfile
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

import qnphrase
from qnphrase.building.plan import State
from qnphrase.errors import UsageError
from qnphrase.lint.config import load_config
from qnphrase.shops.resolved import Resolver

CODES = ("a1", "a2", "b1", "b2", "c1")
GROUPS = ("甲", "乙", "丙 丁")
TEXTS = st.sampled_from(("您好", "在的{名}", "{名}，{时效}发货", '说"好的",\n换行', "<亲> & 您", "\t制表", " 空 "))
PHRASES = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "note": st.just("备注"),
        "enabled": st.just(False),
        "until": st.sampled_from(("2026-11-21", "2026-11-22", "2026-12-01")),
    },
)
GROUPED = st.dictionaries(
    st.sampled_from(GROUPS), st.dictionaries(st.sampled_from(CODES), PHRASES, max_size=4), min_size=1, max_size=3
)
REPLIES = st.lists(
    st.fixed_dictionaries(
        {"when": st.sampled_from(("busy", "away")), "text": TEXTS},
        optional={"hours": st.just("9:00-18:00"), "enabled": st.just(False)},
    ),
    max_size=3,
)
BOOKS = st.tuples(GROUPED, REPLIES)
PACKS = st.sampled_from(({}, {"excel": True}, {"format": "xml"}, {"encoding": "utf-16-le"}, {"like": "样例.csv"}))
SAMPLE = "分组,编码,内容\r\n甲,a1,您好\r\n旧,z9,没有了\r\n"


def _unique(groups: Mapping[str, Mapping[str, object]], taken: dict[str, str]) -> list[dict[str, object]]:
    """Return the groups of a book in which a code stays in the group that had it first: else it is a clash."""
    return [
        {
            "name": name,
            "phrases": [
                {"code": code, **phrase}  # type: ignore[dict-item]
                for code, phrase in phrases.items()
                if taken.setdefault(code, name) == name
            ],
        }
        for name, phrases in groups.items()
    ]


def _write(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _config(
    folder: Path, packs: Sequence[Mapping[str, object]], number: int, name: str, day: str = "2026-11-22"
) -> Path:
    """Write a configuration of two shops; a new name each time, for a process reads each only once."""
    path = folder / f"配置 {number}.yaml"
    shops = {
        "一": {"books": ["底.yaml"], "variables": {"名": "晴天"}, "pack": dict(packs[0])},
        "二": {"books": ["底.yaml", "上.yaml"], "variables": {"名": name}, "pack": dict(packs[1])},
    }
    _write(path, {"today": day, "variables": {"名": None, "时效": "48小时"}, "shops": shops})
    text = path.read_text(encoding="utf-8").replace(f"'{day}'", day).replace("名: null", "名:")
    path.write_text(text, encoding="utf-8")
    return path


def _states(plan: qnphrase.BuildPlan) -> list[State]:
    return [pack.state for pack in plan.packs]


@given(BOOKS, BOOKS, BOOKS, st.tuples(PACKS, PACKS), st.sampled_from(("2026-11-22", "2026-12-02")))
@settings(max_examples=25)
def test_built_twice_and_after_an_edit(
    base: tuple[dict[str, dict[str, object]], list[object]],
    upper: tuple[dict[str, dict[str, object]], list[object]],
    later: tuple[dict[str, dict[str, object]], list[object]],
    packs: tuple[dict[str, object], dict[str, object]],
    day: str,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken: dict[str, str] = {}
        for file, book in (("底.yaml", base), ("上.yaml", upper)):
            _write_book(folder / file, book, taken)
        (folder / "样例.csv").write_bytes(SAMPLE.encode("gbk"))
        config = _config(folder, packs, 1, "雨天")
        plan = qnphrase.build_shops(config)
        assert _states(plan) == [State.CREATED] * 2
        _read_back(config, plan)
        assert _states(qnphrase.build_shops(config)) == [State.UNCHANGED] * 2
        is_used = "雨天" in str(qnphrase.load(plan.path(plan.packs[1].entry.file)).book)
        # The other shop has nothing to do with this value, nor has this one where no phrase of it that travels does.
        other = qnphrase.build_shops(_config(folder, packs, 2, "阴天"))
        assert _states(other) == [State.UNCHANGED, State.UPDATED if is_used else State.UNCHANGED]
        _read_back(folder / "配置 2.yaml", other)
        assert _states(qnphrase.build_shops(config)) == _states(other)
        # What builds one after the other leave is what a single one makes of the same sources.
        _write_book(folder / "上.yaml", later, taken)
        last = _config(folder, packs, 3, "雨天", day)
        qnphrase.build_shops(last)
        step_by_step = _tree(folder)
        shutil.rmtree(folder / "dist")
        qnphrase.build_shops(last)
        assert _tree(folder) == step_by_step


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


def _write_book(path: Path, book: tuple[dict[str, dict[str, object]], list[object]], taken: dict[str, str]) -> None:
    groups, replies = book
    values = {"version": 1, "groups": _unique(groups, taken), "auto_replies": replies}
    _write(path, values)


def _read_back(config: Path, plan: qnphrase.BuildPlan) -> None:
    shops = load_config(str(config)).shops
    assert shops is not None
    for pack in plan.packs:
        resolved = Resolver(shops).resolved(shops.shops[pack.shop])
        wanted = resolved.book.carried_by_packs()
        over = {id(said.value) for said in resolved.said if _is_over(said.value)}
        groups = []
        for group in resolved.book.groups:
            kept = tuple(phrase for phrase in group.phrases if id(phrase) not in over)
            is_gone = len(kept) < len(group.phrases) and not any(phrase.enabled for phrase in kept)
            groups += [] if is_gone else [group.model_copy(update={"phrases": kept})]
        wanted = resolved.book.model_copy(update={"groups": tuple(groups)}).carried_by_packs()
        found = qnphrase.load(plan.path(pack.entry.file))
        assert found.book.carried_by_packs() == wanted
        counts = found.reading.counts()
        assert (pack.entry.phrases, pack.entry.auto_replies) == (counts["phrases"], counts["auto_replies"])


def _is_over(value: object) -> bool:
    until = getattr(value, "until", None)
    enabled = bool(getattr(value, "enabled", True))
    return until is not None and until.isoformat() < "2026-11-22" and enabled


def test_a_configuration_without_shops(tmp_path: Path) -> None:
    _write(tmp_path / "qnphrase.yaml", {"encoding": "gbk"})
    with pytest.raises(UsageError, match="没有写 shops"):
        qnphrase.plan_shops(tmp_path / "qnphrase.yaml")
