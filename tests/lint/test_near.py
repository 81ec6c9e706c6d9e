import random

from rapidfuzz.fuzz import ratio

from qnphrase.lint.near import LEAST
from qnphrase.lint.near import near_pairs

_WORDS = (
    *(
        "您好",
        "欢迎光临",
        "请问",
        "有什么",
        "可以帮您",
        "发货",
        "时间",
        "付款后",
        "之内",
        "我们",
        "尽快",
        "安排",
        "尺码",
        "面料",
        "运费险",
    ),
    *(
        "抱歉",
        "久等了",
        "核实",
        "物流",
        "在路上",
        "请放心",
        "谢谢",
        "理解",
        "颜色",
        "偏大",
        "建议",
        "身高",
        "洗涤",
        "不褪色",
        "签收",
    ),
    *(
        "优惠券",
        "赠品",
        "包装",
        "破损",
        "补发",
        "发票",
        "抬头",
        "地址",
        "催促",
        "停发",
        "预售",
        "现货",
        "断码",
        "材质",
        "羊毛",
        "厚度",
    ),
)
_PARTICLES = "的了呢哦呀吧亲您你"


def book(count: int, seed: int = 1) -> list[str]:
    """Return random texts, one in thirty an earlier one with a few characters changed."""
    dice = random.Random(seed)
    texts: list[str] = []
    for _ in range(count):
        if texts and dice.random() < 0.03:
            letters = list(dice.choice(texts))
            for _change in range(dice.randint(1, max(1, len(letters) // 15))):
                at = dice.randrange(len(letters))
                letters[at : at + dice.randint(0, 1)] = dice.choice(_PARTICLES) if dice.random() < 0.7 else ""
            texts.append("".join(letters))
        else:
            texts.append("".join(dice.choice(_WORDS) for _ in range(dice.randint(3, 25))))
    return [text for text in dict.fromkeys(texts) if text]


def test_finds_what_comparing_all_with_all_finds() -> None:
    texts = book(1_500)
    wanted = {
        later
        for later, text in enumerate(texts)
        if len(text) >= LEAST
        and any(len(other) >= LEAST and ratio(text, other, score_cutoff=90) for other in texts[:later])
    }
    found = dict(near_pairs(texts, 0.9))
    assert len(wanted) > 20
    assert found.keys() == wanted
    assert all(ratio(texts[later], texts[earlier]) >= 90 and earlier < later for later, earlier in found.items())


def test_a_huge_book_ends_and_most_pairs_are_found() -> None:
    texts = book(60_000)
    assert sum(map(len, texts)) > 800_000
    found = dict(near_pairs(texts, 0.9))
    changed = sum(1 for later, earlier in found.items() if ratio(texts[later], texts[earlier]) >= 90)
    assert changed == len(found) > 1_000


def test_alike_has_the_last_word() -> None:
    texts = ["您好亲欢迎光临本店请问有什么", "您好亲欢迎光临本店请问有什么呢", "您好亲欢迎光临本店请问有什么哦"]
    assert dict(near_pairs(texts, 0.9)) == {1: 0, 2: 0}
    assert dict(near_pairs(texts, 0.9, lambda _later, earlier: earlier == 1)) == {2: 1}
    assert dict(near_pairs(texts, 0.9, lambda _later, _earlier: False)) == {}


def test_nothing_to_compare() -> None:
    assert list(near_pairs([], 0.9)) == []
    assert list(near_pairs(["好", "在的"], 0.9)) == []
    assert list(near_pairs(["", "长" * 5_000, "长" * 5_001], 0.9)) == []


def test_texts_of_one_character_end() -> None:
    assert len(dict(near_pairs(["好" * length for length in range(6, 1_500)], 0.9))) >= 1
    texts = [f"您的订单{number:06d}已发出请注意查收谢谢惠顾" for number in range(20_000)]
    assert len(dict(near_pairs(texts, 0.9))) > 19_000
