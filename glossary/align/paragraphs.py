"""What paragraphs and roles say about beads and gaps: what the gold texts, lines of prose, lack."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossary.align.blocks import LONGEST
from glossary.align.sides import Side
from glossary.encoders.protocol import FloatArray
from glossary.model import SegmentRole

__all__ = ["ParagraphScores", "apparatus_scores"]

# Not learned, in log odds: captions, bylines and metadata belong to one edition of a text more
# often than its sentences do …
_APPARATUS = 2.0
# … and a bead seldom runs across a paragraph's end, or begins a paragraph on one side only.
_PARAGRAPH_INSIDE = -1.0
_PARAGRAPH_BEGIN = -0.5


class ParagraphScores:
    """What the paragraphs of two texts say about beads; nothing if one has no paragraphs."""

    def __init__(self, source: Side, target: Side) -> None:
        self._sides = (_breaks(source), _breaks(target))

    def __call__(self, rows: range, columns: range) -> FloatArray | float:
        """Return ``[LONGEST, rows, LONGEST, columns]``."""
        left, right = self._sides
        if left is None or right is None:
            return 0.0
        inside_left, begin_left = _runs_over(left, rows)
        inside_right, begin_right = _runs_over(right, columns)
        crossing = (inside_left[:, :, None, None] + inside_right[None, None]) * np.float32(
            _PARAGRAPH_INSIDE
        )
        uneven = begin_left[:, :, None, None] != begin_right[None, None]
        scores: FloatArray = crossing + uneven * np.float32(_PARAGRAPH_BEGIN)
        return scores


def _breaks(side: Side) -> NDArray[np.bool_] | None:
    """Return for each sentence whether it begins a paragraph, or None if all or none do."""
    paragraphs = np.asarray(side.paragraphs if side.paragraphs is not None else [])
    begins = np.concatenate([[True], np.diff(paragraphs) != 0]) if len(paragraphs) else None
    return None if begins is None or begins.all() or not begins[1:].any() else begins


def _runs_over(
    begins: NDArray[np.bool_], at: range
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return what paragraphs do in the runs of each size that end at positions ``at``.

    Both results are ``[LONGEST, len(at)]``: the number of paragraphs that begin inside the run, and
    whether its first sentence begins one.
    """
    along = np.concatenate([[0], np.cumsum(begins)])
    ends = np.arange(at.start, at.stop)
    starts = ends - np.arange(1, LONGEST + 1)[:, None]
    first = np.clip(starts, 0, len(begins) - 1)
    inside = along[ends] - along[np.minimum(first + 1, ends)]
    return inside.astype(np.float32), begins[first]


def apparatus_scores(side: Side) -> NDArray[np.float64]:
    """Return ``[n]``: what its role says for a sentence's having no counterpart."""
    running = (SegmentRole.BODY, SegmentRole.HEADING)
    roles = side.roles or [SegmentRole.BODY] * len(side.sentences)
    return np.array([_APPARATUS * (role not in running) for role in roles])
