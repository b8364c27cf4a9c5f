"""Soft links between the words of two English texts that say the same.

Identical and inflected words anchor the alignment; contextual and static vectors speak for the
others, as do links between their neighbours (Sultan et al. 2014 align paraphrases by the same two
kinds of evidence) and what the text's own statistics know of a pair. The token-level encoder, where
it is installed, sees best which words stand for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import E5Encoder, Encoder
from glossary.harvest.bead_words import deep_vectors, stretch_sums
from glossary.harvest.english_sides import EnglishSide
from glossary.harvest.word_evidence import deep_cosines

__all__ = ["EnglishLinks", "link_english"]

FloatArray = NDArray[np.float64]

# Set by hand on the word links of two renditions of one article.
_CONTEXT = 0.7
_STATIC = 1.0
_SAME_LEMMA = 0.8
_SAME_STEM = 0.6
_POSITION = 1.0
_NEIGHBOURS = 0.5
_ASSOCIATION = 0.8
_SHARPNESS = 6.0
_NOTHING = 0.35
# With the token-level encoder: its weight, and what a word without a counterpart is worth. Of 260
# listed pairs these give .64 a box of links that hardly leaves it, .56 without the encoder.
_DEEP = 2.0
_NOTHING_DEEP = 0.7
_ROUNDS = 3
# How far a neighbour may stand, and weaker links are not counted as meetings of two words.
_REACH = 2
_FAINT = 0.02


@dataclass(frozen=True, slots=True)
class EnglishLinks:
    """Links between the words of meaning of two sides.

    Attributes:
        forward: ``[n, m]``, how far the second side's word stands for the first side's; rows sum to
            at most 1.
        backward: ``[n, m]``, the same the other way; columns sum to at most 1.
    """

    forward: FloatArray
    backward: FloatArray

    @property
    def strength(self) -> FloatArray:
        """The strengths ``[n, m]`` of both directions together."""
        strengths: FloatArray = np.sqrt(self.forward * self.backward)
        return strengths


def link_english(
    pairs: Sequence[tuple[EnglishSide, EnglishSide]],
    encoder: Encoder,
    tokens: E5Encoder | None = None,
) -> list[EnglishLinks]:
    """Return the word links of each pair of sides; the text is the sum of the pairs.

    Args:
        pairs: the two sides of each bead.
        encoder: gives the vectors.
        tokens: the token-level encoder, if it is to be asked.
    """
    fixed = _fixed_evidence(pairs, encoder)
    nothing = _NOTHING
    if tokens is not None and all(any(len(pair[n].content) for pair in pairs) for n in (0, 1)):
        nothing = _NOTHING_DEEP
        deep = deep_cosines(*(_deep_vectors([pair[n] for pair in pairs], tokens) for n in (0, 1)))
        fixed = [evidence + _DEEP * cosines for evidence, cosines in zip(fixed, deep, strict=True)]
    links = [_links(evidence, nothing) for evidence in fixed]
    for _ in range(_ROUNDS):
        associations = _associations(pairs, links)
        links = [
            _links(
                evidence + _NEIGHBOURS * _neighbours(link.strength) + _ASSOCIATION * association,
                nothing,
            )
            for evidence, link, association in zip(fixed, links, associations, strict=True)
        ]
    return links


def _links(evidence: FloatArray, nothing: float) -> EnglishLinks:
    mass = np.exp(_SHARPNESS * (evidence - nothing))
    return EnglishLinks(
        mass / (1 + mass.sum(axis=1, keepdims=True)), mass / (1 + mass.sum(axis=0, keepdims=True))
    )


def _deep_vectors(sides: Sequence[EnglishSide], tokens: E5Encoder) -> list[NDArray[np.float32]]:
    """Return the vectors ``[k, n, d]`` of each side's words of meaning."""
    vectors = deep_vectors([side.text for side in sides], [list(s.words) for s in sides], tokens)
    return [some[:, side.content] for some, side in zip(vectors, sides, strict=True)]


def _fixed_evidence(
    pairs: Sequence[tuple[EnglishSide, EnglishSide]], encoder: Encoder
) -> list[FloatArray]:
    """Return for each pair the evidence ``[n, m]`` that needs no other links."""
    sides = [side for pair in pairs for side in pair]
    vocabulary = sorted({side.words[i].text.lower() for side in sides for i in side.content})
    row = {word: number for number, word in enumerate(vocabulary)}
    if not vocabulary:
        return [np.zeros((0, 0)) for _ in pairs]
    static = _centred(encoder.encode(vocabulary))
    summed = [
        stretch_sums(side.tokens, [(side.words[i].start, side.words[i].end) for i in side.content])
        for side in sides
        if len(side.content)
    ]
    sums = np.concatenate([part for part, _ in summed])
    counts = np.concatenate([part for _, part in summed])
    context = np.split(
        _centred(encoder.finish(sums, counts)), np.cumsum([len(side.content) for side in sides])
    )
    evidence = []
    for number, (first, second) in enumerate(pairs):
        rows = [row[first.words[i].text.lower()] for i in first.content]
        columns = [row[second.words[i].text.lower()] for i in second.content]
        place_first = first.content / max(1, len(first.words))
        place_second = second.content / max(1, len(second.words))
        evidence.append(
            _CONTEXT * (context[2 * number] @ context[2 * number + 1].T)
            + _STATIC * (static[rows] @ static[columns].T)
            + np.maximum(
                _SAME_LEMMA * _same(first, second, stems=False),
                _SAME_STEM * _same(first, second, stems=True),
            )
            - _POSITION * np.abs(place_first[:, None] - place_second[None, :])
        )
    return evidence


def _centred(vectors: NDArray[np.floating]) -> FloatArray:
    centred: FloatArray = vectors.astype(np.float64) - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return centred


def _same(first: EnglishSide, second: EnglishSide, *, stems: bool) -> NDArray[np.bool_]:
    left, right = (
        np.array([(side.stems if stems else side.lemmas)[i] for i in side.content], dtype=np.str_)
        for side in (first, second)
    )
    equal: NDArray[np.bool_] = left[:, None] == right[None, :]
    return equal


def _neighbours(strength: FloatArray) -> FloatArray:
    """Return ``[n, m]`` in ``[0, 1]``, how well the words around a pair are linked in its order."""
    rows, columns = strength.shape
    padded = np.pad(strength, _REACH)
    around = np.zeros_like(strength)
    for down in range(-_REACH, _REACH + 1):
        for right in range(-_REACH, _REACH + 1):
            if down * right > 0:
                shifted = padded[
                    _REACH + down : _REACH + down + rows, _REACH + right : _REACH + right + columns
                ]
                around += shifted / (abs(down) + abs(right) - 1)
    result: FloatArray = np.minimum(around, 2.0) / 2
    return result


def _associations(
    pairs: Sequence[tuple[EnglishSide, EnglishSide]], links: Sequence[EnglishLinks]
) -> list[FloatArray]:
    """Return how far the stems of word pairs are each other's counterparts over the text.

    Twice the expected number of links over the stems' own counts plus two, so that pairs that meet
    once do not look certain.
    """
    met: dict[tuple[str, str], float] = defaultdict(float)
    seen: tuple[dict[str, int], dict[str, int]] = (defaultdict(int), defaultdict(int))
    for pair, link in zip(pairs, links, strict=True):
        strength = link.strength
        stems = [[side.stems[i] for i in side.content] for side in pair]
        for count, names in zip(seen, stems, strict=True):
            for name in names:
                count[name] += 1
        for x, y in zip(*np.nonzero(strength > _FAINT), strict=True):
            met[stems[0][x], stems[1][y]] += float(strength[x, y])
    result = []
    for (first, second), link in zip(pairs, links, strict=True):
        association = np.zeros_like(link.forward)
        columns: dict[str, list[int]] = defaultdict(list)
        for y, index in enumerate(second.content):
            columns[second.stems[index]].append(y)
        for x, index in enumerate(first.content):
            stem = first.stems[index]
            for other, places in columns.items():
                number = met.get((stem, other))
                if number:
                    association[x, places] = 2 * number / (seen[0][stem] + seen[1][other] + 2)
        result.append(association)
    return result
