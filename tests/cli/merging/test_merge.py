"""`qnphrase merge` in a process of its own: previews, conflicts, where the result goes, and what it can't hold."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
Said = Callable[["CompletedProcess[bytes]"], str]
Now = Callable[..., str]
Texts = Any  # the class of conftest.py
MINE, THEIR, BEFORE, SHOP = "我的 短语.csv", "对方的 短语.csv", "原来的 短语.csv", "短语 本.yaml"


def test_a_clean_merge_is_a_preview_until_it_is_asked_for(
    qnphrase: Run, folder: Path, texts: Texts, err: Said, now: Now
) -> None:
    (folder / THEIR).write_bytes(texts.clean.encode("gbk"))
    done = qnphrase("merge", MINE, THEIR, "--base", BEFORE)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "我方的文件：1 条有变化（修改 1）。\n" in err(done)
    assert f"这是预览，什么都没有写；加 -w 写回 {MINE}" in err(done)
    assert now(folder) == texts.ours
    wanted = texts.ours.replace("欢迎光临", "欢迎光临小店")
    elsewhere = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", "合并 好的.csv")
    assert (elsewhere.returncode, elsewhere.stdout) == (0, b"")
    assert err(elsewhere).endswith("写好了：合并 好的.csv\n")
    assert now(folder, "合并 好的.csv") == wanted
    assert now(folder) == texts.ours
    written = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w")
    assert (written.returncode, now(folder), now(folder, THEIR)) == (0, wanted, texts.clean)
    again = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w")
    assert "我方的文件不用改：对方的改动这里都有了。" in err(again)


def test_a_conflict_is_shown_with_its_three_sides_and_nothing_is_written(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    for more in ((), ("-w",), ("-o", "合并.csv")):
        done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, *more)
        assert done.returncode == 1
        assert out(done) == (
            "冲突 1/1：两边都改了：内容\n"
            "  原来  「物流」fh  48小时内发货\n"
            "  我方  「物流」fh  24小时内发货\n"
            "  对方  「物流」fh  72小时内发货\n"
            "1 处冲突，什么都没有写。\n"
            "可以加 --interactive 一处一处选，或者 --conflicts markers|ours|theirs|both。\n"
        )
        assert now(folder) == texts.ours
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("policy", ["ours", "theirs", "both"])
def test_conflicts_decided_by_an_option(
    qnphrase: Run, folder: Path, policy: str, texts: Texts, out: Said, err: Said, now: Now
) -> None:
    wanted = texts.resolved[policy]
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "--conflicts", policy, "-w")
    assert (done.returncode, now(folder)) == (0, wanted)
    assert "冲突 1/1" in out(done)
    assert ("编码 fh 现在有 2 条短语在用" in err(done)) == (policy == "both")


def test_the_report_says_where_every_side_stands(qnphrase: Run, folder: Path, texts: Texts) -> None:
    done = qnphrase("merge", SHOP, THEIR, "-b", BEFORE, "--report", "冲突 报告.json", PYTHONIOENCODING="gbk")
    (folder / SHOP).write_bytes(texts.book.replace("48小时", "24小时").encode())
    done = qnphrase("merge", SHOP, THEIR, "-b", BEFORE, "--report", "冲突 报告.json", PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    report = json.loads((folder / "冲突 报告.json").read_bytes().decode("utf-8"))
    assert report["files"] == {"base": BEFORE, "ours": SHOP, "theirs": THEIR}
    (conflict,) = report["conflicts"]
    assert (conflict["kind"], conflict["fields"], conflict["whitespace_only"]) == ("changed-both", ["text"], False)
    sides = {name: conflict[name][0] for name in ("base", "ours", "theirs")}
    assert {name: side["text"][:2] for name, side in sides.items()} == {"base": "48", "ours": "24", "theirs": "72"}
    assert {name: (side["line"], side["column"], side["end_line"]) for name, side in sides.items()} == {
        "base": (3, 1, 3),
        "ours": (10, 9, 10),
        "theirs": (3, 1, 3),
    }


def test_blanks_give_way_when_they_are_to_be_ignored(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now
) -> None:
    (folder / MINE).write_bytes(texts.base.replace("默认发中通", "默认 发中通").encode("gbk"))
    theirs = texts.base.replace("默认发中通", "默认发 中通")
    (folder / THEIR).write_bytes(theirs.encode("gbk"))
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w")
    assert done.returncode == 1
    assert "两边都改了（只差空格和换行，可以加 --ignore-whitespace）" in out(done)
    (folder / THEIR).write_bytes(texts.base.replace("默认发中通", "默认发圆通").encode("gbk"))
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w").returncode == 1
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "--ignore-whitespace")
    assert (done.returncode, done.stdout) == (0, b"")
    assert now(folder) == texts.base.replace("默认发中通", "默认发圆通")


def test_usage(qnphrase: Run, folder: Path, texts: Texts, err: Said, now: Now) -> None:
    wrong = (
        ("merge", MINE),
        ("merge", MINE, THEIR, "-o", "x.csv", "-w"),
        ("merge", MINE, THEIR, "-b", BEFORE, "--conflicts", "随便"),
        ("merge", MINE, THEIR, "-o", THEIR),
        ("merge", "-", "-", "-o", "x.csv"),
        ("merge", "-", THEIR, "-b", "-", "-o", "x.csv"),
        ("merge", "-", THEIR, "-b", BEFORE, "-w"),
        ("merge", MINE, "-", "-b", BEFORE, "-i"),
        ("merge", MINE, THEIR, "-b", BEFORE, "-i", "-o", "-"),
        ("import", "-", SHOP, "--base", "-"),
        ("import", "-", SHOP, "-i"),
        ("import", THEIR, "短语本.csv"),
    )
    for command in wrong:
        done = qnphrase(*command, stdin=texts.theirs.encode("gbk"))
        assert done.returncode == 2, command
        assert err(done).startswith("错误：")
    assert (now(folder), now(folder, THEIR), now(folder, SHOP)) == (texts.ours, texts.theirs, texts.book)
    assert qnphrase("merge", MINE, "没有.csv").returncode == 3
    assert qnphrase("merge", MINE, THEIR, "-b", "没有.csv").returncode == 3
    assert qnphrase("resolve", "没有.csv").returncode == 3


def test_an_existing_file_is_overwritten_only_when_forced(qnphrase: Run, folder: Path, texts: Texts, now: Now) -> None:
    (folder / THEIR).write_bytes(texts.clean.encode("gbk"))
    wanted = texts.ours.replace("欢迎光临", "欢迎光临小店")
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", THEIR).returncode == 2
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", THEIR, "--force").returncode == 0
    assert (now(folder, THEIR), now(folder)) == (wanted, texts.ours)
    (folder / THEIR).write_bytes(texts.clean.encode("gbk"))
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", MINE).returncode == 0  # the very file that is merged into
    assert now(folder) == wanted


def test_standard_input_may_be_any_one_of_the_files(qnphrase: Run, folder: Path, texts: Texts, err: Said) -> None:
    for words, data in (
        ((MINE, "-", "-b", BEFORE), texts.theirs),
        (("-", THEIR, "-b", BEFORE), texts.ours),
        ((MINE, THEIR, "-b", "-"), texts.base),
    ):
        done = qnphrase("merge", *words, "-o", "-", "--conflicts", "theirs", stdin=data.encode("gbk"))
        assert done.returncode == 0
        assert done.stdout.decode("gbk") == texts.resolved["theirs"]  # nothing else goes where the file goes
        assert "冲突 1/1" in err(done)
    stopped = qnphrase("merge", MINE, "-", "-b", BEFORE, "-o", "-", stdin=texts.theirs.encode("gbk"))
    assert (stopped.returncode, stopped.stdout) == (1, b"")
    assert "1 处冲突，什么都没有写。" in err(stopped)
    marked = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", "-", "--conflicts", "markers")
    assert (marked.returncode, marked.stdout.decode("gbk")) == (1, texts.markers)


def test_what_gbk_lacks_is_shown_in_a_gbk_pipe_and_not_written(
    qnphrase: Run, folder: Path, texts: Texts, now: Now
) -> None:
    theirs = texts.base.replace("48小时内发货", "48小时内发货😀").encode("utf-8-sig")
    (folder / THEIR).write_bytes(theirs)
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert "  对方  「物流」fh  48小时内发货<U+1F600>" in done.stdout.decode("gbk")
    for policy in ("theirs", "both", "markers"):
        refused = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "--conflicts", policy, PYTHONIOENCODING="gbk")
        assert refused.returncode == 3
        assert "有 1 条短语含有 GBK 里没有的字符" in refused.stderr.decode("gbk")
        assert "U+1F600" in refused.stderr.decode("gbk")
        assert now(folder) == texts.ours
    assert (
        qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "--conflicts", "ours", PYTHONIOENCODING="gbk").returncode
        == 0
    )


def test_what_ours_has_no_room_for_is_said(qnphrase: Run, folder: Path, texts: Texts, err: Said) -> None:
    (folder / SHOP).write_bytes(texts.book.replace("text: 七天无理由", "text: 七天无理由, tags: [常用]").encode())
    for policy in ("theirs", "markers"):
        done = qnphrase("merge", MINE, SHOP, "-b", BEFORE, "--conflicts", policy)
        assert err(done).count("目标文件里放不下，没有写进去：1 条短语的标签（tags）") == 1, policy
        assert err(done).count("1 条短语的备注（note）") == 1, policy


def test_three_clerks_one_after_the_other(qnphrase: Run, folder: Path, texts: Texts, now: Now) -> None:
    copies = {
        "小 美.csv": texts.base.replace("48小时", "24小时"),
        "小 王.csv": texts.base.replace("七天", "十五天").replace("默认发中通", "默认发圆通"),
        "小 李.csv": texts.base + "yf,有运费险的,售后\r\n",
    }
    (folder / MINE).write_bytes(texts.base.encode("gbk"))
    for name, text in copies.items():
        (folder / name).write_bytes(text.encode("gbk"))
        assert qnphrase("merge", MINE, name, "-b", BEFORE, "-w").returncode == 0
    wanted = (
        texts.base.replace("48小时", "24小时").replace("七天", "十五天").replace("中通", "圆通")
        + "yf,有运费险的,售后\r\n"
    )
    assert now(folder) == wanted


def test_it_speaks_english_when_asked(qnphrase: Run, folder: Path, out: Said) -> None:
    done = qnphrase("--lang", "en", "merge", MINE, THEIR, "-b", BEFORE)
    assert done.returncode == 1
    assert "Conflict 1/1" in out(done)
    for command in ("merge", "resolve", "import"):
        page = qnphrase("--lang", "en", command, "--help")
        assert page.returncode == 0
        assert not any("\u4e00" <= character <= "\u9fff" for character in out(page)), command
