"""English citation forms: what stands at the head of an entry, made from a surface form."""

from __future__ import annotations

import functools
import re

from glossary.language.inflected import word_key
from glossary.language.words import english_words

__all__ = ["citation_form", "phrase_key", "trim_phrase"]

_DETERMINERS = frozenset(
    "the a an this that these those its their our his her your my such some any each every".split()
)
# Words that only introduce an object, so that the phrase after them is the rendering.
_TRAILING = frozenset("the a an of to and or in on for with by as at from".split())
_NO_QUOTES = str.maketrans("", "", "“”")
_POSSESSIVE = re.compile(r"[’']s?$")


def trim_phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch ``[start, end)`` of ``text`` without determiners and a final 's."""
    words = english_words(text[start:end])
    while words and words[0].text.lower() in _DETERMINERS and len(words) > 1:
        words = words[1:]
    while words and words[-1].text.lower() in _TRAILING and len(words) > 1:
        words = words[:-1]
    if not words:
        return start, end
    first, last = start + words[0].start, start + words[-1].end
    ending = _POSSESSIVE.search(text[first:last])
    if ending and len(words[-1].text) > 3:
        last = first + ending.start()
    return first, last


def citation_form(surface: str, *, sentence_start: bool = False) -> str:
    """Return the form to cite: one line, outer quotation marks and a sentence's capital removed.

    A capital is the sentence's own if only the first word has one and that word is no name or
    abbreviation, as far as its other letters show.
    """
    text = " ".join(surface.split()).strip(" ,;:")
    bare = text.strip('“”"‘ ,;:')
    if bare.count("“") == bare.count("”"):  # else they stand around a part: “stuck neck” problem
        text = bare
    elif text.count("“") != text.count("”"):  # half of a quotation is in the phrase, its end is not
        text = text.translate(_NO_QUOTES)
    words = text.split(" ")
    if sentence_start and words[0][:1].isupper() and words[0][1:].islower() and len(words) > 1:
        rest = [word for word in words[1:] if word[:1].isalpha() and len(word) > 3]
        if rest and not any(word[0].isupper() for word in rest):
            text = text[0].lower() + text[1:]
    return text


@functools.lru_cache(maxsize=1 << 16)
def phrase_key(surface: str) -> str:
    """Return what surface variants share: lemmas without determiners, marks and case.

    Number, article, case, hyphens and -ise/-ize are folded; word order and choice are not.
    """
    lemmas = [
        word_key(word.text)
        for word in english_words(surface)
        if any(character.isalnum() for character in word.text)
    ]
    kept = [lemma for lemma in lemmas if lemma not in _DETERMINERS]
    return " ".join(kept or lemmas)
