from __future__ import annotations

from dataclasses import replace

import pytest

from glossary.harvest.status import (
    Preference,
    explain_preference,
    rank_clusters,
    rank_terms,
    term_clusters,
)
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Score,
    Source,
    Term,
    TermType,
)

OLD = Source("old", date="2012", authority=Authority.OFFICIAL)
NEW = Source("new", date="2023-05", authority=Authority.OFFICIAL)
UNDATED = Source("undated", authority=Authority.OFFICIAL)
ROBOT = Source("robot", date="2024", authority=Authority.MACHINE)
AMATEUR = Source("amateur", date="2024", authority=Authority.UNOFFICIAL)
SOURCES = (OLD, NEW, UNDATED, ROBOT, AMATEUR)
BY_ID = {source.id: source for source in SOURCES}
PREFERRED, ADMITTED, SUPERSEDED = (
    AdministrativeStatus.PREFERRED,
    AdministrativeStatus.ADMITTED,
    AdministrativeStatus.SUPERSEDED,
)


def term(
    text: str, *sources: Source, score: float = 0.5, kind: TermType = TermType.FULL_FORM
) -> Term:
    return Term(
        text,
        "en",
        term_type=kind,
        authority=max(source.authority for source in sources),
        attestations=tuple(Attestation(s.id, 0, (0, 1), text, text) for s in sources),
        score=Score(score, "test"),
    )


def statuses(*terms: Term) -> dict[str, AdministrativeStatus | None]:
    return {t.text: t.status for t in rank_terms(terms, SOURCES)}


def test_the_later_official_form_supersedes_the_earlier() -> None:
    assert statuses(term("common destiny", OLD), term("shared future", NEW)) == {
        "shared future": PREFERRED,
        "common destiny": SUPERSEDED,
    }


def test_authority_beats_date_and_machines_have_no_status() -> None:
    ranked = rank_terms([term("m", ROBOT), term("a", AMATEUR), term("o", OLD)], SOURCES)
    assert [(t.text, t.status) for t in ranked] == [("o", PREFERRED), ("a", ADMITTED), ("m", None)]


def test_frequency_decides_between_forms_of_one_source() -> None:
    ranked = rank_terms([term("once", NEW), term("twice", NEW, NEW)], SOURCES)
    assert ranked[0].text == "twice"
    assert ranked[1].status is ADMITTED


def test_machines_alone_prefer_nothing() -> None:
    assert statuses(term("m", ROBOT)) == {"m": None}
    assert explain_preference(rank_terms([term("m", ROBOT)], SOURCES), BY_ID) is None
    assert explain_preference([], BY_ID) is None


def test_a_machine_adds_neither_date_nor_number_to_an_official_rendering() -> None:
    often = term("often", OLD, ROBOT, ROBOT, ROBOT)
    assert statuses(term("late", NEW), often) == {"late": PREFERRED, "often": SUPERSEDED}
    assert statuses(term("twice", NEW, NEW), term("once", NEW, ROBOT, ROBOT)) == {
        "twice": PREFERRED,
        "once": ADMITTED,
    }


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (
            [term("b", AMATEUR, AMATEUR), term("a", OLD)],
            Preference("a", "authority", "b", "official over unofficial"),
        ),
        (
            [term("b", OLD, OLD, OLD), term("a", NEW)],
            Preference("a", "date", "b", "2023-05 over 2012"),
        ),
        (
            [term("b", UNDATED, UNDATED), term("a", OLD)],
            Preference("a", "date", "b", "2012 over no date"),
        ),
        (
            [term("b", NEW), term("a", NEW, NEW)],
            Preference("a", "frequency", "b", "2 times over once"),
        ),
        (
            [term("b", NEW, score=0.61), term("longer", NEW, score=0.8)],
            Preference("longer", "proof", "b", "0.80 over 0.61"),
        ),
        ([term("longer", NEW), term("b", NEW)], Preference("b", "form", "longer", "b over longer")),
        ([term("b", NEW), term("a", NEW)], Preference("a", "form", "b", "a over b")),
        ([term("a", NEW)], Preference("a", "only", None, "no other rendering is attested")),
        (
            [term("m", ROBOT, ROBOT), term("a", AMATEUR)],
            Preference("a", "authority", "m", "unofficial over machine"),
        ),
    ],
)
def test_reasons(terms: list[Term], reason: Preference) -> None:
    assert explain_preference(rank_terms(terms, SOURCES), BY_ID) == reason
    assert explain_preference(rank_terms(terms[::-1], SOURCES), BY_ID) == reason


def test_the_forms_of_a_rendering_count_together() -> None:
    country = [term("strong cyber country", NEW), term("strong cyber countries", NEW, NEW)]
    power = [term("cyber power", NEW, NEW)]
    ranked = rank_clusters([power, country], SOURCES)
    assert [(t.text, t.term_type, t.status) for t in ranked] == [
        ("strong cyber countries", TermType.FULL_FORM, PREFERRED),
        ("strong cyber country", TermType.VARIANT, ADMITTED),
        ("cyber power", TermType.FULL_FORM, ADMITTED),
    ]
    assert explain_preference(ranked, BY_ID) == Preference(
        "strong cyber countries", "frequency", "cyber power", "3 times over 2 times"
    )
    assert [[t.text for t in cluster] for cluster in term_clusters(ranked)] == [
        ["strong cyber countries", "strong cyber country"],
        ["cyber power"],
    ]


def test_a_form_of_the_preferred_rendering_is_not_superseded_by_it() -> None:
    ranked = rank_clusters([[term("Cyber Power", OLD), term("cyber power", NEW)]], SOURCES)
    assert [t.status for t in ranked] == [PREFERRED, ADMITTED]
    assert explain_preference(ranked, BY_ID) == Preference(
        "cyber power", "only", None, "no other rendering is attested"
    )


@pytest.mark.parametrize(
    ("short", "full", "order"),
    [
        # The full form leads however frequent its abbreviation is …
        ((NEW, NEW), (NEW,), ["Hong Kong Monetary Authority", "HKMA"]),
        # … unless only machines have it.
        ((NEW,), (ROBOT,), ["HKMA", "Hong Kong Monetary Authority"]),
    ],
)
def test_a_full_form_leads_its_abbreviation(
    short: tuple[Source, ...], full: tuple[Source, ...], order: list[str]
) -> None:
    cluster = [
        term("HKMA", *short, kind=TermType.ABBREVIATION),
        term("Hong Kong Monetary Authority", *full),
    ]
    ranked = rank_clusters([cluster], SOURCES)
    assert [t.text for t in ranked] == order
    assert len(list(term_clusters(ranked))) == 1


def test_an_order_that_a_person_set_is_not_explained() -> None:
    ranked = rank_terms([term("a", NEW), term("b", OLD)], SOURCES)
    assert explain_preference(ranked, BY_ID) is not None
    assert explain_preference(ranked[::-1], BY_ID) is None


def test_attestations_that_are_counted_and_not_kept_count() -> None:
    many = replace(term("many", NEW), score=Score(0.5, "test", (("count", 40.0),)))
    ranked = rank_terms([term("few", NEW, NEW), many], SOURCES)
    reason = explain_preference(ranked, BY_ID)
    assert reason == Preference("many", "frequency", "few", "40 times over 2 times")
