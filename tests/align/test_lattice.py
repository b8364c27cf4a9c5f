"""Posteriors and decisions over small lattices, against sums over all alignments."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from glossary.align.anchors import Band, anchor_path, band_around
from glossary.align.lattice import GapScores, best_steps, posteriors

N, M = 4, 3
RNG = np.random.default_rng(3)
SCORES = [RNG.normal(0, 1, (6, 6, M + 1)).astype(np.float32) for _ in range(N + 1)]
GAPS = GapScores(RNG.normal(0, 1, N), RNG.normal(0, 1, M), -0.7, -0.4)
BAND = Band(np.zeros(N + 1, dtype=np.int64), np.full(N + 1, M))

Path = list[tuple[int, int, int, int]]


def alignments(i: int = 0, j: int = 0, last: str = "bead") -> Iterator[tuple[Path, float]]:
    """Yield every alignment from (i, j) on as (i, j, p, q) steps, with its score."""
    if (i, j) == (N, M):
        yield [], 0.0
        return
    for p, q in itertools.product(range(1, N - i + 1), range(1, M - j + 1)):
        for rest, score in alignments(i + p, j + q):
            here = float(SCORES[i + p][p - 1, q - 1, j + q])
            yield [(i + p, j + q, p, q), *rest], here + score
    if i < N and last != "target":
        opened = 0 if last == "source" else GAPS.open_source
        for rest, score in alignments(i + 1, j, "source"):
            yield [(i + 1, j, 1, 0), *rest], opened + GAPS.source[i] + score
    if j < M:
        opened = 0 if last == "target" else GAPS.open_target
        for rest, score in alignments(i, j + 1, "target"):
            yield [(i, j + 1, 0, 1), *rest], opened + GAPS.target[j] + score


def test_posteriors_are_shares_of_all_alignments() -> None:
    found = posteriors(BAND, SCORES, GAPS)
    paths = list(alignments())
    weights = np.exp([score for _, score in paths])
    weights /= weights.sum()
    beads = np.zeros((N + 1, 6, 6, M + 1))
    source, target = np.zeros(N), np.zeros(M)
    for (path, _), weight in zip(paths, weights, strict=True):
        for i, j, p, q in path:
            if p and q:
                beads[i, p - 1, q - 1, j] += weight
            elif p:
                source[i - 1] += weight
            else:
                target[j - 1] += weight
    np.testing.assert_allclose(np.array(found.beads), beads, atol=1e-6)
    np.testing.assert_allclose(found.source, source, atol=1e-9)
    np.testing.assert_allclose(found.target, target, atol=1e-9)


def test_each_sentence_is_in_a_bead_or_alone_with_certainty() -> None:
    found = posteriors(BAND, SCORES, GAPS)
    covered = found.source.copy()
    for i, bead in enumerate(found.beads):
        for p in range(1, i + 1):
            covered[i - p : i] += bead[p - 1].sum()
    np.testing.assert_allclose(covered, 1, atol=1e-6)


def test_the_decision_has_the_greatest_gain_of_all_alignments() -> None:
    found = posteriors(BAND, SCORES, GAPS)

    def gain(path: Path) -> float:
        total = 0.0
        for i, j, p, q in path:
            if p and q:
                total += float(found.beads[i][p - 1, q - 1, j]) - 0.2
            else:
                total += float(found.source[i - 1] if p else found.target[j - 1]) - 0.4
        return total

    steps = best_steps(BAND, found, bead_cost=0.2, gap_cost=0.4)
    chosen = [
        (*(s.source[1], s.target[1]), s.source[1] - s.source[0], s.target[1] - s.target[0])
        for s in steps
    ]
    assert gain(chosen) == pytest.approx(max(gain(path) for path, _ in alignments()))


def test_the_band_holds_dropped_stretches_whole() -> None:
    band = band_around([(0, 0), (1, 40), (2, 41)], 3, 42, 2)
    assert band.lo[1] == 0
    assert band.hi[1] >= 41
    assert band.hi[0] == 42 or band.hi[0] >= 3
    assert (band.lo <= band.hi).all()
    assert band.lo[0] == 0
    assert band.hi[-1] == 42


def test_anchors_run_forward_through_the_best_pairs() -> None:
    similarity = np.eye(5, 7, k=1, dtype=np.float32)
    similarity[0, 6] = 0.9
    assert anchor_path(similarity) == [(i, i + 1) for i in range(5)]
