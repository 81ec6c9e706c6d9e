"""A baseline: the findings that were there when a shop began to lint, so that only new ones fail.

Packs have no comments, so this is how their findings are let pass. An entry names the rule, the group, the code and the
very words, never a line, so it survives moved lines; equal entries are counted.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from typing import NamedTuple

from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.lint.diagnostic import Diagnostic

VERSION = 1


class Entry(NamedTuple):
    """What makes a finding the same finding tomorrow."""

    path: str
    rule: str
    group: str
    phrase: str
    words: str


def entry_of(diagnostic: Diagnostic, folder: str) -> Entry:
    """Return the entry of a finding; the path is relative to the folder of the baseline, with `/`."""
    return Entry(
        relative(diagnostic.path, folder), diagnostic.code, diagnostic.group, diagnostic.phrase, diagnostic.text
    )


def relative(path: str, folder: str) -> str:
    """Return `path` relative to `folder`, with `/`; a path elsewhere stays absolute."""
    import os

    try:
        return PurePath(os.path.relpath(path, folder or ".")).as_posix()
    except ValueError:  # another drive of Windows
        return PurePath(path).as_posix()


def write_baseline(path: str, diagnostics: Iterable[Diagnostic], folder: str) -> int:
    """Write a baseline that holds these findings; return how many."""
    counts = Counter(entry_of(diagnostic, folder) for diagnostic in diagnostics)
    findings = [{**entry._asdict(), "count": counts[entry]} for entry in sorted(counts)]
    data = json.dumps({"version": VERSION, "findings": findings}, ensure_ascii=False, indent=1)
    replace_file(path, data.encode("utf-8", "surrogateescape") + b"\n")
    return sum(counts.values())


def read_baseline(path: str) -> Counter[Entry]:
    """Return the entries of a baseline, counted. Raises `UsageError` where the file is none."""
    try:
        return Counter(_entries(json.loads(read_bytes(path).decode("utf-8", "surrogateescape"))))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            _("{path} 不是基线文件").format(path=path), hint=_("请用 --write-baseline 重新生成。")
        ) from error


def _entries(data: Any) -> dict[Entry, int]:
    if data["version"] != VERSION:
        raise ValueError(data["version"])
    return {Entry(*(str(found[key]) for key in Entry._fields)): int(found["count"]) for found in data["findings"]}


def without_known(diagnostics: Iterable[Diagnostic], left: Counter[Entry], folder: str) -> list[Diagnostic]:
    """Return the findings that the baseline doesn't know; each of its entries excuses as many as it counts.

    What they use up is taken from `left`, so that the findings of many files can be compared with it one by one.
    """
    new = []
    for diagnostic in diagnostics:
        entry = entry_of(diagnostic, folder)
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(diagnostic)
    return new
