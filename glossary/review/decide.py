"""Carry verdicts out in a termbase."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.errors import BadInputError
from glossary.lookup import lookup
from glossary.model import Concept, ReviewState, Source
from glossary.review.verdicts import (
    REVIEWER,
    Action,
    Verdict,
    absorbed,
    accepted,
    edited,
    left_behind,
    rejected,
    renamed,
)
from glossary.termbase import Termbase, timestamp

__all__ = ["carry_out", "find_target"]


def carry_out(base: Termbase, verdicts: Sequence[Verdict], what: str, *, who: str = "") -> None:
    """Carry verdicts out, in their order, as one step that can be undone.

    Args:
        base: the termbase, open for writing.
        verdicts: those that skip a concept change nothing.
        what: the step's name, for people.
        who: the reviewer.

    Raises:
        BadInputError: a concept is not there, or is to be merged with itself or with one that was
            rejected; nothing is changed.
    """
    with base.transaction(what, who=who, at=timestamp(wall_clock=True)):
        sources = {source.id: source for source in base.sources()}
        for verdict in verdicts:
            if verdict.action is not Action.SKIP:
                changed = _outcome(base, verdict, sources)
                if REVIEWER.id not in sources and _cites_reviewer(changed):
                    base.add_sources([REVIEWER])
                    sources[REVIEWER.id] = REVIEWER
                base.add_concepts(changed)


def find_target(base: Termbase, named: str) -> Concept | None:
    """Return the concept that a reviewer names by its id or by one of its terms, if there is one.

    Of several with that term the best is taken, as ``tifa lookup`` ranks them.
    """
    concept = base.concept(named)
    if concept is not None:
        return concept
    return next((match.concept for match in lookup(base, named, exact=True)), None)


def _outcome(base: Termbase, verdict: Verdict, sources: dict[str, Source]) -> tuple[Concept, ...]:
    """Return the concepts as they are to be after a verdict."""
    concept = _concept(base, verdict.concept)
    if verdict.action is Action.ACCEPT:
        return (accepted(concept, verdict.reason),)
    if verdict.action is Action.REJECT:
        return (rejected(concept, verdict.reason),)
    if verdict.action is Action.MERGE:
        target = _concept(base, verdict.target)
        if target.id == concept.id:
            raise BadInputError(f"{concept.head} cannot be merged with itself", place=base.path)
        if target.review is ReviewState.REJECTED:
            raise BadInputError(
                f"{concept.head} cannot be merged with {target.head}, which was rejected",
                place=base.path,
                cure="name another, or accept that one first",
            )
        return absorbed(target, concept), left_behind(concept, target.id, verdict.reason)
    result = edited(concept, verdict.english, sources, verdict.reason)
    if not verdict.chinese or verdict.chinese == concept.head:
        return (result,)
    if not concept.chinese():
        raise BadInputError(f"{concept.head} has no Chinese term to change", place=base.path)
    result = renamed(result, verdict.chinese)
    if result.id == concept.id:  # Only the marks or the script are others.
        return (result,)
    there = base.concept(result.id)
    if there is not None and there.review is not ReviewState.REJECTED:
        result = absorbed(there, result)
    return result, left_behind(concept, result.id, verdict.reason)


def _concept(base: Termbase, id_: str) -> Concept:
    concept = base.concept(id_)
    if concept is None:
        raise BadInputError(f"has no concept {id_}", place=base.path)
    return concept


def _cites_reviewer(concepts: Sequence[Concept]) -> bool:
    return any(
        known.source_id == REVIEWER.id
        for concept in concepts
        for term in concept.terms
        for known in term.attestations
    )
