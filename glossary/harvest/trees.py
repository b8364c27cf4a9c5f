"""Sums of regression trees, as gradient boosting learns them.

Rows go down all trees at once, split by split: a row keeps the leaves that it may still reach as
bits, each split whose test fails takes the leaves below it away, and the first leaf that is left
is the row's (QuickScorer, Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Split", "Tree", "Trees"]

FloatArray = NDArray[np.float64]

_LEAVES = 16
_ALL = (1 << _LEAVES) - 1
_BLOCK = 1 << 13
_MASKS = np.arange(_ALL + 1)
#: The place of the lowest bit that is set.
_LOWEST = np.zeros(_ALL + 1, dtype=np.uint8)
_LOWEST[1:] = np.log2(_MASKS[1:] & -_MASKS[1:]).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Split:
    """An inner node: rows with ``row[place] <= threshold`` go below, the others above.

    Attributes:
        place: of the input that is looked at.
        threshold: its greatest value that goes below.
        below, above: a split, or a leaf's value.
    """

    place: int
    threshold: float
    below: Split | float
    above: Split | float


#: A tree is its root; one that has no split is a constant.
Tree = Split | float


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of at most sixteen leaves each, whose values are added up.

    Attributes:
        splits: of each tree ``(place, threshold, bits that stay if the value is greater)``.
        leaves: ``[t, 16]``, the values of each tree's leaves from below to above.
    """

    splits: tuple[tuple[tuple[int, float, np.uint16], ...], ...]
    leaves: FloatArray

    @classmethod
    def of(cls, trees: Sequence[Tree]) -> Trees:
        """Return trees ready to be asked.

        Raises:
            ValueError: a tree has more leaves than sixteen.
        """
        splits, leaves = [], np.zeros((len(trees), _LEAVES))
        for row, tree in zip(leaves, trees, strict=True):
            values = list(_leaves(tree))
            if len(values) > _LEAVES:
                raise ValueError(f"a tree has {len(values)} leaves, more than {_LEAVES}")
            row[: len(values)] = values
            splits.append(tuple(_splits(tree, 0)))
        return cls(tuple(splits), leaves)

    def sums(self, rows: FloatArray) -> FloatArray:
        """Return what the trees add up to ``[n]`` for rows ``[n, w]``."""
        total = np.zeros(len(rows))
        for start in range(0, len(rows), _BLOCK):
            columns = np.ascontiguousarray(rows[start : start + _BLOCK].T)
            for splits, leaves in zip(self.splits, self.leaves, strict=True):
                left = np.full(columns.shape[1], _ALL, dtype=np.uint16)
                for place, threshold, stay in splits:
                    left &= np.where(columns[place] > threshold, stay, np.uint16(_ALL))
                total[start : start + _BLOCK] += leaves[_LOWEST[left]]
        return total


def _leaves(tree: Tree) -> Iterator[float]:
    if isinstance(tree, Split):
        yield from _leaves(tree.below)
        yield from _leaves(tree.above)
    else:
        yield tree


def _splits(tree: Tree, first: int) -> Iterator[tuple[int, float, np.uint16]]:
    """Yield the splits of a tree whose lowest leaf is the ``first`` of the whole."""
    if isinstance(tree, Split):
        count = sum(1 for _ in _leaves(tree.below))
        below = ((1 << count) - 1) << first
        yield tree.place, tree.threshold, np.uint16(_ALL & ~below)
        yield from _splits(tree.below, first)
        yield from _splits(tree.above, first + count)
