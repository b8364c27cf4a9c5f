"""Compare English renditions of one text: the formulations in which they differ.

Words of the two texts are linked (``english_links``), whole phrases that stand for each other are
weighed (``differences``) and those to list are chosen (``difference_choice``). Here the texts come
in and the choice goes out as concepts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from glossary.encoders import Encoder, e5_available, token_encoder
from glossary.harvest.citation import citation_form
from glossary.harvest.difference_choice import choose_differences
from glossary.harvest.differences import Difference, find_differences
from glossary.harvest.english_links import link_english
from glossary.harvest.english_sides import EnglishSide, read_sides
from glossary.harvest.result import Harvest, HarvestOptions
from glossary.harvest.status import rank_terms
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Bitext,
    Concept,
    ConceptKind,
    Score,
    Segment,
    Source,
    Term,
    TermType,
    concept_id,
)

__all__ = ["METHOD", "harvest_renditions"]

METHOD = "rendition-comparison/3"
#: A reader's list: more differences than this are noise in a text of some thousand words.
_MOST_CONCEPTS = 400
# Neighbouring beads without a counterpart are compared with each other if they are as short.
_MOST_SEGMENTS = 4

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Window:
    """Segments of both renditions to be compared, and the bead that they are said to stand in."""

    bead: int
    first: tuple[Segment, ...]
    second: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A place of a difference; ``extent``: it stands there longer or shorter than it is listed."""

    rendition: int
    bead: int
    keys: tuple[str, str]
    first: tuple[Segment, _Span]
    second: tuple[Segment, _Span]
    score: float
    extent: bool


def harvest_renditions(bitext: Bitext, encoder: Encoder, options: HarvestOptions) -> Harvest:
    """Return the formulations in which English renditions differ, most telling first."""
    most = min(options.max_concepts or _MOST_CONCEPTS, _MOST_CONCEPTS)
    tokens = token_encoder() if e5_available() else None
    looked_at = 0
    by_key: dict[str, list[_Found]] = defaultdict(list)
    for rendition in range(1, len(bitext.documents)):
        windows = _windows(bitext, rendition)
        sides = read_sides([group for w in windows for group in (w.first, w.second)], encoder)
        pairs = list(zip(sides[::2], sides[1::2], strict=True))
        if not pairs:
            continue
        differences = find_differences(pairs, link_english(pairs, encoder, tokens), encoder)
        looked_at += len(differences)
        for one in choose_differences(differences, most):
            by_key[one.keys[0]] += [
                _placed(place, score, windows, pairs, rendition, extent=extent)
                for places, score, extent in (
                    (one.places, one.score, False),
                    *((places, places[0].score, True) for places in one.extents.values()),
                )
                for place in places
            ]
    concepts = sorted(
        (_concept(bitext, key, group) for key, group in by_key.items()),
        key=lambda concept: (-(concept.score.value if concept.score else 0.0), concept.head),
    )[:most]
    return Harvest(
        concepts=tuple(concepts),
        candidates=looked_at,
        clusters=sum(len(concept.terms) > 2 for concept in concepts),
        signature=f"harvest:{METHOD}|{encoder.name}{f'+{tokens.name}' if tokens else ''}",
    )


def _windows(bitext: Bitext, rendition: int) -> list[_Window]:
    """Return the beads with both sides, and the runs of one-sided ones that may belong together.

    Where the aligner leaves neighbours on both sides without a counterpart, they often render each
    other after all, only too freely for a bead.
    """
    windows: list[_Window] = []
    run: list[int] = []

    def close() -> None:
        first = tuple(s for n in run for s in bitext.segments(bitext.beads[n], 0))
        second = tuple(s for n in run for s in bitext.segments(bitext.beads[n], rendition))
        if first and second and max(len(first), len(second)) <= _MOST_SEGMENTS:
            windows.append(
                _Window(next(n for n in run if bitext.beads[n].members[0]), first, second)
            )
        run.clear()

    for number, bead in enumerate(bitext.beads):
        first, second = bitext.segments(bead, 0), bitext.segments(bead, rendition)
        if first and second:
            close()
            windows.append(_Window(number, first, second))
        elif first or second:
            run.append(number)
    close()
    return windows


def _placed(
    difference: Difference,
    score: float,
    windows: Sequence[_Window],
    pairs: Sequence[tuple[EnglishSide, EnglishSide]],
    rendition: int,
    *,
    extent: bool,
) -> _Found:
    first, second = pairs[difference.pair]
    return _Found(
        rendition,
        windows[difference.pair].bead,
        difference.keys,
        first.place(*difference.first),
        second.place(*difference.second),
        score,
        extent,
    )


def _concept(bitext: Bitext, key: str, group: Sequence[_Found]) -> Concept:
    """Return the concept of a formulation of the first rendition and what competes with it.

    Its longer and shorter extents stand behind, as variants.
    """
    by_phrase: dict[tuple[int, str], list[_Found]] = defaultdict(list)
    for found in group:
        by_phrase[0, found.keys[0]].append(found)
        by_phrase[found.rendition, found.keys[1]].append(found)
    sources = [document.source for document in bitext.documents]
    listed: tuple[list[Term], list[Term]] = ([], [])
    for (number, _), some in by_phrase.items():
        places = [(found.bead, found.second if number else found.first) for found in some]
        listed[all(found.extent for found in some)].append(
            _term(bitext, places, sources[number], some)
        )
    return Concept(
        id=concept_id(key),
        terms=(
            *rank_terms(listed[False], sources),
            *(_as_variant(term) for term in rank_terms(listed[True], sources)),
        ),
        kind=ConceptKind.PHRASE,
        score=Score(round(max(found.score for found in group if not found.extent), 4), METHOD),
    )


def _as_variant(term: Term) -> Term:
    status = term.status
    if status is AdministrativeStatus.PREFERRED:
        status = AdministrativeStatus.ADMITTED
    return replace(term, status=status, term_type=TermType.VARIANT)


def _term(
    bitext: Bitext,
    places: Sequence[tuple[int, tuple[Segment, _Span]]],
    source: Source,
    group: Sequence[_Found],
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
            for bead, (segment, span) in sorted(
                places, key=lambda place: (place[0], place[1][0].index, place[1][1])
            )
        )
    )
    forms = Counter(citation_form(a.surface, sentence_start=a.span[0] == 0) for a in attestations)
    return Term(
        text=max(forms, key=lambda form: (forms[form], -len(form), form)),
        language="en",
        authority=source.authority,
        attestations=attestations,
        valid_from=source.date,
        score=Score(round(float(np.mean([found.score for found in group])), 4), METHOD),
    )
