"""Agglomerative clustering by average linkage over a sparse table of likenesses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["average_linkage"]

#: Two items, the lower number first.
_Pair = tuple[int, int]


def average_linkage(
    count: int, likeness: Mapping[tuple[int, int], float], *, least: float
) -> list[list[int]]:
    """Return items as clusters: the two most alike are joined until none are alike enough.

    Args:
        count: of items, which are numbered from 0.
        likeness: of two items, the lower number first; those that are not named are not alike at
            all. Two clusters are as alike as their items are on average.
        least: clusters that are less alike stay apart; more than 0.
    """
    clusters = [[item] for item in range(count)]
    for part in _connected(count, [pair for pair, value in likeness.items() if value > 0]):
        _join(clusters, {pair: likeness[pair] for pair in part}, least)
    return [cluster for cluster in clusters if cluster]


def _join(clusters: list[list[int]], alike: dict[_Pair, float], least: float) -> None:
    """Join clusters in place; ``alike`` has the sum of the likenesses between each two."""
    while alike:
        best, value = min(
            (
                (pair, total / (len(clusters[pair[0]]) * len(clusters[pair[1]])))
                for pair, total in alike.items()
            ),
            key=lambda item: (-item[1], item[0]),
        )
        if value < least:
            return
        kept, gone = best
        clusters[kept] += clusters[gone]
        clusters[gone] = []
        sums: dict[_Pair, float] = defaultdict(float)
        for pair, total in alike.items():
            one, other = sorted(kept if item == gone else item for item in pair)
            if one != other:
                sums[one, other] += total
        alike = dict(sums)


def _connected(count: int, pairs: Iterable[_Pair]) -> Iterator[list[_Pair]]:
    """Yield the pairs of each connected part of the graph that they make."""
    root = list(range(count))

    def find(item: int) -> int:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    pairs = list(pairs)
    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        root[second] = first
    parts: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        parts[find(pair[0])].append(pair)
    yield from parts.values()
