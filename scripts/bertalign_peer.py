"""Bertalign's algorithm over the project's own sentence vectors, to measure beside it.

Liu & Zhu (2022), "Bertalign: Improved word embedding-based sentence alignment for Chinese–English
parallel corpora of literary texts": a first pass finds 1-1 anchors among each sentence's three
nearest; a second, in a band around them, weighs beads by their similarity less that with their
neighbours, times a penalty for unequal lengths. Vectors of runs come from additive statistics.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from vecalign_peer import cheapest

from glossary.align.anchors import anchor_path, band_around
from glossary.align.embedding import run_vectors
from glossary.align.ladder import Beads
from glossary.encoders.protocol import Encoder, FloatArray

__all__ = ["bertalign"]

# The defaults of bertalign 2.0: sentences in both sides of a bead, half width of the band, and what
# leaving a sentence out scores.
_LARGEST = 5
_BAND = 5
_SKIP = -0.1


def bertalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> Beads:
    """Return the beads of two texts with at least one sentence each."""
    texts = (source, target)
    runs = [
        run_vectors(encoder, encoder.statistics(text, seams=True), _LARGEST - 1, centre=False)
        for text in texts
    ]
    lengths = [_lengths(text) for text in texts]
    ratio = lengths[0][0].sum() / lengths[1][0].sum()
    n, m = len(source), len(target)
    band = band_around(anchor_path(runs[0][0] @ runs[1][0].T), n, m, _BAND)
    ends = np.arange(1, m + 1)
    outside = (ends < band.lo[1:, None]) | (ends > band.hi[1:, None])
    costs = {}
    for p in range(1, _LARGEST):
        for q in range(1, _LARGEST + 1 - p):
            like = runs[0][p - 1] @ runs[1][q - 1].T
            like -= (_beside(runs[0][p - 1], runs[1][0], q) / 2) + (
                _beside(runs[1][q - 1], runs[0][0], p).T / 2
            )
            left, right = lengths[0][p - 1][:, None], lengths[1][q - 1] * ratio
            like *= np.log2(1 + np.minimum(left, right) / np.maximum(left, right))
            like[outside] = -np.inf
            costs[p, q] = -like
    return cheapest(n, m, costs, -_SKIP)


def _lengths(text: Sequence[str]) -> FloatArray:
    """Return the bytes ``[k, n]`` of the runs that end with each sentence."""
    one = np.array([len(line.encode()) for line in text], dtype=np.float32)
    along = np.concatenate([np.zeros(_LARGEST, dtype=np.float32), one.cumsum()])
    ends = np.arange(len(one)) + _LARGEST
    return np.stack([along[ends] - along[ends - size] for size in range(1, _LARGEST)])


def _beside(run: FloatArray, single: FloatArray, size: int) -> FloatArray:
    """Return the mean similarity ``[n, m]`` with the neighbours of runs of ``size`` sentences.

    Args:
        run: ``[n, d]``, what is compared.
        single: ``[m, d]``, the sentences of the other text.
        size: of the runs of it that end with each of its sentences.
    """
    like = run @ single.T
    before, after = np.zeros_like(like), np.zeros_like(like)
    before[:, size:] = like[:, : like.shape[1] - size]
    after[:, :-1] = like[:, 1:]
    both = ((before != 0) & (after != 0)).astype(np.float32)
    mean: FloatArray = (before + after) / (1 + both)
    return mean
