"""Cut text into the pieces of the XLM-R vocabulary, with the place of each in the text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glossary.encoders.e5_weights import Vocabulary
from glossary.encoders.numerics import valid_text
from glossary.encoders.protocol import FloatArray, IntArray

__all__ = ["Pieces", "Tokenizer"]

_SPACE = "▁"
# What an unknown character costs beside the least likely piece (sentencepiece's constant).
_UNKNOWN_PENALTY = 10.0
# Words kept with their pieces; longer "words" are Chinese clauses, which do not come back.
_REMEMBERED = 1 << 17
_REMEMBERED_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one text.

    Attributes:
        ids: ``[t]`` piece numbers, without begin and end.
        spans: ``[t, 2]`` character offsets ``[start, end)`` in the text, without the space before
            the piece; a piece that is nothing but that space is empty where the next word begins.
        information: ``[t]`` the negative log probability (base e) of each piece.
    """

    ids: IntArray
    spans: IntArray
    information: FloatArray


class Tokenizer:
    """A unigram tokenizer (Kudo 2018): the most probable cut of each word.

    Args:
        vocabulary: pieces, their probabilities and the normalisation of characters.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._unknown = vocabulary.unknown
        self._pieces = vocabulary.pieces
        self._scores = vocabulary.scores
        self._normal = vocabulary.normal
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY
        # How long the pieces that begin with a character can be: most begin with few.
        self._reach: dict[str, int] = {}
        for piece in vocabulary.pieces:
            if piece:
                self._reach[piece[0]] = max(self._reach.get(piece[0], 0), len(piece))
        self._words: dict[str, list[tuple[int, int]]] = {}

    def __call__(self, text: str) -> Pieces:
        """Return the pieces of a text."""
        characters, sources = self._normalised(valid_text(text))
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        size = len(characters)
        begin = 0
        while begin < size:
            end = characters.find(_SPACE, begin + 1)
            end = size if end < 0 else end
            position = begin
            for piece, length in self._cut(characters[begin:end]):
                ids.append(piece)
                stop = position + length
                first = position + (characters[position] == _SPACE)
                if first < stop:
                    spans.append((sources[first], sources[stop - 1] + 1))
                else:
                    place = sources[stop] if stop < size else len(text)
                    spans.append((place, place))
                position = stop
            begin = end
        return Pieces(
            np.array(ids, dtype=np.int64),
            np.array(spans, dtype=np.int64).reshape(-1, 2),
            np.array([-self._score(piece) for piece in ids], dtype=np.float32),
        )

    def _score(self, piece: int) -> float:
        return self._unknown_score if piece == self._unknown else self._scores[piece]

    def _normalised(self, text: str) -> tuple[str, list[int]]:
        """Return the text as the vocabulary spells it, and where each character came from."""
        characters = [_SPACE]
        sources = [0]
        for place, char in enumerate(text):
            for normal in self._normal.get(char, char):
                if normal != " ":
                    characters.append(normal)
                    sources.append(place)
                elif characters[-1] != _SPACE:
                    characters.append(_SPACE)
                    sources.append(place)
        return "".join(characters), sources

    def _cut(self, word: str) -> list[tuple[int, int]]:
        """Return (piece, length) of the most probable cut of a word."""
        known = self._words.get(word)
        if known is None:
            known = self._most_probable(word)
            if len(word) <= _REMEMBERED_LENGTH and len(self._words) < _REMEMBERED:
                self._words[word] = known
        return known

    def _most_probable(self, word: str) -> list[tuple[int, int]]:
        size = len(word)
        pieces, scores, reach = self._pieces, self._scores, self._reach
        best = [-1e30] * (size + 1)
        best[0] = 0.0
        back = [(self._unknown, 1)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + reach.get(word[start], 0)) + 1):
                piece = pieces.get(word[start:end])
                if piece is not None and piece != self._unknown:
                    score = here + scores[piece]
                    if score > best[end]:
                        best[end] = score
                        back[end] = (piece, end - start)
            if here + self._unknown_score > best[start + 1]:
                best[start + 1] = here + self._unknown_score
                back[start + 1] = (self._unknown, 1)
        cut: list[tuple[int, int]] = []
        while size:
            cut.append(back[size])
            size -= back[size][1]
        return cut[::-1]
