"""What is done to each stretch of a corpus: pure functions, so that any machine may run them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from glossary.build.corpus.reading import Pair, Sentences
from glossary.encoders import Encoder
from glossary.harvest import HarvestOptions, harvest
from glossary.harvest.candidates_zh import chinese_candidates
from glossary.harvest.known import KnownFormulations, with_known
from glossary.model import Attestation, Bead, Bitext, Concept, Document, Segment, Source

__all__ = ["candidate_keys", "harvest_pairs", "warm_up"]

# A list made of a corpus is sifted by its scores, and what only stands inside a longer term here
# may stand alone in another stretch, so both kinds of doubt lower the score and drop nothing.
_OPTIONS = HarvestOptions(
    min_score=0.42,
    doubtful_score=0.2,
    min_worth=0.002,
    min_run_worth=0.002,
    part_weight=0.5,
    join_forms=False,
)
# Least termhood × unithood of a candidate that is counted: words that only stand side by side, once
# in a stretch of 5,000 pairs, are not. They are most of what there is, and hardly ever terms.
_COUNTED = 0.2


def candidate_keys(
    texts: Sequence[str], known: KnownFormulations
) -> tuple[list[list[str]], dict[str, float]]:
    """Return for each Chinese text the candidates in it, and how likely each is to be a term.

    Args:
        texts: termhood and unithood, whose product is that likelihood, are judged over all of them.
        known: what a glossary has already.
    """
    keys: list[list[str]] = [[] for _ in texts]
    likely: dict[str, float] = {}
    for candidate in with_known(chinese_candidates(texts), texts, known):
        value = candidate.termhood * candidate.unithood
        if value >= _COUNTED:
            likely[candidate.key] = value
            for number in dict.fromkeys(place.text for place in candidate.places):
                keys[number].append(candidate.key)
    return keys, likely


def harvest_pairs(
    sources: tuple[Source, Source],
    pairs: Sequence[Pair],
    known: KnownFormulations,
    encoder: Encoder,
    asked: frozenset[str] | None = None,
) -> list[Concept]:
    """Return the concepts of some pairs of a text, with the numbers that the whole text has.

    Args:
        sources: of the text and its rendition.
        pairs: aligned segments, with their numbers.
        known: what a glossary has already.
        encoder: gives the vectors.
        asked: the candidates that concepts are made of; None for all.
    """
    chinese = _document(sources[0], [pair.chinese for pair in pairs])
    english = _document(sources[1], [pair.english for pair in pairs])
    left = _members([pair.chinese for pair in pairs])
    right = _members([pair.english for pair in pairs])
    bitext = Bitext(
        f"{sources[0].id}+{sources[1].id}",
        (chinese, english),
        tuple(Bead(members, 1.0) for members in zip(left, right, strict=True)),
        "given",
    )
    found = harvest(
        bitext, encoder=encoder, known=known, options=dataclasses.replace(_OPTIONS, heads=asked)
    )
    places = {
        source.id: [index for side in sides for index, _ in side]
        for source, sides in (
            (sources[0], [pair.chinese for pair in pairs]),
            (sources[1], [pair.english for pair in pairs]),
        )
    }
    beads = {f"{bitext.id}#{n}": f"{bitext.id}#{pair.number}" for n, pair in enumerate(pairs)}

    def placed(attestation: Attestation) -> Attestation:
        return dataclasses.replace(
            attestation,
            segment=places[attestation.source_id][attestation.segment],
            bead=beads.get(attestation.bead, ""),
        )

    return [
        dataclasses.replace(
            concept,
            terms=tuple(
                dataclasses.replace(term, attestations=tuple(map(placed, term.attestations)))
                for term in concept.terms
            ),
        )
        for concept in found.concepts
    ]


def warm_up(encoder: Encoder) -> None:
    """Load the dictionaries and tables that reading needs, for the processes forked from this."""
    sources = Source("warm.zh", language="zh-Hans"), Source("warm.en", language="en")
    pair = Pair(0, ((0, "加快建设网络强国。"),), ((0, "Build a strong cyber country faster."),))
    harvest_pairs(sources, [pair], {}, encoder)


def _document(source: Source, sides: Sequence[Sentences]) -> Document:
    segments: list[Segment] = []
    position = 0
    for paragraph, side in enumerate(sides):
        for _, text in side:
            span = (position, position + len(text))
            segments.append(Segment(source.id, len(segments), text, span, paragraph))
            position = span[1] + 1
    return Document(source, "\n".join(segment.text for segment in segments), tuple(segments))


def _members(sides: Sequence[Sentences]) -> list[tuple[int, ...]]:
    members = []
    first = 0
    for side in sides:
        members.append(tuple(range(first, first + len(side))))
        first += len(side)
    return members
