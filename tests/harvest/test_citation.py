from __future__ import annotations

import pytest

from glossary.harvest.citation import citation_form, phrase_key, trim_phrase


@pytest.mark.parametrize(
    ("surface", "trimmed"),
    [
        ("the digital economy", "digital economy"),
        ("China’s", "China"),
        ("its network of", "network"),
        ("state-owned enterprises", "state-owned enterprises"),
        ("the", "the"),
    ],
)
def test_trims(surface: str, trimmed: str) -> None:
    start, end = trim_phrase(surface, 0, len(surface))
    assert surface[start:end] == trimmed


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a strong cyber country", "strong cyber countries"),
        ("High-quality Development", "high quality development"),
        ("modernisation", "modernization"),
        ("labour law", "labor laws"),
        ("joint communiqués", "joint communiqué"),
    ],
)
def test_surface_variants_share_a_key(left: str, right: str) -> None:
    assert phrase_key(left) == phrase_key(right)


def test_different_words_do_not() -> None:
    assert phrase_key("AI governance") != phrase_key("be governance")
    assert phrase_key("cyber power") != phrase_key("network power")


def test_a_sentence_capital_is_lowered_but_not_a_name() -> None:
    assert citation_form("Digital infrastructure", sentence_start=True) == "digital infrastructure"
    assert citation_form("Data Security Law", sentence_start=True) == "Data Security Law"
    assert citation_form("Digital infrastructure") == "Digital infrastructure"


@pytest.mark.parametrize(
    ("surface", "form"),
    [
        ("“stuck neck”", "stuck neck"),
        ("“stuck neck” problem", "“stuck neck” problem"),
        # The quotation began before the phrase, or ends behind it.
        ("East Data, West Computing” project", "East Data, West Computing project"),
        ("project “East Data", "project East Data"),
    ],
)
def test_no_half_of_a_quotation_is_cited(surface: str, form: str) -> None:
    assert citation_form(surface) == form
