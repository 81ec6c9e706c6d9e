"""Merging by lines, as git itself does: the way out where a file can't be merged phrase by phrase."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.errors import FileError
from qnphrase.merge.git.repository import run_git

FAILED = 255  # git takes what is above 128 for an error, not for a conflict
_MOST_CONFLICTS = 127
LEAST_MARK, MOST_MARK = 7, 80  # what other commands know for a marker


class Files(NamedTuple):
    """What git gives a merge driver: three files without suffixes, and the path that the file has in the repository.

    The result belongs into `ours`.
    """

    base: str
    ours: str
    theirs: str
    marker_size: int
    path: str


def marker_size(word: str) -> int:
    """Return the length of a conflict marker that git wants, within what other commands know for one."""
    return min(max(int(word) if word.isdecimal() else LEAST_MARK, LEAST_MARK), MOST_MARK)


def merge_lines(files: Files) -> int:
    """Merge the lines of three files into ours, as git does, and return what `git merge-file` does.

    0 is a clean merge, 1…127 the number of conflicts, above 128 an error, after which ours is as it was.
    """
    data = [read_bytes(path) for path in (files.ours, files.base, files.theirs)]
    if any(b"\0" in one for one in data):
        return _merge_decoded(files, data)
    code, merged = _merge_file(files.marker_size, (files.ours, files.base, files.theirs))
    if code <= _MOST_CONFLICTS:
        replace_file(files.ours, merged)
    return code


def _merge_decoded(files: Files, data: Sequence[bytes]) -> int:
    """Merge files in UTF-16, which git takes for binary ones, as UTF-8."""
    try:
        documents = [Document.of_bytes(one) for one in data]
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
            for path, document in zip(paths, documents, strict=True):
                path.write_bytes(document.text.encode("utf-8", "surrogatepass"))
            code, merged = _merge_file(files.marker_size, [str(path) for path in paths])
        if code <= _MOST_CONFLICTS:
            text = merged.decode("utf-8", "surrogatepass")
            replace_file(files.ours, Document.of_text(text, documents[0].encoding).data)
    except (FileError, UnicodeError):
        return FAILED
    return code


def _merge_file(size: int, paths: Sequence[str]) -> tuple[int, bytes]:
    labels = [word for label in ("ours", "base", "theirs") for word in ("-L", label)]
    done = run_git("merge-file", "-p", f"--marker-size={size}", *labels, "--", *paths)
    code = done.returncode
    return (code if 0 <= code <= _MOST_CONFLICTS else max(code, FAILED)), done.stdout
