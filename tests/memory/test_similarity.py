"""The percentage: bounds, symmetry, and what counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.memory import similarity
from glossary.memory.units import coded, squeezed, units

TEXTS = st.text(alphabet="网络强国，。 abAB12.’（）Ａ\n", max_size=30)


@given(TEXTS, TEXTS)
def test_it_is_symmetric_and_within_bounds(first: str, second: str) -> None:
    found = similarity(first, second)
    assert found == similarity(second, first)
    assert 0 <= found.percent <= 100
    assert min(found.units, found.characters) <= found.percent
    assert found.percent <= max(found.units, found.characters) + 1


@given(TEXTS, TEXTS)
def test_only_equal_texts_have_100(first: str, second: str) -> None:
    assert (similarity(first, second).percent == 100) == (squeezed(first) == squeezed(second))


@pytest.mark.parametrize(
    ("first", "second", "percent", "in_units", "in_characters"),
    [
        # One of ten characters, by either count.
        ("网络强国是为了人民。", "网络强国是为了群众。", 80, 80, 80),
        # A number is one unit and four characters.
        ("到2020年建成", "到2021年建成", 83, 80, 87),
        # One of four words and of the full stop; one of twenty characters.
        ("We build strong parks.", "We build strong parts.", 87, 80, 95),
        # Case and width count as characters, not as words.
        ("网络强国,A", "网络强国，a", 83, 100, 66),
        ("the party", "The Party", 88, 100, 77),
        # White space is nothing between Chinese characters, one space elsewhere.
        ("网络 强国", "网络强国\n", 100, 100, 100),
        ("strong  country", "strong country", 100, 100, 100),
        ("strong country", "strongcountry", 46, 0, 92),
        ("", "", 100, 100, 100),
        ("", "网络", 0, 0, 0),
    ],
)
def test_what_counts(
    first: str, second: str, percent: int, in_units: int, in_characters: int
) -> None:
    found = similarity(first, second)
    assert (found.percent, found.units, found.characters) == (percent, in_units, in_characters)


def test_the_units_of_a_segment() -> None:
    text = "到2035年，China’s GDP增长3.5%"
    assert [unit.text for unit in units(text)] == [
        *("到", "2035", "年", "，", "China’s", "GDP", "增", "长", "3.5", "%"),
    ]
    assert all(text[unit.start : unit.end] == unit.text for unit in units(text))


@given(TEXTS)
def test_a_segment_has_one_code_a_unit(text: str) -> None:
    assert len(coded(text)) == len(units(text))
