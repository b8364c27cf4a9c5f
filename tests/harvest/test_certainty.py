"""Boosted trees, and how sure they make a find."""

from __future__ import annotations

import numpy as np
import pytest
from searched import finds

from glossary.harvest import ranking
from glossary.harvest.certainty import (
    TREES,
    certainties,
    corrected_shares,
    learned_model,
    places_of,
    read_trees,
)
from glossary.harvest.search import Find
from glossary.harvest.trees import Split, Tree, Trees


def walk(tree: Tree, row: np.ndarray) -> float:
    while isinstance(tree, Split):
        tree = tree.below if row[tree.place] <= tree.threshold else tree.above
    return tree


def grown(random: np.random.Generator, leaves: int) -> Tree:
    if leaves == 1:
        return float(random.normal())
    below = int(random.integers(1, leaves))
    place, threshold = int(random.integers(0, 5)), float(random.normal())
    return Split(place, threshold, grown(random, below), grown(random, leaves - below))


def test_rows_reach_the_leaves_that_the_splits_lead_to() -> None:
    random = np.random.default_rng(3)
    trees = [grown(random, leaves) for leaves in (1, 2, 3, 7, 16, 16)]
    rows = random.normal(size=(9_000, 5))
    rows[0] = trees[-1].threshold if isinstance(trees[-1], Split) else 0.0
    wanted = [sum(walk(tree, row) for tree in trees) for row in rows]
    np.testing.assert_allclose(Trees.of(trees).sums(rows), wanted)


def test_a_tree_with_too_many_leaves_is_refused() -> None:
    with pytest.raises(ValueError, match="17 leaves"):
        Trees.of([grown(np.random.default_rng(1), 17)])


def test_a_table_of_trees_is_read_from_the_leaves_to_the_root() -> None:
    table = "\n".join(
        (
            "kind\ttrees\ttree\tevidence\tthreshold\tbelow\tabove",
            "tokens\tshares\t0\tlinks\t0.5\t1\t2",
            "tokens\tshares\t0\tform\t0\t#0\t3",
            "tokens\tshares\t1\tbehind\t-1\t10\t20",
            "sentences\tshares\t0\tlinks\t0.1\t100\t200",
        )
    )
    rows = np.zeros((3, len(TREES["shares"])))
    rows[1, TREES["shares"].index("links")] = 0.6
    rows[2, [TREES["shares"].index("form"), TREES["shares"].index("behind")]] = 1, -2
    trees = read_trees(table, "tokens")
    assert trees["shares"].sums(rows).tolist() == [21.0, 22.0, 13.0]
    assert trees["certainty"].sums(rows[:, : len(TREES["certainty"])]).tolist() == [0.0] * 3


@pytest.mark.parametrize("kind", ranking.KINDS)
def test_shares_of_a_place_add_up(kind: str) -> None:
    model = learned_model(kind)
    places = places_of([finds("国有资本投资公司"), finds("国有资本")], model.weights)
    shares = corrected_shares(places, model.trees["shares"])
    assert np.add.reduceat(shares, places.starts) == pytest.approx([1.0, 1.0])


def test_the_whole_phrase_is_surest_and_places_do_not_meddle() -> None:
    model = learned_model("sentences")
    both = [kept("国有资本投资公司"), kept("国有资本")]
    found = certainties(both, model)
    assert all(((values > 0) & (values < 1)).all() for values in found)
    best = both[0][int(found[0].argmax())]
    assert best.end - best.start == len("state-owned capital investment companies")
    for alone, values in zip(both, found, strict=True):
        np.testing.assert_allclose(certainties([alone], model)[0], values)
    assert certainties([], model) == []


def kept(stretch: str) -> list[Find]:
    return ranking.thinned(finds(stretch), ranking.learned("sentences"))
