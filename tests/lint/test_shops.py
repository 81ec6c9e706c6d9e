"""Duplicates across the files of one shop, through real processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = "select: [QN707, QN708]\nshops:\n  旗舰店: [公共.yaml, 旗舰店/*]\n  工厂店: [公共.yaml, 工厂店/*]\n"
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
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def _lint(folder: Path, *arguments: str) -> "list[tuple[str, str, int, str]]":
    done = subprocess.run(
        [sys.executable, "-m", "qnphrase", "--lang", "zh", "lint", *(arguments or (".",)), "--format", "json"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return [(one["path"], one["code"], one["line"], one["message"]) for one in json.loads(done.stdout)]


def test_both_places_are_named(folder: Path) -> None:
    same, near = sorted(_lint(folder), key=lambda one: one[1])
    assert same[:3] == ("./旗舰店/a.csv", "QN707", 2)
    assert "「公共.yaml 的 欢迎」hy" in same[3]
    assert near[:3] == ("./工厂店/b.csv", "QN708", 2)
    assert "「公共.yaml 的 欢迎」hy" in near[3]


def test_files_of_different_shops_are_no_concern_of_each_other(folder: Path) -> None:
    assert _lint(folder, "旗舰店", "工厂店", "别家") == []
    assert _lint(folder, "公共.yaml") == []


def test_only_what_files_have_in_common_is_added(folder: Path) -> None:
    (folder / "旗舰店/a.csv").write_bytes((PACK + SAME + SAME.replace("hy2", "hy9")).encode("gbk"))
    found = [(line, message) for path, code, line, message in _lint(folder, "公共.yaml", "旗舰店") if code == "QN707"]
    assert [line for line, _message in found] == [2, 3]
    assert "公共.yaml" in found[0][1]
    assert "「售前」hy2" in found[1][1]


def test_unreadable_files_are_left_to_their_own_finding(folder: Path) -> None:
    (folder / "旗舰店/断.csv").write_bytes(b'a,"b\r\n')
    done = subprocess.run([sys.executable, "-m", "qnphrase", "lint", "."], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 3
    assert "QN707" in done.stdout.decode()


def test_comments_and_the_baseline_let_pass(folder: Path) -> None:
    book = COMMON.replace("}\n", "}  # qn: ignore QN707 两家都要\n")
    (folder / "旗舰店/z.yaml").write_text(book, encoding="utf-8")
    assert {path for path, *_rest in _lint(folder, "公共.yaml", "旗舰店")} == {"旗舰店/a.csv"}
    subprocess.run(
        [sys.executable, "-m", "qnphrase", "lint", ".", "--write-baseline", "基线.json"], cwd=folder, check=True
    )
    assert _lint(folder, ".", "--baseline", "基线.json") == []


def test_fixing_still_finds_them(folder: Path) -> None:
    plain = _lint(folder)
    assert [code for _path, code, _line, _message in plain] == ["QN708", "QN707"]
    assert _lint(folder, ".", "--diff") == plain
    assert _lint(folder, ".", "--fix") == plain


def test_in_several_processes(folder: Path) -> None:
    filling = "".join(f"f{n},第{n}条：{'亲，这一条说的是另一回事，' * 30}{n * 7919}号,杂项\r\n" for n in range(3_000))
    for name in ("旗舰店/a.csv", "旗舰店/d.csv"):
        (folder / name).write_bytes((PACK + SAME + filling).encode("gbk"))
    found = [one[:3] for one in _lint(folder, ".", "--select", "QN707") if one[2] == 2]
    assert sorted(found) == [("./旗舰店/a.csv", "QN707", 2), ("./旗舰店/d.csv", "QN707", 2)]
