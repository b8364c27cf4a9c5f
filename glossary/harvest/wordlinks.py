"""Soft word links inside beads: how much each Chinese word speaks for each English word.

Evidence is summed and turned into link strengths by a softmax in each direction, as SimAlign
(Jalili Sabet et al. 2020) does with contextual vectors; the association of the words over the text
itself is estimated from these strengths and fed back, as the EM of Brown et al. (1993) does, and so
is what the links of the words around say, as the jumps of an HMM do (Vogel et al. 1996).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import E5Encoder, Encoder
from glossary.harvest.bead_words import BeadWords, cut_bead_words
from glossary.harvest.link_weights import DEEP_LINKS, LinkWeights
from glossary.harvest.neighbours import neighbour_support
from glossary.harvest.symmetrise import hard_links
from glossary.harvest.word_evidence import similarities
from glossary.harvest.word_statistics import associations

__all__ = ["link_sentences", "link_words"]

FloatArray = NDArray[np.float32]


def link_sentences(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    encoder: Encoder,
    weights: LinkWeights | None = None,
    tokens: E5Encoder | None = None,
) -> list[set[tuple[int, int]]]:
    """Return the word links ``(i, j)``, 0-based, of sentence pairs that are cut into words.

    Args:
        pairs: (Chinese words, English words) of each pair.
        encoder: gives the vectors.
        weights: of the evidence.
        tokens: the token-level encoder, if it is to be asked.
    """
    weights = weights or (DEEP_LINKS if tokens else LinkWeights())
    beads = cut_bead_words(pairs, encoder, tokens)
    link_words(beads, encoder, weights)
    return [{(int(i), int(j)) for i, j in np.argwhere(hard_links(bead, weights))} for bead in beads]


def link_words(
    beads: Sequence[BeadWords], encoder: Encoder, weights: LinkWeights | None = None
) -> None:
    """Fill in the link strengths of all beads of a text."""
    weights = weights or LinkWeights()
    scores = similarities(beads, encoder, weights)
    factors = [_factors(bead, weights) for bead in beads]
    for bead, score, factor in zip(beads, scores, factors, strict=True):
        _relink(bead, score, factor, weights)
    for _ in range(weights.rounds):
        shares = associations(beads)
        for bead, score, share, factor in zip(beads, scores, shares, factors, strict=True):
            more = weights.association * share
            if weights.neighbours:
                more = more + weights.neighbours * neighbour_support(bead.links)
            _relink(bead, score + more, factor, weights)


def _factors(bead: BeadWords, weights: LinkWeights) -> FloatArray:
    """Return what a link of each two words ``[n, m]`` is worth beside others by their kinds."""
    unlike = bead.content_zh[:, None] != bead.content_en[None, :]
    marks = bead.marks_zh[:, None] != bead.marks_en[None, :]
    bare = bead.bare_zh[:, None] | bead.bare_en[None, :]
    factors = np.where(unlike, weights.unlike, 1.0)
    factors[marks] = weights.marks
    factors[bare] *= weights.bare
    # A particle is never an article.
    factors[bead.bare_zh[:, None] & bead.bare_en[None, :]] = 0.0
    return factors.astype(np.float32)


def _relink(bead: BeadWords, score: FloatArray, factors: FloatArray, weights: LinkWeights) -> None:
    """Set the bead's links to the softmaxes over rows and over columns, with room for no link."""
    if not score.size:
        return
    exponent = np.exp(weights.sharpness * (score - weights.nothing)) * factors
    forward = exponent / (1.0 + exponent.sum(axis=1, keepdims=True))
    if weights.fertile:
        sizes = [1.0 if w.text.isascii() else max(1.0, len(w.text) / 2) for w in bead.chinese]
        forward = np.minimum(1.0, forward * np.array(sizes)[:, None])
    bead.forward = forward.astype(np.float32)
    bead.backward = (exponent / (1.0 + exponent.sum(axis=0, keepdims=True))).astype(np.float32)
