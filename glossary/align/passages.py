"""What a rendition moved, left out or added, by whole passages: what a reader is to be told.

Single sentences without a counterpart are in the beads. Here they are put together to paragraphs
and sections, and beads that cross the others to the passages that a translator moved.
"""

from __future__ import annotations

import bisect
import enum
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossary.align.anchored import in_order
from glossary.model import Bead, Bitext, Document, SegmentRole

__all__ = ["Change", "Passage", "changed_passages", "crossing_beads", "describe"]

#: Sentences in a row without a counterpart that are worth telling though they are no paragraph.
_FEWEST = 3
# Sentences without a counterpart that may stand inside a moved passage.
_HOLE = 2
_RUNNING = (SegmentRole.BODY, SegmentRole.HEADING, SegmentRole.CAPTION)
_QUOTED = 24


class Change(enum.StrEnum):
    """What happened to a passage."""

    MOVED = "moved"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive segments that a rendition has elsewhere than the pivot, or that one lacks.

    Attributes:
        change: what happened to it.
        rendition: the document of the bitext that is compared with the pivot.
        pivot_segments: its segments in the pivot, none if it was added.
        segments: its segments in the rendition, none if it was dropped.
        after: the last segment of the pivot whose rendering stands before it in the rendition; None
            if none does, and for what was dropped.
    """

    change: Change
    rendition: int
    pivot_segments: tuple[int, ...]
    segments: tuple[int, ...]
    after: int | None = None


def crossing_beads(bitext: Bitext, rendition: int = 1, *, pivot: int = 0) -> list[Bead]:
    """Return the beads that stand in another order in a rendition than in the pivot.

    Of beads that cross these are the fewest without which none do.
    """
    pairs = {
        (bead.members[pivot], bead.members[rendition]): bead
        for bead in bitext.beads
        if bead.members[pivot] and bead.members[rendition]
    }
    straight = set(in_order(list(pairs)))
    return [bead for pair, bead in pairs.items() if pair not in straight]


def changed_passages(bitext: Bitext, rendition: int = 1, *, pivot: int = 0) -> list[Passage]:
    """Return the passages that a rendition moved, left out or added, in the order of the pivot.

    A passage without a counterpart counts if it is a whole paragraph or has at least three
    sentences; bylines and metadata, which belong to an edition, do not count.

    Args:
        bitext: the alignment.
        rendition: which of its documents is meant.
        pivot: which of them is the pivot.
    """
    crossing = crossing_beads(bitext, rendition, pivot=pivot)
    crossed = set(crossing)
    # The rendering of what the pivot has in order: where sentences of the rendition stand.
    straight = sorted(
        (bead.members[rendition][-1], bead.members[pivot][-1])
        for bead in bitext.beads
        if bead.members[pivot] and bead.members[rendition] and bead not in crossed
    )

    def after(segment: int) -> int | None:
        place = bisect.bisect_left(straight, (segment, -1))
        return straight[place - 1][1] if place else None

    found = [
        Passage(Change.MOVED, rendition, own, other, after(other[0]))
        for own, other in _together(crossing, pivot, rendition)
    ]
    found += (
        Passage(Change.DROPPED, rendition, run, ()) for run in _alone(bitext, pivot, rendition)
    )
    found += (
        Passage(Change.ADDED, rendition, (), run, after(run[0]))
        for run in _alone(bitext, rendition, pivot)
    )
    return sorted(found, key=_order)


def _order(passage: Passage) -> tuple[float, tuple[int, ...]]:
    if passage.pivot_segments:
        return float(passage.pivot_segments[0]), passage.segments
    return (-1.0 if passage.after is None else passage.after + 0.5), passage.segments


def _together(
    beads: Sequence[Bead], pivot: int, rendition: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield the segments of beads that follow each other in both texts."""
    held: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    for own, other in sorted((bead.members[pivot], bead.members[rendition]) for bead in beads):
        if (
            held is not None
            and own[0] - held[0][-1] <= 1 + _HOLE
            and 0 < other[0] - held[1][-1] <= 1 + _HOLE
        ):
            held = held[0] + own, held[1] + other
            continue
        if held is not None:
            yield held
        held = own, other
    if held is not None:
        yield held


def _alone(bitext: Bitext, side: int, other: int) -> Iterator[tuple[int, ...]]:
    """Yield the passages of one text that have no counterpart in another."""
    alone = {
        index for bead in bitext.beads if not bead.members[other] for index in bead.members[side]
    }
    segments = bitext.documents[side].segments
    has_paragraphs = _has_paragraphs(bitext.documents[side])
    partial = {segment.paragraph for segment in segments if segment.index not in alone}
    for without, group in itertools.groupby(segments, lambda segment: segment.index in alone):
        run = list(group)
        running = [segment for segment in run if segment.role in _RUNNING]
        whole = has_paragraphs and any(segment.paragraph not in partial for segment in running)
        if without and (whole or len(running) >= _FEWEST):
            yield tuple(segment.index for segment in run)


def _has_paragraphs(document: Document) -> bool:
    """Return whether paragraphs are more than the lines of a text with one sentence a line."""
    return len({segment.paragraph for segment in document.segments}) < len(document.segments)


def describe(bitext: Bitext, passage: Passage, *, pivot: int = 0) -> str:
    """Return in English what happened to a passage, with names of texts and counts from 1."""
    own, other = bitext.documents[pivot], bitext.documents[passage.rendition]
    name = other.source.id
    if passage.change is Change.DROPPED:
        return f"{name} leaves out {_named(own, passage.pivot_segments)} of {own.source.id}"
    where = f"after {_short(own, (passage.after,))}" if passage.after is not None else "at the top"
    if passage.change is Change.ADDED:
        return f"{name} adds {_named(other, passage.segments)} {where} of {own.source.id}"
    return (
        f"{_named(own, passage.pivot_segments)} of {own.source.id} stands {where} in {name}, "
        f"as its {_short(other, passage.segments)}"
    )


def _named(document: Document, indices: Sequence[int]) -> str:
    """Return which passage is meant: its place, its size and how it begins."""
    segments = document.segments
    first = segments[indices[0]]
    # An ellipsis says that the passage goes on.
    start = first.text[:_QUOTED] + "…" * (len(first.text) > _QUOTED or len(indices) > 1)
    count = f"{len(indices)} sentence{'s' * (len(indices) > 1)}"
    place = _short(document, indices)
    if first.role is SegmentRole.HEADING and segments[indices[-1]].role is not SegmentRole.HEADING:
        return f"the section “{first.text[:_QUOTED]}” ({place}, {count})"
    if first.role is SegmentRole.CAPTION and len(indices) == 1:
        return f"the caption “{start}” ({place})"
    return f"{place} ({count}: {start})"


def _short(document: Document, indices: Sequence[int]) -> str:
    """Return the place of segments: their paragraphs, or their lines if there are none."""
    unit = "paragraph" if _has_paragraphs(document) else "line"
    first, last = (document.segments[indices[at]].paragraph + 1 for at in (0, -1))
    return f"{unit} {first}" if first == last else f"{unit}s {first}–{last}"
