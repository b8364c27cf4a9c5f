"""Stems of English words: what "modernise", "modernization" and "modern" share.

A stem is a key for counting overlaps, never shown. It strips more than Porter (1980) does, since
Chinese words have no part of speech on them and dictionary glosses rarely have the translator's.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from glossary.language.words import english_lemma

__all__ = ["english_stem"]

# Derivational endings, longest first, after the lemma is taken. What remains keeps four letters.
_SUFFIXES = sorted(
    """
    atization atisation ization isation ational ation ition ities ising izing ized ised ise ize
    ility ability ibility ively iveness ive ally ical ically ic al ially ial ness ment ments less
    fully ful ously ous ance ence ate ancy ency ant ent able ible ity ion ism ist or er ly ing ed
    ship hood y e
    """.split(),
    key=len,
    reverse=True,
)
_SUFFIX = re.compile(f"(?<=....)(?:{'|'.join(_SUFFIXES)})$")


@functools.lru_cache(maxsize=1 << 16)
def english_stem(word: str) -> str:
    """Return the stem of an English word: its lemma without two derivational endings."""
    lemma = english_lemma(word)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lemma) if not unicodedata.combining(c))
    return _SUFFIX.sub("", _SUFFIX.sub("", plain))
