"""Renderings of one concept that only vary a better one: word order, an ending, an abbreviation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from glossary.harvest.citation import phrase_key
from glossary.language.words import is_function_word
from glossary.model import Term, TermType

__all__ = ["cluster_terms"]

# Likeness of the sorted words of meaning, 0 to 100, from which on two renderings are one in two
# shapes: "nationwide system for mobilizing resources" and "system for mobilizing resources
# nationwide" have 100, "cyber power" and "cyber country" 64. Set by hand.
_ALIKE = 90.0


def cluster_terms(terms: Sequence[Term]) -> list[list[Term]]:
    """Return renderings of one concept as clusters: each holds the forms of one rendering.

    The longest are looked at first, so that an abbreviation finds what it stands for; it is marked
    as one.
    """
    clusters: list[list[Term]] = []
    for term in sorted(terms, key=lambda term: (-len(term.text), term.text)):
        for cluster in clusters:
            kind = next(filter(None, (_relation(term, fuller) for fuller in cluster)), None)
            if kind is not None:
                cluster.append(replace(term, term_type=kind))
                break
        else:
            clusters.append([replace(term, term_type=TermType.FULL_FORM)])
    return clusters


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
