"""Second pass: the best sequence of beads and gaps through the band, in numpy.

A bead joins 1 to 6 source sentences with 1 to 6 target sentences. Sentences without a counterpart
form gaps, scored affinely as in Gotoh (1982): opening one costs, each sentence in it earns its own
small score, so that a dropped section is cheaper than as many single dropped sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.encoders.protocol import FloatArray

__all__ = ["LONGEST", "Step", "best_path"]

#: The most sentences on one side of a bead.
LONGEST = 6
_IMPOSSIBLE = np.float32(-1e9)
# Rows whose scores are computed together: long enough for matrix products, short enough that the
# union of their bands is not much wider than each.
_BLOCK = 32

_FROM_GAP, _TO_GAP, _SIDEWAYS = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Step:
    """Source sentences ``[i, k)`` with target sentences ``[j, l)``; one of them empty in a gap."""

    source: tuple[int, int]
    target: tuple[int, int]


def best_path(
    band: Band,
    bead_scores: Callable[[range, range], FloatArray],
    gap_open: float,
    source_gap: FloatArray,
    target_gap: FloatArray,
) -> list[Step]:
    """Return the steps of highest total score from the first position to the last.

    Args:
        band: the cells to consider; the first and last positions are among them.
        bead_scores: for ranges of source and target end positions the scores
            ``[LONGEST, rows, LONGEST, columns]`` of beads of p source and q target sentences.
        gap_open: score of beginning a gap (negative).
        source_gap: ``[n]``, score of each source sentence inside a gap.
        target_gap: ``[m]``, the same for target sentences.
    """
    table = _Table(band, gap_open, source_gap, target_gap)
    for rows, columns in _blocks(band):
        scores = bead_scores(rows, columns)
        for offset, i in enumerate(rows):
            at = slice(int(band.lo[i]) - columns.start, int(band.hi[i]) + 1 - columns.start)
            table.fill(i, scores[:, offset, :, at])
    return table.trace()


def _blocks(band: Band) -> Iterator[tuple[range, range]]:
    for first in range(0, len(band.lo), _BLOCK):
        last = min(first + _BLOCK, len(band.lo))
        lo, hi = int(band.lo[first:last].min()), int(band.hi[first:last].max())
        yield range(first, last), range(lo, hi + 1)


class _Table:
    """The rows of the dynamic programme; of old rows only the pointers are kept."""

    def __init__(
        self, band: Band, gap_open: float, source_gap: FloatArray, target_gap: FloatArray
    ) -> None:
        self.band = band
        self.gap_open = np.float32(gap_open)
        self.source_gap = source_gap
        # Gap scores up to each target position: moving sideways is a difference of two of them.
        self.along = np.concatenate([[0], np.cumsum(target_gap, dtype=np.float64)])
        self.best: dict[int, FloatArray] = {}
        self.leave = np.empty(0, dtype=np.float32)
        self.shapes: list[NDArray[np.int8]] = []
        self.flags: list[NDArray[np.uint8]] = []

    def fill(self, i: int, scores: FloatArray) -> None:
        """Fill row i from ``scores [LONGEST, LONGEST, width]`` and the rows before it."""
        lo, hi = int(self.band.lo[i]), int(self.band.hi[i])
        width = hi - lo + 1
        match = np.full(width, _IMPOSSIBLE, dtype=np.float32)
        shape = np.full(width, -1, dtype=np.int8)
        longest = min(i, LONGEST)
        if longest:
            candidates = np.empty((longest, LONGEST, width), dtype=np.float32)
            for p in range(1, longest + 1):
                before = self._shifted(self.best[i - p], i - p, lo - LONGEST, hi - 1)
                views = np.lib.stride_tricks.sliding_window_view(before, width)
                np.add(views[::-1], scores[p - 1], out=candidates[p - 1])
            flat = candidates.reshape(longest * LONGEST, width)
            chosen = flat.argmax(axis=0)
            match = np.maximum(flat[chosen, np.arange(width)], _IMPOSSIBLE)
            shape = chosen.astype(np.int8)
        elif lo == 0:
            match[0] = 0.0
        self._gaps(i, match, shape)

    def _gaps(self, i: int, match: FloatArray, shape: NDArray[np.int8]) -> None:
        lo, hi = int(self.band.lo[i]), int(self.band.hi[i])
        along = self.along[lo : hi + 1]
        down = np.full(len(match), _IMPOSSIBLE, dtype=np.float32)
        if i:
            down = self._shifted(self.leave, i - 1, lo, hi) + self.source_gap[i - 1]
        enter = match + self.gap_open
        leave = np.maximum.accumulate(np.maximum(enter, down) - along) + along
        sideways = np.full(len(match), float(_IMPOSSIBLE))
        sideways[1:] = leave[:-1] + np.diff(along)
        gap = np.maximum(down, sideways)
        flags = np.where(gap > match, _FROM_GAP, 0)
        flags |= np.where(gap >= enter, _TO_GAP, 0)
        flags |= np.where(sideways > down, _SIDEWAYS, 0)
        self.leave = np.maximum(leave, _IMPOSSIBLE).astype(np.float32)
        self.best[i] = np.maximum(np.maximum(gap, match), _IMPOSSIBLE).astype(np.float32)
        self.best.pop(i - LONGEST, None)
        self.shapes.append(shape)
        self.flags.append(flags.astype(np.uint8))

    def _shifted(self, row: FloatArray, at: int, first: int, last: int) -> FloatArray:
        """Return target positions ``first`` … ``last`` of the row at ``at``, impossible outside."""
        lo = int(self.band.lo[at])
        result = np.full(last - first + 1, _IMPOSSIBLE, dtype=np.float32)
        start, stop = max(first, lo), min(last, lo + len(row) - 1)
        if start <= stop:
            result[start - first : stop - first + 1] = row[start - lo : stop - lo + 1]
        return result

    def trace(self) -> list[Step]:
        """Follow the pointers back from the last position."""
        steps: list[Step] = []
        i, j = len(self.shapes) - 1, int(self.band.hi[-1])
        in_gap = bool(self.flags[i][j - int(self.band.lo[i])] & _FROM_GAP)
        while i or j:
            at = j - int(self.band.lo[i])
            flags = int(self.flags[i][at])
            if in_gap:
                sideways = flags & _SIDEWAYS
                before = (i, j - 1) if sideways else (i - 1, j)
                steps.append(Step((before[0], i), (before[1], j)))
                i, j = before
                in_gap = bool(int(self.flags[i][j - int(self.band.lo[i])]) & _TO_GAP)
                continue
            p, q = divmod(int(self.shapes[i][at]), LONGEST)
            steps.append(Step((i - p - 1, i), (j - q - 1, j)))
            i, j = i - p - 1, j - q - 1
            in_gap = bool(int(self.flags[i][j - int(self.band.lo[i])]) & _FROM_GAP)
        return steps[::-1]
