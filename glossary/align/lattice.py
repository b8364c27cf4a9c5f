"""All alignments of two texts inside a band, weighed against each other.

A bead joins 1 to 6 source sentences with 1 to 6 target sentences. Sentences without a counterpart
form gaps, scored affinely as in Gotoh (1982): opening one costs, so that a dropped section is
likelier than as many single dropped sentences. In a gap, source sentences come first.

The scores define a log-linear model over whole alignments (a conditional random field, Lafferty et
al. 2001). The forward-backward algorithm gives the posterior probability of each bead and of each
sentence's having no counterpart; the alignment returned is the one with the most of it (minimum
Bayes risk), and the posteriors are the confidence that goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.align.features import LONGEST
from glossary.encoders.protocol import FloatArray

__all__ = ["GapScores", "Posteriors", "Step", "best_steps", "posteriors", "score_rows"]

_IMPOSSIBLE = -1e9
# Rows whose scores are computed together: long enough for matrix products, short enough that the
# union of their bands is not much wider than each.
_BLOCK = 32

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GapScores:
    """What sentences without a counterpart score.

    Attributes:
        source: ``[n]``, each source sentence in a gap.
        target: ``[m]``, each target sentence.
        open_source: beginning to leave out source sentences.
        open_target: beginning to leave out target sentences.
    """

    source: Row
    target: Row
    open_source: float
    open_target: float


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities under the model.

    Attributes:
        beads: for each position i ``[LONGEST, LONGEST, hi[i] - lo[i] + 1]``: that p source and q
            target sentences that end there form a bead.
        source: ``[n]``, that a source sentence has no counterpart.
        target: ``[m]``, that a target sentence has none.
        opens: ``[2]``, the expected numbers of gaps begun in the source and in the target.
    """

    beads: Sequence[FloatArray]
    source: Row
    target: Row
    opens: Row


@dataclass(frozen=True, slots=True)
class Step:
    """Source sentences ``[i, k)`` with target sentences ``[j, l)``; one of them empty in a gap."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


def score_rows(
    band: Band, bead_scores: Callable[[range, range], FloatArray]
) -> Iterator[FloatArray]:
    """Yield for each position the scores ``[LONGEST, LONGEST, width]`` of beads that end there.

    Args:
        band: the cells to consider.
        bead_scores: for ranges of source and target end positions the scores
            ``[LONGEST, rows, LONGEST, columns]`` of beads of p source and q target sentences.
    """
    for first in range(0, len(band.lo), _BLOCK):
        rows = range(first, min(first + _BLOCK, len(band.lo)))
        at = slice(rows.start, rows.stop)
        lo, hi = int(band.lo[at].min()), int(band.hi[at].max())
        scores = bead_scores(rows, range(lo, hi + 1))
        for offset, i in enumerate(rows):
            left, right = int(band.lo[i]) - lo, int(band.hi[i]) + 1 - lo
            yield np.ascontiguousarray(scores[:, offset, :, left:right])


def posteriors(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> Posteriors:
    """Return the probabilities of beads and gaps by the forward-backward algorithm.

    Args:
        band: the cells to consider; the first and last positions are among them.
        scores: for each position the scores of beads that end there, see ``score_rows``.
        gaps: the scores of sentences without a counterpart.
    """
    forward = _forward(band, scores, gaps)
    total = float(forward.total[-1][-1])
    backward = _backward(band, scores, gaps)
    beads = []
    source = np.zeros(len(band.lo))
    target = np.zeros(len(gaps.target) + 1)
    for i, row in enumerate(scores):
        begin = _beginnings(band, forward.total, i)
        chance = np.exp(np.minimum(begin + row + backward.bead[i] - total, 0))
        beads.append(chance.astype(np.float32))
        source[i] = np.exp(np.minimum(forward.source[i] + backward.source[i] - total, 0)).sum()
        at = slice(int(band.lo[i]), int(band.hi[i]) + 1)
        target[at] += np.exp(np.minimum(forward.target[i] + backward.target[i] - total, 0))
    return Posteriors(
        beads,
        np.minimum(source[1:], 1),
        np.minimum(target[1:], 1),
        _expected_opens(band, forward, backward, gaps),
    )


def _expected_opens(band: Band, forward: _States, backward: _States, gaps: GapScores) -> Row:
    total = float(forward.total[-1][-1])
    opens = np.zeros(2)
    for i in range(len(band.lo)):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        if i:
            begin = _part(band, forward.bead, i - 1, lo, hi) + gaps.open_source
            opens[0] += np.exp(begin + gaps.source[i - 1] + backward.source[i] - total).sum()
        begin = np.logaddexp(forward.bead[i], forward.source[i])[:-1] + gaps.open_target
        opens[1] += np.exp(begin + gaps.target[lo:hi] + backward.target[i][1:] - total).sum()
    return opens


@dataclass(frozen=True, slots=True)
class _States:
    """Log sums of all paths to (or from) each cell, by what the last step was."""

    bead: list[Row]
    source: list[Row]
    target: list[Row]
    total: list[Row]


def _forward(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> _States:
    states = _States([], [], [], [])
    along = np.concatenate([[0.0], np.cumsum(gaps.target)])
    for i, row in enumerate(scores):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        bead = _log_sum(_beginnings(band, states.total, i) + row)
        if not i and not lo:
            bead[0] = 0.0
        source = np.full(len(bead), _IMPOSSIBLE)
        if i:
            before, left = _part(band, states.bead, i - 1, lo, hi), gaps.source[i - 1]
            source = np.logaddexp(
                before + gaps.open_source, _part(band, states.source, i - 1, lo, hi)
            )
            source += left
        # Moving sideways along the row is a cumulative sum in logs.
        begin = np.logaddexp(bead, source) + gaps.open_target - along[lo : hi + 1]
        target = np.full(len(bead), _IMPOSSIBLE)
        target[1:] = np.logaddexp.accumulate(begin)[:-1] + along[lo + 1 : hi + 1]
        states.bead.append(bead)
        states.source.append(source)
        states.target.append(target)
        states.total.append(np.logaddexp(np.logaddexp(bead, source), target))
    return states


def _backward(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> _States:
    count = len(band.lo)
    empty: Row = np.empty(0)
    states = _States([empty] * count, [empty] * count, [empty] * count, [])
    along = np.concatenate([[0.0], np.cumsum(gaps.target)])
    for i in range(count - 1, -1, -1):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        onward = _log_sum(_continuations(band, states.bead, scores, i))
        if i == count - 1:
            onward[-1] = 0.0
        at = along[lo : hi + 1]
        target = np.logaddexp.accumulate((onward + at)[::-1])[::-1] - at
        sideways = np.full(len(onward), _IMPOSSIBLE)
        sideways[:-1] = target[1:] + gaps.target[lo:hi] + gaps.open_target
        bead = np.logaddexp(onward, sideways)
        source = bead.copy()
        if i < count - 1:
            down = _part(band, states.source, i + 1, lo, hi) + gaps.source[i]
            bead = np.logaddexp(bead, down + gaps.open_source)
            source = np.logaddexp(source, down)
        states.bead[i], states.source[i], states.target[i] = bead, source, target
    return states


def _part(band: Band, rows: Sequence[Row], i: int, first: int, last: int) -> Row:
    """Return target positions ``first`` … ``last`` of row i, impossible outside the band."""
    lo, row = int(band.lo[i]), rows[i]
    if lo == first and len(row) == last - first + 1:
        return row
    part = np.full(last - first + 1, _IMPOSSIBLE)
    start, stop = max(first, lo), min(last, lo + len(row) - 1)
    if start <= stop:
        part[start - first : stop - first + 1] = row[start - lo : stop - lo + 1]
    return part


def _beginnings(band: Band, rows: Sequence[Row], i: int) -> NDArray[np.float64]:
    """Return ``[LONGEST, LONGEST, width]``: the value of ``rows`` where a bead of p, q began."""
    lo, hi = int(band.lo[i]), int(band.hi[i])
    width = hi - lo + 1
    begin = np.full((LONGEST, LONGEST, width), _IMPOSSIBLE)
    for p in range(1, min(i, LONGEST) + 1):
        before = _part(band, rows, i - p, lo - LONGEST, hi - 1)
        for q in range(1, LONGEST + 1):
            begin[p - 1, q - 1] = before[LONGEST - q : LONGEST - q + width]
    return begin


def _continuations(
    band: Band, rows: Sequence[Row], scores: Sequence[FloatArray], i: int
) -> NDArray[np.float64]:
    """Return ``[LONGEST, LONGEST, width]``: the value of the beads of p, q that begin at row i."""
    lo, hi = int(band.lo[i]), int(band.hi[i])
    width = hi - lo + 1
    follow = np.full((LONGEST, LONGEST, width), _IMPOSSIBLE)
    for p in range(1, min(len(rows) - 1 - i, LONGEST) + 1):
        end_lo = int(band.lo[i + p])
        ends = scores[i + p][p - 1] + rows[i + p]
        wide = np.full((LONGEST, width + LONGEST - 1), _IMPOSSIBLE)
        start, stop = max(lo + 1, end_lo), min(hi + LONGEST, int(band.hi[i + p]))
        if start <= stop:
            at = slice(start - end_lo, stop - end_lo + 1)
            wide[:, start - lo - 1 : stop - lo] = ends[:, at]
        for q in range(LONGEST):
            follow[p - 1, q] = wide[q, q : q + width]
    return follow


def _log_sum(values: NDArray[np.float64]) -> Row:
    """Return the log of the summed exponentials over all sizes of beads."""
    flat = values.reshape(-1, values.shape[-1])
    highest = flat.max(axis=0)
    total: Row = highest + np.log(np.exp(flat - highest).sum(axis=0))
    return np.maximum(total, _IMPOSSIBLE)


def best_steps(
    band: Band, probabilities: Posteriors, *, bead_cost: float, gap_cost: float
) -> list[Step]:
    """Return the alignment with the greatest sum of probabilities less costs.

    Args:
        band: the cells the probabilities are about.
        probabilities: of beads and gaps.
        bead_cost: taken from each bead's probability: the higher, the fewer and longer beads.
        gap_cost: taken from each sentence's probability of having no counterpart.
    """
    down = probabilities.source - gap_cost
    sideways = np.concatenate([[0.0], np.cumsum(probabilities.target - gap_cost)])
    best: list[Row] = []
    moves: list[NDArray[np.int8]] = []
    for i, bead in enumerate(probabilities.beads):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        gains = (_beginnings(band, best, i) + bead - bead_cost).reshape(-1, hi - lo + 1)
        move = gains.argmax(axis=0)
        value = gains[move, np.arange(hi - lo + 1)]
        if i:
            drop = _part(band, best, i - 1, lo, hi) + down[i - 1]
            move = np.where(drop > value, _DROP, move)
            value = np.maximum(drop, value)
        elif not lo:
            value[0] = 0.0
        at = sideways[lo : hi + 1]
        add = np.full(len(value), _IMPOSSIBLE)
        add[1:] = np.maximum.accumulate(value - at)[:-1] + at[1:]
        moves.append(np.where(add > value, _ADD, move).astype(np.int8))
        best.append(np.maximum(np.maximum(add, value), _IMPOSSIBLE))
    return _trace(band, moves, probabilities)


_DROP, _ADD = 100, 101


def _trace(band: Band, moves: Sequence[NDArray[np.int8]], found: Posteriors) -> list[Step]:
    steps: list[Step] = []
    i, j = len(moves) - 1, int(band.hi[-1])
    while i or j:
        at = j - int(band.lo[i])
        move = int(moves[i][at])
        if move == _DROP:
            steps.append(Step((i - 1, i), (j, j), float(found.source[i - 1])))
            i -= 1
        elif move == _ADD:
            steps.append(Step((i, i), (j - 1, j), float(found.target[j - 1])))
            j -= 1
        else:
            p, q = divmod(move, LONGEST)
            probability = float(found.beads[i][p, q, at])
            steps.append(Step((i - p - 1, i), (j - q - 1, j), probability))
            i, j = i - p - 1, j - q - 1
    return steps[::-1]
