"""Passages that stand elsewhere in the other text: what a translator moved.

The lattice knows no crossing beads, so a moved passage is left without a counterpart on both sides.
Here what stands alone on one side is held against what stands alone on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.align.chunks import WHOLE
from glossary.align.embedding import run_vectors
from glossary.align.pairwise import align_sentences
from glossary.align.sides import Link, Side, folded, part_of
from glossary.encoders.protocol import Encoder

__all__ = ["with_moved"]

# A passage has moved if sentences of it are each other's nearest among all that stand alone: two
# that are as like as the first, or one that is as like as the second, …
_LIKE, _VERY_LIKE = 0.55, 0.7
# … or several that are less like but come in the same order. Where a block was moved in gold texts
# their likenesses sum up to 2 and more and to .18 and more a sentence; between deleted and foreign
# blocks, to 1 at most.
_SOMEWHAT_LIKE, _LIKE_TOGETHER, _LIKE_EACH = 0.3, 1.4, 0.12
# Short sentences ("Yes, he said.") have their like anywhere.
_FEWEST_BYTES = 40
# Beads of a moved passage are at least so probable by themselves, and if the passage as a whole has
# surely moved, likelier than not.
_PROBABLE, _PROBABLE_INSIDE = 0.95, 0.5


def with_moved(
    source: Side, target: Side, links: Sequence[Link], *, encoder: Encoder | None
) -> list[Link]:
    """Return the links with those added that join moved passages, which cross the others.

    Args:
        source: one text.
        target: the other.
        links: their alignment; the sentences of links with an empty side may have moved.
        encoder: the sentence encoder; without one all stays as it is, since words and lengths
            cannot tell a moved sentence from one on the same matter.
    """
    left, right = _runs(links, 0), _runs(links, 1)
    alone = [[at for run in runs for at in run.sentences] for runs in (left, right)]
    if encoder is None or not all(alone) or len(alone[0]) * len(alone[1]) > WHOLE:
        return list(links)
    found: list[Link] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    runs = (
        [run for run in left for _ in run.sentences],
        [run for run in right for _ in run.sentences],
    )
    pairs = _nearest(part_of(source, alone[0]), part_of(target, alone[1]), encoder)
    together: dict[tuple[_Run, _Run], list[tuple[int, int, float]]] = {}
    for i, j, like in pairs:
        # Two runs at one place do not cross: the lattice has seen both and left them apart.
        if runs[0][i].place != runs[1][j].place:
            together.setdefault((runs[0][i], runs[1][j]), []).append((i, j, like))
    in_order = {both: _likeness_in_order(found) for both, found in together.items()}
    for (one, other), likeness in sorted(in_order.items(), key=lambda item: -item[1]):
        shorter = min(len(one.sentences), len(other.sentences))
        likes = [like for _, _, like in together[one, other] if like >= _LIKE]
        whole = likeness >= max(_LIKE_TOGETHER, _LIKE_EACH * shorter)
        if not whole and len(likes) < 2 and max(likes, default=0) < _VERY_LIKE:
            continue
        rows = [at for at in one.sentences if at not in taken[0]]
        columns = [at for at in other.sentences if at not in taken[1]]
        for link in align_sentences(
            part_of(source, rows), part_of(target, columns), encoder=encoder
        ):
            moved = Link(
                tuple(rows[at] for at in link.source),
                tuple(columns[at] for at in link.target),
                link.score,
            )
            # What an earlier pair of runs took may have left a hole.
            probable = link.score >= (_PROBABLE_INSIDE if whole else _PROBABLE)
            if probable and _adjoin(moved.source) and _adjoin(moved.target):
                found.append(moved)
                taken[0].update(moved.source)
                taken[1].update(moved.target)
    kept = [
        link
        for link in links
        if taken[0].isdisjoint(link.source) and taken[1].isdisjoint(link.target)
    ]
    return kept + found


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive sentences without a counterpart, and after how many pairs they stand."""

    place: int
    sentences: tuple[int, ...]


def _runs(links: Sequence[Link], side: int) -> list[_Run]:
    runs: list[_Run] = []
    held: list[int] = []
    place = 0
    for link in links:
        paired = bool(link.source and link.target)
        group = () if paired else (link.source, link.target)[side]
        # Beads set by hand are not among the links and break a run as well.
        if held and (paired or (group and group[0] != held[-1] + 1)):
            runs.append(_Run(place, tuple(held)))
            held = []
        held += group
        place += paired
    return [*runs, _Run(place, tuple(held))] if held else runs


def _adjoin(group: Sequence[int]) -> bool:
    return bool(group) and group[-1] - group[0] == len(group) - 1


def _likeness_in_order(pairs: Sequence[tuple[int, int, float]]) -> float:
    """Return the greatest sum of likenesses of pairs that ascend in both texts."""
    sums: list[float] = []
    for at, (_, column, like) in enumerate(pairs):
        before = (sums[other] for other in range(at) if pairs[other][1] < column)
        sums.append(like + max(before, default=0.0))
    return max(sums)


def _nearest(source: Side, target: Side, encoder: Encoder) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of sentences that are each other's nearest, and how like they are."""
    vectors = [
        run_vectors(encoder, encoder.statistics(folded(side)), 1)[0] for side in (source, target)
    ]
    like = vectors[0] @ vectors[1].T
    like[~(_long_enough(source)[:, None] & _long_enough(target))] = 0
    columns = like.argmax(axis=1)
    rows = like.argmax(axis=0)
    for i, j in enumerate(columns.tolist()):
        if rows[j] == i and like[i, j] >= _SOMEWHAT_LIKE:
            yield i, j, float(like[i, j])


def _long_enough(side: Side) -> NDArray[np.bool_]:
    return np.array(
        [len(text.encode("utf-8", "replace")) >= _FEWEST_BYTES for text in side.sentences]
    )
