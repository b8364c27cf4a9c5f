"""Decisions that outlive the harvest they were made on.

A text that is corrected, aligned anew and harvested again gives other concepts; what a person has
said about a concept still holds. It is known by its id, which is that of its head.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from glossary.model import Attestation, Bitext, Concept, ReviewState, Source
from glossary.review.verdicts import absorbed
from glossary.termbase import Termbase

__all__ = ["Decisions", "decisions_of", "with_decisions"]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided in a termbase.

    Attributes:
        concepts: those that were decided, by id.
        merged: of a concept that was merged with another, by id, that other one: it need not be
            decided itself.
        sources: of the termbase.
    """

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    merged: Mapping[str, Concept] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def cited(self, concepts: Iterable[Concept]) -> tuple[Source, ...]:
        """Return the termbase's sources that concepts cite."""
        ids = {known.source_id for c in concepts for t in c.terms for known in t.attestations}
        return tuple(source for source in self.sources if source.id in ids)


def decisions_of(base: Termbase) -> Decisions:
    """Return what was decided in a termbase."""
    decided = {c.id: c for c in base.concepts() if c.review is not ReviewState.UNREVIEWED}
    merged = {
        concept.id: target
        for concept in decided.values()
        if (target := _merged_with(base, concept)) is not None
    }
    return Decisions(decided, merged, base.sources())


def _merged_with(base: Termbase, concept: Concept) -> Concept | None:
    """Return the concept that took over a rejected one, following merges of merges."""
    seen = {concept.id}
    target = concept
    while target.review is ReviewState.REJECTED:
        id_ = next(iter(target.cross_references), None)
        found = None if id_ is None or id_ in seen else base.concept(id_)
        # A rejected concept may also refer to another for some other reason.
        if found is None or concept.head not in {term.text for term in found.chinese()}:
            return None
        seen.add(found.id)
        target = found
    return None if target is concept else target


def with_decisions(
    harvested: Iterable[Concept], decisions: Decisions, bitext: Bitext
) -> tuple[Concept, ...]:
    """Return a harvest in which all decisions hold.

    Of what was accepted or edited the new evidence is taken over, and renderings that nobody has
    decided about have no status. What was rejected stays so; what was merged goes where it went.
    Decided concepts that the harvest lacks stand behind the others.

    Args:
        harvested: the concepts, best first.
        decisions: earlier ones, of these texts or others.
        bitext: where the concepts were harvested.
    """
    places = _Places(bitext)
    concepts: dict[str, Concept] = {}
    parts: dict[str, list[Concept]] = {}
    for new in harvested:
        old = decisions.concepts.get(new.id)
        if old is None or old.review is ReviewState.REJECTED:
            concepts[new.id] = old or new
        else:
            concepts[new.id] = _renewed(places.moved(old), new)
        if new.id in decisions.merged:
            parts.setdefault(decisions.merged[new.id].id, []).append(new)
    targets = {target.id: target for target in decisions.merged.values()}
    for id_, old in (*decisions.concepts.items(), *targets.items()):
        if id_ not in concepts:
            concepts[id_] = places.moved(old)
        elif id_ not in decisions.concepts:
            concepts[id_] = absorbed(concepts[id_], _names(places.moved(old), concepts[id_]))
    for id_, some in parts.items():
        for part in some:
            concepts[id_] = absorbed(concepts[id_], part)
    return tuple(concepts.values())


def _renewed(old: Concept, new: Concept) -> Concept:
    """Return a decided concept with the evidence of a new harvest."""
    known = {(term.language, term.text) for term in old.terms}
    undecided = tuple(
        term if (term.language, term.text) in known else dataclasses.replace(term, status=None)
        for term in new.terms
    )
    return absorbed(old, dataclasses.replace(new, terms=undecided))


def _names(old: Concept, new: Concept) -> Concept:
    """Return a concept with its Chinese names only that ``new`` lacks."""
    known = {term.text for term in new.terms}
    names = tuple(term for term in old.chinese() if term.text not in known)
    return dataclasses.replace(old, terms=names)


class _Places:
    """Where the sentences of a bitext stand."""

    def __init__(self, bitext: Bitext) -> None:
        self._sources = {document.source.id for document in bitext.documents}
        self._found: dict[tuple[str, str], tuple[int, str]] = {}
        for number, bead in enumerate(bitext.beads):
            for rendition, document in enumerate(bitext.documents):
                for segment in bitext.segments(bead, rendition):
                    place = segment.index, f"{bitext.id}#{number}"
                    self._found.setdefault((document.source.id, segment.text), place)

    def moved(self, concept: Concept) -> Concept:
        """Return a concept whose sentences are where the bitext has them now.

        A sentence that the new text lacks still proves what it proved, and stands nowhere.
        """
        terms = tuple(
            dataclasses.replace(
                term, attestations=tuple(dict.fromkeys(map(self._moved, term.attestations)))
            )
            for term in concept.terms
        )
        return dataclasses.replace(concept, terms=terms)

    def _moved(self, known: Attestation) -> Attestation:
        if known.source_id not in self._sources or known.is_citation:
            return known
        segment, bead = self._found.get((known.source_id, known.context), (-1, ""))
        return dataclasses.replace(known, segment=segment, bead=bead)
