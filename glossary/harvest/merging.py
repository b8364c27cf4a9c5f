"""Put together what several harvests know of one concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.citation import phrase_key
from glossary.harvest.status import rank_clusters
from glossary.harvest.variants import cluster_terms
from glossary.model import Concept, Score, Source, Term, is_chinese

__all__ = ["merge_group"]


def merge_group(group: Sequence[Concept], sources: Sequence[Source]) -> Concept:
    """Return what several harvests know of one concept, put together.

    A term is the same if its citation forms differ in surface only, a Chinese one if it stands in
    the same script; its attestations are joined and the statuses set anew over all sources.

    Args:
        group: under one id; the Chinese term of the first heads the concept.
        sources: those that the terms' attestations name.
    """
    if len(group) == 1:
        return group[0]
    best = max(group, key=lambda concept: concept.score.value if concept.score else 0.0)
    terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for concept in group:
        for term in concept.terms:
            key = normal_form if is_chinese(term.language) else phrase_key
            terms[term.language, key(term.text)].append(term)
    heads = [_joined(some) for (language, _), some in terms.items() if is_chinese(language)]
    others = [_joined(some) for (language, _), some in terms.items() if not is_chinese(language)]
    ranked = rank_clusters(cluster_terms(others), sources)
    return replace(best, id=group[0].id, terms=(*heads, *ranked))


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
