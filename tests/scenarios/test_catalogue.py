"""The scenarios: 58 of them, told apart, in the order of a sale; and what somebody meant who mistyped one."""

import pytest

from qnphrase import language
from qnphrase.model import Trigger
from qnphrase.scenarios.catalogue import OF_TRIGGERS
from qnphrase.scenarios.catalogue import nearest
from qnphrase.scenarios.catalogue import scenarios
from qnphrase.scenarios.catalogue import stages


def test_there_are_58_of_five_stages() -> None:
    assert len(scenarios()) == 58
    assert stages() == ("售前", "售中", "售后", "评价", "通用")
    assert len({scenario.name for scenario in scenarios().values()}) == 58
    assert scenarios()["rev.explain_old"] == ("rev.explain_old", "评价解释·老店", "评价")


def test_every_trigger_has_a_scenario() -> None:
    assert set(OF_TRIGGERS) == {trigger.value for trigger in Trigger}
    assert set(OF_TRIGGERS.values()) == {one for one in scenarios() if one.startswith("auto.")}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("greet.frist", "greet.first"),
        ("GREET.First", "greet.first"),
        (" pre.bargain ", "pre.bargain"),
        ("pre_bargain", "pre.bargain"),
        ("post.signed-not-received", "post.signed_not_received"),
        ("讨价还价", "pre.bargain"),
        ("尺码不合", "post.size"),
        ("sale.bargain", "pre.bargain"),
        ("bargain", "pre.bargain"),
        ("shop.other", ""),
        ("内部", ""),
        ("", ""),
    ],
)
def test_nearest(written: str, meant: str) -> None:
    assert nearest(written) == meant


def test_names_change_with_the_language() -> None:
    assert scenarios()["pre.bargain"].title == "讨价还价"
    language.use_language(language.ENGLISH)
    scenario = scenarios()["pre.bargain"]
    assert (scenario.title, scenario.stage_title, scenario.name) == ("Bargaining", "Before the sale", "讨价还价")
