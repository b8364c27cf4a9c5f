"""One side of a bead where both sides are English: its words, their stems, tags and tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.encoders.protocol import TokenStatistics
from glossary.harvest.citation import phrase_key
from glossary.language.english_tags import english_tags
from glossary.language.stems import english_stem
from glossary.language.words import Word, english_words, is_function_word
from glossary.model import Segment

__all__ = ["EnglishSide", "read_sides"]

_WORDLIKE = re.compile(r"\w")
# Words that together are a conjunction, and must not be tagged one by one.
_CONJUNCTIONS = (("as", "well", "as"), ("such", "as"), ("as", "well"), ("rather", "than"))


@dataclass(frozen=True, slots=True)
class EnglishSide:
    """The segments of a bead in one rendition, as one text.

    Attributes:
        segments: in order.
        offsets: where each begins in ``text``.
        text: the segments joined by spaces.
        words: all words and marks.
        tags: a letter for each word (``glossary.language.english_tags``).
        content: indices of the words that carry meaning.
        lemmas: of each word, spelling folded.
        stems: of each word.
        tokens: contributions of the encoder's tokens.
    """

    segments: tuple[Segment, ...]
    offsets: tuple[int, ...]
    text: str
    words: Sequence[Word]
    tags: str
    content: NDArray[np.int64]
    lemmas: Sequence[str]
    stems: Sequence[str]
    tokens: TokenStatistics

    def surface(self, first: int, last: int) -> str:
        """Return the text of the words ``[first, last)``."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def place(self, first: int, last: int) -> tuple[Segment, tuple[int, int]]:
        """Return the segment that holds the words ``[first, last)`` and the characters there."""
        start, end = self.words[first].start, self.words[last - 1].end
        number = max(n for n, offset in enumerate(self.offsets) if offset <= start)
        offset = self.offsets[number]
        return self.segments[number], (start - offset, end - offset)


def read_sides(groups: Sequence[Sequence[Segment]], encoder: Encoder) -> list[EnglishSide]:
    """Return each group of segments as one side of a bead."""
    texts = [" ".join(segment.text for segment in group) for group in groups]
    sides = []
    for group, text, tokens in zip(groups, texts, encoder.token_statistics(texts), strict=True):
        offsets, position = [], 0
        for segment in group:
            offsets.append(position)
            position += len(segment.text) + 1
        words = english_words(text)
        sides.append(
            EnglishSide(
                tuple(group),
                tuple(offsets),
                text,
                words,
                _tags(words),
                np.array([n for n, w in enumerate(words) if _has_meaning(w.text)], dtype=np.int64),
                [phrase_key(word.text) or word.text for word in words],
                [english_stem(word.text.lower()) for word in words],
                tokens,
            )
        )
    return sides


def _has_meaning(word: str) -> bool:
    return bool(_WORDLIKE.match(word)) and not is_function_word(word)


def _tags(words: Sequence[Word]) -> str:
    tags = list(english_tags(words))
    lower = [word.text.lower() for word in words]
    for place, word in enumerate(words):
        if word.text == "IT":
            tags[place] = "n"
        for phrase in _CONJUNCTIONS:
            if tuple(lower[place : place + len(phrase)]) == phrase:
                tags[place : place + len(phrase)] = "&" * len(phrase)
                break
    return "".join(tags)
