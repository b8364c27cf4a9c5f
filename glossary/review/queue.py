"""What is still to be reviewed, the best first."""

from __future__ import annotations

from collections.abc import Collection

from glossary.model import Concept, ConceptKind, ReviewState
from glossary.termbase import Termbase

__all__ = ["to_review"]


def to_review(
    base: Termbase,
    *,
    state: ReviewState = ReviewState.UNREVIEWED,
    kinds: Collection[ConceptKind] = (),
    source: str = "",
    limit: int | None = None,
) -> list[str]:
    """Return the ids of the concepts in a state, the best first.

    Those with the highest score come first; of one score those that are attested most often, then
    those with the first head in the order of characters, so that two runs ask alike.

    Args:
        base: where to look.
        state: what has been said about them.
        kinds: if not empty, only concepts of these kinds.
        source: if not empty, only concepts with a term that the source of that id attests.
        limit: at most so many.
    """
    found = [
        (_order(concept), concept.id)
        for concept in base.concepts()
        if concept.review is state
        and concept.terms
        and (not kinds or concept.kind in kinds)
        and (not source or _attested_by(concept, source))
    ]
    return [id_ for _, id_ in sorted(found)[:limit]]


def _order(concept: Concept) -> tuple[float, int, str]:
    score = concept.score.value if concept.score else 0.0
    return -score, -max(term.count for term in concept.terms), concept.head


def _attested_by(concept: Concept, source: str) -> bool:
    return any(known.source_id == source for term in concept.terms for known in term.attestations)
