"""Vecalign's algorithm over the project's own sentence vectors, to measure beside it.

Thompson & Koehn (2019), "Vecalign: Improved Sentence Alignment in Linear Time and Space": the cost
of a bead is its dissimilarity, normalised by that of either side with random sentences of the
other, times the sizes of its sides; leaving a sentence out costs a quantile of the costs of random
pairs. The paper's coarse-to-fine search only saves time, so all cells are searched here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from glossary.align.embedding import run_vectors
from glossary.align.ladder import Beads
from glossary.encoders.protocol import Encoder, FloatArray

__all__ = ["cheapest", "vecalign"]

# The defaults of vecalign.py, but for the longest beads: 8 sentences in both sides together did
# better than its 4 on novels.
_LARGEST = 8
_SAMPLES = 100
_DELETION_QUANTILE = 0.2
_PAIRS = 20_000


def vecalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> Beads:
    """Return the beads of two texts with at least one sentence each."""
    rng = np.random.default_rng(42)
    runs = [_overlaps(encoder, text) for text in (source, target)]
    norms = [_norms(own, other, rng) for own, other in (runs, runs[::-1])]
    n, m = len(source), len(target)
    pairs = rng.integers(0, n, _PAIRS), rng.integers(0, m, _PAIRS)
    cosines = np.einsum("ij,ij->i", runs[0][0][pairs[0]], runs[1][0][pairs[1]])
    random = 2 * (1 - cosines) / (1e-6 + norms[0][0][pairs[0]] + norms[1][0][pairs[1]])
    deletion = float(np.quantile(random, _DELETION_QUANTILE))
    sizes = [(p, q) for p in range(1, _LARGEST) for q in range(1, _LARGEST) if p + q <= _LARGEST]
    costs = {}
    for p, q in sizes:
        unlike = 1 - runs[0][p - 1] @ runs[1][q - 1].T
        norm = 1e-6 + norms[0][p - 1][:, None] + norms[1][q - 1]
        costs[p, q] = 2 * p * q * unlike / norm
    return cheapest(n, m, costs, deletion)


def _overlaps(encoder: Encoder, text: Sequence[str]) -> FloatArray:
    """Return the vectors of runs ``[k, n, d]`` as encoded, not centred."""
    return run_vectors(encoder, encoder.statistics(text, seams=True), _LARGEST - 1, centre=False)


def _norms(own: FloatArray, other: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return the mean dissimilarity ``[k, n]`` of runs with random runs of the other text."""
    flat = other.reshape(-1, other.shape[-1])
    sample = flat[rng.integers(0, len(flat), _SAMPLES)]
    norms: FloatArray = (1 - own @ sample.T).mean(axis=-1)
    return norms


def cheapest(n: int, m: int, costs: dict[tuple[int, int], FloatArray], deletion: float) -> Beads:
    """Return the beads of the least total cost, by dynamic programming over all cells.

    Args:
        n: the number of source sentences.
        m: the number of target sentences.
        costs: by the numbers of sentences on either side ``[n, m]``, of the bead that ends there.
        deletion: of a sentence without a counterpart.
    """
    total = np.full((n + 1, m + 1), np.inf)
    move = np.zeros((n + 1, m + 1, 2), dtype=np.int8)
    along = deletion * np.arange(m + 1)
    for i in range(n + 1):
        row = total[i - 1] + deletion if i else np.where(np.arange(m + 1), np.inf, 0.0)
        step = np.tile(np.array([1, 0], dtype=np.int8), (m + 1, 1))
        for (p, q), cost in costs.items():
            if p <= i and q <= m:
                joined = np.full(m + 1, np.inf)
                joined[q:] = total[i - p, : m + 1 - q] + cost[i - 1, q - 1 :]
                better = joined < row
                row = np.where(better, joined, row)
                step[better] = p, q
        total[i] = np.minimum.accumulate(row - along) + along
        step[total[i] < row - 1e-9] = 0, 1
        move[i] = step
    beads: Beads = []
    i, j = n, m
    while i or j:
        p, q = (int(size) for size in move[i, j])
        beads.append((tuple(range(i - p, i)), tuple(range(j - q, j))))
        i, j = i - p, j - q
    return beads[::-1]
