"""Which words go together over a text, by the links that its beads have so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossary.harvest.bead_words import BeadWords
from glossary.language.stems import english_stem

__all__ = ["associations"]

FloatArray = NDArray[np.float32]


def associations(beads: Sequence[BeadWords]) -> list[FloatArray]:
    """Return for each bead how far its word pairs are each other's renderings over the text.

    The expected number of links of a pair of types, divided by the types' own counts plus one:
    the addition keeps pairs that meet once from looking certain.
    """
    zh_ids: dict[str, int] = {}
    en_ids: dict[str, int] = {}
    rows = [
        np.array([zh_ids.setdefault(w.text, len(zh_ids)) for w in b.chinese], dtype=np.int64)
        for b in beads
    ]
    columns = [
        np.array(
            [en_ids.setdefault(english_stem(w.text.lower()), len(en_ids)) for w in b.english],
            dtype=np.int64,
        )
        for b in beads
    ]
    width = max(1, len(en_ids))
    keys = np.concatenate(
        [(r[:, None] * width + c[None, :]).ravel() for r, c in zip(rows, columns, strict=True)]
    )
    strengths = np.concatenate([bead.links.ravel() for bead in beads])
    if not len(keys):
        return [np.zeros_like(bead.forward) for bead in beads]
    unique, inverse = np.unique(keys, return_inverse=True)
    expected = np.bincount(inverse, weights=strengths, minlength=len(unique))
    count_zh = np.bincount(np.concatenate(rows), minlength=len(zh_ids)).astype(np.float64)
    count_en = np.bincount(np.concatenate(columns), minlength=len(en_ids)).astype(np.float64)
    # The pair's own count is at most the smaller of its types' counts.
    share = 2 * expected / (count_zh[unique // width] + count_en[unique % width] + 2.0)
    values = share[inverse].astype(np.float32)
    sizes = [bead.forward.size for bead in beads]
    return [
        part.reshape(bead.forward.shape)
        for part, bead in zip(_split(values, sizes), beads, strict=True)
    ]


def _split(values: NDArray[Any], sizes: Sequence[int]) -> list[NDArray[Any]]:
    return np.split(values, np.cumsum(sizes)[:-1])
