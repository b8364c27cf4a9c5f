"""Where a rendition does not render a term: in other words, not at all, or only as it seems."""

from __future__ import annotations

import pytest
from harvest_bitexts import ESSAY, MACHINE, OFFICIAL, bitext
from review_termbase import concept

from glossary.harvest import harvest
from glossary.harvest.display import text_lines
from glossary.harvest.omissions import Omission, Omissions
from glossary.harvest.records import concept_record, pair_lines
from glossary.harvest.result import Unsure
from glossary.model import Bitext, Concept

BITEXT = bitext(ESSAY, OFFICIAL, MACHINE)
DROPPED = bitext(ESSAY, (OFFICIAL[0], ("", *OFFICIAL[1][1:])), MACHINE)


def omissions(found: Concept, *others: Concept, texts: Bitext = BITEXT) -> list[tuple[str, int]]:
    places = Omissions(texts, [found, *others]).of(found)
    return [(place.source_id, place.segment) for place in places]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (concept("网络强国", ["strong cyber country"], ["network power"], 1), []),
        # The machine renders it wherever it stands, though nothing was harvested from it.
        (concept("数字经济", ["digital economy"], [], 1), []),
        # In other words: the official text has nothing for 发挥 and 保障.
        (concept("发挥", [], ["play"], 1), [("official", 1)]),
        # Inflected, it is the same rendering.
        (concept("技术", ["technological bottleneck"], ["technology"], 1), []),
    ],
)
def test_places_without_a_rendering_are_found(
    found: Concept, expected: list[tuple[str, int]]
) -> None:
    assert omissions(found) == expected


def test_what_is_rendered_within_a_longer_term_is_not_missing() -> None:
    part = concept("举国体制", [], ["national system"], 1)
    whole = concept("新型举国体制", ["new system for mobilizing resources nationwide"], [], 1)
    assert omissions(part) == [("official", 1)]
    assert omissions(part, whole) == []


def test_a_dropped_sentence_has_no_context() -> None:
    found = concept("卡脖子", [], ["stuck neck"], 1)
    assert Omissions(DROPPED, [found]).of(found) == (
        Omission("official", 0, f"{DROPPED.id}#0", ""),
    )
    record = concept_record(found, omissions=Omissions(DROPPED, [found]).of(found))
    assert record["not_rendered"] == [
        {
            "source": "official",
            "segment": 0,
            "bead": f"{DROPPED.id}#0",
            "dropped": True,
            "context": "",
            "closest": None,
            "closest_score": None,
        }
    ]


def test_records_say_what_stands_there_instead() -> None:
    found = concept("发挥", [], ["play"], 1)
    omitted = Omissions(BITEXT, [found])
    (record,) = concept_record(found, omissions=omitted.of(found))["not_rendered"]
    assert (record["source"], record["dropped"]) == ("official", False)
    assert record["context"] == OFFICIAL[1][1]
    # Nobody looked is not the same as nothing is missing.
    assert concept_record(found)["not_rendered"] is None
    header, line = pair_lines([found], omitted.of)
    assert header.endswith("\tnot_rendered")
    assert line.endswith("\tofficial: –")


def test_what_comes_closest_is_told() -> None:
    found = concept("发挥", [], ["play"], 1)
    start = found.chinese()[0].attestations[0].span
    unsure = [Unsure("official", 1, start, "use", 0.3), Unsure("official", 0, start, "build", 0.4)]
    omitted = Omissions(BITEXT, [found], unsure)
    (record,) = concept_record(found, omissions=omitted.of(found))["not_rendered"]
    assert (record["closest"], record["closest_score"]) == ("use", 0.3)
    _, line = pair_lines([found], omitted.of)
    assert line.endswith("\tofficial: use?")
    assert list(text_lines([found], {}, omitted.of))[-1] == "  not rendered  official: use?"


def test_a_harvest_tells_what_comes_closest() -> None:
    """What is left of a place: too unsure a phrase, or one that another term has taken."""
    harvested = harvest(BITEXT)
    attested = {
        (place.source_id, place.segment)
        for found in harvested.concepts
        for term in found.renderings()
        for place in term.attestations
    }
    assert harvested.unsure
    for unsure in harvested.unsure:
        assert unsure.source_id in {"official", "machine"}
        start, end = unsure.span
        assert ESSAY[1][unsure.segment][start:end]
        lines = OFFICIAL[1] if unsure.source_id == "official" else MACHINE[1]
        assert unsure.text in lines[unsure.segment]
        assert (unsure.source_id, unsure.segment) in attested or unsure.score < 0.42


def test_english_texts_alone_have_no_omissions() -> None:
    found = concept("发挥", [], ["play"], 1)
    assert omissions(found, texts=bitext(OFFICIAL, MACHINE)) == []
