"""A folder of books with a configuration, and the shops that it makes."""

from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

from qnphrase.lint import config as config_module
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.shop import Shops

BASE = """\
version: 1
signature: 找{店铺名}
groups:
- name: 欢迎
  phrases:
  - {code: hy1, text: "您好，这里是{店铺名}"}
  - {code: hy2, text: 在的亲}
- name: 发货
  phrases:
  - {code: fh, text: "{发货时效}从{发货地}发出"}
  - text: 没有编码的一句
auto_replies:
- {when: busy, text: 稍等}
- {when: away, hours: "22:00-09:00", text: 夜里不在}
- {when: away, text: 走开了}
"""

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write files into a folder with blanks in its name, and stand in it."""
    folder = tmp_path / "短语 仓库"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def written(files: Mapping[str, str]) -> Path:
        for name, text in {"底.yaml": BASE, **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return written


@pytest.fixture
def shops_of(write: Write) -> Callable[..., Shops]:
    """Return the shops of a configuration beside these books."""

    def made(config: str, **books: str) -> Shops:
        write({"qnphrase.yaml": config, **{f"{name}.yaml": text for name, text in books.items()}})
        config_module._load.cache_clear()  # one process reads a configuration once
        shops = config_module.load_config("qnphrase.yaml").shops
        assert shops is not None
        return shops

    return made


@pytest.fixture
def resolve(shops_of: Callable[..., Shops]) -> Callable[..., Resolved]:
    """Return the book of a shop that lays these books over `底.yaml`, all variables given."""

    def resolved(*, shop: str = "", today: str = "2026-11-22", **books: str) -> Resolved:
        names = "".join(f", {name}.yaml" for name in books)
        config = (
            f"today: {today}\n"
            "variables: {发货时效: 48小时内, 发货地: 杭州}\n"
            "shops:\n"
            "  甲:\n"
            f"    books: [底.yaml{names}]\n"
            "    variables: {店铺名: 晴天}\n" + "".join(f"    {line}\n" for line in shop.splitlines())
        )
        shops = shops_of(config, **{name: f"version: 1\n{text}" for name, text in books.items()})
        return Resolver(shops).resolved(shops.shops["甲"])

    return resolved
