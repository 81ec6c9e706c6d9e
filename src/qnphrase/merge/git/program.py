"""The commands that stand in git's configuration: how git starts qnphrase, and what happens where it can't.

Git runs them with `sh`, on Windows with the one that comes with Git. Where qnphrase doesn't start any more (Python was
removed, another computer), files are merged by lines, as without qnphrase; else git would leave our side behind without
a marker, which looks as if it were merged.
"""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from pathlib import PureWindowsPath

from qnphrase import __version__

_MODULE = "-P -m qnphrase"  # -P: not what a repository has in a folder called qnphrase
_LINES = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
_NOTE = "qnphrase does not start here: merging by lines"


def shell_program() -> str:
    """Return how this qnphrase is called from `sh`: by its name where `PATH` leads to it, else through its Python."""
    found = shutil.which("qnphrase")
    if found is not None and not _is_temporary(found) and _version(found) == f"qnphrase {__version__}":
        return "qnphrase"
    return f"{shlex.quote(_shell_path(sys.executable))} {_MODULE}"


def _is_temporary(found: str) -> bool:
    """Return whether a program is found only while a virtual environment is active: git is called outside, too."""
    return sys.prefix != sys.base_prefix and Path(found).parent == Path(sys.executable).parent


def _version(program: str) -> str:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _shell_path(path: str) -> str:
    return PureWindowsPath(path).as_posix() if sys.platform == "win32" else path


def driver_command(program: str) -> str:
    """Return the value of `merge.qnphrase.driver`. Git puts the files in for `%O %A %B`, the path, quoted, for `%P`."""
    program = program.replace("%", "%%")
    return (
        f"{program} --version >/dev/null 2>&1 || {{ echo '{_NOTE}' >&2; exec {_LINES}; }}; "
        f"{program} git merge-driver -- %O %A %B %L %P"
    )


def textconv_command(program: str) -> str:
    """Return the value of `diff.qnphrase.textconv`. Git puts the file behind it."""
    return f'f() {{ {program} git textconv -- "$1" || cat "$1"; }}; f'


def program_in(command: str) -> str:
    """Return the program that a command in the configuration starts with, as `sh` understands it; empty: none."""
    try:
        words = shlex.split(command.removeprefix("f() { "))
    except ValueError:
        return ""
    return words[0].replace("%%", "%") if words else ""


def starts(program: str) -> bool:
    """Return whether a program can be found."""
    return shutil.which(program) is not None
