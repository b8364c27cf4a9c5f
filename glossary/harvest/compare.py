"""Compare English renditions of one text: the formulations in which they differ.

The search is that of a Chinese text and its rendition, with the first rendition in the place of the
Chinese: its phrases are looked for in the others. A phrase that stands there too, in whatever
surface form, is agreement; one that only has a counterpart is a difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from glossary.encoders import Encoder
from glossary.harvest.citation import citation_form, phrase_key, trim_phrase
from glossary.harvest.pairing import (
    PHRASE_LINKS,
    Mention,
    Option,
    agree,
    make_option,
    place_in,
    score_options,
)
from glossary.harvest.phrases_en import faults
from glossary.harvest.result import Harvest, HarvestOptions
from glossary.harvest.spans import SpanWeights, english_spans, find_renderings
from glossary.harvest.status import rank_terms
from glossary.harvest.wordlinks import BeadWords, bead_words, link_words
from glossary.language.frequency import zipf
from glossary.language.stems import english_stem
from glossary.language.words import ENGLISH_FUNCTION_WORDS, english_words, is_function_word
from glossary.model import (
    Attestation,
    Bitext,
    Concept,
    ConceptKind,
    Score,
    Segment,
    Source,
    Term,
    concept_id,
)

__all__ = ["METHOD", "harvest_renditions"]

METHOD = "rendition-comparison/1"
#: A reader's list: more differences than this are noise in a text of some thousand words.
_MOST_CONCEPTS = 400
_MAX_WORDS = 7
_MAX_MEANING = 5
# What a phrase of one, two, … words of meaning counts: a reader wants formulations, not synonyms.
_SIZE = (0.75, 1.0, 1.0, 0.95, 0.9)
# Formulations that differ may be unlike as phrases: their place in the sentence says more.
_WEIGHTS = SpanWeights(phrase=0.6)
_LEAST = 0.3
# What each sign that a phrase of the first rendition is no whole one takes.
_CUT = 0.1
# The words that the two formulations share take this much of the interest away, at most.
_SHARED = 0.45
# What a writer puts in quotation marks is a formulation: worth listing even where the other text
# paraphrases it and the vectors see little. Set by hand.
_QUOTED = 0.3


@dataclass(frozen=True, slots=True)
class _Difference:
    """Two formulations in one bead."""

    key: str
    rendition: int
    bead: int
    first: tuple[Segment, tuple[int, int]]
    second: tuple[Segment, tuple[int, int]]
    phrase: str
    score: float


def harvest_renditions(bitext: Bitext, encoder: Encoder, options: HarvestOptions) -> Harvest:
    """Return the formulations in which English renditions differ, most telling first."""
    looked_at = 0
    differences: list[_Difference] = []
    for rendition in range(1, len(bitext.documents)):
        number, found = _differences(bitext, rendition, encoder, _WEIGHTS)
        looked_at += number
        differences += found
    by_key: dict[str, list[_Difference]] = defaultdict(list)
    for difference in differences:
        if difference.score >= _LEAST:
            by_key[difference.key].append(difference)
    concepts = sorted(
        (_concept(bitext, key, group) for key, group in by_key.items()),
        key=lambda concept: (-(concept.score.value if concept.score else 0.0), concept.head),
    )[: min(options.max_concepts or _MOST_CONCEPTS, _MOST_CONCEPTS)]
    return Harvest(
        concepts=tuple(concepts),
        candidates=looked_at,
        clusters=sum(len(concept.terms) > 2 for concept in concepts),
        signature=f"harvest:{METHOD}|{encoder.name}",
    )


def _differences(
    bitext: Bitext, rendition: int, encoder: Encoder, weights: SpanWeights
) -> tuple[int, list[_Difference]]:
    """Return how many phrases were looked for in a rendition, and the differences found."""
    numbers = [
        n for n, bead in enumerate(bitext.beads) if bead.members[0] and bead.members[rendition]
    ]
    texts = [
        (bitext.text(bitext.beads[n], 0), bitext.text(bitext.beads[n], rendition)) for n in numbers
    ]
    if not texts:
        return 0, []
    beads = bead_words(texts, encoder, chinese=False)
    link_words(beads, encoder, PHRASE_LINKS)
    by_bead: list[list[Mention]] = []
    for number, words, (first, second) in zip(numbers, beads, texts, strict=True):
        here = list(_phrases(bitext, number, words, first, second))
        found = find_renderings(words, [mention.stretch for mention in here], encoder, weights)
        for mention, renderings in zip(here, found, strict=True):
            mention.options = [make_option(rendering, second) for rendering in renderings]
        by_bead.append(here)
    everything = [mention for here in by_bead for mention in here]
    score_options(everything, encoder, weights)
    agree(everything, weights)
    differences: list[_Difference] = []
    for number, here in zip(numbers, by_bead, strict=True):
        segments = bitext.segments(bitext.beads[number], rendition)
        for mention, option, score in _choose(here):
            placed = place_in(segments, option.rendering)
            if placed is not None:
                differences.append(
                    _Difference(
                        phrase_key(mention.key),
                        rendition,
                        number,
                        (mention.segment, mention.span),
                        placed,
                        option.phrase,
                        score,
                    )
                )
    return len(everything), differences


def _phrases(
    bitext: Bitext, number: int, words: BeadWords, first: str, second: str
) -> Iterator[Mention]:
    """Yield the phrases of the first text that the second one does not have as such."""
    other = f" {phrase_key(second)} "
    spans = english_spans(words.chinese, words.content_zh)
    segments = bitext.segments(bitext.beads[number], 0)
    for start, end, commas in zip(spans.first, spans.last, spans.commas, strict=True):
        meaning = int(words.content_zh[start:end].sum())
        if commas or end - start > _MAX_WORDS or not 1 <= meaning <= _MAX_MEANING:
            continue
        stretch = trim_phrase(first, words.chinese[start].start, words.chinese[end - 1].end)
        surface = first[slice(*stretch)]
        if f" {phrase_key(surface)} " in other or (meaning == 1 and _common(surface)):
            continue
        offset = 0
        for segment in segments:
            if offset <= stretch[0] and stretch[1] <= offset + len(segment.text):
                span = (stretch[0] - offset, stretch[1] - offset)
                clausal, cut = faults(words.chinese, start, end, verbal=False)
                yield Mention(surface, segment, span, stretch, number, [], faults=clausal + cut)
                break
            offset += len(segment.text) + 1


def _common(surface: str) -> bool:
    return all(zipf(word.text.lower(), "en") > 4.3 for word in english_words(surface))


def _choose(mentions: Sequence[Mention]) -> list[tuple[Mention, Option, float]]:
    """Return the bead's differences, best first; they nest on both sides or keep apart."""
    options = []
    for mention in mentions:
        for option in mention.options[:2]:
            shared = _shared(mention.key, option.surface)
            if shared < 1:
                score = option.score * (1 - _SHARED * shared) - _CUT * mention.faults
                score *= _SIZE[min(_meaning(mention.key), len(_SIZE)) - 1]
                score += _QUOTED * _is_quotation(mention.segment.text, *mention.span)
                options.append((score, mention, option))
    options.sort(key=lambda item: (-item[0], item[1].stretch))
    chosen: list[tuple[Mention, Option, float]] = []
    for score, mention, option in options:
        span = (option.rendering.start, option.rendering.end)
        if all(
            _apart(
                mention.stretch, other.stretch, span, (taken.rendering.start, taken.rendering.end)
            )
            for other, taken, _ in chosen
        ):
            chosen.append((mention, option, min(1.0, max(0.0, score))))
    return chosen


def _is_quotation(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in set('“"') and text[end : end + 1] in set('”"')


def _meaning(phrase: str) -> int:
    """Return the number of words of meaning in a phrase, at least 1."""
    words = [word.text for word in english_words(phrase) if word.text[0].isalnum()]
    return max(1, sum(not is_function_word(word) for word in words))


def _apart(
    first: tuple[int, int],
    other_first: tuple[int, int],
    second: tuple[int, int],
    other_second: tuple[int, int],
) -> bool:
    """Whether two differences are about other words, or one is a part of the other."""
    left, right = _relation(first, other_first), _relation(second, other_second)
    return left == right and left != "across"


def _relation(span: tuple[int, int], other: tuple[int, int]) -> str:
    if not _overlap(span, other):
        return "apart"
    if span == other:
        return "across"
    # A part is worth an entry of its own if it is a good deal shorter.
    if other[0] <= span[0] and span[1] <= other[1]:
        return "inside" if 2 * (span[1] - span[0]) <= other[1] - other[0] else "across"
    if span[0] <= other[0] and other[1] <= span[1]:
        return "around" if 2 * (other[1] - other[0]) <= span[1] - span[0] else "across"
    return "across"


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _shared(first: str, second: str) -> float:
    """Return the Dice coefficient of two phrases' stems of meaning; 1 if they are the same."""
    left, right = (
        Counter(
            english_stem(word.text.lower())
            for word in english_words(phrase)
            if word.text[0].isalnum() and word.text.lower() not in ENGLISH_FUNCTION_WORDS
        )
        for phrase in (first, second)
    )
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def _concept(bitext: Bitext, key: str, group: Sequence[_Difference]) -> Concept:
    """Return the concept of a formulation of the first rendition and what competes with it."""
    own = _term(bitext, [(d.bead, d.first) for d in group], bitext.documents[0].source, group)
    by_phrase: dict[tuple[int, str], list[_Difference]] = defaultdict(list)
    for difference in group:
        by_phrase[difference.rendition, difference.phrase].append(difference)
    others = [
        _term(
            bitext,
            [(d.bead, d.second) for d in some],
            bitext.documents[rendition].source,
            some,
        )
        for (rendition, _), some in by_phrase.items()
    ]
    value = max(difference.score for difference in group) * (1 + 0.05 * float(np.log2(len(group))))
    return Concept(
        id=concept_id(key),
        terms=rank_terms([own, *others], [document.source for document in bitext.documents]),
        kind=ConceptKind.PHRASE,
        score=Score(round(min(1.0, value), 4), METHOD),
    )


def _term(
    bitext: Bitext,
    places: Sequence[tuple[int, tuple[Segment, tuple[int, int]]]],
    source: Source,
    group: Sequence[_Difference],
) -> Term:
    attestations = tuple(
        dict.fromkeys(
            Attestation(
                segment.source_id,
                segment.index,
                span,
                segment.text[slice(*span)],
                segment.text,
                f"{bitext.id}#{bead}",
            )
            for bead, (segment, span) in places
        )
    )
    forms = Counter(citation_form(a.surface, sentence_start=a.span[0] == 0) for a in attestations)
    return Term(
        text=max(forms, key=lambda form: (forms[form], -len(form), form)),
        language="en",
        authority=source.authority,
        attestations=attestations,
        valid_from=source.date,
        score=Score(round(sum(d.score for d in group) / len(group), 4), METHOD),
    )
