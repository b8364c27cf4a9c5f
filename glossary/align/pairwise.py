"""Align the sentences of two texts."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from glossary.align.anchors import Band, anchor_path, band_around
from glossary.align.blocks import LONGEST
from glossary.align.chunks import WHOLE, Similarity, cut_points
from glossary.align.cuts import CutText, cut_features
from glossary.align.doubt import doubts, with_coverage
from glossary.align.embedding import run_vectors
from glossary.align.features import BeadFeatures
from glossary.align.gaps import gap_features
from glossary.align.lattice import (
    GapScores,
    Step,
    best_steps,
    expected_opens,
    posteriors,
    score_rows,
)
from glossary.align.lexical import LexicalIndex
from glossary.align.sides import Link, Side, folded, part_of
from glossary.align.streams import SentenceStream
from glossary.align.weights import Weights, WeightsName, load_weights
from glossary.encoders import E5Encoder, PairedEncoder
from glossary.encoders.protocol import Encoder, FloatArray, Statistics
from glossary.model import SegmentRole, is_chinese

__all__ = ["BEAD_COST", "GAP_COST", "Problem", "align_sentences", "prepare"]

# Around each anchor so many sentences to either side are considered, in both texts; around a chain
# of anchors that makes twice as many. On the gold texts, also with omissions, 4 to 8 do as well.
_BAND = 5
# How many sentences of equal length are assumed to have been seen before any.
_RATIO_PRIOR = 5
# Costs of the decision, in probability (set by cross-validation on the novels, where any bead cost
# up to .3 does as well within .002): the first keeps beads from being cut up, by the second a
# sentence has no counterpart only if that is likelier than not.
BEAD_COST = 0.15
GAP_COST = 0.5
# Gaps per sentence in the texts that the weights were learned from, and how many sentences of that
# rate a text is assumed to begin with.
_GAP_RATE = 0.027
_RATE_PRIOR = 100
# What is not in the gold data and so not learned, in log odds: captions, bylines and metadata
# belong to one edition of a text more often than its sentences do …
_APPARATUS = 2.0
# … and a bead seldom runs across a paragraph's end, or begins a paragraph on one side only.
_PARAGRAPH_INSIDE = -1.0
_PARAGRAPH_BEGIN = -0.5


#: Where the weights of a model come from, by its name.
WeightsSource = Callable[[WeightsName], Weights]


def align_sentences(
    source: Side,
    target: Side,
    *,
    encoder: Encoder | None,
    weights: WeightsSource = load_weights,
) -> list[Link]:
    """Align two texts: every sentence of both stands in exactly one link, in textual order.

    Args:
        source: one text.
        target: the other.
        encoder: the sentence encoder; None aligns by dictionary, numbers and lengths alone.
        weights: returns the learned weights; those of the package unless given.
    """
    n, m = len(source.sentences), len(target.sentences)
    if is_chinese(target.language) and not is_chinese(source.language):
        # The model knows Chinese as the first text.
        links = align_sentences(target, source, encoder=encoder, weights=weights)
        return [Link(link.target, link.source, link.score) for link in links]
    if n * m <= WHOLE:
        return _align_part(source, target, encoder, None, weights)
    return _align_chunks(source, target, encoder, weights)


def _align_chunks(
    source: Side, target: Side, encoder: Encoder | None, weights: WeightsSource
) -> list[Link]:
    """Align long texts stretch by stretch; each sentence is encoded once and then forgotten."""
    sizes = (len(source.sentences), len(target.sentences))
    streams: tuple[SentenceStream, SentenceStream] | None = None
    similarity: Similarity
    if encoder is None:
        similarity = _lexicon(folded(source), folded(target), source, target).similarity
    else:
        streams = (_stream(source, encoder), _stream(target, encoder))
        similarity = _similarity(*streams)
    links: list[Link] = []
    i = j = 0
    for next_i, next_j in itertools.chain(cut_points(sizes, similarity), [sizes]):
        rows, columns = range(i, next_i), range(j, next_j)
        parts = (streams[0].statistics(rows), streams[1].statistics(columns)) if streams else None
        sides = part_of(source, rows), part_of(target, columns)
        for link in _align_part(*sides, encoder, parts, weights):
            left = tuple(index + i for index in link.source)
            links.append(Link(left, tuple(index + j for index in link.target), link.score))
        i, j = next_i, next_j
        if streams:
            streams[0].forget(i)
            streams[1].forget(j)
    return links


def _stream(side: Side, encoder: Encoder) -> SentenceStream:
    return SentenceStream(side.sentences, encoder, lambda texts: folded(Side(texts, side.language)))


def _similarity(source: SentenceStream, target: SentenceStream) -> Similarity:
    def similarity(rows: range, columns: range) -> FloatArray:
        block: FloatArray = source.vectors(rows) @ target.vectors(columns).T
        return block

    return similarity


def _align_part(
    source: Side,
    target: Side,
    encoder: Encoder | None,
    statistics: tuple[Statistics, Statistics] | None,
    weights: WeightsSource,
) -> list[Link]:
    """Align texts, or stretches of them whose statistics may be known already."""
    n, m = len(source.sentences), len(target.sentences)
    if not n or not m:
        return [Link((i,), (), 1.0) for i in range(n)] + [Link((), (j,), 1.0) for j in range(m)]
    problem = prepare(source, target, encoder=encoder, statistics=statistics)
    name: WeightsName = "words" if encoder is None else "fast"
    first = _Model(weights(name), problem, source, target)
    scores = list(score_rows(problem.band, first.scorer(problem.features)))
    opens = float(expected_opens(problem.band, scores, first.gaps).sum())
    gaps = _at_this_rate(first.gaps, opens)
    steps = _decided(problem.band, scores, gaps)
    if isinstance(encoder, PairedEncoder):
        second = _Model(weights("best"), problem, source, target)
        steps = _second_look(steps, second, (source, target), encoder.tokens, opens)
    return [
        Link(tuple(range(*step.source)), tuple(range(*step.target)), round(step.probability, 4))
        for step in steps
    ]


class _Model:
    """The learned weights applied to two texts, with what is not learned.

    Args:
        weights: what the features count.
        problem: the evidence about the texts.
        source, target: the texts.
    """

    def __init__(self, weights: Weights, problem: Problem, source: Side, target: Side) -> None:
        self._weights = weights
        self.problem = problem
        self._paragraphs = _ParagraphScores(source, target)
        self.gaps = self._weights.gap_scores(*problem.gap_features)
        self.gaps.source[_apparatus(source)] += _APPARATUS
        self.gaps.target[_apparatus(target)] += _APPARATUS

    def scorer(
        self, features: BeadFeatures, begin: tuple[int, int] = (0, 0)
    ) -> Callable[[range, range], FloatArray]:
        """Return the function of the scores of beads, for positions counted from ``begin``."""

        def scores(rows: range, columns: range) -> FloatArray:
            at = (
                range(rows.start + begin[0], rows.stop + begin[0]),
                range(columns.start + begin[1], columns.stop + begin[1]),
            )
            cuts = cut_features(*self.problem.cuts, *at)
            return self._weights.bead_scores(features(*at), cuts) + self._paragraphs(*at)

        return scores


def _decided(band: Band, scores: Sequence[FloatArray], gaps: GapScores) -> list[Step]:
    found = posteriors(band, scores, gaps)
    return best_steps(band, found, bead_cost=BEAD_COST, gap_cost=GAP_COST)


def _second_look(
    steps: Sequence[Step],
    model: _Model,
    sides: tuple[Side, Side],
    tokens: E5Encoder,
    opens: float,
) -> list[Step]:
    """Return the steps with those that are in doubt decided again by the evidence of tokens."""
    source, target = sides
    problem = model.problem
    gaps = _at_this_rate(model.gaps, opens)
    texts, languages = (folded(source), folded(target)), (source.language, target.language)
    decided: list[Step] = []
    done = 0
    found = list(doubts(steps, problem.band))
    for doubt, coverage in with_coverage(found, tokens, texts, languages):
        i, j = doubt.rows.start, doubt.columns.start
        scorer = model.scorer(problem.features.with_tokens(coverage), (i, j))
        inside = replace(
            gaps,
            source=gaps.source[i : doubt.rows.stop],
            target=gaps.target[j : doubt.columns.stop],
        )
        decided += steps[done : doubt.steps.start]
        done = doubt.steps.stop
        for step in _decided(doubt.band, list(score_rows(doubt.band, scorer)), inside):
            rows = (step.source[0] + i, step.source[1] + i)
            columns = (step.target[0] + j, step.target[1] + j)
            decided.append(Step(rows, columns, step.probability))
    return [*decided, *steps[done:]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Two texts ready to align: where to look and the evidence there.

    Attributes:
        band: the cells to consider.
        features: the features of the beads that end in a block of cells.
        gap_features: those of the sentences of either text.
        cuts: where either text can be cut.
    """

    band: Band
    features: BeadFeatures
    gap_features: tuple[NDArray[np.float64], NDArray[np.float64]]
    cuts: tuple[CutText, CutText]


def _lexicon(left: Sequence[str], right: Sequence[str], source: Side, target: Side) -> LexicalIndex:
    return LexicalIndex(
        left,
        right,
        source_chinese=is_chinese(source.language),
        target_chinese=is_chinese(target.language),
    )


def prepare(
    source: Side,
    target: Side,
    *,
    encoder: Encoder | None,
    statistics: tuple[Statistics, Statistics] | None = None,
) -> Problem:
    """Collect the evidence about two texts, neither of them empty; the first is the Chinese one.

    Args:
        source: one text.
        target: the other.
        encoder: the sentence encoder, or None.
        statistics: of both texts' sentences, with seams, if they are known already.
    """
    left, right = folded(source), folded(target)
    n, m = len(left), len(right)
    if encoder is None:
        lexicon = _lexicon(left, right, source, target)
        runs = (_no_vectors(n), _no_vectors(m))
        similarity = lexicon.similarity(range(n), range(m))
    else:
        with ThreadPoolExecutor(1) as beside:
            # Looking words up keeps one core busy, and encoding all that it leaves.
            looked_up = beside.submit(_lexicon, left, right, source, target)
            known = statistics or (
                encoder.statistics(left, seams=True),
                encoder.statistics(right, seams=True),
            )
            runs = (
                run_vectors(encoder, known[0], LONGEST),
                run_vectors(encoder, known[1], LONGEST),
            )
            lexicon = looked_up.result()
        similarity = runs[0][0] @ runs[1][0].T
    path = anchor_path(similarity)
    band = band_around(path, n, m, _BAND)
    lengths = (_lengths(left), _lengths(right))
    ratio = _length_ratio(path, lengths)
    scaled = (lengths[0], [length * ratio for length in lengths[1]])
    return Problem(
        band,
        BeadFeatures(runs, lexicon, (left, right), ratio),
        gap_features(runs, lexicon, scaled, band),
        (CutText(left), CutText(right)),
    )


def _at_this_rate(gaps: GapScores, opens: float) -> GapScores:
    """Return the scores with gaps made as frequent as they are in these texts.

    How much is left out differs far more between texts than the weights can know. The expected
    number of gaps, with some sentences of the usual rate, gives the rate here (empirical Bayes).
    """
    size = len(gaps.source) + len(gaps.target)
    here = (opens + _RATE_PRIOR * _GAP_RATE) / (size + _RATE_PRIOR)
    shift = math.log(here / _GAP_RATE)
    return replace(gaps, open_source=gaps.open_source + shift, open_target=gaps.open_target + shift)


class _ParagraphScores:
    """What the paragraphs of two texts say about beads; nothing if one has no paragraphs."""

    def __init__(self, source: Side, target: Side) -> None:
        self._sides = (_breaks(source), _breaks(target))

    def __call__(self, rows: range, columns: range) -> FloatArray | float:
        """Return ``[LONGEST, rows, LONGEST, columns]``."""
        left, right = self._sides
        if left is None or right is None:
            return 0.0
        inside_left, begin_left = _runs_over(left, rows)
        inside_right, begin_right = _runs_over(right, columns)
        crossing = (inside_left[:, :, None, None] + inside_right[None, None]) * np.float32(
            _PARAGRAPH_INSIDE
        )
        uneven = begin_left[:, :, None, None] != begin_right[None, None]
        scores: FloatArray = crossing + uneven * np.float32(_PARAGRAPH_BEGIN)
        return scores


def _breaks(side: Side) -> NDArray[np.bool_] | None:
    """Return for each sentence whether it begins a paragraph, or None if all or none do."""
    paragraphs = np.asarray(side.paragraphs if side.paragraphs is not None else [])
    begins = np.concatenate([[True], np.diff(paragraphs) != 0]) if len(paragraphs) else None
    return None if begins is None or begins.all() or not begins[1:].any() else begins


def _runs_over(
    begins: NDArray[np.bool_], at: range
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return what paragraphs do in the runs of each size that end at positions ``at``.

    Both results are ``[LONGEST, len(at)]``: the number of paragraphs that begin inside the run, and
    whether its first sentence begins one.
    """
    along = np.concatenate([[0], np.cumsum(begins)])
    ends = np.arange(at.start, at.stop)
    starts = ends - np.arange(1, LONGEST + 1)[:, None]
    first = np.clip(starts, 0, len(begins) - 1)
    inside = along[ends] - along[np.minimum(first + 1, ends)]
    return inside.astype(np.float32), begins[first]


def _apparatus(side: Side) -> NDArray[np.bool_]:
    running = (SegmentRole.BODY, SegmentRole.HEADING)
    roles = side.roles or [SegmentRole.BODY] * len(side.sentences)
    return np.array([role not in running for role in roles])


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
