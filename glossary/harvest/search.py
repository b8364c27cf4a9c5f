"""Search a bead for what renders a Chinese stretch, and say of each find what speaks for it.

Stretches of English are first drawn up by the word links that they hold: the F measure of Dice over
link mass, links inside against those that lead out and words inside that nothing links to. What
speaks for the best of them is laid out as numbers, which ``ranking`` weighs.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.harvest.bead_words import BeadWords, stretch_sums
from glossary.harvest.citation import phrase_key, trim_phrase
from glossary.harvest.english_grammar import SHAPE, Grammar
from glossary.harvest.patterns_zh import Form
from glossary.harvest.quotations import is_quoted, quoted_spans
from glossary.harvest.spans import EnglishSpans, english_spans
from glossary.language.cedict import glosses
from glossary.language.words import Word

__all__ = ["EVIDENCE", "Find", "search_bead"]

FloatArray = NDArray[np.float64]

#: Names of what speaks for a find or against it, in order.
EVIDENCE = (
    "links",  # F measure of link mass
    "covered",  # share of the Chinese words' mass that it holds
    "backed",  # share of its own words' mass that comes from the Chinese words
    "context",  # cosine of the two stretches' vectors in their sentences
    "phrase",  # cosine of their vectors outside their sentences; set by the caller
    "shorter",  # log ratio by which it is shorter than half a word for each character
    "longer",
    "claimed",  # link mass from the Chinese words to the nearest words on both sides
    "unlinked",  # share of its words of meaning that nothing links to
    "commas",
    "quoted",  # both are whole quotations
    "quote_cut",  # it is a part of a quotation, and the Chinese a whole one
    "gloss",  # the dictionary has it
    "missed",  # mean link mass that the Chinese words have elsewhere
    "agreement",  # mean share of this phrase in the candidate's other places; set by the caller
    *SHAPE,
    "deep",  # cosine of the stretches' vectors from the token-level encoder, where it is asked
    "late",  # the same at the layer that tells what they mean in their sentences
)
_CONTEXT = EVIDENCE.index("context")
_DEEP = EVIDENCE.index("deep")
_LONGEST = 24
# Drawn up by links alone: of 3,605 places of listed terms the listed rendering is among 30 in 92 %.
_DRAWN = 30
# Least link mass that a word of meaning counts with, and what a function word counts.
_FLOOR = 0.2
_FUNCTION = 0.08
# Claims up to this are noise.
_CLAIM = 0.1
_HOPELESS = 0.05


@dataclass(slots=True)
class Find:
    """An English stretch that may render a Chinese one.

    Attributes:
        start, end: characters ``[start, end)`` in the bead's English text, determiners left out.
        form: of the Chinese stretch.
        evidence: values in the order of ``EVIDENCE``.
    """

    start: int
    end: int
    form: Form
    evidence: FloatArray = field(repr=False)


def search_bead(
    bead: BeadWords,
    english: str,
    stretches: Sequence[tuple[int, int]],
    forms: Sequence[Form],
    encoder: Encoder,
) -> list[list[Find]]:
    """Return for each Chinese stretch the English stretches that the word links suggest.

    Args:
        bead: words and links.
        english: the bead's English text.
        stretches: characters ``[start, end)`` in the bead's Chinese text.
        forms: of the stretches.
        encoder: gives the vectors in context.
    """
    found: list[list[Find]] = [[] for _ in stretches]
    spans = english_spans(bead.english, bead.content_en, longest=_LONGEST)
    if not len(spans.first) or not stretches:
        return found
    side = _EnglishSide(bead, english, spans)
    for number, (stretch, form) in enumerate(zip(stretches, forms, strict=True)):
        found[number] = _finds(bead, side, stretch, form)
    places = list(dict.fromkeys((f.start, f.end) for finds in found for f in finds))
    if places:
        sums = stretch_sums(bead.tokens_en, places)
        vectors_en = dict(zip(places, encoder.finish(*sums), strict=True))
        vectors_zh = encoder.finish(*stretch_sums(bead.tokens_zh, stretches))
        for number, finds in enumerate(found):
            for find in finds:
                place = find.start, find.end
                find.evidence[_CONTEXT] = vectors_en[place] @ vectors_zh[number]
        if bead.deep_zh is not None and bead.deep_en is not None:
            deep_zh = _deep_vectors(bead.deep_zh, bead.chinese, stretches)
            deep_en = dict(
                zip(places, _deep_vectors(bead.deep_en, bead.english, places), strict=True)
            )
            for number, finds in enumerate(found):
                for find in finds:
                    cosines = (deep_en[find.start, find.end] * deep_zh[number]).sum(axis=1)
                    find.evidence[_DEEP : _DEEP + 2] = cosines[:-1].mean(), cosines[-1]
        for finds in found:
            for find in finds:
                find.start, find.end = side.trimmed(find.start, find.end)
    return found


def _deep_vectors(
    vectors: NDArray[np.float16], words: Sequence[Word], stretches: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Return the unit vectors ``[s, k, d]`` of stretches of characters from those of the words."""
    size, count = vectors.shape[2], len(words)
    total = np.zeros((vectors.shape[0], count + 1, size), dtype=np.float32)
    np.cumsum(vectors, axis=1, dtype=np.float32, out=total[:, 1:])
    bounds = np.asarray(stretches, dtype=np.int64)
    first = np.searchsorted([word.end for word in words], bounds[:, 0], side="right")
    last = np.searchsorted([word.start for word in words], bounds[:, 1], side="left")
    sums = (total[:, np.maximum(last, first)] - total[:, first]).swapaxes(0, 1)
    norms = np.linalg.norm(sums, axis=2, keepdims=True)
    unit: NDArray[np.float32] = sums / np.maximum(norms, 1e-6)
    return unit


class _EnglishSide:
    """What all searches of a bead share: its stretches, their mass, grammar and quotations."""

    def __init__(self, bead: BeadWords, english: str, spans: EnglishSpans) -> None:
        self.spans = spans
        self.quotations = quoted_spans(bead.english)
        self.weights = np.where(bead.content_en, 1.0, _FUNCTION)
        # Marks inside cost nothing by themselves; commas are counted apart.
        self.weights *= np.array([word.text[0].isalnum() for word in bead.english])
        self.mass = _inside(self.weights * np.maximum(bead.backward.sum(axis=0), _FLOOR), spans)
        # Most stretches are found for several Chinese ones.
        grammar = Grammar.of(bead.english)
        self.shape = functools.cache(grammar.shape)
        self.trimmed = functools.cache(functools.partial(trim_phrase, english))
        self.key = functools.cache(
            lambda first, last: phrase_key(" ".join(w.text for w in bead.english[first:last]))
        )


def _finds(bead: BeadWords, side: _EnglishSide, stretch: tuple[int, int], form: Form) -> list[Find]:
    start, end = stretch
    rows = [
        index
        for index, word in enumerate(bead.chinese)
        if word.start < end and word.end > start and bead.content_zh[index]
    ]
    if not rows:
        return []
    spans = side.spans
    forward, backward = bead.forward[rows], bead.backward[rows]
    need = forward.sum(axis=1)
    held = _inside(forward.sum(axis=0), spans)
    covered = held / float(np.maximum(need, _FLOOR).sum())
    missed = (float(need.sum()) - held) / len(rows)
    backed = _inside(backward.sum(axis=0) * side.weights, spans) / side.mass
    measure = 2 * covered * backed / np.maximum(covered + backed, 1e-6)
    best = np.argsort(-measure, kind="stable")[:_DRAWN]
    best = best[measure[best] > _HOPELESS]
    quotations = side.quotations if is_quoted(bead.chinese, start, end) else []
    if quotations:
        whole = [
            index
            for index, pair in enumerate(zip(spans.first, spans.last, strict=True))
            if pair in quotations and measure[index] > 0
        ]
        best = np.union1d(best, np.array(whole, dtype=np.int64))
    known = _gloss_keys(_between(bead.chinese, start, end))
    claims = np.maximum(0.0, backward.sum(axis=0) - _CLAIM) * bead.content_en
    expected = _expected_words(bead, start, end)
    weak = (backward.max(axis=0) < _CLAIM) & bead.content_en
    finds = []
    for index in best:
        first, last = int(spans.first[index]), int(spans.last[index])
        size = int(bead.content_en[first:last].sum())
        gap = math.log((size + 0.5) / (expected + 0.5))
        quote = _quotation(quotations, first, last)
        evidence = (
            measure[index],
            covered[index],
            backed[index],
            0.0,
            0.0,
            max(0.0, -gap),
            max(0.0, gap),
            sum(claims[place] for place in _around(bead, first, last)),
            float(weak[first:last].sum()) / max(1, size),
            float(spans.commas[index]),
            float(quote > 0),
            float(quote < 0),
            float(bool(known) and side.key(first, last) in known),
            missed[index],
            0.0,
            *side.shape(first, last),
            0.0,
            0.0,
        )
        finds.append(
            Find(bead.english[first].start, bead.english[last - 1].end, form, np.array(evidence))
        )
    return finds


@functools.lru_cache(maxsize=1 << 14)
def _gloss_keys(chinese: str) -> frozenset[str]:
    """Return what the dictionary's glosses of a Chinese word look like as phrases."""
    return frozenset(phrase_key(gloss.removeprefix("to ")) for gloss in glosses(chinese))


def _between(words: Sequence[Word], start: int, end: int) -> str:
    return "".join(
        word.text[max(0, start - word.start) : end - word.start]
        for word in words
        if word.start < end and word.end > start
    )


def _inside(mass: NDArray[np.floating], spans: EnglishSpans) -> FloatArray:
    total = np.concatenate([[0.0], np.cumsum(mass, dtype=np.float64)])
    inside: FloatArray = total[spans.last] - total[spans.first]
    return inside


def _quotation(quotations: Sequence[tuple[int, int]], first: int, last: int) -> int:
    """Return 1 for a whole quotation, -1 for a part of one, else 0."""
    if (first, last) in quotations:
        return 1
    return -any(start <= first and last <= end for start, end in quotations)


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


def _expected_words(bead: BeadWords, start: int, end: int) -> float:
    """Return how many English words of meaning a Chinese stretch should take: one for two."""
    return sum(
        float(bead.content_zh[index]) if word.text.isascii() else len(word.text) / 2
        for index, word in enumerate(bead.chinese)
        if word.start >= start and word.end <= end
    )
