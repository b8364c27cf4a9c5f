"""The stretches of an English text that could be formulations, and what each is by its form.

Base noun phrases are found from left to right (Abney 1991). A stretch is then read as a string of
whole and cut noun phrases, prepositions, conjunctions and verbs, and classed by that string.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glossary.harvest.english_sides import EnglishSide
from glossary.harvest.quotations import quoted_spans

__all__ = ["PHRASE_CLASSES", "SHAPE_SIGNS", "EnglishPhrases", "english_phrases"]

_MAX_WORDS = 14
_MAX_QUOTED = 20
_MAX_COMMAS = 3
# Marks that no phrase reaches across, and those that join words into one.
_BREAKS = frozenset(".;:?![]{}()«»—–…|")
_QUOTES = frozenset('“”"')
_JOINTS = frozenset("-‐‑/&'’+")
# Words of closed classes that a phrase may begin or end with ("all citizens", "opening up").
_OPENING = frozenset("all others own no not more most both same".split())
_CLOSING = frozenset("up together forward".split())
_NEGATIONS = frozenset("not also only".split())

# What a stretch may be: N is a whole base noun phrase, h one whose beginning and n one whose end
# is cut off; the other letters are those of the tags.
_CLASSES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("noun phrase", "N"),
        ("nouns joined by of", "N(oN)+"),
        ("nouns joined by and", "N([,&]+N)+"),
        ("nouns joined", "N([oi,&]+N)+"),
        ("noun with a gerund", "N[oi]g.*N"),
        ("end of a noun phrase", "h"),
        ("end of a noun phrase, joined", "h([oi,&]+N)+"),
        ("verb phrase", "[vgt]+r?N([oi,&]+N)*"),
        ("adverb and verb phrase", "r[vgte]+N([oi,&]+N)*"),
        ("adverb and verb", "r[vge]"),
        ("verb and adverb", "[vge]r"),
        ("verb", "[vge]"),
        ("adjectives", "r?[ae]([,&]+[ae])*"),
        ("beginning of a noun phrase", "n"),
        ("cut at its end", ".*n"),
        ("clause", ".*[bmp].*"),
        ("open at its end", ".*[oi,&wpsdt]"),
        ("verb and more", "[vge].*"),
        ("noun phrase and verb", "N.*[vge].*"),
        ("else", ".*"),
    )
)
#: Names of the classes, in order.
PHRASE_CLASSES = tuple(name for name, _ in _CLASSES)
#: Names of the signs of a stretch, in order.
SHAPE_SIGNS = (
    "cut left",
    "cut right",
    "of follows",
    "preposition follows",
    "begins with a verb",
    "begins with a participle",
    "begins oddly",
    "ends oddly",
    "ends with a verb",
    "and before",
    "and after",
    "single noun",
)


@dataclass(frozen=True, slots=True)
class EnglishPhrases:
    """The stretches of one side.

    Attributes:
        first, last: ``[s]`` indices of words, ``last`` exclusive.
        commas: ``[s]``, how many stand inside.
        quoted: ``[s]``, whether quotation marks stand around it.
        classes: ``[s]``, index into ``PHRASE_CLASSES``.
        signs: ``[s, len(SHAPE_SIGNS)]`` zeros and ones.
        prepositions, conjunctions: ``[s]``, how many stand inside.
        verbal: ``[s]``, whether it begins with a verb.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    commas: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    classes: NDArray[np.int64]
    signs: NDArray[np.float64]
    prepositions: NDArray[np.int64]
    conjunctions: NDArray[np.int64]
    verbal: NDArray[np.bool_]


def english_phrases(side: EnglishSide) -> EnglishPhrases:
    """Return the stretches of a side that could be formulations."""
    quotations = [
        (first, last)
        for first, last in quoted_spans(side.words)
        if last - first <= _MAX_QUOTED and any(first <= i < last for i in side.content)
    ]
    spans = list(dict.fromkeys([*_stretches(side), *quotations]))
    chunks = _base_phrases(side)
    chunk_of = [-1] * len(side.words)
    for number, (first, last) in enumerate(chunks):
        chunk_of[first:last] = [number] * (last - first)
    tags = side.tags
    signs = [_signs(tags, chunk_of, first, last) for first, last in spans]
    column = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return EnglishPhrases(
        column[:, 0],
        column[:, 1],
        _count(side, spans, ","),
        np.array([span in quotations for span in spans], dtype=bool),
        np.array([_class(tags, chunks, chunk_of, *span) for span in spans], dtype=np.int64),
        np.array(signs, dtype=np.float64).reshape(-1, len(SHAPE_SIGNS)),
        np.array([tags[a:b].count("i") for a, b in spans], dtype=np.int64),
        np.array([tags[a:b].count("&") for a, b in spans], dtype=np.int64),
        np.array([tags[a] in "vbg" for a, _ in spans], dtype=bool),
    )


def _count(side: EnglishSide, spans: Sequence[tuple[int, int]], mark: str) -> NDArray[np.int64]:
    return np.array(
        [sum(word.text == mark for word in side.words[a:b]) for a, b in spans], dtype=np.int64
    )


def _stretches(side: EnglishSide) -> list[tuple[int, int]]:
    words, starts = side.words, set(side.offsets[1:])
    content = set(side.content.tolist())
    found = []
    for first in range(len(words)):
        if not _opens(side, content, first):
            continue
        commas = quotes = 0
        for last in range(first + 1, min(first + _MAX_WORDS, len(words)) + 1):
            word = words[last - 1]
            if word.text in _BREAKS or (last - 1 > first and word.start in starts):
                break
            commas += word.text == ","
            quotes += word.text in _QUOTES
            if commas > _MAX_COMMAS or quotes > 2 or (quotes == 1 and word.text == "”"):
                break
            if (
                quotes != 1
                and _closes(side, content, last - 1)
                and content.intersection(range(first, last))
            ):
                found.append((first, last))
    return found


def _opens(side: EnglishSide, content: set[int], index: int) -> bool:
    words = side.words
    if not (
        index in content
        or words[index].text.lower() in _OPENING
        or (words[index].text in _QUOTES and words[index].text != "”" and index + 1 in content)
    ):
        return False
    return not (index and words[index - 1].end == words[index].start and _joined(side, index - 1))


def _closes(side: EnglishSide, content: set[int], index: int) -> bool:
    words = side.words
    if index not in content and words[index].text.lower() not in _CLOSING:
        return False
    follows = index + 1 < len(words) and words[index].end == words[index + 1].start
    return not (follows and _joined(side, index + 1))


def _joined(side: EnglishSide, index: int) -> bool:
    """Whether a word or mark belongs to the one it touches: "18|th", "state|-|owned"."""
    return side.words[index].text in _JOINTS or side.words[index].text[0].isalnum()


def _base_phrases(side: EnglishSide) -> list[tuple[int, int]]:
    """Return the base noun phrases as ``[first, last)`` without determiners."""
    tags, words, starts = side.tags, side.words, set(side.offsets[1:])
    size = len(tags)
    found = []
    place = 0
    while place < size:
        if not _begins_noun_phrase(side, place):
            place += 1
            continue
        end = place + 1
        while end < size and words[end].start not in starts:
            inside = (
                tags[end] in "acneg'"
                or (words[end].text in _JOINTS and words[end - 1].end == words[end].start)
                or (tags[end] == "r" and tags[end + 1 : end + 2] == "a")
                or (
                    tags[end] == "&"
                    and words[end].text.lower() in {"and", "or"}
                    and tags[end - 1] == "a"
                    and tags[end + 1 : end + 3] in {"aa", "an"}
                )
            )
            if not inside:
                break
            end += 1
        while end > place and tags[end - 1] not in "nc":
            end -= 1
        if end > place:
            found.append((place, end))
        place = max(end, place + 1)
    return found


def _begins_noun_phrase(side: EnglishSide, place: int) -> bool:
    tags = side.tags
    tag, before = tags[place], tags[place - 1] if place else ","
    if tag in "acn":
        return True
    if tag == "e":  # "have secured | achievements" is a verb, "shared future" is not
        return before != "b" and tags[max(0, place - 2) : place] != "br"
    if tag == "g":
        return before == "d"
    return (
        tag == "r"
        and tags[place + 1 : place + 2] in {"a", "e"}
        and side.words[place].text.lower() not in _NEGATIONS
    )


def _class(
    tags: str, chunks: Sequence[tuple[int, int]], chunk_of: Sequence[int], first: int, last: int
) -> int:
    letters = []
    place = first
    while place < last:
        if chunk_of[place] < 0:
            letters.append(tags[place].replace("d", ""))
            place += 1
            continue
        begin, end = chunks[chunk_of[place]]
        whole = begin >= first and end <= last
        letters.append("N" if whole else "h" if end <= last else "n")
        place = min(end, last)
    form = "".join(letters)
    return next(n for n, (_, pattern) in enumerate(_CLASSES) if pattern.fullmatch(form))


def _signs(tags: str, chunk_of: Sequence[int], first: int, last: int) -> tuple[bool, ...]:
    inside = tags[first:last]
    head, tail = inside[0], inside[-1]
    before = tags[first - 1] if first else ","
    after = tags[last] if last < len(tags) else ","

    def within(place: int) -> bool:
        return 0 < place < len(tags) and chunk_of[place] == chunk_of[place - 1] >= 0

    cut_right = within(last)
    return (
        within(first),
        cut_right,
        after == "o",
        after == "i",
        head in "vb",
        head == "e" and not within(first + 1),
        head in "mtpwsi",
        tail in "oidtbmswp&" or (tail in "aer" and cut_right),
        tail in "vg" and not within(last - 1),
        before == "&",
        after == "&",
        inside == "n",
    )
