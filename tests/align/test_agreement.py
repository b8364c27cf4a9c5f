"""Ladders and the scores of vecalign's evaluation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.align.agreement import compare
from glossary.align.ladder import Beads, format_ladder, parse_ladder
from glossary.errors import BadInputError

GOLD: Beads = [((0,), (0,)), ((1,), (1, 2)), ((2, 3), (3,)), ((4,), ()), ((), (4,))]
groups = st.lists(st.integers(0, 999), max_size=5).map(tuple)


def test_the_gold_agrees_with_itself() -> None:
    agreement = compare(GOLD, GOLD)
    assert (agreement.strict.f1, agreement.lax.f1, agreement.alone.f1) == (1, 1, 1)


def test_strict_wants_the_bead_lax_a_pair_of_it() -> None:
    found: Beads = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,)), ((4,), (4,))]
    agreement = compare(found, GOLD)
    assert agreement.strict.precision == pytest.approx(1 / 5)
    assert agreement.strict.recall == pytest.approx(1 / 3)
    assert agreement.lax.precision == pytest.approx(3 / 5)
    assert agreement.lax.recall == 1
    assert agreement.alone.recall == 0


def test_beads_with_an_empty_side_do_not_count_in_either() -> None:
    without = [bead for bead in GOLD if all(bead)]
    assert compare(without, GOLD).strict.f1 == 1
    assert compare(without, GOLD).alone.recall == 0
    assert compare([], GOLD).strict.f1 == 0


def test_agreements_add_up_over_texts() -> None:
    total = compare(GOLD, GOLD) + compare([((0,), (0,))], [((0,), (1,))])
    assert (total.strict.found_right, total.strict.found, total.strict.gold) == (3, 4, 4)


@given(st.lists(st.tuples(groups, groups)))
def test_ladders_come_back(beads: Beads) -> None:
    assert parse_ladder(format_ladder(beads)) == beads


def test_costs_comments_and_spaces_are_read_over() -> None:
    text = "# made by hand\n[0, 1]:[0]:0.123\n\n[2]:[ 1, 2 ]\n[]:[3]\n"
    assert parse_ladder(text) == [((0, 1), (0,)), ((2,), (1, 2)), ((), (3,))]


def test_a_line_that_is_no_bead_is_named() -> None:
    with pytest.raises(BadInputError, match=r"gold\.align:2:"):
        parse_ladder("[0]:[0]\n0:0\n", place="gold.align")
