"""Learn the weights of the alignment model from texts with gold beads.

The model is a conditional random field over alignments; its weights maximise the probability of
the gold beads less a penalty on their squares (L-BFGS on the exact gradient: gold features less
expected ones). Each text is used as it is and with parts missing or foreign, so that the model
knows what sentences without a counterpart look like: blocks of 3 to 15 beads deleted from either
side, single sentences deleted or replaced, blocks of another text put in.

With ``--held-out`` each text's weights are learned without it, for evaluate_alignment.py to use.

Example:
    python scripts/fit_alignment.py novels/txt academic --out glossary/align/weights_fast.tsv
    python scripts/fit_alignment.py novels/txt academic --evidence best --held-out folds
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from alignment_examples import Example, prepare_examples
from gold_texts import fold_name, gold_ladders, load
from numpy.typing import NDArray

from glossary.align.blocks import LONGEST
from glossary.align.features import FEATURES
from glossary.align.gaps import GAP_FEATURES
from glossary.align.lattice import GapScores, Lattice, Posteriors
from glossary.align.weights import Weights, WeightsName, feature_names, save_weights
from glossary.encoders.protocol import FloatArray

# What words and lengths alone do not know.
_OF_VECTORS = (*FEATURES[:9], "unlike", "crossed", "crossed words", "best similarity")
# Steps of the climb: few until the curvature is taken anew, more from there, and enough for a model
# without one text that begins with that of all texts.
_ROUGH, _STEPS, _STEPS_FROM_ALL = 6, 20, 12
# Penalty on the squared weights of standardised features, and of the features of gaps: of .001 to
# .1, this and .05 give unseen texts the best probability and F1.
_PENALTY, _GAP_PENALTY = 0.02, 1e-4
# Beads that the rough model gives less than this, its scores made flatter by the factor, are left
# out of the competition.
_LIKELY, _FLATTER = 1e-4, 0.6
_IMPOSSIBLE = np.float32(-1e9)


class Model:
    """Weights over standardised features, as one vector.

    Args:
        examples: texts from whose gold beads the features' means and deviations are taken.
        name: what the weights are for.
    """

    def __init__(self, examples: Sequence[Example], name: WeightsName) -> None:
        near = np.concatenate([e.features[e.right] for e in examples]).astype(np.float32)
        self.mean = near.mean(axis=0)
        self.scale = near.std(axis=0) + 1e-3
        self.bead, self.gap = len(self.mean), len(GAP_FEATURES)
        beads, cuts = feature_names(name)
        unused = _OF_VECTORS if name == "words" else ()
        self.cuts_from = len(beads)
        self.used = np.array([one not in unused for one in beads + cuts], dtype=np.float32)
        self.vector = np.zeros(1 + self.bead + 2 * self.gap + 2)
        self.vector[-2:] = -2
        self.gap_used = np.array([one not in unused for one in GAP_FEATURES], dtype=np.float64)
        self.penalty = np.full(len(self.vector), _GAP_PENALTY)
        self.penalty[0] = 0
        self.penalty[1 : 1 + self.bead] = _PENALTY
        self._curvature = np.eye(len(self.vector))

    def parts(self) -> tuple[float, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return the bias and the weights of beads, source gaps and target gaps."""
        cut = [1, 1 + self.bead, 1 + self.bead + self.gap, 1 + self.bead + 2 * self.gap]
        bias, bead, source, target, _ = np.split(self.vector, cut)
        return float(bias[0]), bead * self.used, source * self.gap_used, target * self.gap_used

    def weights(self) -> Weights:
        """Return the weights for features as they are."""
        bias, bead, source, target = self.parts()
        raw = bead / self.scale
        return Weights(
            raw[: self.cuts_from].astype(np.float32),
            bias - float(raw @ self.mean),
            raw[self.cuts_from :].astype(np.float32),
            source,
            target,
            float(self.vector[-2]),
            float(self.vector[-1]),
        )

    def posteriors(self, one: Example, flatter: float = 1.0) -> tuple[Posteriors, FloatArray]:
        """Return the probabilities of an example's beads and gaps, and its beads' scores."""
        weights = self.weights()
        bead = np.concatenate([weights.bead, weights.cut])
        scores = one.features.astype(np.float32) @ bead + np.float32(weights.bias)
        widths = one.band.hi - one.band.lo + 1
        table = np.full(LONGEST * LONGEST * int(widths.sum()), _IMPOSSIBLE)
        table[one.cells] = scores * flatter
        rows = [
            row.reshape(LONGEST, LONGEST, -1)
            for row in np.split(table, np.cumsum(LONGEST * LONGEST * widths)[:-1])
        ]
        gaps = weights.gap_scores(*one.gaps)
        gaps = GapScores(
            gaps.source * flatter,
            gaps.target * flatter,
            gaps.open_source * flatter,
            gaps.open_target * flatter,
        )
        return Lattice(one.band, rows).posteriors(gaps), scores

    def likely(self, one: Example) -> Example:
        """Return the example without the beads that the model rules out."""
        chance = _of_cells(self.posteriors(one, _FLATTER)[0], one)
        return one.only((chance > _LIKELY) | one.right)

    def climb(self, examples: Sequence[Example]) -> tuple[float, NDArray[np.float64]]:
        """Return the mean log probability of a gold bead, less the penalty, and its gradient."""
        total, slope = 0.0, np.zeros(len(self.vector))
        for one in examples:
            found, scores = self.posteriors(one)
            weights = self.weights()
            gaps = weights.gap_scores(*one.gaps)
            value = (
                float(scores[one.right].sum(dtype=np.float64))
                + float(one.alone[0] @ gaps.source + one.alone[1] @ gaps.target)
                + float(one.opens @ self.vector[-2:])
                - found.log_total
            )
            change = (one.right - _of_cells(found, one)).astype(np.float32)
            features = (one.features - self.mean) / self.scale
            parts = [
                [change.sum(dtype=np.float64)],
                (change @ features) * self.used,
                (one.alone[0] - found.source) @ one.gaps[0] * self.gap_used,
                (one.alone[1] - found.target) @ one.gaps[1] * self.gap_used,
                one.opens - found.opens,
            ]
            size = len(examples) * max(1, int(one.right.sum()))
            total += value / size
            slope += np.concatenate(parts) / size
        return (
            total - float(self.penalty @ self.vector**2) / 2,
            slope - self.penalty * self.vector,
        )

    def bend(self, examples: Sequence[Example]) -> None:
        """Take the curvature anew, as if the beads' chances did not depend on each other."""
        curvature = np.diag(self.penalty + 1e-6)
        sides = 1 + self.bead, 1 + self.bead + self.gap
        for one in examples:
            found, _ = self.posteriors(one)
            size = len(examples) * max(1, int(one.right.sum()))
            chance = _of_cells(found, one)
            open_to_doubt = chance * (1 - chance)
            kept = open_to_doubt > 1e-4
            features = (one.features[kept] - self.mean) / self.scale * self.used
            features = np.concatenate([np.ones((len(features), 1)), features], axis=1)
            own = slice(0, 1 + self.bead)
            curvature[own, own] += (features.T * open_to_doubt[kept]) @ features / size
            for first, gaps, alone in zip(
                sides, one.gaps, (found.source, found.target), strict=True
            ):
                at = slice(first, first + self.gap)
                curvature[at, at] += (gaps.T * (alone * (1 - alone))) @ gaps / size
            curvature[-2:, -2:] += np.diag(found.opens) / size
        self._curvature = curvature

    def fit(self, examples: Sequence[Example], begin: Model | None = None) -> None:
        """Climb to the top, from a model of more texts if one is given."""
        if begin:
            self.mean, self.scale = begin.mean, begin.scale
            self.vector, self._curvature = begin.vector.copy(), begin._curvature
            self._ascend(examples, _STEPS_FROM_ALL)
            return
        for steps in (_ROUGH, _STEPS):
            self.bend(examples)
            self._ascend(examples, steps)

    def fit_roughly(self, examples: Sequence[Example]) -> None:
        """Climb far enough to tell which beads are out of the question."""
        self.bend(examples)
        self._ascend(examples, _ROUGH)

    def _ascend(self, examples: Sequence[Example], steps: int) -> None:
        """Climb by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) from the curvature known."""
        inverse = np.linalg.inv(self._curvature)
        value, slope = self.climb(examples)
        seen: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
        for step in range(steps):
            direction = slope.copy()
            shares = []
            for move, turn in reversed(seen):
                share = (move @ direction) / (move @ turn)
                shares.append(share)
                direction -= share * turn
            direction = inverse @ direction
            for (move, turn), share in zip(seen, reversed(shares), strict=True):
                direction += (share - (turn @ direction) / (move @ turn)) * move
            rate, start, before = 1.0, self.vector, slope
            while True:
                self.vector = start + rate * direction
                reached, slope = self.climb(examples)
                if reached >= value + 1e-4 * rate * float(direction @ before):
                    break
                rate /= 2
                if rate < 1e-3:
                    self.vector = start
                    return
            print(f"step {step + 1}/{steps}: {reached:.5f}", end="\r", file=sys.stderr)
            move, turn = self.vector - start, before - slope
            if move @ turn > 0:
                seen.append((move, turn))
            if reached - value < 1e-6:
                return
            value = reached


def _of_cells(found: Posteriors, one: Example) -> FloatArray:
    """Return the probabilities ``[a]`` of an example's beads."""
    chance: FloatArray = np.concatenate([row.ravel() for row in found.beads])[one.cells]
    return chance


def competing(examples: Sequence[Example], name: WeightsName) -> list[Example]:
    """Return the examples with the beads that a model of the untouched texts gives a chance."""
    untouched = [one for one in examples if not one.varied]
    rough = Model(untouched, name)
    rough.fit_roughly(untouched)
    return [rough.likely(one) for one in examples]


def _named(folders: Sequence[Path]) -> str:
    """Return the folders as they are called wherever they lie, for a command line."""
    return "".join(
        f"{Path(*(folder.parts[-2:] if folder.name == 'txt' else folder.parts[-1:]))} "
        for folder in folders
    )


def main() -> None:
    """Fit on all texts, and with each held out in turn."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folders", nargs="+", type=Path, help="hold src/, tgt/ and gold/")
    parser.add_argument("--out", type=Path, help="write the weights of all texts there")
    parser.add_argument(
        "--held-out",
        type=Path,
        metavar="DIR",
        help="write DIR/NAME/weights_….tsv for each text, learned from the others",
    )
    parser.add_argument(
        "--evidence", choices=get_args(WeightsName), default="fast", help="what the weights are for"
    )
    parser.add_argument("--variants", type=int, default=2, help="variants with omissions per text")
    options = parser.parse_args()
    begin = time.perf_counter()
    texts = load(options.folders)
    examples = prepare_examples(texts, options.variants, options.evidence)
    examples = competing(examples, options.evidence)
    print(f"{len(examples)} examples of {len(texts)} texts", file=sys.stderr)
    model = Model(examples, options.evidence)
    model.fit(examples)
    variants = f"{options.variants} variants of each with omissions"
    if options.out:
        beads = sum(len(text[2]) for text in texts)
        comment = (
            f"Weights of the alignment model, learned from {len(texts)} texts ({beads} beads) and\n"
            f"{variants}: scripts/fit_alignment.py\n"
            f"{_named(options.folders)}--evidence {options.evidence} --variants {options.variants}"
        )
        save_weights(model.weights(), options.evidence, options.out, comment)
    if options.held_out:
        for number, gold in enumerate(gold_ladders(options.folders)):
            others = [one for one in examples if one.text != number]
            one_less = Model(others, options.evidence)
            one_less.fit(others, model)
            folder = options.held_out / fold_name(gold)
            folder.mkdir(parents=True, exist_ok=True)
            comment = f"Learned from {len(texts) - 1} texts and {variants}."
            path = folder / f"weights_{options.evidence}.tsv"
            save_weights(one_less.weights(), options.evidence, path, comment)
    print(f"{time.perf_counter() - begin:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
