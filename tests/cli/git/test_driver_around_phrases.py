"""The merge driver and what isn't a phrase: comments, tags, encodings, columns, and files that are broken."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import pytest

Shop = Any  # the class of conftest.py
Texts = Mapping[str, str]
Written = Callable[..., bytes]
Formats = dict[str, tuple[str, Written]]
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


def test_tags_around_phrases_are_not_dropped(
    shop: Shop, phrases: Texts, ours: Texts, theirs: Texts, as_xml: Written
) -> None:
    base, ours, theirs = (as_xml(texts).decode("gbk") for texts in (phrases, ours, theirs))
    theirs = theirs.replace("<phrases>", '<phrases version="2">')
    ours = ours.replace("<phrases>", '<phrases shop="one">')
    shop.fork("导出.xml", *(text.encode("gbk") for text in (base, ours, theirs)))
    shop.git("merge", "other", code=1)
    text = shop.read("导出.xml").decode("gbk")
    assert '<phrases version="2">' in text
    assert '<phrases shop="one">' in text


def test_a_side_that_changed_the_encoding_has_its_way(
    shop: Shop, formats: Formats, phrases: Texts, as_csv: Written
) -> None:
    name = formats["gbk"][0]
    theirs = {**phrases, "fh": "已发货😀"}
    shop.fork(name, as_csv(phrases), as_csv({**phrases, "dj": "马上"}), as_csv(theirs, "utf-8-sig"))
    shop.git("merge", "other")
    assert shop.read(name) == as_csv({**theirs, "dj": "马上"}, "utf-8-sig")


def test_a_side_that_added_a_column_keeps_it(
    shop: Shop, formats: Formats, phrases: Texts, header: str, as_csv: Written
) -> None:
    name = formats["gbk"][0]
    theirs = (
        as_csv(phrases).decode("gbk").replace("\r\n", ",第一客服\r\n").replace(header + ",第一客服", header + ",谁写的")
    )
    shop.fork(name, as_csv(phrases), as_csv({**phrases, "dj": "马上"}), theirs.encode("gbk"))
    shop.git("merge", "other")
    assert shop.read(name).decode("gbk") == theirs.replace(phrases["dj"], "马上")


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_broken_pack_is_merged_by_lines(
    shop: Shop, encoding: str, formats: Formats, phrases: Texts, as_csv: Written
) -> None:
    name = formats["gbk"][0]
    broken = as_csv(phrases).decode("gbk") + 'x1,"没有结束,售前\r\n'
    ours, theirs = broken.replace("您好亲", "您好"), broken.replace("七天", "八天")
    shop.fork(name, *(text.encode(encoding) for text in (broken, ours, theirs)))
    said = shop.git("merge", "other")
    assert "不能按短语合并，改为按行合并" in said.stderr
    assert name in said.stderr
    assert shop.read(name) == broken.replace("您好亲", "您好").replace("七天", "八天").encode(encoding)


def test_a_conflict_in_a_broken_pack(shop: Shop, formats: Formats, phrases: Texts, as_csv: Written) -> None:
    name = formats["gbk"][0]
    broken = as_csv(phrases).decode("gbk") + 'x1,"没有结束,售前\r\n'
    sides = (broken, broken.replace("您好亲", "您好"), broken.replace("您好亲", "亲"))
    shop.fork(name, *(text.encode("gbk") for text in sides))
    shop.git("merge", "other", code=1)
    text = shop.read(name).decode("gbk")
    assert "<<<<<<< ours\r\nhy,您好，欢迎光临,售前\r\n=======\r\nhy,亲，欢迎光临,售前\r\n>>>>>>> theirs\r\n" in text
