"""Two pieces of work at once, in two processes that share what was there before: a big file needs no second reading."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

First = TypeVar("First")
Second = TypeVar("Second")

# macOS forks, but its own libraries don't survive it; Windows has no fork. There the work is done in turn.
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """Return what both return; `second` runs in a copy of this process, so what it changes is lost.

    An error of either is raised here. No other thread may run. Where there is no second process to be had, `second`
    runs behind `first`.
    """
    if not CAN_FORK or (os.cpu_count() or 1) < 2:
        return first(), second()
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no more processes
        os.close(reader)
        os.close(writer)
        return first(), second()
    if child == 0:
        _answer(second, reader, writer)
    os.close(writer)
    done = None
    try:
        with os.fdopen(reader, "rb") as answers:
            done = first()
            answer = answers.read()
    finally:
        if done is None:  # nobody will read on
            _end(child)
        os.waitpid(child, 0)
    if not answer:  # it was killed, for want of memory perhaps
        return done, second()
    import pickle

    found, error = pickle.loads(answer)  # noqa: S301 - our own process wrote it
    if error is not None:
        raise error
    return done, found


def _end(child: int) -> None:
    import signal

    os.kill(child, signal.SIGKILL)


def _answer(work: Callable[[], object], reader: int, writer: int) -> None:
    """Do the work, write the answer, and leave without any of the parent's cleaning up."""
    import pickle

    try:
        os.close(reader)
        try:
            answer = pickle.dumps((work(), None), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writer, "wb") as answers:
            answers.write(answer)
    finally:
        os._exit(0)
