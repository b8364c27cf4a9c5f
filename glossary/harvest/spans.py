"""Which stretches of an English text begin and end like phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.language.words import Word

__all__ = ["EnglishSpans", "english_spans"]

# Marks that a phrase does not reach across; hyphens, apostrophes, "&" and "/" join words instead.
_BREAK = re.compile(r"^[.;:?!\[\]{}“”\"«»—–…|]$")
_JOIN = frozenset("-‐‑/&'’+")
# Words that may stand at the end of a phrase though they are of a closed class ("opening up").
_CLOSING = frozenset("up out in own all others another".split())
_OPENING = frozenset("all others own no not more most both same without".split())


@dataclass(frozen=True, slots=True)
class EnglishSpans:
    """The stretches of a bead's English text that could be phrases.

    Attributes:
        first, last: ``[s]`` token indices, ``last`` exclusive.
        commas: ``[s]`` number of commas and parentheses inside.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    commas: NDArray[np.int64]


def english_spans(
    words: Sequence[Word], content: NDArray[np.bool_], *, longest: int
) -> EnglishSpans:
    """Return the stretches of at most ``longest`` words that begin and end like phrases."""
    first, last, commas = [], [], []
    for start in range(len(words)):
        if not _opens(words, content, start):
            continue
        comma = depth = 0
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            token = words[end - 1]
            if _BREAK.match(token.text):
                break
            # Parentheses belong to names ("Ordinance (No. 2)"), whole or not at all.
            depth += (token.text == "(") - (token.text == ")")
            comma += token.text in ",("
            if comma > longest // 4 or depth < 0:
                break
            if depth == 0 and _closes(words, content, end - 1):
                first.append(start)
                last.append(end)
                commas.append(comma)
    return EnglishSpans(np.array(first, int), np.array(last, int), np.array(commas, int))


def _opens(words: Sequence[Word], content: NDArray[np.bool_], index: int) -> bool:
    word = words[index]
    if not content[index] and word.text.lower() not in _OPENING:
        return False
    return not (index and words[index - 1].text in _JOIN and words[index - 1].end == word.start)


def _closes(words: Sequence[Word], content: NDArray[np.bool_], index: int) -> bool:
    word = words[index]
    if not content[index] and word.text.lower() not in _CLOSING:
        return False
    follows = words[index + 1] if index + 1 < len(words) else None
    return not (follows and follows.text in _JOIN and follows.start == word.end)
