"""Lexical evidence for beads: words, dictionary glosses, numbers and names that both sides share.

Each sentence becomes a sparse vector over English stems: an English sentence its own stems, a
Chinese one the stems of its words' glosses (CC-CEDICT). The overlap of two sentences is the inner
product, weighted by inverse document frequency, so it adds up over runs of sentences.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.protocol import FloatArray
from glossary.language.cedict import gloss_weights
from glossary.language.stems import english_stem
from glossary.language.words import ENGLISH_FUNCTION_WORDS, chinese_tokens, english_tokens

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
        numbers: dict[str, int] = {}
        rows = _word_table(source, numbers, chinese=source_chinese, literal=literal)
        columns = _word_table(target, numbers, chinese=target_chinese, literal=literal)
        row_counts = rows.document_frequencies(len(numbers))
        column_counts = columns.document_frequencies(len(numbers))
        # The glosses of the Chinese side are many and vague: the English side tells how rare a stem
        # is. Between texts of one language the commoner use does.
        count, size = np.zeros(len(numbers), dtype=np.int64), np.ones(len(numbers))
        for counts, sentences, counted in (
            (row_counts, len(source), not source_chinese or literal),
            (column_counts, len(target), not target_chinese or literal),
        ):
            if counted:
                commoner = (counts > count) | ((counts == count) & (sentences > size))
                count, size = np.where(commoner, counts, count), np.where(commoner, sentences, size)
        telling = (row_counts > 0) & (column_counts > 0)
        telling &= count <= np.maximum(_ALWAYS_TELLING, _COMMON_SHARE * size)
        idf = np.zeros(len(numbers))
        idf[telling] = 1 / (1 + np.log(count[telling]))
        self.source = rows.vectors(idf)
        self.target = columns.vectors(idf)

    def overlap(self, rows: range, columns: range) -> FloatArray:
        """Return the overlaps ``[len(rows), len(columns)]`` of a block of sentence pairs."""
        left = slice(self.source.starts[rows.start], self.source.starts[rows.stop])
        right = slice(self.target.starts[columns.start], self.target.starts[columns.stop])
        shared = _distinct(self.source.stems[left])
        shared = shared[np.isin(shared, self.target.stems[right], kind="table")]
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


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values, ascending, in a tenth of the time of ``np.unique``."""
    ordered = np.sort(values)
    return ordered[_changed(ordered)]


def _changed(ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each value whether it differs from the one before it."""
    changed = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changed[1:])
    return changed


@dataclass(frozen=True, slots=True)
class _WordTable:
    """The words of a text, and the stems that may render each distinct word.

    Attributes:
        size: the number of sentences.
        sentences: ``[w]`` the sentence of each word, ascending.
        words: ``[w]`` the number of the distinct word that it is.
        starts: ``[k + 1]`` where the stems of each of the k distinct words begin.
        stems: ``[z]`` stem numbers.
        weights: ``[z]`` how well each renders its word.
    """

    size: int
    sentences: NDArray[np.int64]
    words: NDArray[np.int64]
    starts: NDArray[np.int64]
    stems: NDArray[np.int64]
    weights: NDArray[np.float64]

    def document_frequencies(self, stems: int) -> NDArray[np.int64]:
        """Return in how many sentences each of all stems may stand, ``[stems]``."""
        sentences, at = self._places()
        pairs = _distinct(sentences * stems + self.stems[at])
        return np.bincount(pairs % max(1, stems), minlength=stems)

    def vectors(self, idf: NDArray[np.float64]) -> StemVectors:
        """Return the stem vectors, given ``idf [stems]``: 0 for stems that tell nothing."""
        # A word can be rendered once only: by the most telling of its glosses.
        best = np.maximum.reduceat(np.append(self.weights * idf[self.stems], 0), self.starts[:-1])
        mass = np.bincount(self.sentences, weights=best[self.words], minlength=self.size)
        sentences, at = self._places()
        kept = idf[self.stems[at]] > 0
        sentences, at = sentences[kept], at[kept]
        # Of the words of a sentence that share a stem the one that it renders best counts.
        pairs = sentences * len(idf) + self.stems[at]
        order = np.argsort(pairs)
        pairs = pairs[order]
        firsts = np.nonzero(_changed(pairs))[0]
        weights = self.weights[at][order]
        weights = np.maximum.reduceat(weights, firsts) if len(firsts) else weights
        sentences, stems = np.divmod(pairs[firsts], max(1, len(idf)))
        return StemVectors(
            stems,
            # The square root on either side makes idf count once in the product.
            (weights * np.sqrt(idf[stems])).astype(np.float32),
            np.searchsorted(sentences, np.arange(self.size + 1)),
            mass.astype(np.float32),
        )

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each stem of each word its sentence, and its place in ``stems``."""
        sizes = np.diff(self.starts)[self.words]
        ends = np.cumsum(sizes)
        places = np.arange(int(sizes.sum())) + np.repeat(
            self.starts[self.words] - ends + sizes, sizes
        )
        return np.repeat(self.sentences, sizes), places


def _word_table(
    texts: Sequence[str], numbers: dict[str, int], *, chinese: bool, literal: bool
) -> _WordTable:
    """Look up the words of sentences; stems get the numbers that they have or the next ones."""
    distinct = _Distinct(_english if not chinese else _literal if literal else _chinese)
    cut = chinese_tokens if chinese else english_tokens
    words: list[int] = []
    sizes = []
    for text in texts:
        # A word that comes again in a sentence counts once, an English one in any of its forms.
        row = [number for token in dict.fromkeys(cut(text)) for number in distinct[token]]
        if not chinese:
            row = list(dict.fromkeys(row))
        words += row
        sizes.append(len(row))
    mappings = distinct.renderings
    return _WordTable(
        len(texts),
        np.repeat(np.arange(len(texts)), sizes),
        np.array(words, dtype=np.int64),
        np.cumsum([0, *map(len, mappings)]),
        np.array(
            [numbers.setdefault(stem, len(numbers)) for word in mappings for stem in word],
            dtype=np.int64,
        ),
        np.array([weight for word in mappings for weight in word.values()], dtype=np.float64),
    )


class _Distinct(dict[str, list[int]]):
    """For each token the numbers of its words; each distinct word is looked up once.

    Args:
        look_up: returns the words of a token: a key, the stems that may render it, with weights.
    """

    def __init__(self, look_up: Callable[[str], list[tuple[str, Mapping[str, float]]]]) -> None:
        super().__init__()
        self._look_up = look_up
        self._numbers: dict[str, int] = {}
        self.renderings: list[Mapping[str, float]] = []

    def __missing__(self, token: str) -> list[int]:
        found = []
        for key, stems in self._look_up(token):
            if key not in self._numbers:
                self._numbers[key] = len(self.renderings)
                self.renderings.append(stems)
            found.append(self._numbers[key])
        self[token] = found
        return found


def _english(token: str) -> list[tuple[str, Mapping[str, float]]]:
    stem = _english_stem(token)
    return [(stem, {stem: 1.0})] if stem else []


def _literal(word: str) -> list[tuple[str, Mapping[str, float]]]:
    if word.isascii():
        return _latin(word)
    return [(word, {word: 1.0})] if word.isalnum() else []


def _chinese(word: str) -> list[tuple[str, Mapping[str, float]]]:
    if word.isascii():
        return _latin(word)
    renderings = _renderings(word)
    return [(word, renderings)] if renderings else []


def _latin(word: str) -> list[tuple[str, Mapping[str, float]]]:
    return [found for token in english_tokens(word) for found in _english(token)]


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
