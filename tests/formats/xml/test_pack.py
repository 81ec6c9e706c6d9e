"""What is told of a file, and what importing and inspecting cost."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from qnphrase.document.document import Document
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.xml import pack

TEXT = (
    '<?xml version="1.0" encoding="GBK"?><书><分组 名称="售前">'
    '<短语 编码="hy"><内容>您好</内容><备注>新</备注></短语></分组>'
    '<分组 名称="空"/><短语><内容>散</内容></短语></书>'
)


def test_facts_are_json(read_text):
    facts = read_text(TEXT.encode("gbk"), encoding="gbk").facts()
    assert json.loads(json.dumps(facts, ensure_ascii=False)) == {
        "profile": "detected",
        "root": "书",
        "record": "短语",
        "mapping": "record=短语 text=内容 code=@编码 group=../@名称",
        "fields": {"text": "内容", "code": "@编码"},
        "extras": {"备注": "备注"},
        "nesting": "nested",
        "group_name": "@名称",
        "declared_encoding": "GBK",
        "declaration_lies": False,
    }


def test_counts_and_carries(read_text):
    reading = read_text(TEXT)
    assert reading.counts() == {"phrases": 2, "groups": 2, "ungrouped": 1, "auto_replies": 0}
    assert reading.carries.extras == {"备注"}
    assert reading.carries.codes
    assert reading.carries.groups
    plain = read_text('<l><item content="a"/></l>').carries
    assert (plain.codes, plain.groups, plain.extras) == (False, False, frozenset())
    assert read_text('<l><item content="a"><x name="b">c</x></item></l>').carries.extras is None
    named = '<r><row><field name="content">a</field><field name="n">b</field></row></r>'
    assert read_text(named).carries.extras == {"n"}  # another one could be taken for the text


@pytest.mark.parametrize(
    ("declared", "codec", "lies"),
    [
        ("UTF-8", "utf-8", False),
        ("", "utf-8", False),
        ("utf8", "utf-8-sig", False),
        ("GB2312", "gbk", False),
        ("gb18030", "gbk", False),
        ("UTF-16", "utf-16", False),
        ("", "utf-16", False),
        ("", "gbk", True),
        ("UTF-8", "gbk", True),
        ("GBK", "utf-8", True),
        ("UTF-16", "utf-8", True),
        ("UTF-8", "utf-16", True),
        ("latin-1", "utf-8", True),
        ("no-such-codec", "utf-8", True),
    ],
)
def test_whether_the_declaration_lies(declared, codec, lies):
    said = f' encoding="{declared}"' if declared else ""
    text = f'<?xml version="1.0"{said}?><l><item content="您好镕，欢迎光临"/></l>'
    reading = pack.read(Document.of_bytes(text.encode(codec)), ReadOptions())
    assert reading.rows[0].text == "您好镕，欢迎光临"
    assert reading.facts()["declaration_lies"] is lies
    assert any("实际是" in notice.message for notice in reading.notices) is lies


def test_an_ascii_file_never_lies(read_text):
    assert not read_text('<?xml version="1.0" encoding="GBK"?><l><item content="a"/></l>').facts()["declaration_lies"]


@pytest.mark.parametrize(
    ("text", "is_xml"), [("<a/>", True), (" \r\n<?xml?>", True), ("a,b", False), ("", False), ("version: 1", False)]
)
def test_sniff(text, is_xml):
    assert pack.sniff(text) is is_xml


def test_where_a_record_stands(read_text):
    reading = read_text(TEXT)
    record = reading.record(0)
    assert reading.document.text[record.start : record.end].startswith('<短语 编码="hy">')


@pytest.mark.parametrize(
    ("what", "absent"),
    [
        ("", ("lxml", "pydantic", "qnphrase.formats.xml.lexer", "qnphrase.formats.xml.nested")),
        ("r = pack.read(d, ReadOptions()); r.counts(); r.facts()", ("pydantic", "qnphrase.formats.xml.plan")),
    ],
)
def test_what_is_imported(what, absent):
    program = (
        "import sys\nfrom qnphrase.document.document import Document\nfrom qnphrase.formats.base import ReadOptions\n"
        "from qnphrase.formats.xml import pack\nd = Document.of_bytes(b'<l><item content=\"a\"/></l>')\n"
        f"{what}\nprint([name for name in {absent!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
