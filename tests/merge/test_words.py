"""Which words of a text changed: exact, tidy, and quick on texts of any length."""

import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.merge.report.visible import visible
from qnphrase.merge.report.visible import visible_change
from qnphrase.merge.words import Piece
from qnphrase.merge.words import word_diff
from qnphrase.merge.words import words_of

TEN_TIMES = settings(max_examples=settings().max_examples * 10)
PARTS = st.sampled_from(
    ["亲", "您好", "，", "。", "\n", " ", "\u3000", "\u200b", "/:^_^", "/:-F", "{店铺名}", "48", "24小时", "iPhone",
     "https://item.taobao.com/a?id=1", "发货", "e\u0301", "\U0001f469\u200d\U0001f680", "\udc81", "哦", "哦"]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=12).map("".join)


def _marked(old: str, new: str) -> str:
    shown = []
    for piece in word_diff(old, new):
        if piece.is_equal:
            shown.append(piece.new)
        else:
            shown += [f"[-{piece.old}-]" if piece.old else "", f"[+{piece.new}+]" if piece.new else ""]
    return "".join(shown)


@TEN_TIMES
@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    assert all(piece.old or piece.new for piece in pieces)
    assert all(one.is_equal != other.is_equal for one, other in pairwise(pieces))


@TEN_TIMES
@given(TEXTS, TEXTS)
def test_no_token_is_cut(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert [word for piece in pieces for word in words_of(piece.old)] == words_of(old)
    assert [word for piece in pieces for word in words_of(piece.new)] == words_of(new)


@TEN_TIMES
@given(TEXTS, TEXTS)
def test_a_change_never_looks_like_none(old: str, new: str) -> None:
    for piece in word_diff(old, new):
        if not piece.is_equal:
            shown = visible_change(piece)
            assert shown.old != shown.new
            assert shown.old.strip() == shown.old
            assert shown.new.strip() == shown.new
            assert bool(shown.old) == bool(piece.old)
            assert bool(shown.new) == bool(piece.new)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("您好亲，欢迎光临本店/:^_^", "您好亲，欢迎光临小店/:^_^", "您好亲，欢迎光临[-本-][+小+]店/:^_^"),
        ("亲，拍下后48小时内发货", "亲，拍下后24小时内发货", "亲，拍下后[-48-][+24+]小时内发货"),
        ("您好亲", "你好呀", "[-您好亲-][+你好呀+]"),  # no confetti around 好
        ("好的/:^_^", "好的/:-F", "好的[-/:^_^-][+/:-F+]"),
        ("欢迎来{店铺名}", "欢迎来{店名}", "欢迎来[-{店铺名}-][+{店名}+]"),
        (
            "看 https://m.tb.cn/h.abc1 吧",
            "看 https://m.tb.cn/h.abc2 吧",
            "看 [-https://m.tb.cn/h.abc1-][+https://m.tb.cn/h.abc2+] 吧",
        ),
        ("iPhone 15 Pro 的壳", "iPhone 16 Pro Max 的壳", "iPhone [-15-][+16+] Pro [+Max +]的壳"),
        # an insertion is a whole sentence, wherever else it could begin
        ("好的。亲，稍等。谢谢", "好的。亲，请您稍等。亲，稍等。谢谢", "好的。[+亲，请您稍等。+]亲，稍等。谢谢"),
        ("您好亲，欢迎", "您好亲，您好亲，欢迎", "[+您好亲，+]您好亲，欢迎"),
        # a word or an emoticon between two changes is kept
        ("甲/:^_^乙", "丙/:^_^丁", "[-甲-][+丙+]/:^_^[-乙-][+丁+]"),
        # a line break is never part of a change around it
        ("一\n二", "三\n四", "[-一-][+三+]\n[-二-][+四+]"),
        ("", "您好", "[+您好+]"),
        ("您好", "您好", "您好"),
        ("", "", ""),
    ],
)
def test_examples(old: str, new: str, marked: str) -> None:
    assert _marked(old, new) == marked


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", " ", ("", "<空格>")),
        ("您好", "您\u200b好", ("您好", "您<零宽空格>好")),
        ("\n", "\n\n", ("<换行>", "<换行><换行>")),
        ("a\u3000b", "a b", ("a<全角空格>b", "a b")),
        ("é", "e\u0301", ("é", "e<U+0301>")),
        ("\u2764", "\u2764\ufe0f", ("\u2764", "\u2764<U+FE0F>")),
        ("坏\udc81", "坏\x07", ("坏<81>", "坏<U+0007>")),
        ("\u3164", "\xa0", ("<U+3164>", "<不换行空格>")),
    ],
)
def test_what_is_invisible_has_a_name(old: str, new: str, shown: tuple[str, str]) -> None:
    assert visible_change(Piece(old, new)) == shown


def test_unchanged_text_is_shown_as_it_is() -> None:
    assert visible("您好 亲\n在的\u3000\U0001f469\u200d\U0001f680") == "您好 亲\n在的\u3000\U0001f469\u200d\U0001f680"
    assert visible("您好\u200b亲\t") == "您好<零宽空格>亲<TAB>"


@pytest.mark.parametrize("other", ["edited", "another", "repeated"])
def test_time_grows_with_the_text(other: str, growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    chance = random.Random(1)

    def seconds(size: int) -> float:
        old = "".join(chance.choices("您好亲欢迎光临小店请问有什么可以帮您，。", k=size))
        if other == "edited":
            new = "".join("改" if chance.random() < 0.02 else character for character in old)
        elif other == "another":
            new = "".join(chance.choices("您好亲欢迎光临小店请问有什么可以帮您，。", k=size))
        else:
            old, new = "哈" * size, "哈" * size + "呀" + "哈" * size
        start = time.process_time()
        pieces = word_diff(old, new)
        spent = time.process_time() - start
        assert "".join(piece.new for piece in pieces) == new
        return spent

    assert growth_of(seconds, 20_000) < 30
