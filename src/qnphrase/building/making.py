"""Work on many shops, one after the other, or in several processes where that pays."""

import os
import signal
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Generic
from typing import TypeVar

from qnphrase.building.packing import Packer
from qnphrase.errors import QnphraseError
from qnphrase.fork import CAN_FORK
from qnphrase.language import current_language
from qnphrase.language import use_language
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops

# From here on a second process pays for its start: so many phrases in all shops that are left.
_WORTH_A_PROCESS = 30_000

Result = TypeVar("Result")
Work = Callable[[Packer, Shop], Result]

# What a worker has; a forked one shares the books that its parent has read.
_packers: list[Packer] = []


def each(
    packer: Packer, shops: Sequence[Shop], work: Work[Result], travels: Callable[[Result], bool]
) -> Iterator[tuple[Shop, Result]]:
    """Yield what `work` returns for each shop, in their order. It runs anywhere, so it is a function of a module.

    What can't go from one process to another, as errors and what `travels` says no to, is done again in this one.
    """
    for at, shop in enumerate(shops):
        if at == 1 and (workers := _workers(packer, shops)) > 1:
            results = _in_processes(packer, shops[1:], _Task(work, travels), workers)
            for one, result in zip(shops[1:], results, strict=True):
                yield one, work(packer, one) if result is None else result
            return
        yield shop, work(packer, shop)


def _workers(packer: Packer, shops: Sequence[Shop]) -> int:
    """Return how many processes pay, once the books of the first shop are read."""
    books = (packer.resolver.shelf.book(book.text).pack for book in shops[0].books)
    phrases = sum(pack.reading.counts()["phrases"] for pack in books)
    return min(os.cpu_count() or 1, len(shops) - 1, 1 + phrases * (len(shops) - 1) // _WORTH_A_PROCESS)


def _in_processes(
    packer: Packer, shops: Sequence[Shop], task: "_Task[Result]", workers: int
) -> Iterator[Result | None]:
    import multiprocessing
    from concurrent.futures import BrokenExecutor
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    _packers[:] = [packer]
    names = [shop.name for shop in shops]
    done = 0
    try:
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(packer.shops, current_language())
        ) as pool:
            for result in pool.map(task, names, chunksize=max(1, min(8, len(names) // (4 * workers)))):
                yield result
                done += 1
    except BrokenExecutor:  # one was killed, for want of memory perhaps
        yield from [None] * (len(names) - done)
    finally:
        _packers.clear()


def _begin(shops: Shops, language: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends them
    use_language(language)
    if not _packers:  # a process that was spawned
        _packers.append(Packer(shops))


class _Task(Generic[Result]):
    """A piece of work in another process: shops are named, not sent."""

    def __init__(self, work: Work[Result], travels: Callable[[Result], bool]) -> None:
        self._work = work
        self._travels = travels

    def __call__(self, name: str) -> Result | None:
        packer = _packers[0]
        try:
            result = self._work(packer, packer.shops.shops[name])
        except QnphraseError:
            return None
        return result if self._travels(result) else None
