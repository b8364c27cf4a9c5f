"""What a termbase holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from glossary.model import Concept, Term
from glossary.termbase import Counts, Termbase
from glossary.termbase.history import as_of as concept_as_of

__all__ = ["Statistics", "statistics"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A termbase in numbers; tables are in the order in which they are best read.

    Attributes:
        counts: how many rows it has of each kind.
        languages: terms by language.
        kinds, reviews: concepts by kind and by review state.
        subjects: concepts by subject field; without one under an empty name.
        statuses: renderings by administrative status; ``machine`` and ``unrated`` have none.
        authorities: renderings by their highest authority.
        sources: sources by authority.
        renderings: concepts by their number of renderings.
        years: renderings by the year of the first dated source that attests them, or from which
            they have been in force.
        rendered: concepts with a rendering that people use.
        attested: concepts with a rendering that a sentence or a document attests.
        dated: concepts with a rendering whose time is known.
        changed: concepts whose preferred rendering replaced another one.
        fielded, defined: concepts with a subject field, with a definition.
    """

    counts: Counts
    languages: Mapping[str, int]
    kinds: Mapping[str, int]
    reviews: Mapping[str, int]
    subjects: Mapping[str, int]
    statuses: Mapping[str, int]
    authorities: Mapping[str, int]
    sources: Mapping[str, int]
    renderings: Mapping[int, int]
    years: Mapping[int, int]
    rendered: int
    attested: int
    dated: int
    changed: int
    fielded: int
    defined: int


# Attested by this source is a form that an editor knows, and no document has.
_JUDGEMENT = "judgement"


def statistics(termbase: Termbase, *, as_of: str | None = None) -> Statistics:
    """Return what a termbase holds, in numbers.

    Args:
        termbase: every concept is read once.
        as_of: count statuses as they were on that date.
    """
    sources = {source.id: source for source in termbase.sources()}
    dates = {id_: source.date for id_, source in sources.items() if source.date}
    languages: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    reviews: Counter[str] = Counter()
    subjects: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    authorities: Counter[str] = Counter()
    renderings: Counter[int] = Counter()
    years: Counter[int] = Counter()
    facts: Counter[str] = Counter()
    for stored in termbase.concepts():
        concept = concept_as_of(stored, sources, as_of) if as_of else stored
        kinds[concept.kind.value] += 1
        reviews[concept.review.value] += 1
        subjects[concept.subject_field] += 1
        languages.update(term.language for term in concept.terms)
        statuses.update(_status(term) for term in concept.renderings())
        authorities.update(term.authority.label for term in concept.renderings())
        renderings[len(concept.renderings())] += 1
        starts = [start for term in concept.renderings() if (start := _start(term, dates))]
        years.update(int(start[:4]) for start in starts)
        facts.update(_facts(concept, dates))
    return Statistics(
        termbase.counts(),
        languages=dict(languages.most_common()),
        kinds=dict(kinds.most_common()),
        reviews=dict(reviews.most_common()),
        subjects=dict(subjects.most_common()),
        statuses=dict(statuses.most_common()),
        authorities=dict(authorities.most_common()),
        sources=dict(Counter(source.authority.label for source in sources.values()).most_common()),
        renderings=dict(sorted(renderings.items())),
        years=dict(sorted(years.items())),
        rendered=facts["rendered"],
        attested=facts["attested"],
        dated=facts["dated"],
        changed=facts["changed"],
        fielded=facts["fielded"],
        defined=facts["defined"],
    )


def _status(term: Term) -> str:
    if term.status is not None:
        return term.status.value
    return "machine" if term.is_machine_only else "unrated"


def _start(term: Term, dates: Mapping[str, str]) -> str | None:
    attested = (dates.get(found.source_id) for found in term.attestations)
    return term.valid_from or min(filter(None, attested), default=None)


def _facts(concept: Concept, dates: Mapping[str, str]) -> list[str]:
    used = [term for term in concept.renderings() if not term.is_machine_only]
    facts = {
        "rendered": bool(used),
        "attested": any(a.source_id != _JUDGEMENT for term in used for a in term.attestations),
        "dated": any(_start(term, dates) for term in used),
        "changed": any(term.valid_to for term in used) and any(term.valid_from for term in used),
        "fielded": bool(concept.subject_field),
        "defined": bool(concept.definition),
    }
    return [name for name, true in facts.items() if true]
