"""`qnphrase git install`, `status` and `uninstall`: what they set up, tell, and take back."""

import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

Shop = Any  # the class of conftest.py
Texts = Mapping[str, str]
Written = Callable[..., bytes]
Formats = dict[str, tuple[str, Written]]


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"*.png binary\n",
        b"*.png binary",
        b"a text\r\nb text\r\n",
        b"a text\r\nb text",
        "# 图片\n*.png binary\n".encode(),
    ],
)
def test_uninstall_leaves_nothing_behind(bare_shop: Shop, data: bytes | None) -> None:
    if data is not None:
        bare_shop.write(".gitattributes", data)
    before = bare_shop.read(".git/config")
    bare_shop.qnphrase("git", "install")
    installed = bare_shop.read(".gitattributes")
    bare_shop.qnphrase("git", "install")
    assert bare_shop.read(".gitattributes") == installed
    assert installed.startswith(data or b"")
    bare_shop.qnphrase("git", "uninstall")
    assert bare_shop.read(".git/config") == before
    assert (bare_shop.root / ".gitattributes").exists() == (data is not None)
    assert data is None or bare_shop.read(".gitattributes") == data
    assert "没有什么要撤的" in bare_shop.qnphrase("git", "uninstall").stderr


def test_what_others_configured_stays(bare_shop: Shop) -> None:
    bare_shop.git("config", "merge.qnphrase.recursive", "binary")
    bare_shop.qnphrase("git", "install")
    bare_shop.qnphrase("git", "uninstall")
    assert bare_shop.git("config", "--get", "merge.qnphrase.recursive").stdout == "binary\n"


def test_named_files_and_folders(bare_shop: Shop, phrases: Texts, as_csv: Written, as_yaml: Written) -> None:
    bare_shop.write("二店 [新]/短语.yaml", as_yaml(phrases))
    bare_shop.write("话术/导出.csv", as_csv(phrases))
    bare_shop.write("别的.yaml", b"a: 1\n")
    bare_shop.git("add", "-A")
    bare_shop.qnphrase("git", "install", "短语.yaml", cwd=bare_shop.root / "二店 [新]")
    bare_shop.qnphrase("git", "install", "话术", "*.tsv")
    names = ("二店 [新]/短语.yaml", "话术/导出.csv", "话术/深/x.xml", "话术/本.yml", "a.tsv", "别的.yaml", "a.csv")
    said = bare_shop.git("check-attr", "-z", "merge", "--", *names).stdout.split("\0")[2::3]
    assert said == ["qnphrase"] * 5 + ["unspecified"] * 2
    assert "2 个文件归 qnphrase 管" in bare_shop.qnphrase("git", "status", code=1).stdout


@pytest.mark.parametrize("pattern", ["!*.csv", "", "..", "a\nb.csv"])
def test_patterns_that_make_no_sense(bare_shop: Shop, pattern: str) -> None:
    assert "错误" in bare_shop.qnphrase("git", "install", pattern, code=2).stderr
    assert not (bare_shop.root / ".gitattributes").exists()
    assert "qnphrase" not in bare_shop.read(".git/config").decode()


def test_a_colleague_changes_no_attributes(shop: Shop) -> None:
    shop.qnphrase("git", "uninstall", "x", code=2)
    shop.qnphrase("git", "install", "短语/*.yaml")
    before = shop.read(".gitattributes")
    shop.qnphrase("git", "install")
    assert shop.read(".gitattributes") == before


def test_outside_of_a_repository(bare_shop: Shop, tmp_path: Path) -> None:
    outside = tmp_path / "外面"
    outside.mkdir()
    for action in ("install", "uninstall", "status"):
        assert "这里不是 git 仓库" in bare_shop.qnphrase("git", action, code=2, cwd=outside).stderr
    bare_shop.qnphrase("git", "install", "--global", cwd=outside)
    assert "qnphrase" in (tmp_path / "gitconfig").read_text()
    assert "（所有的仓库）" in bare_shop.qnphrase("git", "status", code=1).stdout
    bare_shop.qnphrase("git", "uninstall", "--global", cwd=outside)
    assert (tmp_path / "gitconfig").read_text() == ""


def test_status_of_what_is_set_up(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    name = formats["gbk"][0]
    shop.commit(name, as_csv(phrases))
    said = shop.qnphrase("git", "status").stdout
    assert said.count("√") == 3
    assert "现在有 1 个文件归 qnphrase 管" in said
    shop.git("config", "core.quotePath", "true")
    assert "git config core.quotePath false" in shop.qnphrase("git", "status").stdout


def test_a_file_in_conflict_counts_once(shop: Shop, formats: Formats, phrases: Texts) -> None:
    name, written = formats["gbk"]
    shop.fork(name, written(phrases), written({**phrases, "hy": "您好"}), written({**phrases, "hy": "在的"}))
    shop.git("merge", "other", code=1)
    assert "现在有 1 个文件归 qnphrase 管" in shop.qnphrase("git", "status").stdout


def test_status_of_what_is_missing(bare_shop: Shop) -> None:
    said = bare_shop.qnphrase("git", "status", code=1).stdout
    assert said.count("×") == 3
    assert "运行 qnphrase git install" in said


def test_status_of_what_is_odd(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written, as_xml: Written) -> None:
    name = formats["gbk"][0]
    shop.git("config", "core.autocrlf", "true")
    shop.write(".gitattributes", shop.read(".gitattributes") + b"*.xml merge=union\n*.csv text\n")
    shop.commit(name, as_csv(phrases))
    shop.commit("导出.xml", as_xml(phrases))
    said = shop.qnphrase("git", "status", code=1).stdout
    assert ".gitattributes 第 6 行对 *.xml 另有安排：merge=union" in said
    assert "导出.xml 归了别的合并方式：union" in said
    assert f"{name} 没有 -text，git 会改它们的换行（core.autocrlf 是 true）" in said
    shop.git("config", "merge.qnphrase.driver", shop.git("config", "merge.qnphrase.driver").stdout.strip() + " %X")
    assert "另一个版本写的" in shop.qnphrase("git", "status", code=1).stdout


def test_a_program_that_is_gone(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    """Git merges and shows as it would without qnphrase, instead of leaving our side behind as if it were merged."""
    name = formats["gbk"][0]
    for key in ("merge.qnphrase.driver", "diff.qnphrase.textconv"):
        value = shop.git("config", key).stdout.strip()
        program = "qnphrase " if f" {sys.executable} " not in f" {value}" else f"{sys.executable} -P -m qnphrase "
        assert program in value
        shop.git("config", key, value.replace(program, "'/no where/python' -P -m qnphrase "))
    assert "设置的程序已经不在了：/no where/python" in shop.qnphrase("git", "status", code=1).stdout
    shop.fork(
        name, as_csv(phrases), as_csv({**phrases, "hy": "欢迎"}), as_csv({**phrases, "hy": "您来啦", "th": "可退"})
    )
    said = shop.git("merge", "other", code=1)
    assert "qnphrase does not start here" in said.stderr
    text = shop.read(name).decode("gbk")
    assert text.count("<<<<<<<") == text.count(">>>>>>>") == 1
    assert "th,可退,售前" in text
    shop.git("merge", "--abort")
    shop.write("x.csv", b"a\n")
    shop.git("add", "-N", "x.csv")
    assert "+a" in shop.git("diff", "x.csv").stdout
