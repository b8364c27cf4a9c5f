"""Run a pure function over a stream in several processes, in order and with bounded memory."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TypeVar

__all__ = ["default_jobs", "shared_map"]

_Shared = TypeVar("_Shared")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# More processes than this take more memory than the reading of a corpus is worth waiting for.
_MOST_JOBS = 4
# Items of each process that are under way at a time: one in work, one ready.
_AHEAD = 2
# What a process works with; set once, since sending it along with each item would cost more than
# the item itself.
_SHARED: list[object] = []


def default_jobs() -> int:
    """Return how many processes a harvest takes: the available cores, at most 4."""
    # os.process_cpu_count exists from Python 3.13 on, sched_getaffinity on Linux only.
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(_MOST_JOBS, cores)


def shared_map(
    function: Callable[[_Shared, _Item], _Result],
    shared: _Shared,
    items: Iterable[_Item],
    jobs: int,
) -> Iterator[tuple[_Item, _Result]]:
    """Yield each item with its result, in order; a few for each process are under way at a time.

    On Linux the processes are forked, so that dictionaries and models which this process has loaded
    stand in memory once; elsewhere, and where threads run here, they are spawned.

    Args:
        function: is given what is shared and an item; can be pickled, if there are several jobs.
        shared: what all items are done with; a process is given it once.
        items: read as they are needed.
        jobs: processes; 1 for none but this.
    """
    if jobs == 1:
        for item in items:
            yield item, function(shared, item)
        return
    waiting: deque[tuple[_Item, Future[_Result]]] = deque()
    with _pool(shared, jobs) as pool:
        for item in items:
            waiting.append((item, pool.submit(_apply, function, item)))
            if len(waiting) > _AHEAD * jobs:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()


@contextmanager
def _pool(shared: object, jobs: int) -> Iterator[ProcessPoolExecutor]:
    forked = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if forked else "spawn")
    # A collection of garbage in a process would touch, and so copy, all that it has from this one.
    gc.freeze()
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(shared,))
    try:
        yield pool
    finally:
        # What an interruption leaves undone is not waited for.
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _begin(shared: object) -> None:
    _SHARED[:] = [shared]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is killed, which has no time to say so."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _apply(function: Callable[[_Shared, _Item], _Result], item: _Item) -> _Result:
    return function(_SHARED[0], item)  # type: ignore[arg-type]
