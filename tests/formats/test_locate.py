"""The place of every character of every value, in every format, however it is written."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase import Group
from qnphrase import Phrase
from qnphrase import Phrasebook
from qnphrase import load
from qnphrase import new_pack
from qnphrase.formats.base import Reading
from qnphrase.schedule import schedule_of

TEXTS = st.text(st.sampled_from("亲您好，。 \n\t,\"'&<>:#|-{}[]\\/^_a1é😀\u2028"), min_size=1, max_size=12)
BOOKS = st.builds(
    Phrasebook,
    groups=st.lists(
        st.builds(Group, name=TEXTS, phrases=st.lists(st.builds(Phrase, code=TEXTS, text=TEXTS), max_size=3)),
        max_size=3,
        unique_by=lambda group: group.name,
    ),
    phrases=st.lists(st.builds(Phrase, text=TEXTS), max_size=2),
)
LAYOUTS = {
    "csv": '编码,内容,分组\r\n"a""b","\t亲&#13;您\r\n""好""&#44;吧",售前\r\nc,\t直接,售前\r\n',
    "xml": (
        "<?xml version='1.0'?>\r\n<list><g name='售&#21069;'><p code='a&amp;b' text='亲&#10;您 &quot;好&#x22;'/>"
        "<p code='c' text='x&#13;&#10;y'/></g></list>"
    ),
    "xml-named": (
        "<list><g><p><code>a</code><content>亲您</content></p><name>售<![CDATA[<前>]]>&amp;</name>"
        "<g><name>里</name><p><code>b</code><content>直接</content></p></g></g></list>"
    ),
    "xml-children": (
        "<list><p><code>a</code><content>亲<![CDATA[<您>\r\n]]>好&amp;<!-- 注 -->吧</content><group>售前</group></p>"
        "<p><code>b</code><content>直接</content><group>售前</group></p></list>"
    ),
    "yaml": (
        'version: 1\nsignature: "签\\u540D\\n行"\ngroups:\n- name: \'售\'\'前\'\n  phrases:\n'
        "  - code: \"a\\\"b\"\n    text: |2-\n        缩进\n      亲\n\n      您好\n"
        "  - {code: c, text: 'x ''y''\n      折行'}\n"
        "  - {code: 'it''', text: \"你\\\\\"}\n"
        "  - code: d\n    text: >-\n      折叠\n      一行\n\n      二行\n"
        '  - code: e\n    text: "转\\\n      义 \\x41\\t\n      b"\n'
        "  - code: f\n    text: 平铺\n      直叙\n\n      三行 # 注释\n"
        "auto_replies:\n- {when: busy, text: 在忙}\n"
    ),
}  # fmt: skip


def _check(reading: Reading) -> int:
    """Check each character of each value; return how many there were."""
    text = reading.document.text
    count = 0
    for subject in reading.subjects():
        entry = reading.entry(subject.place)
        values = {
            "text": subject.text,
            "code": subject.code if subject.kind == "phrase" else "",
            "group": subject.group,
        }
        for field, value in values.items():
            before = -1
            for index, character in enumerate(value if subject.kind == "phrase" or field == "text" else ""):
                span = reading.locate(subject.place, field, index, index + 1)
                raw = span.of(text)
                assert _says(raw, character), (subject, field, index, raw)
                assert span.start >= before
                before = span.end
                count += 1
                if field != "group":  # which may stand around the entry
                    assert entry.start <= span.start < span.end <= entry.end, (subject, field, index)
        whole = reading.locate(subject.place, "text", 0, len(subject.text))
        assert entry.start <= whole.start <= whole.end <= max(entry.end, whole.start)
    return count


def _says(raw: str, character: str) -> bool:
    """Whether what is written can stand for the character."""
    if raw == character or html.unescape(raw).replace("\r\n", "\n").replace("\r", "\n") == character:
        return True
    if raw in ('""', "''", "&#44;", "&#13;", "&#10;"):
        return character in "\"',\n"
    if raw.startswith("\\"):
        return character in '"\\\n\t' or raw[1] in "xuULP"
    return not raw.strip() and character in " \n"


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_character_of_every_layout(name: str) -> None:
    pack = load(LAYOUTS[name].encode(), format=name.partition("-")[0])
    assert _check(pack.reading) > 8


@pytest.mark.parametrize("format_name", ["csv", "xml", "yaml"])
@given(book=BOOKS)
def test_every_character_of_new_files(format_name: str, book: Phrasebook) -> None:
    pack = new_pack(book, format_name, encoding="utf-8")
    _check(pack.reading)
    subjects = pack.reading.subjects()
    assert sorted((s.group, s.code, s.text) for s in subjects) == sorted(
        (g, p.code, p.text) for g, p in book.all_phrases()
    )


def test_what_is_not_written_is_where_it_would_stand() -> None:
    pack = load("编码,内容,分组\na,亲\n".encode())
    assert pack.reading.locate(0, "group", 0, 0) == pack.reading.locate(0, "text", 1, 1)
    book = load("version: 1\nphrases:\n- text: 亲\n".encode(), format="yaml")
    assert book.reading.locate(0, "code", 0, 0).of(book.document.text) == "text"


def test_the_text_of_a_pointer_is_where_it_points() -> None:
    text = "version: 1\nphrases:\n- {code: hy, text: 您好亲，欢迎}\nauto_replies:\n- when: busy\n  phrase: 'hy'\n"
    reading = load(text.encode(), format="yaml").reading
    reply = reading.subjects()[1]
    assert (reply.code, reply.text) == ("忙碌→hy", "您好亲，欢迎")
    for start, end in ((0, 6), (0, 1), (5, 6), (6, 6)):
        assert reading.locate(reply.place, "text", start, end).of(text) == "'hy'"


def test_when_a_reply_may_be_sent() -> None:
    said = "auto_replies:\n- {when: busy, days: sun, hours: 9:00-18:00}\n- {when: away, cooldown: 5}\n"
    busy, away = load(f"version: 1\n{said}".encode(), format="yaml").reading.subjects()
    assert busy.schedule == schedule_of(days="sun", hours="9:00-18:00")
    assert away.schedule is None
