"""Vectors of runs of consecutive sentences, from the encoder's additive statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.protocol import Encoder, FloatArray, Statistics

__all__ = ["EncodedText", "run_vectors", "runs_between", "sentence_vectors"]

# How many sentences it takes until half of their mean counts as the language's own direction. USE
# places Chinese and English apart by a constant offset; removing it lifts retrieval among
# 115 political sentences from .944 to .986. The mean of three sentences is mostly their topic.
_CENTRE_PRIOR = 10


@dataclass(frozen=True, slots=True)
class EncodedText:
    """What an encoder makes of the sentences of a text.

    Attributes:
        statistics: theirs, with the seams between them.
        vectors: ``[n, d]``, of the single sentences, as the encoder finishes them.
    """

    statistics: Statistics
    vectors: FloatArray

    @classmethod
    def of(cls, sentences: Sequence[str], encoder: Encoder) -> EncodedText:
        """Encode sentences."""
        statistics = encoder.statistics(sentences, seams=True)
        return cls(statistics, encoder.finish(statistics.sums, statistics.counts))


def sentence_vectors(vectors: FloatArray) -> FloatArray:
    """Return vectors ``[n, d]`` of sentences centred on their mean, of unit length."""
    return _unit(vectors - _centre(vectors))


def run_vectors(
    encoder: Encoder,
    statistics: Statistics,
    longest: int,
    *,
    centre: bool = True,
    single: FloatArray | None = None,
    kept: NDArray[np.bool_] | None = None,
) -> FloatArray:
    """Return the vectors of runs of up to ``longest`` consecutive sentences.

    Args:
        encoder: the encoder of the sentences.
        statistics: of the sentences, with seams if the encoder knows any.
        longest: of how many sentences a run is at most.
        centre: whether to take off the mean of the single sentences.
        single: the vectors of the single sentences, as the encoder finishes them, if known.
        kept: ``[longest, n]``, which runs are needed: with each the shorter ones that end with it.

    Returns:
        Unit vectors ``[longest, n, d]``: ``[k - 1, i]`` is of the k sentences that end with i, 0 if
        that is not needed. A run that would begin before the first sentence is that of all
        sentences up to i.
    """
    sums, counts = statistics.sums, statistics.counts
    if single is None:
        single = encoder.finish(sums, counts)
    mean = _centre(single) if centre else np.zeros(encoder.dimensions, dtype=np.float32)
    # What is not filled in takes no memory.
    vectors = np.zeros((longest, len(sums), encoder.dimensions), dtype=np.float32)
    vectors[0] = _unit(single - mean)
    # A run of k is the sentence before a run of k - 1, that run, and the seam between them.
    added, added_counts = sums, counts
    if statistics.seams is not None and statistics.seam_counts is not None:
        added = sums[:-1] + statistics.seams
        added_counts = counts[:-1] + statistics.seam_counts
    last, run_sums, run_counts = np.arange(len(sums)), sums, counts
    runs = []
    for length in range(2, longest + 1):
        still = np.nonzero(last >= 0 if kept is None else kept[length - 1, last])[0]
        last, run_sums, run_counts = last[still], run_sums[still], run_counts[still]
        longer = int(np.searchsorted(last, length - 1))
        first = last[longer:] - (length - 1)
        run_sums[longer:] += added[first]
        run_counts[longer:] += added_counts[first]
        runs.append((last, run_sums, run_counts))
    if runs:
        # All at once: runs of one length are often too few for every core to get some.
        lasts, all_sums, all_counts = zip(*runs, strict=True)
        finished = encoder.finish(np.concatenate(all_sums), np.concatenate(all_counts))
        lengths = np.repeat(np.arange(1, longest), [len(one) for one in lasts])
        vectors[lengths, np.concatenate(lasts)] = _unit(finished - mean)
    return vectors


def runs_between(cuts: Sequence[int], size: int, longest: int) -> NDArray[np.bool_]:
    """Return which runs ``[longest, size]`` of sentences cuts leave together, by length and last.

    Runs that lead across a cut by one sentence are among them: they tell what a run would gain by
    another sentence.

    Args:
        cuts: positions between sentences.
        size: the number of sentences.
        longest: of how many sentences a run is at most.
    """
    along = np.zeros(size + 1, dtype=np.int64)
    along[list(cuts)] = 1
    along = np.cumsum(along)
    stop = np.arange(1, size + 1)
    first = np.maximum(stop - np.arange(1, longest + 1)[:, None], 0)
    # Without its first sentence, or without its last.
    shorter = np.minimum(first + 1, stop - 1), np.maximum(stop - 2, first)
    kept: NDArray[np.bool_] = along[stop - 1] <= along[shorter[0]]
    kept |= along[shorter[1]] <= along[first]
    return kept


def _centre(vectors: FloatArray) -> FloatArray:
    mean: FloatArray = vectors.mean(axis=0) * (len(vectors) / (len(vectors) + _CENTRE_PRIOR))
    return mean


def _unit(vectors: FloatArray) -> FloatArray:
    """Bring ``vectors [n, d]`` to unit length, in place."""
    squares = np.einsum("ij,ij->i", vectors, vectors)
    vectors /= np.maximum(np.sqrt(squares), 1e-6)[:, None]
    return vectors
