"""`qnphrase resolve` in a process of its own: marked files are no packs until every conflict is decided."""

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


def test_markers_make_the_file_unreadable_until_it_is_resolved(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, err: Said, now: Now
) -> None:
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "--conflicts", "markers", "-w")
    assert (done.returncode, now(folder)) == (1, texts.markers)
    assert "1 处冲突，用 qnphrase resolve 选好再用。" in out(done)
    for command in (
        ("inspect", MINE),
        ("convert", MINE, "新.yaml"),
        ("lint", MINE),
        ("diff", MINE, THEIR),
        ("merge", MINE, THEIR, "-w"),
    ):
        refused = qnphrase(*command)
        assert refused.returncode == 3, command
        assert "这个文件还有 1 处合并冲突没有处理" in err(refused) + out(refused)
    assert not (folder / "新.yaml").exists()
    listed = qnphrase("resolve", MINE)
    assert listed.returncode == 1
    assert out(listed) == (
        f"{MINE}:3\n"
        "  我方  fh,24小时内发货,物流\n"
        "  对方  fh,72小时内发货,物流\n"
        "还有 1 处冲突。加 --interactive 一处一处选，或者 --take ours|theirs|both。\n"
    )
    assert now(folder) == texts.markers


@pytest.mark.parametrize("choice", ["ours", "theirs", "both"])
def test_resolve_takes_a_side(qnphrase: Run, folder: Path, choice: str, texts: Texts, err: Said, now: Now) -> None:
    wanted = texts.resolved[choice]
    (folder / MINE).write_bytes(texts.markers.encode("gbk"))
    elsewhere = qnphrase("resolve", MINE, "--take", choice, "-o", "别处.csv")
    assert (elsewhere.returncode, now(folder), now(folder, "别处.csv")) == (0, texts.markers, wanted)
    assert qnphrase("resolve", MINE, "--take", choice, "-o", "别处.csv").returncode == 2
    done = qnphrase("resolve", MINE, "-t", choice)
    assert (done.returncode, now(folder)) == (0, wanted)
    assert f"处理好了 1 处冲突：{MINE}" in err(done)
    again = qnphrase("resolve", MINE, "-t", choice)
    assert (again.returncode, now(folder)) == (0, wanted)
    assert f"{MINE} 里没有冲突标记，什么都不用做。" in err(again)


def test_resolve_asks_and_what_is_skipped_stays_marked(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now
) -> None:
    two = texts.markers + "<<<<<<< ours\r\nzx,在的,\r\n=======\r\nzx,我在,\r\n>>>>>>> theirs\r\n"
    (folder / MINE).write_bytes(two.encode("gbk"))
    done = qnphrase("resolve", MINE, "--interactive", stdin=b"t\ns\n")
    assert done.returncode == 1
    assert now(folder) == two.replace(texts.markers, texts.resolved["theirs"])
    assert "冲突 1/2：第 3 行" in out(done)
    assert "〔-fh,24-〕〔+fh,72+〕小时内发货" in out(done)
    assert "还有 1 处冲突。" in out(done)
    rest = qnphrase("resolve", MINE, "-i", stdin=b"B\n")
    assert (rest.returncode, now(folder)) == (0, texts.resolved["theirs"] + "zx,在的,\r\nzx,我在,\r\n")
    assert qnphrase("resolve", MINE, "-i", "-t", "ours").returncode == 2


def test_what_only_one_side_has_is_shown_as_it_stands(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now
) -> None:
    phrase = "      - code: xk\n        text: 新客立减\n"
    marked = texts.book.replace("  - name: 物流\n", f"<<<<<<< ours\n{phrase}=======\n>>>>>>> theirs\n  - name: 物流\n")
    (folder / SHOP).write_bytes(marked.encode())
    done = qnphrase("resolve", SHOP, "-i", stdin=b"t\n")
    assert (done.returncode, now(folder, SHOP)) == (0, texts.book)
    assert "  我方  - code: xk\n      text: 新客立减\n  对方  （没有）\n" in out(done)


def test_a_marker_that_was_forgotten_is_no_phrase(qnphrase: Run, folder: Path, texts: Texts, err: Said) -> None:
    for gone in ("<<<<<<< ours\r\n", "=======\r\n", ">>>>>>> theirs\r\n"):
        left = texts.markers.replace(gone, "").encode("gbk")
        (folder / MINE).write_bytes(left)
        for command in (("convert", MINE, "新.yaml"), ("resolve", MINE), ("resolve", MINE, "-t", "ours")):
            done = qnphrase(*command)
            assert done.returncode == 3
            assert "合并冲突的标记没有删干净" in err(done)
        assert (folder / MINE).read_bytes() == left
    decorated = texts.header + 'hd,"<<<<<<< 双十一活动 >>>>>>>\r\n=======\r\n满200减20",活动\r\n'
    (folder / MINE).write_bytes(decorated.encode("gbk"))
    assert qnphrase("inspect", MINE).returncode == 0


def test_resolve_writes_no_broken_file(qnphrase: Run, folder: Path, texts: Texts, now: Now) -> None:
    broken = texts.book.replace(
        "      - {code: kd, text: 默认发中通}\n",
        "<<<<<<< ours\n      - {code: kd, text: 默认发中通\n=======\n      - {code: kd, text: 圆通}\n>>>>>>> theirs\n",
    )
    (folder / SHOP).write_bytes(broken.encode())
    done = qnphrase("resolve", SHOP, "--take", "ours")
    assert done.returncode == 3
    assert now(folder, SHOP) == broken
    assert qnphrase("resolve", SHOP, "--take", "theirs").returncode == 0
    assert now(folder, SHOP) == texts.book.replace("默认发中通", "圆通")
