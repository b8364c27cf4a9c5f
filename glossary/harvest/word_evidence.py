"""What speaks for a link of two words inside their bead: vectors, dictionary, position."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.encoders.protocol import TokenStatistics
from glossary.harvest.bead_words import LINK_LAYERS, BeadWords, centred, stretch_sums
from glossary.harvest.link_weights import LinkWeights
from glossary.language.cedict import gloss_weights
from glossary.language.stems import english_stem
from glossary.language.words import Word

__all__ = ["deep_cosines", "similarities"]

FloatArray = NDArray[np.float32]

_LATIN = re.compile(r"[\dA-Za-zÀ-ÿ]")


def similarities(
    beads: Sequence[BeadWords], encoder: Encoder, weights: LinkWeights
) -> list[FloatArray]:
    """Return for each bead the evidence ``[n, m]`` that needs no other bead."""
    contexts = _contexts(beads, encoder)
    static_zh = _static([word.text for bead in beads for word in bead.chinese], encoder)
    static_en = _static([word.text.lower() for bead in beads for word in bead.english], encoder)
    scores: list[FloatArray] = []
    for bead, context in zip(beads, contexts, strict=True):
        fixed = np.zeros((len(bead.chinese), len(bead.english)), dtype=np.float32)
        if fixed.size:
            fixed_zh = np.stack([static_zh[word.text] for word in bead.chinese])
            fixed_en = np.stack([static_en[word.text.lower()] for word in bead.english])
            fixed = fixed_zh @ fixed_en.T
        score = (
            weights.context * context
            + weights.static * fixed
            + weights.dictionary * _dictionary(bead)
            - weights.position * _distance(len(bead.chinese), len(bead.english))
        )
        deep = _deep(bead)
        if deep is not None:
            score = score + weights.deep * deep
        scores.append(score.astype(np.float32))
    return scores


def _deep(bead: BeadWords) -> FloatArray | None:
    """Return the mean cosine ``[n, m]`` over the layers that link words, or None without them."""
    if bead.deep_zh is None or bead.deep_en is None:
        return None
    size = len(LINK_LAYERS)
    left, right = (side[:size].astype(np.float32) for side in (bead.deep_zh, bead.deep_en))
    return _mean_cosines(left, right)


def deep_cosines(left: Sequence[FloatArray], right: Sequence[FloatArray]) -> list[FloatArray]:
    """Return for each bead the mean cosine ``[n, m]`` over k layers, all vectors centred.

    Args:
        left: ``[k, n, d]`` for each bead, the vectors of its words on one side.
        right: ``[k, m, d]``, those on the other.
    """
    return [_mean_cosines(*sides) for sides in zip(centred(left), centred(right), strict=True)]


def _mean_cosines(left: FloatArray, right: FloatArray) -> FloatArray:
    mean: FloatArray = np.einsum("knd,kmd->nm", left, right, optimize=True) / len(left)
    return mean


def _contexts(beads: Sequence[BeadWords], encoder: Encoder) -> list[FloatArray]:
    """Return the cosines ``[n, m]`` of each bead's words in context; 0 where nobody knows it."""
    left = [(bead.tokens_zh, bead.chinese) for bead in beads if bead.tokens_zh is not None]
    right = [(bead.tokens_en, bead.english) for bead in beads if bead.tokens_en is not None]
    if not left or not right:
        return [np.zeros(bead.forward.shape, dtype=np.float32) for bead in beads]
    sides = _contextual(left, encoder), _contextual(right, encoder)
    return [zh @ en.T for zh, en in zip(*sides, strict=True)]


def _contextual(
    texts: Sequence[tuple[TokenStatistics, list[Word]]], encoder: Encoder
) -> list[FloatArray]:
    """Return the centred unit vectors ``[n, D]`` of each text's words in context."""
    sums, counts, sizes = [], [], []
    for tokens, words in texts:
        some, numbers = stretch_sums(tokens, [(word.start, word.end) for word in words])
        sums.append(some)
        counts.append(numbers)
        sizes.append(len(words))
    vectors = _centred(encoder.finish(np.concatenate(sums), np.concatenate(counts)))
    return np.split(vectors, np.cumsum(sizes)[:-1])


def _static(words: Sequence[str], encoder: Encoder) -> dict[str, FloatArray]:
    types = list(dict.fromkeys(words))
    vectors = _centred(encoder.encode(types)) if types else np.zeros((0, 0), dtype=np.float32)
    return dict(zip(types, vectors, strict=True))


def _centred(vectors: FloatArray) -> FloatArray:
    """Subtract the language's mean, without which all similarities are high, and normalise."""
    if not len(vectors):
        return vectors
    moved = vectors - vectors.mean(axis=0)
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    centred: FloatArray = (moved / np.maximum(norms, 1e-6)).astype(np.float32)
    return centred


def _dictionary(bead: BeadWords) -> FloatArray:
    """Return gloss weights ``[n, m]``; the same number or Latin string counts as a gloss."""
    stems = [english_stem(word.text.lower()) for word in bead.english]
    places: dict[str, list[int]] = {}
    for column, stem in enumerate(stems):
        places.setdefault(stem, []).append(column)
    matrix = np.zeros((len(bead.chinese), len(stems)), dtype=np.float32)
    for row, word in enumerate(bead.chinese):
        latin = {english_stem(word.text.lower()): 1.0} if _LATIN.match(word.text) else None
        for stem, weight in (latin or gloss_weights(word.text)).items():
            for column in places.get(stem, ()):
                matrix[row, column] = weight
    return matrix


def _distance(rows: int, columns: int) -> FloatArray:
    left = np.arange(rows, dtype=np.float32)[:, None] / max(1, rows - 1)
    right = np.arange(columns, dtype=np.float32)[None, :] / max(1, columns - 1)
    distance: FloatArray = np.abs(left - right)
    return distance
