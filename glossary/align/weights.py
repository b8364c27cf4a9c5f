"""The learned weights of the alignment model."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from glossary.align.coverage import TOKEN_FEATURES
from glossary.align.cuts import CUT_FEATURES
from glossary.align.features import FEATURES
from glossary.align.gaps import GAP_FEATURES
from glossary.align.lattice import GapScores
from glossary.encoders.protocol import FloatArray

__all__ = ["Weights", "WeightsName", "feature_names", "load_weights", "save_weights"]

#: What the weights are for.
WeightsName = Literal["fast", "best", "words"]

_OPEN = "open"


def feature_names(name: WeightsName) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the features of beads and of cuts that weights are for."""
    if name == "best":
        return FEATURES + TOKEN_FEATURES, CUT_FEATURES
    return FEATURES, CUT_FEATURES


@dataclass(frozen=True, slots=True)
class Weights:
    """A log-linear model: each score is a weighted sum of features.

    Attributes:
        bead: ``[len(FEATURES)]``, or with those of ``TOKEN_FEATURES`` after them.
        bias: what every bead scores besides.
        cut: ``[len(CUT_FEATURES)]``, for the place where a bead ends.
        source_gap: ``[len(GAP_FEATURES)]`` for source sentences without a counterpart.
        target_gap: the same for target sentences.
        open_source: the score of beginning a gap in the source.
        open_target: the same for the target.
    """

    bead: FloatArray
    bias: float
    cut: FloatArray
    source_gap: NDArray[np.float64]
    target_gap: NDArray[np.float64]
    open_source: float
    open_target: float

    def bead_scores(self, features: FloatArray, cuts: FloatArray) -> FloatArray:
        """Return the scores ``[LONGEST, rows, LONGEST, columns]`` of beads.

        Args:
            features: ``[f, LONGEST, rows, LONGEST, columns]`` of the beads.
            cuts: ``[len(CUT_FEATURES), rows, columns]`` of the places where they end.
        """
        scores: FloatArray = np.tensordot(self.bead, features, axes=1)
        scores += (np.tensordot(self.cut, cuts, axes=1) + np.float32(self.bias))[:, None]
        return scores

    def averaged(self, other: Weights, share: float) -> Weights:
        """Return the weighted mean of two models: ``share`` of this one and the rest of the other.

        Args:
            other: a model of the same features, or of the first of them.
            share: what this one counts, in ``[0, 1]``.
        """
        rest = 1 - share
        bead = share * self.bead
        bead[: len(other.bead)] += rest * other.bead
        return Weights(
            bead.astype(np.float32),
            share * self.bias + rest * other.bias,
            (share * self.cut + rest * other.cut).astype(np.float32),
            share * self.source_gap + rest * other.source_gap,
            share * self.target_gap + rest * other.target_gap,
            share * self.open_source + rest * other.open_source,
            share * self.open_target + rest * other.open_target,
        )

    def gap_scores(self, source: NDArray[np.float64], target: NDArray[np.float64]) -> GapScores:
        """Return the scores of gaps from their features ``[n, …]`` and ``[m, …]``."""
        return GapScores(
            source @ self.source_gap,
            target @ self.target_gap,
            self.open_source,
            self.open_target,
        )


@functools.cache
def load_weights(name: WeightsName, folder: Path = Path(__file__).parent) -> Weights:
    """Return weights that ``scripts/fit_alignment.py`` learned.

    Args:
        name: ``fast`` for texts with sentence vectors, ``best`` for those with token vectors
            besides, ``words`` for words and lengths alone.
        folder: where they lie; those of the package unless given.
    """
    path = folder / f"weights_{name}.tsv"
    values: dict[tuple[str, str], float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            part, feature, value = line.split("\t")
            values[part, feature] = float(value)
    features, cuts = feature_names(name)
    return Weights(
        np.array([values["bead", feature] for feature in features], dtype=np.float32),
        values["bead", "constant"],
        np.array([values["cut", feature] for feature in cuts], dtype=np.float32),
        np.array([values["source gap", feature] for feature in GAP_FEATURES]),
        np.array([values["target gap", feature] for feature in GAP_FEATURES]),
        values["source gap", _OPEN],
        values["target gap", _OPEN],
    )


def save_weights(weights: Weights, name: WeightsName, path: Path, comment: str) -> None:
    """Write weights as a table: part, feature, weight."""
    features, cuts = feature_names(name)
    rows = [("bead", "constant", weights.bias)]
    rows += [("bead", one, float(w)) for one, w in zip(features, weights.bead, strict=True)]
    rows += [("cut", one, float(w)) for one, w in zip(cuts, weights.cut, strict=True)]
    for part, values, opened in (
        ("source gap", weights.source_gap, weights.open_source),
        ("target gap", weights.target_gap, weights.open_target),
    ):
        rows += [(part, name, float(w)) for name, w in zip(GAP_FEATURES, values, strict=True)]
        rows.append((part, _OPEN, opened))
    lines = [f"# {line}" for line in comment.splitlines()]
    lines += [f"{part}\t{name}\t{value:.5f}" for part, name, value in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
