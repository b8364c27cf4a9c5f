"""Which renderings of a concept are forms of one."""

from __future__ import annotations

import pytest

from glossary.harvest.variants import cluster_terms
from glossary.model import Term, TermType

FULL, VARIANT, ABBREVIATION = TermType.FULL_FORM, TermType.VARIANT, TermType.ABBREVIATION


@pytest.mark.parametrize(
    "clusters",
    [
        [
            {
                "new system for mobilizing resources nationwide",
                "new nationwide system for mobilising resources",
            }
        ],
        [{"strong cyber country"}, {"cyber power"}, {"network power"}],
        [{"governance of the country", "country's governance"}],
        [{"Communist Party of China", "CPC"}, {"Chinese Communists"}],
        [{"technology bottlenecks"}, {"stuck neck"}],
        [{"the"}, {"of"}],
        [],
    ],
)
def test_clusters(clusters: list[set[str]]) -> None:
    terms = [Term(text, "en") for cluster in clusters for text in sorted(cluster)]
    for given in (terms, terms[::-1]):
        found = [{term.text for term in cluster} for cluster in cluster_terms(given)]
        assert sorted(map(sorted, found)) == sorted(map(sorted, clusters))


def test_an_abbreviation_is_marked() -> None:
    terms = [Term("CPC", "en"), Term("Communist Party of China", "en")]
    types = {term.text: term.term_type for cluster in cluster_terms(terms) for term in cluster}
    assert types == {"CPC": ABBREVIATION, "Communist Party of China": FULL}
