"""What differs between two glossaries."""

import dataclasses

from hypothesis import given
from termbase_strategies import CONCEPT_LISTS

from glossary.model import AdministrativeStatus, Attestation, Concept, Glossary, Source, Term
from glossary.termbase.difference import compare, match_concepts


def concept(id_: str, *renderings: Term, head: str = "网络强国") -> Concept:
    return Concept(id_, (Term(head, "zh-Hans"), *renderings))


STRONG = Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED)
POWER = Term("cyber power", "en")


@given(CONCEPT_LISTS)
def test_nothing_differs_from_itself_whatever_its_order(concepts: list[Concept]) -> None:
    assert not compare(Glossary(tuple(concepts)), Glossary(tuple(reversed(concepts))))


def test_a_concept_that_only_one_side_has() -> None:
    only = concept("c1", STRONG)
    assert compare(Glossary(()), Glossary((only,))).added == (only,)
    assert compare(Glossary((only,)), Glossary(())).removed == (only,)


def test_what_became_of_each_term_and_field() -> None:
    before = concept("c1", STRONG, POWER)
    demoted = dataclasses.replace(STRONG, status=AdministrativeStatus.ADMITTED)
    after = dataclasses.replace(
        concept("c1", demoted, Term("network power", "en")), subject_field="cyber"
    )
    (change,) = compare(Glossary((before,)), Glossary((after,))).changed
    assert [(field.name, field.before, field.after) for field in change.fields] == [
        ("subject_field", "", "cyber")
    ]
    assert [
        (term.before and term.before.text, term.after and term.after.text) for term in change.terms
    ] == [
        ("strong cyber country", "strong cyber country"),
        ("cyber power", None),
        (None, "network power"),
    ]
    assert [field.name for field in change.terms[0].fields] == ["status"]


def test_only_the_order_of_the_terms() -> None:
    before, after = concept("c1", STRONG, POWER), concept("c1", POWER, STRONG)
    (change,) = compare(Glossary((before,)), Glossary((after,))).changed
    assert [field.name for field in change.fields] == ["order"]
    assert change.terms == ()


def test_glossaries_made_apart_meet_by_their_heads() -> None:
    mine, other = concept("c1", STRONG), concept("t-77", STRONG)
    assert match_concepts([mine], [other]) == [(mine, other)]


def test_a_head_that_two_concepts_share_says_nothing() -> None:
    mine, first, second = concept("c1"), concept("t-1"), concept("t-2")
    assert match_concepts([mine], [first, second]) == [(mine, None), (None, first), (None, second)]


def test_sources_and_attestations() -> None:
    proof = Attestation("essay", 1, (0, 11), "cyber power", "cyber power grows")
    before = Glossary((concept("c1", POWER),), (Source("essay"),))
    after = Glossary(
        (concept("c1", dataclasses.replace(POWER, attestations=(proof,))),),
        (Source("essay", title="Essay"), Source("law")),
    )
    difference = compare(before, after)
    assert [field.name for field in difference.changed[0].terms[0].fields] == ["attestations"]
    assert [(s.before is None, s.after is None) for s in difference.sources] == [
        (False, False),
        (True, False),
    ]
