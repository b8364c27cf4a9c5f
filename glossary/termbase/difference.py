"""What differs between two glossaries, concept by concept and term by term."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossary.model import Concept, Glossary, Source, Term

__all__ = [
    "ConceptChange",
    "Difference",
    "FieldChange",
    "SourceChange",
    "TermChange",
    "compare",
    "keyed_terms",
    "match_concepts",
]

#: A term within its concept: language, text, and which of several such it is.
TermKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the model and its two values; ``order`` is that of a concept's terms."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term of a concept on both sides; None where it is not there."""

    before: Term | None
    after: Term | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def term(self) -> Term:
        """The term as it is now, or as it was."""
        term = self.after or self.before
        assert term is not None
        return term


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A concept that stands on both sides and is not the same."""

    before: Concept
    after: Concept
    fields: tuple[FieldChange, ...]
    terms: tuple[TermChange, ...]


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source on both sides; None where it is not there."""

    before: Source | None
    after: Source | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; the order of concepts and sources is none of it."""

    added: tuple[Concept, ...]
    removed: tuple[Concept, ...]
    changed: tuple[ConceptChange, ...]
    sources: tuple[SourceChange, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.sources)


def compare(before: Glossary, after: Glossary) -> Difference:
    """Return what differs; concepts are the same by id, else by a head that only they have."""
    pairs = match_concepts(before.concepts, after.concepts)
    changed = [
        _concept_change(old, new) for old, new in pairs if old is not None and new is not None
    ]
    return Difference(
        added=tuple(new for old, new in pairs if old is None and new is not None),
        removed=tuple(old for old, new in pairs if new is None and old is not None),
        changed=tuple(change for change in changed if change is not None),
        sources=tuple(_source_changes(before.sources, after.sources)),
    )


def match_concepts(
    first: Sequence[Concept], second: Sequence[Concept]
) -> list[tuple[Concept | None, Concept | None]]:
    """Return the concepts of two glossaries in pairs, those of the second alone last.

    Glossaries that were made apart number their concepts apart: what has no counterpart by its id
    has one by its head, if just one concept on each side is left with that head.
    """
    by_id = {concept.id: concept for concept in second}
    partners = {concept.id: by_id[concept.id] for concept in first if concept.id in by_id}
    rest = [concept for concept in first if concept.id not in partners]
    others = [concept for concept in second if concept.id not in partners]
    by_head = _unique_heads(others)
    heads = _unique_heads(rest)
    partners |= {
        concept.id: by_head[head] for head, concept in heads.items() if head in by_head and head
    }
    taken = {concept.id for concept in partners.values()}
    pairs: list[tuple[Concept | None, Concept | None]] = [
        (concept, partners.get(concept.id)) for concept in first
    ]
    return pairs + [(None, concept) for concept in second if concept.id not in taken]


def _unique_heads(concepts: Iterable[Concept]) -> dict[str, Concept]:
    concepts = [concept for concept in concepts if concept.terms]
    counts = Counter(concept.head for concept in concepts)
    return {concept.head: concept for concept in concepts if counts[concept.head] == 1}


def keyed_terms(concept: Concept) -> dict[TermKey, Term]:
    """Return a concept's terms in their order, by language, text and count of the same before."""
    seen: Counter[tuple[str, str]] = Counter()
    keyed = {}
    for term in concept.terms:
        key = (term.language, term.text)
        keyed[(*key, seen[key])] = term
        seen[key] += 1
    return keyed


def _concept_change(before: Concept, after: Concept) -> ConceptChange | None:
    fields = list(_field_changes(before, after, without=("id", "terms")))
    old, new = keyed_terms(before), keyed_terms(after)
    terms = [
        TermChange(term, new.get(key), tuple(_field_changes(term, new.get(key))))
        for key, term in old.items()
    ]
    terms += [TermChange(None, term) for key, term in new.items() if key not in old]
    shared = [key for key in old if key in new]
    if shared != [key for key in new if key in old]:
        fields.append(FieldChange("order", tuple(old), tuple(new)))
    terms = [change for change in terms if change.before != change.after]
    if not fields and not terms:
        return None
    return ConceptChange(before, after, tuple(fields), tuple(terms))


def _source_changes(before: Iterable[Source], after: Iterable[Source]) -> Iterator[SourceChange]:
    old, new = ({source.id: source for source in sources} for sources in (before, after))
    for id_ in sorted(old.keys() | new.keys()):
        first, second = old.get(id_), new.get(id_)
        if first != second:
            yield SourceChange(first, second, tuple(_field_changes(first, second)))


def _field_changes(
    before: Concept | Term | Source | None,
    after: Concept | Term | Source | None,
    *,
    without: Sequence[str] = (),
) -> Iterator[FieldChange]:
    if before is None or after is None:
        return
    for field in dataclasses.fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name not in without and old != new:
            yield FieldChange(field.name, old, new)
