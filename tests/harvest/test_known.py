"""What a glossary knows is evidence only where it stands in the texts."""

import pytest
from harvest_bitexts import ESSAY, MACHINE, OFFICIAL, bitext

from glossary.harvest import harvest
from glossary.harvest.candidates_zh import chinese_candidates
from glossary.harvest.known import known_stretches, with_known
from glossary.model import Concept, ConceptKind


@pytest.mark.parametrize(
    ("english", "renderings", "found"),
    [
        ("Strong cyber countries win.", ["strong cyber country"], ["Strong cyber countries"]),
        (
            "the modernisation of the state",
            ["modernization of state"],
            ["modernisation of the state"],
        ),
        ("a weak country", ["strong cyber country"], []),
        ("Data, a factor of production,", ["data factor"], []),
        ("peace, development", ["peace, development"], ["peace, development"]),
        ("a weak country", ["the", ""], []),
    ],
)
def test_where_a_known_rendering_stands(
    english: str, renderings: list[str], found: list[str]
) -> None:
    assert [english[a:b] for a, b in known_stretches(english, renderings)] == found


def test_known_formulations_are_candidates_where_they_stand() -> None:
    texts = ["必须完整、准确、全面贯彻“新发展”理念。"]
    found = with_known(chinese_candidates(texts), texts, {"全面贯彻新发展理念": (), "网络强国": ()})
    (known,) = (candidate for candidate in found if candidate.key == "全面贯彻新发展理念")
    assert [texts[p.text][p.start : p.end] for p in known.places] == ["全面贯彻“新发展”理念"]
    assert all(candidate.key != "网络强国" for candidate in found)


def concept(known: dict[str, tuple[str, ...]], head: str) -> Concept:
    harvested = harvest(bitext(ESSAY, OFFICIAL, MACHINE), known=known)
    (found,) = (concept for concept in harvested.concepts if concept.head == head)
    return found


def test_a_known_rendering_wins_and_an_absent_one_is_not_made_up() -> None:
    found = concept(
        {"新型举国体制": ("new system for mobilizing resources nationwide", "whole-nation system")},
        "新型举国体制",
    )
    texts = {term.text for term in found.renderings()}
    assert "new system for mobilizing resources nationwide" in texts
    assert "whole-nation system" not in texts


def test_a_known_formulation_is_not_hidden_by_a_longer_one() -> None:
    renderings = ("new system for mobilizing resources nationwide", "new national system")
    known = {"健全新型举国体制": (), "新型举国体制": renderings}
    assert concept(known, "新型举国体制").renderings()


def test_a_known_formulation_that_begins_with_its_verb_is_a_phrase() -> None:
    texts = ["我们坚持和完善新型举国体制。"]
    known = {"坚持和完善新型举国体制": (), "新型举国体制": ()}
    kinds = {c.key: c.kind for c in with_known([], texts, known)}
    assert kinds == {
        "坚持和完善新型举国体制": ConceptKind.PHRASE,
        "新型举国体制": ConceptKind.TERM,
    }
