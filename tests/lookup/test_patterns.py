"""Patterns find what a full scan finds, though the index reads few terms for most of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.language.script import to_simplified
from glossary.language.variants import chinese_key, fold
from glossary.lookup import How, lookup
from glossary.lookup.literals import regular_expression_literals, wildcard_literals
from glossary.model import Concept, Term, is_chinese
from glossary.termbase import Termbase
from glossary.termbase.index import FormIndex

TERMS = {
    "zh-Hans": [
        "网络强国", "网络安全", "国", "国家安全", "人类命运共同体", "“五位一体”总体布局", "互联网+",
        "GDP增长", "A股", "5G网络", "两个一百年", "《宪法》", "共同富裕", "2035年远景目标",
    ],
    "zh-Hant": ["鄉村振興", "發展", "國家主席", "“三農”問題"],
    "en": [
        "strong cyber country", "strong cyber countries", "cyber power", "The People's Republic",
        "went", "going", "1,000 days", "GDP growth", "don't envy", "people’s war", "5G",
        "a community of shared future", "rule-of-law country", "résumé", "naïve 户口 rule", "was",
        "2.5 per cent", "the nation", "powers", "Five-Sphere Integrated Plan", "s", "covid19", "…",
    ],
}  # fmt: skip
CONCEPTS = [
    Concept(f"{tag}{number}", (Term(text, tag), Term(f"other {number}", "en")))
    if is_chinese(tag)
    else Concept(f"{tag}{number}", (Term(f"词{number}", "zh-Hans"), Term(text, tag)))
    for tag, texts in TERMS.items()
    for number, text in enumerate(texts)
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Termbase]:
    with Termbase.create(tmp_path_factory.mktemp("patterns") / "t.sqlite") as termbase:
        termbase.add_concepts(CONCEPTS)
        yield termbase


def scanned(query: str) -> set[str]:
    """The concepts that a full scan of their terms finds."""
    if query.startswith("/"):
        search = re.compile(query[1:-1], re.IGNORECASE).search
    else:
        wildcards = {"*": ".*", "?": "."}
        search = re.compile("".join(wildcards.get(c, re.escape(c)) for c in query)).fullmatch
    return {
        concept.id
        for concept in CONCEPTS
        for term in concept.terms
        if search(fold(term.text)) or (is_chinese(term.language) and search(chinese_key(term.text)))
    }


@pytest.mark.parametrize(
    "query",
    [
        "网络*", "*国", "国*", "*国*", "?国*", "*安全", "人类*共同体", "*五位一体*布局", "互联网+*",
        "gdp*", "*股", "5g*", "cyber*", "*cyber*", "*countr*", "the*", "*the*", "a*", "w*", "*s",
        "*people's*", "*'s*", "*000*", "1,00*", "don't*", "*t e*", "*of-law*", "rés*", "*户*",
        "*.5*", "covid*", "*19", "2035*", "*“三*", "*power", "*power*", "p*c", "*xyz*", "s*",
        "/^网络/", "/国$/", "/^国$/", "/^.{3}$/", "/(power|country)/", "/(power|countr(y|ies))$/",
        "/cyber (power|country)/", "/[Cc]yber/", "/colou?r|nation/", r"/\bpower\b/", "/powers?$/",
        r"/\d{4}/", r"/\d+年/", "/(?:strong )?cyber/", "/(strong ){1,2}cyber/", "/(?=strong)s/",
        "/(?!s)cyber/", "/w(as|ent)/", "/网络|安全/", "/(?x) cyber \\s power/", r"/(o)\1/", "/…/",
        "/(?i:CYBER)/", "/(?>cyber)/", "/s*cyber/", "/five-sphere/", "/'s/", "/^s$/", "/./",
    ],
)  # fmt: skip
def test_a_pattern_finds_what_a_full_scan_finds(query: str, base: Termbase) -> None:
    found = lookup(base, query, limit=100)
    assert {match.concept.id for match in found} == scanned(query)
    assert {match.how for match in found} <= {How.PATTERN}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_wildcards_in_a_term_find_it(base: Termbase, data: st.DataObject) -> None:
    concept = data.draw(st.sampled_from(CONCEPTS))
    text = fold(data.draw(st.sampled_from(concept.terms)).text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    middle = data.draw(st.sampled_from(["*", "?" * (end - start)]))
    query = text[:start] + middle + text[end:]
    if re.search(r"\*|\?.", query) and re.search(r"[^\W_]", query) and query == query.strip():
        found = {match.concept.id for match in lookup(base, query, limit=100)}
        # Traditional script finds simplified terms too.
        assert scanned(query) <= found <= scanned(query) | scanned(to_simplified(query))


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("乡村*", ["鄉村振興"]),
        ("*發展*", ["發展"]),
        ("網絡*", ["网络强国", "网络安全"]),
        ("/國.*安全/", ["国家安全"]),
    ],
)
def test_either_script_finds_the_other(query: str, heads: list[str], base: Termbase) -> None:
    assert [match.concept.head for match in lookup(base, query)] == heads


def test_what_is_shown_is_the_inflection_that_matches(base: Termbase) -> None:
    assert [match.term.text for match in lookup(base, "*countries")] == ["strong cyber countries"]


@pytest.mark.parametrize(
    ("expression", "groups"),
    [
        ("strong .* Country", [["strong "], [" country"]]),
        ("^网络.*强国$", [["‹网络"], ["强国›"]]),
        ("cyber (power|country)", [["cyber "], ["power", "country"]]),
        ("(power|.)", []),
        ("colou?r", [["colo"], ["r"]]),
        ("(ab)+c", [["ab"], ["c"]]),
        ("(ab)*c", [["c"]]),
        (r"\d{3}[Nn]et", [["net"]]),
        ("a(?!b)c", [["a"], ["c"]]),
    ],
)
def test_literals_of_an_expression(expression: str, groups: list[list[str]]) -> None:
    assert [list(group) for group in regular_expression_literals(expression)] == groups


def test_literals_between_wildcards() -> None:
    assert wildcard_literals("人类*共同?") == (("‹人类",), ("共同",), ("›",))


@pytest.mark.parametrize(
    "query", ["cyber*", "*强国", "*五*", "/power|country/", "/^网/", "*xyz*", "/strong c/"]
)
def test_few_terms_are_read(query: str, base: Termbase, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def counting(
        texts: Callable[[FormIndex, str], Iterator[tuple[int, str]]],
    ) -> Callable[[FormIndex, str], Iterator[tuple[int, str]]]:
        def counted(self: FormIndex, query: str) -> Iterator[tuple[int, str]]:
            for text in texts(self, query):
                read.append(text)
                yield text

        return counted

    for name in ("chinese_texts", "other_texts"):
        monkeypatch.setattr(FormIndex, name, counting(getattr(FormIndex, name)))
    lookup(base, query)
    assert len(read) <= 6
