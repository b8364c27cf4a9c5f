"""Of terms that stand in the same pairs of a corpus, one inside the other, the lesser is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glossary.build.corpus.nesting import Head, nested_heads
from glossary.model import ConceptKind

CASES = json.loads((Path(__file__).parent.parent / "data" / "nested_heads.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_lesser_of_two_nested_terms_is_found(case: dict[str, object]) -> None:
    rows = case["heads"]
    assert isinstance(rows, dict)
    heads = {
        key: Head(score, ConceptKind(kind), rendering, pairs)
        for key, (score, kind, rendering, pairs) in rows.items()
    }
    assert sorted(nested_heads(heads)) == case["nested"]
