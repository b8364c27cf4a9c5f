"""Cut long texts into pairs of stretches that can be aligned by themselves.

A window walks along both texts. In it the chain of anchors is found as for a short text, and the
walk goes on from a pair that nothing puts in doubt: so time grows with the length of the texts, not
with its square, and memory with that of a window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from glossary.align.anchors import SURE_LEAD, anchor_path, mutual_leads
from glossary.encoders.protocol import FloatArray

__all__ = ["WHOLE", "Similarity", "cut_points"]

#: Similarities of a block of source and target sentences.
Similarity = Callable[[range, range], FloatArray]

#: Pairs of sentences up to which texts are aligned whole: 36 MB of similarities.
WHOLE = 9_000_000
# Source sentences in a window, and where in it the next cut is looked for.
_WINDOW = 1200
_EARLIEST, _LATEST = 600, 1000
# Target sentences per source sentence in a window: renditions have been seen with twice as many
# sentences, and a dropped section of the source shifts the rest; the last finds a counterpart
# after 18,000 sentences that only the target has.
_WIDER = (2, 4, 16)
# Where no pair is so sure, the surest will do if at least this share of the window's sentences are
# anchors and mutual best matches: among unrelated sentences 1 % are, in renditions by words alone
# more than a third.
_RELATED = 0.05


def cut_points(
    size: tuple[int, int], similarity: Similarity, *, whole: int = WHOLE
) -> Iterator[tuple[int, int]]:
    """Yield positions (i, j) that split both texts, ascending, without the begin and the end.

    ``similarity`` is never asked again for sentences before the last cut. A stretch of the source
    that nothing near renders is cut off without counterpart, if the rest is too long to be aligned
    whole.

    Args:
        size: the number of source and target sentences.
        similarity: of single sentences, centred.
        whole: pairs of sentences up to which the rest may stay uncut if no safe place is found.
    """
    i = j = 0
    while size[0] - i > _WINDOW and j < size[1]:
        rows = range(i, i + _WINDOW)
        found = None
        for wider in _WIDER:
            columns = range(j, min(j + _WINDOW * wider, size[1]))
            block = similarity(rows, columns)
            found = _cut(block, sure=True)
            if found or columns.stop == size[1]:
                break
        if found is None:
            if (size[0] - i) * (size[1] - j) <= whole:
                return
            found = _cut(block, sure=False) or (_LATEST, 0)
        i, j = i + found[0], j + found[1]
        yield i, j


def _cut(block: FloatArray, *, sure: bool) -> tuple[int, int] | None:
    """Return the last safe cut of a window between the earliest and the latest place for one.

    If not ``sure``, return the safest one, or None if the texts in the window look unrelated.
    """
    best, lead = mutual_leads(block)
    chain = {(i, j) for i, j in anchor_path(block) if best[i] == j and lead[i] >= 0}
    if sure:
        chain = {(i, j) for i, j in chain if lead[i] >= SURE_LEAD}
        cuts = [
            (i + 1, j + 1) for i, j in chain if _EARLIEST <= i < _LATEST and (i + 1, j + 1) in chain
        ]
        return max(cuts, default=None)
    if len(chain) < _RELATED * len(block):
        return None
    inside = [(i, j) for i, j in chain if _EARLIEST <= i < _LATEST] or sorted(chain)
    return max(((i + 1, j + 1) for i, j in inside), key=lambda cut: (lead[cut[0] - 1], cut))
