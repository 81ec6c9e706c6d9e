"""A repository of books and shops on two platforms, in a folder with a Chinese name and a space."""

import os
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

import qnphrase

BASE = """\
version: 1
signature: 找{店铺名}
groups:
- name: 欢迎
  phrases:
  - {code: hy1, text: "您好，这里是{店铺名}", scenario: greet.first, note: 首句}
  - {code: hy2, text: 在的亲}
  - {code: old, text: 不用了, enabled: false}
- name: 发货
  phrases:
  - {code: fh, text: "{发货时效}从{发货地}发出"}
  - text: 没有编码的一句
- name: 双12
  phrases:
  - {code: d12, text: 双12快到了, until: 2026-12-12}
auto_replies:
- {when: busy, text: 稍等}
- {when: away, hours: "22:00-09:00", text: 夜里不在}
- {when: away, phrase: hy2}
"""
DOUYIN = """\
version: 1
remove: [hy2, 自动回复/离开]
groups:
- name: 发货
  phrases:
  - {code: fh, text: "急件{发货时效}发{店铺名}"}
"""
HEAD = """\
today: 2026-11-22
variables: {店铺名: , 发货时效: 48小时内, 发货地: 杭州}
shops:
  晴天女装:
    books: [底.yaml]
    variables: {店铺名: 晴天}
"""
SHOPS = (
    HEAD
    + """\
    pack: [{like: 样例/导 出.csv}, {format: xml}]
  雨天 抖店:
    extends: 晴天女装
    books: [平台/抖店.yaml]
    variables: {店铺名: "雨天{发货地}"}
    pack: {encoding: utf-8-sig, file: "抖/{店名}.csv"}
"""
)
# As a clerk exported it: quotes everywhere, TAB guards, an extra column; `hy2` stands in it as the book has it.
SAMPLE = (
    '"快捷短语编码","快捷短语","快捷短语分组","备注"\r\n"\they2","别的","别处","x"\r\n"\thy2","在的亲","欢迎",""\r\n'
)


@pytest.fixture
def head() -> str:
    """Return a configuration with one shop, to which others can be added."""
    return HEAD


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str]], Path]:
    """Write files into the repository, which holds two shops, and stand in it."""
    folder = tmp_path / "短语 仓库"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def written(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("gbk" if name.startswith("样例") else "utf-8"))
            os.utime(path)
        _forget_configurations()
        return folder

    written({"底.yaml": BASE, "平台/抖店.yaml": DOUYIN, "qnphrase.yaml": SHOPS, "样例/导 出.csv": SAMPLE})
    return written


def _forget_configurations() -> None:
    """A process reads its configuration once; a test changes it."""
    from qnphrase.lint import config

    config._load.cache_clear()


@pytest.fixture
def build() -> Callable[..., dict[str, str]]:
    """Build shops, all or those named, and tell what became of each pack."""

    def built(*shops: str, force: bool = False) -> dict[str, str]:
        plan = qnphrase.build_shops("qnphrase.yaml", shops, force=force)
        return {pack.entry.file: pack.state.value for pack in plan.packs}

    return built


@pytest.fixture
def text_of() -> Callable[[str | Path], str]:
    """Read a file of the repository."""
    return lambda path: Path(path).read_bytes().decode("utf-8")


@pytest.fixture
def tree() -> Callable[[], dict[str, tuple[bytes, int]]]:
    """Tell what lies in `dist`: the bytes of each file, and its inode, which a new file doesn't share."""

    def found() -> dict[str, tuple[bytes, int]]:
        files = (path for path in Path("dist").rglob("*") if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_ino) for path in files}

    return found
