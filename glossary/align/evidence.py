"""The evidence about two texts: where to look for counterparts, and what speaks for them there."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band, anchor_path, band_around, sure_cuts
from glossary.align.blocks import LONGEST
from glossary.align.coverage import TokenCoverage
from glossary.align.cuts import CutText, cut_features
from glossary.align.embedding import EncodedText, run_vectors, runs_between, sentence_vectors
from glossary.align.features import BeadFeatures
from glossary.align.gaps import gap_features
from glossary.align.lexical import LexicalIndex
from glossary.align.sides import Side, folded
from glossary.encoders.protocol import Encoder, FloatArray
from glossary.model import is_chinese

__all__ = ["Evidence", "collect", "lexicon_of"]

# Around each anchor so many sentences to either side are considered, in both texts; around a chain
# of anchors that makes twice as many. On the gold texts, also with omissions, 4 to 8 do as well.
_BAND = 5
# How many sentences of equal length are assumed to have been seen before any.
_RATIO_PRIOR = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two texts ready to align: where to look and the evidence there.

    Attributes:
        band: the cells to consider.
        features: the features of the beads that end in a block of cells.
        gap_features: those of the sentences of either text.
        cut_texts: where either text can be cut.
    """

    band: Band
    features: BeadFeatures
    gap_features: tuple[NDArray[np.float64], NDArray[np.float64]]
    cut_texts: tuple[CutText, CutText]

    def with_tokens(self, coverage: TokenCoverage) -> Evidence:
        """Return the same with the evidence of tokens, whose features follow the others."""
        return replace(self, features=self.features.with_tokens(coverage))

    def beads(self, rows: range, columns: range) -> FloatArray:
        """Return the features ``[f, LONGEST, rows, LONGEST, columns]`` of beads by their ends."""
        return self.features(rows, columns)

    def cuts(self, rows: range, columns: range) -> FloatArray:
        """Return the features ``[len(CUT_FEATURES), rows, columns]`` of cuts at positions."""
        return cut_features(*self.cut_texts, rows, columns)


def lexicon_of(source: Side, target: Side) -> LexicalIndex:
    """Return the words of two texts."""
    return _lexicon(folded(source), folded(target), source, target)


def _lexicon(left: Sequence[str], right: Sequence[str], source: Side, target: Side) -> LexicalIndex:
    return LexicalIndex(
        left,
        right,
        source_chinese=is_chinese(source.language),
        target_chinese=is_chinese(target.language),
    )


def collect(
    source: Side,
    target: Side,
    *,
    encoder: Encoder | None,
    encoded: tuple[EncodedText, EncodedText] | None = None,
    cut: bool = True,
) -> Evidence:
    """Collect the evidence about two texts, neither of them empty; the first is the Chinese one.

    Args:
        source: one text.
        target: the other.
        encoder: the sentence encoder, or None.
        encoded: both texts, if they are encoded already.
        cut: whether beads across places where the alignment surely passes may be left out.
    """
    left, right = folded(source), folded(target)
    n, m = len(left), len(right)
    lengths = (_lengths(left), _lengths(right))
    if encoder is None:
        lexicon = _lexicon(left, right, source, target)
        runs = (_no_vectors(n), _no_vectors(m))
        similarity = lexicon.similarity(range(n), range(m))
        path = anchor_path(similarity)
        band = band_around(path, n, m, _BAND)
    else:
        with ThreadPoolExecutor(1) as beside:
            # Looking words up keeps one core busy, and encoding all that it leaves.
            looked_up = beside.submit(_lexicon, left, right, source, target)
            texts = encoded or (EncodedText.of(left, encoder), EncodedText.of(right, encoder))
            single = [sentence_vectors(text.vectors) for text in texts]
            similarity = single[0] @ single[1].T
            path = anchor_path(similarity)
            band = band_around(path, n, m, _BAND)
            if cut:
                band = replace(band, cuts=sure_cuts(similarity, path, lengths))
            runs = (
                _runs(encoder, texts[0], [row for row, _ in band.cuts]),
                _runs(encoder, texts[1], [column for _, column in band.cuts]),
            )
            lexicon = looked_up.result()
    ratio = _length_ratio(path, lengths)
    scaled = (lengths[0], [length * ratio for length in lengths[1]])
    return Evidence(
        band,
        BeadFeatures(runs, lexicon, (left, right), ratio),
        gap_features(runs, lexicon, scaled, band),
        (CutText(left), CutText(right)),
    )


def _runs(encoder: Encoder, text: EncodedText, cuts: Sequence[int]) -> FloatArray:
    kept = runs_between(cuts, len(text.vectors), LONGEST)
    return run_vectors(encoder, text.statistics, LONGEST, single=text.vectors, kept=kept)


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
