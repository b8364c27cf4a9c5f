"""Put in order the concepts of a corpus whose Chinese terms belong together.

Shorter and full forms of each other are joined; of what is nested the lesser one is put behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from glossary.build.corpus.nesting import Head, nested_heads
from glossary.build.corpus.spool import Spool
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.chinese_forms import group_forms, merge_forms
from glossary.model import Concept, Source

__all__ = ["join_corpus_forms", "lower_nested", "sources_of"]

# What a nested concept keeps of its score. Of 40,000 pairs the list of an annual report is found
# as well with .25 as with .5, or a little better.
_NESTED = 0.25


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


def lower_nested(spool: Spool) -> None:
    """Put behind the others what is a part of another concept, or another with a word too many."""
    heads: dict[str, Head] = {}
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, text, head in spool.counted_heads():
        key = normal_form(text)
        heads.setdefault(key, head)
        numbers[key].append(number)
    spool.weigh_merged([n for key in sorted(nested_heads(heads)) for n in numbers[key]], _NESTED)


def sources_of(concepts: Iterable[Concept], sources: Mapping[str, Source]) -> list[Source]:
    """Return the sources that the attestations of concepts name, in order."""
    ids = dict.fromkeys(
        found.source_id
        for concept in concepts
        for term in concept.terms
        for found in term.attestations
    )
    return [sources[id_] for id_ in ids]
