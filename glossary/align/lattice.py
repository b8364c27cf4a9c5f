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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.align.blocks import LONGEST
from glossary.align.tables import IMPOSSIBLE, Beginnings, Row, Rows
from glossary.encoders.numerics import default_threads
from glossary.encoders.protocol import FloatArray

__all__ = [
    "GapScores",
    "Posteriors",
    "Step",
    "best_steps",
    "expected_opens",
    "posteriors",
    "score_rows",
]

# Rows whose scores are computed together: long enough for matrix products, short enough that the
# union of their bands is not much wider than each.
_BLOCK = 16


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
        log_total: the log of the summed exponentials of the scores of all alignments.
    """

    beads: Sequence[FloatArray]
    source: Row
    target: Row
    opens: Row
    log_total: float


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

    def block(first: int) -> list[FloatArray]:
        rows = range(first, min(first + _BLOCK, len(band.lo)))
        at = slice(rows.start, rows.stop)
        lo, hi = int(band.lo[at].min()), int(band.hi[at].max())
        scores = bead_scores(rows, range(lo, hi + 1))
        return [
            np.ascontiguousarray(scores[:, offset, :, band.lo[i] - lo : band.hi[i] + 1 - lo])
            for offset, i in enumerate(rows)
        ]

    with ThreadPoolExecutor(default_threads()) as pool:
        for scores in pool.map(block, range(0, len(band.lo), _BLOCK)):
            yield from scores


def posteriors(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> Posteriors:
    """Return the probabilities of beads and gaps by the forward-backward algorithm.

    Args:
        band: the cells to consider; the first and last positions are among them.
        scores: for each position the scores of beads that end there, see ``score_rows``.
        gaps: the scores of sentences without a counterpart.
    """
    forward, backward = _forward(band, scores, gaps), _backward(band, scores, gaps)
    all_paths = float(forward.total[-1][-1])
    beads = []
    totals = Rows(band)
    for i, row in enumerate(scores):
        chance = totals.before(i) + row
        chance += backward.bead[i] - all_paths
        beads.append(np.exp(np.minimum(chance, 0, out=chance)).astype(np.float32))
        totals.put(i, forward.total[i])
    first, columns = _flat(band)
    source = _chance(np.concatenate(forward.source) + np.concatenate(backward.source) - all_paths)
    target = _chance(np.concatenate(forward.target) + np.concatenate(backward.target) - all_paths)
    alone_target = np.bincount(columns, weights=target, minlength=len(gaps.target) + 1)
    return Posteriors(
        beads,
        np.minimum(np.add.reduceat(source, first)[1:], 1),
        np.minimum(alone_target[1:], 1),
        _opens(band, forward, backward, gaps),
        all_paths,
    )


def expected_opens(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> Row:
    """Return what ``posteriors`` gives as ``opens``, in half the time."""
    forward, backward = _forward(band, scores, gaps), _backward(band, scores, gaps)
    return _opens(band, forward, backward, gaps)


def _opens(band: Band, forward: _States, backward: _States, gaps: GapScores) -> Row:
    all_paths = float(forward.total[-1][-1])
    first, columns = _flat(band)
    left = np.repeat(np.concatenate([[0.0], gaps.source]), band.hi - band.lo + 1)
    down = np.concatenate(forward.above) + left + np.concatenate(backward.source)
    ready = np.logaddexp(np.concatenate(forward.bead), np.concatenate(forward.source))
    aside = ready[:-1] + gaps.target[columns[1:] - 1] + np.concatenate(backward.target)[1:]
    # The step from the end of a row to the next is none.
    aside[first[1:] - 1] = IMPOSSIBLE
    opened = (down + gaps.open_source, aside + gaps.open_target)
    return np.array([_chance(one - all_paths).sum() for one in opened])


def _flat(band: Band) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each row begins among all cells, row after row, and each cell's column."""
    widths = band.hi - band.lo + 1
    first = np.cumsum(widths) - widths
    return first, np.arange(int(widths.sum())) - np.repeat(first - band.lo, widths)


def _chance(logs: Row) -> Row:
    chance: Row = np.exp(np.minimum(logs, 0))
    return chance


@dataclass(frozen=True, slots=True)
class _States:
    """Log sums of all paths to (or from) each cell, by what the last step was.

    ``above`` holds for the cells of each row the bead sums of the row before.
    """

    bead: list[Row]
    source: list[Row]
    target: list[Row]
    total: list[Row]
    above: list[Row]


def _forward(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> _States:
    states = _States([], [], [], [], [])
    along = np.concatenate([[0.0], np.cumsum(gaps.target)])
    totals = Rows(band)
    for i, row in enumerate(scores):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        bead = _log_sum(totals.before(i) + row)
        if not i and not lo:
            bead[0] = 0.0
        above = source = np.full(len(bead), IMPOSSIBLE)
        if i:
            above = _part(band, states.bead, i - 1, lo, hi)
            source = np.logaddexp(
                above + gaps.open_source, _part(band, states.source, i - 1, lo, hi)
            )
            source += gaps.source[i - 1]
        # Moving sideways along the row is a cumulative sum in logs.
        begin = np.logaddexp(bead, source)
        target = np.full(len(bead), IMPOSSIBLE)
        sideways = begin + (gaps.open_target - along[lo : hi + 1])
        target[1:] = np.logaddexp.accumulate(sideways)[:-1] + along[lo + 1 : hi + 1]
        total = np.logaddexp(begin, target)
        totals.put(i, total)
        states.bead.append(bead)
        states.source.append(source)
        states.target.append(target)
        states.total.append(total)
        states.above.append(above)
    return states


def _backward(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> _States:
    count = len(band.lo)
    empty: Row = np.empty(0)
    states = _States([empty] * count, [empty] * count, [empty] * count, [], [])
    along = np.concatenate([[0.0], np.cumsum(gaps.target)])
    beginnings = Beginnings(band)
    for i in range(count - 1, -1, -1):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        onward = _log_sum(beginnings.at(i))
        if i == count - 1:
            onward[-1] = 0.0
        at = along[lo : hi + 1]
        target = np.logaddexp.accumulate((onward + at)[::-1])[::-1] - at
        sideways = np.full(len(onward), IMPOSSIBLE)
        sideways[:-1] = target[1:] + gaps.target[lo:hi] + gaps.open_target
        bead = np.logaddexp(onward, sideways)
        source = bead
        if i < count - 1:
            down = _part(band, states.source, i + 1, lo, hi) + gaps.source[i]
            bead = np.logaddexp(bead, down + gaps.open_source)
            source = np.logaddexp(source, down)
        beginnings.put(i, scores[i] + bead)
        states.bead[i], states.source[i], states.target[i] = bead, source, target
    return states


def _part(band: Band, rows: Sequence[Row], i: int, first: int, last: int) -> Row:
    """Return target positions ``first`` … ``last`` of row i, impossible outside the band."""
    lo, row = int(band.lo[i]), rows[i]
    if lo == first and len(row) == last - first + 1:
        return row
    part = np.full(last - first + 1, IMPOSSIBLE)
    start, stop = max(first, lo), min(last, lo + len(row) - 1)
    if start <= stop:
        part[start - first : stop - first + 1] = row[start - lo : stop - lo + 1]
    return part


def _log_sum(values: NDArray[np.float64]) -> Row:
    """Return the log of the summed exponentials over all sizes of beads."""
    flat = values.reshape(-1, values.shape[-1])
    highest = flat.max(axis=0)
    total: Row = np.log(np.exp(flat - highest).sum(axis=0))
    total += highest
    return np.maximum(total, IMPOSSIBLE, out=total)


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
    best = Rows(band)
    moves: list[NDArray[np.int8]] = []
    for i, bead in enumerate(probabilities.beads):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        gains = (best.before(i) + (bead - bead_cost)).reshape(-1, hi - lo + 1)
        move = gains.argmax(axis=0)
        value = gains[move, np.arange(hi - lo + 1)]
        if i:
            drop = best.above(i) + down[i - 1]
            move = np.where(drop > value, _DROP, move)
            value = np.maximum(drop, value)
        elif not lo:
            value[0] = 0.0
        at = sideways[lo : hi + 1]
        add = np.full(len(value), IMPOSSIBLE)
        add[1:] = np.maximum.accumulate(value - at)[:-1] + at[1:]
        moves.append(np.where(add > value, _ADD, move).astype(np.int8))
        best.put(i, np.maximum(np.maximum(add, value), IMPOSSIBLE))
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
