"""Which texts hold which tokens: an inverted index in flat arrays.

A token is a Chinese character with the unit behind it, or another unit alone; its second occurrence
in a text is another token, and so on. So a text has as many tokens as units. Texts are strings of
unit codes (:func:`glossary.memory.units.coded`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from glossary.memory.arrays import Array
from glossary.memory.units import is_han

__all__ = ["Postings", "Tokens", "build_postings", "tokens_of"]

# A code point has 21 bits; above the pair stands the number of the occurrence.
_PAIR_SHIFT = 21
_OCCURRENCE_SHIFT = 42
_OCCURRENCES = (1 << 22) - 1
# Tokens sorted at once; 2²² take 0.2 GB while they are.
_SHARD = 1 << 22
# Stands behind the last unit of a text.
_END = 0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Attributes:
        tokens: ascending.
        pairs: whether there is a Chinese character: then one edit can destroy two tokens.
    """

    tokens: npt.NDArray[np.uint64]
    pairs: bool


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index.

    Attributes:
        tokens: ascending.
        ends: where the texts of each token end in ``texts``.
        texts: numbers of texts, ascending for each token.
    """

    tokens: npt.NDArray[np.uint64]
    ends: npt.NDArray[np.int64]
    texts: npt.NDArray[np.uint32]

    def of(self, tokens: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint32]]:
        """Return the texts of each token, the rarest token first; none for an unknown one."""
        places = np.searchsorted(self.tokens, tokens)
        found = []
        for token, place in zip(tokens.tolist(), places.tolist(), strict=True):
            if place < len(self.tokens) and int(self.tokens[place]) == token:
                start = int(self.ends[place - 1]) if place else 0
                found.append(self.texts[start : int(self.ends[place])])
            else:
                found.append(self.texts[:0])
        return sorted(found, key=len)


def tokens_of(codes: str) -> Tokens:
    """Return the tokens of a text."""
    points = [ord(code) for code in codes]
    seen: Counter[int] = Counter()
    tokens = []
    for point, following in zip(points, [*points[1:], _END], strict=False):
        token = point << _PAIR_SHIFT | following if is_han(point) else point
        tokens.append(min(seen[token], _OCCURRENCES) << _OCCURRENCE_SHIFT | token)
        seen[token] += 1
    return Tokens(np.array(sorted(tokens), np.uint64), any(map(is_han, points)))


def build_postings(codes: Array, ends: Array) -> Postings:
    """Return the inverted index of texts.

    Args:
        codes: the unit codes of all texts, one text behind the other.
        ends: where each text ends in ``codes``.
    """
    shards = []
    first = 0
    while first < len(ends):
        start = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, start + _SHARD, "right")))
        shards.append(_shard(codes[start : int(ends[last - 1])], ends[first:last] - start, first))
        first = last
    return _merged(shards)


def _shard(codes: Array, ends: Array, first: int) -> tuple[Array, Array]:
    """Return tokens and texts of one stretch, sorted by token."""
    lengths = np.diff(ends, prepend=0)
    numbers = np.repeat(np.arange(first, first + len(ends), dtype=np.uint32), lengths)
    han = codes < ord("\U00040000")
    following = np.full(len(codes), _END, np.uint64)
    following[:-1] = np.where(numbers[:-1] == numbers[1:], codes[1:], _END)
    tokens = codes.astype(np.uint64)
    tokens[han] = tokens[han] << np.uint64(_PAIR_SHIFT) | following[han]
    order = np.argsort(tokens, kind="stable")
    tokens, numbers = tokens[order], numbers[order]
    # What stands before, of the same token in the same text, is counted.
    new = np.ones(len(tokens), bool)
    new[1:] = (tokens[1:] != tokens[:-1]) | (numbers[1:] != numbers[:-1])
    places = np.arange(len(tokens))
    occurrence = places - np.maximum.accumulate(np.where(new, places, 0))
    tokens |= np.minimum(occurrence, _OCCURRENCES).astype(np.uint64) << np.uint64(_OCCURRENCE_SHIFT)
    order = np.argsort(tokens, kind="stable")
    return tokens[order], numbers[order]


def _merged(shards: list[tuple[Array, Array]]) -> Postings:
    tokens = np.concatenate([shard[0] for shard in shards] or [np.empty(0, np.uint64)])
    texts = np.concatenate([shard[1] for shard in shards] or [np.empty(0, np.uint32)])
    if len(shards) > 1:
        order = np.argsort(tokens, kind="stable")
        tokens, texts = tokens[order], texts[order]
    last = np.ones(len(tokens), bool)
    last[:-1] = tokens[1:] != tokens[:-1]
    places = np.flatnonzero(last)
    return Postings(tokens[places], (places + 1).astype(np.int64), texts.astype(np.uint32))
