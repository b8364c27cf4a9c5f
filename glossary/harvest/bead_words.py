"""The words of beads with what the encoders make of them: the input of word alignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import E5Encoder, Encoder, WordwiseEncoder
from glossary.encoders.protocol import TokenStatistics
from glossary.language.script import to_simplified
from glossary.language.words import Word, chinese_words, english_words, is_function_word

__all__ = [
    "LINK_LAYERS",
    "BeadWords",
    "bead_words",
    "centred",
    "cut_bead_words",
    "deep_vectors",
    "stretch_sums",
]

FloatArray = NDArray[np.float32]

_WORDLIKE = re.compile(r"\w")
#: Layers of the token-level encoder whose vectors link words best (Tsinghua set, first 150).
LINK_LAYERS = (6, 7, 8)
# The layer whose vectors find the rendering of a given term best (156 terms of speeches).
_CONTEXT_LAYER = 10
_CHINESE_FUNCTION = frozenset(
    """的 了 着 过 地 得 和 与 及 或 在 是 为 以 于 把 被 将 对 从 向 由 之 其 而 并 也 都 就 又 要
    不 等 一 个 有 到 这 那 上 下 中 里""".split()
)
# Chinese has no articles, and its particles mark what English says by word order or inflection.
_ARTICLES = frozenset(("a", "an", "the"))
_PARTICLES = frozenset("的 了 着 过 地 得 之 所".split())


@dataclass(slots=True)
class BeadWords:
    """The words of one bead and the strengths of their links.

    Attributes:
        chinese, english: words with offsets into the bead's two texts.
        content_zh, content_en: masks ``[n]`` and ``[m]`` of the words that carry meaning.
        marks_zh, marks_en: masks of the punctuation marks.
        bare_zh, bare_en: masks of the articles and particles, which mostly have no counterpart.
        forward: ``[n, m]``, how far the English word is the rendering of the Chinese one: rows sum
            to at most 1, or to half the word's characters if it may link to several.
        backward: ``[n, m]``, the same the other way: columns sum to at most 1.
        tokens_zh, tokens_en: token contributions, for the vectors of stretches in context; None
            from an encoder that looks at words alone.
        deep_zh, deep_en: ``[k, n, d]`` and ``[k, m, d]``, the words' unit vectors, centred over the
            text, at k layers of the token-level encoder, first ``LINK_LAYERS``; None without it.
    """

    chinese: list[Word]
    english: list[Word]
    content_zh: NDArray[np.bool_]
    content_en: NDArray[np.bool_]
    marks_zh: NDArray[np.bool_]
    marks_en: NDArray[np.bool_]
    bare_zh: NDArray[np.bool_]
    bare_en: NDArray[np.bool_]
    forward: FloatArray
    backward: FloatArray
    tokens_zh: TokenStatistics | None
    tokens_en: TokenStatistics | None
    deep_zh: NDArray[np.float16] | None = None
    deep_en: NDArray[np.float16] | None = None

    @property
    def links(self) -> FloatArray:
        """The strengths ``[n, m]`` of the links in both directions together."""
        strengths: FloatArray = np.sqrt(self.forward * self.backward)
        return strengths


def bead_words(
    pairs: Sequence[tuple[str, str]],
    encoder: Encoder,
    *,
    tokens: E5Encoder | None = None,
) -> list[BeadWords]:
    """Return the words of each pair of texts, encoded but not yet linked.

    With the token-level encoder a layer is there besides ``LINK_LAYERS`` that tells what stretches
    mean in their sentence.

    Args:
        pairs: (Chinese text, English text) of each bead.
        encoder: gives the tokens' contributions.
        tokens: the token-level encoder, which links words better, if it is to be asked.
    """
    simplified = [to_simplified(text) for text, _ in pairs]
    words = [[word for word in chinese_words(text) if word.text.strip()] for text in simplified]
    english = [text for _, text in pairs]
    return _encoded(
        simplified,
        words,
        english,
        [english_words(text) for text in english],
        encoder=encoder,
        tokens=tokens,
        layers=(*LINK_LAYERS, _CONTEXT_LAYER),
    )


def cut_bead_words(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    encoder: Encoder,
    tokens: E5Encoder | None = None,
) -> list[BeadWords]:
    """Return the words of sentence pairs that are cut into words already, not yet linked.

    Args:
        pairs: (Chinese words, English words) of each pair.
        encoder: gives the tokens' contributions.
        tokens: the token-level encoder, if it is to be asked.
    """
    chinese = [_joined(words, "") for words, _ in pairs]
    english = [_joined(words, " ") for _, words in pairs]
    return _encoded(
        [to_simplified(text) for text, _ in chinese],
        [words for _, words in chinese],
        [text for text, _ in english],
        [words for _, words in english],
        encoder=encoder,
        tokens=tokens,
        layers=LINK_LAYERS,
    )


def _joined(words: Sequence[str], glue: str) -> tuple[str, list[Word]]:
    placed: list[Word] = []
    position = 0
    for word in words:
        placed.append(Word(word, position, position + len(word)))
        position += len(word) + len(glue)
    return glue.join(words), placed


def _encoded(
    chinese: Sequence[str],
    chinese_cut: Sequence[list[Word]],
    english: Sequence[str],
    english_cut: Sequence[list[Word]],
    *,
    encoder: Encoder,
    tokens: E5Encoder | None,
    layers: Sequence[int],
) -> list[BeadWords]:
    beads = []
    deep_zh = _deep(chinese, chinese_cut, tokens, layers)
    deep_en = _deep(english, english_cut, tokens, layers)
    wordwise = isinstance(encoder, WordwiseEncoder)
    for number, (left, right, stats_zh, stats_en) in enumerate(
        zip(
            chinese_cut,
            english_cut,
            [None] * len(chinese) if wordwise else encoder.token_statistics(chinese),
            [None] * len(english) if wordwise else encoder.token_statistics(english),
            strict=True,
        )
    ):
        content_zh = [_has_meaning(word.text) for word in left]
        content_en = [_has_meaning(word.text) for word in right]
        beads.append(
            BeadWords(
                left,
                right,
                np.array(content_zh, dtype=bool),
                np.array(content_en, dtype=bool),
                np.array([not _WORDLIKE.search(word.text) for word in left], dtype=bool),
                np.array([not _WORDLIKE.search(word.text) for word in right], dtype=bool),
                np.array([word.text in _PARTICLES for word in left], dtype=bool),
                np.array([word.text.lower() in _ARTICLES for word in right], dtype=bool),
                np.zeros((len(left), len(right)), dtype=np.float32),
                np.zeros((len(left), len(right)), dtype=np.float32),
                stats_zh,
                stats_en,
                deep_zh[number] if deep_zh else None,
                deep_en[number] if deep_en else None,
            )
        )
    return beads


def _deep(
    texts: Sequence[str],
    cut: Sequence[list[Word]],
    tokens: E5Encoder | None,
    layers: Sequence[int],
) -> list[NDArray[np.float16]]:
    """Return the words' centred unit vectors ``[k, n, d]`` of each text, none without encoder."""
    if tokens is None:
        return []
    return [one.astype(np.float16) for one in centred(deep_vectors(texts, cut, tokens, layers))]


def deep_vectors(
    texts: Sequence[str],
    cut: Sequence[list[Word]],
    tokens: E5Encoder,
    layers: Sequence[int] = LINK_LAYERS,
) -> list[FloatArray]:
    """Return the words' vectors ``[k, n, d]`` of each text: the mean of their tokens'."""
    vectors = []
    for found, words in zip(tokens.tokens(texts, layers), cut, strict=True):
        sums = np.concatenate(
            [np.zeros_like(found.vectors[:, :1]), np.cumsum(found.vectors, axis=1)], axis=1
        )
        last = found.spans.shape[0]
        pooled = np.zeros((len(layers), len(words), sums.shape[2]), dtype=np.float32)
        if last:
            starts = np.array([word.start for word in words], dtype=np.int64)
            ends = np.array([word.end for word in words], dtype=np.int64)
            first = np.minimum(np.searchsorted(found.spans[:, 1], starts, side="right"), last - 1)
            stop = np.maximum(np.searchsorted(found.spans[:, 0], ends, side="left"), first + 1)
            pooled = (sums[:, stop] - sums[:, first]) / (stop - first)[None, :, None]
        vectors.append(pooled.astype(np.float32))
    return vectors


def centred(vectors: Sequence[FloatArray]) -> list[FloatArray]:
    """Return vectors ``[k, n, d]`` of several texts without their common mean, as unit vectors.

    All words of a language lie close together: without their mean the differences show.
    """
    if not vectors:
        return []
    mean = np.concatenate(vectors, axis=1).mean(axis=1, keepdims=True)
    moved = [one - mean for one in vectors]
    return [v / np.maximum(np.linalg.norm(v, axis=2, keepdims=True), 1e-6) for v in moved]


def _has_meaning(word: str) -> bool:
    if not _WORDLIKE.search(word):
        return False
    return word not in _CHINESE_FUNCTION and not is_function_word(word)


def stretch_sums(
    tokens: TokenStatistics, spans: Sequence[tuple[int, int]]
) -> tuple[FloatArray, FloatArray]:
    """Return summed contributions ``[s, d]`` and counts ``[s]`` of stretches of characters."""
    total = np.concatenate(
        [
            np.zeros((1, tokens.contributions.shape[1]), dtype=np.float32),
            np.cumsum(tokens.contributions, axis=0),
        ]
    )
    starts, ends = tokens.starts[1:-1], tokens.ends[1:-1]
    bounds = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
    # Tokens that overlap the stretch: words and tokens need not end at the same characters.
    first = np.searchsorted(ends, bounds[:, 0], side="right")
    last = np.maximum(
        np.searchsorted(starts, bounds[:, 1], side="left"), np.minimum(first + 1, len(starts))
    )
    sums = total[last + 1] - total[first + 1]
    return sums.astype(np.float32), np.maximum(last - first, 1).astype(np.float32)
