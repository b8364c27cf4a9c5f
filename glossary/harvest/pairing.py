"""Pair Chinese candidates with what renders them in each bead of each rendition."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from glossary.encoders import Encoder, WordwiseEncoder, tokens_of
from glossary.harvest.abbreviations import in_brackets_behind
from glossary.harvest.bead_words import bead_words
from glossary.harvest.candidates_zh import Candidate, Place
from glossary.harvest.certainty import Model, certainties, learned_model
from glossary.harvest.chinese_forms import shortens
from glossary.harvest.citation import phrase_key, trim_phrase
from glossary.harvest.exclusion import exclude
from glossary.harvest.introductions import introducing_bracket
from glossary.harvest.known import KnownFormulations, known_stretches
from glossary.harvest.link_weights import LinkWeights
from glossary.harvest.mentions import Mention, Option
from glossary.harvest.ranking import Weights, kind_of, learned, shares, thinned
from glossary.harvest.search import EVIDENCE, Find, search_bead
from glossary.harvest.wordlinks import link_words
from glossary.model import Bitext, Segment

__all__ = [
    "DEEP_PHRASE_LINKS",
    "PHRASE_LINKS",
    "Pair",
    "agree",
    "compare_phrases",
    "find_mentions",
    "pair_candidates",
    "place_in",
    "rank_options",
]

# Links for phrases: softer than those that are cut into hard word links, and nearly every word is
# linked, so that "ownership" in "public ownership" belongs to some Chinese word.
PHRASE_LINKS = LinkWeights(
    association=2.0,
    position=0.8,
    neighbours=0.0,
    sharpness=6.0,
    nothing=-0.1,
    unlike=0.1,
    marks=0.1,
    fertile=True,
)
#: The same where the token-level encoder speaks too.
DEEP_PHRASE_LINKS = dataclasses.replace(
    PHRASE_LINKS, context=0.4, deep=1.5, static=0.2, dictionary=0.2, sharpness=5.0
)
#: The same where words are all that the encoder looks at. How much the words' own vectors count
#: matters little there: of 487 listed terms of 1,000 pairs of an annual report .5 finds .663, 1.0
#: .674, 1.4 .678 and 2.5 .684.
WORD_PHRASE_LINKS = dataclasses.replace(PHRASE_LINKS, context=0.0, static=1.4)
# A known rendering that stands in the bead is hardly ever something else.
_KNOWN = 0.85
# Unless a stretch around it is so sure, and so many times surer.
_WHOLE = 0.3
_CLEARLY = 3.0

# Phrases whose vectors are made at a time: 8 MB, and as much again twice while they are made.
_SURFACES = 1 << 12

_PHRASE = EVIDENCE.index("phrase")
_AGREEMENT = EVIDENCE.index("agreement")
_CUT = [EVIDENCE.index(name) for name in ("cut_left", "cut_right", "joined_left", "joined_right")]
# What a pair shows of its evidence.
_SHOWN = [(name, EVIDENCE.index(name)) for name in ("links", "context", "phrase", "agreement")]

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
        free: whether no other candidate took these words; else it is known only what comes closest.
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
    free: bool = True


def pair_candidates(
    bitext: Bitext,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    known: KnownFormulations,
    *,
    share: bool = False,
    model: Model | None = None,
) -> Iterator[Pair]:
    """Yield the pairs of all renditions.

    Args:
        bitext: aligned documents, Chinese first.
        candidates: their places are (segment, start, end).
        encoder: gives the vectors.
        known: formulations and renderings that a glossary has.
        share: a term and a part of it may both be rendered by one stretch.
        model: what weighs the renderings; by default what was learned for the encoder's evidence.
    """
    for rendition in range(1, len(bitext.documents)):
        mentions = find_mentions(bitext, rendition, candidates, encoder, known)
        rank_options(mentions, encoder, model)
        yield from _pairs(bitext, rendition, mentions, share=share)


def find_mentions(
    bitext: Bitext,
    rendition: int,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    known: KnownFormulations,
    *,
    keep: Callable[[Sequence[Find]], Sequence[Find]] | None = None,
) -> list[Mention]:
    """Return the places of the candidates in aligned beads, each with what may render it.

    Args:
        bitext: aligned documents, Chinese first.
        rendition: index of the English document.
        candidates: their places are (segment, start, end).
        encoder: gives the vectors.
        known: formulations and renderings that a glossary has.
        keep: which finds of a place to look at closely; by default the best of the draft.
    """
    by_segment: _Places = defaultdict(list)
    for candidate in candidates:
        for place in candidate.places:
            by_segment[place.text].append((candidate, place))
    numbers = [
        number
        for number, bead in enumerate(bitext.beads)
        if bead.members[0] and bead.members[rendition]
    ]
    texts = [
        (bitext.text(bitext.beads[n], 0), bitext.text(bitext.beads[n], rendition)) for n in numbers
    ]
    if not texts:
        return []
    tokens = tokens_of(encoder)
    beads = bead_words(texts, encoder, tokens=tokens)
    link_words(beads, encoder, _phrase_links(encoder))
    keep = keep or functools.partial(thinned, weights=learned(kind_of(encoder)))
    mentions: list[Mention] = []
    for number, words, (_, english) in zip(numbers, beads, texts, strict=True):
        here = list(_mentions(bitext, number, by_segment))
        found = search_bead(
            words,
            english,
            [mention.stretch for mention in here],
            [mention.candidate.form for mention in here],
            encoder,
        )
        for mention, finds in zip(here, found, strict=True):
            mention.options = [_option(_alone(find), english) for find in keep(finds)]
            _add_known(mention, finds, english, known.get(mention.key, ()))
        mentions += here
    return mentions


def _phrase_links(encoder: Encoder) -> LinkWeights:
    if isinstance(encoder, WordwiseEncoder):
        return WORD_PHRASE_LINKS
    return DEEP_PHRASE_LINKS if tokens_of(encoder) else PHRASE_LINKS


def _pairs(
    bitext: Bitext, rendition: int, mentions: Sequence[Mention], *, share: bool
) -> Iterator[Pair]:
    by_bead: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_bead[mention.bead].append(mention)
    for number, here in by_bead.items():
        segments = bitext.segments(bitext.beads[number], rendition)
        found = list(_placed(segments, rendition, exclude(here, share=share)))
        yield from found
        yield from _introduced(here, found)


def _placed(
    segments: Sequence[Segment], rendition: int, chosen: Iterable[tuple[Mention, Option, bool]]
) -> Iterator[Pair]:
    """Yield the pairs of a bead with their places in its English segments."""
    for mention, option, free in chosen:
        placed = place_in(segments, option.stretch)
        if placed is None:
            continue
        segment, span = placed
        pair = Pair(
            mention.key,
            rendition,
            mention.bead,
            mention.segment,
            mention.span,
            segment,
            span,
            option.phrase,
            option.score,
            tuple((name, float(option.find.evidence[place])) for name, place in _SHOWN),
            free,
        )
        yield pair
        other = in_brackets_behind(segment.text, *span)
        if other is not None and free:
            phrase = phrase_key(segment.text[slice(*other)])
            yield dataclasses.replace(pair, english_span=other, phrase=phrase)


def _introduced(mentions: Sequence[Mention], pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield for short forms in brackets that nothing else renders what renders their full forms.

    新型农村合作医疗（新农合）, "the new rural cooperative medical scheme".
    """
    free = [pair for pair in pairs if pair.free]
    taken = {(pair.chinese.index, pair.chinese_span) for pair in free}
    for mention in mentions:
        if (mention.segment.index, mention.span) in taken:
            continue
        bracket = introducing_bracket(mention.segment.text, *mention.span)
        full = [
            pair
            for pair in free
            if pair.chinese.index == mention.segment.index
            and pair.chinese_span[1] == bracket
            and shortens(mention.key, pair.key)
        ]
        for pair in full:
            if len(pair.key) == max(len(other.key) for other in full):
                yield dataclasses.replace(pair, key=mention.key, chinese_span=mention.span)


def _alone(find: Find) -> Find:
    """Return a find whose evidence holds no memory for the finds that were not kept."""
    return dataclasses.replace(find, evidence=find.evidence.copy())


def _option(find: Find, english: str) -> Option:
    surface = english[find.start : find.end]
    return Option(find, surface, phrase_key(surface))


def _add_known(
    mention: Mention, finds: Sequence[Find], english: str, renderings: Sequence[str]
) -> None:
    """Mark the options that are known renderings, and add those that were not among them."""
    for place in known_stretches(english, renderings):
        start, end = trim_phrase(english, *place)
        same = [option for option in mention.options if option.stretch == (start, end)]
        if not same:
            there = [find for find in finds if (find.start, find.end) == (start, end)]
            nothing = Find(start, end, mention.candidate.form, np.zeros(len(EVIDENCE)))
            same = [_option(there[0] if there else nothing, english)]
            mention.options += same
        for option in same:
            option.known = True


def _mentions(bitext: Bitext, number: int, by_segment: _Places) -> Iterator[Mention]:
    offset = 0
    for segment in bitext.segments(bitext.beads[number], 0):
        for candidate, place in by_segment.get(segment.index, ()):
            yield Mention(
                candidate,
                segment,
                (place.start, place.end),
                (place.start + offset, place.end + offset),
                number,
                [],
            )
        offset += len(segment.text)


def rank_options(mentions: Sequence[Mention], encoder: Encoder, model: Model | None = None) -> None:
    """Score the options of all places of a rendition, and sort them best first."""
    model = model or learned_model(kind_of(encoder))
    compare_phrases(mentions, encoder)
    agree(mentions, model.weights)
    found = [mention for mention in mentions if mention.options]
    finds = [[option.find for option in mention.options] for mention in found]
    for mention, chances in zip(found, certainties(finds, model), strict=True):
        for option, chance in zip(mention.options, chances, strict=True):
            option.score = float(chance)
        sort_options(mention)


def sort_options(mention: Mention) -> None:
    """Sort the scored options of a place best first, known renderings before others.

    Among known renderings the longer comes first. One that cuts a noun phrase for whose whole the
    evidence speaks far better is only a part of what renders the candidate here: "technological
    revolution" in "scientific and technological revolution"; so is a member of a series.
    """
    for option in mention.options:
        option.known = option.known and not any(
            _is_better_whole(other, option) for other in mention.options
        )
        if option.known:
            option.score = _KNOWN + (1 - _KNOWN) * option.score
    mention.options.sort(
        key=lambda o: (not o.known, (o.stretch[0] - o.stretch[1]) * o.known, -o.score)
    )


def _is_better_whole(whole: Option, part: Option) -> bool:
    holds = whole.stretch[0] <= part.stretch[0] and part.stretch[1] <= whole.stretch[1]
    better = whole.score >= max(_WHOLE, _CLEARLY * part.score)
    cut = part.find.evidence[_CUT].any() and not whole.find.evidence[_CUT].any()
    return bool(holds and better and cut and not whole.known)


def compare_phrases(mentions: Sequence[Mention], encoder: Encoder) -> None:
    """Compare candidates and phrases as such, by vectors outside their sentences."""
    keys = list(dict.fromkeys(mention.key for mention in mentions if mention.options))
    if not keys:
        return
    chinese = dict(zip(keys, encoder.encode(keys), strict=True))
    by_surface: dict[str, list[tuple[str, Find]]] = defaultdict(list)
    for mention in mentions:
        for option in mention.options:
            by_surface[option.surface].append((mention.key, option.find))
    surfaces = iter(by_surface)
    while some := list(itertools.islice(surfaces, _SURFACES)):
        for surface, vector in zip(some, encoder.encode(some), strict=True):
            for key, find in by_surface[surface]:
                find.evidence[_PHRASE] = vector @ chinese[key]


def agree(mentions: Iterable[Mention], weights: Weights) -> None:
    """Set how large a share each option's phrase has in the other places of its candidate."""
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.options:
            by_key[mention.key].append(mention)
    for group in by_key.values():
        if len(group) == 1:
            continue
        own: list[dict[str, float]] = []
        support: dict[str, float] = defaultdict(float)
        for mention in group:
            here: dict[str, float] = defaultdict(float)
            finds = [option.find for option in mention.options]
            for option, share in zip(mention.options, shares(finds, "first", weights), strict=True):
                here[option.phrase] += float(share)
            own.append(here)
            for phrase, share in here.items():
                support[phrase] += share
        for mention, here in zip(group, own, strict=True):
            for option in mention.options:
                others = support[option.phrase] - here[option.phrase]
                option.find.evidence[_AGREEMENT] = others / (len(group) - 1)


def place_in(
    segments: Sequence[Segment], stretch: tuple[int, int]
) -> tuple[Segment, tuple[int, int]] | None:
    """Return the segment that holds a stretch of the bead, and where; None if it crosses two."""
    offset = 0
    for segment in segments:
        if offset <= stretch[0] and stretch[1] <= offset + len(segment.text):
            return segment, (stretch[0] - offset, stretch[1] - offset)
        offset += len(segment.text) + 1
    return None
