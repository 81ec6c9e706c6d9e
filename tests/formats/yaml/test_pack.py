"""The format as such: which files are its own, what it tells of one, and what a new one looks like."""

import datetime
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.formats.base import Format
from qnphrase.formats.base import Reading
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Style
from qnphrase.formats.yaml import pack
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

NEW = """\
# yaml-language-server: $schema=https://raw.githubusercontent.com/qnphrase/qnphrase/main/docs/phrasebook.schema.json
version: 1
shop: 示例旗舰店
signature: "签名: 在线"

groups:
  - name: 售前
    phrases:
      - code: "001"
        text: 您好亲/:^_^
        scenario: greet.first
        tags: [欢迎, "no"]
        note: 新客
        until: 2026-12-31
        enabled: false
        extra:
          是否加入团队: 是
      - text: |-
          第一行
          第二行

  - name: 空
    phrases: []

phrases:
  - code: hy

auto_replies:
  - when: first_message
    text: 在的
  - when: contacts_over
    threshold: 30
    enabled: false
    phrase: "001"
"""
BOOK = Phrasebook(
    shop="示例旗舰店",
    signature="签名: 在线",
    groups=(
        Group(
            name="售前",
            phrases=(
                Phrase(
                    code="001",
                    text="您好亲/:^_^",
                    scenario="greet.first",
                    tags=("欢迎", "no"),
                    note="新客",
                    until=datetime.date(2026, 12, 31),
                    enabled=False,
                    extra={"是否加入团队": "是"},
                ),
                Phrase(text="第一行\n第二行"),
            ),
        ),
        Group(name="空"),
    ),
    phrases=(Phrase(code="hy"),),
    auto_replies=(
        AutoReply(when=Trigger.FIRST_MESSAGE, text="在的"),
        AutoReply(when=Trigger.CONTACTS_OVER, threshold=30, enabled=False, phrase="001"),
    ),
)


def _read(text: str) -> pack.YamlReading:
    return pack.read(Document.of_bytes(text.encode("utf-8", "surrogateescape"), encoding="utf-8"), ReadOptions())


def test_module_and_reading_satisfy_the_protocols():
    module: Format = pack
    reading: Reading = pack.read(Document.of_bytes(b"version: 1"), ReadOptions())
    assert module.NAME == "yaml"
    assert reading.carries.book_fields


def test_new_file():
    assert pack.new(BOOK, Style(newline="\n")) == NEW
    assert pack.new(BOOK, Style(newline="\r\n")) == NEW.replace("\n", "\r\n")
    assert _read(NEW).book() == BOOK


def test_new_file_of_nothing():
    assert pack.new(Phrasebook(), Style(newline="\n")).split("\n")[1:] == ["version: 1", ""]


@given(data=st.data())
def test_new_file_holds_any_book(data, books):
    book = data.draw(books)
    newline = data.draw(st.sampled_from(("\n", "\r\n")))
    reading = _read(pack.new(book, Style(newline=newline)))
    assert reading.book() == book
    assert not reading.notices


def test_counts_and_facts():
    reading = _read(NEW)
    assert reading.counts() == {"phrases": 3, "groups": 2, "ungrouped": 1, "auto_replies": 2}
    assert reading.facts() == {
        "version": 1,
        "layout": "block",
        "list_indent": 2,
        "comments": True,
        "newline": "lf",
        "final_newline": True,
        "auto_replies": 2,
        "undecodable": False,
    }


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("version: 1", False),
        ("version: 1 # x", True),
        ("# x\nversion: 1", True),
        ("version: 1\nshop: '#'\nsignature: a#b", False),
        ("version: 1\nshop: |\n  # x\n", False),
        ("version: 1\nshop: | # x\n  a\n", True),
        ("version: 1\nshop: |\n  a\n# x", True),
    ],
)
def test_comments_are_told_from_texts(text, comments):
    assert _read(text).facts()["comments"] is comments


@pytest.mark.parametrize(
    ("text", "newline"), [("version: 1", None), ("version: 1\r\n", "crlf"), ("version: 1\nshop: a\r\n", "mixed")]
)
def test_newline_is_told(text, newline):
    assert _read(text).facts()["newline"] == newline


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (NEW, True),
        ("version: 1\n", True),
        ("# 注释\r\n\r\ngroups:\r\n", True),
        ("# 注释\rshop: a\r", True),
        ('{"version": 1}', True),
        ("\ufeff\n{version: 1}", True),
        ("", False),
        ("快捷短语编码,快捷短语,快捷短语分组\nhy,您好,售前\n", False),
        ("hy,version: 1,x\n", False),
        ("<?xml version='1.0'?>\n<a>\nversion: 1\n</a>", False),
        ("  version: 1", False),
    ],
)
def test_sniff(text, own):
    assert pack.sniff(text) is own


def test_import_is_cheap_and_counting_needs_no_model():
    program = """
import sys
from qnphrase.formats.yaml import pack
assert not {"yaml", "pydantic", "difflib"} & set(sys.modules)
from qnphrase.document.document import Document
from qnphrase.formats.base import ReadOptions
reading = pack.read(Document.of_bytes(b"version: 1"), ReadOptions())
reading.counts()
reading.facts()
assert "pydantic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
