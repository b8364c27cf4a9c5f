"""What a reviewer says about a concept, and what becomes of the concept.

A verdict is data only; the functions here are pure: concepts in, concepts out. Nothing that was
harvested is thrown away: a rendering that the reviewer strikes out is deprecated, a concept that is
rejected or has become part of another stays behind, rejected, so that no later harvest brings it up
again.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from glossary.harvest.candidates_zh import normal_form
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ReviewState,
    Source,
    Term,
    TermType,
    concept_id,
    is_chinese,
)

__all__ = [
    "REVIEWER",
    "Action",
    "Verdict",
    "absorbed",
    "accepted",
    "edited",
    "found_in_sentences",
    "left_behind",
    "rejected",
    "renamed",
]

#: The source of renderings that no text has and a reviewer vouches for.
REVIEWER = Source(
    "review",
    title="Review of this termbase",
    language="en",
    authority=Authority.UNOFFICIAL,
    kind="review",
)


class Action(enum.StrEnum):
    """What is to become of a concept; ``skip`` leaves it for another time."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    MERGE = "merge"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says about one concept.

    Attributes:
        concept: its id.
        chinese: the term it should be listed under; empty if that is right. Only for ``edit``.
        english: the renderings that are right, best first; empty if they are right as they stand.
            Only for ``edit``.
        target: the id of the concept that it is part of. Only for ``merge``.
        reason: kept as a line of the concept's note.
    """

    concept: str
    action: Action
    chinese: str = ""
    english: tuple[str, ...] = ()
    target: str = ""
    reason: str = ""


def accepted(concept: Concept, reason: str = "") -> Concept:
    """Return the concept as right in all it says.

    If only machines are known to use its renderings, the reviewer's word now stands for the first.
    """
    renderings = concept.renderings()
    if renderings and all(term.is_machine_only for term in renderings):
        best = dataclasses.replace(_vouched(renderings[0]), status=AdministrativeStatus.PREFERRED)
        concept = dataclasses.replace(concept, terms=(*concept.chinese(), best, *renderings[1:]))
    return _reviewed(concept, ReviewState.ACCEPTED, reason)


def rejected(concept: Concept, reason: str = "") -> Concept:
    """Return the concept as one that is no term; it is kept so that it is known as such."""
    return _reviewed(concept, ReviewState.REJECTED, reason)


def left_behind(concept: Concept, target: str, reason: str = "") -> Concept:
    """Return what stays of a concept that has become part of the one with the id ``target``."""
    references = tuple(dict.fromkeys((target, *concept.cross_references)))
    return dataclasses.replace(rejected(concept, reason), cross_references=references)


def edited(
    concept: Concept,
    english: Iterable[str],
    sources: Mapping[str, Source],
    reason: str = "",
) -> Concept:
    """Return the concept with these renderings as the right ones.

    The first becomes preferred, the others at most admitted. Those left out are deprecated, unless
    they were in force once or only machines use them: such have that status already, or none. A new
    one is attested by the sentences of the concept in which it stands, or else by ``REVIEWER``.

    Args:
        concept: with its evidence.
        english: the renderings that are right, best first; none leaves them as they are.
        sources: of the evidence, by id.
        reason: why.
    """
    wanted = tuple(dict.fromkeys(english))
    if wanted:
        known: dict[str, Term] = {}
        for term in concept.renderings():
            known.setdefault(term.text, term)
        right = [
            _vouched(known.get(text) or _found_term(concept, text, sources)) for text in wanted
        ]
        first = dataclasses.replace(right[0], status=AdministrativeStatus.PREFERRED)
        wrong = [_struck(term) for term in concept.renderings() if term.text not in wanted]
        terms = (*concept.chinese(), first, *map(_admitted, right[1:]), *wrong)
        concept = dataclasses.replace(concept, terms=terms)
    return _reviewed(concept, ReviewState.EDITED, reason)


def renamed(concept: Concept, chinese: str) -> Concept:
    """Return the concept listed under another Chinese term, with the id that a harvest gives that.

    The old head is not among its terms: it was no term, or it would have been kept.
    """
    old = concept.chinese()
    head = dataclasses.replace(
        old[0],
        text=chinese,
        attestations=found_in_sentences(chinese, old),
    )
    others = (term for term in old[1:] if term.text != chinese)
    return dataclasses.replace(
        concept,
        id=concept_id(normal_form(chinese) or chinese),
        terms=(head, *others, *concept.renderings()),
    )


def absorbed(target: Concept, part: Concept) -> Concept:
    """Return ``target`` with the terms and the evidence of ``part``.

    Terms that it lacks are admitted at most, Chinese ones as variants; its own keep their status.
    """
    terms = {(term.language, term.text): term for term in target.terms}
    for term in part.terms:
        key = term.language, term.text
        mine = terms.get(key)
        if mine is not None:
            terms[key] = dataclasses.replace(
                mine,
                attestations=tuple(dict.fromkeys((*mine.attestations, *term.attestations))),
                authority=max(mine.authority, term.authority),
                status=mine.status or _not_preferred(term).status,
            )
        elif is_chinese(term.language):
            terms[key] = dataclasses.replace(_not_preferred(term), term_type=TermType.VARIANT)
        else:
            terms[key] = _not_preferred(term)
    # Chinese terms stand first; the sort is stable, so the order is kept otherwise.
    ordered = sorted(terms.values(), key=lambda term: not is_chinese(term.language))
    return dataclasses.replace(target, terms=tuple(ordered))


def found_in_sentences(text: str, terms: Iterable[Term]) -> tuple[Attestation, ...]:
    """Return where ``text`` stands in the sentences that attest ``terms``.

    English is found apart from case and only as whole words.
    """
    terms = tuple(terms)
    if any(is_chinese(term.language) for term in terms):
        pattern = re.compile(re.escape(text))
    else:
        words = r"\s+".join(map(re.escape, text.split()))
        pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    found: dict[tuple[str, int, str], Attestation] = {}
    for term in terms:
        for known in term.attestations:
            match = pattern.search(known.context) if known.context else None
            if match is not None:
                place = known.source_id, known.segment, known.context
                attested = dataclasses.replace(known, span=match.span(), surface=match[0])
                found.setdefault(place, attested)
    return tuple(found.values())


def _found_term(concept: Concept, text: str, sources: Mapping[str, Source]) -> Term:
    renderings = concept.renderings()
    attestations = found_in_sentences(text, renderings)
    authorities = [
        sources[known.source_id].authority for known in attestations if known.source_id in sources
    ]
    return Term(
        text,
        renderings[0].language if renderings else "en",
        authority=max(authorities, default=Authority.MACHINE),
        attestations=attestations,
    )


def _vouched(term: Term) -> Term:
    """Return a term with a person's word for it, if it has none yet."""
    if not term.is_machine_only:
        return term
    word = Attestation(REVIEWER.id, -1, (0, 0), surface="", context="")
    return dataclasses.replace(
        term, authority=REVIEWER.authority, attestations=(*term.attestations, word)
    )


def _admitted(term: Term) -> Term:
    """Return a term that is right, beside a better one; one of another time stays so."""
    if term.status is AdministrativeStatus.SUPERSEDED:
        return term
    return dataclasses.replace(term, status=AdministrativeStatus.ADMITTED)


def _struck(term: Term) -> Term:
    """Return a term that is not right."""
    if term.is_machine_only or term.status is AdministrativeStatus.SUPERSEDED:
        return term
    return dataclasses.replace(term, status=AdministrativeStatus.DEPRECATED)


def _not_preferred(term: Term) -> Term:
    if term.status is AdministrativeStatus.PREFERRED:
        return dataclasses.replace(term, status=AdministrativeStatus.ADMITTED)
    return term


def _reviewed(concept: Concept, state: ReviewState, reason: str) -> Concept:
    lines = concept.note.splitlines()
    if reason and reason not in lines:
        lines.append(reason)
    return dataclasses.replace(concept, review=state, note="\n".join(lines))
