"""How well p source sentences and q target sentences render each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.align.dynamic import LONGEST
from glossary.align.lexical import LexicalIndex
from glossary.encoders.protocol import FloatArray

__all__ = ["BeadScorer"]

# Weight of the lexical overlap beside the similarity margin.
_LEXICAL = 0.3
_IMPOSSIBLE = np.float32(-1e9)

IntArray = NDArray[np.int64]


class BeadScorer:
    """Scores beads by similarity of runs, margin over neighbours, shared words and length.

    The margin takes the mean similarity with the sentences just outside the bead from its own, as
    Bertalign does (Liu and Zhu 2022): it keeps beads from swallowing their neighbours.

    Args:
        runs: run vectors ``[LONGEST, n, d]`` and ``[LONGEST, m, d]`` of the two texts.
        lexicon: their stem vectors.
        lengths: the length of each sentence in bytes.
        length_ratio: how many bytes of the source go with one of the target.
    """

    def __init__(
        self,
        runs: tuple[FloatArray, FloatArray],
        lexicon: LexicalIndex,
        lengths: tuple[Sequence[int], Sequence[int]],
        length_ratio: float,
    ) -> None:
        self._source, self._target = runs
        self._lexicon = lexicon
        self._source_mass = _cumulative(lexicon.source.mass)
        self._target_mass = _cumulative(lexicon.target.mass)
        self._source_length = _cumulative(lengths[0])
        self._target_length = _cumulative(lengths[1])
        self._target_length *= length_ratio
        self._n, self._m = runs[0].shape[1], runs[1].shape[1]

    def __call__(self, rows: range, columns: range) -> FloatArray:
        """Return scores ``[LONGEST, rows, LONGEST, columns]`` of beads that end at positions."""
        # Sentences that the beads and their neighbours cover.
        first_row, last_row = max(0, rows.start - LONGEST - 1), min(self._n, rows.stop)
        first_col, last_col = max(0, columns.start - LONGEST - 1), min(self._m, columns.stop)
        a = self._source[:, first_row:last_row]
        b = self._target[:, first_col:last_col]
        dims = a.shape[-1]
        sims = (a.reshape(-1, dims) @ b.reshape(-1, dims).T).reshape(
            LONGEST, last_row - first_row, LONGEST, last_col - first_col
        )
        lexical = _summed(
            self._lexicon.overlap(range(first_row, last_row), range(first_col, last_col))
        )
        i, j = np.arange(rows.start, rows.stop), np.arange(columns.start, columns.stop)
        at_i = np.clip(i - 1 - first_row, 0, None)
        at_j = np.clip(j - 1 - first_col, 0, None)
        scores = np.full((LONGEST, len(i), LONGEST, len(j)), _IMPOSSIBLE, dtype=np.float32)
        for p in range(1, LONGEST + 1):
            for q in range(1, LONGEST + 1):
                beside_target = _neighbours(
                    sims[p - 1][at_i][:, 0], j - 1 - q - first_col, j - first_col
                )
                beside_source = _neighbours(
                    sims[0][:, q - 1][:, at_j].T, i - 1 - p - first_row, i - first_row
                ).T
                margin = sims[p - 1][at_i][:, q - 1][:, at_j] - (beside_target + beside_source) / 2
                to_i, to_j = np.maximum(i - first_row, 0), np.maximum(j - first_col, 0)
                from_i, from_j = np.maximum(to_i - p, 0), np.maximum(to_j - q, 0)
                shared = (
                    lexical[np.ix_(to_i, to_j)]
                    - lexical[np.ix_(from_i, to_j)]
                    - lexical[np.ix_(to_i, from_j)]
                    + lexical[np.ix_(from_i, from_j)]
                )
                mass = _over(self._source_mass, i, p)[:, None] + _over(self._target_mass, j, q)
                left = _over(self._source_length, i, p)[:, None]
                right = _over(self._target_length, j, q)[None]
                ratio = np.minimum(left, right) / np.maximum(np.maximum(left, right), 1e-9)
                value = (margin + _LEXICAL * 2 * shared / (mass + 1)) * np.log2(1 + ratio)
                value[i < p] = _IMPOSSIBLE
                value[:, j < q] = _IMPOSSIBLE
                scores[p - 1, :, q - 1] = value
        return scores

    def score(self, source: tuple[int, int], target: tuple[int, int]) -> float:
        """Return the score of the bead that joins two ranges of sentences."""
        scores = self(range(source[1], source[1] + 1), range(target[1], target[1] + 1))
        return float(scores[source[1] - source[0] - 1, 0, target[1] - target[0] - 1, 0])


def _over(cumulative: NDArray[np.float64], ends: IntArray, size: int) -> NDArray[np.float64]:
    """Return the sum over the last ``size`` sentences before each end position."""
    total: NDArray[np.float64] = cumulative[ends] - cumulative[np.maximum(ends - size, 0)]
    return total


def _cumulative(values: Sequence[float] | FloatArray) -> NDArray[np.float64]:
    return np.concatenate([[0], np.cumsum(np.asarray(values, dtype=np.float64))])


def _summed(block: FloatArray) -> NDArray[np.float64]:
    """Return the summed-area table of a block, with a zero row and column before it."""
    table = np.zeros((block.shape[0] + 1, block.shape[1] + 1))
    table[1:, 1:] = block.cumsum(axis=0).cumsum(axis=1)
    return table


def _neighbours(single: FloatArray, before: IntArray, after: IntArray) -> FloatArray:
    """Return the mean similarity with the sentences before and after, of those that exist."""
    total = np.zeros((single.shape[0], len(before)), dtype=np.float32)
    count = np.zeros(len(before), dtype=np.float32)
    for index in (before, after):
        exists = (index >= 0) & (index < single.shape[1])
        total[:, exists] += single[:, index[exists]]
        count += exists
    total /= np.maximum(count, 1)
    return total
