"""How far a long piece of work has come: a line on the terminal from the first second on; in a pipe, nothing."""

import signal
import sys
import threading
import time
from types import TracebackType
from typing import TextIO

from qnphrase.language import _


class Progress:
    """Show how many of `total` are done while the block runs; call `done` after each.

    `line` says it, with `{done}`, `{total}` and `{seconds}`; it is that of linting unless another is given. A timer of
    the system shows it, not a thread: the work forks, and a process that forks had better have one thread. Windows has
    no such timer and doesn't fork.
    """

    def __init__(
        self, total: int, line: str = "", *, stream: TextIO | None = None, after: float = 1.0, every: float = 0.2
    ) -> None:
        self._total = total
        self._line = line or _("正在检查：{done}/{total} 个文件，{seconds} 秒")
        self._stream = sys.stderr if stream is None else stream
        self._after, self._every = after, every
        self._count = self._longest = 0
        self._begun = time.monotonic()
        self._over = threading.Event()

    def __enter__(self) -> "Progress":
        if not self._stream.isatty():
            return self
        if sys.platform != "win32":
            signal.signal(signal.SIGALRM, self._show)
            signal.setitimer(signal.ITIMER_REAL, self._after, self._every)
        else:
            threading.Thread(target=self._keep_showing, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._stream.isatty():
            return
        self._over.set()
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if self._longest:
            self._write("\r" + " " * (2 * self._longest) + "\r")

    def done(self, _result: object = None) -> None:
        """Count one more."""
        self._count += 1

    def _keep_showing(self) -> None:
        pause = self._after
        while not self._over.wait(pause):
            pause = self._every
            self._show()

    def _show(self, *_signal: object) -> None:
        seconds = int(time.monotonic() - self._begun)
        line = self._line.format(done=self._count, total=self._total, seconds=seconds)
        self._longest = max(self._longest, len(line))
        self._write("\r" + line)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # the terminal is gone; the report still says what was found
            self._over.set()
