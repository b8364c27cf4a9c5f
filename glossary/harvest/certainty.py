"""Say how surely each find of a place renders what stands there.

The last of the log-linear models of ``ranking`` gives each find a score. Boosted trees correct it:
they look at what speaks for a find, at how that differs from what speaks for the find with the best
score, and at how far behind it the find is; a softmax makes shares of a place of the sums. More
trees say from a find's evidence, its share and that of its strongest rival how surely it is right
at all: what the bead does not render has a best find too.

``scripts/fit_ranking.py`` learned the trees of ``trees.tsv`` with the weights of ``ranking.tsv``,
those of the certainty from shares in texts that the trees of the shares had not seen.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from glossary.harvest.patterns_zh import FORMS
from glossary.harvest.ranking import Weights, learned, shares_input
from glossary.harvest.search import EVIDENCE, Find
from glossary.harvest.trees import Split, Tree, Trees

__all__ = [
    "CERTAINTY",
    "SHARES",
    "TREES",
    "Model",
    "Places",
    "certainties",
    "certainty_input",
    "corrected_shares",
    "learned_model",
    "places_of",
    "read_trees",
    "shares_of",
    "softmax",
]

FloatArray = NDArray[np.float64]

#: Inputs of the trees that correct the shares, in order.
SHARES = (*EVIDENCE, *(f"{name} than best" for name in EVIDENCE), "behind", "form")
#: Inputs of the trees of certainty.
CERTAINTY = (*EVIDENCE, "share", "rival", "form")
#: The sums of trees, by name.
TREES = {"shares": SHARES, "certainty": CERTAINTY}

# Places that are weighed at a time: some 15 MB.
_AT_A_TIME = 1 << 11


@dataclass(frozen=True, slots=True)
class Model:
    """What weighs renderings for a kind of evidence.

    Attributes:
        weights: of the log-linear models.
        trees: by the names of ``TREES``.
    """

    weights: Weights
    trees: Mapping[str, Trees]


@dataclass(frozen=True, slots=True)
class Places:
    """The finds of p places, n together.

    Attributes:
        evidence: ``[n, len(EVIDENCE)]``.
        form: ``[n]``, index of the Chinese stretch's form.
        scores: ``[n]``, what the second log-linear model gives.
        starts: ``[p]``, the first find of each place.
        place: ``[n]``, the place of each find.
    """

    evidence: FloatArray
    form: FloatArray
    scores: FloatArray
    starts: NDArray[np.int64]
    place: NDArray[np.int64]


def places_of(places: Sequence[Sequence[Find]], weights: Weights) -> Places:
    """Return the finds of places, none of which is empty, laid out."""
    sizes = np.array([len(finds) for finds in places])
    return Places(
        np.stack([find.evidence for finds in places for find in finds]),
        np.repeat([float(FORMS.index(finds[0].form)) for finds in places], sizes),
        np.concatenate([shares_input(finds) @ weights["second"] for finds in places]),
        np.concatenate([[0], np.cumsum(sizes)[:-1]]),
        np.repeat(np.arange(len(sizes)), sizes),
    )


def shares_of(places: Places) -> FloatArray:
    """Return the input ``[n, len(SHARES)]`` of the trees that correct the shares."""
    best = _best(places.scores, places)[places.place]
    behind = places.scores - places.scores[best]
    return np.column_stack(
        [places.evidence, places.evidence - places.evidence[best], behind, places.form]
    )


def corrected_shares(places: Places, trees: Trees) -> FloatArray:
    """Return the share ``[n]`` of each find in its place."""
    return softmax(places.scores + trees.sums(shares_of(places)), places)


def softmax(scores: FloatArray, places: Places) -> FloatArray:
    """Return the shares ``[n]`` that scores ``[n]`` give the finds of each place."""
    exponent = np.exp(scores - np.maximum.reduceat(scores, places.starts)[places.place])
    result: FloatArray = exponent / np.add.reduceat(exponent, places.starts)[places.place]
    return result


def certainty_input(places: Places, shares: FloatArray) -> FloatArray:
    """Return the input ``[n, len(CERTAINTY)]`` of the trees of certainty."""
    best = _best(shares, places)
    rest = shares.copy()
    rest[best] = 0.0
    rival = shares[best][places.place]
    rival[best] = np.maximum.reduceat(rest, places.starts)
    return np.column_stack([places.evidence, shares, rival, places.form])


def certainties(places: Sequence[Sequence[Find]], model: Model) -> list[FloatArray]:
    """Return for the finds of each place, which are never none, how surely they are right."""
    result: list[FloatArray] = []
    for start in range(0, len(places), _AT_A_TIME):
        found = places_of(places[start : start + _AT_A_TIME], model.weights)
        inputs = certainty_input(found, corrected_shares(found, model.trees["shares"]))
        values = 1 / (1 + np.exp(-model.trees["certainty"].sums(inputs)))
        result += np.split(values, found.starts[1:])
    return result


def _best(values: FloatArray, places: Places) -> NDArray[np.int64]:
    """Return for each place ``[p]`` the first of its finds that has the greatest value."""
    order = np.lexsort((-values, places.place))
    best: NDArray[np.int64] = order[places.starts]
    return best


@functools.cache
def learned_model(kind: str) -> Model:
    """Return what ``ranking.tsv`` and ``trees.tsv`` hold, for a kind of evidence (``KINDS``)."""
    text = (files("glossary.harvest") / "trees.tsv").read_text(encoding="utf-8")
    return Model(learned(kind), read_trees(text, kind))


def read_trees(text: str, kind: str) -> Mapping[str, Trees]:
    """Return the trees of a table, one split a line, those of a tree from the leaves to the root.

    A branch is a leaf's value or, after "#", the number of an earlier split of the same tree.
    """
    found: dict[str, list[Tree]] = {name: [] for name in TREES}
    splits: list[Split] = []
    places = {name: {of: n for n, of in enumerate(inputs)} for name, inputs in TREES.items()}

    def branch(field: str) -> Tree:
        return splits[int(field[1:])] if field[0] == "#" else float(field)

    for line in text.splitlines()[1:]:
        of, name, tree, evidence, threshold, below, above = line.split("\t")
        if of != kind:
            continue
        if int(tree) == len(found[name]):
            splits = []
            found[name].append(0.0)
        split = Split(places[name][evidence], float(threshold), branch(below), branch(above))
        splits.append(split)
        found[name][-1] = split
    return {name: Trees.of(trees) for name, trees in found.items()}
