"""The alignment with the greatest sum of probabilities less costs (minimum Bayes risk)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossary.align.blocks import LONGEST
from glossary.align.lattice import Posteriors, Row, Step

__all__ = ["best_steps"]

_IMPOSSIBLE = -1e9
# What keeps the sums along a row of one stretch from those of the next, in which it goes on.
_BARRIER = -1e6
_DROP, _ADD = 100, 101


def best_steps(found: Posteriors, *, bead_cost: float, gap_cost: float) -> list[Step]:
    """Return the alignment with the greatest sum of probabilities less costs.

    Args:
        found: the probabilities of beads and gaps.
        bead_cost: taken from each bead's probability: the higher, the fewer and longer beads.
        gap_cost: taken from each sentence's probability of having no counterpart.
    """
    cells = found.cells
    down = found.source - gap_cost
    sideways = np.concatenate([[0.0], np.cumsum(found.target - gap_cost)])[cells.columns]
    sideways += _BARRIER * cells.stretches
    best: Row = np.full(cells.count + 1, _IMPOSSIBLE)
    moves = np.zeros(cells.count, dtype=np.int8)
    for number, wave in enumerate(cells.waves):
        move = np.zeros(wave.stop - wave.start, dtype=np.int64)
        value: Row = np.full(len(move), _IMPOSSIBLE)
        if number:
            gains = best[cells.before(number)]
            gains += found.of_beads[:, wave] - bead_cost
            move = gains.argmax(axis=0)
            drop = best[cells.above(number)] + down[cells.rows[wave] - 1]
            value = gains[move, np.arange(len(move))]
            move = np.where(drop > value, _DROP, move)
            value = np.maximum(drop, value)
        else:
            value[cells.begins] = 0.0
        at = sideways[wave]
        add = np.full(len(value), _IMPOSSIBLE)
        add[1:] = np.maximum.accumulate(value - at)[:-1] + at[1:]
        add[cells.first[wave]] = _IMPOSSIBLE
        moves[wave] = np.where(add > value, _ADD, move)
        best[wave] = np.maximum(np.maximum(add, value), _IMPOSSIBLE)
    return _trace(moves, found)


def _trace(moves: NDArray[np.int8], found: Posteriors) -> list[Step]:
    cells = found.cells
    steps: list[Step] = []
    for stretch in range(len(cells.ends) - 1, -1, -1):
        cell, begin = int(cells.ends[stretch]), int(cells.begins[stretch])
        i, j = int(cells.rows[cell]), int(cells.columns[cell])
        while cell != begin:
            move = int(moves[cell])
            if move == _DROP:
                steps.append(Step((i - 1, i), (j, j), float(found.source[i - 1])))
                i -= 1
            elif move == _ADD:
                steps.append(Step((i, i), (j - 1, j), float(found.target[j - 1])))
                j -= 1
            else:
                p, q = divmod(move, LONGEST)
                probability = float(found.of_beads[move, cell])
                steps.append(Step((i - p - 1, i), (j - q - 1, j), probability))
                i, j = i - p - 1, j - q - 1
            cell = cells.at(stretch, i, j)
    return steps[::-1]
