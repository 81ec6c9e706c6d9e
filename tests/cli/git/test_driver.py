"""The merge driver: which phrases git merges by itself, which it leaves to a person, and when the driver fails."""

import sys
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

Shop = Any  # the class of conftest.py
Texts = Mapping[str, str]
Written = Callable[..., bytes]
Formats = dict[str, tuple[str, Written]]
BINARY = bytes(range(256)) * 4


def test_neighbours_are_merged_though_their_lines_touch(
    shop: Shop, kind: str, formats: Formats, phrases: Texts, ours: Texts, theirs: Texts, merged: Texts
) -> None:
    name, written = formats[kind]
    shop.fork(name, written(phrases), written(ours), written(theirs))
    said = shop.git("merge", "other", "-m", "合并")
    assert "按行合并" not in said.stderr
    added = {"xk": "新客立减五元", "lk": "老客有礼"}
    assert shop.texts(name) == {**merged, **added}
    order = list(shop.texts(name))
    assert shop.read(name) == written({code: {**merged, **added}[code] for code in order})
    assert shop.git("status", "--porcelain").stdout == ""


def test_a_conflict_is_marked_between_phrases_and_resolved(
    shop: Shop, kind: str, formats: Formats, phrases: Texts, ours: Texts, theirs: Texts, merged: Texts
) -> None:
    name, written = formats[kind]
    ours, theirs = {**ours, "th": "退货请联系客服"}, {**theirs, "th": "签收七天内可退"}
    shop.fork(name, written(phrases), written(ours), written(theirs))
    said = shop.git("merge", "other", "-m", "合并", code=1)
    assert f"{name}：1 处冲突" in said.stderr
    assert f'qnphrase resolve "{name}"' in said.stderr
    assert "还有 1 处合并冲突没有处理" in shop.qnphrase("inspect", name, code=3).stderr
    shop.qnphrase("resolve", name, "--take", "theirs")
    assert shop.texts(name) == {**merged, "th": "签收七天内可退", "xk": "新客立减五元", "lk": "老客有礼"}
    assert b"<<<<" not in shop.read(name)


def test_a_file_that_both_added(shop: Shop, formats: Formats) -> None:
    name, written = formats["gbk"]
    shop.fork(name, None, written({"hy": "您好", "dj": "稍等"}), written({"hy": "您好", "fh": "发货"}))
    shop.git("merge", "other")
    assert shop.texts(name) == {"hy": "您好", "dj": "稍等", "fh": "发货"}


def test_a_file_that_both_added_with_one_code_for_two_texts(shop: Shop, formats: Formats) -> None:
    name, written = formats["gbk"]
    shop.fork(name, None, written({"hy": "您好", "dj": "稍等"}), written({"hy": "欢迎", "fh": "发货"}))
    shop.git("merge", "other", code=1)
    shop.qnphrase("resolve", name, "--take", "ours")
    assert shop.texts(name) == {"hy": "您好", "dj": "稍等", "fh": "发货"}


def test_a_code_that_both_gave_away_is_a_conflict_though_the_lines_merge(
    shop: Shop, formats: Formats, phrases: Texts
) -> None:
    name, written = formats["gbk"]
    ours = {"x1": "第一句", **phrases}
    theirs = {**phrases, "x1": "另一句"}
    shop.fork(name, written(phrases), written(ours), written(theirs))
    assert "冲突" in shop.git("merge", "other", code=1).stderr


def test_a_deleted_phrase_that_the_other_side_changed_is_a_conflict(
    shop: Shop, formats: Formats, phrases: Texts
) -> None:
    name, written = formats["gbk"]
    ours = {code: text for code, text in phrases.items() if code != "dj"}
    shop.fork(name, written(phrases), written(ours), written({**phrases, "dj": "马上"}))
    said = shop.git("merge", "other", code=1)
    assert "我方删了，对方改了" in said.stderr


def test_a_file_that_is_no_text_is_an_error_and_stays_as_it_was(shop: Shop, formats: Formats) -> None:
    name = formats["gbk"][0]
    sides = [BINARY + end for end in (b"", b"\0ours", b"\0theirs")]
    shop.fork(name, *sides)
    shop.git("merge", "other", code=None)
    assert shop.read(name) == sides[1]
    assert name in shop.git("status", "--porcelain").stdout or shop.git(
        "rev-parse", "-q", "--verify", "MERGE_HEAD", code=1
    )


def test_the_driver_tells_git_conflicts_from_failures(shop: Shop) -> None:
    folder = shop.root.parent
    for name, data in (("o", b""), ("a", BINARY), ("b", BINARY[::-1])):
        (folder / name).write_bytes(data)
    files = [str(folder / name) for name in ("o", "a", "b")]
    done = shop._run(
        [sys.executable, "-m", "qnphrase", "git", "merge-driver", "--", *files, "7", "-x.csv"], code=255, cwd=None
    )
    assert "-x.csv" in done.stderr
    assert (folder / "a").read_bytes() == BINARY
    shop.qnphrase("git", "merge-driver", "o", "a", code=255)
    shop.qnphrase("git", "merge-driver", "--", "没有", "没有", "没有", "7", "x.csv", code=255)


def test_markers_are_as_long_as_git_wants(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    name = formats["gbk"][0]
    shop.write(".gitattributes", shop.read(".gitattributes") + b"*.csv conflict-marker-size=15\n")
    shop.fork(name, as_csv(phrases), as_csv({**phrases, "hy": "欢迎"}), as_csv({**phrases, "hy": "您来啦"}))
    shop.git("merge", "other", code=1)
    assert b"\n" + b"<" * 15 + b" ours\r\n" in shop.read(name)
    shop.qnphrase("resolve", name, "--take", "both")


def test_a_repository_can_not_bring_its_own_qnphrase(
    shop: Shop, formats: Formats, phrases: Texts, ours: Texts, theirs: Texts, merged: Texts
) -> None:
    shop.write("qnphrase/__init__.py", b"raise SystemExit('not this one')\n")
    shop.write("csv.py", b"raise SystemExit('not this one')\n")
    name, written = formats["gbk"]
    shop.fork(name, written(phrases), written(ours), written(theirs))
    assert "not this one" not in shop.git("merge", "other").stderr
    assert shop.texts(name) == {**merged, "xk": "新客立减五元", "lk": "老客有礼"}
