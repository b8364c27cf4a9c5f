"""Join the concepts of a corpus whose Chinese terms are shorter and full forms of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossary.build.corpus.spool import Spool
from glossary.harvest.chinese_forms import group_forms, merge_forms
from glossary.model import Concept, Source

__all__ = ["join_corpus_forms", "sources_of"]


def join_corpus_forms(spool: Spool, sources: Mapping[str, Source]) -> None:
    """Put one concept in place of those that a corpus proves to be one.

    Memory holds the heads of all concepts, and of the concepts themselves two at a time.

    Args:
        spool: with the merged concepts.
        sources: of the corpus, by id.
    """
    merged = spool.merged_heads()
    numbers = [number for number, _ in merged]
    heads = [head for _, head in merged]
    for group in group_forms(heads, lambda n: spool.merged_concept(numbers[n])):
        if len(group) == 1:
            continue
        concepts = [spool.merged_concept(numbers[n]) for n in group]
        joined = merge_forms(concepts, sources_of(concepts, sources))
        spool.replace_merged([numbers[n] for n in group], joined)


def sources_of(concepts: Iterable[Concept], sources: Mapping[str, Source]) -> list[Source]:
    """Return the sources that the attestations of concepts name, in order."""
    ids = dict.fromkeys(
        found.source_id
        for concept in concepts
        for term in concept.terms
        for found in term.attestations
    )
    return [sources[id_] for id_ in ids]
