"""The lock file beside a phrasebook: what Qianniu held when the book last took in a pack.

With it the next import is a true three-way merge: it tells what was deleted in Qianniu from what was added to the book
since. It is JSON with one phrase on a line, so that git shows and merges it.
"""

import json
import os
from typing import Any

from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.errors import PackSyntaxError
from qnphrase.language import _
from qnphrase.model import Phrasebook
from qnphrase.text.pattern import lazy_pattern

VERSION = 1
_SURROGATE = lazy_pattern("[\ud800-\udfff]")
SUFFIX = ".lock"


def lock_path(book: str | os.PathLike[str]) -> str:
    """Return the path of the lock file of the phrasebook at `book`."""
    return os.fspath(book) + SUFFIX


def read_lock(book: str | os.PathLike[str]) -> Phrasebook | None:
    """Return what the lock file of the phrasebook at `book` holds; `None` where there is no such file.

    Raises `UnreadableFileError`, or `PackSyntaxError` where it was damaged.
    """
    path = lock_path(book)
    if not os.path.lexists(path):
        return None
    document = Document.of_bytes(read_bytes(path), encoding="utf-8", path=path)
    try:
        said = json.loads(document.text)
        if said["version"] != VERSION:
            raise PackSyntaxError(
                _("这个文件是另一个版本的 qnphrase 写的（version: {version}）").format(version=said["version"]),
                path=path,
                hint=_("请升级 qnphrase；也可以用 --base 指明上次导入的文件。"),
            )
        return Phrasebook.model_validate(said["book"])
    except (ValueError, KeyError, TypeError) as error:
        line = getattr(error, "lineno", None)
        raise PackSyntaxError(
            _("记录上次导入的文件坏了"),
            path=path,
            line=line,
            hint=_("删掉它，或者用 --base 指明上次导入的文件。"),
        ) from None


def write_lock(book: str | os.PathLike[str], held: Phrasebook) -> None:
    """Write the lock file of the phrasebook at `book`, atomically. Raises `UnwritableFileError`."""
    replace_file(lock_path(book), lock_text(held).encode("utf-8"))


def lock_text(held: Phrasebook) -> str:
    """Return the text of a lock file."""
    said = held.model_dump(mode="json", exclude_defaults=True)
    lines = ["{", f'"version": {VERSION},', '"book": {']
    parts = [f'"{name}": {_line(said[name])}' for name in ("shop", "signature", "remove") if name in said]
    parts += [f'"{name}": {_list(said[name])}' for name in ("phrases", "auto_replies") if name in said]
    groups = [
        '{"name": ' + _line(group["name"]) + ', "phrases": ' + _list(group.get("phrases", [])) + "}"
        for group in said.get("groups", [])
    ]
    if groups:
        parts.append('"groups": [\n' + ",\n".join(groups) + "\n]")
    return "\n".join([*lines, ",\n".join(parts), "}", "}", ""])


def _list(values: list[Any]) -> str:
    return "[\n" + ",\n".join(map(_line, values)) + "\n]" if values else "[]"


def _line(value: Any) -> str:
    """Return a value on one line; broken bytes, which are lone surrogates, as escapes."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
