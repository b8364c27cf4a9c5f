"""Pairs of stretches that say the same in two English texts with other words, weighed by evidence.

Word links tell which stretches belong together (what lies between the same anchors, or is linked
word by word), vectors how near they are, and the form of both whether they are whole phrases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.harvest.citation import phrase_key
from glossary.harvest.difference_evidence import EVIDENCE, gather_evidence, side_stretches
from glossary.harvest.difference_weights import BIAS, weight_vector
from glossary.harvest.english_links import EnglishLinks
from glossary.harvest.english_phrases import english_phrases
from glossary.harvest.english_sides import EnglishSide

__all__ = ["Difference", "find_differences"]

FloatArray = NDArray[np.float64]

_OUTSIDE = EVIDENCE.index("outside links")
# Links that leave two stretches, a word of theirs; more is more than stray.
_LOOSE = 0.4
_UNLIKE = EVIDENCE.index("verb and noun")


@dataclass(slots=True)
class Difference:
    """Two formulations that stand for each other in a bead.

    Attributes:
        pair: index of the pair of sides.
        first, second: words ``[first, last)`` of each side.
        keys: what surface variants of each formulation share.
        core: stems by which the formulations differ, of each side.
        evidence: values by the order of ``EVIDENCE``.
        score: how likely a reader would list the pair, in ``[0, 1]``.
    """

    pair: int
    first: tuple[int, int]
    second: tuple[int, int]
    keys: tuple[str, str]
    core: tuple[frozenset[str], frozenset[str]]
    evidence: FloatArray
    score: float = 0.0


def find_differences(
    pairs: Sequence[tuple[EnglishSide, EnglishSide]],
    links: Sequence[EnglishLinks],
    encoder: Encoder,
) -> list[Difference]:
    """Return the pairs of stretches that may render each other without being the same.

    Args:
        pairs: the two sides of each bead.
        links: the word links of each.
        encoder: gives vectors of stretches.
    """
    vocabulary = sorted(
        {word.text.lower() for pair in pairs for side in pair for word in side.words}
    )
    if not vocabulary:
        return []
    alone = encoder.statistics(vocabulary)
    row = {word: number for number, word in enumerate(vocabulary)}
    found: list[Difference] = []
    keys: dict[str, str] = {}
    for number, (pair, link) in enumerate(zip(pairs, links, strict=True)):
        phrases = [english_phrases(side) for side in pair]
        if not all(len(some.first) for some in phrases):
            continue
        stems = {s: n for n, s in enumerate(sorted({s for side in pair for s in side.stems}))}
        stretches = []
        for side, some in zip(pair, phrases, strict=True):
            rows = [row[word.text.lower()] for word in side.words]
            stretches.append(
                side_stretches(side, some, encoder, (alone.sums[rows], alone.counts[rows]), stems)
            )
        first, second = stretches
        contents = [side.content for side in pair]
        whole = [f" {phrase_key(side.text)} " for side in pair]
        for x, y, evidence in gather_evidence(first, second, link):
            spans = [
                (int(some.first[i]), int(some.last[i]))
                for some, i in zip(phrases, (x, y), strict=True)
            ]
            surfaces = [side.surface(*span) for side, span in zip(pair, spans, strict=True)]
            for surface in surfaces:
                if surface not in keys:
                    keys[surface] = phrase_key(surface)
            both = keys[surfaces[0]], keys[surfaces[1]]
            if _agreed(both, whole, strict=evidence[_OUTSIDE] > _LOOSE or evidence[_UNLIKE] > 0):
                continue
            names = [
                {side.stems[i] for i in content[slice(*np.searchsorted(content, span))]}
                for side, content, span in zip(pair, contents, spans, strict=True)
            ]
            found.append(
                Difference(
                    number,
                    spans[0],
                    spans[1],
                    both,
                    (frozenset(names[0] - names[1]), frozenset(names[1] - names[0])),
                    evidence,
                )
            )
    _count_repetitions(found)
    weights = weight_vector()
    for difference in found:
        difference.score = float(1 / (1 + np.exp(-(difference.evidence @ weights + BIAS))))
    return found


def _agreed(keys: tuple[str, str], whole: Sequence[str], *, strict: bool) -> bool:
    """Whether the other text says a formulation as well, only not there: that is agreement.

    What stands inside its counterpart ("path", "path selection") is said there in any case; being
    ``strict`` that is agreement too ("needs | talents", "requires talents").
    """
    return any(
        f" {key} " in said and (strict or key == other or f" {key} " not in f" {other} ")
        for key, other, said in zip(keys, reversed(keys), reversed(whole), strict=True)
    )


def _count_repetitions(differences: Sequence[Difference]) -> None:
    """Say of each pair in how many beads it stands and how faithful its sides are."""
    beads: dict[tuple[str, str], set[int]] = defaultdict(set)
    sides: tuple[dict[str, set[int]], dict[str, set[int]]] = (defaultdict(set), defaultdict(set))
    for difference in differences:
        beads[difference.keys].add(difference.pair)
        for side, key in zip(sides, difference.keys, strict=True):
            side[key].add(difference.pair)
    for difference in differences:
        together = len(beads[difference.keys])
        alone = sum(len(side[key]) for side, key in zip(sides, difference.keys, strict=True))
        difference.evidence[-2] = min(np.log2(together), 2.5)
        difference.evidence[-1] = 2 * together / (alone + 1)
