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
from glossary.align.cells import Cells
from glossary.encoders.numerics import default_threads
from glossary.encoders.protocol import FloatArray

__all__ = [
    "GapScores",
    "Lattice",
    "Posteriors",
    "Row",
    "Step",
    "score_rows",
]

#: Values, one a cell or one a sentence.
Row = NDArray[np.float64]

# The log of a sum over no path at all, low enough for exponentials to vanish.
_IMPOSSIBLE = -1e9
# What keeps the sums along a row of one stretch from those of the next, in which it goes on.
_BARRIER = -1e6

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
        cells: what they are about.
        of_beads: ``[LONGEST * LONGEST, cells]``: that p source and q target sentences that end
            there form a bead.
        source: ``[n]``, that a source sentence has no counterpart.
        target: ``[m]``, that a target sentence has none.
        opens: ``[2]``, the expected numbers of gaps begun in the source and in the target.
        log_total: the log of the summed exponentials of the scores of all alignments.
    """

    cells: Cells
    of_beads: FloatArray
    source: Row
    target: Row
    opens: Row
    log_total: float

    @property
    def beads(self) -> list[FloatArray]:
        """For each position the chances of beads that end there, laid out as their scores are."""
        return self.cells.tables(self.of_beads)


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

    The width is that of the band's ``bead_ends``.

    Args:
        band: the cells to consider.
        bead_scores: for ranges of source and target end positions the scores
            ``[LONGEST, rows, LONGEST, columns]`` of beads of p source and q target sentences.
    """
    first_end, last_end = band.bead_ends

    def block(first: int) -> list[FloatArray]:
        rows = range(first, min(first + _BLOCK, len(band.lo)))
        at = slice(rows.start, rows.stop)
        lo, hi = int(first_end[at].min()), int(last_end[at].max())
        scores = bead_scores(rows, range(lo, hi + 1))
        return [
            np.ascontiguousarray(scores[:, offset, :, first_end[i] - lo : last_end[i] + 1 - lo])
            for offset, i in enumerate(rows)
        ]

    with ThreadPoolExecutor(default_threads()) as pool:
        for scores in pool.map(block, range(0, len(band.lo), _BLOCK)):
            yield from scores


class Lattice:
    """All alignments of two texts inside a band.

    Args:
        band: the cells to consider; the first and last positions are among them.
        scores: for each position the scores of beads that end there, see ``score_rows``.
    """

    def __init__(self, band: Band, scores: Sequence[FloatArray]) -> None:
        self.cells = Cells(band)
        self._scores = self.cells.laid(scores)

    def expected_opens(self, gaps: GapScores) -> Row:
        """Return what ``posteriors`` gives as ``opens``, in half the time."""
        return self._opens(self._forward(gaps), self._backward(gaps), gaps)

    def posteriors(self, gaps: GapScores) -> Posteriors:
        """Return the probabilities of beads and gaps by the forward-backward algorithm.

        Args:
            gaps: the scores of sentences without a counterpart.
        """
        cells = self.cells
        forward, backward = self._forward(gaps), self._backward(gaps)
        all_paths = forward.total[cells.ends]
        here = all_paths[cells.stretches]
        of_beads = np.zeros((len(self._scores), cells.count), dtype=np.float32)
        for number, wave in enumerate(cells.waves[1:], start=1):
            chance = forward.total[cells.before(number)]
            chance += self._scores[:, wave]
            chance += backward.bead[wave] - here[wave]
            np.exp(np.minimum(chance, 0, out=chance), out=of_beads[:, wave], casting="same_kind")
        source = _chance(forward.source[:-1] + backward.source[:-1] - here)
        target = _chance(forward.target[:-1] + backward.target[:-1] - here)
        alone = (
            np.bincount(cells.rows, weights=source, minlength=len(gaps.source) + 1)[1:],
            np.bincount(cells.columns, weights=target, minlength=len(gaps.target) + 1)[1:],
        )
        return Posteriors(
            cells,
            of_beads,
            np.minimum(alone[0], 1),
            np.minimum(alone[1], 1),
            self._opens(forward, backward, gaps),
            float(all_paths.sum()),
        )

    def _opens(self, forward: _States, backward: _States, gaps: GapScores) -> Row:
        cells = self.cells
        here = forward.total[cells.ends][cells.stretches]
        left = np.concatenate([[0.0], gaps.source])[cells.rows]
        down = forward.above[:-1] + left + backward.source[:-1] + gaps.open_source
        ready = np.logaddexp(forward.bead, forward.source)[:-1]
        aside = np.full(cells.count, _IMPOSSIBLE)
        aside[1:] = ready[:-1] + gaps.target[cells.columns[1:] - 1] + backward.target[1:-1]
        # The step from the end of a strip to the next is none.
        aside[cells.first] = _IMPOSSIBLE
        return np.array([_chance(one - here).sum() for one in (down, aside + gaps.open_target)])

    def _forward(self, gaps: GapScores) -> _States:
        cells, states = self.cells, _States.of(self.cells.count)
        along = _along(gaps.target, cells)
        for number, wave in enumerate(cells.waves):
            above = source = np.full(wave.stop - wave.start, _IMPOSSIBLE)
            if number:
                bead = _log_sum(states.total[cells.before(number)] + self._scores[:, wave])
                up = cells.above(number)
                above = states.bead[up]
                source = np.logaddexp(above + gaps.open_source, states.source[up])
                source += gaps.source[cells.rows[wave] - 1]
            else:
                bead = above.copy()
                bead[cells.begins] = 0.0
            # Moving sideways along the row is a cumulative sum in logs.
            begin = np.logaddexp(bead, source)
            target = np.full(len(bead), _IMPOSSIBLE)
            sideways = np.logaddexp.accumulate(begin + (gaps.open_target - along[wave]))
            target[1:] = sideways[:-1] + along[wave][1:]
            target[cells.first[wave]] = _IMPOSSIBLE
            states.put(wave, bead, source, target)
            states.total[wave] = np.logaddexp(begin, target)
            states.above[wave] = above
        return states

    def _backward(self, gaps: GapScores) -> _States:
        cells, states = self.cells, _States.of(self.cells.count)
        along = _along(gaps.target, cells)
        ended = np.full(cells.count, _IMPOSSIBLE)
        ended[cells.ends] = 0.0
        sizes = np.arange(len(self._scores))[:, None]
        for number in range(len(cells.waves) - 1, -1, -1):
            wave = cells.waves[number]
            onward = ended[wave]
            if number < len(cells.waves) - 1:
                after = cells.after(number)
                onward = np.logaddexp(
                    onward, _log_sum(self._scores[sizes, after] + states.bead[after])
                )
            target = np.logaddexp.accumulate((onward + along[wave])[::-1])[::-1] - along[wave]
            sideways = np.full(len(onward), _IMPOSSIBLE)
            sideways[:-1] = target[1:] + gaps.open_target
            inside = ~cells.last[wave]
            sideways[inside] += gaps.target[cells.columns[wave][inside]]
            sideways[~inside] = _IMPOSSIBLE
            bead = np.logaddexp(onward, sideways)
            source = bead
            if number < len(cells.waves) - 1:
                down = states.source[cells.below(number)]
                inside = cells.rows[wave] < len(gaps.source)
                down[inside] += gaps.source[cells.rows[wave][inside]]
                bead = np.logaddexp(bead, down + gaps.open_source)
                source = np.logaddexp(source, down)
            states.put(wave, bead, source, target)
        return states


def _along(scores: Row, cells: Cells) -> Row:
    """Return what the target sentences before each cell score, lower in each later stretch."""
    along: Row = np.concatenate([[0.0], np.cumsum(scores)])[cells.columns]
    return along + _BARRIER * cells.stretches


def _chance(logs: Row) -> Row:
    chance: Row = np.exp(np.minimum(logs, 0))
    return chance


@dataclass(frozen=True, slots=True)
class _States:
    """Log sums of all paths to (or from) each cell, by what the last step was.

    Each is ``[count + 1]``, impossible outside. ``above`` holds the bead sums of the cells above.
    """

    bead: Row
    source: Row
    target: Row
    total: Row
    above: Row

    @classmethod
    def of(cls, count: int) -> _States:
        """Return states of so many cells to which no path is known."""
        return cls(*(np.full(count + 1, _IMPOSSIBLE) for _ in range(5)))

    def put(self, wave: slice, bead: Row, source: Row, target: Row) -> None:
        """Set the states of the cells of a wave."""
        self.bead[wave], self.source[wave], self.target[wave] = bead, source, target


def _log_sum(values: NDArray[np.float64]) -> Row:
    """Return the log of the summed exponentials over all sizes of beads, ``[sizes, w]``."""
    highest = values.max(axis=0)
    total: Row = np.log(np.exp(values - highest).sum(axis=0))
    total += highest
    return np.maximum(total, _IMPOSSIBLE, out=total)
