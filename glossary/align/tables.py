"""Values at the cells of a band, laid out so that beads are reached without copying."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.align.blocks import LONGEST

__all__ = ["IMPOSSIBLE", "Beginnings", "Row", "Rows"]

#: The log of a sum over no path at all, low enough for exponentials to vanish.
IMPOSSIBLE = -1e9

# Rows of a table: the more of them, the wider the table and the less often it is laid out anew.
_TABLE_ROWS = 24

#: Values ``[width]`` at the cells of a row.
Row = NDArray[np.float64]


class Rows:
    """Values at the cells of the latest rows, as the beads see them that end at the next.

    Rows are put in order. A block of them lies in one table, impossible outside the band, so that
    the values where all beads of a row began are a view of it and nothing is copied.
    """

    def __init__(self, band: Band) -> None:
        self._band = band
        self._first = self._stop = 0
        self._origin = 0
        self._table: NDArray[np.float64] = np.empty((LONGEST, LONGEST))
        self._view = self._table

    def before(self, i: int) -> NDArray[np.float64]:
        """Return ``[LONGEST, LONGEST, width]``: the value where a bead of p, q to row i began."""
        if i >= self._stop:
            self._move(i)
        left = int(self._band.lo[i]) - self._origin
        view: NDArray[np.float64] = self._view[i - self._first, :, :, left:]
        return view[..., : int(self._band.hi[i]) - int(self._band.lo[i]) + 1]

    def above(self, i: int) -> Row:
        """Return ``[width]``: the values of the cells above those of row i."""
        left = LONGEST + int(self._band.lo[i]) - self._origin
        width = int(self._band.hi[i]) - int(self._band.lo[i]) + 1
        values: Row = self._table[LONGEST + i - 1 - self._first, left : left + width]
        return values

    def put(self, i: int, row: Row) -> None:
        """Set the values of row i, for which ``before`` was called."""
        left = LONGEST + int(self._band.lo[i]) - self._origin
        self._table[LONGEST + i - self._first, left : left + len(row)] = row

    def _move(self, first: int) -> None:
        stop = min(first + _TABLE_ROWS, len(self._band.lo))
        near = slice(max(0, first - LONGEST), stop)
        origin, end = int(self._band.lo[near].min()), int(self._band.hi[near].max()) + 1
        table = np.full((LONGEST + stop - first, LONGEST + end - origin), IMPOSSIBLE)
        for i in range(near.start, first):
            lo, hi = int(self._band.lo[i]), int(self._band.hi[i])
            kept = self._table[LONGEST + i - self._first, LONGEST + lo - self._origin :]
            left = LONGEST + lo - origin
            table[LONGEST + i - first, left : left + hi - lo + 1] = kept[: hi - lo + 1]
        down, right = table.strides
        self._view = as_strided(
            table[LONGEST - 1 :, LONGEST - 1 :],
            (stop - first, LONGEST, LONGEST, end - origin),
            (down, -down, -right, right),
            writeable=False,
        )
        self._first, self._stop, self._origin, self._table = first, stop, origin, table


class Beginnings:
    """Values of beads, put where they end and read where they begin; rows come last to first."""

    def __init__(self, band: Band) -> None:
        self._band = band
        self._first = self._stop = len(band.lo)
        self._origin = 0
        self._table: NDArray[np.float64] = np.empty((0, LONGEST, LONGEST, 0))

    def at(self, i: int) -> NDArray[np.float64]:
        """Return ``[LONGEST, LONGEST, width]``: the value of the bead of p, q from row i on."""
        if i < self._first:
            self._move(i + 1)
        left = LONGEST + int(self._band.lo[i]) - self._origin
        width = int(self._band.hi[i]) - int(self._band.lo[i]) + 1
        return self._table[LONGEST + i - self._first, :, :, left : left + width]

    def put(self, i: int, beads: NDArray[np.float64]) -> None:
        """Set the values ``[LONGEST, LONGEST, width]`` of the beads that end at row i."""
        left = LONGEST + int(self._band.lo[i]) - self._origin
        down, sources, targets, right = self._table.strides
        places = as_strided(
            self._table[LONGEST + i - self._first - 1, :, :, left - 1 :],
            beads.shape,
            (sources - down, targets - right, right),
        )
        places[:] = beads

    def _move(self, stop: int) -> None:
        first = max(0, stop - _TABLE_ROWS)
        # Beads that end here begin up to LONGEST rows and columns before.
        near = slice(max(0, first - LONGEST), stop)
        origin, end = int(self._band.lo[near].min()), int(self._band.hi[near].max()) + 1
        shape = (LONGEST + stop - first, LONGEST, LONGEST, LONGEST + end - origin)
        table = np.full(shape, IMPOSSIBLE)
        # What is known of rows before the block moves on with them.
        width = min(LONGEST + end - self._origin, self._table.shape[3])
        if width > 0:
            left = self._origin - origin
            kept = self._table[:LONGEST, :, :, :width]
            table[stop - first :, :, :, left : left + width] = kept
        self._first, self._stop, self._origin, self._table = first, stop, origin, table
