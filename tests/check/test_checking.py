"""Findings on a translation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.check import Checked, Code, Report, check
from glossary.lookup.known_terms import KnownTerms
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ConceptKind,
    ReviewState,
    Score,
    Source,
    Term,
)
from glossary.termbase import Termbase

PREFERRED, ADMITTED = AdministrativeStatus.PREFERRED, AdministrativeStatus.ADMITTED
DEPRECATED, SUPERSEDED = AdministrativeStatus.DEPRECATED, AdministrativeStatus.SUPERSEDED


def concept(head: str, *renderings: tuple[str, AdministrativeStatus | None]) -> Concept:
    terms = [
        Term(
            text,
            "en",
            status=status,
            authority=Authority.OFFICIAL if status else Authority.MACHINE,
        )
        for text, status in renderings
    ]
    return Concept(head, (Term(head, "zh-Hans", status=PREFERRED), *terms))


CONCEPTS = (
    concept(
        "网络强国",
        ("strong cyber country", PREFERRED),
        ("cyber power", ADMITTED),
        ("internet power", SUPERSEDED),
        ("network power", None),
    ),
    concept("网络强国建设", ("building of a strong cyber country", PREFERRED)),
    concept("卡脖子", ("technology bottleneck", PREFERRED), ("stuck neck", DEPRECATED)),
    concept("共同富裕", ("common prosperity", PREFERRED)),
    replace(concept("深入推进", ("further advance", PREFERRED)), kind=ConceptKind.PHRASE),
    replace(
        concept("促进共同富裕", ("promote common prosperity", PREFERRED)), kind=ConceptKind.PHRASE
    ),
    concept("繁荣", ("prosperity", PREFERRED), ("common prosperity", ADMITTED)),
    concept("民建", ("China National Democratic Construction Association", PREFERRED)),
)


@pytest.fixture
def terms(tmp_path: Path) -> Iterator[KnownTerms]:
    with Termbase.create(tmp_path / "known.sqlite") as base:
        base.add_concepts(CONCEPTS)
        yield KnownTerms(base, "zh-Hans", "en")


def checked(terms: KnownTerms, *pairs: tuple[str, str]) -> Report:
    numbered = [Checked(str(n), *pair) for n, pair in enumerate(pairs)]
    return check(numbered, terms, target_chinese=False)


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("建成网络强国。", "Become a strong cyber country.", []),
        ("建成网络强国。", "Strong cyber countries are built.", []),
        ("建成网络强国。", "Become a cyber power.", []),
        ("建成网络强国。", "Become great.", [Code.MISSING]),
        ("建成网络强国。", "Become an Internet power.", [Code.SUPERSEDED]),
        ("建成网络强国。", "Become a network power.", [Code.MACHINE]),
        ("建成网络强国。", "Become one, a strong country.", [Code.PARTIAL]),
        ("建成网络强国。", "", [Code.UNTRANSLATED]),
        ("突破卡脖子难题", "Break the stuck neck problem.", [Code.DEPRECATED]),
        # The accepted form stands there too: what else is said is the translator's.
        ("突破卡脖子难题", "Technology bottlenecks (stuck necks) must go.", []),
        # The longest term wins: 网络强国 is not asked for besides.
        ("推进网络强国建设", "Further the building of a strong cyber country.", []),
        # A phrase may be put in many ways; the term in it may not.
        ("促进共同富裕", "Promote common prosperity.", []),
        ("促进共同富裕", "Move towards common prosperity.", []),
        ("促进共同富裕", "Promote riches.", [Code.MISSING]),
        # Nor are common verbs rendered alike by anybody.
        ("深入推进改革", "Step up reform.", []),
        # Not a party, but 人民 and 建议.
        ("听取人民建议", "Listen to what people propose.", []),
        ("天气很好。", "Fine weather.", []),
    ],
)
def test_a_segment(terms: KnownTerms, source: str, target: str, codes: list[Code]) -> None:
    assert [finding.code for finding in checked(terms, (source, target)).findings] == codes


def test_a_finding_says_where_and_what_instead(terms: KnownTerms) -> None:
    target = "We shall become a network power."
    (finding,) = checked(terms, ("要建成网络强国。", target)).findings
    assert finding.source_span == (3, 7)
    assert target[slice(*finding.target_span or ())] == "network power"
    assert finding.expected == ("strong cyber country", "cyber power")


def test_two_renderings_of_one_term_in_a_document(terms: KnownTerms) -> None:
    report = checked(
        terms,
        ("网络强国", "strong cyber country"),
        ("网络强国", "a cyber power"),
        ("网络强国", "cyber power"),
    )
    (finding,) = report.findings
    assert finding.code is Code.INCONSISTENT
    assert finding.places == (0, 1, 2)
    assert report.usages[0].renderings == (
        ("cyber power", (1, 2)),
        ("strong cyber country", (0,)),
    )


def test_the_same_words_turned_round_are_no_inconsistency(terms: KnownTerms) -> None:
    report = checked(
        terms,
        ("网络强国", "strong cyber country"),
        ("网络强国", "a country that is strong in cyber"),
    )
    assert report.findings == ()


def test_one_rendering_for_two_concepts(terms: KnownTerms) -> None:
    report = checked(terms, ("共同富裕", "common prosperity"), ("繁荣", "common prosperity"))
    (finding,) = report.findings
    assert finding.code is Code.SHARED
    assert "共同富裕 and for 繁荣" in finding.message


def test_doubtful_concepts_are_not_held_against_a_translation(tmp_path: Path) -> None:
    head, rendering = Term("网信", "zh-Hans"), Term("cyberspace affairs", "en", status=ADMITTED)
    doubtful = Concept("c1", (head, rendering), score=Score(0.3, "m"))
    accepted = Concept("c1", (head, rendering), score=Score(0.3, "m"), review=ReviewState.ACCEPTED)
    for number, known, expected in ((0, doubtful, 0), (1, accepted, 1)):
        with Termbase.create(tmp_path / f"{number}.sqlite") as base:
            base.add_concepts([known])
            report = checked(KnownTerms(base, "zh-Hans", "en"), ("网信工作", "its work"))
        assert len(report.findings) == expected


def test_on_a_date_the_form_of_that_date_passes(tmp_path: Path) -> None:
    past = Term(
        "internet power",
        "en",
        status=SUPERSEDED,
        valid_from="2014",
        valid_to="2017",
        authority=Authority.OFFICIAL,
    )
    now = Term(
        "strong cyber country",
        "en",
        status=PREFERRED,
        valid_from="2018",
        authority=Authority.OFFICIAL,
    )
    with Termbase.create(tmp_path / "dated.sqlite") as base:
        base.add_concepts([Concept("c1", (Term("网络强国", "zh-Hans"), now, past))])
        for date, codes in (("2015", []), (None, [Code.SUPERSEDED])):
            known = KnownTerms(base, "zh-Hans", "en", date=date)
            report = checked(known, ("网络强国", "an internet power"))
            assert [finding.code for finding in report.findings] == codes


def test_english_into_chinese(tmp_path: Path) -> None:
    with Termbase.create(tmp_path / "known.sqlite") as base:
        base.add_concepts(CONCEPTS)
        known = KnownTerms(base, "en", "zh-Hans")
        pairs = [
            Checked("1", "Become strong cyber countries", target)
            for target in ("建成網絡強國", "变强")
        ]
        report = check(pairs, known, target_chinese=True)
    assert [(f.code, f.pair) for f in report.findings] == [(Code.MISSING, 1)]


def unreviewed(head: str, *renderings: tuple[str, int]) -> Concept:
    """A harvested concept whose renderings are attested so many times."""
    terms = [
        Term(
            text,
            "en",
            status=PREFERRED,
            authority=Authority.OFFICIAL,
            attestations=tuple(
                Attestation("s", n, (0, len(text)), text, text) for n in range(times)
            ),
        )
        for text, times in renderings
    ]
    return Concept(head, (Term(head, "zh-Hans"), *terms), score=Score(0.9, "test"))


HARVESTED = (
    unreviewed("金融监管局", ("Financial Authority", 9)),
    unreviewed("外汇基金", ("Exchange Fund", 9)),
    unreviewed("政治纪律", ("political discipline", 3)),
    unreviewed("国际金融", ("international financing", 2)),
    unreviewed("亿元", ("297 million", 2)),
    unreviewed("经济增长", ("economic growth", 7), ("GDP growth", 1)),
    unreviewed("研讨会", ("conference", 5), ("seminar", 2)),
    unreviewed("薪酬制度", ("pay system", 2)),
)


@pytest.fixture
def harvested(tmp_path: Path) -> Iterator[KnownTerms]:
    with Termbase.create(tmp_path / "harvested.sqlite") as base:
        base.add_sources([Source("s")])
        base.add_concepts(HARVESTED)
        yield KnownTerms(base, "zh-Hans", "en")


NAMED = ("金融监管局负责。", "The Financial Authority is responsible.")


@pytest.mark.parametrize(
    ("before", "source", "target", "message"),
    [
        (NAMED, "金融监管局还说明。", "It also explained.", "taken up by “It”"),
        (NAMED, "金融监管局进行审查。", "Reviews were conducted.", "left out, rendered before"),
        (NAMED, "金融监管局的职能。", "The FA has tasks.", None),
        (None, "金融监管局进行审查。", "Reviews were conducted.", "none of its renderings"),
        (
            ("外汇基金增长。", "The Exchange Fund grew."),
            "外汇基金有收益。",
            "The Fund has returns.",
            None,
        ),
        (None, "外汇基金有收益。", "The Fund has returns.", "only “Fund”"),
        (None, "包括政治纪律、工作纪律。", "Discipline at work and in politics.", None),
        (None, "国际金融公司签字。", "IFC signs.", "within a longer expression"),
        (None, "薪酬制度好。", "Salary institutions are good.", "in other words"),
        (None, "达到三亿元。", "It reached much.", None),
    ],
)
def test_what_stands_for_a_term_makes_a_finding_soft(
    before: tuple[str, str] | None,
    source: str,
    target: str,
    message: str | None,
    harvested: KnownTerms,
) -> None:
    report = checked(harvested, *((before,) if before else ()), (source, target))
    if message is None:
        assert report.findings == ()
    else:
        (finding,) = report.findings
        assert message in finding.message
        missing = message == "none of its renderings"
        assert finding.code is (Code.MISSING if missing else Code.PARTIAL)


def test_what_a_harvest_saw_once_makes_no_inconsistency(harvested: KnownTerms) -> None:
    once = checked(harvested, ("经济增长", "economic growth"), ("经济增长", "GDP growth"))
    assert once.findings == ()
    often = checked(harvested, ("研讨会", "a conference"), ("研讨会", "a seminar"))
    assert [finding.code for finding in often.findings] == [Code.INCONSISTENT]


def test_a_preferred_rendering_of_two_concepts_is_no_finding(tmp_path: Path) -> None:
    with Termbase.create(tmp_path / "both.sqlite") as base:
        base.add_concepts(
            [
                concept("流动资金", ("liquidity", PREFERRED)),
                concept("偿付", ("liquidity", PREFERRED)),
            ]
        )
        terms = KnownTerms(base, "zh-Hans", "en")
        report = checked(terms, ("流动资金", "liquidity"), ("偿付", "liquidity"))
    assert report.findings == ()
