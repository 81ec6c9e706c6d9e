"""Each key of the configuration, through the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
BAD = "jwx,在的亲，加微信聊吧,售前\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "店铺 一号"
    path.mkdir()
    return path


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((HEADER + text).encode("gb18030"))


def _found(folder: Path, config: str, *arguments: str, code: int | None = None) -> "list[tuple[str, str, str]]":
    (folder / "qnphrase.yaml").write_text(config, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qnphrase", "lint", *(arguments or (".",)), "--format", "json"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode in ((0, 1) if code is None else (code,)), done.stderr.decode()
    return [(one["path"].removeprefix("./"), one["code"], one["text"]) for one in json.loads(done.stdout)]


def test_per_file_ignores(folder: Path) -> None:
    _write(folder, 旧__a=BAD, b=BAD)
    config = "select: [QN201]\nper-file-ignores: {旧/*: [QN2]}\n"
    assert [path for path, *_rest in _found(folder, config)] == ["b.csv"]
    assert _found(folder, config, "旧/a.csv") == []


def test_per_group_ignores(folder: Path) -> None:
    _write(folder, a=BAD + BAD.replace("售前", "内部培训"))
    assert len(_found(folder, "select: [QN201]\nper-group-ignores: {内部*: [ALL]}\n")) == 1


def test_today(folder: Path) -> None:
    _write(folder, a="hd,活动到2026年11月12日结束，请尽快下单,售前\r\n")
    config = "select: [QN406]\ntoday: "
    assert _found(folder, config + "2026-11-12\n") == []
    assert [text for *_rest, text in _found(folder, config + "2026-11-13\n")] == ["2026年11月12日"]


def test_placeholders(folder: Path) -> None:
    _write(folder, a="a,欢迎光临{店铺名},售前\r\nb,请寄到{退货地址},售后\r\n")
    config = "select: [QN6, QN7]\n"
    assert not [one for one in _found(folder, config) if "{" in one[2]]
    found = _found(folder, config + "placeholders: [店铺名]\n")
    assert [text for *_rest, text in found] == ["{退货地址}"]


def test_encoding(folder: Path) -> None:
    _write(folder, a="a,谢谢亲😊,售前\r\n")
    assert [text for *_rest, text in _found(folder, "select: [QN706]\n")] == ["😊"]
    assert _found(folder, "select: [QN706]\nencoding: gb18030\n") == []


def test_near_duplicate(folder: Path) -> None:
    _write(folder, a="a,抱歉让您久等了马上为您核实,售后\r\nb,抱歉让您久等了我来为您核实,售后\r\n")
    assert _found(folder, "select: [QN708]\nnear-duplicate: 0.95\n") == []
    assert len(_found(folder, "select: [QN708]\nnear-duplicate: 0.7\n")) == 1


def test_exclude(folder: Path) -> None:
    _write(folder, 存档__a=BAD, b=BAD)
    config = "select: [QN201]\nexclude: [存档/*]\n"
    assert [path for path, *_rest in _found(folder, config)] == ["b.csv"]
    assert [path for path, *_rest in _found(folder, config, "存档/a.csv")] == ["存档/a.csv"], "who names it means it"


def test_baseline(folder: Path) -> None:
    _write(folder, a=BAD)
    config = "select: [QN201]\nbaseline: 基线.json\n"
    assert len(_found(folder, config)) == 1, "it need not be there yet"
    command = [sys.executable, "-m", "qnphrase", "lint", ".", "--write-baseline", "基线.json"]
    subprocess.run(command, cwd=folder, check=True)
    assert _found(folder, config) == []
    first = (folder / "基线.json").read_bytes()
    subprocess.run(command, cwd=folder, check=True)
    assert (folder / "基线.json").read_bytes() == first, "writing it again forgets nothing"
    _write(folder, a=BAD, b=BAD)
    assert [path for path, *_rest in _found(folder, config)] == ["b.csv"]


def test_limits_and_severity_and_fail_on(folder: Path) -> None:
    _write(folder, a="abcdef,您好亲，欢迎光临,售前\r\n")
    assert _found(folder, "select: [QN709]\n") == []
    config = "select: [QN709]\nlimits: {code: 3}\nseverity: {QN709: info}\n"
    assert [text for *_rest, text in _found(folder, config, code=0)] == ["def"]
    _found(folder, config + "fail-on: info\n", code=1)


def test_extend_select_and_ignore(folder: Path) -> None:
    _write(folder, a=BAD)
    assert "QN201" not in {code for _path, code, _text in _found(folder, "ignore: [QN201]\n")}
    both = _found(folder, "select: [QN1]\nextend-select: [QN201]\n")
    assert [code for _path, code, _text in both] == ["QN201"]


def test_a_broken_expression_is_told_with_its_place(folder: Path) -> None:
    _write(folder, a=BAD)
    (folder / "qnphrase.yaml").write_text("select: [QN201]\nwords:\n  QN201: [/加(群/]\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qnphrase", "lint", "a.csv"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "qnphrase.yaml:2:1: words: 正则表达式 /加(群/ 不对" in done.stderr.decode("utf-8")
