"""Lookup finds what people mean, best first, and nothing where there is nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import UsageError
from glossary.lookup import Filters, How, lookup, suggest
from glossary.model import AdministrativeStatus, Attestation, Authority, Concept, Source, Term
from glossary.termbase import Termbase

DATA = Path(__file__).parent.parent / "data" / "lookup"
CASES = json.loads((DATA / "queries.json").read_text(encoding="utf-8"))


def concepts() -> list[Concept]:
    """The concepts of terms.tsv; each rendering is attested once, by "new" or, if old, "old"."""
    terms: dict[str, list[Term]] = defaultdict(list)
    for line in (DATA / "terms.tsv").read_text(encoding="utf-8").splitlines():
        head, rendering, status, authority = line.split("\t")
        source = "old" if status == "superseded" else "new"
        proof = Attestation(source, 0, (0, len(rendering)), rendering, f"{rendering} grew.")
        terms[head].append(
            Term(
                rendering,
                "en",
                status=AdministrativeStatus(status) if status else None,
                authority=Authority.from_label(authority),
                attestations=(proof,),
            )
        )
    return [
        Concept(
            f"c{number}",
            (Term(head, "zh-Hans", authority=Authority.OFFICIAL), *renderings),
            subject_field="Politics" if number < 3 else "",
        )
        for number, (head, renderings) in enumerate(terms.items())
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Termbase]:
    with Termbase.create(tmp_path_factory.mktemp("lookup") / "t.sqlite") as termbase:
        termbase.add_sources(
            [
                Source("old", date="2011-12"),
                Source("new", date="2023"),
            ]
        )
        termbase.add_concepts(concepts())
        yield termbase


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_queries(case: dict[str, str], base: Termbase) -> None:
    matches = lookup(base, case["query"])
    first = matches[0] if matches else None
    if case["head"] is None:
        assert first is None
    elif case["how"] is None:
        assert first is None or first.concept.head != case["head"]
    else:
        assert first is not None
        assert (first.concept.head, first.how.label) == (case["head"], case["how"])


def test_every_term_finds_its_concept_exactly(base: Termbase) -> None:
    for concept in concepts():
        for term in concept.terms:
            for exact in (True, False):
                first = lookup(base, term.text, exact=exact)[0]
                assert (first.concept, first.term, first.how) == (concept, term, How.EXACT)


def test_exact_gives_nothing_else(base: Termbase) -> None:
    assert lookup(base, "the cyber power", exact=True) == []
    assert lookup(base, "網絡強國", exact=True) == []
    assert len(lookup(base, "网络强国", exact=True)) == 1


def test_matches_are_ordered_and_distinct(base: Termbase) -> None:
    matches = lookup(base, "网络")
    assert [match.concept.head for match in matches] == ["网络强国", "网络安全", "网络强国战略"]
    keys = [(match.how, -match.similarity) for match in matches]
    assert keys == sorted(keys)


def test_limit(base: Termbase) -> None:
    assert len(lookup(base, "网络", limit=2)) == 2
    assert lookup(base, "网络", limit=0) == []


def test_reading_of_the_head(base: Termbase) -> None:
    readings = {match.concept.head: match.pinyin for match in lookup(base, "cyber")}
    assert readings["网络强国"] == "wǎngluò qiángguó"


@pytest.mark.parametrize(
    ("filters", "renderings"),
    [
        (Filters(), 3),
        (Filters(min_authority=Authority.UNOFFICIAL), 2),
        (Filters(min_authority=Authority.OFFICIAL), 1),
        (Filters(statuses=frozenset({AdministrativeStatus.ADMITTED})), 1),
        (Filters(statuses=frozenset({AdministrativeStatus.DEPRECATED})), 0),
        (Filters(subject="politics"), 3),
        (Filters(subject="law"), 0),
        (Filters(source="new"), 3),
        (Filters(source="old"), 0),
        (Filters(since="2023-05"), 3),
        (Filters(since="2024"), 0),
        (Filters(until="2022-12-31"), 0),
        (Filters(since="2020", until="2023"), 3),
    ],
)
def test_filters_narrow_the_renderings(filters: Filters, renderings: int, base: Termbase) -> None:
    matches = lookup(base, "网络强国", exact=True, filters=filters)
    assert sum(len(match.concept.renderings()) for match in matches) == renderings


def test_a_filtered_rendering_does_not_find_its_concept(base: Termbase) -> None:
    human = Filters(min_authority=Authority.UNOFFICIAL)
    assert lookup(base, "network powerful nation", exact=True)
    assert not lookup(base, "network powerful nation", exact=True, filters=human)


def test_filters_do_not_eat_the_limit(base: Termbase) -> None:
    (match,) = lookup(base, "共同", limit=1, filters=Filters(source="old"))
    assert match.concept.head == "人类命运共同体"


@pytest.mark.parametrize(
    ("query", "meant"),
    [("卡脖子的", "卡脖子"), ("cybr pwer", "cyber power"), ("网格弱国", "网络强国")],
)
def test_suggestions(query: str, meant: str, base: Termbase) -> None:
    assert meant in suggest(base, query)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20) | st.text("网络强国卡脖子cyberpow '\"*%_‹›", max_size=12))
def test_any_query_is_answered(base: Termbase, query: str) -> None:
    matches = lookup(base, query)
    assert matches == lookup(base, query)
    assert len({match.concept.id for match in matches}) == len(matches)
    assert all(0 <= match.similarity <= 1 for match in matches)


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("*强国", ["网络强国"]),
        ("人类*共同体", ["人类命运共同体"]),
        ("网络?国", ["网络强国"]),
        ("strong * country", ["网络强国"]),
        ("Strong CYBER*", ["网络强国"]),
        ("*共同体", ["共同体", "人类命运共同体"]),
        ("/^高质量|双循环$/", ["双循环", "高质量发展"]),
        ("/^cyber.*r$/", ["网络强国"]),
        ("/[/", None),
        ("绿*发", []),
        ("鄉村*", ["鄉村振興"]),
        ("乡村*", ["鄉村振興"]),
    ],
)
def test_wildcards_and_regular_expressions(
    query: str, heads: list[str] | None, base: Termbase
) -> None:
    if heads is None:
        with pytest.raises(UsageError, match="not a regular expression"):
            lookup(base, query)
    else:
        matches = lookup(base, query)
        assert [match.concept.head for match in matches] == heads
        assert {match.how for match in matches} <= {How.PATTERN}


def test_a_question_is_no_wildcard(base: Termbase) -> None:
    assert lookup(base, "cyber power?")[0].how is How.VARIANT
