"""Posteriors and decisions over small lattices, against sums over all alignments."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from glossary.align.anchors import Band, anchor_path, band_around, sure_cuts
from glossary.align.bayes_risk import best_steps
from glossary.align.lattice import GapScores, Lattice

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
    found = Lattice(BAND, SCORES).posteriors(GAPS)
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


def test_opens_are_those_expected() -> None:
    paths = list(alignments())
    weights = np.exp([score for _, score in paths])
    opened = np.zeros(2)
    for (path, _), weight in zip(paths, weights / weights.sum(), strict=True):
        kinds = ["bead" if p and q else "source" if p else "target" for _, _, p, q in path]
        for before, kind in itertools.pairwise(["bead", *kinds]):
            if kind not in {before, "bead"}:
                opened[int(kind == "target")] += weight
    lattice = Lattice(BAND, SCORES)
    np.testing.assert_allclose(lattice.expected_opens(GAPS), opened, atol=1e-9)
    np.testing.assert_allclose(lattice.posteriors(GAPS).opens, opened, atol=1e-9)


def test_what_lies_between_cuts_is_weighed_by_itself() -> None:
    band = Band(BAND.lo, BAND.hi, ((1, 1), (3, 2)))
    lowest, highest = band.bead_ends
    assert (lowest.tolist(), highest.tolist()) == ([0, 0, 1, 1, 2], [1, 1, 2, 2, 3])
    tables = [
        table[..., lo : hi + 1] for table, lo, hi in zip(SCORES, lowest, highest, strict=True)
    ]
    cut = Lattice(band, tables).posteriors(GAPS)
    parts = []
    for (i, j), (end, last) in itertools.pairwise([(0, 0), (1, 1), (3, 2), (N, M)]):
        band = Band(np.zeros(end - i + 1, dtype=np.int64), np.full(end - i + 1, last - j))
        gaps = replace(GAPS, source=GAPS.source[i:end], target=GAPS.target[j:last])
        scores = [table[..., j : last + 1] for table in SCORES[i : end + 1]]
        parts.append(Lattice(band, scores).posteriors(gaps))
    assert cut.log_total == pytest.approx(sum(part.log_total for part in parts))
    for side in ("source", "target"):
        together = np.concatenate([getattr(part, side) for part in parts])
        np.testing.assert_allclose(getattr(cut, side), together, atol=1e-9)
    np.testing.assert_allclose(cut.opens, sum(part.opens for part in parts), atol=1e-9)
    np.testing.assert_allclose(cut.beads[1], parts[0].beads[1], atol=1e-6)
    np.testing.assert_allclose(cut.beads[3], parts[1].beads[2], atol=1e-6)
    assert [step.source[1] for step in best_steps(cut, bead_cost=0.2, gap_cost=0.4)][-1] == N


def test_each_sentence_is_in_a_bead_or_alone_with_certainty() -> None:
    found = Lattice(BAND, SCORES).posteriors(GAPS)
    covered = found.source.copy()
    for i, bead in enumerate(found.beads):
        for p in range(1, i + 1):
            covered[i - p : i] += bead[p - 1].sum()
    np.testing.assert_allclose(covered, 1, atol=1e-6)


def test_the_decision_has_the_greatest_gain_of_all_alignments() -> None:
    found = Lattice(BAND, SCORES).posteriors(GAPS)

    def gain(path: Path) -> float:
        total = 0.0
        for i, j, p, q in path:
            if p and q:
                total += float(found.beads[i][p - 1, q - 1, j]) - 0.2
            else:
                total += float(found.source[i - 1] if p else found.target[j - 1]) - 0.4
        return total

    steps = best_steps(found, bead_cost=0.2, gap_cost=0.4)
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


def test_an_alignment_is_cut_where_neighbours_match_each_other_best() -> None:
    similarity = np.eye(200, dtype=np.float32)
    similarity[:70, :70] = 1.0
    even = ([50.0] * 200, [60.0] * 200)
    cuts = sure_cuts(similarity, anchor_path(similarity), even)
    assert cuts == [(at, at) for at in range(71, 200)]
    # A clause of the hundredth has gone to its neighbour.
    moved = ([50.0] * 200, [60.0] * 99 + [30.0, 90.0] + [60.0] * 99)
    cuts = sure_cuts(similarity, anchor_path(similarity), moved)
    assert [at for at in range(71, 200) if (at, at) not in cuts] == [100]
