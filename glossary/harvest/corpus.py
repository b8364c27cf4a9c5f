"""Harvest a corpus: text after text, the concepts of all put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from glossary.harvest.citation import phrase_key
from glossary.harvest.status import rank_terms
from glossary.model import (
    Bead,
    Bitext,
    Concept,
    Document,
    Score,
    Segment,
    Source,
    Term,
    is_chinese,
)

__all__ = ["bitext_of_pairs", "merge_concepts"]


def bitext_of_pairs(chinese: Source, english: Source, pairs: Sequence[tuple[str, str]]) -> Bitext:
    """Return pairs of segments that are aligned already, as a memory has them, as a bitext."""
    documents = (
        _document(chinese, [first for first, _ in pairs]),
        _document(english, [second for _, second in pairs]),
    )
    beads = tuple(Bead(((number,), (number,)), 1.0) for number in range(len(pairs)))
    return Bitext(f"{chinese.id}+{english.id}", documents, beads, "given")


def _document(source: Source, texts: Sequence[str]) -> Document:
    segments = []
    position = 0
    for index, text in enumerate(texts):
        segments.append(Segment(source.id, index, text, (position, position + len(text)), index))
        position += len(text) + 1
    return Document(source, "\n".join(texts), tuple(segments))


def merge_concepts(
    harvests: Iterable[Iterable[Concept]], sources: Sequence[Source]
) -> list[Concept]:
    """Return the concepts of several harvests, those with one id put together, best first.

    A term is the same if its citation forms differ in surface only; its attestations are joined
    and the statuses set anew over all sources.
    """
    groups: dict[str, list[Concept]] = defaultdict(list)
    for concepts in harvests:
        for concept in concepts:
            groups[concept.id].append(concept)
    merged = [_merged(group, sources) for group in groups.values()]
    return sorted(merged, key=lambda c: (-(c.score.value if c.score else 0.0), c.head))


def _merged(group: Sequence[Concept], sources: Sequence[Source]) -> Concept:
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
    return replace(best, terms=(*heads, *rank_terms(others, sources)))


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
