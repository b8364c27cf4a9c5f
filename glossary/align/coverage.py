"""The evidence of single tokens for beads: which words of one side the other side accounts for.

Vectors of whole sentences cannot say where a clause went: a long sentence is like its rendering
with or without it. The vectors of its tokens can. Each token is accounted for as well as its
nearest token on the other side of the bead is like it (the maximum of cosines, as in BERTScore,
Zhang et al. 2020); what a bead leaves unaccounted for, and what the sentences beside it would
account for, says whether it is too short, too long or shifted.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glossary.align.blocks import LONGEST, Block
from glossary.encoders import E5Encoder
from glossary.encoders.protocol import FloatArray, IntArray
from glossary.model import is_chinese

__all__ = ["TOKEN_FEATURES", "TokenCoverage", "TokenText", "coverage_features", "read_tokens"]

#: The features that tokens give to a bead, in order.
TOKEN_FEATURES = (
    "source covered",  # share of the source run that the target run accounts for
    "target covered",
    "grow target covers",  # what one more target sentence would add to it, at its better end
    "grow source covers",
    "shrink target covers",  # what the less useful end of the target run adds
    "shrink source covers",
    "edge source covered",  # of the less covered end of the run
    "edge target covered",
    "outside source covered",  # of the sentence beside the run that the bead covers more
    "outside target covered",
    "less covered",  # of the two sides
)

# The encoder's layer that links words best (see ``E5Encoder.tokens``).
_LAYER = 7
# What a token counts grows with its information: from that of the commonest function words and
# marks, which account for each other wherever they stand, to that of a rare word.
_COMMON, _RARE, _LEAST = 4.0, 12.0, 0.05
# So much unaccounted for is added to each run: little can be said about one word.
_LITTLE = np.float32(0.5)


@dataclass(frozen=True, slots=True)
class TokenText:
    """The tokens of consecutive sentences of one text.

    Attributes:
        first: the first of the sentences.
        vectors: ``[t, d]`` unit vectors of all tokens, sentence by sentence.
        weights: ``[t]`` what each counts.
        starts: ``[n + 1]`` where the tokens of each sentence begin.
        mass: ``[n]`` the summed weights of each sentence.
    """

    first: int
    vectors: FloatArray
    weights: FloatArray
    starts: IntArray
    mass: FloatArray

    def part(self, at: range, first: int) -> TokenText:
        """Return some of the sentences, the first of which has the number ``first``."""
        starts = self.starts[at.start : at.stop + 1]
        tokens = slice(starts[0], starts[-1])
        mass = self.mass[at.start : at.stop]
        return TokenText(
            first, self.vectors[tokens], self.weights[tokens], starts - starts[0], mass
        )


def read_tokens(encoder: E5Encoder, sentences: Sequence[str], language: str) -> TokenText:
    """Return the tokens of sentences, centred: a language's own direction says nothing.

    Args:
        encoder: the token-level encoder.
        sentences: one or more.
        language: their language tag.
    """
    found = encoder.tokens(sentences, _LAYER)
    starts = np.cumsum([0, *(len(one.spans) for one in found)]).astype(np.int64)
    vectors = np.concatenate([one.vectors for one in found])
    vectors -= _centres()["zh" if is_chinese(language) else "en"]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    information = np.concatenate([one.information for one in found])
    weights = np.clip((information - _COMMON) / (_RARE - _COMMON), _LEAST, 1).astype(np.float32)
    along = np.concatenate([[0.0], np.cumsum(weights)])
    return TokenText(0, vectors, weights, starts, np.diff(along[starts]).astype(np.float32))


@functools.cache
def _centres() -> dict[str, FloatArray]:
    """Return the mean of each language's token vectors: 1,300 sentences of news and UN papers."""
    lines = Path(__file__).with_name("token_centres.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {language: np.array(values, dtype=np.float32) for language, *values in rows}


class TokenCoverage:
    """How far the sentences of two stretches are accounted for by runs of each other's.

    Args:
        source, target: the tokens of both.
        near: for each source sentence of the stretch the target sentences ``[lo, hi)`` that beads
            may join it with, ascending.
    """

    def __init__(
        self, source: TokenText, target: TokenText, near: tuple[IntArray, IntArray]
    ) -> None:
        self._texts = (source, target)
        lo, hi = (np.clip(side - target.first, 0, len(target.mass)) for side in near)
        columns = np.arange(len(target.mass))
        first, last = np.searchsorted(hi, columns, "right"), np.searchsorted(lo, columns, "right")
        self._near = (lo, first)
        # For each sentence [LONGEST, width]: how much of it a run accounts for that ends there.
        self._covered = (
            [_covered(source, x, target, *at) for x, at in enumerate(_ranges(lo, hi))],
            [_covered(target, y, source, *at) for y, at in enumerate(_ranges(first, last))],
        )

    def source(self, a: Block, b: Block) -> tuple[FloatArray, FloatArray]:
        """Return ``[LONGEST, sentences of a, sentences of b]`` and the masses of the former."""
        return self._block(0, a.sentences, b.sentences)

    def target(self, a: Block, b: Block) -> tuple[FloatArray, FloatArray]:
        """Return ``[LONGEST, sentences of b, sentences of a]`` and the masses of the former."""
        return self._block(1, b.sentences, a.sentences)

    def _block(self, side: int, own: IntArray, other: IntArray) -> tuple[FloatArray, FloatArray]:
        text, first = self._texts[side], int(other[0]) - self._texts[1 - side].first
        block = np.zeros((LONGEST, len(own), len(other)), dtype=np.float32)
        mass = np.zeros(len(own), dtype=np.float32)
        for at, sentence in enumerate((own - text.first).tolist()):
            if 0 <= sentence < len(text.mass):
                mass[at] = text.mass[sentence]
                covered = self._covered[side][sentence]
                shift = int(self._near[side][sentence]) - first
                start, stop = max(0, shift), min(len(other), shift + covered.shape[1])
                if start < stop:
                    block[:, at, start:stop] = covered[:, start - shift : stop - shift]
        return block, mass


def _ranges(lo: IntArray, hi: IntArray) -> zip[tuple[int, int]]:
    return zip(lo.tolist(), hi.tolist(), strict=True)


def _covered(one: TokenText, x: int, other: TokenText, lo: int, hi: int) -> FloatArray:
    """Return ``[LONGEST, hi - lo]``: how much of sentence x each run accounts for."""
    width = max(0, hi - lo)
    covered = np.zeros((LONGEST, width), dtype=np.float32)
    at = slice(one.starts[x], one.starts[x + 1])
    # A sentence without tokens accounts for nothing, and reduceat cannot see it.
    filled = [y for y in range(lo, hi) if other.starts[y] < other.starts[y + 1]]
    if at.start == at.stop or not filled:
        return covered
    begin = other.starts[lo]
    like = one.vectors[at] @ other.vectors[begin : other.starts[hi]].T
    best = np.zeros((at.stop - at.start, width), dtype=np.float32)
    best[:, np.array(filled) - lo] = np.maximum.reduceat(like, other.starts[filled] - begin, axis=1)
    np.maximum(best, 0, out=best)
    reach = best.copy()
    for size in range(LONGEST):
        if 0 < size < width:
            np.maximum(reach[:, size:], best[:, : width - size], out=reach[:, size:])
        covered[size] = one.weights[at] @ reach
    return covered


def coverage_features(out: FloatArray, coverage: TokenCoverage, a: Block, b: Block) -> None:
    """Fill ``out [len(TOKEN_FEATURES), LONGEST, rows, LONGEST, columns]``.

    Args:
        out: where the features go.
        coverage: of both texts.
        a: the stretch of the source.
        b: the stretch of the target.
    """
    each, runs = _shares(*coverage.source(a, b), a)
    # Of source runs by target runs, and of single source sentences by target runs.
    runs, each = runs.transpose(1, 2, 0, 3), each.transpose(1, 0, 2)
    own = runs[..., b.last()]
    out[0] = own
    grown = np.maximum(runs[:, :, 1:, b.last()], runs[:, :, 1:, b.last(1)])
    out[2, :, :, :-1], out[2, :, :, -1] = grown - own[:, :, :-1], 0
    shrunk = np.maximum(runs[:, :, :-1, b.last()], runs[:, :, :-1, b.last(-1)])
    out[4, :, :, 1:], out[4, :, :, 0] = own[:, :, 1:] - shrunk, 0
    each = each[..., b.last()]
    out[6] = np.minimum(each[a.first], each[a.last()])
    out[8] = np.maximum(each[a.first - 1], each[a.last(1)])
    each, runs = _shares(*coverage.target(a, b), b)
    # Of target runs by source runs, and of single target sentences by source runs.
    runs, each = runs.transpose(0, 3, 1, 2), each.transpose(0, 2, 1)
    own = runs[:, a.last()]
    out[1] = own
    grown = np.maximum(runs[1:, a.last()], runs[1:, a.last(1)])
    out[3, :-1], out[3, -1] = grown - own[:-1], 0
    shrunk = np.maximum(runs[:-1, a.last()], runs[:-1, a.last(-1)])
    out[5, 1:], out[5, 0] = own[1:] - shrunk, 0
    each = each[:, a.last()]
    out[7] = np.minimum(each[..., b.first], each[:, :, None, b.last()])
    out[9] = np.maximum(each[..., b.first - 1], each[:, :, None, b.last(1)])
    out[10] = np.minimum(out[0], out[1])


def _shares(covered: FloatArray, mass: FloatArray, block: Block) -> tuple[FloatArray, FloatArray]:
    """Return the shares covered of each sentence of a block, and of each run of them.

    Args:
        covered: ``[LONGEST, sentences, others]`` by the runs of the other side that end there.
        mass: ``[sentences]``.
        block: their stretch.

    Returns:
        ``[LONGEST, sentences, others]`` and ``[LONGEST, LONGEST, count, others]``, of which the
        second axis is the size of the run covered.
    """
    each: FloatArray = covered / (mass + _LITTLE)[:, None]
    along = np.concatenate([np.zeros_like(covered[:, :1]), covered.cumsum(axis=1)], axis=1)
    mass_along = np.concatenate([[np.float32(0)], mass.cumsum()])
    ends = block.first[0] + 1
    total = along[:, None, ends] - along[:, block.first]
    runs: FloatArray = total / (mass_along[ends] - mass_along[block.first] + _LITTLE)[..., None]
    return each, runs
