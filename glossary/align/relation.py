"""Whether two texts look like renditions of each other at all."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.model import Bitext

__all__ = ["Relation", "looks_unrelated", "relation"]

# Below this share of paired text two texts are called unrelated. Seven gold texts, each against
# the next one's translation, paired at most .014 with the encoder and .075 without; each against
# its own .56 and more. Texts of five sentences say too little: unrelated ones reach .4.
_UNRELATED = 0.15


@dataclass(frozen=True, slots=True)
class Relation:
    """How much of the pivot and of one rendition the alignment pairs, in expected characters.

    Attributes:
        pivot: share of the pivot's characters, each bead counted by its score.
        rendition: share of the rendition's characters.
    """

    pivot: float
    rendition: float


def relation(bitext: Bitext, rendition: int = 1, *, pivot: int = 0) -> Relation:
    """Return how much of the pivot and of a rendition are paired with each other.

    Args:
        bitext: the alignment.
        rendition: which of its documents is meant.
        pivot: which of them is the pivot.
    """
    paired = [0.0, 0.0]
    sides = (pivot, rendition)
    for bead in bitext.beads:
        if bead.members[pivot] and bead.members[rendition]:
            for at, side in enumerate(sides):
                size = sum(len(segment.text) for segment in bitext.segments(bead, side))
                paired[at] += bead.score * size
    totals = [sum(len(s.text) for s in bitext.documents[side].segments) for side in sides]
    shares = [part / total if total else 0.0 for part, total in zip(paired, totals, strict=True)]
    return Relation(*shares)


def looks_unrelated(bitext: Bitext, rendition: int = 1, *, pivot: int = 0) -> bool:
    """Return whether a rendition does not look like one of the pivot.

    It is enough that a good part of the shorter text is paired: one sentence and the chapter it
    comes from are related.
    """
    found = relation(bitext, rendition, pivot=pivot)
    return max(found.pivot, found.rendition) < _UNRELATED
