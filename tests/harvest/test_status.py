from __future__ import annotations

from glossary.harvest.status import rank_terms
from glossary.model import AdministrativeStatus, Attestation, Authority, Source, Term

OLD = Source("old", date="2012", authority=Authority.OFFICIAL)
NEW = Source("new", date="2023-05", authority=Authority.OFFICIAL)
ROBOT = Source("robot", date="2024", authority=Authority.MACHINE)
AMATEUR = Source("amateur", date="2024", authority=Authority.UNOFFICIAL)
SOURCES = (OLD, NEW, ROBOT, AMATEUR)


def term(text: str, *sources: Source) -> Term:
    return Term(
        text,
        "en",
        authority=max(source.authority for source in sources),
        attestations=tuple(Attestation(s.id, 0, (0, 1), text, text) for s in sources),
    )


def statuses(*terms: Term) -> dict[str, AdministrativeStatus | None]:
    return {t.text: t.status for t in rank_terms(terms, SOURCES)}


def test_the_later_official_form_supersedes_the_earlier() -> None:
    assert statuses(term("common destiny", OLD), term("shared future", NEW)) == {
        "shared future": AdministrativeStatus.PREFERRED,
        "common destiny": AdministrativeStatus.SUPERSEDED,
    }


def test_authority_beats_date_and_machines_have_no_status() -> None:
    ranked = rank_terms([term("m", ROBOT), term("a", AMATEUR), term("o", OLD)], SOURCES)
    assert [(t.text, t.status) for t in ranked] == [
        ("o", AdministrativeStatus.PREFERRED),
        ("a", AdministrativeStatus.ADMITTED),
        ("m", None),
    ]


def test_frequency_decides_between_forms_of_one_source() -> None:
    ranked = rank_terms([term("once", NEW), term("twice", NEW, NEW)], SOURCES)
    assert ranked[0].text == "twice"
    assert ranked[1].status is AdministrativeStatus.ADMITTED


def test_machines_alone_prefer_nothing() -> None:
    assert statuses(term("m", ROBOT)) == {"m": None}
