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
from glossary.encoders.protocol import Encoder, Statistics

__all__ = ["with_moved"]

# A passage has moved if sentences of it are each other's nearest among all that stand alone: two
# that are as like as the first, or one that is as like as the second, …
_LIKE, _VERY_LIKE = 0.55, 0.7
# … or several that are less like but come in the same order. Where a block was moved in gold texts
# their likenesses sum up to 2 and more and to .18 and more a sentence; between deleted and foreign
# blocks, to 1 at most.
_SOMEWHAT_LIKE, _LIKE_TOGETHER, _LIKE_EACH = 0.3, 1.4, 0.12
# … or, where sentences are divided otherwise in the two texts, the passages are alike as wholes and
# aligning them pairs most of their sentences: in moved blocks of gold texts .59 to 1 of them, each
# by its score, and in 142 other pairs of blocks, deleted, foreign or moved, .53 at most where both
# have three sentences or more. So many passages of the other text are tried for each.
_ALIGNED, _FEWEST_SENTENCES, _TRIED = 0.6, 3, 2
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
    sides = part_of(source, alone[0]), part_of(target, alone[1])
    statistics = [encoder.statistics(folded(side)) for side in sides]
    together: dict[tuple[_Run, _Run], list[tuple[int, int, float]]] = {}
    for i, j, like in _nearest(sides, statistics, encoder):
        together.setdefault((runs[0][i], runs[1][j]), []).append((i, j, like))
    alike = set(_alike((left, right), statistics, encoder))
    in_order = {both: _likeness_in_order(found) for both, found in together.items()}
    in_order |= {both: 0.0 for both in alike if both not in in_order}
    for (one, other), likeness in sorted(in_order.items(), key=_likest):
        # Two runs at one place do not cross: the lattice has seen both and left them apart.
        if one.place == other.place:
            continue
        shorter = min(len(one.sentences), len(other.sentences))
        likes = [like for _, _, like in together.get((one, other), []) if like >= _LIKE]
        whole = likeness >= max(_LIKE_TOGETHER, _LIKE_EACH * shorter)
        likely = whole or len(likes) > 1 or max(likes, default=0) >= _VERY_LIKE
        rows = [at for at in one.sentences if at not in taken[0]]
        columns = [at for at in other.sentences if at not in taken[1]]
        tried = (one, other) in alike and min(len(rows), len(columns)) >= _FEWEST_SENTENCES
        if not likely and not tried:
            continue
        aligned = align_sentences(part_of(source, rows), part_of(target, columns), encoder=encoder)
        whole = whole or (tried and _share_paired(aligned) >= _ALIGNED)
        if not whole and not likely:
            continue
        for link in aligned:
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


def _likest(item: tuple[tuple[_Run, _Run], float]) -> tuple[float, int, int]:
    """Return what sorts the likest pair of runs first, and pairs as like by their place."""
    (one, other), likeness = item
    return -likeness, one.sentences[0], other.sentences[0]


def _share_paired(links: Sequence[Link]) -> float:
    """Return the share of the sentences that stand in a bead, each counted by its score."""
    sizes = [len(link.source) + len(link.target) for link in links]
    paired = sum(
        size * link.score
        for size, link in zip(sizes, links, strict=True)
        if link.source and link.target
    )
    return paired / sum(sizes)


def _alike(
    runs: tuple[Sequence[_Run], Sequence[_Run]],
    statistics: Sequence[Statistics],
    encoder: Encoder,
) -> Iterator[tuple[_Run, _Run]]:
    """Yield for each run of the first text the runs of the second most like it as wholes."""
    vectors = []
    for side, known in zip(runs, statistics, strict=True):
        first = np.cumsum([0, *(len(run.sentences) for run in side)])[:-1]
        sums, counts = (np.add.reduceat(part, first) for part in (known.sums, known.counts))
        vectors.append(run_vectors(encoder, Statistics(sums, counts), 1)[0])
    like = vectors[0] @ vectors[1].T
    for one, row in zip(runs[0], like, strict=True):
        for at in np.argsort(-row, kind="stable")[:_TRIED].tolist():
            yield one, runs[1][at]


def _adjoin(group: Sequence[int]) -> bool:
    return bool(group) and group[-1] - group[0] == len(group) - 1


def _likeness_in_order(pairs: Sequence[tuple[int, int, float]]) -> float:
    """Return the greatest sum of likenesses of pairs that ascend in both texts."""
    sums: list[float] = []
    for at, (_, column, like) in enumerate(pairs):
        before = (sums[other] for other in range(at) if pairs[other][1] < column)
        sums.append(like + max(before, default=0.0))
    return max(sums)


def _nearest(
    sides: tuple[Side, Side], statistics: Sequence[Statistics], encoder: Encoder
) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of sentences that are each other's nearest, and how like they are."""
    vectors = [run_vectors(encoder, known, 1)[0] for known in statistics]
    like = vectors[0] @ vectors[1].T
    like[~(_long_enough(sides[0])[:, None] & _long_enough(sides[1]))] = 0
    columns = like.argmax(axis=1)
    rows = like.argmax(axis=0)
    for i, j in enumerate(columns.tolist()):
        if rows[j] == i and like[i, j] >= _SOMEWHAT_LIKE:
            yield i, j, float(like[i, j])


def _long_enough(side: Side) -> NDArray[np.bool_]:
    return np.array(
        [len(text.encode("utf-8", "replace")) >= _FEWEST_BYTES for text in side.sentences]
    )
