"""What isn't a phrasebook: each trap with its exact place, and with what to write instead."""

import pytest

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.yaml import pack

HEAD = "version: 1\nphrases:\n  - code: hy\n    "
REPLIES = "version: 1\nauto_replies:\n  - when: "


def _read(text: str) -> pack.YamlReading:
    return pack.read(Document.of_bytes(text.encode(), path="店.yaml"), ReadOptions())


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        # What YAML takes for something else than text.
        (HEAD + "text: @客服", 4, 11, 'text: "@客服"'),
        (HEAD + "text: `x", 4, 11, 'text: "`x"'),
        (HEAD + "text: %x", 4, 11, 'text: "%x"'),
        (HEAD + "text: *x", 4, 11, 'text: "*x"'),
        (HEAD + "text: *好评", 4, 11, 'text: "*好评"'),
        (HEAD + "text: &x", 4, 11, 'text: "&x"'),
        (HEAD + "text: !x", 4, 11, 'text: "!x"'),
        (HEAD + "text: !好 x", 4, 11, 'text: "!好 x"'),
        (HEAD + "text: [微笑]", 4, 11, 'text: "[微笑]"'),
        (HEAD + "text: [微笑]您好", 4, 11, 'text: "[微笑]您好"'),
        (HEAD + "text: {买家昵称}您好", 4, 11, 'text: "{买家昵称}您好"'),
        (HEAD + "text: |您好", 4, 11, 'text: "|您好"'),
        (HEAD + "text: >您好", 4, 11, 'text: ">您好"'),
        (HEAD + "text: - x", 4, 11, "引号"),
        (HEAD + "text: ? x", 4, 11, 'text: "? x"'),
        (HEAD + "text: , x", 4, 11, 'text: ", x"'),
        (HEAD + "text: 您好: 亲", 4, 13, 'text: "您好: 亲"'),
        (HEAD + 'text: "您好"亲', 4, 15, "引号"),
        (HEAD + "text: 'it's'", 4, 15, 'text: "it\'s"'),
        (HEAD + "text: '您好", 4, 11, "引号没有结束"),
        (HEAD + 'text: "您好\n    note: x', 4, 11, "引号没有结束"),
        (HEAD + 'text: "\\q"', 4, 12, "反斜杠"),
        (HEAD + 'text: "\\ud83d\\ude00"', 4, 14, "\\u"),
        (HEAD + "tags: [a, b\n    text: x", 4, 11, "]"),
        (HEAD + "tags: [[a]]", 4, 12, '"[a]"'),
        # Colons, tabs, indentation, what nobody sees.
        (HEAD + "text：您好", 4, 5, "text: 您好"),
        (HEAD + "text:您好", 4, 5, "text: 您好"),
        (HEAD + "\ttext: x", 4, 5, "TAB"),
        ("version: 1\nphrases:\n\t- code: x", 3, 1, "TAB"),
        (HEAD + " text: x", 4, 10, "左对齐"),
        (HEAD[:-1] + "text: x", 4, 4, "对不上"),
        ("version: 1\n shop: 店", 2, 2, "缩进太多"),
        (HEAD + "text: a\x01b", 4, 12, "U+0001"),
        (HEAD + "text: a\u2028b", 4, 12, "U+2028"),
        ("version: 1 # 备注\u2028\nshop: x", 1, 16, "U+2028"),
        ("version: 1\nshop: |\n  a\x85  b\n", 3, 4, "U+0085"),
        ("\ufeff\ufeffversion: 1", 1, 1, "BOM"),
        # The shape of the book.
        ("", 1, 1, "空的"),
        ("# 只有注释\n", 1, 1, "空的"),
        ("[]", 1, 1, "不是短语本"),
        ("快捷短语编码,快捷短语\nhy,您好\n", 1, 1, "不是短语本"),
        ("groups: []", 1, 1, "version: 1"),
        ("version: 2", 1, 10, "version: 1"),
        ("version: '1'", 1, 10, "不要加引号"),
        ("version: 1\n---\nversion: 1", 2, 1, "一本"),
        ("version: 1\nversion: 1", 2, 1, "两次"),
        ("version: 1\ngroup: []", 2, 1, "是不是想写 groups"),
        ("version: 1\n分组: []", 2, 1, "是不是想写 groups"),
        (HEAD + "内容: x", 4, 5, "是不是想写 text"),
        (HEAD + "备注: x", 4, 5, "是不是想写 note"),
        (HEAD + "编码: x", 4, 5, "是不是想写 code"),
        (HEAD + "txet: x", 4, 5, "是不是想写 text"),
        (HEAD + "zzz: x", 4, 5, "可以写 code、text"),
        (HEAD + "code: x", 4, 5, "两次"),
        (HEAD + "<<: {a: b}", 4, 5, "合并"),
        (HEAD + "? text\n    : x", 4, 5, "字段名"),
        (HEAD + "[a]: x", 4, 5, "字段名"),
        (HEAD + "text:\n      - x", 5, 7, "列表"),
        (HEAD + "text:\n      a: b", 5, 7, "要写文字"),
        (HEAD + "tags: 欢迎", 4, 11, "tags: [欢迎]"),
        (HEAD + "tags: [a: b]", 4, 12, '"a: b"'),
        (HEAD + "replace: [a]", 4, 14, 'replace: "[a]"'),
        (HEAD + "替换: x", 4, 5, "是不是想写 replace"),
        (HEAD + "覆盖: x", 4, 5, "是不是想写 replace"),
        ("version: 1\nremove: zp3", 2, 9, "remove: [zp3]"),
        ("version: 1\nremove: {a: b}", 2, 9, "remove: [zp3]"),
        ("version: 1\nremove:\n  - *x", 3, 5, 'remove: "*x"'),
        ("version: 1\nremove: [x, [a]]", 2, 13, "remove 的每一项"),
        ("version: 1\n删掉: [a]", 2, 1, "是不是想写 remove"),
        ("version: 1\n去掉: [a]", 2, 1, "是不是想写 remove"),
        (HEAD + "until: 2026/12/31", 4, 12, "2026-12-31"),
        (HEAD + "until: 2026-02-30", 4, 12, "没有 2026-02-30"),
        (HEAD + "until:", 4, 11, "空的"),
        (HEAD + "enabled: no", 4, 14, "enabled: false"),
        (HEAD + "enabled: 是", 4, 14, "enabled: true"),
        (HEAD + "enabled: 'false'", 4, 14, "不要加引号"),
        (HEAD + "extra: x", 4, 12, "列名"),
        (HEAD + "extra: {a: }", 4, 13, "不能空着"),
        (HEAD + "extra: {a: [b]}", 4, 16, 'a: "[b]"'),
        (HEAD + "extra: {a: b, a: c}", 4, 19, "两次"),
        ("version: 1\nphrases: 您好", 2, 10, "- text"),
        ("version: 1\nphrases:\n  code: x", 3, 3, "- text"),
        ("version: 1\nphrases:\n  - 您好", 3, 5, '- text: "您好"'),
        ("version: 1\nphrases:\n  - note: x", 3, 5, "不能都空着"),
        ("version: 1\nphrases: [code: x]", 2, 11, "花括号"),
        ("version: 1\ngroups:\n  - phrases: []", 3, 5, "name"),
        ("version: 1\ngroups:\n  - name:", 3, 5, "分组名不能空着"),
        ("version: 1\ngroups:\n  - name: a\n  - name: a", 4, 11, "第 3 行"),
        ("version: 1\ngroups: &x []", 2, 9, "锚点"),
        (REPLIES + "忙碌", 3, 11, "是不是想写 busy"),
        (REPLIES + "awya", 3, 11, "是不是想写 away"),
        ("version: 1\nauto_replies:\n  - text: x", 3, 5, "when: busy"),
        (REPLIES + "contacts_over", 3, 5, "threshold: 30"),
        (REPLIES + "contacts_over\n    threshold: 030", 4, 16, "1 到 9999"),
        (REPLIES + "contacts_over\n    threshold: 10000", 4, 16, "1 到 9999"),
        (REPLIES + "busy\n    threshold: 3", 4, 5, "contacts_over"),
        (REPLIES + "busy\n    text: x\n    phrase: y", 5, 5, "不能两个都写"),
        (REPLIES + "busy\n    hours: 9点到18点", 4, 12, "09:00-18:00"),
        (REPLIES + "busy\n    hours: 25:00-26:00", 4, 12, "看不懂"),
        (REPLIES + "busy\n    hours: 09:00-09:00", 4, 12, "同一个时刻"),
        (REPLIES + "busy\n    hours: 09:00-12:00, 下午", 4, 12, "下午"),
        (REPLIES + "busy\n    days: 工作日", 4, 11, "周一-周五"),
        (REPLIES + "busy\n    dates: 2026-02-30", 4, 12, "2026-11-11"),
        (REPLIES + "busy\n    dates: 2026-10-08..2026-10-01", 4, 12, "之前"),
        (REPLIES + "busy\n    except_dates: 国庆", 4, 19, "2026-10-01..2026-10-08"),
        (REPLIES + "busy\n    cooldown: 1小时", 4, 15, "43200"),
        (REPLIES + "busy\n    时间段: 09:00-18:00", 4, 5, "是不是想写 hours"),
        (REPLIES + "busy\n    hour: 09:00-18:00", 4, 5, "是不是想写 hours"),
        (REPLIES + "busy\n    冷却: 60", 4, 5, "是不是想写 cooldown"),
        # Conflict markers.
        ("version: 1\n<<<<<<< HEAD\nshop: a\n=======\nshop: b\n>>>>>>> b", 2, 1, "合并冲突"),
        ("version: 1\nshop: a\n=======\nshop: b", 3, 1, "合并冲突"),
        ("version: 1\r\nshop: a\r\n>>>>>>> b", 3, 1, "合并冲突"),
    ],
)
def test_trap(text, line, column, words):
    with pytest.raises(PackSyntaxError) as caught:
        _read(text)
    error = caught.value
    assert (error.path, error.line, error.column) == ("店.yaml", line, column)
    assert words in f"{error.what}\n{error.hint}"
    assert error.hint


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("no", "no"),
        ("007", "007"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("~", "~"),
        ("null", "null"),
        ("2026-12-31", "2026-12-31"),
        ("1e3", "1e3"),
        ("<<", "<<"),
        ("亲#1", "亲#1"),
        ("/:^_^", "/:^_^"),
        ("https://a.b/c?d", "https://a.b/c?d"),
        ("您好\n      亲", "您好 亲"),
        ("|\n      您好\n      亲", "您好\n亲\n"),
        ('"a\\r\\nb\\rc"', "a\nb\nc"),
        ("======= x", "======= x"),
        ('"😀"', "😀"),
        ('"a\u2028b"', "a\u2028b"),
        ("", ""),
    ],
)
def test_text_is_as_written(written, text):
    assert _read(f"{HEAD}text: {written}\n").book().phrases[0].text == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (HEAD + "text: 亲 #1", [4]),
        (HEAD + "text: #促销", [4]),
        (HEAD + "text: 亲  # 备注", []),
        (HEAD + 'text: "亲" # 备注', []),
        (HEAD + "text: 亲#1", []),
        (HEAD + "note: 亲 #1", []),
        (HEAD + "text: a\n  - text: b #c", [5]),
        (REPLIES + "busy\n    text: 亲 #1", [4]),
    ],
)
def test_text_that_stops_at_a_hash_is_noticed(text, lines):
    notices = _read(text).notices
    assert [notice.line for notice in notices] == lines
    assert all("注释" in notice.message for notice in notices)


def test_undecodable_bytes_are_part_of_the_text():
    data = HEAD.encode() + "text: 您好\n".encode() + b"    note: a\xffb\xff\n" + b'    scenario: "\\U000F0000"\n'
    reading = pack.read(Document.of_bytes(data, encoding="utf-8"), ReadOptions())
    phrase = reading.book().phrases[0]
    assert (phrase.text, phrase.note, phrase.scenario) == ("您好", "a\udcffb\udcff", "\U000f0000")
    assert reading.facts()["undecodable"] is True
