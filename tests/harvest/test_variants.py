"""Which renderings of a concept only vary a better one."""

from __future__ import annotations

import pytest

from glossary.harvest.variants import mark_variants
from glossary.model import Term, TermType

FULL, VARIANT, ABBREVIATION = TermType.FULL_FORM, TermType.VARIANT, TermType.ABBREVIATION


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        (
            [
                "new system for mobilizing resources nationwide",
                "new nationwide system for mobilising resources",
            ],
            [FULL, VARIANT],
        ),
        (["strong cyber country", "cyber power", "network power"], [FULL, FULL, FULL]),
        (["governance of the country", "country's governance"], [FULL, VARIANT]),
        (["Communist Party of China", "CPC", "Chinese Communists"], [FULL, ABBREVIATION, FULL]),
        (["CPC", "Communist Party of China"], [FULL, FULL]),
        (["R&D centre", "research and development center"], [FULL, FULL]),
        (["technology bottlenecks", "stuck neck"], [FULL, FULL]),
        (["the", "of"], [FULL, FULL]),
        ([], []),
    ],
)
def test_kinds(texts: list[str], kinds: list[TermType]) -> None:
    marked = mark_variants([Term(text, "en") for text in texts])
    assert [term.text for term in marked] == texts
    assert [term.term_type for term in marked] == kinds
