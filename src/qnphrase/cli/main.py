"""Running a command: the language, the exit codes, and the errors in a user's words.

Exit codes: 0 fine · 1 findings, differences or conflicts · 2 usage · 3 a file can't be read, parsed, represented or
written · 70 a bug of ours · 130 interrupted.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from qnphrase.cli.output import ReaderGoneError
from qnphrase.cli.output import flush
from qnphrase.cli.output import prepare_streams
from qnphrase.cli.output import tell
from qnphrase.errors import QnphraseError
from qnphrase.language import LANGUAGES
from qnphrase.language import _
from qnphrase.language import language_of
from qnphrase.language import use_language

if TYPE_CHECKING:
    import typer

USAGE = 2
INTERNAL = 70
INTERRUPTED = 130

# In the order of `qnphrase --help`. A command's module is imported when it is called: start-up is paid by every call.
COMMANDS = {
    "init": "qnphrase.cli.init",
    "inspect": "qnphrase.cli.inspect",
    "convert": "qnphrase.cli.convert",
    "import": "qnphrase.cli.import_pack",
    "export": "qnphrase.cli.export",
    "merge": "qnphrase.cli.merge",
    "resolve": "qnphrase.cli.resolve",
    "git": "qnphrase.cli.git",
    "roundtrip": "qnphrase.cli.roundtrip",
    "diff": "qnphrase.cli.diff",
    "plan": "qnphrase.cli.plan",
    "simulate": "qnphrase.cli.simulate",
    "coverage": "qnphrase.cli.coverage",
    "build": "qnphrase.cli.build",
    "lint": "qnphrase.cli.lint",
    "explain": "qnphrase.cli.explain",
    "schema": "qnphrase.cli.schema",
}


# A book of 100,000 phrases makes a million objects and no cycle: with Python's own thresholds the collector walks them
# again and again, which takes as long as merging them.
_COLLECTOR = (300_000, 20, 50)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code. Never raises, never shows a traceback for a user's mistake."""
    prepare_streams()
    try:
        words, language = _without_language(arguments)
        use_language(language)
        code = _run_command(words)
        flush()
        return code
    except QnphraseError as error:
        tell(_("错误：{error}").format(error=error))
        return error.exit_code
    except KeyboardInterrupt:
        tell(_("已中断"))
        return INTERRUPTED
    except ReaderGoneError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; nor is it anybody's mistake
        return 0
    except Exception:
        import traceback

        tell(traceback.format_exc())
        tell(_("错误：qnphrase 自己出了问题，没有写入任何文件。请把上面的内容发给我们。"))
        return INTERNAL


def _without_language(arguments: Sequence[str]) -> tuple[list[str], str]:
    """Take `--lang zh|en` out of the arguments, wherever it stands before `--`."""
    words: list[str] = []
    language = language_of()
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            words += [word, *rest]
        elif word == "--lang":
            language = next(rest, "")
        elif word.startswith("--lang="):
            language = word.partition("=")[2]
        else:
            words.append(word)
    if language not in LANGUAGES:
        tell(f"--lang: {' | '.join(LANGUAGES)}")
        raise SystemExit(USAGE)
    return words, language


def _run_command(words: Sequence[str]) -> int:
    name = next((word for word in words if not word.startswith("-")), None)
    gc.disable()
    from qnphrase.cli import usage

    app = build_app([name] if name in COMMANDS else list(COMMANDS))
    gc.freeze()  # what is imported stays to the end: the collector need never walk it, not at the exit either
    gc.set_threshold(*_COLLECTOR)
    gc.enable()
    with usage.explained() as outcome:
        outcome.code = app(list(words), standalone_mode=False, prog_name="qnphrase") or 0
    return outcome.code


def build_app(names: Sequence[str]) -> "typer.Typer":
    """Return the typer application with the commands `names`."""
    import typer

    from qnphrase.cli import usage

    app = typer.Typer(
        name="qnphrase",
        cls=usage.Group,
        help=_("千牛快捷短语和自动回复的管家：读、写、转换导出包，一个字节也不丢。"),
        epilog=_("--lang zh|en 选择语言。每个命令后面加 --help 看用法。"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def root(
        version: bool = typer.Option(False, "--version", "-V", help=_("显示版本"), is_eager=True),
    ) -> None:
        if version:
            from qnphrase import __version__
            from qnphrase.cli.output import say

            say(f"qnphrase {__version__}")
            raise typer.Exit

    for name in names:
        app.command(name, cls=usage.Command)(import_module(COMMANDS[name]).command)
    return app
