"""All of a repository or nothing."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qnphrase.errors import QnphraseError
from qnphrase.errors import UnwritableFileError
from qnphrase.errors import UsageError
from qnphrase.scaffold import making
from qnphrase.scaffold.making import made
from qnphrase.scaffold.making import put_under_git
from qnphrase.scaffold.plan import planned
from qnphrase.scaffold.wish import Wish

Wishing = Callable[..., Wish]


def test_what_is_in_the_way_is_named_before_anything_is_written(wish: Wishing, tmp_path: Path) -> None:
    for name in ("qnphrase.yaml", "说明.md"):
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / "短语本").write_bytes(b"a file, no folder")
    with pytest.raises(UsageError) as refused:
        made(planned(wish()), tmp_path)
    assert all(name in refused.value.what for name in ("qnphrase.yaml", "说明.md", "短语本"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["qnphrase.yaml", "说明.md", "短语本"])
    assert (tmp_path / "说明.md").read_bytes() == b"mine"


def test_a_full_disk_leaves_nothing_behind(wish: Wishing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = making.replace_file

    def full_at_last(path: Path, data: bytes) -> None:
        if path.name == "说明.md":
            raise UnwritableFileError("磁盘满了")
        real(path, data)

    (tmp_path / "话术").mkdir()
    (tmp_path / "话术" / "旧.txt").write_bytes(b"mine")
    monkeypatch.setattr(making, "replace_file", full_at_last)
    with pytest.raises(UnwritableFileError):
        made(planned(wish()), tmp_path / "话术")
    assert [path.name for path in tmp_path.rglob("*")] == ["话术", "旧.txt"]


def test_a_shop_that_cannot_be_built_is_not_made(wish: Wishing, tmp_path: Path) -> None:
    with pytest.raises(QnphraseError, match="电话"):
        made(planned(wish(values={"退货地址": "打{售后电话}问"})), tmp_path / "话术")
    assert not (tmp_path / "话术").exists()


def test_git_knows_the_attributes(wish: Wishing, tmp_path: Path) -> None:
    made(planned(wish()), tmp_path)
    repository = put_under_git(tmp_path)
    assert repository is not None
    names = ("text", "merge", "diff", "eol")
    found = repository.attributes_of(
        ["导出.csv", "短语本/店铺.yaml", "短语本/行业/服饰.yaml", "检查并做包.bat"], *names
    )
    assert found["导出.csv"] == {"text": "unset", "merge": "qnphrase", "diff": "qnphrase", "eol": "unspecified"}
    assert {found[f"短语本/{name}.yaml"]["merge"] for name in ("店铺", "行业/服饰")} == {"qnphrase"}
    assert found["检查并做包.bat"]["eol"] == "crlf"
    ignored = subprocess.run(["git", "check-ignore", "dist/a.csv", "短语本/dist"], cwd=tmp_path, capture_output=True)
    assert ignored.stdout == b"dist/a.csv\n"
    (tmp_path / "里面").mkdir()
    assert put_under_git(tmp_path / "里面") is None
    assert not (tmp_path / "里面" / ".git").exists()
