from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from corpora import shared_dir

from glossary.build.term_harvest import harvest_texts
from glossary.encoders import default_encoder
from glossary.harvest import Harvest, HarvestOptions, harvest
from glossary.harvest.citation import citation_form, phrase_key
from glossary.harvest.difference_choice import choose_differences
from glossary.harvest.difference_evidence import EVIDENCE
from glossary.harvest.differences import Difference
from glossary.harvest.english_links import link_english
from glossary.harvest.english_phrases import PHRASE_CLASSES, english_phrases
from glossary.harvest.english_sides import read_sides
from glossary.model import Authority, Bead, Bitext, Concept, Document, Segment, Source, TermType

#: Formulations of the machine's and the official rendition of an article, listed by a reader.
GOLD = Path(__file__).resolve().parent.parent / "data" / "judgements" / "renditions.tsv"

MACHINE = Source("machine", language="en", authority=Authority.MACHINE)
OFFICIAL = Source("official", language="en", authority=Authority.OFFICIAL)

PAIRS = [
    (
        "The village fundamentally solved the problem of “nine dragons water control” in the past.",
        "These steps fundamentally resolved the problem of fragmented management in the village.",
    ),
    (
        "We must adhere to the people-centered development idea and widen the road of reform.",
        "We should apply a people-centered development philosophy and widen the road of reform.",
    ),
    (
        "Accelerate the construction of the network power, and let the fruits benefit everyone.",
        "We will build a strong cyber country faster and see that everyone shares in the fruits.",
    ),
    (
        "The construction of the network power needs scientific and technological talents.",
        "Building a strong cyber country requires scientific and technological talents.",
    ),
]


def document(source: Source, lines: list[str]) -> Document:
    text = "\n".join(lines)
    segments, offset = [], 0
    for index, line in enumerate(lines):
        segments.append(Segment(source.id, index, line, (offset, offset + len(line)), index))
        offset += len(line) + 1
    return Document(source, text, tuple(segments))


def bitext(beads: list[tuple[list[str], list[str]]]) -> Bitext:
    lines: tuple[list[str], list[str]] = ([], [])
    members = []
    for groups in beads:
        places = []
        for side, group in zip(lines, groups, strict=True):
            places.append(tuple(range(len(side), len(side) + len(group))))
            side.extend(group)
        members.append(Bead(tuple(places), 0.9))
    documents = (document(MACHINE, lines[0]), document(OFFICIAL, lines[1]))
    return Bitext("machine+official", documents, tuple(members), "test")


@pytest.fixture(scope="module")
def compared() -> Harvest:
    return harvest(bitext([([a], [b]) for a, b in PAIRS]))


def forms(concept: Concept, source: str) -> set[str]:
    return {t.text for t in concept.terms if t.attestations[0].source_id == source}


def pairs(found: Harvest) -> set[tuple[str, str]]:
    result = set()
    for concept in found.concepts:
        sides: dict[str, set[str]] = {"machine": set(), "official": set()}
        for term in concept.terms:
            sides[term.attestations[0].source_id].add(term.text)
        result |= {(a, b) for a in sides["machine"] for b in sides["official"]}
    return result


def test_formulations_that_share_no_word_are_found_between_their_anchors(
    compared: Harvest,
) -> None:
    assert ("nine dragons water control", "fragmented management") in pairs(compared)
    assert ("network power", "strong cyber country") in pairs(compared)


def test_whole_phrases_are_listed_rather_than_their_differing_words(compared: Harvest) -> None:
    assert (
        "people-centered development idea",
        "people-centered development philosophy",
    ) in pairs(compared)


def test_what_both_texts_say_is_no_difference(compared: Harvest) -> None:
    sides = {side for pair in pairs(compared) for side in pair}
    assert "scientific and technological talents" not in sides
    assert "people-centered development" not in sides


def test_every_formulation_stands_where_it_is_said_to(compared: Harvest) -> None:
    for concept in compared.concepts:
        beads = [{a.bead for a in t.attestations} for t in concept.terms]
        assert set.union(*beads) == {a.bead for t in concept.terms for a in t.attestations}
        for term in concept.terms:
            for found in term.attestations:
                assert found.context[slice(*found.span)] == found.surface


def test_repeated_counterparts_are_one_concept_with_all_their_places(compared: Harvest) -> None:
    (found,) = [c for c in compared.concepts if {"network power"} & {term.text for term in c.terms}]
    counts = {term.text: term.count for term in found.terms}
    assert counts["network power"] == counts["strong cyber country"] == 2


def test_neighbours_without_a_counterpart_are_compared_with_each_other() -> None:
    apart = [([PAIRS[3][0]], []), ([], [PAIRS[3][1]])]
    beads = [([PAIRS[1][0]], [PAIRS[1][1]]), *apart, ([PAIRS[0][0]], [PAIRS[0][1]])]
    found = harvest(bitext(beads))
    assert ("network power", "strong cyber country") in pairs(found)


def test_no_more_is_listed_than_asked_for() -> None:
    found = harvest(bitext([([a], [b]) for a, b in PAIRS]), options=HarvestOptions(max_concepts=2))
    assert len(found.concepts) == 2


@pytest.mark.parametrize("lines", [("", ""), ("…", "!"), ("the of", "Growth."), ("7", "VII")])
def test_texts_without_words_have_no_differences(lines: tuple[str, str]) -> None:
    assert harvest(bitext([([lines[0]], [lines[1]])])).concepts == ()


def test_links_prefer_the_repeated_word_in_its_place() -> None:
    texts = ["New roads and new bridges.", "Roads that are new and bridges that are new."]
    segments = [document(MACHINE, [text]).segments for text in texts]
    sides = read_sides(segments, default_encoder())
    ((link),) = link_english([(sides[0], sides[1])], default_encoder())
    words = [[side.words[i].text.lower() for i in side.content] for side in sides]
    strength = link.strength
    assert words == [["new", "roads", "new", "bridges"], ["roads", "new", "bridges", "new"]]
    assert strength[1].argmax() == 0
    assert strength[3].argmax() == 2
    assert link.forward.sum(axis=1).max() <= 1.001
    assert link.backward.sum(axis=0).max() <= 1.001


def test_stretches_are_classed_by_their_form() -> None:
    text = "We improve the strong leadership of the party."
    (side,) = read_sides([document(MACHINE, [text]).segments], default_encoder())
    phrases = english_phrases(side)
    classes = {
        side.surface(int(a), int(b)): PHRASE_CLASSES[kind]
        for a, b, kind in zip(phrases.first, phrases.last, phrases.classes, strict=True)
    }
    assert classes["strong leadership"] == "noun phrase"
    assert classes["strong leadership of the party"] == "nouns joined by of"
    assert classes["leadership"] == "end of a noun phrase"
    assert classes["improve the strong leadership"] == "verb phrase"


def test_longer_and_shorter_extents_are_variants_of_one_concept(compared: Harvest) -> None:
    (found,) = [c for c in compared.concepts if "fragmented management" in forms(c, "official")]
    types = {term.text: term.term_type for term in found.terms}
    assert types["fragmented management"] is TermType.FULL_FORM
    assert types["problem of fragmented management"] is TermType.VARIANT
    assert found.terms[0].term_type is TermType.FULL_FORM


def test_no_concept_has_the_same_formulation_in_both_texts(compared: Harvest) -> None:
    for concept in compared.concepts:
        keys = [{phrase_key(form) for form in forms(concept, s)} for s in ("machine", "official")]
        assert not keys[0] & keys[1]


def test_quotation_marks_around_a_part_of_a_stretch_stay() -> None:
    text = "We must solve the “stuck neck” problem of our industry."
    (side,) = read_sides([document(MACHINE, [text]).segments], default_encoder())
    phrases = english_phrases(side)
    said = {
        citation_form(side.surface(int(a), int(b)))
        for a, b in zip(phrases.first, phrases.last, strict=True)
    }
    assert {"stuck neck", "“stuck neck” problem", "solve the “stuck neck” problem"} <= said
    assert not any(form.count("“") != form.count("”") for form in said)


def difference(first: tuple[int, int], second: tuple[int, int], score: float) -> Difference:
    keys = (f"a{first[0]}-{first[1]}", f"b{second[0]}-{second[1]}")
    core = (frozenset({keys[0]}), frozenset({keys[1]}))
    return Difference(0, first, second, keys, core, np.zeros(len(EVIDENCE)), score)


def test_what_mostly_covers_a_listed_difference_is_its_extent() -> None:
    listed = choose_differences(
        [
            difference((0, 2), (0, 2), 0.9),
            difference((0, 3), (0, 3), 0.8),
            difference((5, 7), (5, 7), 0.7),
            # Across the first on one side only: neither an extent nor a difference of its own.
            difference((0, 12), (5, 9), 0.6),
        ],
        most=10,
    )
    assert [(one.keys, list(one.extents)) for one in listed] == [
        (("a0-2", "b0-2"), [("a0-3", "b0-3")]),
        (("a5-7", "b5-7"), []),
    ]


def test_what_is_cut_or_holds_its_counterpart_is_no_extent() -> None:
    cut = difference((0, 3), (0, 3), 0.8)
    cut.evidence[EVIDENCE.index("cut right")] = 1
    part = difference((0, 4), (0, 3), 0.7)
    part.keys = ("digital economy", "guarantee for digital economy")
    whole = difference((0, 2), (0, 2), 0.9)
    (one,) = choose_differences([whole, cut, part, difference((0, 3), (0, 4), 0.6)], most=10)
    assert list(one.extents) == [("a0-3", "b0-4")]


def test_no_difference_has_more_extents_than_a_reader_can_take_in() -> None:
    wider = [difference((0, n), (0, n), 1 / n) for n in range(5, 20)]
    (one,) = choose_differences(wider, most=10)
    assert len({keys[0] for keys in one.extents}) <= 4


@pytest.mark.shared
def test_a_readers_list_of_the_differences_of_an_article_is_found() -> None:
    texts = sorted((shared_dir() / "data" / "seeds").glob("*.txt"))
    concepts = harvest_texts([str(path) for path in texts]).concepts
    assert len(concepts) <= 400
    held = [
        [{phrase_key(form) for form in forms(concept, path.stem)} for path in texts]
        for concept in concepts
    ]
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    gold = [tuple(map(phrase_key, line.split("\t"))) for line in lines]
    found = [pair for pair in gold if any(a in x and b in y for a, b in [pair] for x, y in held)]
    assert len(found) >= 0.66 * len(gold)
    named = [
        ("Kowloon water control", "fragmented management"),
        ("stuck neck", "technology bottlenecks"),
        ("network power", "strong cyber country"),
    ]
    assert {(phrase_key(a), phrase_key(b)) for a, b in named} <= set(found)
