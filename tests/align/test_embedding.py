"""Vectors of runs of sentences from their sums, and which runs are needed."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.align.embedding import run_vectors, runs_between, sentence_vectors
from glossary.encoders.protocol import FloatArray, Statistics, TokenStatistics

N, LONGEST = 9, 4
RNG = np.random.default_rng(2)


class Averages:
    """An encoder whose vectors are means, and which counts how many it finishes."""

    name, dimensions = "averages", 3

    def __init__(self) -> None:
        self.finished = 0

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        raise NotImplementedError

    def finish(self, sums: FloatArray, counts: NDArray[np.float32]) -> FloatArray:
        self.finished += len(sums)
        return sums / counts[:, None]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        raise NotImplementedError

    def token_statistics(self, texts: Sequence[str]) -> list[TokenStatistics]:
        raise NotImplementedError


STATISTICS = Statistics(
    RNG.normal(0, 1, (N, 3)).astype(np.float32),
    RNG.integers(5, 9, N).astype(np.float32),
    RNG.normal(0, 0.1, (N - 1, 3)).astype(np.float32),
    np.full(N - 1, -2, dtype=np.float32),
)


def test_a_run_is_its_sentences_with_the_seams_between_them() -> None:
    vectors = run_vectors(Averages(), STATISTICS, LONGEST, centre=False)
    assert STATISTICS.seams is not None and STATISTICS.seam_counts is not None
    for length, last in itertools.product(range(1, LONGEST + 1), range(N)):
        first = max(0, last - length + 1)
        total = STATISTICS.sums[first : last + 1].sum(axis=0)
        total = total + STATISTICS.seams[first:last].sum(axis=0)
        expected = total / np.linalg.norm(total)
        np.testing.assert_allclose(vectors[length - 1, last], expected, atol=1e-5)


def test_only_the_runs_that_are_needed_are_finished() -> None:
    kept = runs_between([2, 5, 6], N, LONGEST)
    encoder = Averages()
    single = encoder.finish(STATISTICS.sums, STATISTICS.counts)
    vectors = run_vectors(encoder, STATISTICS, LONGEST, single=single, kept=kept)
    assert encoder.finished == kept.sum() < LONGEST * N
    everything = run_vectors(Averages(), STATISTICS, LONGEST)
    np.testing.assert_array_equal(vectors[kept], everything[kept])
    assert not vectors[~kept].any()
    np.testing.assert_array_equal(vectors[0], sentence_vectors(single))


def test_runs_may_lead_across_a_cut_by_one_sentence() -> None:
    cuts = [2, 5, 6]
    kept = runs_between(cuts, N, LONGEST)

    def crossed(first: int, stop: int) -> bool:
        return any(first < cut < stop for cut in cuts)

    for length, stop in itertools.product(range(1, LONGEST + 1), range(1, N + 1)):
        first = max(0, stop - length)
        needed = not crossed(first + 1, stop) or not crossed(first, stop - 1)
        assert kept[length - 1, stop - 1] == needed
    assert runs_between([], N, LONGEST).all()
