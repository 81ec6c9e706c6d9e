"""What a book that is laid over others says of them: `replace` on a phrase, `remove` on the book."""

import json

import pytest

from qnphrase.document.document import Document
from qnphrase.document.span import Span
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Style
from qnphrase.formats.losses import carried
from qnphrase.formats.yaml import pack
from qnphrase.merge.files import merge_packs
from qnphrase.merge.lock import lock_text
from qnphrase.merge.three_way import merge_books
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.pack import load
from qnphrase.pack import new_pack

OVERLAY = """\
version: 1
shop: 分店
remove: # 分店不用的
  - zp3          # 赠品没了

  # 不议价
  - '售前-议价/*'
  - |
    亲，
    没有编码的
phrases:
  - code: hy1
    text: 分店的欢迎语
    replace: "售前\\u002D欢迎/hy"
  - {text: 两, replace: '有''全文'}
  - text: 三
"""
BOOK = Phrasebook(
    shop="分店",
    remove=("zp3", "售前-议价/*", "亲，\n没有编码的\n"),
    phrases=(
        Phrase(code="hy1", text="分店的欢迎语", replace="售前-欢迎/hy"),
        Phrase(text="两", replace="有'全文"),
        Phrase(text="三"),
    ),
)


def _read(text: str) -> pack.YamlReading:
    return pack.read(Document.of_bytes(text.encode()), ReadOptions())


def test_an_overlay_is_read_and_written():
    assert _read(OVERLAY).book() == BOOK
    new = pack.new(BOOK, Style(newline="\n"))
    assert '\nremove: [zp3, 售前-议价/*, "亲，\\n没有编码的\\n"]\n' in new
    assert "\n    text: 分店的欢迎语\n    replace: 售前-欢迎/hy\n" in new
    assert _read(new).book() == BOOK


@pytest.mark.parametrize(
    ("remove", "old", "new"),
    [
        (("zp4", *BOOK.remove[1:]), "zp3 ", "zp4 "),
        (("zp3", "售前-*", BOOK.remove[2]), "'售前-议价/*'", "'售前-*'"),
        ((*BOOK.remove[:2], "换\n了"), "|\n    亲，\n    没有编码的\n", "|-\n    换\n    了\n"),
        ((*BOOK.remove[:2], "一行"), "|\n    亲，\n    没有编码的\n", "一行\n"),
        (("zp3", "a: b", *BOOK.remove[1:]), "了\n", '了\n\n  - "a: b"\n'),
        ((*BOOK.remove, "自动回复/离开"), "没有编码的\n", "没有编码的\n  - 自动回复/离开\n"),
        (BOOK.remove[1:], "  - zp3          # 赠品没了\n", ""),
        (BOOK.remove[:2], "  - |\n    亲，\n    没有编码的\n", ""),
        ((), OVERLAY[OVERLAY.index("remove") : OVERLAY.index("phrases")], ""),
    ],
)
def test_editing_what_is_removed_changes_nothing_else(remove, old, new):
    reading = _read(OVERLAY)
    edited = reading.document.edited(reading.edits(BOOK.model_copy(update={"remove": remove})))
    assert edited.text == OVERLAY.replace(old, new, 1)
    assert _read(edited.text).book().remove == remove


def test_what_is_removed_and_replaced_is_located():
    reading = _read(OVERLAY)
    removed = [reading.removal(at).of(OVERLAY) for at in range(3)]
    assert removed == ["zp3", "'售前-议价/*'", "|\n    亲，\n    没有编码的\n"]
    with pytest.raises(IndexError):
        reading.removal(3)
    replaced = [phrase.replace for phrase in BOOK.phrases]
    said = [reading.locate(place, "replace", 0, len(replace)).of(OVERLAY) for place, replace in enumerate(replaced)]
    assert said == ["售前\\u002D欢迎/hy", "有''全文", "text"]
    assert reading.locate(0, "replace", 0, 3).of(OVERLAY) == "售前\\u002D"
    assert [subject.kind for subject in reading.subjects()] == ["phrase"] * 3


@pytest.mark.parametrize("text", ["version: 1", "version: 1\nremove:\n", "version: 1\nremove: []"])
def test_a_book_that_removes_nothing_has_no_place_for_it(text):
    assert _read(text).book() == Phrasebook()
    with pytest.raises(IndexError):
        _read(text).removal(0)


@pytest.mark.parametrize("format", ["csv", "xml"])
def test_packs_lose_it_with_a_notice(format):
    assert BOOK.carried_by_packs() == Phrasebook(
        phrases=tuple(Phrase(code=phrase.code, text=phrase.text) for phrase in BOOK.phrases)
    )
    losses = {loss.kind: str(loss) for loss in carried(BOOK, new_pack(Phrasebook(), format).reading.carries)[1]}
    assert losses == {
        "shop": "店铺名",
        "remove": "叠加时要去掉的 3 项（remove）",
        "replace": "2 条短语的替换说明（replace）",
    }
    with pytest.raises(IndexError):
        new_pack(BOOK, format, allow_loss=True).reading.removal(0)


def test_a_number_among_what_is_removed_is_seen_as_one():
    text = "version: 1\nremove: [001, a1]\nphrases:\n  - {text: x, replace: 002}\n"
    assert [(one.span.of(text), one.place) for one in _read(text).retyped()] == [("001", -1), ("002", 0)]


def test_entries_merge_one_by_one():
    base, ours, theirs = (
        BOOK.model_copy(update={"remove": remove})
        for remove in (("a", "b", "c"), ("c", "新", "a"), ("b", "也新", "c", "新"))
    )
    merged = merge_books(base, ours, theirs)
    assert merged.is_clean
    assert merged.book().remove == ("c", "新", "也新")


def test_a_pack_takes_nothing_out_of_what_is_removed():
    held = load(new_pack(BOOK, "csv", allow_loss=True).to_bytes(), name="包.csv")
    merge = merge_packs(held, load(OVERLAY.encode(), name="店.yaml"), held)
    assert merge.pack().to_bytes() == OVERLAY.encode()


def test_a_lock_keeps_it():
    said = json.loads(lock_text(BOOK))["book"]
    assert Phrasebook.model_validate(said) == BOOK


def test_span_of_an_entry_is_of_characters():
    text = "version: 1\nremove: [😀, 售后/*]\n"
    assert _read(text).removal(1) == Span(23, 27)
