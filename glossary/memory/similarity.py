"""How alike two segments are, as a percentage.

``percent = floor(100 × (W + C) / 2)``, where ``W = 1 − d / max(m, n)`` for the Levenshtein distance
``d`` of the two segments in units (Chinese characters, words, numbers, marks; width and case
folded) and ``C`` is the same in characters as they stand, without spaces beside Chinese ones. ``W``
is what OmegaT and the commercial tools count, ``C`` what translate-toolkit counts; in Chinese text
the two agree, in English their mean gives an inflected word part of its credit. Only segments that
agree in every character, white space aside, have 100.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from glossary.memory.units import coded, squeezed

__all__ = ["Similarity", "percentage", "similarity"]


@dataclass(frozen=True, slots=True)
class Similarity:
    """The likeness of two segments.

    Attributes:
        percent: 0 to 100; 100 only if nothing but white space differs.
        units: of words and Chinese characters alone, 0 to 100, rounded down.
        characters: of characters alone, 0 to 100, rounded down.
    """

    percent: int
    units: int
    characters: int


def similarity(first: str, second: str) -> Similarity:
    """Return how alike two segments are; the order of the two does not matter."""
    first, second = squeezed(first), squeezed(second)
    if first == second:
        return Similarity(100, 100, 100)
    left, right = coded(first), coded(second)
    return percentage(
        Levenshtein.distance(left, right),
        max(len(left), len(right)),
        Levenshtein.distance(first, second),
        max(len(first), len(second)),
    )


def percentage(unit_edits: int, unit_length: int, edits: int, length: int) -> Similarity:
    """Return the similarity of two segments that differ, from their edit distances.

    In whole numbers: a percentage must not depend on how a processor rounds.

    Args:
        unit_edits: the distance in units.
        unit_length: the units of the longer segment.
        edits: the distance in characters.
        length: the characters of the longer segment.
    """
    unit_length, length = max(unit_length, 1), max(length, 1)
    same_units, same = unit_length - unit_edits, length - edits
    total = 50 * (same_units * length + same * unit_length) // (unit_length * length)
    return Similarity(
        min(total, 99), 100 * same_units // unit_length, min(100 * same // length, 99)
    )
