"""Parts of speech of English words, as coarse as the search for phrases needs them.

HanTa (Wartena 2019, LGPL-3.0-or-later) tags with the C5 set of the British National Corpus. Words
that hyphens join are tagged as one, for their parts alone mislead ("people-centered" is an
adjective); each part gets the tag of the whole.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from glossary.language.words import Word

if TYPE_CHECKING:
    from HanTa.HanoverTagger import HanoverTagger

__all__ = ["english_tags"]

_HYPHENS = frozenset("-‐‑")
_APOSTROPHES = frozenset("'’")
_LONGEST = 400
# C5 tags by their first letters, longest first, and the letter that stands for each.
_LETTERS = (
    ("AV", "r"),  # adverb, adverb particle
    ("AJ", "a"),
    ("AT", "d"),
    ("DPS", "d"),
    ("DTQ", "w"),
    ("DT", "d"),
    ("CRD", "c"),
    ("ORD", "a"),
    ("CJC", "&"),
    ("CJ", "s"),
    ("PRF", "o"),
    ("PRP", "i"),
    ("PNQ", "w"),
    ("PN", "p"),
    ("POS", "'"),
    ("PU", ","),
    ("TO", "t"),
    ("EX", "p"),
    ("XX", "x"),
    ("VM", "m"),
    ("VBG", "g"),
    ("VB", "b"),
    ("VD", "b"),
    ("VH", "b"),
    ("VVG", "g"),
    ("VVN", "e"),
    ("VV", "v"),
)


@functools.cache
def _tagger() -> HanoverTagger:
    # Imported late: the model is read in a tenth of a second.
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger("morphmodel_en.pgz")


def english_tags(words: Sequence[Word]) -> str:
    """Return one letter for each word of a text.

    ``n`` noun or name, ``a`` adjective or ordinal, ``c`` number, ``r`` adverb, ``d`` determiner,
    ``v`` verb, ``g`` -ing form, ``e`` past participle, ``b`` be, have and do, ``m`` modal, ``t``
    infinitive's to, ``o`` of, ``i`` other preposition, ``&`` and, ``s`` other conjunction, ``w``
    relative or interrogative, ``p`` pronoun, ``x`` not, ``'`` possessive mark, ``,`` punctuation.

    Args:
        words: all words and marks of the text, in order.
    """
    groups: list[list[int]] = []
    for index, word in enumerate(words):
        joined = groups and words[index - 1].end == word.start
        if joined and (word.text in _HYPHENS or words[index - 1].text in _HYPHENS):
            groups[-1].append(index)
        else:
            groups.append([index])
    forms = [
        "".join(words[i].text for i in group).replace("’", "'").replace("‑", "-").replace("‐", "-")
        for group in groups
    ]
    letters: list[str] = []
    for first in range(0, len(forms), _LONGEST):
        part = forms[first : first + _LONGEST]
        tagged = _tagger().tag_sent(part, taglevel=0)
        for form, tag in zip(part, tagged, strict=True):
            letters.append(_letter(form, tag))
    tags = [","] * len(words)
    for group, letter in zip(groups, letters, strict=True):
        for index in group:
            tags[index] = letter
    return "".join(tags)


def _letter(form: str, tag: str) -> str:
    if not any(character.isalnum() for character in form):
        return "'" if form in _APOSTROPHES else ","
    return next((letter for start, letter in _LETTERS if tag.startswith(start)), "n")
