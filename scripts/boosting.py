"""Learn the trees of ``glossary/harvest/trees.tsv`` by gradient boosting, for ``fit_ranking.py``.

LightGBM grows them (``pip install lightgbm``; nothing else in the project needs it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from glossary.harvest.certainty import TREES, Places, shares_of, softmax
from glossary.harvest.trees import Split, Tree

__all__ = ["boost_certainty", "boost_shares", "tree_lines"]

FloatArray = NDArray[np.float64]

_ROUNDS = 120
# Of 4 to 20 leaves and 80 to 400 rounds with a rate to suit, sixteen leaves and 120 rounds did as
# well as any in texts held out, and trees of sixteen leaves are asked fast.
_HOW: dict[str, Any] = {
    "num_leaves": 16,
    "learning_rate": 0.1,
    "min_data_in_leaf": 30,
    "lambda_l2": 2.0,
    "feature_fraction": 0.5,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
_NEVER = -1e9
_LEAST_CURVE = 1e-3


def boost_shares(places: Places, right: NDArray[np.bool_], weight: FloatArray) -> list[Tree]:
    """Return trees that correct the scores of places so that the right finds get the shares.

    Args:
        places: each has a right find.
        right: ``[n]``.
        weight: ``[p]``, what each place counts.
    """
    counts = (weight / weight.mean())[places.place]

    def slope(scores: FloatArray, _: lightgbm.Dataset) -> tuple[FloatArray, FloatArray]:
        share = softmax(scores, places)
        wanted = softmax(np.where(right, scores, _NEVER), places)
        return (share - wanted) * counts, np.maximum(share * (1 - share), _LEAST_CURVE) * counts

    data = lightgbm.Dataset(shares_of(places), label=right.astype(float), init_score=places.scores)
    return _grown({**_HOW, "objective": slope}, data)


def boost_certainty(rows: FloatArray, right: NDArray[np.bool_], weight: FloatArray) -> list[Tree]:
    """Return trees whose sum is the logit of being right, from ``[n, w]``, ``[n]`` and ``[n]``."""
    data = lightgbm.Dataset(rows, label=right.astype(float), weight=weight / weight.mean())
    # The first tree would else hold the mean as well.
    return _grown({**_HOW, "objective": "binary", "boost_from_average": False}, data)


def _grown(how: dict[str, Any], data: lightgbm.Dataset) -> list[Tree]:
    grown = lightgbm.train(how, data, _ROUNDS).dump_model()
    return [_tree(tree["tree_structure"]) for tree in grown["tree_info"]]


def _tree(node: Mapping[str, Any]) -> Tree:
    if "leaf_value" in node:
        return float(f"{node['leaf_value']:.4g}")
    return Split(
        int(node["split_feature"]),
        float(f"{node['threshold']:.5g}"),
        _tree(node["left_child"]),
        _tree(node["right_child"]),
    )


def tree_lines(kind: str, name: str, trees: Sequence[Tree]) -> Iterator[str]:
    """Yield the lines of the table of trees, those of a tree from the leaves to the root."""
    for number, tree in enumerate(tree for tree in trees if isinstance(tree, Split)):
        lines: list[str] = []
        _write(tree, f"{kind}\t{name}\t{number}", TREES[name], lines)
        yield from lines


def _write(tree: Tree, head: str, inputs: Sequence[str], lines: list[str]) -> str:
    """Add the lines of a branch, and return what stands for it in the line of the split above."""
    if not isinstance(tree, Split):
        return f"{tree:g}"
    below = _write(tree.below, head, inputs, lines)
    above = _write(tree.above, head, inputs, lines)
    lines.append(f"{head}\t{inputs[tree.place]}\t{tree.threshold:g}\t{below}\t{above}")
    return f"#{len(lines) - 1}"
