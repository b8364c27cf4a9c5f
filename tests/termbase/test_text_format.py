"""The text form of a glossary: lossless, stable, and clear about its faults."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from termbase_strategies import CONCEPT_LISTS, sources

from glossary.errors import BadInputError
from glossary.model import Attestation, Concept, Glossary, Score, Source, Term
from glossary.termbase.text_format import dump_text, parse_text

PLACE = Path("g.txt")
HEADER = "tifa-glossary 1\n\n"
EXAMPLE = Glossary(
    (
        Concept(
            "c1",
            (
                Term(
                    "网络强国",
                    "zh-Hans",
                    attestations=(
                        Attestation("essay", 3, (5, 9), "网络强国", "要加快建设网络强国。"),
                    ),
                    score=Score(0.5, "count", (("quoted", 2.0),)),
                ),
                Term(" odd\n", "en"),
            ),
            cross_references=("c2", "c3"),
        ),
    ),
    (Source("essay", date="2023"),),
)


def test_it_reads_like_this() -> None:
    assert dump_text(EXAMPLE) == (
        HEADER + "source: essay\n"
        "  date: 2023\n\n"
        "concept: c1\n"
        "  term: 网络强国\n"
        "    language: zh-Hans\n"
        "    attestation: 网络强国\n"
        "      source_id: essay\n"
        "      segment: 3\n"
        "      span: [5, 9]\n"
        "      context: 要加快建设网络强国。\n"
        "    score: count\n"
        "      value: 0.5\n"
        '      evidence: [["quoted", 2.0]]\n'
        '  term: " odd\\n"\n'
        "    language: en\n"
        "  cross_reference: c2\n"
        "  cross_reference: c3\n"
    )


@settings(max_examples=200, deadline=None)
@given(
    CONCEPT_LISTS,
    st.lists(sources(st.text(max_size=3)), max_size=3, unique_by=lambda source: source.id),
    st.randoms(use_true_random=False),
)
def test_round_trip_in_any_order(
    concepts: list[Concept], known: list[Source], chance: random.Random
) -> None:
    text = dump_text(Glossary(tuple(concepts), tuple(known)))
    read = parse_text(text, PLACE)
    assert sorted(map(repr, read.concepts)) == sorted(map(repr, concepts))
    assert sorted(map(repr, read.sources)) == sorted(map(repr, known))
    chance.shuffle(concepts)
    assert dump_text(Glossary(tuple(concepts), tuple(known))) == text
    assert parse_text("\ufeff" + text.replace("\n", "\r\n"), PLACE) == read


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "g.txt:1: does not begin with"),
        ("网络强国\tcyber power\n", "g.txt:1: does not begin with"),
        (HEADER + "term: x\n", "g.txt:3: 'term' cannot stand here"),
        (HEADER + "concept: c\n   kind: term\n", "g.txt:4: is indented wrongly"),
        (HEADER + "concept: c\n      kind: term\n", "g.txt:4: is indented wrongly"),
        (HEADER + "concept c\n", "g.txt:3: is not of the form"),
        (HEADER + "concept:c\n", "g.txt:3: is not of the form"),
        (HEADER + "concept: c\n  kind: term\n  kind: name\n", "g.txt:5: kind is given twice"),
        (HEADER + "concept: c\n  kind: thing\n", 'g.txt:3: concept.kind cannot be "thing"'),
        (HEADER + "concept: c\n  colour: red\n", "g.txt:3: concept has no field 'colour'"),
        (HEADER + "concept: c\n  term: x\n", "g.txt:3: concept.terms\\[0\\] lacks language"),
        (HEADER + 'source: "a\n', "g.txt:3: source is not JSON"),
        (HEADER + "concept: c\n  kind: term\n    x: y\n", "g.txt:5: is indented wrongly"),
    ],
)
def test_faults_name_their_line(text: str, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        parse_text(text, PLACE)
