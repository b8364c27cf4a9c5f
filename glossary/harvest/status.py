"""Which rendering of a concept is preferred: by authority, then date, then frequency, then form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from glossary.model import AdministrativeStatus, Authority, Source, Term

__all__ = ["Preference", "explain_preference", "rank_terms"]


@dataclass(frozen=True, slots=True)
class Preference:
    """Why one rendering stands before the next.

    Attributes:
        by: what decided: ``authority``, ``date``, ``frequency``, ``proof`` (the score), ``form``
            (the shorter, then the alphabet) or ``only`` where nothing competes.
        over: the rendering that stands next, if there is one.
        why: both sides of what decided, for a reader.
    """

    by: str
    over: str | None
    why: str


def rank_terms(terms: Sequence[Term], sources: Sequence[Source]) -> tuple[Term, ...]:
    """Return the renderings of one concept, best first, each with its administrative status.

    A form is superseded if sources of the same authority use another one later; a form that
    machines alone use has no status and stands last.
    """
    dates = _dates(sources)

    def latest(term: Term) -> str:
        return _latest(term, dates)

    ordered = sorted(
        terms, key=lambda term: tuple(criterion.key(term, dates) for criterion in _CRITERIA)
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


def explain_preference(terms: Sequence[Term], sources: Sequence[Source]) -> Preference:
    """Return why the first of the renderings that ``rank_terms`` put in order stands first.

    Args:
        terms: best first; at least one.
        sources: those that the terms' attestations name; one that is not among them has no date.
    """
    best, *others = terms
    if not others:
        return Preference("only", None, "no other rendering is attested")
    dates, other = _dates(sources), others[0]
    for criterion in _CRITERIA[:-1]:
        if criterion.key(best, dates) != criterion.key(other, dates):
            break
    else:
        criterion = _CRITERIA[-1]
    said = (criterion.said(term, dates) or "none" for term in (best, other))
    return Preference(criterion.name, other.text, " over ".join(said))


@dataclass(frozen=True, slots=True)
class _Criterion:
    """One thing by which renderings are put in order.

    Attributes:
        key: sorts the better rendering first.
        said: what a reader is told of a rendering.
    """

    name: str
    key: Callable[[Term, Mapping[str, str]], Any]
    said: Callable[[Term, Mapping[str, str]], str]


def _dates(sources: Sequence[Source]) -> dict[str, str]:
    return {source.id: source.date or "" for source in sources}


def _latest(term: Term, dates: Mapping[str, str]) -> str:
    return max((dates.get(a.source_id, "") for a in term.attestations), default="")


def _later_first(term: Term, dates: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(-ord(character) for character in _latest(term, dates).ljust(10))


def _proof(term: Term) -> float:
    return term.score.value if term.score else 0.0


_CRITERIA = (
    _Criterion(
        "authority", lambda term, _: -int(term.authority), lambda term, _: term.authority.label
    ),
    _Criterion("date", _later_first, _latest),
    _Criterion("frequency", lambda term, _: -term.count, lambda term, _: f"{term.count} times"),
    _Criterion("proof", lambda term, _: -_proof(term), lambda term, _: f"{_proof(term):.2f}"),
    _Criterion("form", lambda term, _: (len(term.text), term.text), lambda term, _: term.text),
)
