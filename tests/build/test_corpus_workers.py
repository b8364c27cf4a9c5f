"""A stream is worked on in order, by this process or by several, a few items at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from glossary.build.corpus.workers import shared_map


def times(shared: int, item: int) -> int:
    return shared * item


def refuse(_shared: None, item: int) -> int:
    raise ValueError(item)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_whoever_works(jobs: int) -> None:
    assert list(shared_map(times, 3, range(20), jobs)) == [(n, 3 * n) for n in range(20)]


def test_items_are_read_as_they_are_needed() -> None:
    read: list[int] = []

    def items() -> Iterator[int]:
        for n in range(100):
            read.append(n)
            yield n

    results = shared_map(times, 1, items(), 2)
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined]
    assert len(read) < 10


def test_what_fails_in_a_process_fails_here() -> None:
    with pytest.raises(ValueError, match="0"):
        list(shared_map(refuse, None, range(3), 2))


def number_of_process(_shared: None, _item: int) -> int:
    time.sleep(0.2)
    return os.getpid()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells processes by /proc")
def test_processes_end_with_one_that_is_killed() -> None:
    code = (
        "from tests.build.test_corpus_workers import number_of_process, shared_map\n"
        "for _, number in shared_map(number_of_process, None, range(1000), 2):\n"
        "    print(number, flush=True)\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        assert process.stdout is not None
        workers = {process.stdout.readline().strip() for _ in range(4)}
        assert len(workers) == 2
        process.kill()
    for _ in range(100):
        if not any(Path("/proc", worker).exists() for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail("the processes live on")
