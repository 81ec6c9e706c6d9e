"""`qnphrase merge`, `resolve`, and `import` into a phrasebook that exists, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
BASE = HEADER + "hy,您好亲，欢迎光临,售前\r\nfh,48小时内发货,物流\r\nkd,默认发中通,物流\r\nth,七天无理由,售后\r\n"
OURS = BASE.replace("48小时", "24小时").replace("七天", "十五天")
THEIRS = BASE.replace("48小时", "72小时").replace("您好亲", "您好呀")
CLEAN = BASE.replace("欢迎光临", "欢迎光临小店")
BOOK = """\
# 我们的短语本
version: 1
groups:
  - name: 售前
    phrases:
      - {code: hy, text: '您好亲，欢迎光临', note: 新客}   # 第一句
      - {code: nb, text: 内部用的, enabled: false}
  - name: 物流
    phrases:
      - {code: fh, text: 48小时内发货}
      - {code: kd, text: 默认发中通}
  - name: 售后
    phrases:
      - {code: th, text: 七天无理由}
"""
MINE, THEIR, BEFORE, SHOP = "我的 短语.csv", "对方的 短语.csv", "原来的 短语.csv", "短语 本.yaml"
MARKERS = (
    BASE.replace("您好亲", "您好呀")
    .replace("七天", "十五天")
    .replace(
        "fh,48小时内发货,物流\r\n",
        "<<<<<<< ours\r\nfh,24小时内发货,物流\r\n=======\r\nfh,72小时内发货,物流\r\n>>>>>>> theirs\r\n",
    )
)
MERGED = MARKERS.replace("<<<<<<< ours\r\n", "").replace("=======\r\n", "").replace(">>>>>>> theirs\r\n", "")
WITH_OURS = MERGED.replace("fh,72小时内发货,物流\r\n", "")
WITH_THEIRS = MERGED.replace("fh,24小时内发货,物流\r\n", "")


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    for name, text in ((MINE, OURS), (THEIR, THEIRS), (BEFORE, BASE)):
        (folder / name).write_bytes(text.encode("gbk"))
    (folder / SHOP).write_bytes(BOOK.encode())
    return folder


def _out(done: "CompletedProcess[bytes]") -> str:
    return done.stdout.decode().replace("\r\n", "\n")


def _err(done: "CompletedProcess[bytes]") -> str:
    return done.stderr.decode().replace("\r\n", "\n")


def _now(folder: Path, name: str = MINE) -> str:
    return (folder / name).read_bytes().decode("utf-8" if name.endswith(".yaml") else "gbk")


def test_a_clean_merge_is_a_preview_until_it_is_asked_for(qnphrase: Run, folder: Path) -> None:
    (folder / THEIR).write_bytes(CLEAN.encode("gbk"))
    done = qnphrase("merge", MINE, THEIR, "--base", BEFORE)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "我方的文件：1 条有变化（修改 1）。\n" in _err(done)
    assert f"这是预览，什么都没有写；加 -w 写回 {MINE}" in _err(done)
    assert _now(folder) == OURS
    wanted = OURS.replace("欢迎光临", "欢迎光临小店")
    elsewhere = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", "合并 好的.csv")
    assert (elsewhere.returncode, elsewhere.stdout) == (0, b"")
    assert _err(elsewhere).endswith("写好了：合并 好的.csv\n")
    assert _now(folder, "合并 好的.csv") == wanted
    assert _now(folder) == OURS
    written = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w")
    assert (written.returncode, _now(folder), _now(folder, THEIR)) == (0, wanted, CLEAN)
    again = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w")
    assert "我方的文件不用改：对方的改动这里都有了。" in _err(again)


def test_a_conflict_is_shown_with_its_three_sides_and_nothing_is_written(qnphrase: Run, folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    for more in ((), ("-w",), ("-o", "合并.csv")):
        done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, *more)
        assert done.returncode == 1
        assert _out(done) == (
            "冲突 1/1：两边都改了：内容\n"
            "  原来  「物流」fh  48小时内发货\n"
            "  我方  「物流」fh  24小时内发货\n"
            "  对方  「物流」fh  72小时内发货\n"
            "1 处冲突，什么都没有写。\n"
            "可以加 --interactive 一处一处选，或者 --conflicts markers|ours|theirs|both。\n"
        )
        assert _now(folder) == OURS
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize(("policy", "wanted"), [("ours", WITH_OURS), ("theirs", WITH_THEIRS), ("both", MERGED)])
def test_conflicts_decided_by_an_option(qnphrase: Run, folder: Path, policy: str, wanted: str) -> None:
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "--conflicts", policy, "-w")
    assert (done.returncode, _now(folder)) == (0, wanted)
    assert "冲突 1/1" in _out(done)
    assert ("编码 fh 现在有 2 条短语在用" in _err(done)) == (policy == "both")


def test_markers_make_the_file_unreadable_until_it_is_resolved(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "--conflicts", "markers", "-w")
    assert (done.returncode, _now(folder)) == (1, MARKERS)
    assert "1 处冲突，用 qnphrase resolve 选好再用。" in _out(done)
    for command in (
        ("inspect", MINE),
        ("convert", MINE, "新.yaml"),
        ("lint", MINE),
        ("diff", MINE, THEIR),
        ("merge", MINE, THEIR, "-w"),
    ):
        refused = qnphrase(*command)
        assert refused.returncode == 3, command
        assert "这个文件还有 1 处合并冲突没有处理" in _err(refused) + _out(refused)
    assert not (folder / "新.yaml").exists()
    listed = qnphrase("resolve", MINE)
    assert listed.returncode == 1
    assert _out(listed) == (
        f"{MINE}:3\n"
        "  我方  fh,24小时内发货,物流\n"
        "  对方  fh,72小时内发货,物流\n"
        "还有 1 处冲突。加 --interactive 一处一处选，或者 --take ours|theirs|both。\n"
    )
    assert _now(folder) == MARKERS


@pytest.mark.parametrize(("choice", "wanted"), [("ours", WITH_OURS), ("theirs", WITH_THEIRS), ("both", MERGED)])
def test_resolve_takes_a_side(qnphrase: Run, folder: Path, choice: str, wanted: str) -> None:
    (folder / MINE).write_bytes(MARKERS.encode("gbk"))
    elsewhere = qnphrase("resolve", MINE, "--take", choice, "-o", "别处.csv")
    assert (elsewhere.returncode, _now(folder), _now(folder, "别处.csv")) == (0, MARKERS, wanted)
    assert qnphrase("resolve", MINE, "--take", choice, "-o", "别处.csv").returncode == 2
    done = qnphrase("resolve", MINE, "-t", choice)
    assert (done.returncode, _now(folder)) == (0, wanted)
    assert f"处理好了 1 处冲突：{MINE}" in _err(done)
    again = qnphrase("resolve", MINE, "-t", choice)
    assert (again.returncode, _now(folder)) == (0, wanted)
    assert f"{MINE} 里没有冲突标记，什么都不用做。" in _err(again)


def test_resolve_asks_and_what_is_skipped_stays_marked(qnphrase: Run, folder: Path) -> None:
    two = MARKERS + "<<<<<<< ours\r\nzx,在的,\r\n=======\r\nzx,我在,\r\n>>>>>>> theirs\r\n"
    (folder / MINE).write_bytes(two.encode("gbk"))
    done = qnphrase("resolve", MINE, "--interactive", stdin=b"t\ns\n")
    assert done.returncode == 1
    assert _now(folder) == two.replace(MARKERS, WITH_THEIRS)
    assert "冲突 1/2：第 3 行" in _out(done)
    assert "〔-fh,24-〕〔+fh,72+〕小时内发货" in _out(done)
    assert "还有 1 处冲突。" in _out(done)
    rest = qnphrase("resolve", MINE, "-i", stdin=b"B\n")
    assert (rest.returncode, _now(folder)) == (0, WITH_THEIRS + "zx,在的,\r\nzx,我在,\r\n")
    assert qnphrase("resolve", MINE, "-i", "-t", "ours").returncode == 2


def test_what_only_one_side_has_is_shown_as_it_stands(qnphrase: Run, folder: Path) -> None:
    phrase = "      - code: xk\n        text: 新客立减\n"
    marked = BOOK.replace("  - name: 物流\n", f"<<<<<<< ours\n{phrase}=======\n>>>>>>> theirs\n  - name: 物流\n")
    (folder / SHOP).write_bytes(marked.encode())
    done = qnphrase("resolve", SHOP, "-i", stdin=b"t\n")
    assert (done.returncode, _now(folder, SHOP)) == (0, BOOK)
    assert "  我方  - code: xk\n      text: 新客立减\n  对方  （没有）\n" in _out(done)


def test_a_marker_that_was_forgotten_is_no_phrase(qnphrase: Run, folder: Path) -> None:
    for gone in ("<<<<<<< ours\r\n", "=======\r\n", ">>>>>>> theirs\r\n"):
        left = MARKERS.replace(gone, "").encode("gbk")
        (folder / MINE).write_bytes(left)
        for command in (("convert", MINE, "新.yaml"), ("resolve", MINE), ("resolve", MINE, "-t", "ours")):
            done = qnphrase(*command)
            assert done.returncode == 3
            assert "合并冲突的标记没有删干净" in _err(done)
        assert (folder / MINE).read_bytes() == left
    decorated = HEADER + 'hd,"<<<<<<< 双十一活动 >>>>>>>\r\n=======\r\n满200减20",活动\r\n'
    (folder / MINE).write_bytes(decorated.encode("gbk"))
    assert qnphrase("inspect", MINE).returncode == 0


def test_resolve_writes_no_broken_file(qnphrase: Run, folder: Path) -> None:
    broken = BOOK.replace(
        "      - {code: kd, text: 默认发中通}\n",
        "<<<<<<< ours\n      - {code: kd, text: 默认发中通\n=======\n      - {code: kd, text: 圆通}\n>>>>>>> theirs\n",
    )
    (folder / SHOP).write_bytes(broken.encode())
    done = qnphrase("resolve", SHOP, "--take", "ours")
    assert done.returncode == 3
    assert _now(folder, SHOP) == broken
    assert qnphrase("resolve", SHOP, "--take", "theirs").returncode == 0
    assert _now(folder, SHOP) == BOOK.replace("默认发中通", "圆通")


def test_the_report_says_where_every_side_stands(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("merge", SHOP, THEIR, "-b", BEFORE, "--report", "冲突 报告.json", PYTHONIOENCODING="gbk")
    (folder / SHOP).write_bytes(BOOK.replace("48小时", "24小时").encode())
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


def test_choosing_one_by_one(qnphrase: Run, folder: Path) -> None:
    (folder / THEIR).write_bytes(THEIRS.replace("七天", "三十天").encode("gbk"))
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "-i", stdin="x\no\n是\nT\n".encode())
    assert done.returncode == 0
    assert _now(folder) == WITH_OURS.replace("十五天", "三十天")
    assert _out(done).count("请输入 o、t、b、s、q 中的一个。") == 2
    assert "冲突 2/2" in _out(done)
    assert "从我方到对方：〔-十五-〕〔+三十+〕天无理由" in _out(done)


@pytest.mark.parametrize("answers", [b"", b"s\n", b"q\n", "乱写\n".encode()])
def test_what_is_not_chosen_stays_open(qnphrase: Run, folder: Path, answers: bytes) -> None:
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "-i", stdin=answers)
    assert (done.returncode, _now(folder)) == (1, OURS)
    assert "1 处冲突，什么都没有写。" in _out(done)
    marked = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "-i", "--conflicts", "markers", stdin=answers)
    assert (marked.returncode, _now(folder)) == (1, MARKERS)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_choosing_at_a_terminal(folder: Path) -> None:
    import pty

    master, slave = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "QNPHRASE_", "NO_COLOR"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "qnphrase", "merge", MINE, THEIR, "-b", BEFORE, "-w", "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env={**clean, "PYTHONIOENCODING": "utf-8"},
    )
    os.close(slave)
    said = _read_until(master, "不选了：")
    assert _now(folder) == OURS
    os.write(master, b"b\n")
    said += _read_until(master, "")
    assert process.wait(60) == 0
    os.close(master)
    assert "\x1b[31m〔-24-〕\x1b[0m" in said
    assert "\x1b[32m〔+72+〕\x1b[0m" in said
    assert _now(folder) == MERGED


def _read_until(master: int, wanted: str) -> str:
    """Read what a program writes to its terminal, up to `wanted` or its end."""
    said = b""
    while not wanted or wanted not in said.decode(errors="ignore"):
        try:
            part = os.read(master, 4096)
        except OSError:  # so Linux says that the other end is closed
            break
        if not part:
            break
        said += part
    return said.decode(errors="ignore")


def test_blanks_give_way_when_they_are_to_be_ignored(qnphrase: Run, folder: Path) -> None:
    (folder / MINE).write_bytes(BASE.replace("默认发中通", "默认 发中通").encode("gbk"))
    theirs = BASE.replace("默认发中通", "默认发 中通")
    (folder / THEIR).write_bytes(theirs.encode("gbk"))
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w")
    assert done.returncode == 1
    assert "两边都改了（只差空格和换行，可以加 --ignore-whitespace）" in _out(done)
    (folder / THEIR).write_bytes(BASE.replace("默认发中通", "默认发圆通").encode("gbk"))
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w").returncode == 1
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "--ignore-whitespace")
    assert (done.returncode, done.stdout) == (0, b"")
    assert _now(folder) == BASE.replace("默认发中通", "默认发圆通")


def test_usage(qnphrase: Run, folder: Path) -> None:
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
        done = qnphrase(*command, stdin=THEIRS.encode("gbk"))
        assert done.returncode == 2, command
        assert _err(done).startswith("错误：")
    assert (_now(folder), _now(folder, THEIR), _now(folder, SHOP)) == (OURS, THEIRS, BOOK)
    assert qnphrase("merge", MINE, "没有.csv").returncode == 3
    assert qnphrase("merge", MINE, THEIR, "-b", "没有.csv").returncode == 3
    assert qnphrase("resolve", "没有.csv").returncode == 3


def test_an_existing_file_is_overwritten_only_when_forced(qnphrase: Run, folder: Path) -> None:
    (folder / THEIR).write_bytes(CLEAN.encode("gbk"))
    wanted = OURS.replace("欢迎光临", "欢迎光临小店")
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", THEIR).returncode == 2
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", THEIR, "--force").returncode == 0
    assert (_now(folder, THEIR), _now(folder)) == (wanted, OURS)
    (folder / THEIR).write_bytes(CLEAN.encode("gbk"))
    assert qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", MINE).returncode == 0  # the very file that is merged into
    assert _now(folder) == wanted


def test_standard_input_may_be_any_one_of_the_files(qnphrase: Run, folder: Path) -> None:
    for words, data in (
        ((MINE, "-", "-b", BEFORE), THEIRS),
        (("-", THEIR, "-b", BEFORE), OURS),
        ((MINE, THEIR, "-b", "-"), BASE),
    ):
        done = qnphrase("merge", *words, "-o", "-", "--conflicts", "theirs", stdin=data.encode("gbk"))
        assert done.returncode == 0
        assert done.stdout.decode("gbk") == WITH_THEIRS  # nothing else goes where the file goes
        assert "冲突 1/1" in _err(done)
    stopped = qnphrase("merge", MINE, "-", "-b", BEFORE, "-o", "-", stdin=THEIRS.encode("gbk"))
    assert (stopped.returncode, stopped.stdout) == (1, b"")
    assert "1 处冲突，什么都没有写。" in _err(stopped)
    marked = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-o", "-", "--conflicts", "markers")
    assert (marked.returncode, marked.stdout.decode("gbk")) == (1, MARKERS)


def test_what_gbk_lacks_is_shown_in_a_gbk_pipe_and_not_written(qnphrase: Run, folder: Path) -> None:
    theirs = BASE.replace("48小时内发货", "48小时内发货😀").encode("utf-8-sig")
    (folder / THEIR).write_bytes(theirs)
    done = qnphrase("merge", MINE, THEIR, "-b", BEFORE, PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert "  对方  「物流」fh  48小时内发货<U+1F600>" in done.stdout.decode("gbk")
    for policy in ("theirs", "both", "markers"):
        refused = qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "--conflicts", policy, PYTHONIOENCODING="gbk")
        assert refused.returncode == 3
        assert "有 1 条短语含有 GBK 里没有的字符" in refused.stderr.decode("gbk")
        assert "U+1F600" in refused.stderr.decode("gbk")
        assert _now(folder) == OURS
    assert (
        qnphrase("merge", MINE, THEIR, "-b", BEFORE, "-w", "--conflicts", "ours", PYTHONIOENCODING="gbk").returncode
        == 0
    )


def test_what_ours_has_no_room_for_is_said(qnphrase: Run, folder: Path) -> None:
    (folder / SHOP).write_bytes(BOOK.replace("text: 七天无理由", "text: 七天无理由, tags: [常用]").encode())
    for policy in ("theirs", "markers"):
        done = qnphrase("merge", MINE, SHOP, "-b", BEFORE, "--conflicts", policy)
        assert _err(done).count("目标文件里放不下，没有写进去：1 条短语的标签（tags）") == 1, policy
        assert _err(done).count("1 条短语的备注（note）") == 1, policy


@pytest.mark.parametrize("command", ["merge", "import"])
def test_a_file_that_changed_meanwhile_is_left_alone(folder: Path, command: str) -> None:
    ours = BOOK.replace("48小时", "24小时")
    (folder / SHOP).write_bytes(ours.encode())
    words = (
        ["merge", SHOP, THEIR, "-b", BEFORE, "-w", "-i"]
        if command == "merge"
        else ["import", THEIR, SHOP, "-b", BEFORE, "-w", "-i"]
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "QNPHRASE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "qnphrase", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**clean, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout is not None
    said = b""
    while "不选了：".encode() not in said:
        part = os.read(process.stdout.fileno(), 4096)
        assert part, said
        said += part
    meanwhile = ours + "# 刚刚加的\n"
    (folder / SHOP).write_bytes(meanwhile.encode())
    _out, err = process.communicate(b"t\n", timeout=60)
    assert process.returncode == 3
    assert SHOP in err.decode()
    assert _now(folder, SHOP) == meanwhile
    assert not (folder / f"{SHOP}.lock").exists()


def test_importing_into_a_book_is_a_preview_first(qnphrase: Run, folder: Path) -> None:
    pack = BASE.replace("48小时", "24小时") + "yf,有运费险的,售后\r\n"
    (folder / THEIR).write_bytes(pack.encode("gbk"))
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE)
    assert done.returncode == 0
    assert "〔-48-〕〔+24+〕小时内发货" in _out(done)
    assert "新增  yf" in _out(done)
    assert f"这是预览，什么都没有写；加 -w 写进 {SHOP}。" in _err(done)
    assert _now(folder, SHOP) == BOOK
    assert not (folder / f"{SHOP}.lock").exists()
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w")
    assert done.returncode == 0
    book = _now(folder, SHOP)
    assert book.startswith(BOOK.replace("48小时", "24小时"))  # notes, comments and what is switched off stay
    assert "yf" in book
    again = qnphrase("import", THEIR, SHOP)
    assert again.returncode == 0
    assert "没有上次导入的记录" not in _err(again)  # it is remembered now
    assert _now(folder, SHOP) == book


def test_the_lock_tells_deleted_from_added(qnphrase: Run, folder: Path) -> None:
    (folder / SHOP).unlink()
    assert qnphrase("import", BEFORE, SHOP).returncode == 0
    lock = (folder / f"{SHOP}.lock").read_bytes()
    assert json.loads(lock.decode("utf-8"))["version"] == 1
    book = _now(folder, SHOP)
    mine = book.replace("七天无理由", "七天无理由退换").replace("默认发中通", "默认发圆通")
    (folder / SHOP).write_bytes(mine.encode())
    (folder / THEIR).write_bytes((BASE.replace("th,七天无理由,售后\r\n", "").replace("48小时", "24小时")).encode("gbk"))
    kept = qnphrase("import", THEIR, SHOP, "-w")
    assert kept.returncode == 0
    assert "导出包里没有、短语本里还留着的：1 条。要一起删掉，加 --delete。" in _out(kept)
    assert _now(folder, SHOP) == mine.replace("48小时", "24小时")
    edited = qnphrase("import", THEIR, SHOP, "--delete", "-w")  # we reworded what was deleted there
    assert edited.returncode == 1
    assert "对方删了，我方改了" in _out(edited)
    assert _now(folder, SHOP) == mine.replace("48小时", "24小时")
    gone = qnphrase("import", THEIR, SHOP, "--delete", "-w", "--conflicts", "theirs")
    assert gone.returncode == 0
    assert "七天无理由" not in _now(folder, SHOP)
    assert "默认发圆通" in _now(folder, SHOP)
    assert (folder / f"{SHOP}.lock").read_bytes() != lock


def test_what_only_a_book_says_goes_with_a_phrase_that_qianniu_deleted(qnphrase: Run, folder: Path) -> None:
    (folder / SHOP).unlink()
    assert qnphrase("import", BEFORE, SHOP).returncode == 0
    noted = _now(folder, SHOP).replace("text: 七天无理由\n", "text: 七天无理由\n        note: 问清楚再发\n")
    assert "note" in noted
    (folder / SHOP).write_bytes(noted.encode())
    (folder / THEIR).write_bytes(BASE.replace("th,七天无理由,售后\r\n", "").encode("gbk"))
    preview = qnphrase("import", THEIR, SHOP, "--delete")
    assert preview.returncode == 0
    assert "删除  th" in _out(preview)
    assert qnphrase("import", THEIR, SHOP, "--delete", "-w").returncode == 0
    assert "七天无理由" not in _now(folder, SHOP)


def test_without_a_record_the_pack_holds_and_nothing_is_deleted(qnphrase: Run, folder: Path) -> None:
    (folder / THEIR).write_bytes((HEADER + "fh,24小时内发货,物流\r\n").encode("gbk"))
    done = qnphrase("import", THEIR, SHOP, "-w")
    assert done.returncode == 0
    assert "没有上次导入的记录，按两方来比：不一样的地方，以导出包为准。" in _err(done)
    assert _now(folder, SHOP) == BOOK.replace("48小时", "24小时")
    assert "导出包里没有、短语本里还留着的：3 条。" in _out(done)  # the one that is switched off isn't in any pack


def test_a_conflict_with_the_book_stops_the_import(qnphrase: Run, folder: Path) -> None:
    (folder / SHOP).write_bytes(BOOK.replace("48小时", "24小时").encode())
    before = _now(folder, SHOP)
    (folder / THEIR).write_bytes(BASE.replace("48小时", "72小时").encode("gbk"))
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w")
    assert (done.returncode, _now(folder, SHOP)) == (1, before)
    assert "1 处冲突，什么都没有写。" in _out(done)
    assert not (folder / f"{SHOP}.lock").exists()
    marked = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w", "--conflicts", "markers")
    assert marked.returncode == 1
    assert not (folder / f"{SHOP}.lock").exists()  # the book hasn't taken it in yet
    assert qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w").returncode == 3
    assert qnphrase("resolve", SHOP, "--take", "theirs").returncode == 0
    assert _now(folder, SHOP) == BOOK.replace("48小时", "72小时")
    chosen = qnphrase("import", "-", SHOP, "--base", BEFORE, "-w", stdin=(folder / THEIR).read_bytes())
    assert chosen.returncode == 0
    assert (folder / f"{SHOP}.lock").exists()


def test_a_damaged_lock_is_an_error_with_a_way_out(qnphrase: Run, folder: Path) -> None:
    for text in ('{"version": 1, "book": {', '{"version": 1, "book": {"groups": 3}}', "[]", '{"version": 99}'):
        (folder / f"{SHOP}.lock").write_bytes(text.encode())
        done = qnphrase("import", THEIR, SHOP, "-w")
        assert done.returncode == 3
        assert f"{SHOP}.lock" in _err(done)
        assert "--base" in _err(done)
        assert _now(folder, SHOP) == BOOK
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w")
    assert done.returncode == 0
    assert json.loads((folder / f"{SHOP}.lock").read_bytes())["version"] == 1


def test_three_clerks_one_after_the_other(qnphrase: Run, folder: Path) -> None:
    copies = {
        "小 美.csv": BASE.replace("48小时", "24小时"),
        "小 王.csv": BASE.replace("七天", "十五天").replace("默认发中通", "默认发圆通"),
        "小 李.csv": BASE + "yf,有运费险的,售后\r\n",
    }
    (folder / MINE).write_bytes(BASE.encode("gbk"))
    for name, text in copies.items():
        (folder / name).write_bytes(text.encode("gbk"))
        assert qnphrase("merge", MINE, name, "-b", BEFORE, "-w").returncode == 0
    wanted = (
        BASE.replace("48小时", "24小时").replace("七天", "十五天").replace("中通", "圆通") + "yf,有运费险的,售后\r\n"
    )
    assert _now(folder) == wanted


def test_it_speaks_english_when_asked(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("--lang", "en", "merge", MINE, THEIR, "-b", BEFORE)
    assert done.returncode == 1
    assert "Conflict 1/1" in _out(done)
    for command in ("merge", "resolve", "import"):
        page = qnphrase("--lang", "en", command, "--help")
        assert page.returncode == 0
        assert not any("\u4e00" <= character <= "\u9fff" for character in _out(page)), command
