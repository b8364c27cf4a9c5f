"""Compare English renditions of one text: the formulations in which they differ.

Words of the two texts are linked, whole phrases that stand for each other are weighed
(``differences``), and of what competes in one bead the best is kept: two differences of a bead lie
apart or one inside the other on both sides. What differs by the same words as an earlier one is
worth less, so that a reader's list does not say one thing ten times.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glossary.encoders import Encoder
from glossary.harvest.citation import citation_form
from glossary.harvest.differences import Difference, find_differences
from glossary.harvest.english_links import link_english
from glossary.harvest.english_sides import EnglishSide, read_sides
from glossary.harvest.result import Harvest, HarvestOptions
from glossary.harvest.status import rank_terms
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

METHOD = "rendition-comparison/2"
#: A reader's list: more differences than this are noise in a text of some thousand words.
_MOST_CONCEPTS = 400
# Below it few pairs in a hundred were on the list that the weights were learned from.
_LEAST = 0.03
# What a difference by the same words as an earlier one is still worth.
_SAME_CORE = 0.5
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
    """A difference with its places."""

    rendition: int
    bead: int
    keys: tuple[str, str]
    first: tuple[Segment, _Span]
    second: tuple[Segment, _Span]
    score: float


def harvest_renditions(bitext: Bitext, encoder: Encoder, options: HarvestOptions) -> Harvest:
    """Return the formulations in which English renditions differ, most telling first."""
    most = min(options.max_concepts or _MOST_CONCEPTS, _MOST_CONCEPTS)
    looked_at = 0
    by_key: dict[str, list[_Found]] = defaultdict(list)
    for rendition in range(1, len(bitext.documents)):
        windows = _windows(bitext, rendition)
        sides = read_sides([group for w in windows for group in (w.first, w.second)], encoder)
        pairs = list(zip(sides[::2], sides[1::2], strict=True))
        if not pairs:
            continue
        differences = find_differences(pairs, link_english(pairs, encoder), encoder)
        looked_at += len(differences)
        for difference, score in _choose(differences, most):
            found = _placed(difference, score, windows, pairs, rendition)
            by_key[found.keys[0]].append(found)
    concepts = sorted(
        (_concept(bitext, key, group) for key, group in by_key.items()),
        key=lambda concept: (-(concept.score.value if concept.score else 0.0), concept.head),
    )[:most]
    return Harvest(
        concepts=tuple(concepts),
        candidates=looked_at,
        clusters=sum(len(concept.terms) > 2 for concept in concepts),
        signature=f"harvest:{METHOD}|{encoder.name}",
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


def _choose(differences: Sequence[Difference], most: int) -> list[tuple[Difference, float]]:
    """Return the differences to list and their worth, at most ``most`` first formulations."""
    heap = [(-d.score, n, 0) for n, d in enumerate(differences) if d.score >= _LEAST]
    heapq.heapify(heap)
    taken: dict[int, list[Difference]] = defaultdict(list)
    known: Counter[tuple[frozenset[str], frozenset[str]]] = Counter()
    worth: dict[tuple[str, str], float] = {}
    heads: set[str] = set()
    chosen = []
    while heap:
        value, number, times = heapq.heappop(heap)
        difference = differences[number]
        repeated = difference.keys in worth
        if not repeated and known[difference.core] > times:
            times = known[difference.core]
            heapq.heappush(heap, (-difference.score * _SAME_CORE**times, number, times))
            continue
        if difference.keys[0] not in heads and len(heads) >= most:
            continue
        here = taken[difference.pair]
        if not all(_compatible(difference, other) for other in here):
            continue
        here.append(difference)
        heads.add(difference.keys[0])
        if not repeated:
            worth[difference.keys] = -value
            known[difference.core] += 1
        chosen.append((difference, worth[difference.keys]))
    return chosen


def _compatible(difference: Difference, other: Difference) -> bool:
    """Whether two differences are about other words, or nest alike on both sides."""
    first = _relation(difference.first, other.first)
    return first == _relation(difference.second, other.second) and first != "across"


def _relation(span: _Span, other: _Span) -> str:
    if span[1] <= other[0] or other[1] <= span[0]:
        return "apart"
    if span == other:
        return "across"
    if other[0] <= span[0] and span[1] <= other[1]:
        return "inside"
    if span[0] <= other[0] and other[1] <= span[1]:
        return "around"
    return "across"


def _placed(
    difference: Difference,
    score: float,
    windows: Sequence[_Window],
    pairs: Sequence[tuple[EnglishSide, EnglishSide]],
    rendition: int,
) -> _Found:
    first, second = pairs[difference.pair]
    return _Found(
        rendition,
        windows[difference.pair].bead,
        difference.keys,
        first.place(*difference.first),
        second.place(*difference.second),
        score,
    )


def _concept(bitext: Bitext, key: str, group: Sequence[_Found]) -> Concept:
    """Return the concept of a formulation of the first rendition and what competes with it."""
    own = _term(bitext, [(f.bead, f.first) for f in group], bitext.documents[0].source, group)
    by_phrase: dict[tuple[int, str], list[_Found]] = defaultdict(list)
    for found in group:
        by_phrase[found.rendition, found.keys[1]].append(found)
    others = [
        _term(bitext, [(f.bead, f.second) for f in some], bitext.documents[number].source, some)
        for (number, _), some in by_phrase.items()
    ]
    return Concept(
        id=concept_id(key),
        terms=rank_terms([own, *others], [document.source for document in bitext.documents]),
        kind=ConceptKind.PHRASE,
        score=Score(round(max(found.score for found in group), 4), METHOD),
    )


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
