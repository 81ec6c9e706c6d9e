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


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("select: [QN2, QN211]", "1:15: select.1: 没有这条规则：QN211。是不是想写 QN201？"),
        ("select: ['']", "1:10: select.0: 没有这条规则：（空）"),
        ("extend-select:\n- '801'", "2:3: extend-select.0: 没有这条规则：801。是不是想写 QN801？"),
        ("ignore: [mobile-numbers]", "1:10: ignore.0: 没有这条规则：mobile-numbers。是不是想写 mobile-number？"),
        ("severity:\n  QN021: info", "2:3: severity.QN021: 没有这条规则：QN021。是不是想写 QN102？"),
        ("severity: {QN2: info}", "1:12: severity.QN2: 这里要写完整的规则编号，不能写 QN2"),
        ("ignores:\n- {rule: tone, reason: 好}", "2:4: ignores.0.rule: 没有这条规则：tone"),
        ("per-file-ignores: {a: [XX1]}", "1:24: per-file-ignores.a.0: 没有这条规则：XX1"),
        ("per-group-ignores: {a: [XX1]}", "1:25: per-group-ignores.a.0: 没有这条规则：XX1"),
        ("allow: {QN2: [a]}", "1:9: allow.QN2: 这里要写完整的规则编号"),
        ("words: {QN999: [a]}", "1:9: words.QN999: 没有这条规则：QN999"),
        ("words: {QN601: [a]}", "1:9: words.QN601: QN601 不按词表查，加不了词"),
    ],
)
def test_a_word_that_means_no_rule_is_told_with_its_place(folder: Path, config: str, said: str) -> None:
    _write(folder, a=BAD)
    (folder / "qnphrase.yaml").write_text(config + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qnphrase", "lint", "a.csv"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert f"qnphrase.yaml:{said}" in done.stderr.decode("utf-8")


def test_rules_may_be_named_in_any_way(folder: Path) -> None:
    _write(folder, a=BAD)
    config = "select: [qn201]\nseverity: {off-platform-contact: info}\nignores: [{rule: QN922, reason: 已经知道}]\n"
    assert len(_found(folder, config, code=0)) == 1
    assert _found(folder, config + "allow: {qn201: [加微信]}\n", code=0) == []


def test_allow_reaches_rules_without_a_list(folder: Path) -> None:
    _write(folder, a="dh,店长电话13800138000，或13900139000,售前\r\n")
    config = "select: [QN601]\nallow: {QN601: ['13800138000']}\n"
    assert [text for *_rest, text in _found(folder, config)] == ["13900139000"]
