"""Lexical evidence for beads: words, dictionary glosses, numbers and names that both sides share.

Each sentence becomes a sparse vector over English stems: an English sentence its own stems, a
Chinese one the stems of its words' glosses (CC-CEDICT). The overlap of two sentences is the inner
product, weighted by inverse document frequency, so it adds up over runs of sentences.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.protocol import FloatArray
from glossary.language.cedict import gloss_weights
from glossary.language.stems import english_stem
from glossary.language.words import ENGLISH_FUNCTION_WORDS, chinese_words, english_words

__all__ = ["LexicalIndex", "StemVectors"]

_CHINESE_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_NUMBER = re.compile(f"[{''.join(_CHINESE_DIGITS)}{''.join(_CHINESE_UNITS)}]+")
# A stem in more than this share of the sentences says nothing about which of them belong together
# (hunalign's and the trial's dictionaries were useless without such a cut).
_COMMON_SHARE = 0.2
# … but in a text of a few sentences every stem is in a large share of them.
_ALWAYS_TELLING = 3


@dataclass(frozen=True, slots=True)
class StemVectors:
    """Sparse rows: the stems of sentence i are ``stems[starts[i]:starts[i + 1]]``.

    Attributes:
        stems: ``[z]`` stem numbers, common to both sides of a pair.
        weights: ``[z]`` weights including inverse document frequency.
        starts: ``[n + 1]`` row boundaries.
        mass: ``[n]`` what a sentence could share at most.
    """

    stems: NDArray[np.int64]
    weights: FloatArray
    starts: NDArray[np.int64]
    mass: FloatArray


class LexicalIndex:
    """The stem vectors of two texts over a common vocabulary.

    Args:
        source, target: the sentences; Chinese ones in simplified characters.
        source_chinese, target_chinese: whether that side is Chinese.
    """

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        *,
        source_chinese: bool,
        target_chinese: bool,
    ) -> None:
        # Two Chinese texts are compared by their words themselves.
        literal = source_chinese and target_chinese
        rows = [_words(text, chinese=source_chinese, literal=literal) for text in source]
        columns = [_words(text, chinese=target_chinese, literal=literal) for text in target]
        row_counts = _document_frequencies(rows)
        column_counts = _document_frequencies(columns)
        idf: dict[str, float] = {}
        for stem in sorted(row_counts.keys() & column_counts.keys()):
            # The glosses of the Chinese side are many and vague: the English side tells how rare
            # a stem is. Between texts of one language the commoner use does.
            count, size = max(
                (row_counts[stem], len(rows)) if not source_chinese or literal else (0, 1),
                (column_counts[stem], len(columns)) if not target_chinese or literal else (0, 1),
            )
            if count <= max(_ALWAYS_TELLING, _COMMON_SHARE * size):
                idf[stem] = 1 / (1 + math.log(count))
        numbers = {stem: number for number, stem in enumerate(idf)}
        self.source = _vectors(rows, numbers, idf)
        self.target = _vectors(columns, numbers, idf)

    def overlap(self, rows: range, columns: range) -> FloatArray:
        """Return the overlaps ``[len(rows), len(columns)]`` of a block of sentence pairs."""
        left = slice(self.source.starts[rows.start], self.source.starts[rows.stop])
        right = slice(self.target.starts[columns.start], self.target.starts[columns.stop])
        shared = np.intersect1d(self.source.stems[left], self.target.stems[right])
        a = _dense(self.source, rows, left, shared)
        b = _dense(self.target, columns, right, shared)
        overlap: FloatArray = a @ b.T
        return overlap

    def similarity(self, rows: range, columns: range) -> FloatArray:
        """Return what the pairs of a block share of what they could share, in ``[0, 1]``."""
        overlap = self.overlap(rows, columns)
        mass = self.source.mass[rows.start : rows.stop, None]
        mass = mass + self.target.mass[columns.start : columns.stop]
        similarity: FloatArray = 2 * overlap / (mass + 1)
        return similarity


def _dense(vectors: StemVectors, rows: range, at: slice, kept: NDArray[np.int64]) -> FloatArray:
    """Return the rows over the stems that are kept, ``[len(rows), len(kept)]``."""
    dense = np.zeros((len(rows), len(kept) + 1), dtype=np.float32)
    sizes = np.diff(vectors.starts[rows.start : rows.stop + 1])
    stems = vectors.stems[at]
    local = np.searchsorted(kept, stems)
    # Stems that the other side lacks fall into the last column, which is dropped.
    local[np.append(kept, -1)[local] != stems] = len(kept)
    dense[np.repeat(np.arange(len(rows)), sizes), local] = vectors.weights[at]
    return dense[:, :-1]


def _document_frequencies(rows: Sequence[Sequence[Mapping[str, float]]]) -> Counter[str]:
    return Counter(stem for words in rows for stem in {key for word in words for key in word})


def _vectors(
    rows: Sequence[Sequence[Mapping[str, float]]], numbers: dict[str, int], idf: dict[str, float]
) -> StemVectors:
    stems: list[int] = []
    weights: list[float] = []
    starts = [0]
    mass = []
    # Words come again: each is looked up once. Its mapping lives as long as ``rows``.
    seen: dict[int, tuple[list[tuple[str, float]], float]] = {}
    for words in rows:
        bag: dict[str, float] = {}
        total = 0.0
        for word in words:
            known = seen.get(id(word))
            if known is None:
                telling = [(stem, weight) for stem, weight in word.items() if stem in idf]
                # A word can be rendered once only: by the most telling of its glosses.
                known = telling, max((weight * idf[stem] for stem, weight in telling), default=0.0)
                seen[id(word)] = known
            total += known[1]
            for stem, weight in known[0]:
                if weight > bag.get(stem, 0.0):
                    bag[stem] = weight
        stems += [numbers[stem] for stem in bag]
        # The square root on either side makes idf count once in the product.
        weights += [weight * idf[stem] ** 0.5 for stem, weight in bag.items()]
        starts.append(len(stems))
        mass.append(total)
    return StemVectors(
        np.array(stems, dtype=np.int64),
        np.array(weights, dtype=np.float32),
        np.array(starts, dtype=np.int64),
        np.array(mass, dtype=np.float32),
    )


def _words(text: str, *, chinese: bool, literal: bool) -> list[Mapping[str, float]]:
    """Return for each distinct word the stems that may render it, with weights."""
    words: list[Mapping[str, float]] = []
    if not chinese:
        stems = (_english_stem(word.text) for word in english_words(text))
        return [_one(stem) for stem in dict.fromkeys(stems) if stem]
    for word in dict.fromkeys(item.text for item in chinese_words(text)):
        if word.isascii():
            stems = (_english_stem(item.text) for item in english_words(word))
            words += (_one(stem) for stem in stems if stem)
        elif literal:
            words += [_one(word)] if word.isalnum() else []
        else:
            words.append(_renderings(word))
    return [word for word in words if word]


@functools.lru_cache(maxsize=1 << 16)
def _one(stem: str) -> Mapping[str, float]:
    return {stem: 1.0}


@functools.lru_cache(maxsize=1 << 16)
def _renderings(word: str) -> Mapping[str, float]:
    return dict.fromkeys(_chinese_numbers(word), 1.0) or gloss_weights(word)


@functools.lru_cache(maxsize=1 << 16)
def _english_stem(token: str) -> str:
    """Return the key of a word or number; none for function words and marks."""
    if token[0].isdigit():
        return token.replace(",", "").rstrip("%")
    if token[0].isalpha() and token.lower() not in ENGLISH_FUNCTION_WORDS:
        return english_stem(token)
    return ""


def _chinese_numbers(word: str) -> Iterable[str]:
    """Yield the values of the Chinese numerals in a word, as digits, if above ten."""
    for match in _CHINESE_NUMBER.finditer(word):
        numeral = match.group()
        if any(char in _CHINESE_UNITS for char in numeral):
            total, digit = 0, 0
            for char in numeral:
                if char in _CHINESE_UNITS:
                    total += (digit or 1) * _CHINESE_UNITS[char]
                    digit = 0
                else:
                    digit = _CHINESE_DIGITS[char]
            value = total + digit
        else:
            value = int("".join(str(_CHINESE_DIGITS[char]) for char in numeral))
        if value > 10:
            yield str(value)
