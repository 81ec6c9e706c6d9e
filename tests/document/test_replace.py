"""The old file or the new one stands there, whole."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qnphrase.document import replace
from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.errors import UnreadableFileError
from qnphrase.errors import UnwritableFileError

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and signals of POSIX")


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "导出.csv"
    path.write_bytes(b"old")
    return path


def assert_untouched(path):
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_new_file(tmp_path):
    replace_file(tmp_path / "新.csv", b"new")
    assert (tmp_path / "新.csv").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


def test_existing_file(old):
    replace_file(str(old), b"new", expected=b"old")
    assert old.read_bytes() == b"new"
    assert len(list(old.parent.iterdir())) == 1


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_the_mode_is_kept(old, mode):
    old.chmod(mode)
    replace_file(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == mode


@POSIX
def test_a_new_file_gets_the_usual_mode(tmp_path):
    replace_file(tmp_path / "a", b"")
    (tmp_path / "b").write_bytes(b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@POSIX
def test_nobody_else_can_read_a_private_file_while_it_is_written(old, monkeypatch):
    old.chmod(0o600)
    seen = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode)))
    replace_file(old, b"new")
    assert seen[0] == 0o600


@POSIX
def test_a_symbolic_link_stays_one(old, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    link = folder / "link.csv"
    link.symlink_to(old)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"
    assert [entry.name for entry in folder.iterdir()] == ["link.csv"]


@POSIX
def test_a_dangling_link_gets_its_file(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_file_that_changed_meanwhile_is_left_alone(old):
    with pytest.raises(UnwritableFileError, match="改过") as caught:
        replace_file(old, b"new", expected=b"older")
    assert caught.value.hint
    assert_untouched(old)


def failing(code):
    def fail(*_args, **_kwargs):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("step", ["open", "write", "fsync", "rename"])
@pytest.mark.parametrize(
    ("code", "why", "hint"),
    [
        (errno.ENOSPC, "磁盘满了", "腾出空间"),
        (errno.EACCES, "没有权限", "Excel"),
        (errno.EPERM, "没有权限", "Excel"),
        (errno.EROFS, "只读", "原文件没有动"),
        (errno.EIO, os.strerror(errno.EIO), "原文件没有动"),
    ],
)
def test_whatever_fails_the_old_file_is_whole(old, monkeypatch, step, code, why, hint):
    if step == "open":
        monkeypatch.setattr(Path, "open", failing(code))
    elif step == "write":
        monkeypatch.setattr(replace, "_write_through", half_written(code))
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", failing(code))
    else:
        monkeypatch.setattr(Path, "replace", failing(code))
    with pytest.raises(UnwritableFileError) as caught:
        replace_file(old, b"new")
    monkeypatch.undo()
    assert why in caught.value.what
    assert hint in caught.value.hint
    assert caught.value.path == str(old)
    assert caught.value.exit_code == 3
    assert_untouched(old)


def half_written(code):
    def write(temporary, data, mode):
        temporary.write_bytes(data[:1])
        raise OSError(code, os.strerror(code))

    return write


def test_an_interrupt_leaves_nothing_behind(old, monkeypatch):
    def interrupt(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(old, b"new")
    assert_untouched(old)


def test_a_read_only_file_is_not_replaced(old, monkeypatch):
    """A rename asks the folder only; whoever made a file read-only doesn't want it to be written."""
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(UnwritableFileError, match="没有权限"):
        replace_file(old, b"new")
    assert_untouched(old)


def test_folders_and_missing_folders(tmp_path):
    with pytest.raises(UnwritableFileError, match="文件夹"):
        replace_file(tmp_path, b"new")
    with pytest.raises(UnwritableFileError, match="找不到"):
        replace_file(tmp_path / "no" / "a.csv", b"new")


@pytest.mark.parametrize("name", ["亲" * 82 + ".csv", "😀" * 62 + ".csv"])
def test_the_longest_names(tmp_path, name):
    """The temporary file has a longer name than the file; 255 bytes is what file systems allow."""
    replace_file(tmp_path / name, b"old")
    replace_file(tmp_path / name, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_reading(old, tmp_path):
    assert read_bytes(old) == b"old"
    with pytest.raises(UnreadableFileError, match="找不到") as caught:
        read_bytes(tmp_path / "no.csv")
    assert "路径" in caught.value.hint
    with pytest.raises(UnreadableFileError, match="文件夹"):
        read_bytes(tmp_path)


def test_reading_without_permission(old, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", failing(errno.EACCES))
    with pytest.raises(UnreadableFileError, match="没有权限") as caught:
        read_bytes(old)
    assert "Excel" in caught.value.hint


def run(code, *arguments, **options):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment, **options)


@POSIX
def test_standard_output_is_written_to():
    code = "from qnphrase.document.replace import replace_file; replace_file('/dev/stdout', b'new')"
    with run(code, stdout=subprocess.PIPE) as process:
        assert process.communicate()[0] == b"new"
    assert process.returncode == 0


@POSIX
def test_a_full_device():
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with pytest.raises(UnwritableFileError, match="磁盘满了"):
        replace_file("/dev/full", b"new")


REWRITE = """
import sys
from qnphrase.document.replace import replace_file
contents = [bytes([65 + number]) * 300_000 for number in range(2)]
print("ready", flush=True)
while True:
    for content in contents:
        replace_file(sys.argv[1], content)
"""


@POSIX
def test_a_killed_process_leaves_a_whole_file(tmp_path):
    path = tmp_path / "a.csv"
    whole = {b"A" * 300_000, b"B" * 300_000}
    path.write_bytes(b"A" * 300_000)
    for number in range(30):
        with run(REWRITE, str(path), stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.0007 * number)
            os.kill(process.pid, signal.SIGKILL)
        assert path.read_bytes() in whole
