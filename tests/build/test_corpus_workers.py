"""A stream is worked on in order, by this process or by several, a few items at a time."""

from __future__ import annotations

from collections.abc import Iterator

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
