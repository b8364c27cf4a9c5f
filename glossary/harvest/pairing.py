"""Pair Chinese candidates with what renders them in each bead of each rendition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossary.encoders import Encoder
from glossary.harvest.candidates_zh import Candidate, Place
from glossary.harvest.citation import phrase_key, trim_phrase
from glossary.harvest.known import KnownFormulations, known_stretches
from glossary.harvest.spans import Rendering, SpanWeights, find_renderings
from glossary.harvest.wordlinks import LinkWeights, bead_words, link_words
from glossary.model import Bitext, ConceptKind, Segment

__all__ = [
    "PHRASE_LINKS",
    "Mention",
    "Option",
    "Pair",
    "agree",
    "make_option",
    "pair_candidates",
    "place_in",
    "score_options",
]

# Links for phrases: softer than those that are cut into hard word links, and nearly every word is
# linked, so that "ownership" in "public ownership" belongs to some Chinese word.
PHRASE_LINKS = LinkWeights(sharpness=6.0, association=2.0, nothing=-0.1, rounds=3, fertile=True)
# A runner-up may replace a stretch that another candidate took if it is nearly as good.
_RUNNER_UP = 0.75
# A known rendering that stands in the bead is hardly ever something else.
_KNOWN = 0.85

_Places = dict[int, list[tuple[Candidate, Place]]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One place of a candidate and its rendering in one rendition.

    Attributes:
        key: the candidate's normal form.
        rendition: index of the document in the bitext.
        bead: index of the bead.
        chinese, english: the segments.
        chinese_span, english_span: characters ``[start, end)`` in these segments.
        phrase: what surface variants of the rendering share.
        score: how surely it is the rendering, in ``[0, 1]``.
        evidence: (kind, value) of what the score was made from.
    """

    key: str
    rendition: int
    bead: int
    chinese: Segment
    chinese_span: tuple[int, int]
    english: Segment
    english_span: tuple[int, int]
    phrase: str
    score: float
    evidence: tuple[tuple[str, float], ...]


@dataclass(slots=True)
class Option:
    """A possible rendering of a mention; ``phrase`` is what its surface variants share."""

    rendering: Rendering
    surface: str
    phrase: str
    similarity: float = 0.0
    agreement: float = 0.0
    score: float = 0.0
    known: bool = False


@dataclass(slots=True)
class Mention:
    """One place of a candidate and what may render it there.

    Attributes:
        key: text of the candidate, as its vector is taken from.
        segment, span: where it stands.
        stretch: the same place in the text of its bead.
        verbal: whether it is a verb phrase rather than a noun phrase.
        faults: signs that it is no whole phrase, where it is English.
    """

    key: str
    segment: Segment
    span: tuple[int, int]
    stretch: tuple[int, int]
    bead: int
    options: list[Option]
    verbal: bool = False
    faults: int = 0


def pair_candidates(
    bitext: Bitext,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    weights: SpanWeights,
    known: KnownFormulations,
) -> Iterator[Pair]:
    """Yield the pairs of all renditions; candidates' places are (segment, start, end)."""
    by_segment: _Places = defaultdict(list)
    for candidate in candidates:
        for place in candidate.places:
            by_segment[place.text].append((candidate, place))
    for rendition in range(1, len(bitext.documents)):
        yield from _pair_rendition(bitext, rendition, by_segment, encoder, weights, known=known)


def _pair_rendition(
    bitext: Bitext,
    rendition: int,
    by_segment: _Places,
    encoder: Encoder,
    weights: SpanWeights,
    *,
    known: KnownFormulations,
) -> Iterator[Pair]:
    numbers = [
        number
        for number, bead in enumerate(bitext.beads)
        if bead.members[0] and bead.members[rendition]
    ]
    if not numbers:
        return
    texts = [
        (bitext.text(bitext.beads[n], 0), bitext.text(bitext.beads[n], rendition)) for n in numbers
    ]
    beads = bead_words(texts, encoder)
    link_words(beads, encoder, PHRASE_LINKS)
    mentions: list[Mention] = []
    for number, words, (_, english) in zip(numbers, beads, texts, strict=True):
        here = list(_mentions(bitext, number, by_segment))
        found = find_renderings(
            words,
            [mention.stretch for mention in here],
            encoder,
            weights,
            [mention.verbal for mention in here],
        )
        for mention, renderings in zip(here, found, strict=True):
            mention.options = [make_option(rendering, english) for rendering in renderings]
            _add_known(mention, english, known.get(mention.key, ()))
        mentions += here
    score_options(mentions, encoder, weights)
    agree(mentions, weights)
    for mention in mentions:
        _trust_known(mention)
    by_bead: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_bead[mention.bead].append(mention)
    for number, here in by_bead.items():
        segments = bitext.segments(bitext.beads[number], rendition)
        for mention, option in _exclude(here):
            placed = place_in(segments, option.rendering)
            if placed is None:
                continue
            segment, span = placed
            yield Pair(
                mention.key,
                rendition,
                number,
                mention.segment,
                mention.span,
                segment,
                span,
                option.phrase,
                min(1.0, max(0.0, option.score)),
                (
                    ("links", option.rendering.links),
                    ("context", option.rendering.context),
                    ("phrase", option.similarity),
                    ("agreement", option.agreement),
                ),
            )


def _add_known(mention: Mention, english: str, renderings: Sequence[str]) -> None:
    """Mark the options that are known renderings, and add those that were not among the options."""
    for start, end in known_stretches(english, renderings):
        same = [
            option
            for option in mention.options
            if trim_phrase(english, option.rendering.start, option.rendering.end)
            == trim_phrase(english, start, end)
        ]
        if not same:
            same = [make_option(Rendering(start, end, 0.0, 0.0, 0.0), english)]
            mention.options += same
        for option in same:
            option.known = True


def _trust_known(mention: Mention) -> None:
    """Put known renderings first; among them the longer, then the better proven one."""
    for option in mention.options:
        if option.known:
            option.score = _KNOWN + (1 - _KNOWN) * max(0.0, min(1.0, option.score))
    mention.options.sort(
        key=lambda option: (
            not option.known,
            (option.rendering.start - option.rendering.end) * option.known,
            -option.score,
        )
    )


def make_option(rendering: Rendering, english: str) -> Option:
    """Return the option that a rendering is, its determiners trimmed."""
    start, end = trim_phrase(english, rendering.start, rendering.end)
    surface = english[start:end]
    return Option(rendering, surface, phrase_key(surface))


def _mentions(bitext: Bitext, number: int, by_segment: _Places) -> Iterator[Mention]:
    offset = 0
    for segment in bitext.segments(bitext.beads[number], 0):
        for candidate, place in by_segment.get(segment.index, ()):
            yield Mention(
                candidate.key,
                segment,
                (place.start, place.end),
                (place.start + offset, place.end + offset),
                number,
                [],
                candidate.kind is ConceptKind.PHRASE,
            )
        offset += len(segment.text)


def score_options(mentions: Sequence[Mention], encoder: Encoder, weights: SpanWeights) -> None:
    """Compare candidates and phrases as such, by vectors outside their sentences."""
    keys = list(dict.fromkeys(mention.key for mention in mentions if mention.options))
    surfaces = list(dict.fromkeys(o.surface for mention in mentions for o in mention.options))
    if not keys:
        return
    chinese = dict(zip(keys, encoder.encode(keys), strict=True))
    english = dict(zip(surfaces, encoder.encode(surfaces), strict=True))
    for mention in mentions:
        for option in mention.options:
            option.similarity = float(english[option.surface] @ chinese[mention.key])
            option.score = (
                weights.links * option.rendering.links
                + weights.context * option.rendering.context
                + weights.phrase * option.similarity
                - option.rendering.cost
            ) / weights.total


def agree(mentions: Iterable[Mention], weights: SpanWeights) -> None:
    """Raise the renderings that the places of a candidate agree on, and sort the options."""
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[mention.key].append(mention)
    for group in by_key.values():
        support: dict[str, float] = defaultdict(float)
        for mention in group:
            best: dict[str, float] = {}
            for option in mention.options:
                best[option.phrase] = max(best.get(option.phrase, 0.0), option.score)
            for phrase, score in best.items():
                support[phrase] += score
        trust = weights.agreement * (1 - 1 / len(group))
        for mention in group:
            for option in mention.options:
                option.agreement = support[option.phrase] / len(group)
                option.score = (option.score + trust * option.agreement) / (1 + trust)
            mention.options.sort(key=lambda option: -option.score)


def _exclude(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Option]]:
    """Let no two candidates of a bead claim the same English words unless one holds the other."""
    taken: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for mention in sorted(
        (mention for mention in mentions if mention.options),
        key=lambda m: (-m.options[0].score, m.stretch[0] - m.stretch[1], m.stretch),
    ):
        best = mention.options[0].score
        for option in mention.options:
            if option.score < _RUNNER_UP * best:
                break
            stretch = (option.rendering.start, option.rendering.end)
            if all(_compatible(mention.stretch, stretch, *other) for other in taken):
                taken.append((mention.stretch, stretch))
                yield mention, option
                break


def _compatible(
    chinese: tuple[int, int],
    english: tuple[int, int],
    other_chinese: tuple[int, int],
    other_english: tuple[int, int],
) -> bool:
    if english[0] >= other_english[1] or other_english[0] >= english[1]:
        return True
    if chinese[0] >= other_chinese[1] or other_chinese[0] >= chinese[1]:
        return False
    if chinese == other_chinese:
        return True
    # Nested Chinese needs nested English, and a smaller part may not claim the whole.
    inner = chinese[0] >= other_chinese[0] and chinese[1] <= other_chinese[1]
    outer = chinese[0] <= other_chinese[0] and chinese[1] >= other_chinese[1]
    if inner:
        return english != other_english and (
            english[0] >= other_english[0] and english[1] <= other_english[1]
        )
    if outer:
        return english != other_english and (
            english[0] <= other_english[0] and english[1] >= other_english[1]
        )
    return True


def place_in(
    segments: Sequence[Segment], rendering: Rendering
) -> tuple[Segment, tuple[int, int]] | None:
    """Return the segment that holds the rendering, and where; None if it crosses two."""
    offset = 0
    for segment in segments:
        if offset <= rendering.start and rendering.end <= offset + len(segment.text):
            span = trim_phrase(segment.text, rendering.start - offset, rendering.end - offset)
            return segment, span
        offset += len(segment.text) + 1
    return None
