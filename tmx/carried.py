"""What a glossary has that a format does not carry, counted by feature."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.model import Authority, Concept, ConceptKind, Glossary, ReviewState, Term, TermType
from tmx.interface import Feature, LossLog

__all__ = ["note_features"]


def note_features(log: LossLog, glossary: Glossary, carries: frozenset[Feature]) -> None:
    """Note each feature that the glossary has and ``carries`` lacks, with its count.

    The choice of terms is not looked at: a writer notes itself which terms it leaves out.
    """
    if glossary.title and Feature.TITLE not in carries:
        log.add_feature(Feature.TITLE, glossary.title, 1)
    if Feature.SOURCES not in carries:
        for source in glossary.sources:
            log.add_feature(Feature.SOURCES, source.id, 1)
    for concept in glossary.concepts:
        for feature, count in _of_concept(concept):
            if feature not in carries:
                log.add_feature(feature, concept.id, count)
        for term in concept.terms:
            for feature, count in _of_term(term):
                if feature not in carries:
                    log.add_feature(feature, term.text, count)


def _of_concept(concept: Concept) -> Iterator[tuple[Feature, int]]:
    yield Feature.CONCEPT_KIND, concept.kind is not ConceptKind.TERM
    yield Feature.CONCEPT_SCORE, concept.score is not None
    yield Feature.SUBJECT_FIELD, bool(concept.subject_field)
    yield Feature.DEFINITION, bool(concept.definition)
    yield Feature.CONCEPT_NOTE, bool(concept.note)
    yield Feature.CROSS_REFERENCES, len(concept.cross_references)
    yield Feature.REVIEW, concept.review is not ReviewState.UNREVIEWED


def _of_term(term: Term) -> Iterator[tuple[Feature, int]]:
    yield Feature.TERM_TYPE, term.term_type is not TermType.FULL_FORM
    yield Feature.STATUS, term.status is not None
    yield Feature.AUTHORITY, term.authority is not Authority.UNOFFICIAL
    yield Feature.VALIDITY, bool(term.valid_from or term.valid_to)
    yield Feature.PART_OF_SPEECH, bool(term.part_of_speech)
    yield Feature.TERM_NOTE, bool(term.note)
    yield Feature.TERM_SCORE, term.score is not None
    yield Feature.CONTEXT, term.count
