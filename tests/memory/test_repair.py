"""Proposals for fuzzy matches: only where terms and numbers alone differ."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from glossary.memory import Entry, KnownTerms, repair
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ReviewState,
    Source,
    Term,
)
from glossary.termbase import Termbase

TERMS = (
    ("网络强国", ("strong cyber country",)),
    ("制造强国", ("manufacturing powerhouse",)),
    ("强国", ("strong country",)),
    ("共同富裕", ("common prosperity", "prosperity for all")),
    ("乡村", ("countryside",)),
)


def term(text: str, status: AdministrativeStatus | None = AdministrativeStatus.PREFERRED) -> Term:
    authority = Authority.MACHINE if status is None else Authority.OFFICIAL
    return Term(text, "en", status=status, authority=authority)


def concept(head: str, renderings: tuple[Term, ...], review: str = "unreviewed") -> Concept:
    return Concept(f"c-{head}", (Term(head, "zh-Hans"), *renderings), review=ReviewState(review))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Termbase]:
    with Termbase.create(tmp_path / "t.sqlite") as termbase:
        termbase.add_concepts(
            concept(head, tuple(map(term, renderings))) for head, renderings in TERMS
        )
        termbase.add_concepts(
            [
                concept("机器", (term("engine", None),)),
                concept("过时", (term("stale", AdministrativeStatus.DEPRECATED),)),
                concept("错误", (term("wrong"),), "rejected"),
                concept("混合", (term("mixed", None), term("blend"))),
            ]
        )
        yield termbase


def proposed(base: Termbase | None, segment: str, source: str, target: str) -> str | None:
    terms = KnownTerms(base, "zh", "en") if base else None
    found = repair(segment, Entry(source, target, "en-US"), terms)
    return None if found is None else found.target


@pytest.mark.parametrize(
    ("segment", "source", "target", "expected"),
    [
        # A term for a term, whole: 网络强国 is not 网络 and 强国. A capital stays.
        (
            "建设制造强国。",
            "建设网络强国。",
            "Strong cyber country: build it.",
            "Manufacturing powerhouse: build it.",
        ),
        ("到2035年。", "到2020年。", "By 2020.", "By 2035."),
        ("第３条", "第2条", "Article 2", "Article 3"),
        # Both at once, and twice the same.
        (
            "2021年的制造强国，制造强国。",
            "2020年的网络强国，网络强国。",
            "A strong cyber country in 2020, a strong cyber country.",
            "A manufacturing powerhouse in 2021, a manufacturing powerhouse.",
        ),
        # Another rendering that may be used is found in the target too.
        (
            "实现制造强国。",
            "实现共同富裕。",
            "Achieve prosperity for all.",
            "Achieve manufacturing powerhouse.",
        ),
        # A word that is no term differs as well.
        ("推进制造强国。", "建设网络强国。", "Build a strong cyber country.", None),
        # The rendering does not stand in the target, or stands there more often.
        ("建设制造强国。", "建设网络强国。", "Build it.", None),
        ("到2035年。", "到2020年。", "By 2020, in 2020.", None),
        # One of two changes: which one in the target?
        ("从2020到2030", "从2020到2020", "from 2020 to 2020", None),
        # Words only: no rendering within another word, no term for a number.
        ("建设制造强国。", "建设强国。", "Build strong country2.", None),
        ("到制造强国年。", "到2020年。", "By 2020.", None),
        # Something is missing.
        ("到年。", "到2020年。", "By 2020.", None),
        ("建设网络强国。", "建设网络强国。", "Build a strong cyber country.", None),
    ],
)
def test_proposals(
    base: Termbase, segment: str, source: str, target: str, expected: str | None
) -> None:
    assert proposed(base, segment, source, target) == expected


def test_without_terms_numbers_are_repaired() -> None:
    assert proposed(None, "到2035年。", "到2020年。", "By 2020.") == "By 2035."
    assert proposed(None, "建设制造强国。", "建设网络强国。", "Strong cyber country.") is None


def test_a_proposal_says_what_it_changed(base: Termbase) -> None:
    found = repair(
        "建设制造强国。",
        Entry("建设网络强国。", "Build a strong cyber country.", "en"),
        KnownTerms(base, "zh", "en"),
    )
    assert found is not None
    (change,) = found.changes
    assert (change.memory, change.segment) == ("网络强国", "制造强国")
    assert (change.old, change.new) == ("strong cyber country", "manufacturing powerhouse")


def test_known_terms_are_the_longest_and_do_not_overlap(base: Termbase) -> None:
    text = "網絡強國与强国：共同富裕、乡村"
    found = KnownTerms(base, "zh-Hant", "en").find(text)
    assert [(known.text, known.renderings[0].text) for known in found] == [
        ("網絡強國", "strong cyber country"),
        ("强国", "strong country"),
        ("共同富裕", "common prosperity"),
        ("乡村", "countryside"),
    ]
    assert all(text[known.start : known.end] == known.text for known in found)


def test_what_may_not_be_used_is_not_known(base: Termbase) -> None:
    found = KnownTerms(base, "zh", "en").find("机器、过时、错误、混合")
    assert [known.text for known in found] == ["混合"]
    assert [rendering.text for rendering in found[0].renderings] == ["blend"]
    assert [rendering.text for rendering in found[0].others] == ["mixed"]


def test_english_terms_in_their_inflections(base: Termbase) -> None:
    found = KnownTerms(base, "en", "zh").find("The Strong Cyber Country and common prosperity")
    assert [(known.text, known.renderings[0].text) for known in found] == [
        ("Strong Cyber Country", "网络强国"),
        ("common prosperity", "共同富裕"),
    ]


def test_on_a_date_only_what_was_in_use_is_proposed(tmp_path: Path) -> None:
    def dated(text: str, source: str) -> Term:
        proof = Attestation(source, 0, (0, len(text)), text, text)
        return Term(
            text,
            "en",
            status=AdministrativeStatus.ADMITTED,
            authority=Authority.OFFICIAL,
            attestations=(proof,),
        )

    with Termbase.create(tmp_path / "t.sqlite") as base:
        base.add_sources(
            Source(year, language="en", date=year, authority=Authority.OFFICIAL)
            for year in ("2012", "2017")
        )
        base.add_concepts(
            [
                concept(
                    "人类命运共同体",
                    (
                        dated("community with a shared future", "2017"),
                        dated("community of common destiny", "2012"),
                    ),
                )
            ]
        )
        for date, expected in (
            ("2013", ["community of common destiny"]),
            ("2018", ["community with a shared future"]),
        ):
            (known,) = KnownTerms(base, "zh", "en", date=date).find("人类命运共同体")
            assert [rendering.text for rendering in known.renderings] == expected
