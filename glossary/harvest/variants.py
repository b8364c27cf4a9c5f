"""Renderings of one concept that only vary a better one: word order, an ending, an abbreviation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from glossary.harvest.citation import phrase_key
from glossary.language.words import is_function_word
from glossary.model import Term, TermType

__all__ = ["mark_variants"]

# Likeness of the sorted words of meaning, 0 to 100, from which on two renderings are one in two
# shapes: "nationwide system for mobilizing resources" and "system for mobilizing resources
# nationwide" have 100, "cyber power" and "cyber country" 64. Set by hand.
_ALIKE = 90.0


def mark_variants(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return renderings of one concept, best first, with their term types.

    What differs from a better one in surface only is a variant of it, and what has its initials an
    abbreviation; other wordings stay full forms. Two of one key are one term already.
    """
    marked: list[Term] = []
    full: list[Term] = []
    for term in terms:
        kind = next(filter(None, (_relation(term, better) for better in full)), None)
        if kind is None:
            full.append(term)
        marked.append(term if kind is None else replace(term, term_type=kind))
    return tuple(marked)


def _relation(term: Term, better: Term) -> TermType | None:
    if _abbreviates(term.text, better.text):
        return TermType.ABBREVIATION
    alike = fuzz.token_sort_ratio(_words(term.text), _words(better.text), score_cutoff=_ALIKE)
    return TermType.VARIANT if alike else None


def _words(text: str) -> str:
    key = phrase_key(text)
    return " ".join(word for word in key.split() if not is_function_word(word)) or key


def _abbreviates(short: str, long: str) -> bool:
    """Return whether a text of capitals is made of the first letters of another's words."""
    letters = short.replace(".", "")
    if not (letters.isascii() and letters.isupper() and len(letters) > 1):
        return False
    words = long.replace("-", " ").split()
    meaning = [word for word in words if not is_function_word(word)]
    return letters.lower() in {
        "".join(word[0] for word in some).lower() for some in (words, meaning)
    }
