"""Writing a file so that the old one or the new one stands there, whole, whatever happens in between."""

import errno
import os
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UnwritableFileError
from qnphrase.language import _

_NAME_LENGTH = 40  # characters, up to four bytes each: the temporary name must fit into 255 bytes


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a file. Raises `UnreadableFileError` with what to do about it."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFileError(_why(error), path=os.fspath(path), hint=_read_hint(error)) from error


def open_bytes(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file that may be too large to be read at once. Raises `UnreadableFileError` as `read_bytes` does."""
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise UnreadableFileError(_why(error), path=os.fspath(path), hint=_read_hint(error)) from error


def replace_file(path: str | os.PathLike[str], data: bytes, *, expected: bytes | None = None) -> None:
    """Make `data` the content of the file at `path`, atomically.

    A new file is written beside the old one, flushed to the disk and then takes its place; the mode is kept, a symbolic
    link stays one. `expected` is the content that the edit started from: where the file holds something else by now,
    nothing is written. Raises `UnwritableFileError`; whatever is raised, the old file is whole.
    """
    try:
        if Path(path).exists() and not Path(path).is_file():
            Path(path).write_bytes(data)  # /dev/stdout, a named pipe: there is nothing to replace
            return
        _replace(Path(os.path.realpath(path)), data, expected)
    except OSError as error:
        raise UnwritableFileError(_why(error), path=os.fspath(path), hint=_write_hint(error)) from error


def leftovers(path: str | os.PathLike[str]) -> list[Path]:
    """Return the temporary files that killed processes have left beside the file at `path`."""
    target = Path(os.path.realpath(path))
    return sorted(target.parent.glob(f".{escape(target.name[:_NAME_LENGTH])}.????????.tmp"))


def _replace(target: Path, data: bytes, expected: bytes | None) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # a rename alone would not ask
    temporary = target.with_name(f".{target.name[:_NAME_LENGTH]}.{os.urandom(4).hex()}.tmp")
    try:
        _write_through(temporary, data, mode=target.stat().st_mode if target.exists() else None)
        _refuse_if_changed(target, expected)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(target.parent)


def _write_through(temporary: Path, data: bytes, mode: int | None) -> None:
    with temporary.open("xb") as stream:
        if mode is not None:
            temporary.chmod(mode & 0o7777)  # before anything stands in it that others may not read
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _refuse_if_changed(target: Path, expected: bytes | None) -> None:
    if expected is None or not target.exists():
        return
    if target.read_bytes() != expected:
        raise UnwritableFileError(
            _("读取之后，这个文件被别的程序改过了，没有写入"),
            path=str(target),
            hint=_("请重新运行一次；如果它开在 Excel 或 WPS 里，请先关掉。"),
        )


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (Windows can't open a folder)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _why(error: OSError) -> str:
    reasons = {
        errno.ENOENT: _("找不到这个文件或文件夹"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
        errno.EISDIR: _("这是一个文件夹"),
        errno.ENOTDIR: _("路径中间有一段不是文件夹"),
        errno.ENOSPC: _("磁盘满了"),
        errno.EDQUOT: _("磁盘配额用完了"),
        errno.EROFS: _("磁盘是只读的"),
        errno.ENAMETOOLONG: _("文件名太长"),
        errno.EBUSY: _("文件正被别的程序占用"),
    }
    return reasons.get(error.errno or 0, error.strerror or str(error))


def _read_hint(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("如果它开在 Excel 或 WPS 里，请先关掉再试。")
    if error.errno == errno.ENOENT:
        return _("请检查路径；路径里有空格时要加引号。")
    return ""


def _write_hint(error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("请先建好要写到的文件夹。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY):
        return _("文件多半正开在 Excel 或 WPS 里：请先关掉，再运行一次。原文件没有动。")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("请先腾出空间，再运行一次。原文件没有动。")
    return _("原文件没有动。")
