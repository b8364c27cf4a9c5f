"""Which rendering of a concept is preferred: by authority, then date, then frequency, then form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from glossary.model import AdministrativeStatus, Authority, Source, Term

__all__ = ["rank_terms"]


def rank_terms(terms: Sequence[Term], sources: Sequence[Source]) -> tuple[Term, ...]:
    """Return the renderings of one concept, best first, each with its administrative status.

    A form is superseded if sources of the same authority use another one later; a form that
    machines alone use has no status and stands last.
    """
    dates = {source.id: source.date or "" for source in sources}

    def latest(term: Term) -> str:
        return max((dates.get(a.source_id, "") for a in term.attestations), default="")

    def later_first(term: Term) -> tuple[int, ...]:
        return tuple(-ord(character) for character in latest(term).ljust(10))

    ordered = sorted(
        terms,
        key=lambda term: (
            -int(term.authority),
            later_first(term),
            -term.count,
            -(term.score.value if term.score else 0.0),
            len(term.text),
            term.text,
        ),
    )
    ranked: list[Term] = []
    best: Term | None = None
    for term in ordered:
        if term.authority is Authority.MACHINE:
            # What a machine says was never in force.
            ranked.append(replace(term, status=None, valid_from=None))
        elif best is None:
            best = term
            ranked.append(replace(term, status=AdministrativeStatus.PREFERRED))
        else:
            older = term.authority is best.authority and "" < latest(term) < latest(best)
            status = AdministrativeStatus.SUPERSEDED if older else AdministrativeStatus.ADMITTED
            ranked.append(replace(term, status=status))
    return tuple(ranked)
