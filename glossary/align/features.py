"""The evidence for and against each bead, as numbers.

All features of a block of beads are computed at once from matrix products and slices. The first
text is the Chinese one if only one of them is: the weights of the model depend on the order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.align.lexical import LexicalIndex
from glossary.encoders.protocol import FloatArray

__all__ = ["FEATURES", "LONGEST", "BeadFeatures"]

#: The most sentences on one side of a bead.
LONGEST = 6

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
    "same end",
    "quote ends",  # on one side only
    "quote begins",  # on one side only
    "length",  # of both together, log
    "1-1",
    "source size",
    "target size",
    "smaller size",
    "1-2",
    "2-1",
    "unlike",  # how far the similarity falls short of that of any rendering
    "few shared words",
)


_QUESTION = re.compile("[?？]")
_EXCLAMATION = re.compile("[!！]")
_QUOTE = re.compile("[“”\"「」『』〝〞]|(?<!\\w)['‘]|['’](?!\\w)")
_OPENS = re.compile("\\s*[“\"「『‘']")
_CLOSES = re.compile("[”\"」』’']\\s*$")
_TAIL = re.compile("[”\"」』’'）)\\]】\\s]*$")
_ENDS = {".": 1, "。": 1, "．": 1, "?": 2, "？": 2, "!": 3, "！": 3, "…": 4}
_ENDS |= dict.fromkeys("：:，,；;—-", 5)


class _Side:
    """One text's runs and what is counted along it."""

    def __init__(
        self, runs: FloatArray, mass: FloatArray, sentences: Sequence[str], scale: float
    ) -> None:
        self.size = runs.shape[1]
        self.runs = runs
        marks = (_QUESTION, _EXCLAMATION, _QUOTE)
        counts = [[float(len(mark.findall(text))) for text in sentences] for mark in marks]
        lengths = [(len(text.encode("utf-8", "replace")) + 1) * scale for text in sentences]
        self.along = np.zeros((5, self.size + 1))
        np.cumsum(np.array([lengths, mass.tolist(), *counts]), axis=1, out=self.along[:, 1:])
        self.end = np.array([_end(text) for text in sentences], dtype=np.int8)
        self.closes = np.array([bool(_CLOSES.search(text)) for text in sentences])
        self.opens = np.array([bool(_OPENS.match(text)) for text in sentences])


class _Block:
    """A stretch of one text: ends of beads at positions ``at``, with what lies around them.

    Arrays over sentences begin LONGEST + 1 sentences before the first position and end one after
    the last, so that every run, its members and its neighbours are slices.
    """

    def __init__(self, side: _Side, at: range) -> None:
        self.count = len(at)
        self.sentences = np.arange(at.start - LONGEST - 1, at.stop)
        self.valid = (self.sentences >= 0) & (self.sentences < side.size)
        kept = np.clip(self.sentences, 0, side.size - 1)
        self.runs = np.where(self.valid[:, None], side.runs[:, kept], 0)
        positions = np.clip(np.arange(at.start - LONGEST - 1, at.stop + 1), 0, side.size)
        self.along = side.along[:, positions]
        self.end, self.closes, self.opens = side.end[kept], side.closes[kept], side.opens[kept]

    def last(self, shift: int = 0) -> slice:
        """Return the last sentences of the runs, or those ``shift`` after them."""
        return slice(LONGEST + shift, LONGEST + shift + self.count)

    def bound(self, shift: int = 0) -> slice:
        """Return the end positions of the runs, or those ``shift`` after them."""
        return slice(LONGEST + 1 + shift, LONGEST + 1 + shift + self.count)

    def over(self, size: int) -> NDArray[np.float64]:
        """Return what is counted along the runs of ``size`` sentences, ``[5, count]``."""
        total: NDArray[np.float64] = self.along[:, self.bound()] - self.along[:, self.bound(-size)]
        return total


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
        self._lexicon = lexicon
        self._source = _Side(runs[0], lexicon.source.mass, sentences[0], 1.0)
        self._target = _Side(runs[1], lexicon.target.mass, sentences[1], length_ratio)

    def __call__(self, rows: range, columns: range) -> FloatArray:
        """Return ``[features, LONGEST, rows, LONGEST, columns]`` of the beads that end there."""
        a, b = _Block(self._source, rows), _Block(self._target, columns)
        dims = a.runs.shape[-1]
        sims = (a.runs.reshape(-1, dims) @ b.runs.reshape(-1, dims).T).reshape(
            LONGEST, len(a.sentences), LONGEST, len(b.sentences)
        )
        words = self._words(a, b)
        out = np.empty((len(FEATURES), LONGEST, a.count, LONGEST, b.count), dtype=np.float32)
        for p in range(1, LONGEST + 1):
            for q in range(1, LONGEST + 1):
                at = out[:, p - 1, :, q - 1]
                _similarities(at, sims, a, b, (p, q))
                _shared_words(at, words, a, b, (p, q))
                _shapes(at, a, b, (p, q))
        return out

    def _words(self, a: _Block, b: _Block) -> NDArray[np.float64]:
        """Return the summed-area table of shared words over a block."""
        rows, columns = a.sentences[a.valid], b.sentences[b.valid]
        table = np.zeros((len(a.sentences) + 1, len(b.sentences) + 1))
        if len(rows) and len(columns):
            shared = self._lexicon.overlap(
                range(int(rows[0]), int(rows[-1]) + 1), range(int(columns[0]), int(columns[-1]) + 1)
            )
            table[1:, 1:][np.ix_(a.valid, b.valid)] = shared
        summed: NDArray[np.float64] = table.cumsum(axis=0).cumsum(axis=1)
        return summed


def _similarities(
    out: FloatArray, sims: FloatArray, a: _Block, b: _Block, size: tuple[int, int]
) -> None:
    p, q = size
    own = sims[p - 1, a.last(), q - 1, b.last()]
    out[0] = own
    before, after = sims[p - 1, a.last(), 0, b.last(-q)], sims[p - 1, a.last(), 0, b.last(1)]
    out[1], out[2] = (before + after) / 2, np.maximum(before, after)
    before, after = sims[0, a.last(-p), q - 1, b.last()], sims[0, a.last(1), q - 1, b.last()]
    out[3], out[4] = (before + after) / 2, np.maximum(before, after)
    # A run of the longest size cannot grow: as if growing took away a little.
    out[5] = out[6] = -0.1
    if p < LONGEST:
        grown = sims[p, :, q - 1, b.last()]
        out[5] = np.maximum(grown[a.last()], grown[a.last(1)]) - own
    if q < LONGEST:
        grown = sims[p - 1, a.last(), q]
        out[6] = np.maximum(grown[:, b.last()], grown[:, b.last(1)]) - own
    out[7] = out[8] = 0
    if p > 1:
        shrunk = sims[p - 2, :, q - 1, b.last()]
        out[7] = own - np.maximum(shrunk[a.last()], shrunk[a.last(-1)])
    if q > 1:
        shrunk = sims[p - 1, a.last(), q - 2]
        out[8] = own - np.maximum(shrunk[:, b.last()], shrunk[:, b.last(-1)])


def _shared_words(
    out: FloatArray, table: NDArray[np.float64], a: _Block, b: _Block, size: tuple[int, int]
) -> None:
    p, q = size

    def shared(rows: tuple[int, int], columns: tuple[int, int]) -> NDArray[np.float64]:
        top, bottom = table[a.bound(rows[0])], table[a.bound(rows[1])]
        left, right = b.bound(columns[0]), b.bound(columns[1])
        area: NDArray[np.float64] = (
            bottom[:, right] - bottom[:, left] - top[:, right] + top[:, left]
        )
        return area

    def explained(
        part: NDArray[np.float64], block: _Block, ends: tuple[int, int], axis: int
    ) -> NDArray[np.float64]:
        mass = block.along[1][block.bound(ends[1])] - block.along[1][block.bound(ends[0])]
        share: NDArray[np.float64] = part / (np.expand_dims(mass, 1 - axis) + 0.5)
        return share

    mass = a.over(p)[1][:, None] + b.over(q)[1]
    out[9] = 2 * shared((-p, 0), (-q, 0)) / (mass + 1)
    out[10] = np.maximum(
        *(explained(shared(ends, (-q, 0)), a, ends, 0) for ends in ((-p - 1, -p), (0, 1)))
    )
    out[11] = np.maximum(
        *(explained(shared((-p, 0), ends), b, ends, 1) for ends in ((-q - 1, -q), (0, 1)))
    )
    out[12] = np.minimum(
        *(explained(shared(ends, (-q, 0)), a, ends, 0) for ends in ((-p, 1 - p), (-1, 0)))
    )
    out[13] = np.minimum(
        *(explained(shared((-p, 0), ends), b, ends, 1) for ends in ((-q, 1 - q), (-1, 0)))
    )


def _shapes(out: FloatArray, a: _Block, b: _Block, size: tuple[int, int]) -> None:
    p, q = size
    left, right = a.over(p)[:, :, None], b.over(q)[:, None, :]
    # Ten bytes more on either side keep the ratio of very short sentences from saying much.
    balance = np.log((left[0] + 10) / (right[0] + 10))
    out[14], out[15] = np.abs(balance), balance
    out[16] = np.minimum(np.abs(left[0] - right[0]) / np.sqrt(left[0] + right[0] + 10), 10) / 5
    for index in range(3):
        out[17 + index] = np.minimum(np.abs(left[2 + index] - right[2 + index]), 4)
    out[20] = a.end[a.last()][:, None] == b.end[b.last()]
    out[21] = a.closes[a.last()][:, None] != b.closes[b.last()]
    out[22] = a.opens[a.last(1 - p)][:, None] != b.opens[b.last(1 - q)]
    out[23] = np.log(left[0] + right[0] + 10) - 5
    out[24] = p == q == 1
    out[25], out[26], out[27] = p - 1, q - 1, min(p, q) - 1
    out[28], out[29] = (p, q) == (1, 2), (p, q) == (2, 1)
    # Free renderings and unrelated sentences differ less in the sums above than they should.
    out[30] = np.maximum(0.3 - out[0], 0)
    out[31] = np.maximum(0.15 - out[9], 0)


def _end(text: str) -> int:
    """Return the class of the last mark of a sentence, closing quotes and brackets aside."""
    core = _TAIL.sub("", text)
    return _ENDS.get(core[-1:], 0)
