"""Which rendering was in force when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    Source,
    Term,
    TermType,
)
from glossary.termbase.history import State, as_of, history

FORMS = [
    ("community of common destiny", "2011-12"),
    ("community with a shared future for mankind", "2017"),
    ("human community with a shared future", "2022"),
    ("global community of shared future", "2023"),
]


def term(
    text: str,
    *dates: str | None,
    authority: Authority = Authority.OFFICIAL,
    status: AdministrativeStatus | None = None,
    valid_from: str | None = None,
    valid_to: str | None = None,
) -> Term:
    """A rendering attested once by a source of each date; the source's id is its date."""
    return Term(
        text,
        "en",
        authority=authority,
        status=status,
        valid_from=valid_from,
        valid_to=valid_to,
        attestations=tuple(Attestation(str(date), 0, (0, len(text)), text, text) for date in dates),
    )


def concept(*renderings: Term) -> Concept:
    return Concept("c", (Term("人类命运共同体", "zh-Hans"), *renderings))


def sources(found: Concept) -> dict[str, Source]:
    names = {a.source_id for t in found.terms for a in t.attestations}
    return {name: Source(name, date=None if name == "None" else name) for name in names}


def states(found: Concept, date: str | None) -> dict[str, str]:
    periods = history(found, sources(found), date)
    return {period.term.text: period.state.value for period in periods}


COMMUNITY = concept(*(term(text, date) for text, date in reversed(FORMS)))


@pytest.mark.parametrize(
    ("date", "in_force"),
    [
        ("2011-12", 0),
        ("2016-12-31", 0),
        ("2017", 1),
        ("2018-06", 1),
        ("2021", 1),
        ("2022-05-01", 2),
        ("2023", 3),
        (None, 3),
    ],
)
def test_the_forms_of_one_concept_over_the_years(date: str | None, in_force: int) -> None:
    found = states(COMMUNITY, date)
    expected = ["superseded"] * in_force + ["preferred"] + ["later"] * (3 - in_force)
    assert list(found.items()) == [
        (text, state) for (text, _), state in zip(FORMS, expected, strict=True)
    ]


def test_before_the_first_nothing_is_in_force() -> None:
    assert set(states(COMMUNITY, "2010").values()) == {"later"}


def test_authority_comes_before_novelty() -> None:
    found = concept(term("a", "2010"), term("b", "2020", authority=Authority.UNOFFICIAL))
    assert states(found, None) == {"a": "preferred", "b": "admitted"}


def test_a_form_that_stays_in_use_is_not_displaced_by_a_rarer_one() -> None:
    found = concept(term("a", "2010", "2020", "2021"), term("b", "2019"))
    assert states(found, None) == {"a": "preferred", "b": "admitted"}
    assert states(found, "2019") == {"a": "superseded", "b": "preferred"}


def test_a_form_of_the_preferred_rendering_is_not_superseded_by_it() -> None:
    older = replace(term("Cyber Powers", "2012"), term_type=TermType.VARIANT)
    found = concept(term("cyber power", "2023"), older, term("network power", "2012"))
    assert states(found, None) == {
        "cyber power": "preferred",
        "Cyber Powers": "admitted",
        "network power": "superseded",
    }


def test_machines_and_deprecated_forms_are_never_in_force() -> None:
    found = concept(
        term("m", "2020", authority=Authority.MACHINE),
        term("d", "2021", status=AdministrativeStatus.DEPRECATED),
        term("a", "2010", authority=Authority.UNOFFICIAL),
        term("u", None),
    )
    assert states(found, None) == {
        "a": "preferred",
        "m": "machine",
        "d": "deprecated",
        "u": "undated",
    }


def test_an_editors_dates_come_before_attested_ones() -> None:
    found = concept(
        term("a", "2015", valid_from="2012", valid_to="2016"),
        term("b", "2013", authority=Authority.UNOFFICIAL),
    )
    assert states(found, "2011") == {"a": "later", "b": "later"}
    assert states(found, "2012-06")["a"] == "preferred"
    assert states(found, "2016")["a"] == "preferred"
    assert states(found, "2017") == {"a": "superseded", "b": "preferred"}


def test_as_of_gives_the_concept_of_that_day() -> None:
    then = as_of(COMMUNITY, sources(COMMUNITY), "2018")
    assert [t.text for t in then.chinese()] == ["人类命运共同体"]
    assert [(t.text, t.status, t.note) for t in then.renderings()] == [
        (FORMS[1][0], AdministrativeStatus.PREFERRED, ""),
        (FORMS[0][0], AdministrativeStatus.SUPERSEDED, ""),
        (FORMS[3][0], None, "later: from 2023"),
        (FORMS[2][0], None, "later: from 2022"),
    ]
    assert {t.text for t in then.terms} == {t.text for t in COMMUNITY.terms}


def test_periods_tell_sources_by_date() -> None:
    (period,) = history(
        concept(term("a", "2020", None, "2010")),
        {"2020": Source("2020", date="2020"), "2010": Source("2010", date="2010")},
    )
    assert (period.start, period.end) == ("2010", "2020")
    assert period.sources == ("2010", "2020", "None")
    assert period.state is State.PREFERRED
