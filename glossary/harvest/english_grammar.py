"""Which stretches of an English text are whole phrases, by their parts of speech.

A base noun phrase is found from left to right (Abney 1991): determiner, modifiers, nouns. A stretch
that begins or ends inside one is cut; one that holds a finite verb it does not begin with is a
clause; one that joins what is unlike with "and" took a part of its neighbour.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.language.english_tags import english_tags
from glossary.language.words import Word, english_words

__all__ = ["SHAPE", "Grammar", "text_grammar"]

#: Names of what ``Grammar.shape`` returns, in order.
SHAPE = (
    "cut_left",
    "cut_right",
    "of_left",
    "of_right",
    "other_right",
    "verb_first",
    "gerund_first",
    "participle_first",
    "odd_first",
    "odd_last",
    "finite",
    "clause",
    "joins_unlike",
    "joined_left",
    "joined_right",
    "name_cut",
    "adverb_first",
    "object_right",
    "particle_right",
    "name_goes_on",
)

_MODIFIERS = frozenset("acneg'")
_NOUNS = frozenset("nc")
_VERBS = frozenset("vg")
_DETERMINERS = frozenset("d")
_PARTICLES = frozenset("up out off together".split())


@dataclass(frozen=True, slots=True)
class Grammar:
    """The parts of speech of a text and its base noun phrases.

    Attributes:
        words: the tokens.
        tags: a letter for each (``glossary.language.english_tags``).
        inner: for each token whether it and the token before it stand in one base noun phrase,
            determiners not counted.
    """

    words: Sequence[Word]
    tags: str
    inner: tuple[bool, ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Grammar:
        """Return the grammar of a tokenised text."""
        tags = english_tags(words)
        return cls(words, tags, _inner(words, tags))

    def shape(self, first: int, last: int) -> tuple[float, ...]:
        """Return the signs of the tokens ``[first, last)``, as ``SHAPE`` names them."""
        tags, words = self.tags, self.words
        inside = tags[first:last]
        before = tags[first - 1] if first else ","
        after = tags[last] if last < len(tags) else ","
        head, tail = inside[0], inside[-1]
        cut_left = self.inner[first]
        cut_right = last < len(tags) and self.inner[last]
        # "the construction of | …": the head noun stays outside.
        of_left = before == "o" or (before == "d" and first > 1 and tags[first - 2] == "o")
        verb_first = head == "v"
        # An -ing form with an object is a verb, "sharing economy" is not.
        gerund = head == "g" and (len(inside) > 1 and not self.inner[first + 1])
        participle = head == "e" and not (len(inside) > 1 and self.inner[first + 1])
        finite = sum(
            tag in "bm" or (tag == "v" and index > 0 and inside[index - 1] not in "t&r,")
            for index, tag in enumerate(inside)
        )
        clause = sum(tag in "wps" for tag in inside)
        return tuple(
            map(
                float,
                (
                    cut_left,
                    cut_right,
                    of_left,
                    after == "o",
                    after == "i",
                    verb_first,
                    gerund,
                    participle,
                    head in "bmtpwsio",
                    tail in "oidtbmswp&" or (tail in "ae" and cut_right),
                    finite > 0,
                    clause > 0,
                    self._joins_unlike(first, last),
                    before == "&" and self._like(first, first - 2),
                    after == "&",
                    _name_cut(words, first) + _name_cut(words, last),
                    head in "rx",
                    tail in "vg" and not cut_right and after in "dnace",
                    last < len(words) and words[last].text in _PARTICLES and tail in "vgn",
                    self._name_goes_on(last),
                ),
            )
        )

    def _name_goes_on(self, last: int) -> bool:
        """Whether a name before ``last`` goes on with "of": Communist Party | of China."""
        words, follows = self.words, last + 1
        if last >= len(words) or self.tags[last] != "o" or not words[last - 1].text[:1].isupper():
            return False
        while follows < len(words) and self.tags[follows] in _DETERMINERS:
            follows += 1
        return follows < len(words) and words[follows].text[:1].isupper()

    def _joins_unlike(self, first: int, last: int) -> bool:
        """Whether an "and" inside joins a verb to what does not begin with one, or the reverse."""
        verbal = self.tags[first] in _VERBS or self.tags[first] in "bt"
        for place in range(first + 1, last - 1):
            if self.tags[place] != "&":
                continue
            follows = place + 1
            while follows < last - 1 and self.tags[follows] in "rd":
                follows += 1
            if self.tags[follows] in "vb" and not verbal:
                return True
        return False

    def _like(self, first: int, other: int) -> bool:
        return other >= 0 and (self.tags[first] in _MODIFIERS) == (self.tags[other] in _MODIFIERS)


# A harvest looks at the sentences of a text once for their phrases and once for their worth.
@functools.lru_cache(maxsize=1 << 11)
def text_grammar(text: str) -> Grammar:
    """Return the grammar of an English text."""
    return Grammar.of(english_words(text))


def _inner(words: Sequence[Word], tags: str) -> tuple[bool, ...]:
    """Return for each token whether its left neighbour belongs to the same base noun phrase."""
    inner = [False] * len(tags)
    start = 0
    while start < len(tags):
        if tags[start] not in _MODIFIERS and not _hyphen(words, tags, start):
            start += 1
            continue
        end = start + 1
        while end < len(tags) and (
            tags[end] in _MODIFIERS
            or _hyphen(words, tags, end)
            or (tags[end] == "&" and _joins_modifiers(tags, end))
        ):
            end += 1
        # Up to the last noun: what follows it (a participle, a gerund) begins something new.
        stop = end
        while stop > start and tags[stop - 1] not in _NOUNS:
            stop -= 1
        begin = start
        # "building | new systems", "developed countries": a gerund opens the noun phrase only if
        # no determiner stands before it and nothing but nouns after it.
        while begin < stop and tags[begin] == "g" and not (begin and tags[begin - 1] == "d"):
            begin += 1
        for place in range(begin + 1, stop):
            inner[place] = True
        start = max(end, start + 1)
    for place in range(1, len(tags)):
        if _glued(words, place):
            inner[place] = True
    return tuple(inner)


def _hyphen(words: Sequence[Word], tags: str, index: int) -> bool:
    return words[index].text in "-‐‑'’&/" and tags[index] != ","


def _glued(words: Sequence[Word], index: int) -> bool:
    return words[index - 1].end == words[index].start and (
        words[index].text in "-‐‑" or words[index - 1].text in "-‐‑"
    )


def _joins_modifiers(tags: str, index: int) -> bool:
    """Whether an "and" joins two modifiers of one noun ("social and economic change")."""
    return (
        0 < index < len(tags) - 2
        and tags[index - 1] == "a"
        and tags[index + 1] == "a"
        and tags[index + 2] in "na"
    )


def _name_cut(words: Sequence[Word], place: int) -> bool:
    """Whether a stretch that begins or ends before this token cuts a run of capitals."""
    if not 0 < place < len(words):
        return False
    return _capital(words, place - 1) and _capital(words, place)


def _capital(words: Sequence[Word], index: int) -> bool:
    if not words[index].text[:1].isupper():
        return False
    return index > 0 and words[index - 1].text not in '.!?:;“"'
