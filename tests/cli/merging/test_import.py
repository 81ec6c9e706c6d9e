"""`qnphrase import` into a phrasebook that exists, and the record that it keeps of what it took in."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

Run = Callable[..., "CompletedProcess[bytes]"]
Said = Callable[["CompletedProcess[bytes]"], str]
Now = Callable[..., str]
Texts = Any  # the class of conftest.py
THEIR, BEFORE, SHOP = "对方的 短语.csv", "原来的 短语.csv", "短语 本.yaml"


def test_importing_into_a_book_is_a_preview_first(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, err: Said, now: Now
) -> None:
    pack = texts.base.replace("48小时", "24小时") + "yf,有运费险的,售后\r\n"
    (folder / THEIR).write_bytes(pack.encode("gbk"))
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE)
    assert done.returncode == 0
    assert "〔-48-〕〔+24+〕小时内发货" in out(done)
    assert "新增  yf" in out(done)
    assert f"这是预览，什么都没有写；加 -w 写进 {SHOP}。" in err(done)
    assert now(folder, SHOP) == texts.book
    assert not (folder / f"{SHOP}.lock").exists()
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w")
    assert done.returncode == 0
    book = now(folder, SHOP)
    assert book.startswith(texts.book.replace("48小时", "24小时"))  # notes, comments and what is switched off stay
    assert "yf" in book
    again = qnphrase("import", THEIR, SHOP)
    assert again.returncode == 0
    assert "没有上次导入的记录" not in err(again)  # it is remembered now
    assert now(folder, SHOP) == book


def test_the_lock_tells_deleted_from_added(qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now) -> None:
    (folder / SHOP).unlink()
    assert qnphrase("import", BEFORE, SHOP).returncode == 0
    lock = (folder / f"{SHOP}.lock").read_bytes()
    assert json.loads(lock.decode("utf-8"))["version"] == 1
    book = now(folder, SHOP)
    mine = book.replace("七天无理由", "七天无理由退换").replace("默认发中通", "默认发圆通")
    (folder / SHOP).write_bytes(mine.encode())
    (folder / THEIR).write_bytes(
        (texts.base.replace("th,七天无理由,售后\r\n", "").replace("48小时", "24小时")).encode("gbk")
    )
    kept = qnphrase("import", THEIR, SHOP, "-w")
    assert kept.returncode == 0
    assert "导出包里没有、短语本里还留着的：1 条。要一起删掉，加 --delete。" in out(kept)
    assert now(folder, SHOP) == mine.replace("48小时", "24小时")
    edited = qnphrase("import", THEIR, SHOP, "--delete", "-w")  # we reworded what was deleted there
    assert edited.returncode == 1
    assert "对方删了，我方改了" in out(edited)
    assert now(folder, SHOP) == mine.replace("48小时", "24小时")
    gone = qnphrase("import", THEIR, SHOP, "--delete", "-w", "--conflicts", "theirs")
    assert gone.returncode == 0
    assert "七天无理由" not in now(folder, SHOP)
    assert "默认发圆通" in now(folder, SHOP)
    assert (folder / f"{SHOP}.lock").read_bytes() != lock


def test_what_only_a_book_says_goes_with_a_phrase_that_qianniu_deleted(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now
) -> None:
    (folder / SHOP).unlink()
    assert qnphrase("import", BEFORE, SHOP).returncode == 0
    noted = now(folder, SHOP).replace("text: 七天无理由\n", "text: 七天无理由\n        note: 问清楚再发\n")
    assert "note" in noted
    (folder / SHOP).write_bytes(noted.encode())
    (folder / THEIR).write_bytes(texts.base.replace("th,七天无理由,售后\r\n", "").encode("gbk"))
    preview = qnphrase("import", THEIR, SHOP, "--delete")
    assert preview.returncode == 0
    assert "删除  th" in out(preview)
    assert qnphrase("import", THEIR, SHOP, "--delete", "-w").returncode == 0
    assert "七天无理由" not in now(folder, SHOP)


def test_without_a_record_the_pack_holds_and_nothing_is_deleted(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, err: Said, now: Now
) -> None:
    (folder / THEIR).write_bytes((texts.header + "fh,24小时内发货,物流\r\n").encode("gbk"))
    done = qnphrase("import", THEIR, SHOP, "-w")
    assert done.returncode == 0
    assert "没有上次导入的记录，按两方来比：不一样的地方，以导出包为准。" in err(done)
    assert now(folder, SHOP) == texts.book.replace("48小时", "24小时")
    assert "导出包里没有、短语本里还留着的：3 条。" in out(done)  # the one that is switched off isn't in any pack


def test_a_conflict_with_the_book_stops_the_import(
    qnphrase: Run, folder: Path, texts: Texts, out: Said, now: Now
) -> None:
    (folder / SHOP).write_bytes(texts.book.replace("48小时", "24小时").encode())
    before = now(folder, SHOP)
    (folder / THEIR).write_bytes(texts.base.replace("48小时", "72小时").encode("gbk"))
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w")
    assert (done.returncode, now(folder, SHOP)) == (1, before)
    assert "1 处冲突，什么都没有写。" in out(done)
    assert not (folder / f"{SHOP}.lock").exists()
    marked = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w", "--conflicts", "markers")
    assert marked.returncode == 1
    assert not (folder / f"{SHOP}.lock").exists()  # the book hasn't taken it in yet
    assert qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w").returncode == 3
    assert qnphrase("resolve", SHOP, "--take", "theirs").returncode == 0
    assert now(folder, SHOP) == texts.book.replace("48小时", "72小时")
    chosen = qnphrase("import", "-", SHOP, "--base", BEFORE, "-w", stdin=(folder / THEIR).read_bytes())
    assert chosen.returncode == 0
    assert (folder / f"{SHOP}.lock").exists()


def test_a_damaged_lock_is_an_error_with_a_way_out(
    qnphrase: Run, folder: Path, texts: Texts, err: Said, now: Now
) -> None:
    for text in ('{"version": 1, "book": {', '{"version": 1, "book": {"groups": 3}}', "[]", '{"version": 99}'):
        (folder / f"{SHOP}.lock").write_bytes(text.encode())
        done = qnphrase("import", THEIR, SHOP, "-w")
        assert done.returncode == 3
        assert f"{SHOP}.lock" in err(done)
        assert "--base" in err(done)
        assert now(folder, SHOP) == texts.book
    done = qnphrase("import", THEIR, SHOP, "--base", BEFORE, "-w")
    assert done.returncode == 0
    assert json.loads((folder / f"{SHOP}.lock").read_bytes())["version"] == 1
