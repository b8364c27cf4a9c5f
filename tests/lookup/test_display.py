"""What people see of a concept: forms marked as such, and why a harvest prefers a rendering."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossary.lookup.candidates import How
from glossary.lookup.display import to_text
from glossary.lookup.search import Match
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ReviewState,
    Source,
    Term,
    TermType,
)

NEW = Source("new", date="2023", language="en", authority=Authority.OFFICIAL)
OLD = Source("old", date="2017", language="en", authority=Authority.OFFICIAL)
SOURCES = {source.id: source for source in (NEW, OLD)}


def term(text: str, source: Source, status: AdministrativeStatus, kind: TermType) -> Term:
    found = Attestation(source.id, 0, (0, len(text)), text, text)
    return Term(text, "en", kind, status, source.authority, (found,))


@pytest.fixture
def concept() -> Concept:
    return Concept(
        "c1",
        (
            Term("网络强国", "zh-Hans"),
            term("strong cyber country", NEW, AdministrativeStatus.PREFERRED, TermType.FULL_FORM),
            term("strong cyber countries", NEW, AdministrativeStatus.ADMITTED, TermType.VARIANT),
            term("cyber power", OLD, AdministrativeStatus.SUPERSEDED, TermType.FULL_FORM),
        ),
    )


def shown(concept: Concept) -> str:
    match = Match(concept, concept.terms[0], How.EXACT, 1.0)
    return to_text([match], SOURCES)


def test_forms_and_the_reason_are_shown(concept: Concept) -> None:
    text = shown(concept)
    assert "preferred · official · 1× · 2023 · by date: 2023 over 2017 (cyber power)" in text
    assert "strong cyber countries  admitted · variant · official" in text
    assert text.count("by date") == 1


def test_what_a_person_decided_is_not_explained(concept: Concept) -> None:
    assert "by date" not in shown(replace(concept, review=ReviewState.ACCEPTED))
