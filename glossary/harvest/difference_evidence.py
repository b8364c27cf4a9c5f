"""The evidence that two stretches of English texts stand for each other, as plain numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.harvest.english_links import EnglishLinks
from glossary.harvest.english_phrases import PHRASE_CLASSES, SHAPE_SIGNS, EnglishPhrases
from glossary.harvest.english_sides import EnglishSide

__all__ = ["EVIDENCE", "Stretches", "gather_evidence", "side_stretches"]

FloatArray = NDArray[np.float64]

#: Names of the evidence of a pair, in order.
EVIDENCE = (
    "links",
    "coverage",
    "outside links",
    "phrase",
    "both neighbours linked",
    "a neighbour linked",
    "edges linked",
    "same first word",
    "same last word",
    "unlinked words",
    "shared",
    "shared squared",
    "length ratio",
    "length",
    "one word each",
    "four words each",
    "density",
    "commas",
    "unlike commas",
    "quoted",
    "different words",
    "one side adds nothing",
    "numbers",
    "same class",
    "verb and noun",
    "conjunctions",
    "unlike conjunctions",
    "unlike prepositions",
    *SHAPE_SIGNS,
    *PHRASE_CLASSES,
    "repeated",
    "faithful",
)
# Pairs drawn up for each stretch of the first text, by links alone, and the least measure.
_DRAWN = 14
_HOPELESS = 0.3
# Least link mass that a word counts with, and a link below this is none.
_FLOOR = 0.25
_WEAK = 0.1


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of a side in terms of its words of meaning.

    Attributes:
        begin, end: ``[s]`` indices ``[begin, end)`` among the words of meaning.
        phrase: ``[s, D]`` unit vectors of the words outside their sentence.
        stems: ``[s, v]`` which stems it has.
        numeric: ``[s]``, whether it holds a number.
    """

    phrases: EnglishPhrases
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    phrase: FloatArray
    stems: FloatArray
    numeric: NDArray[np.bool_]

    @property
    def size(self) -> NDArray[np.int64]:
        """How many words of meaning each has, ``[s]``."""
        return self.end - self.begin


def side_stretches(
    side: EnglishSide,
    phrases: EnglishPhrases,
    encoder: Encoder,
    alone: tuple[NDArray[np.floating], NDArray[np.floating]],
    stems: dict[str, int],
) -> Stretches:
    """Return the stretches of a side; ``alone`` are sums and counts of its words outside it."""
    is_content = np.zeros(len(side.words), dtype=np.int64)
    is_content[side.content] = 1
    position = np.concatenate([[0], np.cumsum(is_content)])
    sums = np.concatenate([np.zeros((1, alone[0].shape[1])), np.cumsum(alone[0], axis=0)])
    counts = np.concatenate([[0.0], np.cumsum(alone[1])])
    begin, end = position[phrases.first], position[phrases.last]
    has = np.zeros((len(begin), len(stems)))
    for s, (a, b) in enumerate(zip(begin, end, strict=True)):
        has[s, [stems[side.stems[i]] for i in side.content[a:b]]] = 1.0
    digits = np.array([side.words[i].text[0].isdigit() for i in side.content], dtype=np.float64)
    return Stretches(
        phrases,
        begin,
        end,
        encoder.finish(
            (sums[phrases.last] - sums[phrases.first]).astype(np.float32),
            (counts[phrases.last] - counts[phrases.first]).astype(np.float32),
        ).astype(np.float64),
        has,
        _between(digits, begin, end) > 0,
    )


def _between(
    values: FloatArray, begin: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(values)])
    inside: FloatArray = total[end] - total[begin]
    return inside


def gather_evidence(
    first: Stretches, second: Stretches, link: EnglishLinks
) -> Iterable[tuple[int, int, FloatArray]]:
    """Yield the pairs of stretches worth looking at, each with its evidence."""
    strength = link.strength
    forward, backward = (_boxes(matrix, first, second) for matrix in (link.forward, link.backward))
    mass_first = _between(link.forward.sum(axis=1), first.begin, first.end)
    mass_second = _between(link.backward.sum(axis=0), second.begin, second.end)
    covered = forward / np.maximum(mass_first, _FLOOR * first.size)[:, None]
    backed = backward / np.maximum(mass_second, _FLOOR * second.size)[None, :]
    measure = 2 * covered * backed / np.maximum(covered + backed, 1e-6)
    drawn = min(_DRAWN, measure.shape[1])
    x = np.repeat(np.arange(measure.shape[0]), drawn)
    y = np.argsort(-measure, axis=1, kind="stable")[:, :drawn].ravel()
    kept = measure[x, y] > _HOPELESS
    x, y = x[kept], y[kept]
    if not len(x):
        return
    rows, columns = _edges(strength, first, second)
    a, b = first.phrases, second.phrases
    size_first, size_second = first.size[x], second.size[y]
    smaller = np.minimum(size_first, size_second)
    common = np.einsum("ij,ij->i", first.stems[x], second.stems[y])
    kinds = [some.stems.sum(axis=1)[i] for some, i in ((first, x), (second, y))]
    shared = 2 * common / (kinds[0] + kinds[1])
    left = _linked(strength, first.begin[x] - 1, second.begin[y] - 1)
    right = _linked(strength, first.end[x], second.end[y])
    inside = rows[first.begin[x], y], rows[first.end[x] - 1, y]
    across = columns[x, second.begin[y]], columns[x, second.end[y] - 1]
    unlinked = _between_rows(rows < _WEAK, first, x, y) / size_first
    unlinked += _between_rows((columns < _WEAK).T, second, y, x) / size_second
    table = [
        measure[x, y],
        covered[x, y] + backed[x, y],
        (mass_first[:, None] - forward)[x, y] / size_first
        + (mass_second[None, :] - backward)[x, y] / size_second,
        np.einsum("ij,ij->i", first.phrase[x], second.phrase[y]),
        left * right,
        left + right,
        np.minimum(*inside) + np.minimum(*across),
        _same_stem(first, second, x, y, last=False),
        _same_stem(first, second, x, y, last=True),
        unlinked,
        shared,
        shared**2,
        np.abs(np.log((size_first + 0.5) / (size_second + 0.5))),
        np.log(size_first) + np.log(size_second),
        (size_first == 1) & (size_second == 1),
        smaller >= 4,
        _boxes(strength, first, second)[x, y] / (size_first * size_second),
        a.commas[x] + b.commas[y],
        a.commas[x] != b.commas[y],
        a.quoted[x] * 1.0 + b.quoted[y],
        kinds[0] + kinds[1] - 2 * common,
        (kinds[0] == common) ^ (kinds[1] == common),
        first.numeric[x] * 1.0 + second.numeric[y],
        a.classes[x] == b.classes[y],
        a.verbal[x] != b.verbal[y],
        a.conjunctions[x] + b.conjunctions[y],
        (a.conjunctions[x] > 0) != (b.conjunctions[y] > 0),
        (a.prepositions[x] > 0) != (b.prepositions[y] > 0),
        *(a.signs[x] + b.signs[y]).T,
        *(
            (a.classes[x] == number) * 1.0 + (b.classes[y] == number)
            for number in range(len(PHRASE_CLASSES))
        ),
        np.zeros(len(x)),
        np.zeros(len(x)),
    ]
    for left_index, right_index, values in zip(x, y, np.array(table, np.float64).T, strict=True):
        yield int(left_index), int(right_index), values


def _boxes(matrix: FloatArray, first: Stretches, second: Stretches) -> FloatArray:
    """Return ``[s, t]``, the sums of ``matrix`` over each pair of stretches."""
    total = np.zeros((matrix.shape[0] + 1, matrix.shape[1] + 1))
    total[1:, 1:] = matrix.cumsum(axis=0).cumsum(axis=1)
    lower, upper = total[first.begin], total[first.end]
    sums: FloatArray = (
        upper[:, second.end]
        - lower[:, second.end]
        - upper[:, second.begin]
        + lower[:, second.begin]
    )
    return sums


def _edges(
    strength: FloatArray, first: Stretches, second: Stretches
) -> tuple[FloatArray, FloatArray]:
    """Return the strongest link of each word into each stretch of the other side.

    ``[n, t]`` for the words of the first side, ``[s, m]`` for those of the second.
    """
    rows = np.stack(
        [strength[:, a:b].max(axis=1) for a, b in zip(second.begin, second.end, strict=True)],
        axis=1,
    )
    columns = np.stack(
        [strength[a:b].max(axis=0) for a, b in zip(first.begin, first.end, strict=True)]
    )
    return rows, columns


def _between_rows(
    flags: NDArray[np.bool_],
    stretches: Stretches,
    index: NDArray[np.int64],
    other: NDArray[np.int64],
) -> FloatArray:
    """Return how many of the words of stretch ``index`` are flagged for stretch ``other``."""
    total = np.concatenate([np.zeros((1, flags.shape[1])), np.cumsum(flags, axis=0)])
    counts: FloatArray = total[stretches.end[index], other] - total[stretches.begin[index], other]
    return counts


def _linked(strength: FloatArray, x: NDArray[np.int64], y: NDArray[np.int64]) -> FloatArray:
    """Return the links of the words next to both stretches; the ends of the texts are linked."""
    rows, columns = strength.shape
    padded = np.zeros((rows + 2, columns + 2))
    padded[1:-1, 1:-1] = strength
    padded[0, 0] = padded[-1, -1] = 1.0
    found: FloatArray = padded[x + 1, y + 1]
    return found


def _same_stem(
    first: Stretches,
    second: Stretches,
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    *,
    last: bool,
) -> NDArray[np.bool_]:
    """Whether both stretches begin, or end, with a word of the same stem."""
    ends = []
    for stretches in (first, second):
        single = {
            int(begin): int(np.flatnonzero(row)[0])
            for begin, end, row in zip(stretches.begin, stretches.end, stretches.stems, strict=True)
            if end - begin == 1
        }
        places = stretches.end - 1 if last else stretches.begin
        ends.append(np.array([single.get(int(place), -1) for place in places]))
    same: NDArray[np.bool_] = (ends[0][x] == ends[1][y]) & (ends[0][x] >= 0)
    return same
