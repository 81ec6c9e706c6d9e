"""`qnphrase simulate BOOK`: which auto-reply a buyer gets, and why; all situations in a table; the tests of a book."""

import datetime
from collections.abc import Callable
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import write_json
from qnphrase.cli.timeline import Wanted
from qnphrase.cli.timeline import replay_and_report
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.pack import Pack

if TYPE_CHECKING:
    from qnphrase.replies.situation import Status

FINDINGS = 1


class Form(StrEnum):
    """How the outcome is written."""

    text = "text"
    json = "json"
    html = "html"


def command(
    book: Annotated[
        str, typer.Argument(metavar="BOOK", help=_("短语本或导出包；- 是标准输入；--test 时也可以是用例文件"))
    ],
    status: Annotated[
        str | None, typer.Option("--status", metavar=_("状态"), help=_("online 在线、busy 忙碌、away 离开［默认在线］"))
    ] = None,
    contacts: Annotated[
        int | None,
        typer.Option("--contacts", metavar="N", min=1, help=_("正在联系几个人，连这位买家［默认 1］")),
    ] = None,
    first_today: Annotated[bool, typer.Option("--first-today", help=_("这是买家当天的第一条消息"))] = False,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar=_("时间"), help=_("什么时候，如 2026-11-11T23:50，北京时间［默认现在］")),
    ] = None,
    sent: Annotated[
        list[str] | None,
        typer.Option("--sent", metavar=_("回复=时间"), help=_("这位买家何时收到过哪条，如 忙碌=2026-11-11T23:20")),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar=_("顺序"),
            help=_("几条都满足时发哪条：qianniu-unverified（未经验证）、first-match、all"),
        ),
    ] = None,
    table: Annotated[bool, typer.Option("--table", help=_("列出所有情况各发什么：空档、发不出去的、重复的"))] = False,
    test: Annotated[bool, typer.Option("--test", help=_("跑短语本旁边的用例（*.replies-test.yaml）"))] = False,
    events: Annotated[
        str | None,
        typer.Option(
            "--events",
            metavar=_("记录"),
            help=_("回放聊天记录（CSV、JSONL）：time,buyer,status,contacts；- 是标准输入"),
        ),
    ] = None,
    generate: Annotated[
        str | None, typer.Option("--generate", metavar=_("日期"), help=_("生成一天的聊天记录来回放，如 11.11"))
    ] = None,
    buyers: Annotated[
        int | None, typer.Option("--buyers", metavar=_("人数"), help=_("--generate 生成多少位买家［默认 5000］"))
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar=_("种子"), help=_("种子一样，生成的就一样［默认 1］")),
    ] = None,
    save_events: Annotated[
        str | None, typer.Option("--save-events", metavar=_("文件"), help=_("把生成的记录写成 .csv 或 .jsonl"))
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help=_("写成什么样；html 只用于回放，带一张图［默认 text］"))
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("把回放的结果写到文件，.html 就是网页"))
    ] = None,
    force: options.Force = False,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Try the auto-replies of a book."""
    says_situation = first_today or any(option is not None for option in (status, contacts, at, sent))
    wanted = Wanted(events, generate, buyers, seed, save_events, output, force)
    _refuse(book, form, wanted, table=table, test=test, says_situation=says_situation)
    read = partial(_read, encoding=input_encoding, mapping=xml_map)
    if wanted.is_asked:
        passed = replay_and_report(read(book), wanted, profile, form and form.value)
    elif test:
        passed = _test(book, profile, form, read)
    elif table:
        passed = _table(read(book), profile, form)
    else:
        _one(read(book), profile, form, status, contacts, at, sent or (), first_today=first_today)
        passed = True
    raise typer.Exit(0 if passed else FINDINGS)


command.__doc__ = _("自动回复上线之前先试：买家会收到哪一条，为什么；也能列出所有情况、跑用例。")


def _refuse(book: str, form: Form | None, wanted: Wanted, *, table: bool, test: bool, says_situation: bool) -> None:
    wanted.refuse(book)
    if form is Form.html and not wanted.is_asked:
        raise UsageError(_("--format html 要和 --events 或 --generate 一起用"))
    if wanted.is_asked and (table or test or says_situation):
        raise UsageError(
            _("--events 和 --generate 回放很多条消息，不看某一种情况"),
            hint=_("请去掉 --status、--contacts、--first-today、--at、--sent、--table、--test。"),
        )
    if table and test:
        raise UsageError(_("--table 和 --test 只能写一个"))
    if (table or test) and says_situation:
        raise UsageError(
            _("--table 和 --test 不看某一种情况"), hint=_("请去掉 --status、--contacts、--first-today、--at、--sent。")
        )
    if test and book == options.STANDARD:
        raise UsageError(_("标准输入旁边没有用例文件"), hint=_("请写短语本的文件名。"))


def _read(path: str, *, encoding: str | None, mapping: str | None) -> Pack:
    pack = options.read_pack(path, encoding=encoding, mapping=mapping)
    options.tell_notices(pack)
    return pack


def _one(
    pack: Pack,
    profile: str | None,
    form: Form | None,
    status: str | None,
    contacts: int | None,
    at: str | None,
    sent: Sequence[str],
    *,
    first_today: bool,
) -> None:
    from qnphrase.replies.decision_report import as_json
    from qnphrase.replies.decision_report import lines_of_replies
    from qnphrase.replies.decision_report import render
    from qnphrase.replies.profile import DEFAULT_PROFILE
    from qnphrase.replies.profile import profile_named
    from qnphrase.replies.semantics import ReplyRules
    from qnphrase.replies.semantics import decide
    from qnphrase.replies.situation import Situation
    from qnphrase.replies.situation import Status
    from qnphrase.replies.words import names_of

    chosen = profile_named(profile or DEFAULT_PROFILE)
    rules = ReplyRules.of(pack.book)
    situation = Situation(
        _moment("--at", at) if at is not None else datetime.datetime.now(datetime.UTC).replace(microsecond=0),
        Status.ONLINE if status is None else _status(status),
        1 if contacts is None else contacts,
        first_today,
        _last_sent(sent, names_of(rules.replies)),
    )
    outcome = (rules, situation, decide(rules, situation, chosen), chosen, lines_of_replies(pack.reading))
    if form is Form.json:
        write_json({"path": pack.path or options.STANDARD, **as_json(*outcome)})
    else:
        say(render(*outcome).rstrip("\n"))


def _table(pack: Pack, profile: str | None, form: Form | None) -> bool:
    from qnphrase.replies.profile import DEFAULT_PROFILE
    from qnphrase.replies.profile import profile_named
    from qnphrase.replies.semantics import ReplyRules
    from qnphrase.replies.table import table_of
    from qnphrase.replies.table_report import as_json
    from qnphrase.replies.table_report import render

    table = table_of(ReplyRules.of(pack.book), profile_named(profile or DEFAULT_PROFILE))
    if form is Form.json:
        write_json({"path": pack.path or options.STANDARD, **as_json(table)})
    else:
        say(render(table).rstrip("\n"))
    return table.is_fine


def _test(path: str, profile: str | None, form: Form | None, read: Callable[[str], Pack]) -> bool:
    from qnphrase.replies.cases_report import as_json
    from qnphrase.replies.cases_report import render
    from qnphrase.replies.profile import profile_named
    from qnphrase.replies.suites import run_tests

    runs = run_tests(path, None if profile is None else profile_named(profile), read=read)
    if form is Form.json:
        write_json(as_json(runs))
    else:
        say(render(runs).rstrip("\n"))
    return not any(run.failed for run in runs)


def _status(word: str) -> "Status":
    from qnphrase.replies.situation import status_of

    try:
        return status_of(word)
    except ValueError as error:
        raise UsageError(f"--status: {error}") from None


def _moment(option: str, text: str) -> datetime.datetime:
    from qnphrase.replies.situation import moment_of

    try:
        return moment_of(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def _last_sent(sent: Sequence[str], names: list[str]) -> dict[int, datetime.datetime]:
    found = {}
    for word in sent:
        name, _equals, text = word.partition("=")
        if name not in names:
            raise UsageError(
                _("--sent: 短语本里没有叫“{name}”的自动回复").format(name=name),
                hint=_("可以用：{names}").format(names=_("、").join(names)) if names else "",
            )
        if not text:
            raise UsageError(
                _("--sent: 没有写什么时候收到的“{name}”").format(name=name),
                hint=_("请写成 回复=时间，如 忙碌=2026-11-11T23:20。"),
            )
        found[names.index(name)] = _moment("--sent", text)
    return found
