"""Learn the weights of the alignment model from texts with gold beads.

The model is a conditional random field over alignments; its weights maximise the probability of
the gold beads (Adam on the exact gradient: gold features less expected ones). Each text is used as
it is and with parts missing or foreign, so that the model knows what sentences without a
counterpart look like: blocks of 3 to 15 beads deleted from either side, single sentences deleted or
replaced, blocks of another text put in.

Example:
    python scripts/fit_alignment.py novels/txt academic --out glossary/align/weights_fast.tsv
    python scripts/fit_alignment.py novels/txt academic --evidence best --cross-validate
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from glossary.align.agreement import Agreement, compare
from glossary.align.anchors import Band
from glossary.align.blocks import LONGEST
from glossary.align.coverage import TOKEN_FEATURES
from glossary.align.doubt import Doubt, with_coverage
from glossary.align.features import FEATURES
from glossary.align.gaps import GAP_FEATURES
from glossary.align.ladder import Beads, read_ladder
from glossary.align.lattice import GapScores, best_steps, posteriors
from glossary.align.pairwise import BEAD_COST, GAP_COST, prepare
from glossary.align.sides import Side
from glossary.align.weights import Weights, WeightsName, save_weights
from glossary.encoders import E5Encoder, TokenVectors, default_encoder
from glossary.encoders.protocol import Encoder, FloatArray
from glossary.language.script import han_share

Text = tuple[list[str], list[str], Beads]
_EPOCHS = 14
_RATE = 0.02
_DECAY = 1e-3
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its features inside a window around the gold beads.

    Attributes:
        rows: for each position ``[LONGEST, LONGEST, width, features]``.
        gold: for each position the cells (p - 1, q - 1, column) of the gold beads that end there.
        alone: whether each source and each target sentence has no counterpart.
        opens: how many gaps begin, in the source and in the target.
    """

    text: int
    varied: bool
    band: Band
    rows: list[NDArray[np.float16]]
    gaps: tuple[NDArray[np.float64], NDArray[np.float64]]
    gold: list[tuple[int, int, int, int]]
    alone: tuple[NDArray[np.float64], NDArray[np.float64]]
    opens: NDArray[np.float64]
    beads: Beads


def load(folders: Sequence[Path]) -> list[Text]:
    """Read texts laid out as src/NNN, tgt/NNN, gold/NNN.align; Chinese becomes the first side."""
    texts: list[Text] = []
    for folder in folders:
        for gold in sorted((folder / "gold").glob("*.align")):
            source, target, beads = load_text(folder / "src", folder / "tgt", gold)
            if han_share("".join(target)) > han_share("".join(source)):
                source, target = target, source
                beads = [(b, a) for a, b in beads]
            texts.append((source, target, whole(beads, len(source), len(target))))
    return texts


def load_text(source: Path, target: Path, gold: Path) -> Text:
    """Read the text of a gold ladder from the folders of sources and targets."""
    sides = [
        (folder / gold.stem).read_text(encoding="utf-8").splitlines() for folder in (source, target)
    ]
    return sides[0], sides[1], read_ladder(gold)


def whole(beads: Beads, n: int, m: int) -> Beads:
    """Return the beads in order, with a bead of its own for each sentence that stands in none."""
    paired = sorted(bead for bead in beads if bead[0] and bead[1])
    alone = [i for i in range(n) if not any(i in a for a, _ in paired)]
    added = [j for j in range(m) if not any(j in b for _, b in paired)]
    whole: Beads = []
    for a, b in paired:
        while alone and alone[0] < a[0]:
            whole.append(((alone.pop(0),), ()))
        while added and added[0] < b[0]:
            whole.append(((), (added.pop(0),)))
        whole.append((a, b))
    return [*whole, *(((i,), ()) for i in alone), *(((), (j,)) for j in added)]


def vary(
    text: Text,
    other: Text | None,
    rng: random.Random,
    *,
    deleted: tuple[float, float] = (0.08, 0.15),
    single: float = 0.02,
    foreign: float = 0.0,
) -> Text:
    """Return the text with parts missing and foreign, its beads renumbered in order.

    Args:
        text: a text.
        other: another text to take foreign blocks from.
        rng: source of chance.
        deleted: share of the beads to lose their source and their target, in blocks.
        single: share of the beads to lose one side at random, and again of those whose target is
            replaced by a foreign sentence.
        foreign: share of beads' worth of sentences to put in from ``other``.
    """
    beads = text[2]
    lost: tuple[set[int], set[int]] = (set(), set())
    for side, share in zip(lost, deleted, strict=True):
        while len(side) < share * len(beads):
            start = rng.randrange(len(beads))
            side |= set(range(start, min(len(beads), start + rng.randint(3, 15))))
    for index in range(len(beads)):
        if rng.random() < single:
            lost[rng.randrange(2)].add(index)
    # A dropped sentence where the other side adds one is not a bead, however lonely the two are.
    replaced = {
        index: other[1][rng.randrange(len(other[1]))]
        for index in range(len(beads) if other else 0)
        if other and rng.random() < single
    }
    put: dict[int, list[tuple[int, list[str]]]] = {}
    count = 0
    while other is not None and count < foreign * len(beads):
        side_number, size = rng.randrange(2), rng.randint(3, 15)
        sentences = other[0] if side_number == 0 else other[1]
        start = rng.randrange(max(1, len(sentences) - size))
        block = sentences[start : start + size]
        put.setdefault(rng.randrange(len(beads)), []).append((side_number, block))
        count += size
    sides: tuple[list[str], list[str]] = ([], [])
    renumbered: Beads = []

    def take(kept: tuple[Sequence[str], Sequence[str]]) -> None:
        groups = []
        for side, sentences in zip(sides, kept, strict=True):
            groups.append(tuple(range(len(side), len(side) + len(sentences))))
            side.extend(sentences)
        if groups[0] and groups[1]:
            renumbered.append((groups[0], groups[1]))
        else:
            renumbered.extend(((i,), ()) for i in groups[0])
            renumbered.extend(((), (j,)) for j in groups[1])

    for index, (a, b) in enumerate(beads):
        for side_number, block in put.get(index, []):
            take((block, []) if side_number == 0 else ([], block))
        take(
            (
                [] if index in lost[0] else [text[0][i] for i in a],
                [] if index in lost[1] or index in replaced else [text[1][j] for j in b],
            )
        )
        if index in replaced:
            take(([], [replaced[index]]))
    return sides[0], sides[1], renumbered


class RememberingEncoder(E5Encoder):
    """Reads each sentence once: variants of a text share most of theirs."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, TokenVectors] = {}

    def tokens(self, texts: Sequence[str], layer: int = 7) -> list[TokenVectors]:  # type: ignore[override]
        """Return the vectors of each text's tokens at the one layer that is asked for."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, super().tokens(new, layer), strict=True))
        return [self._known[text] for text in texts]


def example(
    number: int, text: Text, *, varied: bool, tokens: E5Encoder | None, encoder: Encoder | None
) -> Example:
    """Compute the features of a text inside a window around its gold beads."""
    source, target, beads = text
    problem = prepare(Side(source, "zh-Hans"), Side(target, "en"), encoder=encoder)
    n, m = len(source), len(target)
    features = problem.features
    if tokens is not None:
        everything = Doubt(range(0), range(n), range(m), problem.band)
        ((_, coverage),) = with_coverage([everything], tokens, (source, target), ("zh-Hans", "en"))
        features = features.with_tokens(coverage)
    lo, hi = np.full(n + 1, m), np.zeros(n + 1, dtype=np.int64)
    i = j = 0
    ordered = _gaps_in_order(beads)
    for a, b in ordered:
        near = slice(max(0, i - 2), min(n, i + len(a) + 2) + 1)
        lo[near] = np.minimum(lo[near], max(0, j - _WINDOW))
        i, j = i + len(a), j + len(b)
        hi[near] = np.maximum(hi[near], min(m, j + _WINDOW))
    band = Band(lo, hi)
    rows: list[NDArray[np.float16]] = []
    for first in range(0, n + 1, 32):
        at = range(first, min(first + 32, n + 1))
        left, right = int(lo[at.start : at.stop].min()), int(hi[at.start : at.stop].max())
        block = features(at, range(left, right + 1)).astype(np.float16)
        for offset, row in enumerate(at):
            cells = block[:, :, offset, :, lo[row] - left : hi[row] + 1 - left]
            rows.append(np.ascontiguousarray(cells.transpose(1, 2, 3, 0)))
    gold = []
    alone = (np.zeros(n), np.zeros(m))
    opens = np.zeros(2)
    i = j = 0
    before = "bead"
    for a, b in ordered:
        i, j = i + len(a), j + len(b)
        kind = "bead" if a and b else "source" if a else "target"
        if kind == "bead" and max(len(a), len(b)) <= LONGEST:
            gold.append((i, len(a) - 1, len(b) - 1, j - int(lo[i])))
        elif kind == "source":
            alone[0][i - 1] = 1
            opens[0] += before != kind
        elif kind == "target":
            alone[1][j - 1] = 1
            opens[1] += before != kind
        before = kind
    return Example(number, varied, band, rows, problem.gap_features, gold, alone, opens, ordered)


def _gaps_in_order(beads: Beads) -> Beads:
    """Put source sentences first in each run of sentences without a counterpart."""
    ordered: Beads = []
    waiting: Beads = []
    for bead in beads:
        if bead[0] and bead[1]:
            ordered += [*sorted(waiting, key=lambda gap: not gap[0]), bead]
            waiting = []
        else:
            waiting.append(bead)
    return ordered + sorted(waiting, key=lambda gap: not gap[0])


class Model:
    """Weights over standardised features, as one vector.

    Args:
        examples: texts from whose gold beads the features' means and deviations are taken.
        unused: features that keep a weight of zero.
    """

    def __init__(self, examples: Sequence[Example], unused: Sequence[str]) -> None:
        near = np.concatenate(
            [
                e.rows[i][:, :, k].reshape(-1, e.rows[i].shape[-1])
                for e in examples
                for i, _, _, k in e.gold
            ]
        ).astype(np.float32)
        self.mean = near.mean(axis=0)
        self.scale = near.std(axis=0) + 1e-3
        self.bead, self.gap = len(self.mean), len(GAP_FEATURES)
        names = (FEATURES + TOKEN_FEATURES)[: self.bead]
        self.used = np.array([name not in unused for name in names], dtype=np.float32)
        self.vector = np.zeros(1 + self.bead + 2 * self.gap + 2)
        self.vector[-2:] = -2
        self.gap_used = np.array([name not in unused for name in GAP_FEATURES], dtype=np.float64)

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
            raw.astype(np.float32),
            bias - float(raw @ self.mean),
            source,
            target,
            float(self.vector[-2]),
            float(self.vector[-1]),
        )

    def scores(self, one: Example) -> tuple[list[FloatArray], GapScores]:
        """Return the scores of an example's beads and gaps."""
        weights = self.weights()
        rows = [
            row.astype(np.float32) @ weights.bead + np.float32(weights.bias) for row in one.rows
        ]
        return rows, weights.gap_scores(*one.gaps)

    def gradient(self, one: Example) -> NDArray[np.float64]:
        """Return the gradient of the log probability of the gold beads, per bead."""
        rows, gaps = self.scores(one)
        found = posteriors(one.band, rows, gaps)
        bead = np.zeros(self.bead)
        bias = 0.0
        change = [-row for row in found.beads]
        for i, p, q, k in one.gold:
            change[i][p, q, k] += 1
        for row, features in zip(change, one.rows, strict=True):
            at = np.abs(row) > 1e-6
            weight = row[at]
            bead += weight @ ((features[at].astype(np.float32) - self.mean) / self.scale)
            bias += float(weight.sum())
        source = (one.alone[0] - found.source) @ one.gaps[0]
        target = (one.alone[1] - found.target) @ one.gaps[1]
        opens = one.opens - found.opens
        total = np.concatenate([[bias], bead * self.used, source, target, opens])
        return total / max(1, len(one.gold))

    def fit(self, examples: Sequence[Example], seed: int = 0) -> None:
        """Climb with Adam, one text at a time, the rate falling towards the end."""
        rng = random.Random(seed)
        mean = np.zeros_like(self.vector)
        square = np.zeros_like(self.vector)
        step = 0
        for epoch in range(_EPOCHS):
            rate = _RATE * (1 if epoch < _EPOCHS * 0.6 else 0.3 if epoch < _EPOCHS * 0.85 else 0.1)
            for one in rng.sample(list(examples), len(examples)):
                step += 1
                slope = self.gradient(one)
                slope[1 : 1 + self.bead] -= _DECAY * self.vector[1 : 1 + self.bead]
                mean = 0.9 * mean + 0.1 * slope
                square = 0.99 * square + 0.01 * slope**2
                corrected = mean / (1 - 0.9**step)
                self.vector += rate * corrected / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
            print(f"epoch {epoch + 1}/{_EPOCHS}", end="\r", file=sys.stderr)


def prepare_examples(texts: Sequence[Text], variants: int, evidence: WeightsName) -> list[Example]:
    """Compute each text's example as it is, and ``variants`` of each with parts missing."""
    rng = random.Random(5)
    encoder = None if evidence == "words" else default_encoder()
    tokens = RememberingEncoder() if evidence == "best" else None
    examples = []
    for number, text in enumerate(texts):
        untouched = vary(text, None, rng, deleted=(0, 0), single=0)
        examples.append(example(number, untouched, varied=False, encoder=encoder, tokens=tokens))
        for variant in range(variants):
            other = texts[(number + 1 + variant) % len(texts)]
            varied = vary(text, other, rng, foreign=0.1 * (variant % 2))
            examples.append(example(number, varied, varied=True, encoder=encoder, tokens=tokens))
    return examples


def report(model: Model, examples: Sequence[Example]) -> dict[bool, Agreement]:
    """Return the agreement of the model's alignments with the gold, untouched and varied apart."""
    totals = {False: Agreement(), True: Agreement()}
    for one in examples:
        rows, gaps = model.scores(one)
        steps = best_steps(
            one.band,
            posteriors(one.band, rows, gaps),
            bead_cost=BEAD_COST,
            gap_cost=GAP_COST,
        )
        found = [(tuple(range(*step.source)), tuple(range(*step.target))) for step in steps]
        gold: Beads = []
        i = j = 0
        for a, b in one.beads:
            gold.append((tuple(range(i, i + len(a))), tuple(range(j, j + len(b)))))
            i, j = i + len(a), j + len(b)
        totals[one.varied] += compare(found, gold)
    return totals


def main() -> None:
    """Fit on all texts, or hold out each in turn."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folders", nargs="+", type=Path, help="hold src/, tgt/ and gold/")
    parser.add_argument("--out", type=Path, help="write the weights of all texts there")
    parser.add_argument("--cross-validate", action="store_true", help="hold out each text in turn")
    parser.add_argument(
        "--evidence", choices=get_args(WeightsName), default="fast", help="what the weights are for"
    )
    parser.add_argument("--variants", type=int, default=3, help="variants with omissions per text")
    options = parser.parse_args()
    begin = time.perf_counter()
    texts = load(options.folders)
    examples = prepare_examples(texts, options.variants, options.evidence)
    without = options.evidence == "words"
    unused = (
        [*FEATURES[:9], "unlike", "crossed", "crossed words", "best similarity"] if without else []
    )
    print(f"{len(examples)} examples of {len(texts)} texts", file=sys.stderr)
    if options.cross_validate:
        totals = {False: Agreement(), True: Agreement()}
        for number in range(len(texts)):
            model = Model([one for one in examples if one.text != number], unused)
            model.fit([one for one in examples if one.text != number])
            held = report(model, [one for one in examples if one.text == number])
            print(f"text {number + 1}: strict F1 {held[False].strict.f1:.4f}", flush=True)
            totals = {key: totals[key] + held[key] for key in totals}
        for varied, total in totals.items():
            print(
                f"{'with omissions' if varied else 'untouched'}: strict F1 {total.strict.f1:.4f}, "
                f"lax {total.lax.f1:.4f}; alone P {total.alone.precision:.3f} "
                f"R {total.alone.recall:.3f}"
            )
    if options.out:
        model = Model(examples, unused)
        model.fit(examples)
        beads = sum(len(text[2]) for text in texts)
        lines = (
            "Weights of the alignment model, learned by scripts/fit_alignment.py from\n"
            f"{len(texts)} texts ({beads} beads) and {options.variants} variants of each with "
            "omissions."
        )
        save_weights(model.weights(), options.out, lines)
    print(f"{time.perf_counter() - begin:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
