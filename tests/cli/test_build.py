"""`qnphrase build` in processes of their own: real bytes, Chinese paths with blanks, exit codes, one that is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
BASE = """\
version: 1
groups:
- name: 欢迎
  phrases:
  - {code: hy1, text: "您好，这里是{店铺名}"}
  - {code: hy2, text: 在的亲, until: 2026-12-12}
auto_replies:
- {when: away, hours: "22:00-09:00", text: 夜里不在}
"""
SHOPS = """\
today: 2026-11-22
variables: {店铺名: }
shops:
  晴天 女装:
    books: [书 库/底.yaml]
    variables: {店铺名: 晴天}
  雨天抖店:
    extends: 晴天 女装
    variables: {店铺名: 雨天}
    pack: {format: xml, file: "抖 店/{店名}.xml"}
"""


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    (folder / "书 库").mkdir()
    (folder / "书 库" / "底.yaml").write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    (folder / "qnphrase.yaml").write_bytes(SHOPS.encode())
    return folder


def _edit(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "dist").rglob("*") if path.is_file()}


def test_a_table_and_a_sentence(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("build", cwd=folder / "书 库", PYTHONIOENCODING="cp936")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode("cp936").replace("\r\n", "\n").replace(str(folder) + os.sep, "")
    assert said == (
        "店         文件                短语  分组  自动回复  没进包  状态\n"
        "晴天 女装  晴天 女装.csv          2     1         1       0  新建\n"
        "雨天抖店   抖 店/雨天抖店.xml     2     1         1       0  新建\n"
        "\n"
        "提醒：自动回复 离开 写了时间段、日期或间隔，包里带不走，请在千牛里照着设置（晴天 女装、雨天抖店）\n"
        "提醒：XML 没有样例，用的是 qnphrase 自己的结构；导入千牛前，请在 pack 里写 like: 千牛导出的.xml（雨天抖店）\n"
        "dist：2 家店，2 个包新建\n"
    )
    pack = (folder / "dist" / "晴天 女装.csv").read_bytes().decode("gbk")
    assert pack.startswith("快捷短语编码,快捷短语,快捷短语分组\r\nhy1,您好，这里是晴天,欢迎\r\n")
    again = qnphrase("build", "雨天抖店")
    assert again.stdout.decode().splitlines()[-1] == "dist：1 家店，1 个没变"
    assert "1 shop" in qnphrase("build", "雨天抖店", "--lang", "en").stdout.decode()


def test_check(qnphrase: Run, folder: Path) -> None:
    assert qnphrase("build", "--check").returncode == 1
    assert not (folder / "dist").exists()
    qnphrase("build")
    before = _files(folder)
    fine = qnphrase("build", "--check")
    assert (fine.returncode, fine.stdout.decode().strip()) == (0, "√ dist：2 个包都是最新的")
    _edit(folder / "qnphrase.yaml", "2026-11-22", "2026-12-13")
    _edit(folder / "qnphrase.yaml", "店铺名: 雨天}", "店铺名: 小雨}")
    late = qnphrase("build", "--check")
    said = late.stdout.decode().replace("\\", "/")
    assert late.returncode == 1
    assert "× dist/晴天 女装.csv、dist/抖 店/雨天抖店.xml：欢迎/hy2（用到 2026-12-12）过期了" in said
    report = json.loads(qnphrase("build", "--check", "--format", "json").stdout)
    assert [pack["state"] for pack in report["packs"]] == ["updated", "updated"]
    assert report["expired_since"][0] == {"shop": "晴天 女装", "phrase": "欢迎/hy2", "until": "2026-12-12"}
    assert _files(folder) == before


def test_diff_and_explain(qnphrase: Run, folder: Path) -> None:
    assert "新店，还没有包：晴天 女装、雨天抖店" in qnphrase("build", "--diff").stdout.decode()
    qnphrase("build")
    before = _files(folder)
    assert qnphrase("build", "--diff", "--exit-code").returncode == 0
    _edit(folder / "书 库" / "底.yaml", "您好，这里", "你好，这里")
    done = qnphrase("build", "--diff", PYTHONIOENCODING="gbk")
    said = done.stdout.decode("gbk").replace("\\", "/")
    assert done.returncode == 0
    assert "修改  hy1  书 库/底.yaml:5" in said
    assert "〔-您-〕〔+你+〕好，这里是晴天" in said
    assert "● 1 条短语在 2 家店里变了（修改 1）" in said
    assert qnphrase("build", "--diff", "--exit-code").returncode == 1
    report = json.loads(qnphrase("build", "雨天抖店", "--diff", "--format", "json").stdout)
    assert [change["shops"] for change in report["changes"]] == [["雨天抖店"]]
    assert _files(folder) == before
    explained = qnphrase("build", "雨天抖店", "--explain", "hy1").stdout.decode()
    assert "{店铺名} = 雨天（qnphrase.yaml:9:17）" in explained
    values = json.loads(qnphrase("build", "--explain", "hy1", "--format", "json").stdout)
    assert [one["text"] for one in values["sources"][0]["shops"]] == ["你好，这里是晴天", "你好，这里是雨天"]
    missing = qnphrase("build", "--explain", "hy11")
    assert (missing.returncode, "是不是“hy1”" in missing.stderr.decode()) == (2, True)


def test_what_is_wrong(qnphrase: Run, folder: Path, tmp_path: Path) -> None:
    _edit(folder / "书 库" / "底.yaml", "{店铺名}", "{店名}")
    problem = qnphrase("build", "--format", "json")
    assert problem.returncode == 2
    (told,) = json.loads(problem.stdout)["problems"]
    assert (told["line"], told["shops"]) == (5, ["晴天 女装", "雨天抖店"])
    assert "有 1 个问题，什么也没有写" in problem.stderr.decode()
    (folder / "书 库" / "底.yaml").write_bytes(b"groups: [")
    assert qnphrase("build").returncode == 3
    assert not (folder / "dist").exists()
    for arguments in (("--check", "--diff"), ("--check", "--force"), ("--exit-code",), ("没有的店",)):
        assert qnphrase("build", *arguments).returncode == 2, arguments
    nowhere = qnphrase("build", cwd=tmp_path)
    assert nowhere.returncode == 2
    assert "没有 qnphrase.yaml" in nowhere.stderr.decode()


def test_a_pack_that_was_edited(qnphrase: Run, folder: Path) -> None:
    qnphrase("build")
    pack = folder / "dist" / "晴天 女装.csv"
    pack.write_bytes(pack.read_bytes() + "zz,手工加的,欢迎\r\n".encode("gbk"))
    _edit(folder / "书 库" / "底.yaml", "您好", "你好")
    refused = qnphrase("build")
    assert refused.returncode == 2
    assert "晴天 女装.csv" in refused.stderr.decode()
    assert "手工加的" in pack.read_bytes().decode("gbk")
    assert qnphrase("build", "--force").returncode == 0
    assert "手工加的" not in pack.read_bytes().decode("gbk")
    _edit(folder / "qnphrase.yaml", "  雨天抖店:", "  阴天店:")
    gone = qnphrase("build").stdout.decode().replace("\\", "/")
    assert "删掉了 dist/抖 店/雨天抖店.xml：没有哪家店要做它了" in gone


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_a_build_that_is_killed(qnphrase: Run, folder: Path) -> None:
    shops = "".join(
        f"  店{at}: {{extends: 晴天 女装, variables: {{店铺名: 第{at}家}}, pack: {{}}}}\n" for at in range(60)
    )
    (folder / "qnphrase.yaml").write_bytes((SHOPS + shops).encode())
    qnphrase("build")
    _edit(folder / "书 库" / "底.yaml", "在的亲", "在的呢")
    before = _files(folder)
    process = subprocess.Popen([sys.executable, "-m", "qnphrase", "build"], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while _changed(_files_if_whole(folder), before) < 5 and time.monotonic() < deadline:
            time.sleep(0.001)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    after = _files(folder)
    assert 5 <= _changed(after, before)
    _edit(folder / "书 库" / "底.yaml", "在的呢", "在呀亲")
    assert qnphrase("build").returncode == 0
    built = _files(folder)
    assert qnphrase("build", "--check").returncode == 0
    assert not [name for name in built if name.startswith(".")]
    packs = {name: data for name, data in after.items() if name.endswith(".csv")}
    for name, data in packs.items():  # each was the old one or the new one
        assert data in (before[name], before[name].replace("在的亲".encode("gbk"), "在的呢".encode("gbk")))
        assert "在呀亲" in built[name].decode("gbk")


def _changed(files: dict[str, bytes], before: dict[str, bytes]) -> int:
    return sum(files.get(name) != data for name, data in before.items() if name.endswith(".csv"))


def _files_if_whole(folder: Path) -> dict[str, bytes]:
    try:
        return _files(folder)
    except FileNotFoundError:  # a temporary file has just taken its place
        return {}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_many_shops_list_what_changed(qnphrase: Run, folder: Path) -> None:
    shops = "".join(
        f"  店{at}: {{extends: 晴天 女装, variables: {{店铺名: 第{at}家}}, pack: {{}}}}\n" for at in range(40)
    )
    (folder / "qnphrase.yaml").write_bytes((SHOPS + shops).encode())
    assert qnphrase("build").returncode == 0
    _edit(folder / "qnphrase.yaml", "第3家", "第三家")
    said = qnphrase("build").stdout.decode().splitlines()
    assert said[1].split() == ["店3", "店3.csv", "2", "1", "1", "0", "更新"]
    assert "另外 41 个包没变，没有列出" in said
    assert said[-1] == "dist：42 家店，1 个包更新，41 个没变"
    wide = max(len(line) + sum("\u2e80" <= one for one in line) for line in said[:2])
    assert wide <= 80
