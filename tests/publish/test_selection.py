"""A part of a glossary: what is left, and the sources that still prove it."""

from __future__ import annotations

import dataclasses

import pytest
from publish_samples import sample_glossary

from glossary.errors import BadInputError
from glossary.lookup import Filters
from glossary.model import ReviewState
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


def test_an_empty_selection_is_said() -> None:
    with pytest.raises(BadInputError, match="no concept is selected"):
        select(sample_glossary(), Filters.from_labels(subject="cooking"))
