"""Harvest a Chinese text and its renditions."""

from __future__ import annotations

from glossary.encoders import Encoder
from glossary.harvest.candidates_zh import chinese_candidates
from glossary.harvest.chinese_forms import join_forms
from glossary.harvest.concepts import METHOD, make_concepts
from glossary.harvest.known import KnownFormulations, with_known
from glossary.harvest.pairing import Pair, pair_candidates
from glossary.harvest.result import Harvest, HarvestOptions, Unsure
from glossary.model import Bitext

__all__ = ["harvest_bilingual"]


def harvest_bilingual(
    bitext: Bitext, encoder: Encoder, options: HarvestOptions, known: KnownFormulations
) -> Harvest:
    """Return the concepts of a bitext whose pivot is Chinese."""
    texts = [segment.text for segment in bitext.documents[0].segments]
    candidates = with_known(chinese_candidates(texts), texts, known)
    if options.heads is not None:
        candidates = [candidate for candidate in candidates if candidate.key in options.heads]
    pairs = list(pair_candidates(bitext, candidates, encoder, known, share=options.part_weight > 0))
    concepts = make_concepts(bitext, candidates, pairs, options)
    if options.join_forms:
        concepts = join_forms(concepts, [document.source for document in bitext.documents])
    return Harvest(
        concepts=tuple(concepts),
        candidates=len(candidates),
        clusters=sum(len(concept.renderings()) > 1 for concept in concepts),
        signature=f"harvest:{METHOD}|{encoder.name}",
        unsure=tuple(
            _unsure(bitext, pair)
            for pair in pairs
            if not pair.free or pair.score < options.min_score
        ),
    )


def _unsure(bitext: Bitext, pair: Pair) -> Unsure:
    start, end = pair.english_span
    return Unsure(
        bitext.documents[pair.rendition].source.id,
        pair.chinese.index,
        pair.chinese_span,
        pair.english.text[start:end],
        pair.score,
    )
