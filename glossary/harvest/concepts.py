"""Make concepts of pairs: variants together, fragments out, best first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.harvest.candidates_zh import Candidate
from glossary.harvest.citation import citation_form
from glossary.harvest.pairing import Pair
from glossary.harvest.parts import hidden_parts
from glossary.harvest.result import HarvestOptions
from glossary.harvest.status import rank_clusters
from glossary.harvest.variants import cluster_terms
from glossary.harvest.worth import surroundings, worth, worth_input
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Bitext,
    Concept,
    Score,
    Term,
    concept_id,
)

__all__ = ["METHOD", "Entry", "make_concepts", "make_entries"]

METHOD = "span-search/4"

# A rendering that few places show and the evidence doubts is an error of the search, not a variant.
_DOUBTFUL = 0.55
_RARE = 0.2


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate that has renderings.

    Attributes:
        candidate: the Chinese side.
        terms: its renderings, the preferred one first.
        evidence: ``[len(WORTH)]``, what its worth is weighed from.
    """

    candidate: Candidate
    terms: tuple[Term, ...]
    evidence: NDArray[np.float64]


def make_concepts(
    bitext: Bitext,
    candidates: Sequence[Candidate],
    pairs: Iterable[Pair],
    options: HarvestOptions,
) -> list[Concept]:
    """Return the concepts of the pairs, best first."""
    entries = make_entries(bitext, candidates, pairs, options)
    scored = [(worth(entry.evidence), entry.candidate) for entry in entries]
    hidden = hidden_parts(scored)
    bead_of = {
        index: number for number, bead in enumerate(bitext.beads) for index in bead.members[0]
    }
    concepts = []
    for entry, (value, candidate) in zip(entries, scored, strict=True):
        kept = value * (options.part_weight if candidate.key in hidden else 1.0)
        least = options.min_run_worth if _is_single_run(candidate) else options.min_worth
        if kept > 0 and kept >= least:
            concepts.append(_concept(bitext, entry, kept, bead_of))
    concepts.sort(
        key=lambda concept: (-(concept.score.value if concept.score else 0), concept.head)
    )
    return concepts[: options.max_concepts]


def _is_single_run(candidate: Candidate) -> bool:
    """Whether nothing speaks for a candidate but that its words stand side by side, once."""
    return candidate.pattern == "run" and not candidate.known and len(candidate.places) == 1


def make_entries(
    bitext: Bitext,
    candidates: Sequence[Candidate],
    pairs: Iterable[Pair],
    options: HarvestOptions,
) -> list[Entry]:
    """Return the candidates that have renderings, with what their worth is weighed from."""
    by_key: dict[str, list[Pair]] = defaultdict(list)
    doubtful: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.free and pair.score >= options.min_score:
            by_key[pair.key].append(pair)
        elif pair.score >= options.doubtful_score:
            doubtful[pair.key].append(pair)
    for key in doubtful.keys() - by_key.keys():
        by_key[key] = [max(doubtful[key], key=lambda pair: pair.score)]
    sources = [document.source for document in bitext.documents]
    rendered: list[tuple[Candidate, tuple[Term, ...]]] = []
    for candidate in candidates:
        terms = _renderings(bitext, by_key[candidate.key]) if candidate.key in by_key else []
        if terms:
            rendered.append((candidate, rank_clusters(cluster_terms(terms), sources)))
    texts = [segment.text for segment in bitext.documents[0].segments]
    around = surroundings([candidate for candidate, _ in rendered], texts)
    return [
        Entry(candidate, terms, worth_input(candidate, terms, around[candidate.key]))
        for candidate, terms in rendered
    ]


def _renderings(bitext: Bitext, pairs: Sequence[Pair]) -> list[Term]:
    """Return a term for each phrase that renders the candidate, unranked."""
    by_phrase: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_phrase[pair.phrase].append(pair)
    per_rendition = Counter(pair.rendition for pair in pairs)
    terms = []
    for group in by_phrase.values():
        value = sum(pair.score for pair in group) / len(group)
        share = max(
            count / per_rendition[rendition]
            for rendition, count in Counter(pair.rendition for pair in group).items()
        )
        if value < _DOUBTFUL and share <= _RARE:
            continue
        terms.append(_term(bitext, group, value))
    return terms


def _term(bitext: Bitext, group: Sequence[Pair], value: float) -> Term:
    attestations = tuple(
        Attestation(
            pair.english.source_id,
            pair.english.index,
            pair.english_span,
            pair.english.text[slice(*pair.english_span)],
            pair.english.text,
            f"{bitext.id}#{pair.bead}",
        )
        for pair in sorted(
            group, key=lambda p: (p.rendition, p.bead, p.english.index, p.english_span)
        )
    )
    forms = Counter(
        citation_form(found.surface, sentence_start=found.span[0] == 0) for found in attestations
    )
    sources = {bitext.documents[pair.rendition].source for pair in group}
    authority = max(source.authority for source in sources)
    return Term(
        text=max(forms, key=lambda form: (forms[form], -len(form), form)),
        language="en",
        authority=authority,
        attestations=tuple(dict.fromkeys(attestations)),
        # A machine's or a lesser source's word puts no form in force.
        valid_from=min(
            (source.date for source in sources if source.authority is authority and source.date),
            default=None,
        ),
        score=Score(
            round(value, 4),
            METHOD,
            (
                *(
                    (kind, _mean(dict(pair.evidence)[kind] for pair in group))
                    for kind, _ in group[0].evidence
                ),
                ("count", float(len(group))),
            ),
        ),
    )


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 4)


def _concept(bitext: Bitext, entry: Entry, score: float, bead_of: Mapping[int, int]) -> Concept:
    """Return an entry as a concept; ``bead_of`` has the bead of each Chinese segment."""
    document, candidate = bitext.documents[0], entry.candidate
    attestations = tuple(
        Attestation(
            document.source.id,
            place.text,
            (place.start, place.end),
            document.segments[place.text].text[place.start : place.end],
            document.segments[place.text].text,
            f"{bitext.id}#{bead_of[place.text]}" if place.text in bead_of else "",
        )
        for place in candidate.places
    )
    surfaces = Counter(found.surface for found in attestations)
    value = Score(round(score, 4), METHOD)
    head = Term(
        text=max(surfaces, key=lambda text: (surfaces[text], -len(text), text)),
        language=document.source.language,
        status=AdministrativeStatus.PREFERRED,
        authority=document.source.authority,
        attestations=attestations,
        valid_from=document.source.date,
        score=value,
    )
    return Concept(
        id=concept_id(candidate.key),
        terms=(head, *entry.terms),
        kind=candidate.kind,
        score=value,
    )
