"""Words of running text: Chinese segmentation, English tokens and lemmas, with offsets."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "ENGLISH_FUNCTION_WORDS",
    "Word",
    "chinese_subwords",
    "chinese_tokens",
    "chinese_words",
    "english_inflections",
    "english_lemma",
    "english_tokens",
    "english_words",
    "is_function_word",
]

#: Closed-class words: they neither anchor an alignment nor begin or end a term.
ENGLISH_FUNCTION_WORDS = frozenset(
    """
    a an the of to in on for and or but nor so yet by with at as from into onto upon over under
    about between among through during before after above below out off up down within without
    against toward towards per via than then that this these those it its they them their theirs
    he him his she her hers we us our ours you your yours i me my mine who whom whose which what
    where when why how be is am are was were been being do does did done have has had having will
    would shall should can could may might must not no nor only also very more most such both
    either neither each every all any some other others another own same there here if while
    because though although until unless since 's
    """.split()
)

_ENGLISH_TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'][A-Za-z]+)?|\d+(?:[.,]\d+)*%?|[^\s\w]|\w")


@dataclass(frozen=True, slots=True)
class Word:
    """A token and its character offsets ``[start, end)``; ``tag`` is a part of speech or empty."""

    text: str
    start: int
    end: int
    tag: str = ""


def chinese_words(text: str, *, tags: bool = False) -> list[Word]:
    """Return the words of a Chinese text as jieba cuts it (rjieba, the same cuts in Rust).

    Args:
        text: simplified Chinese; traditional text is cut worse, fold it first.
        tags: also give jieba's part-of-speech tags, at some cost.
    """
    import rjieba

    words: list[Word] = []
    position = 0
    if tags:
        for token, tag in rjieba.tag(text):
            words.append(Word(token, position, position + len(token), tag))
            position += len(token)
    else:
        for token in chinese_tokens(text):
            words.append(Word(token, position, position + len(token)))
            position += len(token)
    return words


def chinese_tokens(text: str) -> list[str]:
    """Return what ``chinese_words`` finds, without offsets, in half the time."""
    import rjieba

    tokens: list[str] = rjieba.cut(text)
    return tokens


def chinese_subwords(text: str) -> list[tuple[int, int]]:
    """Return the offsets ``[start, end)`` of the words of a Chinese text and of words in words."""
    import rjieba

    return [(start, end) for _, start, end in rjieba.tokenize(text, "search")]


def is_function_word(word: str) -> bool:
    """Return whether an English word is of a closed class; "US" and "IT" are names, not words."""
    return word.lower() in ENGLISH_FUNCTION_WORDS and not (len(word) > 1 and word.isupper())


def english_words(text: str) -> list[Word]:
    """Return words, numbers and single punctuation marks of an English text, hyphens apart."""
    return [Word(m.group(), m.start(), m.end()) for m in _ENGLISH_TOKEN.finditer(text)]


def english_tokens(text: str) -> list[str]:
    """Return what ``english_words`` finds, without offsets, in half the time."""
    return _ENGLISH_TOKEN.findall(text)


# The lemmatizer knows "ai" from "ain't" and makes "be" of it.
_NO_INFLECTIONS = frozenset({"ai"})


@functools.lru_cache(maxsize=1 << 16)
def english_lemma(word: str) -> str:
    """Return the lower-case lemma of an English word (simplemma, greedy dictionary lookup)."""
    import simplemma

    folded = word.lower().replace("’", "'")
    folded = folded.removesuffix("'s") or folded
    if folded in _NO_INFLECTIONS:
        return folded
    return str(simplemma.lemmatize(folded, "en")).lower() if folded.isascii() else folded


def english_inflections(lemma: str) -> Sequence[str]:
    """Return the lower-case words that have a lemma, as ``english_lemma`` finds it by dictionary.

    The lemma itself is among them if the dictionary has it.
    """
    return _inflections().get(lemma, ())


@functools.cache
def _inflections() -> Mapping[str, Sequence[str]]:
    from simplemma.strategies import DefaultDictionaryFactory

    found: dict[str, list[str]] = defaultdict(list)
    for word, lemma in DefaultDictionaryFactory().get_dictionary("en").items():
        if word.isascii() and word.isalpha() and word.islower() and word not in _NO_INFLECTIONS:
            found[lemma].append(word)
    return dict(found)
