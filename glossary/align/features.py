"""The evidence for and against each bead, as numbers.

All features of a block of beads are computed at once from matrix products and slices. The first
text is the Chinese one if only one of them is: the weights of the model depend on the order.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np

from glossary.align.blocks import LONGEST, Block, CountedText
from glossary.align.coverage import TOKEN_FEATURES, TokenCoverage, coverage_features
from glossary.align.lexical import LexicalIndex
from glossary.encoders.protocol import FloatArray

__all__ = ["FEATURES", "BeadFeatures"]

#: The features of a bead, in order.
FEATURES = (
    "similarity",  # of the two runs, centred
    "outside target mean",  # of the source run with the sentences around the target run
    "outside target max",
    "outside source mean",
    "outside source max",
    "grow source",  # what one more source sentence would add to the similarity, at its better end
    "grow target",
    "shrink source",  # what the less useful end of the source run adds
    "shrink target",
    "shared words",  # over all that could be shared
    "outside source words",  # share of a neighbour's words that the bead would explain
    "outside target words",
    "edge source words",  # share of the words of the less explained end of the run
    "edge target words",
    "length difference",  # |log| of the ratio
    "length balance",  # log of the ratio
    "length deviation",  # in the standard deviations of Gale and Church
    "questions",  # difference in the number of marks
    "exclamations",
    "quotation marks",
    "length",  # of both together, log
    "1-1",
    "source size",
    "target size",
    "smaller size",
    "1-2",
    "2-1",
    "unlike",  # how far the similarity falls short of that of any rendering
    "few shared words",
    "crossed",  # how much liker the first sentences are to the last of the other side than in order
    "crossed words",
)


class BeadFeatures:
    """Features of the beads of two texts.

    Args:
        runs: run vectors ``[LONGEST, n, d]`` and ``[LONGEST, m, d]`` of the two texts.
        lexicon: their stem vectors.
        sentences: the two texts.
        length_ratio: how many bytes of the source go with one of the target.
    """

    def __init__(
        self,
        runs: tuple[FloatArray, FloatArray],
        lexicon: LexicalIndex,
        sentences: tuple[Sequence[str], Sequence[str]],
        length_ratio: float,
    ) -> None:
        self._coverage: TokenCoverage | None = None
        self._lexicon = lexicon
        self._source = CountedText(runs[0], lexicon.source.mass, sentences[0], 1.0)
        self._target = CountedText(runs[1], lexicon.target.mass, sentences[1], length_ratio)

    def with_tokens(self, coverage: TokenCoverage) -> BeadFeatures:
        """Return the same with the evidence of tokens, whose features follow the others."""
        features = copy.copy(self)
        features._coverage = coverage
        return features

    def __call__(self, rows: range, columns: range) -> FloatArray:
        """Return ``[features, LONGEST, rows, LONGEST, columns]`` of the beads that end there."""
        a, b = Block(self._source, rows), Block(self._target, columns)
        names = len(FEATURES) + (len(TOKEN_FEATURES) if self._coverage is not None else 0)
        out = np.empty((names, LONGEST, a.count, LONGEST, b.count), dtype=np.float32)
        dims = a.runs.shape[-1]
        sims = (a.runs.reshape(-1, dims) @ b.runs.reshape(-1, dims).T).reshape(
            LONGEST, len(a.sentences), LONGEST, len(b.sentences)
        )
        _similarities(out, sims, a, b)
        words = self._words(a, b)
        _shared_words(out, words, a, b)
        _shapes(out, a, b)
        mass = a.mass[:, None] + b.mass
        _crossed(out[29], sims[0, :, 0], a, b)
        _crossed(out[30], 2 * words / (mass + 1), a, b)
        if self._coverage is not None:
            coverage_features(out[len(FEATURES) :], self._coverage, a, b)
        return out

    def _words(self, a: Block, b: Block) -> FloatArray:
        """Return what the sentences of a block share, ``[sentences, sentences]``."""
        rows, columns = a.sentences[a.valid], b.sentences[b.valid]
        words = np.zeros((len(a.sentences), len(b.sentences)), dtype=np.float32)
        if len(rows) and len(columns):
            words[np.ix_(a.valid, b.valid)] = self._lexicon.overlap(
                range(int(rows[0]), int(rows[-1]) + 1), range(int(columns[0]), int(columns[-1]) + 1)
            )
        return words


def _similarities(out: FloatArray, sims: FloatArray, a: Block, b: Block) -> None:
    own = sims[:, a.last(), :, b.last()]
    out[0] = own
    with_one = sims[:, a.last(), 0]
    before, after = with_one[:, :, b.first - 1], with_one[:, :, None, b.last(1)]
    out[1], out[2] = (before + after) / 2, np.maximum(before, after)
    with_one = sims[0, :, :, b.last()]
    before, after = with_one[a.first - 1], with_one[a.last(1)]
    out[3], out[4] = (before + after) / 2, np.maximum(before, after)
    # A run of the longest size cannot grow: as if growing took away a little.
    out[5, -1], out[6, :, :, -1] = -0.1, -0.1
    grown = sims[1:, :, :, b.last()]
    out[5, :-1] = np.maximum(grown[:, a.last()], grown[:, a.last(1)]) - own[:-1]
    grown = sims[:, a.last(), 1:]
    out[6, :, :, :-1] = np.maximum(grown[..., b.last()], grown[..., b.last(1)]) - own[:, :, :-1]
    out[7, 0], out[8, :, :, 0] = 0, 0
    shrunk = sims[:-1, :, :, b.last()]
    out[7, 1:] = own[1:] - np.maximum(shrunk[:, a.last()], shrunk[:, a.last(-1)])
    shrunk = sims[:, a.last(), :-1]
    out[8, :, :, 1:] = own[:, :, 1:] - np.maximum(shrunk[..., b.last()], shrunk[..., b.last(-1)])


def _crossed(out: FloatArray, like: FloatArray, a: Block, b: Block) -> None:
    """Fill in how much more ``like [sentences, sentences]`` says for crossing than for order.

    Where the order of two sentences was turned round, no cut through the bead is right.
    """
    last = like[a.last()]
    straight = like[a.first][:, :, b.first] + last[:, b.last()][:, None]
    crossed = like[a.first][:, :, None, b.last()] + last[:, b.first]
    np.maximum(crossed - straight, 0, out=out)
    out[0], out[:, :, 0] = 0, 0


def _shared_words(out: FloatArray, words: FloatArray, a: Block, b: Block) -> None:
    # What each sentence shares with the runs of the other side.
    by_source = _over_runs(words, b)
    by_target = _over_runs(np.ascontiguousarray(words.T), a).transpose(1, 2, 0)
    shared = _over_runs(
        np.ascontiguousarray(by_source.transpose(1, 2, 0)).reshape(-1, len(words)), a
    )
    shared = shared.reshape(LONGEST, b.count, LONGEST, a.count).transpose(2, 3, 0, 1)
    mass = a.over[1][:, :, None, None] + b.over[1]
    out[9] = 2 * shared / (mass + 1)
    share = by_source / (a.mass + 0.5)[:, None, None]
    out[10] = np.maximum(share[a.first - 1], share[a.last(1)])
    out[12] = np.minimum(share[a.first], share[a.last()])
    share = by_target / (b.mass + 0.5)
    out[11] = np.maximum(share[..., b.first - 1], share[:, :, None, b.last(1)])
    out[13] = np.minimum(share[..., b.first], share[:, :, None, b.last()])


def _over_runs(values: FloatArray, block: Block) -> FloatArray:
    """Return the sums ``[n, LONGEST, count]`` of ``values [n, sentences]`` over a block's runs."""
    along = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=along[:, 1:])
    ends = block.first[0] + 1
    sums: FloatArray = (along[:, None, ends] - along[:, block.first]).astype(np.float32)
    return sums


def _shapes(out: FloatArray, a: Block, b: Block) -> None:
    left, right = a.over[:, :, :, None, None], b.over
    # Ten bytes more on either side keep the ratio of very short sentences from saying much.
    out[15] = np.log(left[0] + 10) - np.log(right[0] + 10)
    np.abs(out[15], out=out[14])
    total = left[0] + right[0] + 10
    out[16] = np.minimum(np.abs(left[0] - right[0]) / np.sqrt(total), 10) / 5
    for index in range(3):
        out[17 + index] = np.minimum(np.abs(left[2 + index] - right[2 + index]), 4)
    out[20] = np.log(total) - 5
    sizes = np.arange(LONGEST, dtype=np.float32)
    out[21:27] = 0
    out[21, 0, :, 0] = 1
    out[22] = sizes[:, None, None, None]
    out[23] = sizes[:, None]
    out[24] = np.minimum(out[22], out[23])
    out[25, 0, :, 1] = 1
    out[26, 1, :, 0] = 1
    # Free renderings and unrelated sentences differ less in the sums above than they should.
    out[27] = np.maximum(0.3 - out[0], 0)
    out[28] = np.maximum(0.15 - out[9], 0)
