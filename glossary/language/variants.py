"""Keys under which a term is found again: what its spellings and inflections have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from glossary.language.script import to_simplified
from glossary.language.words import english_lemma, english_words

__all__ = ["ARTICLES", "chinese_key", "english_key", "english_tokens", "fold", "plain_lemma"]

ARTICLES = frozenset({"a", "an", "the"})


def fold(text: str) -> str:
    """Return ``text`` without differences of width, compatibility forms and case."""
    return unicodedata.normalize("NFKC", text).casefold()


def chinese_key(text: str, *, simplify: bool = True) -> str:
    """Return the letters and digits of a Chinese term, folded, in simplified characters.

    Quotation marks, spaces and interpuncts are not part of a term's identity (“三农”问题 is
    三农问题), a plus is (互联网+ is not 互联网). A text of punctuation only is its own key.

    Args:
        text: the term.
        simplify: fold traditional characters, which loads OpenCC.
    """
    folded = fold(text)
    if simplify:
        folded = to_simplified(folded)
    return "".join(c for c in folded if c.isalnum() or c == "+") or folded


def english_tokens(text: str) -> list[str]:
    """Return the lower-case words of an English term without its articles and possessive ``'s``.

    Hyphenated words are several; of punctuation nothing remains, unless there is nothing else.
    """
    words = []
    for word in english_words(fold(text).replace("’", "'")):
        letters = "".join(filter(str.isalnum, word.text.removesuffix("'s")))
        if letters:
            words.append(letters)
    return [word for word in words if word not in ARTICLES] or words


def plain_lemma(word: str) -> str:
    """Return the letters and digits of a word's lemma; of the word if the lemma has none."""
    return "".join(filter(str.isalnum, english_lemma(word))) or word


def english_key(text: str, lemma: Callable[[str], str] = plain_lemma) -> str:
    """Return the lemmas of an English term, joined by spaces, in their order.

    "The Cyber Countries" and "cyber country" have the same key.

    Args:
        text: the term.
        lemma: how to find a word's lemma; a termbase knows those of its own words.
    """
    return " ".join(lemma(word) for word in english_tokens(text)) or fold(text)
