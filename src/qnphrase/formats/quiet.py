"""Loading in bulk with the cyclic garbage collector off.

A pack of 100,000 phrases makes a million objects and no cycle; the collector would walk them again and again.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_collector() -> Iterator[None]:
    """Keep the cyclic collector off inside the block, if it was on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
