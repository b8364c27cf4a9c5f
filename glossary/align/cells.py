"""The cells of a band in the order in which they are worked at, and where beads lead from them.

A band may be cut where the alignment surely passes. What lies between two cuts is independent of
the rest, so the first rows of all stretches are worked at together, then their second rows: a
wave each. That saves most of the calls that a text worked at row by row needs.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.align.blocks import LONGEST
from glossary.encoders.protocol import FloatArray

__all__ = ["Cells"]

# Bands of up to so many cells remember where their beads begin: 60 MB of indices.
_REMEMBERED = 200_000
_SIZES = np.arange(1, LONGEST + 1)

_Indices = NDArray[np.int64]


class Cells:
    """The cells of a band, wave by wave; in a wave stretch by stretch, in each by target position.

    Each row of a stretch is a strip of cells. The cell where two stretches meet is in both.

    Attributes:
        count: how many there are; as an index it stands for all cells outside.
        rows, columns: ``[count]``, the source and the target position of each.
        stretches: ``[count]``, the stretch of each, ascending in a wave.
        first, last: ``[count]``, whether it is the first or the last of its strip.
        waves: the cells of each wave.
        begins, ends: ``[stretches]``, the first and the last cell of each stretch.
    """

    def __init__(self, band: Band) -> None:
        self.band = band
        corners = np.array([(0, 0), *band.cuts, (len(band.lo) - 1, int(band.hi[-1]))])
        begin, end = corners[:-1], corners[1:]
        sizes = end[:, 0] - begin[:, 0] + 1
        stretch = np.repeat(np.arange(len(sizes)), sizes)
        offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        order = np.lexsort((stretch, offset))
        stretch, offset = stretch[order], offset[order]
        # Of each strip the source position, the first target position, the number of its cells and
        # the place of its first; one more strip that is empty stands for all outside.
        row = begin[stretch, 0] + offset
        lo = np.maximum(band.lo[row], begin[stretch, 1])
        widths = np.maximum(np.minimum(band.hi[row], end[stretch, 1]) - lo + 1, 0)
        self.count = int(widths.sum())
        places = np.cumsum(widths) - widths
        self._strips = row, lo, widths, places
        self._bounds = tuple(
            np.append(values, outside)
            for values, outside in ((places - lo, 0), (lo, 1), (lo + widths - 1, 0))
        )
        self._at = np.full((len(sizes), int(sizes.max()) + LONGEST), len(row))
        self._at[stretch, offset] = np.arange(len(row))
        self._first_row = begin[:, 0]
        strip = np.repeat(np.arange(len(row)), widths)
        self.rows, self.stretches = row[strip], stretch[strip]
        self.columns = np.arange(self.count) - places[strip] + lo[strip]
        self.first = self.columns == lo[strip]
        self.last = self.columns == (lo + widths - 1)[strip]
        edges = np.searchsorted(offset[strip], np.arange(int(sizes.max()) + 1))
        self.waves = [slice(int(a), int(b)) for a, b in itertools.pairwise(edges)]
        shift, stretches = self._bounds[0], np.arange(len(sizes))
        self.begins = shift[self._at[stretches, 0]] + begin[:, 1]
        self.ends = shift[self._at[stretches, sizes - 1]] + end[:, 1]
        self._offsets = offset[strip]
        none, one = np.array([0]), np.array([1])
        self._above = self._moved(slice(self.count), -one, none)[0]
        self._below = self._moved(slice(self.count), one, none)[0]
        self._known: dict[int, _Indices] = {}

    def at(self, stretch: int, row: int, column: int) -> int:
        """Return the cell of a position in a stretch."""
        strip = self._at[stretch, row - self._first_row[stretch]]
        shift, lo, hi = (bound[strip] for bound in self._bounds)
        return int(shift + column) if lo <= column <= hi else self.count

    def before(self, wave: int) -> _Indices:
        """Return ``[LONGEST * LONGEST, w]``: where beads of p, q sentences begin that end in it."""
        return self._beads(wave, -1)

    def after(self, wave: int) -> _Indices:
        """Return ``[LONGEST * LONGEST, w]``: where beads of p, q sentences end that begin in it."""
        return self._beads(wave, 1)

    def above(self, wave: int) -> _Indices:
        """Return ``[w]``: for each cell of a wave the one with a source sentence less."""
        above: _Indices = self._above[self.waves[wave]]
        return above

    def below(self, wave: int) -> _Indices:
        """Return ``[w]``: for each cell of a wave the one with a source sentence more."""
        below: _Indices = self._below[self.waves[wave]]
        return below

    def laid(self, tables: Sequence[FloatArray]) -> FloatArray:
        """Return ``[LONGEST * LONGEST, count + 1]``: the scores of beads by the cell they end in.

        Args:
            tables: for each position ``[LONGEST, LONGEST, width]`` over the band's ``bead_ends``.
        """
        laid = np.zeros((LONGEST * LONGEST, self.count + 1), dtype=np.float32)
        # No bead ends in the first wave; of each later strip all cells are ends of beads.
        begun = self.waves[0].stop
        parts = [tables[row].reshape(len(laid), -1) for row in self._ended_rows()]
        np.concatenate(parts, axis=1, out=laid[:, begun:-1])
        return laid

    def tables(self, laid: FloatArray) -> list[FloatArray]:
        """Return what ``laid`` was given, from values ``[LONGEST * LONGEST, count]``."""
        lo, hi = self.band.bead_ends
        tables = [np.zeros((LONGEST, LONGEST, int(hi[0] - lo[0]) + 1), dtype=np.float32)] * len(lo)
        at = self.waves[0].stop
        for row in self._ended_rows():
            width = int(hi[row] - lo[row]) + 1
            tables[row] = laid[:, at : at + width].reshape(LONGEST, LONGEST, width)
            at += width
        return tables

    def _ended_rows(self) -> list[int]:
        """Return the source positions in which beads end, in the order of their cells."""
        rows: list[int] = self._strips[0][len(self.begins) :].tolist()
        return rows

    def _beads(self, wave: int, sign: int) -> _Indices:
        cells = self.waves[wave]
        if self.count > _REMEMBERED:
            return self._moved(cells, sign * _SIZES, sign * _SIZES)
        if sign not in self._known:
            self._known[sign] = self._moved(slice(self.count), sign * _SIZES, sign * _SIZES)
        return self._known[sign][:, cells]

    def _moved(self, cells: slice, rows: _Indices, columns: _Indices) -> _Indices:
        """Return ``[len(rows) * len(columns), w]``: the cells so far away from some."""
        offsets = self._offsets[cells] + rows[:, None]
        at = self._at[self.stretches[cells], np.maximum(offsets, 0)]
        at[offsets < 0] = len(self._strips[0])
        shift, lo, hi = (bound[at][:, None] for bound in self._bounds)
        there = self.columns[cells] + columns[:, None]
        moved = np.where((there >= lo) & (there <= hi), there + shift, self.count)
        return moved.reshape(len(rows) * len(columns), -1)
