"""Duplicates across the files of one shop, and what else its books have to say, through real processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = """\
select: [QN707, QN708, QN713]
shops:
  旗舰店: [公共.yaml, 旗舰店/*]
  工厂店: [公共.yaml, 工厂店/*]
"""
COMMON = (
    "version: 1\ngroups:\n- name: 欢迎\n  phrases:\n  - {code: hy, text: 您好亲，欢迎光临本店，有什么可以帮您的吗}\n"
)
PACK = "快捷短语编码,快捷短语,快捷短语分组\r\n"
SAME = "hy2,您好亲，欢迎光临本店，有什么可以帮您的吗,售前\r\n"
NEAR = "hy3,您好亲，欢迎光临本店，有什么可以帮到您的吗,售前\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "qnphrase.yaml": CONFIG.encode(),
        "公共.yaml": COMMON.encode(),
        "旗舰店/a.csv": (PACK + SAME).encode("gbk"),
        "工厂店/b.csv": (PACK + NEAR).encode("gbk"),
        "别家/c.csv": (PACK + SAME).encode("gbk"),
    }
    root = tmp_path / "短语 仓库"
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def _run(folder: Path, *arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "qnphrase", "--lang", "zh", "lint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, input=stdin)


def _lint(folder: Path, *arguments: str) -> "list[tuple[str, str, int, str]]":
    done = _run(folder, *(arguments or (".",)), "--format", "json")
    assert done.returncode in (0, 1), done.stderr.decode()
    return [(one["path"], one["code"], one["line"], one["message"]) for one in json.loads(done.stdout)]


def test_both_places_are_named(folder: Path) -> None:
    same, near = sorted(_lint(folder), key=lambda one: one[1])
    assert same[:3] == ("./旗舰店/a.csv", "QN707", 2)
    assert "「欢迎」hy（公共.yaml）" in same[3]
    assert near[:3] == ("./工厂店/b.csv", "QN708", 2)
    assert "「欢迎」hy（公共.yaml）" in near[3]


def test_files_that_are_not_linted_are_compared_with_but_not_reported(folder: Path) -> None:
    assert [one[:3] for one in _lint(folder, "旗舰店", "别家")] == [("旗舰店/a.csv", "QN707", 2)]
    assert _lint(folder, "公共.yaml") == []
    assert _lint(folder, ".", "--isolated", "--select", "QN707") == []


def test_the_same_place_in_one_file_needs_no_name(folder: Path) -> None:
    (folder / "旗舰店/a.csv").write_bytes((PACK + NEAR + SAME.replace("帮您", "帮助到您")).encode("gbk"))
    (folder / "公共.yaml").write_text("version: 1\ngroups: []\n", encoding="utf-8")
    ((path, code, line, message),) = _lint(folder, "旗舰店")
    assert (path, code, line) == ("旗舰店/a.csv", "QN708", 3)
    assert "「售前」hy3几乎" in message


def test_a_book_that_cannot_be_read_is_told_once(folder: Path) -> None:
    (folder / "旗舰店/断.csv").write_bytes(b'a,"b\r\n')
    for arguments in (["."], ["公共.yaml"]):
        done = _run(folder, *arguments, "--format", "json")
        assert done.returncode == 3
        found = [one for one in json.loads(done.stdout) if one["path"].endswith("断.csv")]
        assert [one["code"] for one in found] == ["QN921"]


def test_comments_and_the_baseline_let_pass(folder: Path) -> None:
    book = COMMON.replace("code: hy", "code: hz").replace("}\n", "}  # qn: ignore QN707 两家都要\n")
    (folder / "旗舰店/z.yaml").write_text(book, encoding="utf-8")
    assert {path for path, *_rest in _lint(folder, "公共.yaml", "旗舰店")} == {"旗舰店/a.csv"}
    assert _run(folder, ".", "--write-baseline", "基线.json").returncode == 0
    assert _lint(folder, ".", "--baseline", "基线.json") == []


def test_fixing_still_finds_them(folder: Path) -> None:
    plain = _lint(folder)
    assert [code for _path, code, _line, _message in plain] == ["QN708", "QN707"]
    assert _lint(folder, ".", "--diff") == plain
    assert _lint(folder, ".", "--fix") == plain


def test_in_several_processes(folder: Path) -> None:
    filling = "".join(f"f{n},第{n}条：{'亲，这一条说的是另一回事，' * 30}{n * 7919}号,杂项\r\n" for n in range(3_000))
    for name in ("旗舰店/a.csv", "工厂店/b.csv"):
        (folder / name).write_bytes((PACK + SAME + filling).encode("gbk"))
    found = [one[:3] for one in _lint(folder, ".", "--select", "QN707") if one[2] == 2]
    assert sorted(found) == [("./工厂店/b.csv", "QN707", 2), ("./旗舰店/a.csv", "QN707", 2)]


def test_shops_are_named_to_people_and_values_are_never_mended(folder: Path) -> None:
    text = "version: 1\ngroups:\n- name: 欢迎\n  phrases:\n  - {code: hy, text: '您好，{店铺名}最低价'}\n"
    (folder / "公共.yaml").write_text(text, encoding="utf-8")
    shops = "".join(f"  店{n}: {{books: [公共.yaml], variables: {{店铺名: '晴天{n}全网'}}}}\n" for n in range(5))
    config = f"select: [QN101, QN932]\nshops:\n{shops}"
    (folder / "qnphrase.yaml").write_text(config, encoding="utf-8")
    done = _run(folder, "公共.yaml", "--fix")
    assert done.returncode == 1
    assert "（店0、店1、店2 等 5 家店）" in done.stdout.decode()
    assert "晴天0全网最低价" in done.stdout.decode()
    assert (folder / "公共.yaml").read_text(encoding="utf-8") == text
    assert "家店" not in _run(folder, "-", "--stdin-filename", "公共.yaml", stdin=text.encode()).stdout.decode()
