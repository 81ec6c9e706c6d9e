"""What a good reply holds: in the best phrase, or shared by the phrases of a talk."""

import pytest

from qnphrase.scenarios.catalogue import scenarios
from qnphrase.scenarios.elements import ELEMENTS
from qnphrase.scenarios.elements import FURTHER
from qnphrase.scenarios.elements import wanted_of


def test_only_known_scenarios_want_something() -> None:
    assert {*ELEMENTS, *FURTHER} <= set(scenarios())
    assert not wanted_of("close.end").elements


@pytest.mark.parametrize(
    ("scenario", "texts", "missing"),
    [
        ("auto.away", ["很抱歉亲，刚才去仓库查货了，请问有什么需要帮您的"], ()),
        ("auto.away", ["在了"], ("致歉", "原因", "怎么帮")),
        ("auto.busy", ["抱歉，这会儿在忙"], ("什么时候回",)),
        ("pre.bargain", ["不行", "抱歉，利润有限，请理解，您可以再考虑下"], ()),
        ("pre.bargain", ["抱歉，利润有限，请理解"], ("由买家决定",)),
        ("post.damaged", ["很抱歉", "马上给您补发"], ("怎么处理",)),
        ("rev.thanks", ["欢迎再来"], ("感谢",)),
        ("rev.explain_old", ["抱歉，评价真实，支持退换，虚心接受，团队致歉。" * 25], ("篇幅不要过长",)),
        ("close.end", ["再见"], ()),
    ],
)
def test_missing_elements(scenario: str, texts: list[str], missing: tuple[str, ...]) -> None:
    assert wanted_of(scenario).missing(texts) == missing


def test_the_phrases_of_a_dispute_share_the_seven_steps() -> None:
    talk = ["我马上来处理，您慢慢说", "查清楚了，是我们漏了，抱歉", "给您补偿，今天补发", "有进展第一时间告诉您"]
    assert wanted_of("post.complaint").missing(talk) == ()
    assert wanted_of("post.complaint").missing(talk[:2]) == ("补偿建议", "跟进进度")
    assert len(wanted_of("post.complaint").elements) == 7
