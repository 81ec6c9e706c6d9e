"""Setting up a repository: commands in git's configuration, and the lines of `.gitattributes` that call for them."""

import os
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qnphrase.document.replace import replace_file
from qnphrase.errors import FileError
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.merge.git.attributes import attribute_line
from qnphrase.merge.git.attributes import our_lines
from qnphrase.merge.git.attributes import with_lines
from qnphrase.merge.git.attributes import without_lines
from qnphrase.merge.git.program import driver_command
from qnphrase.merge.git.program import shell_program
from qnphrase.merge.git.program import textconv_command
from qnphrase.merge.git.repository import Repository
from qnphrase.merge.git.repository import config_value
from qnphrase.merge.git.repository import set_config
from qnphrase.merge.git.repository import unset_config

# Books are looked for in one folder only: a repository may hold other YAML files, which are none of our business.
DEFAULT_PATTERNS = ("*.csv", "*.xml", "phrasebooks/**/*.yaml")
_IN_FOLDER = ("*.csv", "*.xml", "*.yaml", "*.yml")

DRIVER_KEY, TEXTCONV_KEY = "merge.qnphrase.driver", "diff.qnphrase.textconv"
LOCAL, GLOBAL = "--local", "--global"


def settings(program: str) -> dict[str, str]:
    """Return what stands in git's configuration, for a program as `shell_program` names it."""
    return {
        "merge.qnphrase.name": "qnphrase: phrase by phrase",
        DRIVER_KEY: driver_command(program),
        TEXTCONV_KEY: textconv_command(program),
        # A cache would go on showing what an older version made of a pack.
        "diff.qnphrase.cachetextconv": "false",
        "diff.qnphrase.xfuncname": "^(「.*)$",
    }


@dataclass(frozen=True)
class Change:
    """What was changed: keys of the configuration, and lines of `.gitattributes` (as they are now)."""

    keys: tuple[str, ...] = ()
    is_attributes_changed: bool = False
    lines: tuple[str, ...] = ()


def install(repository: Repository | None, patterns: Sequence[str], folder: Path, *, scope: str = LOCAL) -> Change:
    """Set up a repository, or with `GLOBAL` the configuration of all of them; what is there already stays.

    `patterns` are of `.gitattributes`, or files and folders as seen from `folder`; they come to those that are there.
    Without any, those that are there stay, or are `DEFAULT_PATTERNS`. Raises `UsageError`, `FileError`.
    """
    wanted: list[str] = []
    data = None
    if repository is not None:
        data = _attributes(repository)
        there = our_lines(data or b"")
        given = [one for pattern in patterns for one in _expanded(pattern, repository, folder)]
        fresh = [attribute_line(pattern) for pattern in given or ([] if there else DEFAULT_PATTERNS)]
        wanted = list(dict.fromkeys([*there, *fresh]))
    values = settings(shell_program())
    changed = tuple(key for key, value in values.items() if config_value(key, folder, scope) != value)
    for key in changed:
        set_config(key, values[key], folder, scope)
    is_changed = repository is not None and wanted != our_lines(data or b"")
    if repository is not None and is_changed:
        replace_file(repository.attributes_file, with_lines(data, wanted), expected=data)
    return Change(changed, is_changed, tuple(wanted))


def uninstall(repository: Repository | None, folder: Path, *, scope: str = LOCAL) -> Change:
    """Take back what `install` wrote, and nothing else. Raises `FileError`."""
    keys = tuple(key for key in settings("") if unset_config(key, folder, scope))
    data = _attributes(repository) if repository is not None else None
    if repository is None or data is None or scope == GLOBAL:
        return Change(keys)
    rest = without_lines(data)
    if rest == data:
        return Change(keys)
    if rest is None:
        repository.attributes_file.unlink()
    else:
        replace_file(repository.attributes_file, rest, expected=data)
    return Change(keys, is_attributes_changed=True, lines=tuple(our_lines(data)))


def _attributes(repository: Repository) -> bytes | None:
    data = repository.attributes_bytes()
    if data is not None and b"\0" in data:
        raise FileError(
            _("这不是 UTF-8 文件，git 也读不懂它"),
            path=os.fspath(repository.attributes_file),
            hint=_("请把它另存为 UTF-8，再运行一次。"),
        )
    return data


def _expanded(pattern: str, repository: Repository, folder: Path) -> Iterator[str]:
    """Yield the patterns for what a user names: a file, all packs and books of a folder, or a pattern."""
    written = pattern.replace("\\", "/") if sys.platform == "win32" else pattern
    path = folder / pattern
    if written.strip() and (path.exists() or written.endswith("/")):
        try:
            inside = Path(os.path.realpath(path)).relative_to(os.path.realpath(repository.root))
        except ValueError:
            raise UsageError(_("{path} 不在这个仓库里").format(path=pattern)) from None
        place = "".join(f"/{_literal(part)}" for part in inside.parts)
        yield from ([place] if path.is_file() else (f"{place}/**/{name}" for name in _IN_FOLDER))
        return
    if not written.strip() or written.startswith("!") or any(ord(character) < 32 for character in written):
        raise UsageError(
            _("不能这样写文件的样子：{pattern}").format(pattern=pattern),
            hint=_("例如 '*.csv'、'话术/**/*.yaml'，或者一个文件、一个文件夹。"),
        )
    yield written


def _literal(name: str) -> str:
    return "".join(f"\\{character}" if character in "*?[\\" else character for character in name)
