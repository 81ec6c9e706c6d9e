"""Calling git, and what it knows of a repository."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qnphrase.errors import UsageError
from qnphrase.language import _


def git_program() -> str | None:
    """Return the path of git, or `None`."""
    return shutil.which("git")


def run_git(*arguments: str, cwd: Path | None = None, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run git and return what it says. Raises `UsageError` where there is no git."""
    program = git_program()
    if program is None:
        raise UsageError(_("这台电脑上找不到 git"), hint=_("请先装好 git，再运行一次。"))
    return subprocess.run([program, *arguments], input=stdin, capture_output=True, cwd=cwd, check=False)


def _said(*arguments: str, cwd: Path | None = None) -> str | None:
    """Return a line that git answers with, `None` where it fails."""
    done = run_git(*arguments, cwd=cwd)
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n") if done.returncode == 0 else None


@dataclass(frozen=True)
class Repository:
    """A repository with a work tree, whose top folder is `root`."""

    root: Path

    @property
    def attributes_file(self) -> Path:
        """The `.gitattributes` that everybody gets with the repository."""
        return self.root / ".gitattributes"

    def attributes_bytes(self) -> bytes | None:
        """Return what stands in `.gitattributes`; `None`: there is none."""
        return self.attributes_file.read_bytes() if self.attributes_file.exists() else None

    def tracked(self, patterns: Iterable[str]) -> list[str]:
        """Return the tracked files that patterns of `.gitattributes` match, by their paths below `root`, each once."""
        specs = [f":(glob){one.removeprefix('/')}" if "/" in one else f":(glob)**/{one}" for one in patterns]
        done = run_git("ls-files", "-z", "--", *specs, cwd=self.root) if specs else None
        names = done.stdout.decode("utf-8", "surrogateescape") if done is not None else ""
        return [name for name in dict.fromkeys(names.split("\0")) if name]  # git lists one in conflict three times

    def attributes_of(self, paths: Iterable[str], *names: str) -> dict[str, dict[str, str]]:
        """Return the attributes of files as git finds them: `set`, `unset`, `unspecified` or a value."""
        stdin = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
        done = run_git("check-attr", "-z", "--stdin", *names, cwd=self.root, stdin=stdin)
        parts = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        found: dict[str, dict[str, str]] = {}
        for path, name, value in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            found.setdefault(path, {})[name] = value
        return found

    def is_changed(self, path: Path) -> bool:
        """Return whether a file holds something that isn't committed."""
        return bool(_said("status", "--porcelain", "--", os.fspath(path), cwd=self.root))


def repository_at(folder: Path) -> Repository | None:
    """Return the repository that `folder` is in, or `None`."""
    root = _said("rev-parse", "--show-toplevel", cwd=folder)
    return Repository(Path(root)) if root else None


def config_value(key: str, cwd: Path, scope: str | None = None) -> str | None:
    """Return a value of git's configuration; `scope` (`--local`, `--global`) asks for one file of it."""
    return _said("config", *([scope] if scope else []), "--get", key, cwd=cwd)


def set_config(key: str, value: str, cwd: Path, scope: str) -> None:
    """Write a value. Raises `UsageError` where git can't."""
    done = run_git("config", scope, "--replace-all", key, value, cwd=cwd)
    if done.returncode:
        raise UsageError(_("git 没能写入配置：{why}").format(why=done.stderr.decode("utf-8", "replace").strip()))


def unset_config(key: str, cwd: Path, scope: str) -> bool:
    """Remove a value, and say whether there was one."""
    return run_git("config", scope, "--unset-all", key, cwd=cwd).returncode == 0
