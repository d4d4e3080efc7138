"""Applies a function to items with several threads, and yields the results in the order of the items."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

MOST = 8
"""The largest number of threads. Each may need the memory of the largest image: 4 bytes for each pixel."""

A = TypeVar("A")
B = TypeVar("B")


def usable_processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(function: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
    """Yield `function(item)` for each item, in the order of the items.

    At most two results for each thread are kept, so that the memory does not grow with the number of items. The
    decoders of Pillow and the arithmetic of NumPy let several threads work at once.

    Raises:
        Exception: what the function raises, when it is the turn of its item.
    """
    threads = min(MOST, usable_processors())
    pool = ThreadPoolExecutor(threads)
    waiting: deque[Future[B]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
