"""Cut long texts into pairs of stretches that can be aligned by themselves.

A window walks along both texts. In it the chain of anchors is found as for a short text, and the
walk goes on from a pair that nothing puts in doubt: so time and memory grow with the length of the
texts, not with its square.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glossary.align.anchors import anchor_path
from glossary.encoders.protocol import FloatArray

__all__ = ["cut_points"]

#: Similarities of a block of source and target sentences.
Similarity = Callable[[range, range], FloatArray]

# Source sentences in a window, and where in it the next cut is looked for.
_WINDOW = 1200
_EARLIEST, _LATEST = 600, 1000
# Target sentences per source sentence in a window: renditions have been seen with twice as many
# sentences, and a dropped section of the source shifts the rest.
_WIDER = 4
# A cut lies between two anchors that are neighbours in both texts, each the other's best match in
# the window by this much: of the pairs of the gold texts that pass, all are right.
_LEAD = 0.1


def cut_points(size: tuple[int, int], similarity: Similarity) -> list[tuple[int, int]]:
    """Return positions (i, j) that split both texts, ascending, without the begin and the end.

    Args:
        size: the number of source and target sentences.
        similarity: of single sentences, centred.
    """
    cuts: list[tuple[int, int]] = []
    i = j = 0
    while size[0] - i > _WINDOW:
        rows = range(i, i + _WINDOW)
        # Where no cut can be found the window grows until the texts end: then they stay whole.
        width = _WINDOW * _WIDER
        found = None
        while found is None:
            columns = range(j, min(j + width, size[1]))
            found = _cut(similarity(rows, columns)) if columns else None
            if columns.stop >= size[1]:
                break
            width *= 2
        if found is None:
            break
        i, j = i + found[0], j + found[1]
        cuts.append((i, j))
    return cuts


def _cut(block: FloatArray) -> tuple[int, int] | None:
    """Return the last safe cut of a window between the earliest and the latest place for one."""
    best_column, best_row = block.argmax(axis=1), block.argmax(axis=0)
    highest = np.take_along_axis(block, best_column[:, None], axis=1)[:, 0]
    second = np.partition(block, -2, axis=1)[:, -2] if block.shape[1] > 1 else highest - 1
    sure = (best_row[best_column] == np.arange(len(block))) & (highest - second >= _LEAD)
    chain = {(i, j) for i, j in anchor_path(block) if sure[i] and best_column[i] == j}
    cuts = [
        (i + 1, j + 1) for i, j in chain if _EARLIEST <= i < _LATEST and (i + 1, j + 1) in chain
    ]
    return max(cuts, default=None)
