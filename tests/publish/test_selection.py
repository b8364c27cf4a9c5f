"""A part of a glossary: what is left, and the sources that still prove it."""

from __future__ import annotations

import dataclasses

import pytest
from publish_samples import sample_glossary

from glossary.errors import BadInputError
from glossary.lookup import Filters
from glossary.model import AdministrativeStatus, ReviewState
from glossary.publish.selection import select


def test_renderings_and_sources_that_are_not_wanted_go() -> None:
    part = select(sample_glossary(), Filters.from_labels(min_authority="official"))
    assert [source.id for source in part.sources] == ["essay", "official"]
    renderings = [term.text for concept in part.concepts for term in concept.renderings()]
    assert "the last mile" in renderings
    assert "the last kilometer" not in renderings


def test_rejected_concepts_are_published_only_if_asked_for() -> None:
    glossary = sample_glossary()
    rejected = dataclasses.replace(glossary.concepts[0], review=ReviewState.REJECTED)
    glossary = dataclasses.replace(glossary, concepts=(rejected, *glossary.concepts[1:]))
    assert rejected not in select(glossary, Filters()).concepts
    assert select(glossary, Filters(), {ReviewState.REJECTED}).concepts == (rejected,)


def test_a_glossary_is_published_as_it_was_on_a_date() -> None:
    [concept] = [c for c in sample_glossary().concepts if c.head == "交通强县"]
    old, new = (
        dataclasses.replace(term, valid_from=since)
        for term, since in zip(concept.terms[1:3], ("2017-11", "2011"), strict=True)
    )
    dated = dataclasses.replace(concept, terms=(concept.terms[0], old, new))
    glossary = dataclasses.replace(sample_glossary(), concepts=(dated,))
    part = select(glossary, Filters(), date="2015")
    [kept] = part.concepts
    assert [(term.text, term.status) for term in kept.renderings()] == [
        ("transport county", AdministrativeStatus.PREFERRED),
        ("strength in transport", None),
    ]


def test_an_empty_selection_is_said() -> None:
    with pytest.raises(BadInputError, match="no concept is selected"):
        select(sample_glossary(), Filters.from_labels(subject="cooking"))
