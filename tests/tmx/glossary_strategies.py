"""Hypothesis strategies for glossaries, and what a format that lacks a feature leaves of one."""

from __future__ import annotations

import dataclasses
from typing import Any

from exchange_strategies import AWKWARD
from hypothesis import strategies as st

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ConceptKind,
    Glossary,
    ReviewState,
    Score,
    Source,
    Term,
    TermType,
)
from tmx.interface import Feature
from tmx.validity import is_valid

# Line breaks are tested by hand: a reader takes one with indentation after it for pretty printing.
_ordinary = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="￾￿")
_awkward = AWKWARD.filter(lambda c: c not in "\n\r\u2028")
text = st.text(st.one_of(_awkward, _ordinary), min_size=1, max_size=12).filter(str.strip)
maybe_text = st.one_of(st.just(""), text)
date = st.sampled_from([None, "2012", "2017-10", "2023-05-05"])
identifier = st.one_of(st.text(st.sampled_from("ab1_x: 强-."), min_size=1, max_size=8), text)


@st.composite
def attestations(draw: st.DrawFn, source_ids: list[str]) -> Attestation:
    before, surface, after = draw(maybe_text), draw(text), draw(maybe_text)
    return Attestation(
        source_id=draw(st.sampled_from(source_ids)),
        segment=draw(st.integers(0, 9)),
        span=(len(before), len(before) + len(surface)),
        surface=surface,
        context=before + surface + after,
        bead=draw(st.sampled_from(["", "a+b#1", "a+b#2"])),
    )


@st.composite
def terms(draw: st.DrawFn, language: str, source_ids: list[str]) -> Term:
    status = draw(st.sampled_from([None, *AdministrativeStatus]))
    return Term(
        text=draw(text),
        language=language,
        term_type=draw(st.sampled_from(TermType)),
        status=status,
        authority=draw(st.sampled_from(Authority)),
        attestations=tuple(draw(st.lists(attestations(source_ids), max_size=2))),
        valid_from=draw(date),
        valid_to=draw(date),
        part_of_speech=draw(st.sampled_from(["", "noun", "verb", "interjection"])),
        note=draw(maybe_text),
        score=draw(st.sampled_from([None, Score(0.5, "probe")])),
    )


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    source_ids = draw(st.lists(identifier, min_size=1, max_size=3, unique=True))
    sources = tuple(
        Source(
            id=name,
            title=draw(maybe_text),
            publisher=draw(maybe_text),
            language="en",
            date=draw(date),
            authority=draw(st.sampled_from(Authority)),
            url=draw(maybe_text),
        )
        for name in source_ids
    )
    names = draw(st.lists(identifier, min_size=1, max_size=3, unique=True))
    concepts = tuple(
        Concept(
            id=name,
            terms=(
                *draw(st.lists(terms("zh-Hans", source_ids), min_size=1, max_size=2)),
                *draw(st.lists(terms("zh-Hant", source_ids), max_size=1)),
                *draw(st.lists(terms("en", source_ids), max_size=3)),
            ),
            kind=draw(st.sampled_from(ConceptKind)),
            score=draw(st.sampled_from([None, Score(0.5, "probe")])),
            subject_field=draw(maybe_text),
            definition=draw(maybe_text),
            note=draw(maybe_text),
            cross_references=tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=2))),
            review=draw(st.sampled_from(ReviewState)),
        )
        for name in names
    )
    return Glossary(concepts, sources, draw(maybe_text))


def projected(glossary: Glossary, carries: frozenset[Feature]) -> Glossary:
    """Return what is left of a glossary in a format that carries only these features."""

    def of(feature: Feature, **values: Any) -> dict[str, Any]:
        return {} if feature in carries else values

    def attestation(item: Attestation) -> Attestation:
        return dataclasses.replace(
            item,
            **of(Feature.BEAD, segment=-1, bead=""),
            **of(Feature.SPAN, span=(0, 0), surface=""),
        )

    def term(item: Term) -> Term:
        kept = tuple(map(attestation, item.attestations)) if Feature.CONTEXT in carries else ()
        return dataclasses.replace(
            item,
            attestations=kept,
            **of(Feature.TERM_TYPE, term_type=TermType.FULL_FORM),
            **of(Feature.STATUS, status=None),
            **of(Feature.AUTHORITY, authority=Authority.UNOFFICIAL),
            **of(Feature.VALIDITY, valid_from=None, valid_to=None),
            **of(Feature.PART_OF_SPEECH, part_of_speech=""),
            **of(Feature.TERM_NOTE, note=""),
            **of(Feature.TERM_SCORE, score=None),
        )

    def concept(item: Concept) -> Concept:
        kept = item.terms
        if Feature.INVALID_TERMS not in carries:
            kept = tuple(t for t in kept if is_valid(t))
        return dataclasses.replace(
            item,
            terms=tuple(map(term, kept)),
            **of(Feature.CONCEPT_KIND, kind=ConceptKind.TERM),
            **of(Feature.CONCEPT_SCORE, score=None),
            **of(Feature.SUBJECT_FIELD, subject_field=""),
            **of(Feature.DEFINITION, definition=""),
            **of(Feature.CONCEPT_NOTE, note=""),
            **of(Feature.CROSS_REFERENCES, cross_references=()),
            **of(Feature.REVIEW, review=ReviewState.UNREVIEWED),
        )

    return Glossary(
        concepts=tuple(map(concept, glossary.concepts)),
        sources=glossary.sources if Feature.SOURCES in carries else (),
        title=glossary.title if Feature.TITLE in carries else "",
    )


def without_spans(glossary: Glossary) -> Glossary:
    """Return a glossary as :func:`projected` without spans does, for what a reader found itself."""
    return projected(glossary, frozenset(Feature) - {Feature.SPAN, Feature.BEAD})
