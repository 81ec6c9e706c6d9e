"""What `git diff`, `log`, `show` and `blame` show of packs and books."""

import subprocess
import sys
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import pytest

Shop = Any  # the class of conftest.py
Texts = Mapping[str, str]
Written = Callable[..., bytes]
Formats = dict[str, tuple[str, Written]]


def test_diffs_are_readable(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    name = formats["gbk"][0]
    shop.commit(name, as_csv(phrases))
    shop.commit(name, as_csv({**phrases, "dj": "马上查"}))
    shop.write(name, as_csv({**phrases, "dj": "马上查", "fh": "已发货"}))
    assert "\n-  今天就发货\n+  已发货\n" in shop.git("diff").stdout
    for words in (("log", "-p", "-1"), ("show",)):
        said = shop.git(*words).stdout
        assert f"+++ b/{name}" in said
        assert "\n 「售前」dj\n-  稍等，我查一下\n+  马上查\n" in said
    assert "「售前」th" in shop.git("blame", name).stdout


def test_what_a_diff_does_not_show(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    """Quotes and line ends are habits of the file; its encoding is told."""
    name = formats["gbk"][0]
    shop.commit(name, as_csv(phrases))
    quoted = as_csv({code: f'"{text}"' for code, text in phrases.items()}, newline="\n")
    shop.write(name, quoted)
    assert "@@" not in shop.git("diff").stdout
    shop.write(name, as_csv(phrases, "utf-8-sig"))
    changed = [line for line in shop.git("diff").stdout.split("\n") if line.startswith(("+", "-"))][2:]
    assert changed == ["-格式：csv，编码：gbk", "+格式：csv，编码：utf-8-sig"]


def test_moved_phrases_are_moved_blocks(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    name = formats["gbk"][0]
    shop.commit(name, as_csv(phrases))
    shop.write(name, as_csv(dict(sorted(phrases.items(), key=lambda entry: entry[0] == "hy"))))
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
