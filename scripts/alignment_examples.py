"""What the alignment model learns from: the evidence on gold beads and on those beside them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from gold_texts import Text, vary
from numpy.typing import NDArray

from glossary.align.anchors import Band
from glossary.align.blocks import LONGEST
from glossary.align.doubt import Doubt, with_coverage
from glossary.align.evidence import collect
from glossary.align.ladder import Beads
from glossary.align.sides import Side
from glossary.align.weights import WeightsName
from glossary.encoders import E5Encoder, TokenVectors, default_encoder
from glossary.encoders.protocol import Encoder, FloatArray

# Sentences around the gold beads among which others compete with them.
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the features of the beads inside a window around its gold beads.

    Attributes:
        text: its number.
        varied: whether parts of it are missing or foreign.
        cells: ``[a]`` where each bead stands in the tables of scores of all positions, laid end to
            end (``[LONGEST, LONGEST, width]`` each).
        features: ``[a, f]`` of the beads and then of the cuts where they end.
        right: ``[a]``, whether it is a gold bead.
        gaps: the features of the sentences of either text.
        alone: whether each source and each target sentence has no counterpart.
        opens: how many gaps begin, in the source and in the target.
    """

    text: int
    varied: bool
    band: Band
    cells: NDArray[np.int64]
    features: NDArray[np.float16] | FloatArray
    right: NDArray[np.bool_]
    gaps: tuple[NDArray[np.float64], NDArray[np.float64]]
    alone: tuple[NDArray[np.float64], NDArray[np.float64]]
    opens: NDArray[np.float64]
    beads: Beads

    def only(self, kept: NDArray[np.bool_]) -> Example:
        """Return the example with some of its beads."""
        features = self.features[kept].astype(np.float32)
        return replace(self, cells=self.cells[kept], features=features, right=self.right[kept])


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
    evidence = collect(Side(source, "zh-Hans"), Side(target, "en"), encoder=encoder, cut=False)
    n, m = len(source), len(target)
    if tokens is not None:
        everything = Doubt(range(0), range(n), range(m), evidence.band)
        ((_, coverage),) = with_coverage([everything], tokens, (source, target), ("zh-Hans", "en"))
        evidence = evidence.with_tokens(coverage)
    lo, hi = np.full(n + 1, m), np.zeros(n + 1, dtype=np.int64)
    i = j = 0
    ordered = _gaps_in_order(beads)
    for a, b in ordered:
        near = slice(max(0, i - 2), min(n, i + len(a) + 2) + 1)
        lo[near] = np.minimum(lo[near], max(0, j - _WINDOW))
        i, j = i + len(a), j + len(b)
        hi[near] = np.maximum(hi[near], min(m, j + _WINDOW))
    band = Band(lo, hi)
    cells: list[NDArray[np.int64]] = []
    found: list[NDArray[np.float16]] = []
    sizes = LONGEST * LONGEST * (hi - lo + 1)
    begins = np.cumsum(sizes) - sizes
    for first in range(0, n + 1, 32):
        at = range(first, min(first + 32, n + 1))
        left, right = int(lo[at.start : at.stop].min()), int(hi[at.start : at.stop].max())
        columns = range(left, right + 1)
        block = evidence.beads(at, columns).astype(np.float16)
        cuts = evidence.cuts(at, columns).astype(np.float16)
        for offset, row in enumerate(at):
            inside = slice(int(lo[row]) - left, int(hi[row]) + 1 - left)
            beads_there = block[:, :, offset, :, inside]
            cuts_there = np.broadcast_to(
                cuts[:, offset, None, None, inside], (len(cuts), *beads_there.shape[1:])
            )
            one = np.concatenate([beads_there, cuts_there])
            found.append(one.reshape(len(one), -1).T)
            cells.append(begins[row] + np.arange(sizes[row]))
    gold = []
    alone = (np.zeros(n), np.zeros(m))
    opens = np.zeros(2)
    i = j = 0
    before = "bead"
    for a, b in ordered:
        i, j = i + len(a), j + len(b)
        kind = "bead" if a and b else "source" if a else "target"
        if kind == "bead" and max(len(a), len(b)) <= LONGEST:
            place = (len(a) - 1) * LONGEST + len(b) - 1
            gold.append(begins[i] + place * (hi[i] - lo[i] + 1) + j - lo[i])
        elif kind == "source":
            alone[0][i - 1] = 1
            opens[0] += before != kind
        elif kind == "target":
            alone[1][j - 1] = 1
            opens[1] += before != kind
        before = kind
    everywhere = np.concatenate(cells)
    return Example(
        number,
        varied,
        band,
        everywhere,
        np.concatenate(found),
        np.isin(everywhere, gold),
        evidence.gap_features,
        alone,
        opens,
        ordered,
    )


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
            varied = vary(text, other, rng, foreign=0.1 * ((variant + 1) % 2))
            examples.append(example(number, varied, varied=True, encoder=encoder, tokens=tokens))
    return examples
