"""Signs that an English stretch is no whole phrase, from its words and its neighbours.

No tagger is asked: closed classes, capitals and adjectival endings tell enough, and cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.language.words import Word

__all__ = ["faults"]

_DETERMINERS = frozenset("the a an its their our his her this these those".split())
# Finite verbs, pronouns and relatives: a phrase that holds one is a clause.
_CLAUSAL = frozenset(
    """is are was were be been has have had must will shall should can could would may might which
    who whom that where when they we he she it there do does did""".split()
)
_AFTER_PARTICIPLE = frozenset("on by in with to for from at under as".split())
_BEFORE_GERUND = frozenset("for of by in through on to and".split())
_NOUNS_IN_LY = frozenset("supply family assembly monopoly reply anomaly early daily weekly".split())
_ADJECTIVE = re.compile(
    r"(?:[a-z]{3,}(?:ical|ional|tral|cial|tial|ual|eral|ural|ary|ive|ous|ful|less|able|ible|ish)|"
    r"[a-z]+-(?:based|owned|level|quality|wide|term|scale|style|round|led|run)|"
    r"[a-z]{3,}(?:etic|atic|omic|ific|oric|ific|cratic|logical))"
)
_ADJECTIVES = frozenset(
    """new old big large small great high low good bad strong weak major minor main key core basic
    common modern huge vast wide broad deep long short full whole entire public private social
    economic political national international domestic foreign local global central general
    special specific primary secondary first second third true real advanced inner non state
    mutual joint equal fair just rich poor green red clean safe secure free open smart rural urban
    human legal moral financial fiscal monetary military civil cyber digital online data-driven
    productive democratic socialist capitalist communist chinese western fundamental
    probationary leading balanced coordinated sustainable unified centralized ethnic""".split()
)


def faults(words: Sequence[Word], first: int, last: int, *, verbal: bool) -> tuple[int, int]:
    """Return (signs of a clause, signs of a cut) of the tokens ``[first, last)``.

    Args:
        words: all tokens of the text.
        first: index of the first token.
        last: index after the last token.
        verbal: whether a verb phrase is looked for, which may begin with a verb and its object.
    """
    inside = [word.text.lower() for word in words[first:last]]
    clausal = sum(word in _CLAUSAL for word in inside)
    if not verbal and len(inside) > 1:
        # "mind the strategy", "based on data", "hubs respectively": more than the noun phrase.
        clausal += inside[1] in _DETERMINERS
        clausal += inside[0].endswith("ed") and inside[1] in _AFTER_PARTICIPLE
        clausal += inside[-1].endswith("ly") and inside[-1] not in _NOUNS_IN_LY
    cut = 0
    if last < len(words) and words[last].text[:1].isalnum():
        # "system for mobilizing | resources": the gerund's object is left outside.
        gerund = inside[-1].endswith("ing") and len(inside) > 1 and inside[-2] in _BEFORE_GERUND
        cut += gerund or _adjectival(inside[-1])
    cut += _capital_run(words, first - 1, first)
    cut += _capital_run(words, last - 1, last)
    return clausal, cut


def _adjectival(word: str) -> bool:
    return word in _ADJECTIVES or bool(_ADJECTIVE.fullmatch(word))


def _capital_run(words: Sequence[Word], left: int, right: int) -> int:
    """Return 1 if two neighbours both have capitals that are not a sentence's own."""
    if left < 0 or right >= len(words):
        return 0
    return int(_capitalised(words, left) and _capitalised(words, right))


def _capitalised(words: Sequence[Word], index: int) -> bool:
    if not words[index].text[:1].isupper():
        return False
    return index > 0 and words[index - 1].text not in '.!?:;“"'
