"""Edits as a person sees them: what stands in the file before, and after."""

import difflib

import pytest

from qnphrase.document.document import Document
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.yaml import pack
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

BOOK = """\
# 示例短语本
version: 1
shop: "示例 旗舰店"   # 店铺

groups:
  # 售前
  - name: 售前-欢迎
    phrases:
      - code: hy
        text: 您好亲   # 常用
        note: '新客'

      # 尺码
      - code: "001"
        text: |
          第一行
          第二行
        tags: [尺码, 大促]

  # 售后
  - name: 售后
    phrases:
      - {code: th, text: 退货}  # 退
      - {code: hh, text: "换货"}

  - name: 空
    phrases: []

auto_replies:
- when: busy
  text: 稍等
"""
MOVED = """\
-      - code: hy
-        text: 您好亲   # 常用
-        note: '新客'
-      - code: "001"
-        text: |
-          第一行
-          第二行
-        tags: [尺码, 大促]
"""
NEW = Phrase(code="new", text="新的", tags=("a",))


def _edited(text: str, change: object) -> str:
    reading = pack.read(Document.of_bytes(text.encode()), ReadOptions())
    book = change(reading.book())
    edited = reading.document.edited(reading.edits(book))
    assert pack.read(edited, ReadOptions()).book() == book
    return edited.text


def _with(model, **changes):
    return type(model)(**{name: getattr(model, name) for name in type(model).model_fields} | changes)


def _group(book, at, **changes):
    groups = list(book.groups)
    groups[at] = _with(groups[at], **changes)
    return _with(book, groups=tuple(groups))


def _phrase(book, group, at, **changes):
    phrases = list(book.groups[group].phrases)
    phrases[at] = _with(phrases[at], **changes)
    return _group(book, group, phrases=tuple(phrases))


def _regrouped(book):
    first, second, third = book.groups
    return _with(book, groups=(_with(first, phrases=()), _with(second, phrases=second.phrases + first.phrases), third))


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda b: _phrase(b, 0, 0, text="新的"), "-        text: 您好亲   # 常用\n+        text: 新的   # 常用\n"),
        (lambda b: _phrase(b, 0, 0, note="it's"), "-        note: '新客'\n+        note: 'it''s'\n"),
        (lambda b: _phrase(b, 0, 0, note=""), "-        note: '新客'\n"),
        (
            lambda b: _phrase(b, 0, 0, text="两\n行"),
            "-        text: 您好亲   # 常用\n+        text: |-   # 常用\n+          两\n+          行\n",
        ),
        (
            lambda b: _phrase(b, 0, 0, code=""),
            "-      - code: hy\n-        text: 您好亲   # 常用\n+      - text: 您好亲   # 常用\n",
        ),
        (lambda b: _phrase(b, 0, 0, code="no"), '-      - code: hy\n+      - code: "no"\n'),
        (lambda b: _phrase(b, 0, 0, enabled=False), "+        enabled: false\n"),
        (lambda b: _phrase(b, 0, 0, scenario="greet.first"), "+        scenario: greet.first\n"),
        (lambda b: _phrase(b, 0, 1, text="第一行\n改了\n"), "-          第二行\n+          改了\n"),
        (
            lambda b: _phrase(b, 0, 1, text="一行"),
            "-        text: |\n-          第一行\n-          第二行\n+        text: 一行\n",
        ),
        (lambda b: _phrase(b, 0, 1, tags=("大促",)), "-        tags: [尺码, 大促]\n+        tags: [大促]\n"),
        (
            lambda b: _phrase(b, 0, 1, tags=("尺码", "x", "大促")),
            "-        tags: [尺码, 大促]\n+        tags: [尺码, x, 大促]\n",
        ),
        (lambda b: _phrase(b, 0, 1, tags=()), "-        tags: [尺码, 大促]\n"),
        (lambda b: _phrase(b, 0, 1, extra={"列": "1"}), '+        extra:\n+          列: "1"\n'),
        (
            lambda b: _phrase(b, 1, 1, note="a, b"),
            '-      - {code: hh, text: "换货"}\n+      - {code: hh, text: "换货", note: "a, b"}\n',
        ),
        (lambda b: _phrase(b, 1, 0, code=""), "-      - {code: th, text: 退货}  # 退\n+      - {text: 退货}  # 退\n"),
        (
            lambda b: _group(b, 0, phrases=(*b.groups[0].phrases, NEW)),
            "+      - code: new\n+        text: 新的\n+        tags: [a]\n+\n",
        ),
        (
            lambda b: _group(b, 1, phrases=(*b.groups[1].phrases, NEW)),
            "+      - {code: new, text: 新的, tags: [a]}\n",
        ),
        (
            lambda b: _group(b, 0, phrases=b.groups[0].phrases[1:]),
            "-      - code: hy\n-        text: 您好亲   # 常用\n-        note: '新客'\n",
        ),
        (
            lambda b: _group(b, 2, phrases=(NEW,)),
            "-    phrases: []\n+    phrases:\n+      - code: new\n+        text: 新的\n+        tags: [a]\n",
        ),
        (lambda b: _group(b, 0, name="改名"), "-  - name: 售前-欢迎\n+  - name: 改名\n"),
        (
            lambda b: _group(b, 0, name="改名", phrases=(*b.groups[0].phrases, NEW)),
            "-  - name: 售前-欢迎\n+  - name: 改名\n+      - code: new\n+        text: 新的\n+        tags: [a]\n+\n",
        ),
        (
            lambda b: _with(b, groups=(b.groups[0], Group(name="新组"), *b.groups[1:])),
            "+  - name: 新组\n+    phrases: []\n+\n",
        ),
        (lambda b: _with(b, groups=b.groups[:2]), "-  - name: 空\n-    phrases: []\n"),
        (
            _regrouped,
            "-    phrases:\n+    phrases: []\n" + MOVED + MOVED.replace("\n-", "\n+").replace("-", "+", 1),
        ),
        (lambda b: _with(b, shop="店"), '-shop: "示例 旗舰店"   # 店铺\n+shop: "店"   # 店铺\n'),
        (lambda b: _with(b, shop=""), '-shop: "示例 旗舰店"   # 店铺\n'),
        (lambda b: _with(b, signature="签名"), "+signature: 签名\n"),
        (lambda b: _with(b, phrases=(Phrase(code="x"),)), "+\n+phrases:\n+  - code: x\n"),
        (lambda b: _with(b, auto_replies=()), "-auto_replies:\n-- when: busy\n-  text: 稍等\n+auto_replies: []\n"),
        (
            lambda b: _with(b, auto_replies=(*b.auto_replies, AutoReply(when=Trigger.AWAY, phrase="hy"))),
            "+- when: away\n+  phrase: hy\n",
        ),
        (
            lambda b: _with(b, auto_replies=(AutoReply(when=Trigger.CONTACTS_OVER, threshold=5, text="稍等"),)),
            "-- when: busy\n+- when: contacts_over\n+  threshold: 5\n",
        ),
    ],
)
def test_difference(change, difference):
    after = _edited(BOOK, change)
    lines = difflib.ndiff(BOOK.split("\n"), after.split("\n"))
    found = [line for line in lines if line[0] in "+-"]
    expected = [f"{line[0]} {line[1:]}" for line in difference.split("\n") if line]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_breaks_of_the_file_are_kept(newline):
    text = BOOK.replace("\n", newline)
    after = _edited(text, lambda b: _phrase(b, 0, 0, text="两\n行", note="x", until="2026-12-31"))
    assert after.replace("\r\n", "\n").replace("\r", "\n").count("\n") == after.count(newline)
    assert f"text: |-   # 常用{newline}          两{newline}          行{newline}" in after


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        # No line break at the end of the file.
        ("version: 1\nshop: a", lambda b: _with(b, signature="s"), "version: 1\nshop: a\nsignature: s\n"),
        ("version: 1\nshop: a", lambda b: _with(b, shop="x\ny"), "version: 1\nshop: |-\n  x\n  y\n"),
        ("version: 1\nshop: |\n  a", lambda b: _with(b, signature="s"), "version: 1\nshop: |-\n  a\nsignature: s\n"),
        ("version: 1\nshop: |-\n  a", lambda b: _with(b, signature="s"), "version: 1\nshop: |-\n  a\nsignature: s\n"),
        ("version: 1\nshop:", lambda b: _with(b, shop="x"), "version: 1\nshop: x"),
        (
            "version: 1\ngroups:",
            lambda b: _with(b, groups=(Group(name="x"),)),
            "version: 1\ngroups:\n  - name: x\n    phrases: []\n",
        ),
        # Empty lists.
        (
            "version: 1\nphrases: # c\n",
            lambda b: _with(b, phrases=(NEW,)),
            "version: 1\nphrases: # c\n  - code: new\n    text: 新的\n    tags: [a]\n",
        ),
        (
            "version: 1\nphrases: []  # c\n",
            lambda b: _with(b, phrases=(Phrase(text="x"),)),
            "version: 1\nphrases:  # c\n  - text: x\n",
        ),
        (
            "version: 1\nphrases: [ # c\n]\n",
            lambda b: _with(b, phrases=(Phrase(text="x"),)),
            "version: 1\nphrases: [{text: x} # c\n]\n",
        ),
        ("version: 1\n", lambda b: _with(b, phrases=(Phrase(text="x"),)), "version: 1\nphrases:\n  - text: x\n"),
        ("version: 1\n...\n", lambda b: _with(b, shop="x"), "version: 1\nshop: x\n...\n"),
        # A text that ends with empty lines takes up no others.
        (
            "version: 1\nphrases:\n  - text: |+\n      a\n\n  - text: b\n\n  - text: c\n",
            lambda b: _with(b, phrases=(b.phrases[0], b.phrases[2])),
            "version: 1\nphrases:\n  - text: |+\n      a\n\n  - text: c\n",
        ),
        (
            "version: 1\nphrases:\n  - text: |+\n      a\n\n  - text: b\n",
            lambda b: _with(b, phrases=(_with(b.phrases[0], text="x\n\n"), b.phrases[1])),
            "version: 1\nphrases:\n  - text: |+\n      x\n\n  - text: b\n",
        ),
        # Comments that are indented belong to what stands above them.
        (
            "version: 1\nphrases:\n  - text: a\n    # of a\n  # b\n  - text: b\n",
            lambda b: _with(b, phrases=b.phrases[1:]),
            "version: 1\nphrases:\n  # b\n  - text: b\n",
        ),
        (
            "version: 1\nshop: a\n     # c\n",
            lambda b: _with(b, shop="x\ny"),
            'version: 1\nshop: "x\\ny"\n     # c\n',
        ),
        # When an auto-reply may be sent.
        (
            "version: 1\nauto_replies:\n- when: away  # 夜里\n  text: a\n  hours: '22:00-08:00' # 晚\n",
            lambda b: _with(b, auto_replies=(_with(b.auto_replies[0], hours="23:00-08:00", cooldown=60),)),
            "version: 1\nauto_replies:\n- when: away  # 夜里\n  text: a\n  hours: '23:00-08:00' # 晚\n  cooldown: 60\n",
        ),
        (
            "version: 1\nauto_replies:\n- {when: away, days: 周六, hours: 9:00-18:00, text: a}\n",
            lambda b: _with(b, auto_replies=(_with(b.auto_replies[0], days="sat, sun", hours=""),)),
            'version: 1\nauto_replies:\n- {when: away, days: "sat, sun", text: a}\n',
        ),
        # Flow and JSON.
        ("{version: 1}", lambda b: _with(b, shop="x"), "{version: 1, shop: x}"),
        (
            '{"version": 1,\n "phrases": [\n  {"text": "a"}\n ]}\n',
            lambda b: _with(b, phrases=(*b.phrases, Phrase(text="新", tags=("b",))), shop="x"),
            '{"version": 1,\n "shop": "x",\n "phrases": [\n  {"text": "a"}, {"text": "新", "tags": ["b"]}\n ]}\n',
        ),
        (
            "{version: 1, phrases: [{text: a}, {text: b}]}",
            lambda b: _with(b, phrases=b.phrases[:1]),
            "{version: 1, phrases: [{text: a}]}",
        ),
        (
            "{version: 1, phrases: [{text: a}, {text: b}]}",
            lambda b: _with(b, phrases=b.phrases[::-1]),
            "{version: 1, phrases: [{text: b}, {text: a}]}",
        ),
        (
            "{version: 1, phrases: [{code, text: a}]}",
            lambda b: _with(b, phrases=(Phrase(code="x", text="a"),)),
            "{version: 1, phrases: [{code: x, text: a}]}",
        ),
        ('version: 1\nshop: "a"#c\n', lambda b: _with(b, shop="x\ny"), "version: 1\nshop: |- #c\n  x\n  y\n"),
    ],
)
def test_before_and_after(before, change, after):
    assert _edited(before, change) == after


def test_items_are_indented_like_their_neighbours():
    head = "version: 1\nphrases:\n    -   text: a\n"
    text = head + "groups:\n    -   name: g\n        phrases:\n            -   text: b\n"
    groups = (Group(name="g", phrases=(NEW,)),)
    after = _edited(text, lambda b: _with(b, phrases=(*b.phrases, *b.groups[0].phrases), groups=groups))
    assert after == (
        "version: 1\nphrases:\n    -   text: a\n    -   text: b\ngroups:\n    -   name: g\n        phrases:\n"
        "            -   code: new\n                text: 新的\n                tags: [a]\n"
    )


def test_bytes_that_are_no_text_stay_as_they_are():
    data = b'version: 1\nshop: a\xff\nsignature: "\xfe" # \xfd\n'
    reading = pack.read(Document.of_bytes(data, encoding="utf-8"), ReadOptions())
    book = reading.book()
    edited = reading.document.edited(reading.edits(_with(book, shop=book.shop + "b\nc", signature="x")))
    assert edited.data == b'version: 1\nshop: |-\n  a\xffb\n  c\nsignature: "x" # \xfd\n'


def test_mark_in_front_of_the_file_moves_nothing():
    reading = pack.read(Document.of_bytes("\ufeffversion: 1\nshop: 店\n".encode()), ReadOptions())
    edited = reading.document.edited(reading.edits(Phrasebook(shop="新")))
    assert edited.data == "\ufeffversion: 1\nshop: 新\n".encode()


def test_a_key_that_yaml_cannot_take_is_refused():
    reading = pack.read(Document.of_bytes(b"version: 1\n"), ReadOptions())
    with pytest.raises(UnrepresentableError, match="列名太长"):
        reading.edits(Phrasebook(phrases=(Phrase(text="x", extra={"列" * 2000: "1"}),)))
