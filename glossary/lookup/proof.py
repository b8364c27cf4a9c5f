"""The sentences that prove a rendering: which of them to show first, and from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossary.model import Attestation, Authority, Concept, Source, Term

__all__ = ["Proof", "date_range", "proof"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence with a rendering and, if known, the Chinese sentence that it renders."""

    rendering: Attestation
    chinese: Attestation | None = None


def proof(concept: Concept, rendering: Term, sources: Mapping[str, Source]) -> Proof | None:
    """Return the best proof of a rendering, or None if no sentence is known.

    Both sides of a bead are better than one, a source of higher authority than a lower one, a
    short sentence than a long one.
    """
    chinese: dict[str, Attestation] = {}
    for term in concept.chinese():
        for attestation in term.attestations:
            if attestation.bead:
                chinese.setdefault(attestation.bead, attestation)

    def weight(attestation: Attestation) -> tuple[bool, int, int]:
        other = chinese.get(attestation.bead)
        source = sources.get(attestation.source_id)
        length = len(attestation.context) + (len(other.context) if other else 0)
        return other is None, -(source.authority if source else Authority.MACHINE), length

    sentences = [known for known in rendering.attestations if not known.is_citation]
    if not sentences:
        return None
    best = min(sentences, key=weight)
    return Proof(best, chinese.get(best.bead))


def date_range(term: Term, sources: Mapping[str, Source]) -> tuple[str, str] | None:
    """Return the dates of the earliest and the latest source that attests a term, if any has one.

    Reduced dates stay as they are.
    """
    dates = [
        source.date
        for attestation in term.attestations
        if (source := sources.get(attestation.source_id)) and source.date
    ]
    return (min(dates), max(dates)) if dates else None
