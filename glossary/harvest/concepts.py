"""Make concepts of pairs: variants together, fragments out, best first."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from glossary.harvest.candidates_zh import Candidate, Place
from glossary.harvest.citation import citation_form
from glossary.harvest.pairing import Pair
from glossary.harvest.result import HarvestOptions
from glossary.harvest.status import rank_clusters
from glossary.harvest.variants import cluster_terms
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Bitext,
    Concept,
    ConceptKind,
    Score,
    Term,
    concept_id,
)

__all__ = ["METHOD", "make_concepts"]

METHOD = "span-search/2"

# A rendering that few places show and the evidence doubts is an error of the search, not a variant.
_DOUBTFUL = 0.55
_RARE = 0.2
# What hides a part: a sure unit, not much worse an entry, in at least so many of its places.
_SURE = 0.7
_HIDING = 0.6
_SAME_PLACES = 0.75
# A part that no dictionary, register or second place knows is hidden by less.
_HIDING_GUESSES = 0.7
_LONG = 14
# Worth of two characters, and of a word of two characters that nothing marks as a term: of 721 such
# words that the annual reports gave, their term list has 7.
_SHORT = 0.6
_SHORT_WORD = 0.3
# Kinds below terms: phrases stay findable behind them.
_KIND_WEIGHT = {ConceptKind.TERM: 1.0, ConceptKind.NAME: 0.95, ConceptKind.PHRASE: 0.7}


def make_concepts(
    bitext: Bitext,
    candidates: Sequence[Candidate],
    pairs: Iterable[Pair],
    options: HarvestOptions,
) -> list[Concept]:
    """Return the concepts of the pairs, best first."""
    by_key: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.score >= options.min_score:
            by_key[pair.key].append(pair)
    scored = []
    for candidate in candidates:
        if candidate.key not in by_key:
            continue
        terms = _renderings(bitext, by_key[candidate.key])
        if terms:
            scored.append((_rank(candidate, terms), candidate, terms))
    hidden = _hidden([(score, candidate) for score, candidate, _ in scored])
    concepts = []
    for score, candidate, terms in scored:
        worth = score * (options.part_weight if candidate.key in hidden else 1.0)
        if worth > 0 and worth >= options.min_worth:
            concepts.append(_concept(bitext, candidate, terms, worth))
    concepts.sort(
        key=lambda concept: (-(concept.score.value if concept.score else 0), concept.head)
    )
    return concepts[: options.max_concepts]


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


def _rank(candidate: Candidate, terms: Sequence[Term]) -> float:
    """Return how good an entry this makes: worth of the term, proof of the best rendering."""
    best = max(
        (term.score.value if term.score else 0.0) * min(1.0, 0.7 + 0.15 * term.count)
        for term in terms
    )
    frequency = 1 + 0.15 * math.log2(len(candidate.places))
    length = _length_weight(candidate)
    value = (
        candidate.termhood
        * candidate.unithood
        * best
        * min(frequency, 1.6)
        * length
        * _KIND_WEIGHT[candidate.kind]
    )
    return min(1.0, value)


def _length_weight(candidate: Candidate) -> float:
    if len(candidate.key) >= 3:
        return 1.0
    return _SHORT_WORD if candidate.pattern == "word" else _SHORT


def _hidden(scored: Sequence[tuple[float, Candidate]]) -> set[str]:
    """Return the keys that stand only inside one longer candidate as frequent as they are.

    C-value (Frantzi et al. 2000) reduced to its decision: a part that several longer terms share,
    or that stands alone somewhere, is a term of its own.
    """
    by_text: dict[int, list[tuple[Place, Candidate, float]]] = defaultdict(list)
    for score, candidate in scored:
        for place in candidate.places:
            by_text[place.text].append((place, candidate, score))
    hidden: set[str] = set()
    for score, candidate in scored:
        around: Counter[str] = Counter()
        for place in candidate.places:
            around.update(
                other.key
                for outer, other, value in by_text[place.text]
                if _holds(outer, place) and _hides(other, candidate, value, score)
            )
        if around and max(around.values()) >= _SAME_PLACES * len(candidate.places):
            hidden.add(candidate.key)
    return hidden


def _holds(outer: Place, inner: Place) -> bool:
    wider = outer.end - outer.start > inner.end - inner.start
    return wider and outer.start <= inner.start and inner.end <= outer.end


def _hides(longer: Candidate, part: Candidate, value: float, score: float) -> bool:
    """Whether a part is only a part: 世界互联网 of 世界互联网大会, not 数据中心 of 绿色数据中心."""
    if len(longer.key) <= len(part.key):
        return False
    if longer.kind is ConceptKind.PHRASE and part.kind is not ConceptKind.PHRASE:
        return False
    if part.known:
        # A unit of its own elsewhere, though not in this text.
        return False
    if part.unithood < 1.0:
        # Nothing but its tags speaks for the part.
        return len(longer.key) <= _LONG and value >= _HIDING_GUESSES * score
    return longer.unithood >= _SURE and value >= _HIDING * score


def _concept(bitext: Bitext, candidate: Candidate, terms: Sequence[Term], score: float) -> Concept:
    document = bitext.documents[0]
    bead_of = {
        index: number for number, bead in enumerate(bitext.beads) for index in bead.members[0]
    }
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
    sources = [item.source for item in bitext.documents]
    return Concept(
        id=concept_id(candidate.key),
        terms=(head, *rank_clusters(cluster_terms(terms), sources)),
        kind=candidate.kind,
        score=value,
    )
