"""Which rendering of a concept was in force when, from dated attestations."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossary.harvest.status import term_clusters
from glossary.model import AdministrativeStatus, Concept, Glossary, Source, Term

__all__ = ["Period", "State", "as_of", "glossary_as_of", "history"]

#: Sorts after every date, and after every day of a reduced date that it is appended to.
_END = "\uffff"


class State(enum.StrEnum):
    """What a rendering was on a date."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    SUPERSEDED = "superseded"
    DEPRECATED = "deprecated"
    LATER = "later"
    MACHINE = "machine"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Period:
    """A rendering and the time of its use.

    Attributes:
        start: the date an editor set, else that of its earliest dated source; None if unknown.
        end: the date an editor set, else that of its latest dated source up to the date asked for.
        state: what it was on the date asked for.
        sources: ids of its sources, the earliest first, undated ones last.
    """

    term: Term
    start: str | None
    end: str | None
    state: State
    sources: tuple[str, ...] = ()


def history(
    concept: Concept, sources: Mapping[str, Source], date: str | None = None
) -> list[Period]:
    """Return the renderings of a concept in the order they came into use, undated ones last.

    On the date asked for the preferred rendering is, among those that people use, that are not
    deprecated, have begun and have not ended, one of the highest authority; of several, a newer
    one replaces an older one unless the older one has been attested at least as often since the
    newer one began. Renderings not attested since the preferred one began are superseded, others
    admitted, forms of the preferred one among them; those that begin after the date are later.

    Where an editor set the validity of a concept's renderings, the editor's statuses count before
    all that: only renderings called preferred or superseded were ever in force, and an undated
    preferred one always was.

    Args:
        concept: with all its attestations.
        sources: by id; their dates are what counts.
        date: ISO 8601, perhaps reduced (``2017`` is the end of that year); without it everything
            is past.
    """
    last = _END if date is None else date + _END
    dated = {
        id(term): sorted(
            found
            for attestation in term.attestations
            # That a document has a form says nothing of when the form began.
            if not attestation.is_citation
            and (source := sources.get(attestation.source_id))
            and (found := source.date)
        )
        for term in concept.renderings()
    }
    periods = []
    for term in concept.renderings():
        dates = dated[id(term)]
        start = term.valid_from or (dates[0] if dates else None)
        until = [found for found in dates if found <= last]
        periods.append(
            Period(
                term,
                start,
                term.valid_to or (until[-1] if until else None),
                _state_without_others(term, start, last),
                _sources_by_date(term, sources),
            )
        )
    running = [
        period
        for period in periods
        if period.state is State.ADMITTED
        and (period.term.valid_to is None or last <= period.term.valid_to + _END)
    ]
    if any(term.valid_from or term.valid_to for term in concept.renderings()):
        running = _as_edited(periods, running)
    preferred = _preferred(running, {key: [d for d in v if d <= last] for key, v in dated.items()})
    if preferred is not None:
        forms = _forms_of(preferred.term, concept)
        periods = [_beside(period, preferred, forms) for period in periods]
    return sorted(periods, key=lambda period: period.start or _END)


def _state_without_others(term: Term, start: str | None, last: str) -> State:
    if term.is_machine_only:
        return State.MACHINE
    if term.status is AdministrativeStatus.DEPRECATED:
        return State.DEPRECATED
    if start is None:
        return State.UNDATED
    if start > last:
        return State.LATER
    if term.valid_to is not None and term.valid_to + _END < last:
        return State.SUPERSEDED
    return State.ADMITTED


def _as_edited(periods: Sequence[Period], running: Sequence[Period]) -> list[Period]:
    """Return those of the running renderings that an editor's statuses let be in force."""
    always = [
        period
        for period in periods
        if period.state is State.UNDATED and period.term.status is AdministrativeStatus.PREFERRED
    ]
    succession = {AdministrativeStatus.PREFERRED, AdministrativeStatus.SUPERSEDED}
    in_force = [period for period in running if period.term.status in succession]
    return always or in_force or list(running)


def _sources_by_date(term: Term, sources: Mapping[str, Source]) -> tuple[str, ...]:
    names = dict.fromkeys(attestation.source_id for attestation in term.attestations)

    def date(name: str) -> str:
        source = sources.get(name)
        return source.date or _END if source else _END

    return tuple(sorted(names, key=date))


def _preferred(running: Sequence[Period], dated: Mapping[int, list[str]]) -> Period | None:
    """Return the rendering in force among those that run."""
    highest = max((period.term.authority for period in running), default=None)
    rivals = sorted(
        (period for period in running if period.term.authority == highest),
        key=lambda period: period.start or "",
    )
    current: Period | None = None
    for period in rivals:
        if current is None:
            current = period
            continue
        start = period.start or ""
        kept = sum(found >= start for found in dated[id(current.term)])
        if not kept or len(dated[id(period.term)]) > kept:
            current = period
    return current


def _forms_of(term: Term, concept: Concept) -> set[int]:
    """Return the identities of the terms that are forms of one rendering with ``term``."""
    clusters = ({id(form) for form in cluster} for cluster in term_clusters(concept.renderings()))
    return next(forms for forms in clusters if id(term) in forms)


def _beside(period: Period, preferred: Period, forms: set[int]) -> Period:
    if period.term is preferred.term:
        return dataclasses.replace(period, state=State.PREFERRED)
    if period.state is not State.ADMITTED or id(period.term) in forms:
        # A plural is not superseded by its singular.
        return period
    if (period.end or "") < (preferred.start or ""):
        return dataclasses.replace(period, state=State.SUPERSEDED)
    return period


def as_of(concept: Concept, sources: Mapping[str, Source], date: str) -> Concept:
    """Return a concept as it was on a date: statuses of that day, the preferred rendering first.

    Later renderings have no status and a note that says when they begin; nothing is left out.
    """
    periods = {id(period.term): period for period in history(concept, sources, date)}
    order = list(State)
    renderings = sorted(concept.renderings(), key=lambda term: order.index(periods[id(term)].state))
    return dataclasses.replace(
        concept,
        terms=(*concept.chinese(), *(_on_that_day(term, periods[id(term)]) for term in renderings)),
    )


def glossary_as_of(glossary: Glossary, date: str) -> Glossary:
    """Return a glossary as it was on a date, concept by concept; see :func:`as_of`."""
    sources = {source.id: source for source in glossary.sources}
    return dataclasses.replace(
        glossary, concepts=tuple(as_of(concept, sources, date) for concept in glossary.concepts)
    )


def _on_that_day(term: Term, period: Period) -> Term:
    if period.state is State.LATER:
        note = "; ".join(filter(None, (f"later: from {period.start}", term.note)))
        return dataclasses.replace(term, status=None, note=note)
    if period.state in {State.MACHINE, State.UNDATED}:
        return term
    return dataclasses.replace(term, status=AdministrativeStatus(period.state.value))
