"""The tokens by which the search index knows a form; written by the termbase, asked by lookup."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from glossary.language.pinyin import syllables

__all__ = [
    "FORM_END",
    "FORM_START",
    "character_pairs",
    "deletions",
    "form_tokens",
    "syllable_pairs",
]

#: Edges of a form, so that its first and last unit weigh more and pairs exist for single ones.
FORM_START, FORM_END = "‹", "›"


def character_pairs(key: str, *, edges: bool = True) -> list[str]:
    """Return the pairs of neighbouring characters of a Chinese key, with its edges or without."""
    padded = f"{FORM_START}{key}{FORM_END}" if edges else key
    return [padded[i : i + 2] for i in range(len(padded) - 1)]


def syllable_pairs(parts: Sequence[str]) -> list[str]:
    """Return the pairs of neighbouring pinyin syllables, with the edges."""
    return [
        FORM_START + parts[0],
        *(f"{a}·{b}" for a, b in itertools.pairwise(parts)),
        parts[-1] + FORM_END,
    ]


def form_tokens(key: str, reading: str | None) -> list[str]:
    """Return the distinct tokens of a form in a fixed order.

    Args:
        key: the form's key.
        reading: its numbered pinyin if it is Chinese, else None.
    """
    if reading is None:
        return list(dict.fromkeys(key.split()))
    parts = syllables(reading)
    return list(dict.fromkeys(character_pairs(key) + (syllable_pairs(parts) if parts else [])))


def deletions(word: str) -> set[str]:
    """Return ``word`` and, if it has four letters or more, what is left of it less each letter.

    Two words that share one of these are at most one insertion, deletion, substitution or
    transposition apart, or one insertion and one deletion (symmetric deletion, Garbe 2012).
    """
    if len(word) < 4:
        return {word}
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
