"""Align the sentences of two texts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glossary.align.anchors import anchor_path, band_around
from glossary.align.dynamic import LONGEST, Step, best_path
from glossary.align.embedding import embed_runs
from glossary.align.lexical import LexicalIndex
from glossary.align.scoring import BeadScorer
from glossary.encoders.protocol import Encoder, FloatArray
from glossary.language.script import to_simplified
from glossary.model import SegmentRole, is_chinese

__all__ = ["Link", "Side", "align_sentences"]

# Half width of the band around the anchors, in sentences: wider than the longest bead.
_BAND = 8
# How many sentences of equal length are assumed to have been seen before any.
_RATIO_PRIOR = 5
# Affine gaps of the trial: with blocks of 3–15 beads deleted they recovered 96 % of the sentences
# without a counterpart, and cost nothing where nothing is missing.
_GAP_OPEN = -0.1
_GAP_EXTEND = 0.02
# Captions, bylines and metadata belong to one edition of a text more often than its sentences.
_GAP_APPARATUS = 0.1
# Provisional confidence: logistic of the score's distance from that of doubtful beads.
_SLOPE, _DOUBT = 12.0, 0.2


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts to align.

    Attributes:
        sentences: the sentences in order.
        language: ``zh-Hans``, ``zh-Hant`` or ``en``.
        paragraphs: the paragraph of each sentence, ascending; None if unknown.
        roles: the role of each sentence; None if all are running text.
    """

    sentences: Sequence[str]
    language: str
    paragraphs: Sequence[int] | None = None
    roles: Sequence[SegmentRole] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences that render each other, by 0-based index; one group is empty if nothing does.

    Attributes:
        score: confidence in ``[0, 1]`` in the link, or that there is no counterpart.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


def align_sentences(source: Side, target: Side, *, encoder: Encoder | None) -> list[Link]:
    """Align two texts: every sentence of both stands in exactly one link, in textual order.

    Args:
        source: one text.
        target: the other.
        encoder: the sentence encoder; None aligns by dictionary, numbers and lengths alone.
    """
    n, m = len(source.sentences), len(target.sentences)
    if not n or not m:
        return [Link((i,), (), 1.0) for i in range(n)] + [Link((), (j,), 1.0) for j in range(m)]
    left, right = _folded(source), _folded(target)
    lexicon = LexicalIndex(
        left,
        right,
        source_chinese=is_chinese(source.language),
        target_chinese=is_chinese(target.language),
    )
    if encoder is None:
        runs = (_no_vectors(n), _no_vectors(m))
        similarity = lexicon.similarity()
    else:
        runs = (embed_runs(encoder, left, LONGEST), embed_runs(encoder, right, LONGEST))
        similarity = runs[0][0] @ runs[1][0].T
    path = anchor_path(similarity)
    band = band_around(path, n, m, _BAND)
    lengths = (_lengths(left), _lengths(right))
    scorer = BeadScorer(runs, lexicon, lengths, _length_ratio(path, lengths))
    steps = best_path(band, scorer, _GAP_OPEN, _gap_scores(source), _gap_scores(target))
    return [_link(step, scorer, similarity) for step in steps]


def _no_vectors(size: int) -> FloatArray:
    return np.zeros((LONGEST, size, 1), dtype=np.float32)


def _lengths(sentences: Sequence[str]) -> list[int]:
    return [len(sentence.encode("utf-8", "replace")) + 1 for sentence in sentences]


def _length_ratio(
    path: Sequence[tuple[int, int]], lengths: tuple[Sequence[int], Sequence[int]]
) -> float:
    """Return how many bytes of the source go with one of the target, where anchors are dense.

    The texts' own totals would mislead wherever one of them lacks a part of the other.
    """
    # UTF-8 gives Chinese and English texts lengths of the same order, so equality is assumed first.
    left = right = sum(lengths[0]) / len(lengths[0]) * _RATIO_PRIOR
    for (i, j), (next_i, next_j) in itertools.pairwise(path):
        if next_i - i <= LONGEST and next_j - j <= LONGEST:
            left += sum(lengths[0][i:next_i])
            right += sum(lengths[1][j:next_j])
    return left / right


def _folded(side: Side) -> list[str]:
    if side.language == "zh-Hant":
        return [to_simplified(sentence) for sentence in side.sentences]
    return list(side.sentences)


def _gap_scores(side: Side) -> FloatArray:
    scores = np.full(len(side.sentences), _GAP_EXTEND, dtype=np.float32)
    for index, role in enumerate(side.roles or ()):
        if role not in (SegmentRole.BODY, SegmentRole.HEADING):
            scores[index] += _GAP_APPARATUS
    return scores


def _link(step: Step, scorer: BeadScorer, similarity: FloatArray) -> Link:
    source, target = tuple(range(*step.source)), tuple(range(*step.target))
    if source and target:
        score = scorer.score(step.source, step.target) - _DOUBT
    elif source:
        score = _DOUBT - float(similarity[source[0]].max()) / 2
    else:
        score = _DOUBT - float(similarity[:, target[0]].max()) / 2
    return Link(source, target, round(float(1 / (1 + np.exp(-_SLOPE * score))), 4))
