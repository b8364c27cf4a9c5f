"""Which terms a translator may use: what client profiles carry."""

from __future__ import annotations

import dataclasses

from glossary.model import AdministrativeStatus, Concept, ReviewState, Term
from tmx.interface import LossLog

__all__ = ["is_valid", "is_valid_status", "with_valid_terms"]

_VALID = frozenset({AdministrativeStatus.PREFERRED, AdministrativeStatus.ADMITTED})


def is_valid_status(status: AdministrativeStatus) -> bool:
    """Return whether a term of that status may be used."""
    return status in _VALID


def is_valid(term: Term) -> bool:
    """Return whether a translator may use the term.

    Preferred and admitted terms are valid, and terms without a status that people use (files from
    elsewhere often state none). Deprecated, superseded and machine-only terms are not: OmegaT
    offers a deprecated synonym as valid, Weblate drops the whole entry for it (measured).
    """
    return term.status in _VALID or (term.status is None and not term.is_machine_only)


def with_valid_terms(concept: Concept, log: LossLog) -> Concept | None:
    """Return the concept with its valid terms only, or None if nothing usable is left.

    A concept with Chinese terms is usable if a valid rendering is left; one that a reviewer has
    rejected is not. What is left out is noted.
    """
    if concept.review is ReviewState.REJECTED:
        log.add("concepts that a review rejected, left out", concept.id)
        return None
    terms = tuple(term for term in concept.terms if is_valid(term))
    for term in concept.terms:
        if not is_valid(term):
            reason = str(term.status) if term.status else "machine-only"
            log.add(f"{reason} terms, left out of this client format", term.text)
    kept = dataclasses.replace(concept, terms=terms)
    if concept.chinese() and not (kept.chinese() and kept.renderings()):
        log.add("concepts without a valid rendering, left out", concept.id)
        return None
    return kept if terms else None
