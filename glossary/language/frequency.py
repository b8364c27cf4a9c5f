"""How frequent words are in general language: wordfreq's lists, read once and only when asked.

wordfreq (Speer 2022, Apache-2.0 code, CC BY-SA 4.0 data) scores an unknown word by splitting it,
which hides exactly the words a glossary is after; here only the lists themselves are read.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

__all__ = ["is_listed", "zipf"]

#: The list ends near 1e-8; an absent word is counted as rarer than any in it.
_ABSENT = 0.5
_WORDLIST = {"zh": "large", "en": "large"}


@functools.cache
def _frequencies(language: str) -> Mapping[str, float]:
    # Imported late: wordfreq and its list cost a third of a second.
    from wordfreq import get_frequency_dict

    frequencies: Mapping[str, float] = get_frequency_dict(language, _WORDLIST[language])
    return frequencies


def zipf(word: str, language: str) -> float:
    """Return the Zipf frequency (van Heuven et al. 2014) of a word: log10 per thousand million.

    Args:
        word: simplified Chinese, or English in lower case.
        language: ``zh`` or ``en``.

    Returns:
        About 7 for the commonest words, 3 for one in a million, 0.5 for a word that is not listed.
    """
    frequency = _frequencies(language).get(word, 0.0)
    return math.log10(frequency) + 9 if frequency else _ABSENT


def is_listed(word: str, language: str) -> bool:
    """Return whether general language has the word as such (``language`` is ``zh`` or ``en``)."""
    return word in _frequencies(language)
