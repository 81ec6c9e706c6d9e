"""Scenarios that a book names: those that nobody knows, and those that no phrase is for."""

from collections import Counter
from collections.abc import Iterator

from qnphrase.formats.autoreply_group import parse
from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Book
from qnphrase.lint.rule import book_rule
from qnphrase.scenarios.catalogue import OF_TRIGGERS
from qnphrase.scenarios.catalogue import nearest
from qnphrase.scenarios.catalogue import scenarios

_NAMED = 3  # missing scenarios that a message names


def missing_scenario(book: Book) -> Iterator[Finding]:
    r"""有的场景还没有话可用。

    为什么：买家问到了、短语本里却没有，客服只能现编，说法不一，也慢。
    依据：随软件附带的 58 个场景，从首次问候到评价解释，由培训资料归纳。
    怎么改：用 qnphrase coverage 看全部，缺的补上；店里用不到的不用管。只查写了场景（scenario）的短语本，
    也只认写明的场景和自动回复。

    PASS: hy,您好亲，欢迎光临,售前
    PASS: 首次,您好亲，欢迎光临,自动回复
    FAIL: hy,您好亲，欢迎光临,售前,〔greet.first〕
    FAIL: gg,今天盘点,内部\nhy,您好亲，欢迎光临,售前,〔greet.first〕\nzj,再见,结束,close.end
    """
    named = [(index, subject) for index, subject in book.phrases if subject.scenario in scenarios()]
    if not named:
        return
    held = {subject.scenario for _index, subject in named if subject.text.strip()}
    for _index, subject in book.replies:
        code = parse(subject.code)
        if code is not None and subject.enabled and subject.text.strip():
            held.add(OF_TRIGGERS[code.when])
    missing = [scenario for scenario in scenarios().values() if scenario.id not in held]
    if not missing:
        return
    counts = Counter(scenario.stage_title for scenario in missing)
    stages = _("、").join(_("{stage} {count} 个").format(stage=stage, count=counts[stage]) for stage in counts)
    names = _("、").join(scenario.title for scenario in missing[:_NAMED])
    message = _("{all} 个场景里还有 {count} 个没有短语（{stages}），如 {names}。全部见 qnphrase coverage。").format(
        all=len(scenarios()), count=len(missing), stages=stages, names=names
    )
    index, first = named[0]
    yield Finding("QN901", index, 0, len(first.scenario), message, field="scenario")


def unknown_scenario(book: Book) -> Iterator[Finding]:
    """场景编号写错了。

    为什么：编号不认识，这条短语就不算在任何场景里，缺什么也查不出来。
    依据：场景编号只有随软件附带的 58 个，用 qnphrase coverage 可以看到全部。
    怎么改：照提示改成对的编号；不属于任何场景的，去掉 scenario 这一行。

    PASS: hy,您好亲，欢迎光临,售前,greet.first
    PASS: gg,今天盘点,内部
    FAIL: hy,您好亲，欢迎光临,售前,〔greet.frist〕
    FAIL: yj,很抱歉亲，利润有限不接受议价,售前,〔讨价还价〕
    FAIL: xx,亲，这款是纯棉的,售前,〔shop.other〕
    """
    for index, subject in enumerate(book.subjects):
        if not subject.scenario or subject.scenario in scenarios():
            continue
        near = nearest(subject.scenario)
        message = _("没有“{id}”这个场景，是不是 {near}（{name}）？").format(
            id=subject.scenario, near=near, name=scenarios()[near].title if near else ""
        )
        if not near:
            message = _("没有“{id}”这个场景，全部编号见 qnphrase coverage。").format(id=subject.scenario)
        yield Finding("QN904", index, 0, len(subject.scenario), message, field="scenario")


RULES = (
    book_rule("QN901", "missing-scenario", Severity.INFO, missing_scenario),
    book_rule("QN904", "unknown-scenario", Severity.WARNING, unknown_scenario),
)
