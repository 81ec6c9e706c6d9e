"""A guess says what led to it, and says nothing where nothing does."""

from collections.abc import Callable
from time import process_time

from qnphrase.scenarios.guess import Guess
from qnphrase.scenarios.guess import guess_scenario


def test_words_and_group_are_told() -> None:
    assert guess_scenario("很抱歉亲，本店利润有限不接受议价", "售前-议价") == Guess(
        "pre.bargain", ("议价", "利润有限"), "议价"
    )
    assert guess_scenario("很抱歉亲，本店利润有限不接受议价") == Guess("pre.bargain", ("议价", "利润有限"))


def test_the_group_decides_between_two() -> None:
    assert guess_scenario("宝贝请看这里", "关联搭配") == Guess("pre.recommend", (), "关联")
    assert guess_scenario("宝贝请看这里", "售前") is None
    assert guess_scenario("宝贝请看这里") is None


def test_words_are_those_of_the_text_as_it_is_written() -> None:
    guess = guess_scenario("支持专票、普票/:^_^，ＯＫ")
    assert guess is not None
    assert guess.words == ("专票",)
    assert guess_scenario("请看/:804再见/:804") == Guess("close.end", ("再见",))


def test_nothing_is_no_guess() -> None:
    for text in ("", " ", "。", "/:^_^", "亲"):
        assert guess_scenario(text) is None


def test_what_stands_far_behind_is_not_looked_at() -> None:
    assert guess_scenario("啊" * 1_990 + "再见再见") is not None
    assert guess_scenario("啊" * 2_000 + "再见再见") is None


def test_time_grows_with_the_text(growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    def seconds(size: int) -> float:
        start = process_time()
        for part in ("您好", "查物流", "退款差评", "0-9", "接待平时"):
            guess_scenario(part * (size // len(part)))
        return process_time() - start

    assert growth_of(seconds, 200) < 25
