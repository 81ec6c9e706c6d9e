"""`qnphrase lint PATH…`: what would cost the shop a penalty, a customer or a broken pack."""

import os
import sys
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.cli.output import write_bytes
from qnphrase.cli.progress import Progress
from qnphrase.configuration import nearest_configuration
from qnphrase.document.replace import replace_file
from qnphrase.errors import FileError
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UsageError
from qnphrase.formats.quiet import quiet_collector
from qnphrase.language import _
from qnphrase.lint.baseline import write_baseline
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.file import FileResult
from qnphrase.lint.file import lint_file
from qnphrase.lint.options import LintOptions
from qnphrase.lint.run import Job
from qnphrase.lint.run import jobs_of
from qnphrase.lint.run import lint_jobs
from qnphrase.lint.run import without_baselines
from qnphrase.replies.beside import is_suite
from qnphrase.replies.beside import suite_files

if TYPE_CHECKING:
    from qnphrase.lint.report.text import Look

UNREADABLE = 3


class Form(StrEnum):
    """How the findings are written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"


def command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help=_("文件或文件夹；- 是标准输入"))],
    form: Annotated[Form, typer.Option("--format", help=_("写成什么样"))] = Form.text,
    output: Annotated[str | None, typer.Option("--output-file", "-o", metavar=_("文件"), help=_("写到文件"))] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar=_("规则编号"), help=_("只跑这些规则（编号或前缀）"))
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar=_("规则编号"), help=_("不跑这些规则"))] = None,
    fail_on: Annotated[Severity | None, typer.Option("--fail-on", help=_("到哪一级算不通过［默认 warning］"))] = None,
    config: Annotated[str | None, typer.Option("--config", metavar=_("文件"), help=_("用这个配置文件"))] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help=_("不看任何配置文件"))] = False,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar=_("文件"), help=_("基线里已有的问题不报"))
    ] = None,
    new_baseline: Annotated[
        str | None, typer.Option("--write-baseline", metavar=_("文件"), help=_("把现有的问题写成基线"))
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help=_("把能安全修好的直接修好"))] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help=_("连同不一定对的修改"))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_("只看会怎么修，不写文件"))] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help=_("最后列出每条规则出现几次"))] = False,
    stdin_filename: Annotated[
        str, typer.Option("--stdin-filename", metavar=_("文件名"), help=_("标准输入算作哪个文件"))
    ] = "",
) -> None:
    """Lint files."""
    options_for = partial(
        _options_for, config=config, isolated=isolated, select=select, ignore=ignore, baseline=baseline
    )
    is_stdin = paths == [options.STANDARD]
    _refuse(missing=None if new_baseline else baseline, nothing_to_fix=is_stdin and (fix or diff))
    suites = [path for path in paths if is_suite(path)]
    jobs = [_stdin_job(stdin_filename, options_for)] if is_stdin else _jobs(paths, options_for)
    if new_baseline is not None:  # it holds what an older one knew, too
        jobs = [replace(job, options=replace(job.options, baseline=None)) for job in jobs]
    if fix or diff:
        _fix(jobs, unsafe=unsafe_fixes, show=(say if form is Form.text else tell) if diff else None)
    with quiet_collector():
        results = _linted_stdin(jobs) if is_stdin else _linted(jobs)
        if new_baseline is not None:
            _write_baseline(new_baseline, results)
            return
        if not is_stdin:
            results += _tested(suites, jobs, options_for)
        _write(results, form, output)
    if statistics:
        from qnphrase.lint.report.text import statistics as table

        (tell if form is not Form.text else say)(table(results).rstrip("\n"))
    raise typer.Exit(exit_code(results, fail_on or _strictest(jobs)))


command.__doc__ = _("检查短语：违规的话、丢顾客的话、会弄坏导出包的毛病。")


def _jobs(paths: Sequence[str], options_for: Callable[[str], LintOptions]) -> list[Job]:
    found = jobs_of([path for path in paths if not is_suite(path)], options_for)
    return [job for job in found if not is_suite(job.path)]  # one may look like a book


def _tested(suites: Sequence[str], jobs: Sequence[Job], options_for: Callable[[str], LintOptions]) -> list[FileResult]:
    """Run the tests of auto-replies that were named, and those beside the linted files."""
    beside = [
        path for folder in dict.fromkeys(os.path.dirname(job.path) for job in jobs) for path in suite_files(folder)
    ]
    if not (suites or beside):
        return []
    from qnphrase.cli.reply_tests import results_of_tests

    return results_of_tests(suites, beside, jobs, options_for)


def _linted(jobs: Sequence[Job]) -> list[FileResult]:
    with Progress(len(jobs)) as progress:
        return lint_jobs(jobs, done=progress.done)


def _stdin_job(name: str, options_for: Callable[[str], LintOptions]) -> Job:
    return Job(name or options.STANDARD, options_for(name or "."))


def _linted_stdin(jobs: Sequence[Job]) -> list[FileResult]:
    data = sys.stdin.buffer.read()
    with Progress(1):
        return without_baselines([lint_file(data, job.options, name=job.path) for job in jobs], jobs)


def _refuse(*, missing: str | None, nothing_to_fix: bool) -> None:
    if missing is not None and not os.path.exists(missing):
        raise UnreadableFileError(_("找不到基线文件"), path=missing, hint=_("请先用 --write-baseline 生成。"))
    if nothing_to_fix:
        raise UsageError(_("标准输入没有文件可以修"), hint=_("请写文件名，或者去掉 --fix 和 --diff。"))


def _options_for(
    path: str,
    *,
    config: str | None,
    isolated: bool,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    baseline: str | None,
) -> LintOptions:
    """Return what the nearest configuration says, and what the command line says over it."""
    found = None if isolated else config or nearest_configuration(path)
    chosen = LintOptions()
    if found is not None:
        from qnphrase.lint.config import load_config

        chosen = load_config(found)
    if select:
        chosen = replace(chosen, select=_split(select), extend_select=())
    if ignore:
        chosen = replace(chosen, ignore=(*chosen.ignore, *_split(ignore)))
    if baseline:
        chosen = replace(chosen, baseline=baseline)
    _refuse_unknown((*_split(select or ()), *_split(ignore or ())))
    return chosen


def _split(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for one in words for word in one.split(",") if word)


def _refuse_unknown(words: Sequence[str]) -> None:
    from qnphrase.lint.known import refusal

    for word in words:
        if message := refusal(word):
            raise UsageError(message, hint=_("全部规则见 qnphrase explain --all。"))


def _fix(jobs: Sequence[Job], *, unsafe: bool, show: Callable[[str], None] | None) -> None:
    """Mend all files, or only show how. What can't be read is left to linting, which comes next and says so."""
    from qnphrase.lint.fix import fix_pack
    from qnphrase.pack import load
    from qnphrase.pack import save

    for job in jobs:
        try:
            pack = load(job.path)
        except FileError:
            continue
        fixed = fix_pack(pack, job.options, unsafe=unsafe)
        if show is not None:
            _show_diff(pack.document.text, fixed.pack.document.text, job.path, show)
        elif fixed.fixes:
            save(fixed.pack, job.path)
            tell(_("{path}：修好了 {count} 处").format(path=job.path, count=fixed.fixes))


def _show_diff(before: str, after: str, path: str, show: Callable[[str], None]) -> None:
    from difflib import unified_diff
    from re import split

    old, new = (split(r"(?<=\n)", text) for text in (before, after))
    for line in unified_diff(old, new, path, path):
        show(line.rstrip("\r\n"))


def _write_baseline(path: str, results: Sequence[FileResult]) -> None:
    found = [one for result in results for one in result.diagnostics]
    count = write_baseline(path, found, os.path.dirname(os.path.abspath(path)))
    tell(_("{path}：记下了 {count} 个已有的问题").format(path=path, count=count))


def _write(results: Sequence[FileResult], form: Form, output: str | None) -> None:
    if form is Form.text and output is None:
        from qnphrase.lint.report.text import render

        say(render(results, look=_look()).rstrip("\n"))
        return
    from qnphrase.lint.report import rendered

    data = rendered(form.value, results).encode("utf-8", "surrogateescape")
    if output is None or output == options.STANDARD:
        write_bytes(data)
    else:
        replace_file(output, data)


def _look() -> "Look":
    """Return how a report has to look on standard output: on a terminal, as wide as it is."""
    from shutil import get_terminal_size

    from qnphrase.lint.report.text import WIDEST
    from qnphrase.lint.report.text import Look

    gbk = (sys.stdout.encoding or "").lower().replace("-", "") in ("gbk", "cp936", "gb2312", "gb18030")
    if not sys.stdout.isatty():
        return Look(gbk=gbk)
    width = min(get_terminal_size().columns, WIDEST)
    return Look(colours="NO_COLOR" not in os.environ, width=width, gbk=gbk)


def _strictest(jobs: Sequence[Job]) -> Severity:
    return max((job.options.fail_on for job in jobs), key=lambda one: one.rank, default=Severity.WARNING)


def exit_code(results: Sequence[FileResult], fail_on: Severity) -> int:
    """Return 3 where a file couldn't be read, 1 where something is as bad as `fail_on`, else 0."""
    if any(result.failed for result in results):
        return UNREADABLE
    ranks = [one.severity.rank for result in results for one in result.diagnostics]
    return 1 if min(ranks, default=9) <= fail_on.rank else 0
