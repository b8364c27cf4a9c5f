"""Texts in another language than they should be, before any time is spent on aligning them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from glossary.language.words import ENGLISH_FUNCTION_WORDS
from glossary.model import Document, is_chinese
from glossary.texts import language_mismatch

__all__ = ["language_doubts"]

#: So much of a text is looked at.
_SAMPLE = 60_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_KANA = re.compile("[\u3041-\u30fa]")
_HAN_OR_KANA = re.compile("[\u3041-\u30fa\u3400-\u9fff]")
# Of the words of English texts of the kinds tifa reads .31 to .55 are function words, of lists of
# headings .2; of French, German, Spanish, Indonesian and romanised Chinese .01 to .1.
_LEAST_FUNCTION_WORDS = 0.13
# Bylines and lists of names have few of them and are English all the same. A text is not if a
# fifth of its words are among the commonest of another language (sentences in French and German:
# two fifths; of one to ten sentences of machine translations of news into English none is), or …
_COMMONEST = 50
_OTHERS = "ca cs da de es fi fil fr hu id it ms nb nl pl pt ro sh sv tr vi".split()
_OTHER_LANGUAGE = 0.2
_FEWEST_WORDS = 12
# … if in so many words hardly one is common in English: romanised Chinese, or no language.
_MANY_WORDS = 30
_HARDLY = 0.03
# An English text may quote Chinese, or a name in Cyrillic.
_LATIN = re.compile("[a-z\u00df-\u024f]")
_OTHER_SCRIPT = re.compile("[^\\W\\d_a-z\u00aa-\u024f\u3400-\u9fff]")
_MOST_OTHER = 0.3
# Japanese has kana in every phrase, a Chinese text at most in a quoted name.
_MOST_KANA = 0.1
_NAMES = {"zh": "Chinese", "en": "English"}


def language_doubts(documents: Sequence[Document]) -> Iterator[str]:
    """Yield a clause for each text that seems to be in the wrong language.

    That is another one than it is said to be in, neither Chinese nor English, or Chinese where
    another text is Chinese already.
    """
    for document in documents:
        name, language = document.source.id, document.language[:2]
        found = language_mismatch(document)
        if found is not None:
            yield f"{name} is said to be {_NAMES[language]} and looks like {_NAMES[found[:2]]}"
        elif is_chinese(language):
            letters = _HAN_OR_KANA.findall(document.text[:_SAMPLE])
            kana = sum(map(len, _KANA.findall(document.text[:_SAMPLE])))
            if kana > _MOST_KANA * len(letters):
                yield f"{name} looks Japanese, not Chinese"
        elif not _looks_english(document.text):
            yield f"{name} does not look like English"
    chinese = [document.source.id for document in documents if is_chinese(document.language)]
    if len(chinese) > 1:
        yield f"{' and '.join(chinese)} are Chinese, each of them"


def _looks_english(text: str) -> bool:
    text = text[:_SAMPLE].lower()
    latin, other = len(_LATIN.findall(text)), len(_OTHER_SCRIPT.findall(text))
    if other > _MOST_OTHER * (latin + other):
        return False
    words = _WORD.findall(text)
    function_words = sum(word in ENGLISH_FUNCTION_WORDS for word in words)
    if len(words) < _FEWEST_WORDS or function_words >= _LEAST_FUNCTION_WORDS * len(words):
        return True
    english, *others = (sum(word in common for word in words) for common in _commonest_words())
    if max(others) > english and max(others) >= _OTHER_LANGUAGE * len(words):
        return False
    return len(words) < _MANY_WORDS or english >= _HARDLY * len(words)


@functools.cache
def _commonest_words() -> list[frozenset[str]]:
    """Return the commonest words of English and of other languages in Latin letters."""
    from wordfreq import top_n_list

    # Single letters are initials in any language.
    return [
        frozenset(word for word in top_n_list(name, _COMMONEST, "small") if len(word) > 1)
        for name in ("en", *_OTHERS)
    ]
