"""Two glossaries made one, with and without a common base."""

import dataclasses

from hypothesis import given
from termbase_strategies import CONCEPT_LISTS

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Concept,
    Glossary,
    ReviewState,
    Score,
    Source,
    Term,
)
from glossary.termbase.difference import compare
from glossary.termbase.merging import Conflict, Merge, merge

PREFERRED = AdministrativeStatus.PREFERRED
STRONG = Term("strong cyber country", "en", status=PREFERRED)
POWER = Term("cyber power", "en", status=AdministrativeStatus.ADMITTED)
HEAD = Term("网络强国", "zh-Hans")
BASE = Concept("c1", (HEAD, STRONG, POWER), subject_field="cyber")


def unasked(conflict: Conflict) -> bool:
    raise AssertionError(conflict)


def ours(_: Conflict) -> bool:
    return False


def theirs(_: Conflict) -> bool:
    return True


def one(merged: Merge) -> Concept:
    (concept,) = merged.glossary.concepts
    return concept


def glossary(*concepts: Concept) -> Glossary:
    return Glossary(concepts)


@given(CONCEPT_LISTS)
def test_a_glossary_merged_with_itself_stays_as_it_is(concepts: list[Concept]) -> None:
    value = Glossary(tuple(concepts))
    for base in (None, value, Glossary(())):
        merged = merge(value, value, unasked, base)
        assert merged.glossary == value
        assert not (merged.added or merged.changed or merged.removed)


def test_whatever_one_side_alone_changed_is_taken() -> None:
    edited = dataclasses.replace(
        BASE, subject_field="internet", terms=(HEAD, dataclasses.replace(STRONG, note="in force"))
    )
    for mine, other in ((BASE, edited), (edited, BASE)):
        assert one(merge(glossary(mine), glossary(other), unasked, glossary(BASE))) == edited


@given(CONCEPT_LISTS, CONCEPT_LISTS)
def test_what_they_removed_goes_and_what_they_added_comes(
    before: list[Concept], after: list[Concept]
) -> None:
    kept = {concept.id for concept in before}
    new = tuple(concept for concept in after if concept.id not in kept)
    # Heads would join concepts of other ids: here only ids shall.
    new = tuple(dataclasses.replace(concept, terms=()) for concept in new)
    merged = merge(Glossary(tuple(before)), Glossary(new), unasked, Glossary(tuple(before)))
    assert merged.glossary.concepts == new
    assert set(merged.removed) == kept


def test_removed_here_and_changed_there_is_a_conflict() -> None:
    edited = dataclasses.replace(BASE, note="see the essay")
    merged = merge(glossary(), glossary(edited), theirs, glossary(BASE))
    assert [conflict.field for conflict in merged.conflicts] == ["removed"]
    assert one(merged) == edited
    assert merge(glossary(), glossary(edited), ours, glossary(BASE)).glossary.concepts == ()


def test_without_a_base_nothing_is_lost() -> None:
    mine = dataclasses.replace(BASE, terms=(HEAD, STRONG), subject_field="")
    other = dataclasses.replace(BASE, terms=(HEAD, POWER), note="a goal of 2014")
    merged = one(merge(glossary(mine), glossary(other), unasked))
    assert merged.terms == (HEAD, STRONG, POWER)
    assert (merged.subject_field, merged.note) == ("cyber", "a goal of 2014")


def test_what_nobody_has_reviewed_gives_way_to_what_somebody_has() -> None:
    reviewed = dataclasses.replace(BASE, review=ReviewState.ACCEPTED)
    for mine, other in ((BASE, reviewed), (reviewed, BASE)):
        assert one(merge(glossary(mine), glossary(other), unasked)) == reviewed


def test_a_field_that_both_changed_is_decided() -> None:
    mine = dataclasses.replace(BASE, definition="a goal")
    other = dataclasses.replace(BASE, definition="an aim")
    for base in (None, glossary(BASE)):
        for decide, definition in ((ours, "a goal"), (theirs, "an aim")):
            merged = merge(glossary(mine), glossary(other), decide, base)
            assert one(merged).definition == definition
            assert [(c.place, c.field) for c in merged.conflicts] == [("网络强国", "definition")]


def test_one_preferred_rendering_is_left() -> None:
    rival = Term("cyber great power", "en", status=PREFERRED)
    mine = dataclasses.replace(BASE, terms=(HEAD, STRONG))
    other = dataclasses.replace(BASE, terms=(HEAD, rival))
    for decide, winner in ((ours, STRONG), (theirs, rival)):
        merged = one(merge(glossary(mine), glossary(other), decide))
        assert [t.text for t in merged.terms if t.status is PREFERRED] == [winner.text]
        assert merged.renderings()[0].text == winner.text
        assert len(merged.renderings()) == 2


def test_a_preferred_form_of_the_past_is_no_rival() -> None:
    past = Term("network great power", "en", status=PREFERRED, valid_to="2014")
    other = dataclasses.replace(BASE, terms=(HEAD, past))
    merged = one(merge(glossary(BASE), glossary(other), unasked))
    assert past in merged.terms
    assert STRONG in merged.terms


def test_scores_are_nobody_s_to_decide() -> None:
    low, high = (dataclasses.replace(BASE, score=Score(value, "m")) for value in (0.2, 0.9))
    assert one(merge(glossary(low), glossary(high), unasked)).score == Score(0.9, "m")
    assert one(merge(glossary(high), glossary(low), unasked)).score == Score(0.9, "m")


def test_references_follow_the_ids_of_ours() -> None:
    mine = dataclasses.replace(BASE, id="c1")
    same = dataclasses.replace(BASE, id="x1")
    pointing = Concept("x2", (Term("网信", "zh-Hans"),), cross_references=("x1",))
    merged = merge(glossary(mine), glossary(same, pointing), unasked)
    assert merged.added[0].cross_references == ("c1",)
    assert not compare(glossary(mine), glossary(*merged.glossary.concepts[:1]))


def test_sources_are_merged_like_concepts() -> None:
    mine = Glossary((), (Source("essay", title="Essay"), Source("law")))
    other = Glossary((), (Source("essay", date="2023"), Source("report")))
    merged = merge(mine, other, unasked).glossary.sources
    assert merged == (Source("essay", title="Essay", date="2023"), Source("law"), Source("report"))


def test_a_proof_that_came_back_from_an_exchange_file_is_not_a_second_one() -> None:
    proof = Attestation("essay", 4, (0, 11), "cyber power", "cyber power grows", "a+b#4")
    bare = dataclasses.replace(proof, segment=0, bead="")
    mine, other = (
        dataclasses.replace(BASE, terms=(HEAD, dataclasses.replace(POWER, attestations=(known,))))
        for known in (proof, bare)
    )
    assert one(merge(glossary(mine), glossary(other), unasked)) == mine
