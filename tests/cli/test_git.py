"""With the real git: what it makes of packs and books once `qnphrase git install` has run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

import pytest

from qnphrase import load

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

HEADER = "快捷短语编码,快捷短语,快捷短语分组"
PHRASES = {"hy": "您好亲，欢迎光临", "dj": "稍等，我查一下", "fh": "今天就发货", "th": "七天无理由退货"}

BINARY = bytes(range(256)) * 4

Texts = Mapping[str, str]


def _csv(texts: Texts, encoding: str = "gbk", newline: str = "\r\n") -> bytes:
    lines = [HEADER, *(f"{code},{text},售前" for code, text in texts.items())]
    return "".join(line + newline for line in lines).encode(encoding)


def _xml(texts: Texts) -> bytes:
    items = "".join(f"  <item><code>{code}</code><text>{text}</text></item>\n" for code, text in texts.items())
    return f'<?xml version="1.0" encoding="GBK"?>\n<phrases>\n{items}</phrases>\n'.encode("gbk")


def _yaml(texts: Texts) -> bytes:
    items = "".join(f"      - code: {code}\n        text: {text}\n" for code, text in texts.items())
    return f"version: 1\ngroups:\n  - name: 售前\n    phrases:\n{items}".encode()


FORMATS: dict[str, tuple[str, Callable[[Texts], bytes]]] = {
    "gbk": ("客服 一号.csv", _csv),
    "bom": ("客服 一号.csv", lambda texts: _csv(texts, "utf-8-sig")),
    "lf": ("客服 一号.csv", lambda texts: _csv(texts, "utf-8", "\n")),
    "utf-16": ("客服 一号.csv", lambda texts: _csv(texts, "utf-16")),
    "xml": ("导出.xml", _xml),
    "yaml": ("phrasebooks/一店/短语 本.yaml", _yaml),
}


class Shop:
    """A repository in a folder with a Chinese name and a space, apart from all configuration of this machine."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "话术 仓库"
        self.root.mkdir()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "LC_", "LANG", "QNPHRASE_"))}
        self.env = {
            **clean,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            "PYTHONIOENCODING": "utf-8",
            **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        self.git("init", "-q", "-b", "main")
        self.git("config", "core.quotePath", "false")

    def _run(self, words: list[str], *, code: int | None, cwd: Path | None) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            words, cwd=cwd or self.root, env=self.env, capture_output=True, timeout=120, check=False, encoding="utf-8"
        )
        assert code is None or done.returncode == code, (words, done.stdout, done.stderr)
        return done

    def git(self, *words: str, code: int | None = 0) -> "subprocess.CompletedProcess[str]":
        return self._run(["git", *words], code=code, cwd=None)

    def qnphrase(self, *words: str, code: int = 0, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
        return self._run([sys.executable, "-m", "qnphrase", *words], code=code, cwd=cwd)

    def write(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def texts(self, name: str) -> dict[str, str]:
        return {phrase.code: phrase.text for _group, phrase in load(self.root / name).book.all_phrases()}

    def commit(self, name: str, data: bytes, message: str = "改") -> None:
        self.write(name, data)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def fork(self, name: str, base: bytes | None, ours: bytes, theirs: bytes) -> None:
        """Commit `base`, and on top of it `theirs` on the branch `other` and `ours` on `main`, where we are."""
        if base is not None:
            self.commit(name, base)
        self.git("checkout", "-q", "-b", "other")
        self.commit(name, theirs)
        self.git("checkout", "-q", "main")
        self.commit(name, ours)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A repository where `qnphrase git install` has run and was committed."""
    shop = Shop(tmp_path)
    shop.qnphrase("git", "install")
    shop.git("add", "-A")
    shop.git("commit", "-q", "-m", "开始")
    return shop


OURS = {**PHRASES, "hy": "您好亲，欢迎回来", "xk": "新客立减五元"}
THEIRS = {**PHRASES, "dj": "请稍等，马上查", "fh": "明天发货", "lk": "老客有礼"}
MERGED = {"hy": "您好亲，欢迎回来", "dj": "请稍等，马上查", "fh": "明天发货", "th": "七天无理由退货"}


@pytest.mark.parametrize("kind", FORMATS)
def test_neighbours_are_merged_though_their_lines_touch(shop: Shop, kind: str) -> None:
    name, written = FORMATS[kind]
    shop.fork(name, written(PHRASES), written(OURS), written(THEIRS))
    said = shop.git("merge", "other", "-m", "合并")
    assert "按行合并" not in said.stderr
    added = {"xk": "新客立减五元", "lk": "老客有礼"}
    assert shop.texts(name) == {**MERGED, **added}
    order = list(shop.texts(name))
    assert shop.read(name) == written({code: {**MERGED, **added}[code] for code in order})
    assert shop.git("status", "--porcelain").stdout == ""


@pytest.mark.parametrize("kind", FORMATS)
def test_a_conflict_is_marked_between_phrases_and_resolved(shop: Shop, kind: str) -> None:
    name, written = FORMATS[kind]
    ours, theirs = {**OURS, "th": "退货请联系客服"}, {**THEIRS, "th": "签收七天内可退"}
    shop.fork(name, written(PHRASES), written(ours), written(theirs))
    said = shop.git("merge", "other", "-m", "合并", code=1)
    assert f"{name}：1 处冲突" in said.stderr
    assert f'qnphrase resolve "{name}"' in said.stderr
    assert "还有 1 处合并冲突没有处理" in shop.qnphrase("inspect", name, code=3).stderr
    shop.qnphrase("resolve", name, "--take", "theirs")
    assert shop.texts(name) == {**MERGED, "th": "签收七天内可退", "xk": "新客立减五元", "lk": "老客有礼"}
    assert b"<<<<" not in shop.read(name)


def _rebased(shop: Shop) -> int:
    shop.git("checkout", "-q", "other")
    return shop.git("rebase", "main", code=None).returncode


def _stashed(shop: Shop) -> int:
    """Their change isn't committed, and waits in the stash until ours is there."""
    shop.git("checkout", "-q", "other")
    shop.git("reset", "-q", "HEAD~1")
    shop.git("stash")
    shop.git("checkout", "-q", "main")
    return shop.git("stash", "pop", code=None).returncode


def _carried_over(shop: Shop) -> int:
    shop.git("checkout", "-q", "other")
    shop.git("reset", "-q", "HEAD~1")
    return shop.git("checkout", "-m", "main", code=None).returncode


WAYS: dict[str, Callable[[Shop], int]] = {
    "merge": lambda shop: shop.git("merge", "other", code=None).returncode,
    "rebase": _rebased,
    "cherry-pick": lambda shop: shop.git("cherry-pick", "other", code=None).returncode,
    "stash": _stashed,
    "checkout -m": _carried_over,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["gbk", "yaml"])
def test_every_way_to_merge(shop: Shop, way: str, kind: str) -> None:
    name, written = FORMATS[kind]
    shop.fork(name, written(PHRASES), written(OURS), written(THEIRS))
    assert WAYS[way](shop) == 0
    assert shop.texts(name) == {**MERGED, "xk": "新客立减五元", "lk": "老客有礼"}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_conflict(shop: Shop, way: str) -> None:
    name, written = FORMATS["gbk"]
    shop.fork(name, written(PHRASES), written({**PHRASES, "hy": "欢迎"}), written({**PHRASES, "hy": "您来啦"}))
    assert WAYS[way](shop) == (0 if way == "checkout -m" else 1)
    text = shop.read(name).decode("gbk")
    assert text.startswith(f"{HEADER}\r\n<<<<<<< ours\r\n")
    assert sorted(line for line in text.split("\r\n") if line.startswith("hy")) == ["hy,您来啦,售前", "hy,欢迎,售前"]
    assert text.endswith(">>>>>>> theirs\r\n" + _csv(PHRASES).decode("gbk").split("\r\n", 2)[2])


def test_revert_takes_back_one_phrase_and_leaves_its_neighbours(shop: Shop) -> None:
    name, written = FORMATS["gbk"]
    for texts in (PHRASES, {**PHRASES, "dj": "马上"}, {**PHRASES, "dj": "马上", "hy": "欢迎", "fh": "已发货"}):
        shop.commit(name, written(texts))
    shop.git("revert", "--no-edit", "HEAD~1")
    assert shop.texts(name) == {**PHRASES, "hy": "欢迎", "fh": "已发货"}


def test_a_file_that_both_added(shop: Shop) -> None:
    name, written = FORMATS["gbk"]
    shop.fork(name, None, written({"hy": "您好", "dj": "稍等"}), written({"hy": "您好", "fh": "发货"}))
    shop.git("merge", "other")
    assert shop.texts(name) == {"hy": "您好", "dj": "稍等", "fh": "发货"}


def test_a_file_that_both_added_with_one_code_for_two_texts(shop: Shop) -> None:
    name, written = FORMATS["gbk"]
    shop.fork(name, None, written({"hy": "您好", "dj": "稍等"}), written({"hy": "欢迎", "fh": "发货"}))
    shop.git("merge", "other", code=1)
    shop.qnphrase("resolve", name, "--take", "ours")
    assert shop.texts(name) == {"hy": "您好", "dj": "稍等", "fh": "发货"}


def test_a_code_that_both_gave_away_is_a_conflict_though_the_lines_merge(shop: Shop) -> None:
    name, written = FORMATS["gbk"]
    ours = {"x1": "第一句", **PHRASES}
    theirs = {**PHRASES, "x1": "另一句"}
    shop.fork(name, written(PHRASES), written(ours), written(theirs))
    assert "冲突" in shop.git("merge", "other", code=1).stderr


def test_a_deleted_phrase_that_the_other_side_changed_is_a_conflict(shop: Shop) -> None:
    name, written = FORMATS["gbk"]
    ours = {code: text for code, text in PHRASES.items() if code != "dj"}
    shop.fork(name, written(PHRASES), written(ours), written({**PHRASES, "dj": "马上"}))
    said = shop.git("merge", "other", code=1)
    assert "我方删了，对方改了" in said.stderr


def _crossed(shop: Shop, one: Texts, other: Texts, ours: Texts, theirs: Texts) -> "subprocess.CompletedProcess[str]":
    """Two branches that have each merged the other's first commit, on their own."""
    name, written = FORMATS["gbk"]
    shop.fork(name, written(PHRASES), written(one), written(other))
    first, second = (shop.git("rev-parse", branch).stdout.strip() for branch in ("main", "other"))
    for branch, merged, texts in (("main", second, ours), ("other", first, theirs)):
        shop.git("checkout", "-q", branch)
        shop.git("merge", "--no-commit", "--no-ff", merged, code=None)
        shop.commit(name, written(texts))
    shop.git("checkout", "-q", "main")
    return shop.git("merge", "other", code=None)


def test_criss_cross(shop: Shop) -> None:
    one, other = {**PHRASES, "hy": "欢迎"}, {**PHRASES, "dj": "马上"}
    both = {**PHRASES, "hy": "欢迎", "dj": "马上"}
    done = _crossed(shop, one, other, {**both, "fh": "已发货"}, {**both, "hy": PHRASES["hy"]})
    assert done.returncode == 0, done.stderr
    assert shop.texts(FORMATS["gbk"][0]) == {**PHRASES, "dj": "马上", "fh": "已发货"}


def test_criss_cross_over_a_conflict_that_both_decided_alike(shop: Shop) -> None:
    one, other = {**PHRASES, "hy": "欢迎"}, {**PHRASES, "hy": "您来啦"}
    both = {**PHRASES, "hy": "欢迎您"}
    done = _crossed(shop, one, other, {**both, "dj": "马上"}, {**both, "fh": "已发货"})
    assert done.returncode == 0, done.stderr
    assert "按行合并" not in done.stderr
    assert shop.texts(FORMATS["gbk"][0]) == {**both, "dj": "马上", "fh": "已发货"}


def test_criss_cross_over_a_conflict_that_each_decided_another_way(shop: Shop) -> None:
    one, other = {**PHRASES, "hy": "欢迎"}, {**PHRASES, "hy": "您来啦"}
    done = _crossed(shop, one, other, one, other)
    assert done.returncode == 1
    text = shop.read(FORMATS["gbk"][0]).decode("gbk")
    assert "<<<<<<<" in text
    assert "hy,欢迎,售前" in text
    assert "hy,您来啦,售前" in text


BOOK = """version: 1
groups:
  - name: 售前
    phrases:
      # 第一句
      - code: hy
        text: 您好
      - code: dj
        text: 稍等
      - code: fh
        text: 发货
"""
BOOK_NAME = "phrasebooks/一店.yaml"


def test_comments_of_both_sides_stay(shop: Shop) -> None:
    ours = BOOK.replace("# 第一句", "# 第一句，店长定的").replace("发货", "今天发货")
    theirs = BOOK.replace("        text: 稍等\n", "        text: 马上 # 老板说要快\n")
    shop.fork(BOOK_NAME, BOOK.encode(), ours.encode(), theirs.encode())
    shop.git("merge", "other")
    merged = shop.read(BOOK_NAME).decode()
    assert "# 第一句，店长定的" in merged
    assert "马上 # 老板说要快" in merged
    assert shop.texts(BOOK_NAME) == {"hy": "您好", "dj": "马上", "fh": "今天发货"}


def test_comments_at_one_place_are_for_a_person_to_choose(shop: Shop) -> None:
    ours = BOOK.replace("# 第一句", "# 店长定的").replace("您好", "您好亲")
    theirs = BOOK.replace("# 第一句", "# 活动期间用").replace("稍等", "马上")
    shop.fork(BOOK_NAME, BOOK.encode(), ours.encode(), theirs.encode())
    said = shop.git("merge", "other", code=1)
    assert "处注释或标记没法自动合到一起" in said.stderr
    assert "# 店长定的" in shop.read(BOOK_NAME).decode()
    assert "# 活动期间用" in shop.read(BOOK_NAME).decode()
    shop.qnphrase("resolve", BOOK_NAME, "--take", "theirs")
    assert shop.texts(BOOK_NAME) == {"hy": "您好亲", "dj": "马上", "fh": "发货"}
    assert "# 活动期间用" in shop.read(BOOK_NAME).decode()


def test_tags_around_phrases_are_not_dropped(shop: Shop) -> None:
    base, ours, theirs = (_xml(texts).decode("gbk") for texts in (PHRASES, OURS, THEIRS))
    theirs = theirs.replace("<phrases>", '<phrases version="2">')
    ours = ours.replace("<phrases>", '<phrases shop="one">')
    shop.fork("导出.xml", *(text.encode("gbk") for text in (base, ours, theirs)))
    shop.git("merge", "other", code=1)
    text = shop.read("导出.xml").decode("gbk")
    assert '<phrases version="2">' in text
    assert '<phrases shop="one">' in text


def test_a_side_that_changed_the_encoding_has_its_way(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    theirs = {**PHRASES, "fh": "已发货😀"}
    shop.fork(name, _csv(PHRASES), _csv({**PHRASES, "dj": "马上"}), _csv(theirs, "utf-8-sig"))
    shop.git("merge", "other")
    assert shop.read(name) == _csv({**theirs, "dj": "马上"}, "utf-8-sig")


def test_a_side_that_added_a_column_keeps_it(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    theirs = (
        _csv(PHRASES).decode("gbk").replace("\r\n", ",第一客服\r\n").replace(HEADER + ",第一客服", HEADER + ",谁写的")
    )
    shop.fork(name, _csv(PHRASES), _csv({**PHRASES, "dj": "马上"}), theirs.encode("gbk"))
    shop.git("merge", "other")
    assert shop.read(name).decode("gbk") == theirs.replace(PHRASES["dj"], "马上")


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_broken_pack_is_merged_by_lines(shop: Shop, encoding: str) -> None:
    name = FORMATS["gbk"][0]
    broken = _csv(PHRASES).decode("gbk") + 'x1,"没有结束,售前\r\n'
    ours, theirs = broken.replace("您好亲", "您好"), broken.replace("七天", "八天")
    shop.fork(name, *(text.encode(encoding) for text in (broken, ours, theirs)))
    said = shop.git("merge", "other")
    assert "不能按短语合并，改为按行合并" in said.stderr
    assert name in said.stderr
    assert shop.read(name) == broken.replace("您好亲", "您好").replace("七天", "八天").encode(encoding)


def test_a_conflict_in_a_broken_pack(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    broken = _csv(PHRASES).decode("gbk") + 'x1,"没有结束,售前\r\n'
    sides = (broken, broken.replace("您好亲", "您好"), broken.replace("您好亲", "亲"))
    shop.fork(name, *(text.encode("gbk") for text in sides))
    shop.git("merge", "other", code=1)
    text = shop.read(name).decode("gbk")
    assert "<<<<<<< ours\r\nhy,您好，欢迎光临,售前\r\n=======\r\nhy,亲，欢迎光临,售前\r\n>>>>>>> theirs\r\n" in text


def test_a_file_that_is_no_text_is_an_error_and_stays_as_it_was(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
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


def test_markers_are_as_long_as_git_wants(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    shop.write(".gitattributes", shop.read(".gitattributes") + b"*.csv conflict-marker-size=15\n")
    shop.fork(name, _csv(PHRASES), _csv({**PHRASES, "hy": "欢迎"}), _csv({**PHRASES, "hy": "您来啦"}))
    shop.git("merge", "other", code=1)
    assert b"\n" + b"<" * 15 + b" ours\r\n" in shop.read(name)
    shop.qnphrase("resolve", name, "--take", "both")


def test_diffs_are_readable(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    shop.commit(name, _csv(PHRASES))
    shop.commit(name, _csv({**PHRASES, "dj": "马上查"}))
    shop.write(name, _csv({**PHRASES, "dj": "马上查", "fh": "已发货"}))
    assert "\n-  今天就发货\n+  已发货\n" in shop.git("diff").stdout
    for words in (("log", "-p", "-1"), ("show",)):
        said = shop.git(*words).stdout
        assert f"+++ b/{name}" in said
        assert "\n 「售前」dj\n-  稍等，我查一下\n+  马上查\n" in said
    assert "「售前」th" in shop.git("blame", name).stdout


def test_what_a_diff_does_not_show(shop: Shop) -> None:
    """Quotes and line ends are habits of the file; its encoding is told."""
    name = FORMATS["gbk"][0]
    shop.commit(name, _csv(PHRASES))
    quoted = _csv({code: f'"{text}"' for code, text in PHRASES.items()}, newline="\n")
    shop.write(name, quoted)
    assert "@@" not in shop.git("diff").stdout
    shop.write(name, _csv(PHRASES, "utf-8-sig"))
    changed = [line for line in shop.git("diff").stdout.split("\n") if line.startswith(("+", "-"))][2:]
    assert changed == ["-格式：csv，编码：gbk", "+格式：csv，编码：utf-8-sig"]


def test_moved_phrases_are_moved_blocks(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    shop.commit(name, _csv(PHRASES))
    shop.write(name, _csv(dict(sorted(PHRASES.items(), key=lambda entry: entry[0] == "hy"))))
    changed = [line for line in shop.git("diff").stdout.split("\n") if line.startswith(("+", "-"))][2:]
    assert sorted(line[1:] for line in changed if line[0] == "+") == sorted(
        line[1:] for line in changed if line[0] == "-"
    )
    assert len(changed) == 6


def _shown(shop: Shop, data: bytes, name: str = "x.csv") -> str:
    shop.write(name, data)
    return shop.qnphrase("git", "textconv", "--", name).stdout


def test_text_of_a_whole_book(shop: Shop) -> None:
    book = """version: 1
shop: 一店
signature: 在线
groups:
  - name: 空组
    phrases: []
  - name: 售前
    phrases:
      - code: hy
        text: "您好\\u200b\\n\\n欢迎"
        tags: [欢迎, 常用]
        enabled: false
phrases:
  - text: 散句
auto_replies:
  - {when: contacts_over, threshold: 30, text: 请稍等}
"""
    assert _shown(shop, book.encode(), "一店.yaml") == (
        "格式：yaml，编码：utf-8\n店铺名：一店\n个性签名：在线\n\n「空组」（没有短语）\n\n"
        "「售前」hy\n  您好<零宽空格>\n\n  欢迎\n  （已停用）\n  标签：欢迎、常用\n\n"
        "「未分组」-\n  散句\n\n「自动回复」超30人\n  请稍等\n"
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("只是一句话，没有表头".encode("gbk"), "只是一句话，没有表头"),
        ("<<<<<<< ours\nhy,一,售前\n=======\nhy,二,售前\n>>>>>>> theirs\n".encode("gbk"), None),
        (b'a,b\n"', 'a,b\n"'),
    ],
)
def test_what_is_no_pack_is_shown_as_the_text_it_is(shop: Shop, data: bytes, text: str | None) -> None:
    assert _shown(shop, data) == (data.decode("gbk") if text is None else text)


def test_bytes_that_are_no_text_pass_through(shop: Shop) -> None:
    data = bytes(range(256))
    shop.write("x.csv", data)
    words = [sys.executable, "-m", "qnphrase", "git", "textconv", "--", "x.csv"]
    assert subprocess.run(words, cwd=shop.root, env=shop.env, capture_output=True, check=True).stdout == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"*.png binary\n",
        b"*.png binary",
        b"a text\r\nb text\r\n",
        b"a text\r\nb text",
        "# 图片\n*.png binary\n".encode(),
    ],
)
def test_uninstall_leaves_nothing_behind(tmp_path: Path, data: bytes | None) -> None:
    shop = Shop(tmp_path)
    if data is not None:
        shop.write(".gitattributes", data)
    before = shop.read(".git/config")
    shop.qnphrase("git", "install")
    installed = shop.read(".gitattributes")
    shop.qnphrase("git", "install")
    assert shop.read(".gitattributes") == installed
    assert installed.startswith(data or b"")
    shop.qnphrase("git", "uninstall")
    assert shop.read(".git/config") == before
    assert (shop.root / ".gitattributes").exists() == (data is not None)
    assert data is None or shop.read(".gitattributes") == data
    assert "没有什么要撤的" in shop.qnphrase("git", "uninstall").stderr


def test_what_others_configured_stays(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.git("config", "merge.qnphrase.recursive", "binary")
    shop.qnphrase("git", "install")
    shop.qnphrase("git", "uninstall")
    assert shop.git("config", "--get", "merge.qnphrase.recursive").stdout == "binary\n"


def test_named_files_and_folders(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.write("二店 [新]/短语.yaml", _yaml(PHRASES))
    shop.write("话术/导出.csv", _csv(PHRASES))
    shop.write("别的.yaml", b"a: 1\n")
    shop.git("add", "-A")
    shop.qnphrase("git", "install", "短语.yaml", cwd=shop.root / "二店 [新]")
    shop.qnphrase("git", "install", "话术", "*.tsv")
    names = ("二店 [新]/短语.yaml", "话术/导出.csv", "话术/深/x.xml", "话术/本.yml", "a.tsv", "别的.yaml", "a.csv")
    said = shop.git("check-attr", "-z", "merge", "--", *names).stdout.split("\0")[2::3]
    assert said == ["qnphrase"] * 5 + ["unspecified"] * 2
    assert "2 个文件归 qnphrase 管" in shop.qnphrase("git", "status", code=1).stdout


@pytest.mark.parametrize("pattern", ["!*.csv", "", "..", "a\nb.csv"])
def test_patterns_that_make_no_sense(tmp_path: Path, pattern: str) -> None:
    shop = Shop(tmp_path)
    assert "错误" in shop.qnphrase("git", "install", pattern, code=2).stderr
    assert not (shop.root / ".gitattributes").exists()
    assert "qnphrase" not in shop.read(".git/config").decode()


def test_a_colleague_changes_no_attributes(shop: Shop) -> None:
    shop.qnphrase("git", "uninstall", "x", code=2)
    shop.qnphrase("git", "install", "短语/*.yaml")
    before = shop.read(".gitattributes")
    shop.qnphrase("git", "install")
    assert shop.read(".gitattributes") == before


def test_outside_of_a_repository(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    outside = tmp_path / "外面"
    outside.mkdir()
    for action in ("install", "uninstall", "status"):
        assert "这里不是 git 仓库" in shop.qnphrase("git", action, code=2, cwd=outside).stderr
    shop.qnphrase("git", "install", "--global", cwd=outside)
    assert "qnphrase" in (tmp_path / "gitconfig").read_text()
    assert "（所有的仓库）" in shop.qnphrase("git", "status", code=1).stdout
    shop.qnphrase("git", "uninstall", "--global", cwd=outside)
    assert (tmp_path / "gitconfig").read_text() == ""


def test_status_of_what_is_set_up(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    shop.commit(name, _csv(PHRASES))
    said = shop.qnphrase("git", "status").stdout
    assert said.count("√") == 3
    assert "现在有 1 个文件归 qnphrase 管" in said
    shop.git("config", "core.quotePath", "true")
    assert "git config core.quotePath false" in shop.qnphrase("git", "status").stdout


def test_a_file_in_conflict_counts_once(shop: Shop) -> None:
    name, written = FORMATS["gbk"]
    shop.fork(name, written(PHRASES), written({**PHRASES, "hy": "您好"}), written({**PHRASES, "hy": "在的"}))
    shop.git("merge", "other", code=1)
    assert "现在有 1 个文件归 qnphrase 管" in shop.qnphrase("git", "status").stdout


def test_status_of_what_is_missing(tmp_path: Path) -> None:
    said = Shop(tmp_path).qnphrase("git", "status", code=1).stdout
    assert said.count("×") == 3
    assert "运行 qnphrase git install" in said


def test_status_of_what_is_odd(shop: Shop) -> None:
    name = FORMATS["gbk"][0]
    shop.git("config", "core.autocrlf", "true")
    shop.write(".gitattributes", shop.read(".gitattributes") + b"*.xml merge=union\n*.csv text\n")
    shop.commit(name, _csv(PHRASES))
    shop.commit("导出.xml", _xml(PHRASES))
    said = shop.qnphrase("git", "status", code=1).stdout
    assert ".gitattributes 第 6 行对 *.xml 另有安排：merge=union" in said
    assert "导出.xml 归了别的合并方式：union" in said
    assert f"{name} 没有 -text，git 会改它们的换行（core.autocrlf 是 true）" in said
    shop.git("config", "merge.qnphrase.driver", shop.git("config", "merge.qnphrase.driver").stdout.strip() + " %X")
    assert "另一个版本写的" in shop.qnphrase("git", "status", code=1).stdout


def test_a_program_that_is_gone(shop: Shop) -> None:
    """Git merges and shows as it would without qnphrase, instead of leaving our side behind as if it were merged."""
    name = FORMATS["gbk"][0]
    for key in ("merge.qnphrase.driver", "diff.qnphrase.textconv"):
        value = shop.git("config", key).stdout.strip()
        program = "qnphrase " if f" {sys.executable} " not in f" {value}" else f"{sys.executable} -P -m qnphrase "
        assert program in value
        shop.git("config", key, value.replace(program, "'/no where/python' -P -m qnphrase "))
    assert "设置的程序已经不在了：/no where/python" in shop.qnphrase("git", "status", code=1).stdout
    shop.fork(name, _csv(PHRASES), _csv({**PHRASES, "hy": "欢迎"}), _csv({**PHRASES, "hy": "您来啦", "th": "可退"}))
    said = shop.git("merge", "other", code=1)
    assert "qnphrase does not start here" in said.stderr
    text = shop.read(name).decode("gbk")
    assert text.count("<<<<<<<") == text.count(">>>>>>>") == 1
    assert "th,可退,售前" in text
    shop.git("merge", "--abort")
    shop.write("x.csv", b"a\n")
    shop.git("add", "-N", "x.csv")
    assert "+a" in shop.git("diff", "x.csv").stdout


def test_a_repository_can_not_bring_its_own_qnphrase(shop: Shop) -> None:
    shop.write("qnphrase/__init__.py", b"raise SystemExit('not this one')\n")
    shop.write("csv.py", b"raise SystemExit('not this one')\n")
    name, written = FORMATS["gbk"]
    shop.fork(name, written(PHRASES), written(OURS), written(THEIRS))
    assert "not this one" not in shop.git("merge", "other").stderr
    assert shop.texts(name) == {**MERGED, "xk": "新客立减五元", "lk": "老客有礼"}
