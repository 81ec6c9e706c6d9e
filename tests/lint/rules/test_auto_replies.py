from datetime import date

import pytest

from qnphrase.lint.engine import run_rules
from qnphrase.lint.rules.auto_replies import RULES
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject

SETTINGS = Settings(today=date(2026, 11, 21))
_ALL = (("首次", "您好亲"), ("忙碌", "抱歉亲，马上回您"), ("离开", "抱歉亲，稍后回您"), ("超30人", "抱歉亲，请稍等"))


def subjects(*replies: tuple[str, str]) -> list[Subject]:
    return [
        Subject("reply", "自动回复", code, text, place, enabled=not code.startswith("停用"))
        for place, (code, text) in enumerate(replies)
    ]


def found(*replies: tuple[str, str], also: tuple[Subject, ...] = ()) -> list[tuple[str, int]]:
    findings = run_rules([*subjects(*replies), *also], RULES, SETTINGS)
    return [(one.code, one.subject) for one in findings if one.code != "QN911"]


def missing(*replies: tuple[str, str]) -> list[str]:
    return [one.message for one in run_rules(subjects(*replies), RULES, Settings()) if one.code == "QN911"]


def test_missing_triggers() -> None:
    assert missing(*_ALL) == []
    assert missing() == []
    assert missing(("首次", "您好"), ("停用-忙碌", "抱歉")) == ["自动回复还没有设：离开、超N人。"]


def test_a_book_without_replies_misses_none() -> None:
    assert run_rules([Subject("phrase", "售前", "忙碌", "我很忙", 0)], RULES, Settings()) == []


def test_two_for_one_trigger() -> None:
    assert found(*_ALL, ("忙碌-2", "抱歉亲，尽快回复您")) == [("QN912", 4)]
    assert found(*_ALL, ("停用-忙碌-2", "抱歉亲，尽快回复您")) == []
    assert found(("停用-忙碌", "抱歉"), ("忙碌-2", "抱歉")) == []
    assert found(("超30人", "抱歉"), ("超30人-2", "抱歉")) == [("QN912", 1)]


def test_thresholds() -> None:
    assert found(("超50人", "抱歉"), ("超30人", "抱歉"), ("停用-超10人", "抱歉"), ("超99人", "抱歉")) == [
        ("QN913", 0),
        ("QN913", 3),
    ]


def test_empty_replies() -> None:
    phrase = Subject("phrase", "售前", "hy", "您好亲", 9)
    assert found(("首次", ""), ("首次-2", "您好")) == [("QN914", 0)]
    assert found(("首次", ""), ("停用-忙碌", ""), ("离开", " ")) == [("QN914", 0), ("QN914", 2)]
    assert found(("首次→hy", ""), also=(phrase._replace(text=""),)) == [("QN916", 0)]


def test_pointers() -> None:
    phrase = Subject("phrase", "售前", "hy", "您好亲", 9)
    off, late, today = (
        phrase._replace(enabled=False),
        phrase._replace(until="2026-11-20"),
        phrase._replace(until="2026-11-21"),
    )
    assert found(("首次→hy", ""), also=(phrase,)) == []
    assert found(("首次→hy", ""), also=(today,)) == []
    assert found(("首次→zz", ""), also=(phrase,)) == [("QN916", 0)]
    assert found(("停用-首次→zz", ""), also=(phrase,)) == []
    assert found(("首次→忙碌", ""), ("忙碌", "抱歉")) == [("QN916", 0)]  # a reply is no phrase
    for unusable in (off, late, phrase._replace(text="　")):
        assert found(("首次→hy", "您好亲"), also=(unusable,)) == [("QN916", 0)]
        assert found(("首次→hy", "您好亲"), also=(unusable, phrase)) == []
        assert found(("首次→hy", "您好亲"), also=(phrase, unusable)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "a"}, "不在这本里"),
        ({"text": ""}, "没有内容"),
        ({"enabled": False}, "停用了"),
        ({"until": "2026-01-31"}, "过了最后一天（2026-01-31）"),
    ],
)
def test_what_is_wrong_with_a_pointer(changes: dict[str, object], said: str) -> None:
    phrase = Subject("phrase", "售前", "hy", "您好亲", 9)._replace(**changes)  # type: ignore[arg-type]
    findings = run_rules([*subjects(("首次→hy", "")), phrase], RULES, SETTINGS)
    assert [one.message for one in findings if one.code == "QN916"] == [
        f"这条自动回复指向的短语“hy”{said}，发不出内容。"
    ]


def test_long_replies() -> None:
    assert found(("首次", "好" * 600)) == []
    assert found(("首次", "好" * 601)) == [("QN917", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "我现在很忙",
        "客服不在，有事请留言",
        "已下班",
        "亲，现在咨询的人比较多，请稍等",
        "暂时离开",
        "忙碌中，请自助下单",
    ],
)
def test_cold_replies(text: str) -> None:
    assert found(("忙碌", text)) == [("QN918", 0)]
    assert found(("离开", text)) == [("QN918", 0)]
    assert found(("首次", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "亲，现在询问的顾客较多，希望亲别介意回复慢",
        "抱歉，客服正忙，请稍等",
        "不好意思让您久等了",
        "客服已下班，明早9点上班后逐一回复",
        "人多回复慢，请谅解",
        "客服稍后回复您哦",
        "看到消息后会第一时间回复您",
        "大约十分钟后回来",
        "客服在线时间9:00-22:00，留言必回",
        "请多多理解，我们按顺序为您解答",
    ],
)
def test_kind_replies(text: str) -> None:
    assert found(("忙碌", text)) == []


def of_scenario(scenario: str, text: str) -> list[str]:
    findings = run_rules([Subject("phrase", "售前", "a", text, 0, scenario=scenario)], RULES, Settings())
    return [one.code for one in findings]


@pytest.mark.parametrize(
    ("scenario", "text"),
    [
        ("auto.away", "很抱歉，亲！刚才临时接了个电话，没有及时回复您，请别介意，有什么需要帮助的呢？"),
        ("pre.bargain", "很抱歉呢！亲！本店定价都是经过再三考虑的，利润有限不接受议价，请多多理解……"),
        ("pre.bargain", "价格已经是最低了，您可以再考虑下，买不买都没有关系的"),
        ("pre.cheaper_link", "我们不能保证自己所有产品都是最低，但一定保证质量和服务。您也可以再考虑没关系。"),
        ("pre.freight", "在运费上我们承诺绝对不赚买家一分钱，快递公司收我们多少我们收买家多少"),
        ("pre.freight", "快递公司给的折扣有限，请放心，也请理解。"),
        ("", "在了"),
        ("greet.first", "在了"),
    ],
)
def test_all_elements(scenario: str, text: str) -> None:
    assert of_scenario(scenario, text) == []


@pytest.mark.parametrize(
    ("scenario", "text"),
    [
        ("auto.away", "在了，说吧"),
        ("auto.away", "亲，有什么可以帮您的吗"),
        ("pre.bargain", "本店不讲价"),
        ("pre.bargain", "抱歉亲，不能少哦"),
        ("pre.freight", "运费就是这个价"),
        ("pre.cheaper_link", "那您去便宜的那家买吧"),
    ],
)
def test_an_element_is_missing(scenario: str, text: str) -> None:
    assert of_scenario(scenario, text) == ["QN902"]


_EXPLANATION = (
    "亲，实在抱歉，这次购物未能让您满意。我店宝贝购买后不满意都可退换货。我店所有评价都属真实评价。"
    "感谢您对宝贝提出以上意见，我们虚心接受。最后，我代表我们的销售团队向您致以深深的歉意"
)


def test_review_explanations() -> None:
    assert of_scenario("rev.explain_new", _EXPLANATION) == []
    assert of_scenario("rev.explain_old", _EXPLANATION.replace("抱歉", "遗憾").replace("歉意", "谢意")) == ["QN903"]
    assert of_scenario("rev.explain_old", _EXPLANATION.replace("真实", "")) == ["QN903"]
    assert of_scenario("rev.explain_new", _EXPLANATION * 6) == ["QN903"]
    assert of_scenario("rev.thanks", "谢谢") == []
