from __future__ import annotations

import pytest
from harvest_bitexts import ESSAY, MACHINE, OFFICIAL, bitext

from glossary.encoders import default_encoder, e5_available, token_encoder
from glossary.harvest import Harvest, HarvestOptions, harvest
from glossary.model import AdministrativeStatus, Authority, Concept, ConceptKind, concept_id


@pytest.fixture(scope="module")
def harvested() -> Harvest:
    return harvest(bitext(ESSAY, OFFICIAL, MACHINE))


def concept(harvest: Harvest, key: str) -> Concept:
    return next(c for c in harvest.concepts if c.id == concept_id(key))


def test_each_rendition_renders_a_term_in_its_own_way(harvested: Harvest) -> None:
    texts = {term.text: term for term in concept(harvested, "网络强国").renderings()}
    assert texts["strong cyber country"].authority is Authority.OFFICIAL
    assert texts["network power"].is_machine_only
    assert texts["strong cyber country"].count == 2


def test_a_rendering_that_both_renditions_share_is_one_term(harvested: Harvest) -> None:
    (term,) = concept(harvested, "高质量发展").renderings()
    assert term.text == "high-quality development"
    assert {a.source_id for a in term.attestations} == {"official", "machine"}
    assert term.authority is Authority.OFFICIAL


def test_machine_renderings_are_never_preferred_and_have_no_status(harvested: Harvest) -> None:
    for found in harvested.concepts:
        for term in found.renderings():
            assert (term.status is None) == (term.authority is Authority.MACHINE)
        preferred = [t for t in found.renderings() if t.status is AdministrativeStatus.PREFERRED]
        assert len(preferred) <= 1
        if preferred:
            assert found.renderings()[0] is preferred[0]


def test_attestations_prove_what_they_say(harvested: Harvest) -> None:
    documents = {d.source.id: d for d in bitext(ESSAY, OFFICIAL, MACHINE).documents}
    for found in harvested.concepts:
        beads = {a.bead for term in found.chinese() for a in term.attestations}
        for term in found.terms:
            assert term.attestations
            for a in term.attestations:
                assert a.context == documents[a.source_id].segments[a.segment].text
                assert a.context[slice(*a.span)] == a.surface
                assert a.bead in beads


def test_marks_of_the_writer_are_seen(harvested: Harvest) -> None:
    assert concept(harvested, "数据安全法").kind is ConceptKind.NAME
    assert concept(harvested, "数据安全法").renderings()[0].text == "Data Security Law"
    assert "consciousnesses" in concept(harvested, "四个意识").renderings()[0].text.lower()


def test_the_same_bitext_gives_the_same_harvest(harvested: Harvest) -> None:
    assert harvest(bitext(ESSAY, OFFICIAL, MACHINE)) == harvested


def test_best_first_and_no_more_than_asked(harvested: Harvest) -> None:
    scores = [c.score.value for c in harvested.concepts if c.score]
    assert scores == sorted(scores, reverse=True)
    few = harvest(bitext(ESSAY, OFFICIAL, MACHINE), options=HarvestOptions(max_concepts=3))
    assert few.concepts == harvested.concepts[:3]


def test_words_that_only_stand_side_by_side_once_need_more_worth(harvested: Harvest) -> None:
    loose = harvest(bitext(ESSAY, OFFICIAL, MACHINE), options=HarvestOptions(min_run_worth=0.01))
    more = {c.head for c in loose.concepts} - {c.head for c in harvested.concepts}
    assert "数字经济的支撑" in more


def test_what_has_no_sure_rendering_may_be_kept_below() -> None:
    pair = bitext(ESSAY, OFFICIAL)
    sure = harvest(pair, options=HarvestOptions(min_worth=0.0))
    doubtful = harvest(pair, options=HarvestOptions(min_worth=0.0, doubtful_score=0.2))
    more = {c.head for c in doubtful.concepts} - {c.head for c in sure.concepts}
    assert more
    for one in doubtful.concepts:
        if one.head in more:
            assert all(t.score and 0.2 <= t.score.value < 1 for t in one.renderings())
            assert sum(t.count for t in one.renderings()) == 1


def test_traditional_text_keeps_its_script_and_groups_with_simplified() -> None:
    source, lines = ESSAY
    del source
    from glossary.language.script import to_traditional
    from glossary.model import Source

    pivot = (Source("essay", language="zh-Hant"), tuple(to_traditional(line) for line in lines))
    found = concept(harvest(bitext(pivot, OFFICIAL)), "网络强国")
    assert found.head == "網絡強國"
    assert found.renderings()[0].text == "strong cyber country"


def test_a_text_without_counterpart_gives_no_concepts() -> None:
    source, lines = OFFICIAL
    empty = harvest(bitext(ESSAY, (source, [""] * len(lines))))
    assert empty.concepts == ()
    assert empty.candidates > 0


def test_english_renditions_are_compared() -> None:
    result = harvest(bitext(MACHINE, OFFICIAL))
    pairs = {frozenset(term.text for term in c.terms) for c in result.concepts}
    assert any({"network power", "strong cyber country"} <= p for p in pairs), pairs
    for found in result.concepts:
        assert {a.source_id for t in found.terms for a in t.attestations} == {"machine", "official"}
        assert found.terms[0].authority is Authority.OFFICIAL
    # What both say alike is no difference.
    assert not any("digital economy" in p for p in pairs)


@pytest.mark.skipif(not e5_available(), reason="the extra neural is not installed")
def test_the_signature_names_the_encoders_that_were_asked(harvested: Harvest) -> None:
    assert token_encoder().name in harvested.signature
    plain = harvest(bitext(ESSAY, OFFICIAL, MACHINE), encoder=default_encoder())
    assert plain.signature.endswith(f"|{default_encoder().name}")
    assert concept(plain, "网络强国")
