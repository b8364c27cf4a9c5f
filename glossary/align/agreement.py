"""How well an alignment agrees with gold beads: the scores of vecalign's evaluation.

Strict counts a bead as right if the gold has exactly that bead, lax if it shares a pair of
sentences with one (Thompson and Koehn 2019). Beads with an empty side are not counted in either,
so that saying nothing about a sentence is neither punished nor rewarded; sentences without a
counterpart have scores of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from glossary.align.ladder import Beads

__all__ = ["Agreement", "Counts", "compare"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right ones among those found and among those of the gold.

    Precision and recall count apart, since lax hits need not pair up.
    """

    found_right: int = 0
    found: int = 0
    gold_right: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found_right + other.found_right,
            self.found + other.found,
            self.gold_right + other.gold_right,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 if nothing was."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 if there is none."""
        return self.gold_right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of beads (strict and lax) and of sentences without a counterpart."""

    strict: Counts = Counts()
    lax: Counts = Counts()
    alone: Counts = Counts()

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.strict + other.strict, self.lax + other.lax, self.alone + other.alone)


def compare(found: Beads, gold: Beads) -> Agreement:
    """Compare an alignment with the gold beads of the same two texts."""
    ours = {bead for bead in found if bead[0] and bead[1]}
    theirs = {bead for bead in gold if bead[0] and bead[1]}
    both = len(ours & theirs)
    our_pairs, their_pairs = _pairs(ours), _pairs(theirs)
    lone, gold_lone = _alone(found), _alone(gold)
    right = len(lone & gold_lone)
    return Agreement(
        Counts(both, len(ours), both, len(theirs)),
        Counts(
            sum(not _pairs([bead]).isdisjoint(their_pairs) for bead in ours),
            len(ours),
            sum(not _pairs([bead]).isdisjoint(our_pairs) for bead in theirs),
            len(theirs),
        ),
        Counts(right, len(lone), right, len(gold_lone)),
    )


def _pairs(beads: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> set[tuple[int, int]]:
    return {(i, j) for left, right in beads for i in left for j in right}


def _alone(beads: Beads) -> set[tuple[int, int]]:
    """Return (side, index) of the sentences in beads whose other side is empty."""
    lone = {(0, i) for left, right in beads if not right for i in left}
    return lone | {(1, j) for left, right in beads if not left for j in right}
