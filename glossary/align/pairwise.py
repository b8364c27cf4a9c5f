"""Align the sentences of two texts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

from glossary.align.chunks import WHOLE, Similarity, cut_points
from glossary.align.decision import WeightsSource, decide
from glossary.align.embedding import EncodedText
from glossary.align.evidence import collect, lexicon_of
from glossary.align.sides import Link, Side, folded, part_of
from glossary.align.streams import SentenceStream
from glossary.align.weights import load_weights
from glossary.encoders import PairedEncoder
from glossary.encoders.protocol import Encoder, FloatArray
from glossary.model import is_chinese

__all__ = ["align_sentences"]


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
    if encoder is None:
        return _align_stretches(source, target, None, None, weights)
    # One stretch is encoded while another is aligned, which keeps one core busy.
    with ThreadPoolExecutor(1) as beside:
        streams = _stream(source, encoder, beside), _stream(target, encoder, beside)
        return _align_stretches(source, target, encoder, streams, weights)


def _align_stretches(
    source: Side,
    target: Side,
    encoder: Encoder | None,
    streams: tuple[SentenceStream, SentenceStream] | None,
    weights: WeightsSource,
) -> list[Link]:
    sizes = (len(source.sentences), len(target.sentences))
    similarity = _similarity(*streams) if streams else lexicon_of(source, target).similarity
    links: list[Link] = []
    i = j = 0
    for next_i, next_j in itertools.chain(cut_points(sizes, similarity), [sizes]):
        rows, columns = range(i, next_i), range(j, next_j)
        parts = (streams[0].encoded(rows), streams[1].encoded(columns)) if streams else None
        sides = part_of(source, rows), part_of(target, columns)
        for link in _align_part(*sides, encoder, parts, weights):
            left = tuple(index + i for index in link.source)
            links.append(Link(left, tuple(index + j for index in link.target), link.score))
        i, j = next_i, next_j
        if streams:
            streams[0].forget(i)
            streams[1].forget(j)
    return links


def _stream(side: Side, encoder: Encoder, beside: Executor) -> SentenceStream:
    def fold(texts: Sequence[str]) -> list[str]:
        return folded(Side(texts, side.language))

    return SentenceStream(side.sentences, encoder, fold, beside)


def _similarity(source: SentenceStream, target: SentenceStream) -> Similarity:
    def similarity(rows: range, columns: range) -> FloatArray:
        block: FloatArray = source.vectors(rows) @ target.vectors(columns).T
        return block

    return similarity


def _align_part(
    source: Side,
    target: Side,
    encoder: Encoder | None,
    encoded: tuple[EncodedText, EncodedText] | None,
    weights: WeightsSource,
) -> list[Link]:
    """Align texts, or stretches of them that may be encoded already."""
    n, m = len(source.sentences), len(target.sentences)
    if not n or not m:
        return [Link((i,), (), 1.0) for i in range(n)] + [Link((), (j,), 1.0) for j in range(m)]
    steps = decide(
        source,
        target,
        collect(source, target, encoder=encoder, encoded=encoded),
        "words" if encoder is None else "fast",
        tokens=encoder.tokens if isinstance(encoder, PairedEncoder) else None,
        weights=weights,
    )
    return [
        Link(tuple(range(*step.source)), tuple(range(*step.target)), round(step.probability, 4))
        for step in steps
    ]
