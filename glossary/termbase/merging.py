"""Two glossaries made one, field by field; with a common base, as version control merges texts.

Without a base nothing counts as removed: what one side lacks, the other adds. With one, a side that
still says what the base says gives way to the other. Both sides having changed one field in
different ways is a conflict, which the caller decides.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    Glossary,
    ReviewState,
    Source,
    Term,
)
from glossary.termbase.difference import TermKey, keyed_terms, match_concepts

__all__ = ["Conflict", "Decide", "Merge", "merge"]

T = TypeVar("T", Concept, Term, Source)
V = TypeVar("V")

#: The field of a conflict about a concept, source or term as a whole: one side removed it.
WHOLE = "removed"
#: The field of a conflict about which of several terms is the preferred one.
PREFERRED = "preferred term"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that the two sides changed in different ways.

    Attributes:
        place: the concept's head, with the term if it is about one; or the source's id.
        field: of the model, ``removed`` or ``preferred term``.
        base: None without a base, and where the base lacks it.
    """

    place: str
    field: str
    ours: object
    theirs: object
    base: object = None


#: Decides a conflict: True takes what is theirs.
Decide = Callable[[Conflict], bool]


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged glossary and how it came about; ``ours`` is what it is compared with.

    Attributes:
        removed: ids of ours that are no more.
    """

    glossary: Glossary
    added: tuple[Concept, ...]
    changed: tuple[Concept, ...]
    removed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merge(ours: Glossary, theirs: Glossary, decide: Decide, base: Glossary | None = None) -> Merge:
    """Return two glossaries as one; concepts keep our ids and our order, new ones follow.

    Args:
        ours: its concepts that the merge leaves alone come out equal.
        theirs: what is merged in.
        decide: asked once for each conflict, in the order of ours.
        base: what both sides were made from.
    """
    return _Merger(decide, base).merge(ours, theirs)


class _Merger:
    def __init__(self, decide: Decide, base: Glossary | None) -> None:
        self._decide = decide
        self._base = base
        self._conflicts: list[Conflict] = []

    def merge(self, ours: Glossary, theirs: Glossary) -> Merge:
        pairs = match_concepts(ours.concepts, theirs.concepts)
        ids = {their.id: our.id for our, their in pairs if our and their}
        base = self._base.concepts if self._base else ()
        bases = {our.id: old for old, our in match_concepts(base, ours.concepts) if old and our} | {
            their.id: old for old, their in match_concepts(base, theirs.concepts) if old and their
        }
        concepts, added, changed, removed = [], [], [], []
        for our, their in pairs:
            old = bases.get(our.id if our else their.id if their else "")
            merged = self._concept(our, _with_ids(their, ids) if their else None, old)
            if merged is None:
                if our is not None:
                    removed.append(our.id)
                continue
            concepts.append(merged)
            if our is None:
                added.append(merged)
            elif merged != our:
                changed.append(merged)
        glossary = Glossary(
            tuple(concepts), self._sources(ours, theirs), ours.title or theirs.title
        )
        return Merge(glossary, tuple(added), tuple(changed), tuple(removed), tuple(self._conflicts))

    def _takes_theirs(self, conflict: Conflict) -> bool:
        self._conflicts.append(conflict)
        return self._decide(conflict)

    def _one_sided(self, place: str, ours: V | None, theirs: V | None, old: V | None) -> V | None:
        """Return what becomes of something that one side lacks."""
        kept = ours if theirs is None else theirs
        if self._base is None or old is None:
            return kept
        if kept == old:
            return None
        takes_theirs = self._takes_theirs(Conflict(place, WHOLE, ours, theirs, old))
        return theirs if takes_theirs else ours

    def _concept(
        self, ours: Concept | None, theirs: Concept | None, old: Concept | None
    ) -> Concept | None:
        if ours is None or theirs is None:
            one = ours or theirs
            assert one is not None
            return self._one_sided(_name(one), ours, theirs, old)
        if ours == theirs:
            return ours
        if old is not None:
            # The base may know the concept by another id.
            old = dataclasses.replace(old, id=ours.id)
        merged = self._fields(_name(ours), ours, theirs, old, without=("id", "terms"))
        terms = self._terms(ours, theirs, old)
        return dataclasses.replace(merged, terms=self._one_preferred(_name(ours), terms, ours))

    def _terms(self, ours: Concept, theirs: Concept, old: Concept | None) -> tuple[Term, ...]:
        mine, other = keyed_terms(ours), keyed_terms(theirs)
        before: Mapping[TermKey, Term] = keyed_terms(old) if old else {}
        merged = []
        for key in dict.fromkeys((*mine, *other)):
            first, second, base = mine.get(key), other.get(key), before.get(key)
            place = f"{_name(ours)}: {key[1]}"
            if first is None or second is None:
                term = self._one_sided(place, first, second, base)
            elif first == second:
                term = first
            else:
                term = self._fields(place, first, second, base)
            if term is not None:
                merged.append(term)
        # Chinese terms stand first; the sort is stable, so the order is kept otherwise.
        return tuple(sorted(merged, key=lambda term: not term.language.startswith("zh")))

    def _one_preferred(
        self, place: str, terms: tuple[Term, ...], ours: Concept
    ) -> tuple[Term, ...]:
        """Let each language have one preferred term that is in force without end."""
        mine = {key[:2] for key, term in keyed_terms(ours).items() if _is_preferred(term)}
        for language in dict.fromkeys(term.language for term in terms):
            preferred = [t for t in terms if t.language == language and _is_preferred(t)]
            first = next((t for t in preferred if (t.language, t.text) in mine), None)
            new = next((t for t in preferred if (t.language, t.text) not in mine), None)
            if first is None or new is None:
                continue
            conflict = Conflict(place, PREFERRED, first.text, new.text)
            winner, loser = (new, first) if self._takes_theirs(conflict) else (first, new)
            demoted = dataclasses.replace(loser, status=AdministrativeStatus.ADMITTED)
            # Renderings stand best first: the preferred one takes the first place of the two.
            places = iter((winner, demoted))
            terms = tuple(next(places) if term in (winner, loser) else term for term in terms)
        return terms

    def _fields(
        self, place: str, ours: T, theirs: T, old: T | None, *, without: Sequence[str] = ()
    ) -> T:
        changes: dict[str, Any] = {}
        for field in dataclasses.fields(ours):
            name = field.name
            if name in without:
                continue
            first, second = getattr(ours, name), getattr(theirs, name)
            if first != second:
                base = None if old is None else getattr(old, name)
                conflict = Conflict(place, name, first, second, base)
                changes[name] = self._value(conflict, has_base=old is not None)
        return dataclasses.replace(ours, **changes)

    def _value(self, conflict: Conflict, *, has_base: bool) -> object:
        """Return what a field holds that the two sides do not agree on."""
        ours: Any = conflict.ours
        theirs: Any = conflict.theirs
        if conflict.field in ("attestations", "cross_references"):
            return _united(ours, theirs, conflict.base)  # type: ignore[arg-type]
        if has_base and conflict.base in (ours, theirs):
            return theirs if ours == conflict.base else ours
        if not has_base and (_says_nothing(ours) or _says_nothing(theirs)):
            return theirs if _says_nothing(ours) else ours
        if conflict.field == "score":
            # Scores are computed: two harvests never agree, and nobody should have to decide.
            return max(ours, theirs, key=lambda score: -1.0 if score is None else score.value)
        return theirs if self._takes_theirs(conflict) else ours

    def _sources(self, ours: Glossary, theirs: Glossary) -> tuple[Source, ...]:
        other = {source.id: source for source in theirs.sources}
        base = {source.id: source for source in self._base.sources} if self._base else {}
        merged = [
            self._fields(source.id, source, other[source.id], base.get(source.id))
            if source.id in other
            else source
            for source in ours.sources
        ]
        known = {source.id for source in ours.sources}
        return (*merged, *(source for source in theirs.sources if source.id not in known))


def _name(concept: Concept) -> str:
    return concept.head if concept.terms else concept.id


def _with_ids(concept: Concept, ids: Mapping[str, str]) -> Concept:
    references = tuple(ids.get(id_, id_) for id_ in concept.cross_references)
    return dataclasses.replace(
        concept, id=ids.get(concept.id, concept.id), cross_references=references
    )


def _is_preferred(term: Term) -> bool:
    return term.status is AdministrativeStatus.PREFERRED and term.valid_to is None


def _says_nothing(value: object) -> bool:
    """Return whether a value is one that stands where nobody has said anything."""
    nothing: tuple[object, ...] = (None, "", (), ReviewState.UNREVIEWED, Authority.MACHINE)
    return any(value is known or value == known for known in nothing if type(value) is type(known))


def _united(
    ours: Iterable[Attestation | str],
    theirs: Iterable[Attestation | str],
    base: Iterable[Attestation | str] | None,
) -> tuple[Attestation | str, ...]:
    """Return ours and theirs, without what one of them took out of the base."""
    mine, other = tuple(ours), tuple(theirs)
    here, there, before = ({_identity(item) for item in side} for side in (mine, other, base or ()))
    gone_there, known_here = before - there, here | before
    return (
        *(item for item in mine if _identity(item) not in gone_there),
        *(item for item in other if _identity(item) not in known_here),
    )


def _identity(item: Attestation | str) -> object:
    """Return what makes two attestations one: exchange files lose the numbers of segments."""
    return item if isinstance(item, str) else (item.source_id, item.surface, item.context)
