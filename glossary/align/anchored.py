"""Align two texts around beads that are fixed."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from glossary.align.pairwise import align_sentences
from glossary.align.sides import Link, Side, part_of
from glossary.encoders.protocol import Encoder

__all__ = ["align_around", "in_order"]

#: Sentences of both texts, either possibly none.
Pair = tuple[tuple[int, ...], tuple[int, ...]]


def align_around(
    source: Side, target: Side, fixed: Sequence[Pair], *, encoder: Encoder | None
) -> list[Link]:
    """Return links for the sentences that no fixed pair holds.

    Fixed pairs in the order of both texts cut them into stretches that are aligned by themselves;
    those that cross the others, and those with one side only, are just left out.

    Args:
        source: one text.
        target: the other.
        fixed: groups of sentence indices; no sentence stands in two.
        encoder: the sentence encoder; None aligns by dictionary, numbers and lengths alone.
    """
    if not fixed:
        return align_sentences(source, target, encoder=encoder)
    taken = [{index for pair in fixed for index in pair[side]} for side in (0, 1)]
    sizes = (len(source.sentences), len(target.sentences))
    free = [[index for index in range(sizes[side]) if index not in taken[side]] for side in (0, 1)]
    links: list[Link] = []
    begin = [0, 0]
    for pair in [*in_order(fixed), None]:
        stretch = []
        for side in (0, 1):
            end = sizes[side] if pair is None else pair[side][0]
            part = slice(*(bisect.bisect_left(free[side], place) for place in (begin[side], end)))
            stretch.append(free[side][part])
            begin[side] = end if pair is None else pair[side][-1] + 1
        left, right = stretch
        found = align_sentences(part_of(source, left), part_of(target, right), encoder=encoder)
        links += (
            Link(
                tuple(left[index] for index in link.source),
                tuple(right[index] for index in link.target),
                link.score,
            )
            for link in found
        )
    return links


def in_order(fixed: Iterable[Pair]) -> list[Pair]:
    """Return pairs that stand in the same order in both texts, none inside another: nearly all."""
    pairs = sorted((sorted(left), sorted(right)) for left, right in fixed if left and right)
    # The longest ascending run of where the pairs begin in the second text, by patience sorting.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (_, right) in enumerate(pairs):
        pile = bisect.bisect_left(tops, right[0])
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [right[0]]
        piles[pile : pile + 1] = [at]
    run: list[int] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    chosen: list[Pair] = []
    ends = (-1, -1)
    for left, right in (pairs[at] for at in reversed(run)):
        if left[0] > ends[0] and right[0] > ends[1]:
            chosen.append((tuple(left), tuple(right)))
            ends = (left[-1], right[-1])
    return chosen
