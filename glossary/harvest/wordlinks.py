"""Soft word links inside beads: how much each Chinese word speaks for each English word.

Evidence is summed and turned into link strengths by a softmax in each direction, as SimAlign
(Jalili Sabet et al. 2020) does with contextual vectors; the association of the words over the text
itself is estimated from these strengths and fed back, as the EM of Brown et al. (1993) does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import E5Encoder, Encoder
from glossary.encoders.protocol import TokenStatistics
from glossary.language.cedict import gloss_weights
from glossary.language.script import to_simplified
from glossary.language.stems import english_stem
from glossary.language.words import Word, chinese_words, english_words, is_function_word

__all__ = [
    "DEEP_LINKS",
    "BeadWords",
    "LinkWeights",
    "bead_words",
    "link_sentences",
    "link_words",
    "stretch_sums",
]

FloatArray = NDArray[np.float32]

_WORDLIKE = re.compile(r"\w")
_LATIN = re.compile(r"[\dA-Za-zÀ-ÿ]")
# Layers of the token-level encoder whose vectors link words best (Tsinghua set, first 150).
_LAYERS = (6, 7, 8)
_CHINESE_FUNCTION = frozenset(
    """的 了 着 过 地 得 和 与 及 或 在 是 为 以 于 把 被 将 对 从 向 由 之 其 而 并 也 都 就 又 要
    不 等 一 个 有 到 这 那 上 下 中 里""".split()
)


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Weights of the evidence for word links, and the sharpness of the softmax.

    Chosen by hand after sweeps over 150 sentences of the Tsinghua word alignment set
    (``scripts/evaluate_words.py``), so the error rates there are in-sample. The defaults are for
    the sentence encoder alone, ``DEEP_LINKS`` for both encoders.
    """

    context: float = 1.0
    #: Token vectors of the middle layers of the token-level encoder, where it is there.
    deep: float = 0.0
    static: float = 0.6
    dictionary: float = 0.5
    association: float = 1.0
    position: float = 0.8
    sharpness: float = 11.0
    nothing: float = 0.3
    rounds: int = 2
    #: Strength from which on a link is one, and from which on it is one beside another.
    hard: float = 0.55
    grow: float = 0.2
    #: Whether a Chinese word of n characters may link to n / 2 English ones (绿水青山).
    fertile: bool = False


#: Weights where the token-level encoder speaks too: it makes most of the others needless.
DEEP_LINKS = LinkWeights(
    context=0.4,
    deep=1.5,
    static=0.2,
    dictionary=0.2,
    association=0.5,
    sharpness=8.0,
    nothing=-0.1,
    rounds=3,
)


@dataclass(slots=True)
class BeadWords:
    """The words of one bead and the strengths of their links.

    Attributes:
        chinese, english: words with offsets into the bead's two texts.
        content_zh, content_en: masks ``[n]`` and ``[m]`` of the words that carry meaning.
        forward: ``[n, m]``, how far the English word is the rendering of the Chinese one: rows sum
            to at most 1, or to half the word's characters if it may link to several.
        backward: ``[n, m]``, the same the other way: columns sum to at most 1.
        tokens_zh, tokens_en: token contributions, for the vectors of stretches in context.
        deep_zh, deep_en: ``[k, n, d]`` and ``[k, m, d]``, the words' vectors at k layers of the
            token-level encoder; None without it.
    """

    chinese: list[Word]
    english: list[Word]
    content_zh: NDArray[np.bool_]
    content_en: NDArray[np.bool_]
    forward: FloatArray
    backward: FloatArray
    tokens_zh: TokenStatistics
    tokens_en: TokenStatistics
    deep_zh: FloatArray | None = None
    deep_en: FloatArray | None = None

    @property
    def links(self) -> FloatArray:
        """The strengths ``[n, m]`` of the links in both directions together."""
        strengths: FloatArray = np.sqrt(self.forward * self.backward)
        return strengths


def bead_words(
    pairs: Sequence[tuple[str, str]],
    encoder: Encoder,
    *,
    chinese: bool = True,
    tokens: E5Encoder | None = None,
) -> list[BeadWords]:
    """Return the words of each pair of texts, encoded but not yet linked.

    Args:
        pairs: (Chinese text, English text) of each bead.
        encoder: gives the tokens' contributions.
        chinese: whether the first text is Chinese; else both are English.
        tokens: the token-level encoder, which links words better, if it is to be asked.
    """
    if not chinese:
        left, right = [first for first, _ in pairs], [second for _, second in pairs]
        return _encoded(
            left,
            [english_words(t) for t in left],
            right,
            [english_words(t) for t in right],
            encoder=encoder,
            tokens=tokens,
        )
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
    )


def link_sentences(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    encoder: Encoder,
    weights: LinkWeights | None = None,
    tokens: E5Encoder | None = None,
) -> list[set[tuple[int, int]]]:
    """Return the word links ``(i, j)``, 0-based, of sentence pairs that are cut into words.

    Args:
        pairs: (Chinese words, English words) of each pair.
        encoder: gives the vectors.
        weights: of the evidence.
        tokens: the token-level encoder, if it is to be asked.
    """
    weights = weights or (DEEP_LINKS if tokens else LinkWeights())
    chinese = [_joined(words, "") for words, _ in pairs]
    english = [_joined(words, " ") for _, words in pairs]
    beads = _encoded(
        [to_simplified(text) for text, _ in chinese],
        [words for _, words in chinese],
        [text for text, _ in english],
        [words for _, words in english],
        encoder=encoder,
        tokens=tokens,
    )
    link_words(beads, encoder, weights)
    return [
        {(int(i), int(j)) for i, j in zip(*np.nonzero(_hard_links(bead, weights)), strict=True)}
        for bead in beads
    ]


def _hard_links(bead: BeadWords, weights: LinkWeights) -> NDArray[np.bool_]:
    """Return the mask ``[n, m]`` of the links: the sure ones, and neighbours of these.

    Grow-diag (Koehn et al. 2003) over strengths: a weaker link beside a link is taken, strongest
    first, if one of its words has none yet.
    """
    strengths = bead.links
    links: NDArray[np.bool_] = strengths > weights.hard
    waiting = sorted(
        zip(*np.nonzero((strengths > weights.grow) & ~links), strict=True),
        key=lambda place: -strengths[place],
    )
    grown = True
    while grown:
        grown = False
        for row, column in waiting:
            if links[row, column] or (links[row].any() and links[:, column].any()):
                continue
            if links[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].any():
                links[row, column] = grown = True
    return links


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
) -> list[BeadWords]:
    beads = []
    deep_zh = _deep(chinese, chinese_cut, tokens)
    deep_en = _deep(english, english_cut, tokens)
    for number, (left, right, stats_zh, stats_en) in enumerate(
        zip(
            chinese_cut,
            english_cut,
            encoder.token_statistics(chinese),
            encoder.token_statistics(english),
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
    texts: Sequence[str], cut: Sequence[list[Word]], tokens: E5Encoder | None
) -> list[FloatArray]:
    """Return the words' vectors ``[k, n, d]`` of each text: the mean of their tokens'."""
    if tokens is None:
        return []
    vectors = []
    for found, words in zip(tokens.tokens(texts, _LAYERS), cut, strict=True):
        sums = np.concatenate(
            [np.zeros_like(found.vectors[:, :1]), np.cumsum(found.vectors, axis=1)], axis=1
        )
        last = found.spans.shape[0]
        pooled = np.zeros((len(_LAYERS), len(words), sums.shape[2]), dtype=np.float32)
        if last:
            starts = np.array([word.start for word in words])
            ends = np.array([word.end for word in words])
            first = np.minimum(np.searchsorted(found.spans[:, 1], starts, side="right"), last - 1)
            stop = np.maximum(np.searchsorted(found.spans[:, 0], ends, side="left"), first + 1)
            pooled = (sums[:, stop] - sums[:, first]) / (stop - first)[None, :, None]
        vectors.append(pooled.astype(np.float32))
    return vectors


def link_words(
    beads: Sequence[BeadWords], encoder: Encoder, weights: LinkWeights | None = None
) -> None:
    """Fill in the link strengths of all beads of a text."""
    weights = weights or LinkWeights()
    scores = _similarities(beads, encoder, weights)
    for bead, score in zip(beads, scores, strict=True):
        _relink(bead, score, weights)
    for _ in range(weights.rounds):
        associations = _associations(beads)
        for bead, score, association in zip(beads, scores, associations, strict=True):
            _relink(bead, score + weights.association * association, weights)


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


def _similarities(
    beads: Sequence[BeadWords], encoder: Encoder, weights: LinkWeights
) -> list[FloatArray]:
    """Return for each bead the evidence ``[n, m]`` that needs no other bead."""
    context_zh = _contextual([(b.tokens_zh, b.chinese) for b in beads], encoder)
    context_en = _contextual([(b.tokens_en, b.english) for b in beads], encoder)
    static_zh = _static([word.text for bead in beads for word in bead.chinese], encoder)
    static_en = _static([word.text.lower() for bead in beads for word in bead.english], encoder)
    deep = _deep_similarities(beads)
    scores: list[FloatArray] = []
    for bead, zh, en in zip(beads, context_zh, context_en, strict=True):
        fixed_zh = np.stack([static_zh[word.text] for word in bead.chinese]) if bead.chinese else zh
        fixed_en = (
            np.stack([static_en[word.text.lower()] for word in bead.english])
            if bead.english
            else en
        )
        score = (
            weights.context * (zh @ en.T)
            + weights.static * (fixed_zh @ fixed_en.T)
            + weights.dictionary * _dictionary(bead)
            - weights.position * _distance(len(bead.chinese), len(bead.english))
        )
        if deep is not None:
            score = score + weights.deep * deep[len(scores)]
        scores.append(score.astype(np.float32))
    return scores


def _deep_similarities(beads: Sequence[BeadWords]) -> list[FloatArray] | None:
    """Return for each bead the mean cosine ``[n, m]`` over the layers, or None without them."""
    sides = [
        [vectors for bead in beads if (vectors := getattr(bead, side)) is not None]
        for side in ("deep_zh", "deep_en")
    ]
    if not beads or any(len(side) < len(beads) for side in sides):
        return None
    units = []
    for side in sides:
        means = np.concatenate(side, axis=1).mean(axis=1, keepdims=True)
        moved = [vectors - means for vectors in side]
        units.append(
            [v / np.maximum(np.linalg.norm(v, axis=2, keepdims=True), 1e-6) for v in moved]
        )
    return [
        np.einsum("knd,kmd->nm", zh, en, optimize=True) / len(zh)
        for zh, en in zip(*units, strict=True)
    ]


def _contextual(
    texts: Sequence[tuple[TokenStatistics, list[Word]]], encoder: Encoder
) -> list[FloatArray]:
    """Return the centred unit vectors ``[n, D]`` of each text's words in context."""
    sums, counts, sizes = [], [], []
    for tokens, words in texts:
        some, numbers = stretch_sums(tokens, [(word.start, word.end) for word in words])
        sums.append(some)
        counts.append(numbers)
        sizes.append(len(words))
    vectors = _centred(encoder.finish(np.concatenate(sums), np.concatenate(counts)))
    return np.split(vectors, np.cumsum(sizes)[:-1])


def _static(words: Sequence[str], encoder: Encoder) -> dict[str, FloatArray]:
    types = list(dict.fromkeys(words))
    vectors = _centred(encoder.encode(types)) if types else np.zeros((0, 0), dtype=np.float32)
    return dict(zip(types, vectors, strict=True))


def _centred(vectors: FloatArray) -> FloatArray:
    """Subtract the language's mean, without which all similarities are high, and normalise."""
    if not len(vectors):
        return vectors
    moved = vectors - vectors.mean(axis=0)
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    centred: FloatArray = (moved / np.maximum(norms, 1e-6)).astype(np.float32)
    return centred


def _dictionary(bead: BeadWords) -> FloatArray:
    """Return gloss weights ``[n, m]``; the same number or Latin string counts as a gloss."""
    stems = [english_stem(word.text.lower()) for word in bead.english]
    places: dict[str, list[int]] = {}
    for column, stem in enumerate(stems):
        places.setdefault(stem, []).append(column)
    matrix = np.zeros((len(bead.chinese), len(stems)), dtype=np.float32)
    for row, word in enumerate(bead.chinese):
        latin = {english_stem(word.text.lower()): 1.0} if _LATIN.match(word.text) else None
        for stem, weight in (latin or gloss_weights(word.text)).items():
            for column in places.get(stem, ()):
                matrix[row, column] = weight
    return matrix


def _distance(rows: int, columns: int) -> FloatArray:
    left = np.arange(rows, dtype=np.float32)[:, None] / max(1, rows - 1)
    right = np.arange(columns, dtype=np.float32)[None, :] / max(1, columns - 1)
    distance: FloatArray = np.abs(left - right)
    return distance


def _relink(bead: BeadWords, score: FloatArray, weights: LinkWeights) -> None:
    """Set the bead's links to the softmaxes over rows and over columns, with room for no link."""
    if not score.size:
        return
    exponent = np.exp(weights.sharpness * (score - weights.nothing))
    # Function words link to function words and marks to marks; across, only weakly.
    same = bead.content_zh[:, None] == bead.content_en[None, :]
    exponent *= np.where(same, 1.0, 0.1)
    forward = exponent / (1.0 + exponent.sum(axis=1, keepdims=True))
    if weights.fertile:
        sizes = [1.0 if w.text.isascii() else max(1.0, len(w.text) / 2) for w in bead.chinese]
        forward = np.minimum(1.0, forward * np.array(sizes)[:, None])
    bead.forward = forward.astype(np.float32)
    bead.backward = (exponent / (1.0 + exponent.sum(axis=0, keepdims=True))).astype(np.float32)


def _associations(beads: Sequence[BeadWords]) -> list[FloatArray]:
    """Return for each bead how far its word pairs are each other's renderings over the text.

    The expected number of links of a pair of types, divided by the types' own counts plus one:
    the addition keeps pairs that meet once from looking certain.
    """
    zh_ids: dict[str, int] = {}
    en_ids: dict[str, int] = {}
    rows = [
        np.array([zh_ids.setdefault(w.text, len(zh_ids)) for w in b.chinese], dtype=np.int64)
        for b in beads
    ]
    columns = [
        np.array(
            [en_ids.setdefault(english_stem(w.text.lower()), len(en_ids)) for w in b.english],
            dtype=np.int64,
        )
        for b in beads
    ]
    width = max(1, len(en_ids))
    keys = np.concatenate(
        [(r[:, None] * width + c[None, :]).ravel() for r, c in zip(rows, columns, strict=True)]
    )
    strengths = np.concatenate([bead.links.ravel() for bead in beads])
    if not len(keys):
        return [np.zeros_like(bead.forward) for bead in beads]
    unique, inverse = np.unique(keys, return_inverse=True)
    expected = np.bincount(inverse, weights=strengths, minlength=len(unique))
    count_zh = np.bincount(np.concatenate(rows), minlength=len(zh_ids)).astype(np.float64)
    count_en = np.bincount(np.concatenate(columns), minlength=len(en_ids)).astype(np.float64)
    # The pair's own count is at most the smaller of its types' counts.
    share = 2 * expected / (count_zh[unique // width] + count_en[unique % width] + 2.0)
    values = share[inverse].astype(np.float32)
    sizes = [bead.forward.size for bead in beads]
    return [
        part.reshape(bead.forward.shape)
        for part, bead in zip(_split(values, sizes), beads, strict=True)
    ]


def _split(values: NDArray[Any], sizes: Sequence[int]) -> list[NDArray[Any]]:
    return np.split(values, np.cumsum(sizes)[:-1])
