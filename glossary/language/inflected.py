"""Words of English text as they are compared across inflections, spellings and derivations."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from glossary.language.spelling import american
from glossary.language.stems import english_stem
from glossary.language.variants import ARTICLES
from glossary.language.words import english_lemma, english_words, is_function_word

__all__ = [
    "IMPLIED",
    "InflectedWord",
    "content_stems",
    "inflected_words",
    "occurrences",
    "word_key",
]

# "News" and "goods" are words of their own; "subdistricts" is the plural of one.
_SHORT = 5
_NO_PLURALS = ("ss", "us", "is", "ics", "ways", "selves", "overseas")


@dataclass(frozen=True, slots=True)
class InflectedWord:
    """A word in running text.

    Attributes:
        start, end: character offsets ``[start, end)``.
        lemma: in American spelling: "centre" and "centers" are ``center``.
        stem: without derivational endings: the same for "modernise" and "modernization".
        content: whether it is of an open class.
    """

    start: int
    end: int
    lemma: str
    stem: str
    content: bool


# A harvest and a check look for many renderings in each bead.
@functools.lru_cache(maxsize=1 << 14)
def inflected_words(text: str) -> tuple[InflectedWord, ...]:
    """Return the words of an English text without articles and punctuation."""
    return tuple(
        InflectedWord(
            word.start,
            word.end,
            lemma := word_key(word.text),
            # Twice: "implementation" has more endings to lose than "implement".
            english_stem(english_stem(lemma)),
            not is_function_word(word.text),
        )
        for word in english_words(text)
        if word.text[0].isalnum() and word.text.lower() not in ARTICLES
    )


@functools.lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return what the inflections and spellings of an English word share: "centres", "center".

    A key, not a word to show: that of "enterprise" is "enterprize".
    """
    return american(_singular(english_lemma(word)))


def _singular(lemma: str) -> str:
    """Return a lemma without the plural ending that a word had which no dictionary knows."""
    plural = len(lemma) > _SHORT and lemma.endswith("s") and not lemma.endswith(_NO_PLURALS)
    return lemma[:-1] if plural else lemma


#: Lemmas and stems that a text about the Party and the country leaves out where they go without
#: saying: "the 16th National Congress" for "16th CPC National Congress", "member" for "Party
#: member".
IMPLIED = frozenset(
    form
    for token in inflected_words("Chinese China PRC CPC Party communist")
    for form in (token.lemma, token.stem)
)


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words that do not go without saying.

    "The Party's line" and "line of the Party" have the same.
    """
    stems = frozenset(token.stem for token in inflected_words(text) if token.content)
    return stems - IMPLIED or stems or frozenset({text.casefold()})


def occurrences(have: list[str], want: list[str]) -> Iterator[int]:
    """Yield where ``want`` begins in ``have``; an empty list is nowhere."""
    for start in range(len(have) - len(want) + 1 if want else 0):
        if have[start : start + len(want)] == want:
            yield start
