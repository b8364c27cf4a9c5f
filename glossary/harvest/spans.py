"""Find in a bead the English stretch that renders a Chinese one.

Every stretch that could be a phrase is scored by the links it holds against those that lead out of
it and the words inside that nothing links to (the F measure of Dice over link mass); the best few
are then compared as phrases by their vectors, in context and alone. In the trial this span search
beat the hull of hard links (exact .733 against .629 on annual reports).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.harvest.phrases_en import faults
from glossary.harvest.quotations import is_quoted, quoted_spans
from glossary.harvest.wordlinks import BeadWords, stretch_sums
from glossary.language.words import Word

__all__ = ["EnglishSpans", "Rendering", "SpanWeights", "english_spans", "find_renderings"]

FloatArray = NDArray[np.float32]

# Marks that a phrase does not reach across; hyphens, apostrophes, "&" and "/" join words instead.
_BREAK = re.compile(r"^[.;:?!\[\]{}“”\"«»—–…|]$")
_JOIN = frozenset("-‐‑/&'’+")
# Words that may stand at the end of a phrase though they are of a closed class ("opening up").
_CLOSING = frozenset("up out in own all others another".split())
_OPENING = frozenset("all others own no not more most both same without".split())
_MAX_WORDS = 14
# Link measure from which on a quotation is taken at its word: a bead may quote two things.
_LINKED = 0.3


@dataclass(frozen=True, slots=True)
class SpanWeights:
    """Weights of the evidence for a rendering, and what costs of its shape.

    Set on one set, the projection of the 2016 annual reports' term list into their translation
    (1,360 places): .82 of the listed renderings are found exactly there. That figure is in-sample.
    """

    links: float = 1.0
    context: float = 0.25
    phrase: float = 1.0
    #: Cost of a comma or a parenthesis inside.
    comma: float = 0.05
    #: Cost of a length unlike half a word for each Chinese character, by log ratio.
    length: float = 0.25
    #: Cost of leaving out a neighbour that the Chinese stretch has a claim to.
    neighbour: float = 0.5
    #: Claims up to this are noise.
    claim: float = 0.1
    #: Cost of each sign that it is a clause, and of each that it is cut out of a longer phrase.
    clause: float = 0.15
    cut: float = 0.3
    #: Least link mass that a word of meaning counts with: an unlinked word inside costs this.
    floor: float = 0.2
    function: float = 0.08
    #: What it is worth that both stretches are quoted, and cost of a part of a quotation.
    quoted: float = 0.5
    finalists: int = 8
    agreement: float = 0.8

    @property
    def total(self) -> float:
        """What the weighted evidence is divided by, so that scores stay below 1."""
        return self.links + self.context + self.phrase


@dataclass(frozen=True, slots=True)
class EnglishSpans:
    """The stretches of a bead's English text that could be phrases.

    Attributes:
        first, last: ``[s]`` token indices, ``last`` exclusive.
        commas: ``[s]`` number of commas and parentheses inside.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    commas: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English stretch that may render a Chinese one.

    Attributes:
        start, end: characters ``[start, end)`` in the bead's English text.
        links: F measure of link mass, in ``[0, 1]``.
        context: cosine of the two stretches' vectors in their sentences.
        cost: what its shape costs, to be taken from the weighted evidence.
    """

    start: int
    end: int
    links: float
    context: float
    cost: float


def english_spans(
    words: Sequence[Word], content: NDArray[np.bool_], *, longest: int = _MAX_WORDS
) -> EnglishSpans:
    """Return the stretches of at most ``longest`` words that begin and end like phrases."""
    first, last, commas = [], [], []
    for start in range(len(words)):
        if not _opens(words, content, start):
            continue
        comma = depth = 0
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            token = words[end - 1]
            if _BREAK.match(token.text):
                break
            # Parentheses belong to names ("Ordinance (No. 2)"), whole or not at all.
            depth += (token.text == "(") - (token.text == ")")
            comma += token.text in ",("
            if comma > longest // 4 or depth < 0:
                break
            if depth == 0 and _closes(words, content, end - 1):
                first.append(start)
                last.append(end)
                commas.append(comma)
    return EnglishSpans(np.array(first, int), np.array(last, int), np.array(commas, int))


def _opens(words: Sequence[Word], content: NDArray[np.bool_], index: int) -> bool:
    word = words[index]
    if not content[index] and word.text.lower() not in _OPENING:
        return False
    return not (index and words[index - 1].text in _JOIN and words[index - 1].end == word.start)


def _closes(words: Sequence[Word], content: NDArray[np.bool_], index: int) -> bool:
    word = words[index]
    if not content[index] and word.text.lower() not in _CLOSING:
        return False
    follows = words[index + 1] if index + 1 < len(words) else None
    return not (follows and follows.text in _JOIN and follows.start == word.end)


def find_renderings(
    bead: BeadWords,
    stretches: Sequence[tuple[int, int]],
    encoder: Encoder,
    weights: SpanWeights,
    verbal: Sequence[bool] | None = None,
) -> list[list[Rendering]]:
    """Return for each Chinese stretch the English stretches with the best links (none if hopeless).

    Args:
        bead: words and links.
        stretches: characters ``[start, end)`` in the bead's Chinese text.
        encoder: gives the vectors in context.
        weights: of the evidence.
        verbal: for each stretch whether it is a verb phrase; no stretch is unless given.
    """
    verbal = verbal or [False] * len(stretches)
    spans = english_spans(bead.english, bead.content_en)
    if not len(spans.first) or not stretches:
        return [[] for _ in stretches]
    weight_en = np.where(bead.content_en, 1.0, weights.function)
    # Marks inside cost nothing by themselves; commas are counted apart.
    weight_en *= np.array([word.text[0].isalnum() for word in bead.english])
    need_en = weight_en * np.maximum(bead.backward.sum(axis=0), weights.floor)
    mass_en = np.concatenate([[0.0], np.cumsum(need_en)])
    inside_en = mass_en[spans.last] - mass_en[spans.first]
    quotations = set(quoted_spans(bead.english))
    quoted = np.array([pair in quotations for pair in zip(spans.first, spans.last, strict=True)])
    finalists: list[tuple[int, NDArray[np.int64], NDArray[np.float64]]] = []
    for number, (start, end) in enumerate(stretches):
        rows = [
            index
            for index, word in enumerate(bead.chinese)
            if word.start < end and word.end > start and bead.content_zh[index]
        ]
        if not rows:
            continue
        forward = bead.forward[rows]
        need_zh = float(np.maximum(forward.sum(axis=1), weights.floor).sum())
        covered = _inside(forward.sum(axis=0), spans) / need_zh
        backed = _inside(bead.backward[rows].sum(axis=0) * weight_en, spans) / inside_en
        measure = 2 * covered * backed / np.maximum(covered + backed, 1e-6)
        measure -= weights.comma * spans.commas
        best = np.argsort(-measure, kind="stable")[: weights.finalists]
        best = best[measure[best] > 0.05]
        if is_quoted(bead.chinese, start, end):
            best = np.union1d(best, np.flatnonzero(quoted & (measure > 0)))
        if len(best):
            finalists.append((number, best, measure[best]))
    results: list[list[Rendering]] = [[] for _ in stretches]
    if not finalists:
        return results
    for (number, _, _), renderings in zip(
        finalists,
        _compare(
            bead,
            stretches,
            spans=spans,
            finalists=finalists,
            encoder=encoder,
            weights=weights,
            verbal=verbal,
        ),
        strict=True,
    ):
        results[number] = renderings
    return results


def _inside(mass: FloatArray, spans: EnglishSpans) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(mass, dtype=np.float64)])
    inside: NDArray[np.float64] = total[spans.last] - total[spans.first]
    return inside


def _compare(
    bead: BeadWords,
    stretches: Sequence[tuple[int, int]],
    *,
    spans: EnglishSpans,
    finalists: Sequence[tuple[int, NDArray[np.int64], NDArray[np.float64]]],
    encoder: Encoder,
    weights: SpanWeights,
    verbal: Sequence[bool],
) -> list[list[Rendering]]:
    """Return the finalists of each stretch as renderings, with vectors and shape."""
    used = np.unique(np.concatenate([best for _, best, _ in finalists]))
    bounds = [
        (bead.english[spans.first[index]].start, bead.english[spans.last[index] - 1].end)
        for index in used
    ]
    row_of = {int(index): row for row, index in enumerate(used)}
    english = encoder.finish(*stretch_sums(bead.tokens_en, bounds))
    chinese = encoder.finish(
        *stretch_sums(bead.tokens_zh, [stretches[number] for number, _, _ in finalists])
    )
    results = []
    quotations = quoted_spans(bead.english)
    for row, (number, best, measure) in enumerate(finalists):
        found = []
        quoted = quotations if is_quoted(bead.chinese, *stretches[number]) else []
        claims = _claims(bead, stretches[number], weights)
        for index, value in zip(best, measure, strict=True):
            position = row_of[int(index)]
            first, last = int(spans.first[index]), int(spans.last[index])
            clausal, cut = faults(bead.english, first, last, verbal=verbal[number])
            cost = (
                weights.length * _length_gap(bead, stretches[number], first, last)
                + weights.neighbour * sum(claims[place] for place in _around(bead, first, last))
                + weights.clause * clausal
                + weights.cut * cut
                - weights.quoted * _quotation(quoted, first, last) * min(1.0, value / _LINKED)
            )
            found.append(
                Rendering(
                    *bounds[position],
                    links=float(value),
                    context=float(english[position] @ chinese[row]),
                    cost=float(cost),
                )
            )
        results.append(found)
    return results


def _quotation(quotations: Sequence[tuple[int, int]], first: int, last: int) -> int:
    """Return 1 for a whole quotation, -1 for a part of one, else 0."""
    if (first, last) in quotations:
        return 1
    return -any(start <= first and last <= end for start, end in quotations)


def _claims(bead: BeadWords, stretch: tuple[int, int], weights: SpanWeights) -> NDArray[np.float64]:
    """Return ``[m]``, how far the stretch claims each English word of meaning."""
    rows = [
        index
        for index, word in enumerate(bead.chinese)
        if word.start < stretch[1] and word.end > stretch[0]
    ]
    claims = np.maximum(0.0, bead.backward[rows].sum(axis=0) - weights.claim) * bead.content_en
    return np.asarray(claims, dtype=np.float64)


def _around(bead: BeadWords, first: int, last: int) -> list[int]:
    """Return the nearest words of meaning on both sides, over function words but not marks."""
    found = []
    for places in (range(first - 1, -1, -1), range(last, len(bead.english))):
        for place in places:
            if not bead.english[place].text[:1].isalnum():
                break
            if bead.content_en[place]:
                found.append(place)
                break
    return found


def _length_gap(bead: BeadWords, stretch: tuple[int, int], first: int, last: int) -> float:
    """Return the log ratio of the stretch's expected and actual number of English words."""
    expected = sum(
        float(bead.content_zh[index]) if word.text.isascii() else len(word.text) / 2
        for index, word in enumerate(bead.chinese)
        if word.start >= stretch[0] and word.end <= stretch[1]
    )
    actual = int(bead.content_en[first:last].sum())
    return abs(math.log((actual + 0.5) / (expected + 0.5)))
