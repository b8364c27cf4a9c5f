"""Put together what several harvests know of one concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from glossary.harvest.citation import phrase_key
from glossary.harvest.status import rank_clusters
from glossary.harvest.variants import cluster_terms
from glossary.model import Concept, Score, Source, Term, is_chinese

__all__ = ["merge_group"]


def merge_group(group: Sequence[Concept], sources: Sequence[Source]) -> Concept:
    """Return what several harvests know of one concept, put together.

    A term is the same if its citation forms differ in surface only; its attestations are joined
    and the statuses set anew over all sources.
    """
    if len(group) == 1:
        return group[0]
    best = max(group, key=lambda concept: concept.score.value if concept.score else 0.0)
    terms: dict[tuple[bool, str], list[Term]] = defaultdict(list)
    for concept in group:
        for term in concept.terms:
            chinese = is_chinese(term.language)
            terms[chinese, "" if chinese else phrase_key(term.text)].append(term)
    heads = [_joined(some) for (chinese, _), some in terms.items() if chinese]
    others = [_joined(some) for (chinese, _), some in terms.items() if not chinese]
    return replace(best, terms=(*heads, *rank_clusters(cluster_terms(others), sources)))


def _joined(terms: Sequence[Term]) -> Term:
    most = max(terms, key=lambda term: term.count)
    scores = [term.score for term in terms if term.score]
    dates = [term.valid_from for term in terms if term.valid_from]
    top = max(scores, key=lambda score: score.value, default=None)
    return replace(
        most,
        authority=max(term.authority for term in terms),
        attestations=tuple(dict.fromkeys(a for term in terms for a in term.attestations)),
        valid_from=min(dates, default=None),
        score=None if top is None else Score(top.value, top.method, top.evidence),
    )
