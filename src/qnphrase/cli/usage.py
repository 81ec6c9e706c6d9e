"""typer's own words, in the user's language: its help pages and its complaints about arguments."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand
from typer.core import TyperGroup

from qnphrase.cli.output import tell
from qnphrase.language import ENGLISH
from qnphrase.language import _
from qnphrase.language import current_language

USAGE = 2


def _headings() -> tuple[tuple[str, str], ...]:
    return (
        (r"^Usage: ", _("用法：")),
        (r"^Options:$", _("选项：")),
        (r"^Arguments:$", _("参数：")),
        (r"^Commands:$", _("命令：")),
        (r"Show this message and exit\.", _("显示这段说明")),
        (r"\[required\]", _("［必填］")),
        (r"\[default: (.+?)\]", _("［默认 {0}］")),
        (r"\[OPTIONS\]", _("[选项]")),
        (r"COMMAND \[ARGS\]\.\.\.", _("命令 [参数]…")),
    )


def _complaints() -> tuple[tuple[str, str], ...]:
    return (
        (r"No such option: (\S+?)(?: \(Possible options: (.+)\))?", _("没有这个选项：{0}")),
        (r"Missing (?:argument|option|parameter) '(.+?)'\..*", _("少了参数：{0}")),
        (r"Invalid value for '?(.+?)'?: (.+)", _("{0} 的值不对：{1}")),
        (r"Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)", _("多了参数：{0}")),
        (r"Missing command\.", _("少了命令")),
        (r"No such command '(.+?)'\.(?: Did you mean '?(.+?)'?\?)?", _("没有这个命令：{0}")),
        (r"Option '(.+?)' does not take a value\.", _("选项 {0} 后面不带值")),
        (r"Option '(.+?)' requires an argument\.", _("选项 {0} 后面要写一个值")),
    )


def _value_complaints() -> tuple[tuple[str, str], ...]:
    return (
        (r"(\S+) is not in the range (.+)\.", _("{0} 不在 {1} 的范围里")),
        (r"'(.*)' is not a valid (?:int|integer|float)(?: range)?\.", _("“{0}”不是数字")),
        (r"'(.*)' is not one of (.+)\.", _("没有“{0}”，可以写 {1}")),
    )


def in_users_words(help_text: str) -> str:
    """Return a help page of typer with its own words translated."""
    if current_language() == ENGLISH:
        return help_text
    for pattern, words in _headings():
        help_text = re.sub(pattern, partial(_filled, words), help_text, flags=re.MULTILINE)
    return help_text


def _filled(words: str, found: re.Match[str]) -> str:
    return words.format(*found.groups())


def complaint(message: str) -> str:
    """Return a complaint of typer's in the user's language; one that isn't known stays as it is."""
    if current_language() == ENGLISH:
        return message
    for pattern, words in _complaints():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            said = words.format(*map(_of_value, found.groups()))
            better = found[2] if found.re.groups > 1 and "{1}" not in words else None
            return said + (_("，是不是想写 {word}？").format(word=better) if better else "")
    return message


def _of_value(complaint: str | None) -> str | None:
    """Return what is wrong with a value, in the user's language, where typer says it in words that are known."""
    for pattern, words in _value_complaints():
        found = re.fullmatch(pattern, complaint or "", re.DOTALL)
        if found:
            return words.format(*found.groups())
    return complaint


class Command(TyperCommand):
    """A command whose help page speaks the user's language."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return in_users_words(super().get_help(ctx))


class Group(TyperGroup):
    """The program itself, likewise."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return in_users_words(super().get_help(ctx))


class Outcome:
    """What a command left behind."""

    code = 0


@contextmanager
def explained() -> Iterator[Outcome]:
    """Turn typer's exceptions into messages and exit codes."""
    outcome = Outcome()
    try:
        yield outcome
    except typer.Exit as error:
        outcome.code = error.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        # typer's usage errors are all of one private class; what marks them is that they can say themselves.
        say_itself = getattr(error, "format_message", None)
        if say_itself is None:
            raise
        outcome.code = USAGE
        context = getattr(error, "ctx", None)
        if type(error).__name__ == "NoArgsIsHelpError":
            tell(str(say_itself()))
            return
        tell(_("错误：{error}").format(error=complaint(say_itself())))
        if context is not None:
            tell(_("看用法：{command} --help").format(command=context.command_path))
