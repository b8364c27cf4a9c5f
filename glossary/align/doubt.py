"""Where an alignment is in doubt, and the tokens that a second look at those stretches needs.

Token vectors cost many times what sentence vectors do, and most beads are beyond doubt without
them. So the alignment is weighed again only between the beads that are sure.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from glossary.align.anchors import Band
from glossary.align.blocks import LONGEST
from glossary.align.coverage import TokenCoverage, TokenText, read_tokens
from glossary.align.lattice import Step
from glossary.encoders import E5Encoder
from glossary.encoders.protocol import IntArray

__all__ = ["Doubt", "doubts", "with_coverage"]

# Steps that are at least so probable stay as they are: on the gold texts 4 in 1,000 of the beads
# above it are wrong.
_SURE = 0.99
# Sentences whose tokens are held at once, at some 50 KB each.
_SENTENCES = 512


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch between two sure beads.

    Attributes:
        steps: the steps ``[first, stop)`` that lead through it.
        rows, columns: its sentences.
        band: the cells to consider, counted from its begin.
    """

    steps: range
    rows: range
    columns: range
    band: Band


def doubts(steps: Sequence[Step], band: Band) -> Iterator[Doubt]:
    """Yield the stretches of an alignment that are in doubt.

    Args:
        steps: the alignment.
        band: the cells that were considered.
    """
    cut_rows = [row for row, _ in band.cuts]
    doubted = np.array([step.probability < _SURE for step in steps])
    gap = np.array([len(set(step.source)) == 1 or len(set(step.target)) == 1 for step in steps])
    # A gap beside the stretch goes along by one sentence, else going on with it would cost as much
    # as opening another.
    doubted[1:] |= gap[1:] & doubted[:-1]
    doubted[:-1] |= gap[:-1] & doubted[1:]
    for doubtful, group in itertools.groupby(enumerate(steps), lambda item: bool(doubted[item[0]])):
        if doubtful:
            (first, begin), *rest = group
            last, end = rest[-1] if rest else (first, begin)
            rows = range(begin.source[0], end.source[1])
            columns = range(begin.target[0], end.target[1])
            if not rows or not columns:
                continue  # There is nothing to decide about sentences of one text alone.
            at = slice(rows.start, rows.stop + 1)
            lo, hi = (
                np.clip(side[at] - columns.start, 0, len(columns)) for side in (band.lo, band.hi)
            )
            near = slice(bisect_left(cut_rows, rows.start), bisect_right(cut_rows, rows.stop))
            cuts = [(i - rows.start, j - columns.start) for i, j in band.cuts[near]]
            ends = {(0, 0), (len(rows), len(columns))}
            inside = [cut for cut in cuts if 0 <= cut[1] <= len(columns) and cut not in ends]
            yield Doubt(range(first, last + 1), rows, columns, Band(lo, hi, inside))


def with_coverage(
    found: Sequence[Doubt],
    encoder: E5Encoder,
    texts: tuple[Sequence[str], Sequence[str]],
    languages: tuple[str, str],
) -> Iterator[tuple[Doubt, TokenCoverage]]:
    """Yield each stretch with what its tokens and those of the sentences beside it say."""
    group: list[Doubt] = []
    size = 0
    for number, doubt in enumerate(found, start=1):
        group.append(doubt)
        size += len(doubt.rows) + len(doubt.columns)
        if size >= _SENTENCES or number == len(found):
            sides = [
                _read(encoder, text, language, [_beside(one, len(text)) for one in places])
                for text, language, places in zip(
                    texts,
                    languages,
                    ([one.rows for one in group], [one.columns for one in group]),
                    strict=True,
                )
            ]
            for one, source, target in zip(group, *sides, strict=True):
                yield one, TokenCoverage(source, target, _near(one, source))
            group, size = [], 0


def _beside(place: range, size: int) -> range:
    return range(max(0, place.start - 1), min(size, place.stop + 1))


def _read(
    encoder: E5Encoder, text: Sequence[str], language: str, places: Sequence[range]
) -> list[TokenText]:
    """Return the tokens of stretches of a text, read together so that the encoder's passes fill."""
    tokens = read_tokens(encoder, [text[i] for place in places for i in place], language)
    ends = itertools.accumulate(map(len, places))
    return [
        tokens.part(range(end - len(place), end), place.start)
        for place, end in zip(places, ends, strict=True)
    ]


def _near(doubt: Doubt, source: TokenText) -> tuple[IntArray, IntArray]:
    """Return for each source sentence the target sentences ``[lo, hi)`` of beads around it."""
    lo, hi = doubt.band.lo + doubt.columns.start, doubt.band.hi + doubt.columns.start
    first = np.arange(len(source.mass)) + source.first - doubt.rows.start
    ends = np.clip(first[:, None] + np.arange(LONGEST + 2), 0, len(lo) - 1)
    return lo[ends].min(axis=1) - LONGEST - 1, hi[ends].max(axis=1) + 1
