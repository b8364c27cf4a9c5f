"""The evidence that a sentence has no counterpart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.align.lexical import LexicalIndex
from glossary.encoders.protocol import FloatArray

__all__ = ["GAP_FEATURES", "gap_features"]

#: The features of a sentence that may stand alone, in order: its length (log), its best similarity
#: with a run of up to three sentences inside the band, and the best share of its words there.
GAP_FEATURES = ("constant", "length", "best similarity", "best words")

_ROWS = 64
_RUN = 3


def gap_features(
    runs: tuple[FloatArray, FloatArray],
    lexicon: LexicalIndex,
    lengths: tuple[Sequence[float], Sequence[float]],
    band: Band,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the gap features ``[n, 4]`` and ``[m, 4]`` of the sentences of two texts.

    Args:
        runs: run vectors ``[LONGEST, n, d]`` and ``[LONGEST, m, d]``.
        lexicon: the stem vectors of both texts.
        lengths: the length of each sentence, in bytes of the first text.
        band: where counterparts are looked for.
    """
    n = len(lengths[0])
    source, target = _constant(lengths[0]), _constant(lengths[1])
    for first in range(0, n, _ROWS):
        rows = range(first, min(first + _ROWS, n))
        # Sentence i may end a bead at any target position of row i + 1.
        lo, hi = band.lo[first + 1 : rows.stop + 1], band.hi[first + 1 : rows.stop + 1]
        columns = range(max(0, int(lo.min()) - 1), int(hi.max()))
        if not columns:
            continue
        at_rows, at_columns = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        ends = np.arange(columns.start + 1, columns.stop + 1)
        inside = (ends >= lo[:, None]) & (ends <= hi[:, None])
        left, right = runs[0][:_RUN, at_rows], runs[1][:_RUN, at_columns]
        similar = np.where(inside, (left[0] @ right.transpose(0, 2, 1)).max(axis=0), -1)
        source[at_rows, 2] = similar.max(axis=1)
        similar = np.where(inside, (left @ right[0].T).max(axis=0), -1)
        target[at_columns, 2] = np.maximum(target[at_columns, 2], similar.max(axis=0))
        words = np.where(inside, lexicon.overlap(rows, columns), 0)
        source[at_rows, 3] = words.max(axis=1) / (lexicon.source.mass[at_rows] + 1)
        shares = words.max(axis=0) / (lexicon.target.mass[at_columns] + 1)
        target[at_columns, 3] = np.maximum(target[at_columns, 3], shares)
    return source, target


def _constant(lengths: Sequence[float]) -> NDArray[np.float64]:
    features = np.zeros((len(lengths), len(GAP_FEATURES)))
    features[:, 0] = 1
    features[:, 1] = np.log(np.asarray(lengths) + 10) - 4.5
    features[:, 2] = -1
    return features
