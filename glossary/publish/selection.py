"""Which part of a glossary is published."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from glossary.errors import BadInputError
from glossary.lookup.filters import Filters
from glossary.model import Glossary, ReviewState
from glossary.termbase.history import glossary_as_of

__all__ = ["PUBLISHED_STATES", "select"]

#: The review states that are published unless others are asked for: all but rejected concepts.
PUBLISHED_STATES = frozenset(ReviewState) - {ReviewState.REJECTED}


def select(
    glossary: Glossary,
    filters: Filters,
    reviews: Collection[ReviewState] = PUBLISHED_STATES,
    *,
    date: str | None = None,
) -> Glossary:
    """Return the glossary with only the concepts, renderings and sources that are wanted.

    Args:
        glossary: of which to publish a part.
        filters: by subject, authority, status, source and date, as in a look-up.
        reviews: concepts must be in one of these states.
        date: publish concepts as they were on that date, which may be reduced; filters see them so.

    Raises:
        BadInputError: nothing is left.
    """
    sources = {source.id: source for source in glossary.sources}
    then = glossary if date is None else glossary_as_of(glossary, date)
    wanted = (concept for concept in then.concepts if concept.review in reviews)
    concepts = tuple(kept for concept in wanted if (kept := filters.apply(concept, sources)))
    if not concepts:
        raise BadInputError(
            "no concept is selected", cure="widen the selection, or harvest or import concepts"
        )
    cited = {
        attestation.source_id
        for concept in concepts
        for term in concept.terms
        for attestation in term.attestations
    }
    return dataclasses.replace(
        glossary,
        concepts=concepts,
        sources=tuple(source for source in glossary.sources if source.id in cited),
    )
