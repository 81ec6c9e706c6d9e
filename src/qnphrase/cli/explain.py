"""`qnphrase explain QN201`: what a rule looks for, why, and what to write instead."""

from typing import Annotated

import typer

from qnphrase.cli.output import say
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.lint.explain import as_text
from qnphrase.lint.explain import page_named
from qnphrase.lint.explain import pages
from qnphrase.lint.known import refusal_of_code


def command(
    rule: Annotated[str | None, typer.Argument(metavar="RULE", help=_("规则编号或名字，例如 QN201"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("所有的规则"))] = False,
) -> None:
    """Explain a rule."""
    if everything:
        for one in pages():
            say(as_text(one))
            say()
        return
    found = page_named(rule or "")
    if found is None:
        raise UsageError(refusal_of_code(rule or ""), hint=_("全部规则见 qnphrase explain --all。"))
    say(as_text(found))


command.__doc__ = _("说明一条规则：查什么、为什么、怎么改，附合格和不合格的例句。")
