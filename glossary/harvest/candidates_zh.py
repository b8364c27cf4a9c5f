"""Chinese term candidates of a text: every stretch that could be a term, each with its places.

Nothing is asked to be frequent: in one article most terms stand once. How good a candidate is rests
on two measures (Kageura and Umino 1996): unithood, how surely it is one unit, and termhood, how far
it is from general language.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.harvest.patterns_zh import MARKED, PATTERNS, Form, chinese_form, stretches
from glossary.harvest.register import register_count
from glossary.harvest.word_classes import word_class
from glossary.language.cedict import glosses
from glossary.language.frequency import is_listed, zipf
from glossary.language.script import to_simplified
from glossary.language.words import Word, chinese_words
from glossary.model import ConceptKind

__all__ = ["MARKS", "Candidate", "Place", "chinese_candidates", "normal_form"]

#: Quotation and title marks and spaces: no part of what groups surfaces.
MARKS = re.compile(r"[“”「」『』‘’\"《》\s\u3000]")
_LEADING_MARKS = re.compile(rf"^{MARKS.pattern}+")
_LONGEST = 40
# Unithood of a run of 2, 3, 4 and more words that nothing but its tags speaks for, and of one with
# 和 in it. Set by hand and adjusted on the bundled sample; not measured on other texts yet.
_PRIOR = {2: 0.7, 3: 0.65}
_PRIOR_LONG = 0.5
_PRIOR_COORDINATE = 0.4
# The same for the name of an organ, and for a run that ends with a verb (协同攻关, 规模达到).
_PRIOR_NAME = 0.85
# Of a run once found only the rendering says that it is a unit: an entry for a corpus's long list.
_PRIOR_RUN = 0.2
_VERBAL_END = 0.75
# Places from which on the text's own counts decide.
_ENOUGH = 4
# Termhood by pattern; single words and compounds are weighed by frequency.
_TERMHOOD = {"titled": 1.0, "quoted": 0.95, "formula": 0.95, "clause": 0.45}
_COMPOUND = 0.75
# 全局性, 高水平: qualities rather than things.
_ADJECTIVAL = 0.35
# Zipf 6 is 国家, 3.5 is 顶层设计: between them a word turns from common to special.
_COMMON = 6.0
_SPECIAL = 3.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands: number of the text and characters ``[start, end)`` in it."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of Chinese that may be a term.

    Attributes:
        key: simplified form without quotation and title marks; what groups its places.
        kind: what it seems to be by its Chinese form.
        pattern: how it was found; one of ``PATTERNS``.
        places: where it stands, in order.
        unithood: in ``[0, 1]``, how surely it is one unit.
        termhood: in ``[0, 1]``, how far it is from general language.
        form: of its words; what of English can render it depends on it.
        known: whether a glossary has it already.
    """

    key: str
    kind: ConceptKind
    pattern: str
    places: tuple[Place, ...]
    unithood: float
    termhood: float
    form: Form = "noun"
    known: bool = False


@dataclass(slots=True)
class _Found:
    pattern: str
    words: tuple[Word, ...]
    places: dict[Place, None]


@functools.lru_cache(maxsize=1 << 16)
def normal_form(text: str) -> str:
    """Return what groups Chinese surfaces: simplified, without quotation marks and spaces.

    Commas stay, since it heads records: 不忘初心、牢记使命. What finds a term in a termbase folds
    them as well, and widths and case (``chinese_key``).
    """
    return MARKS.sub("", to_simplified(text))


def chinese_candidates(texts: Sequence[str]) -> list[Candidate]:
    """Return the candidates of a text given as its sentences, in order of first appearance.

    Args:
        texts: sentences in simplified or traditional Chinese; the places refer to them.
    """
    found: dict[str, _Found] = {}
    counts: Counter[str] = Counter()
    for number, text in enumerate(texts):
        simplified = to_simplified(text)
        words = chinese_words(simplified, tags=True)
        counts.update(word.text for word in words)
        here: dict[tuple[str, int], Place] = {}
        for pattern, start, end, inside in stretches(simplified, words):
            key = normal_form(simplified[start:end])
            if not 2 <= len(key) <= _LONGEST:
                continue
            entry = found.setdefault(key, _Found(pattern, inside, {}))
            if PATTERNS.index(pattern) < PATTERNS.index(entry.pattern):
                entry.pattern, entry.words = pattern, inside
            # With and without its marks a stretch is one place: keep the one with more marks.
            core = (key, end - len(_LEADING_MARKS.sub("", simplified[start:end])))
            place = Place(number, start, end)
            kept = here.get(core)
            if kept is None or end - start > kept.end - kept.start:
                if kept is not None:
                    del entry.places[kept]
                here[core] = place
                entry.places[place] = None
    return [
        Candidate(
            key,
            _kind(key, entry),
            entry.pattern,
            tuple(sorted(entry.places, key=lambda place: (place.text, place.start))),
            _unithood(key, entry, counts),
            _termhood(key, entry),
            chinese_form(entry.words),
        )
        for key, entry in found.items()
    ]


def _kind(key: str, entry: _Found) -> ConceptKind:
    if entry.pattern in {"titled", "name"} or key.endswith(tuple(word_class("organisation"))):
        return ConceptKind.NAME
    if entry.pattern in {"verb", "clause"}:
        return ConceptKind.PHRASE
    first = entry.words[0].tag[:1] if entry.words else ""
    # The tag of locutions covers 基本路线 as well as 充分发挥: the first word tells them apart.
    verbal = first not in {"n", "j", "l"} or key[:2] in word_class("governing")
    if entry.pattern == "idiom" and ((verbal and "的" not in key) or re.search("[、，]", key)):
        return ConceptKind.PHRASE
    if entry.pattern == "quoted" and first in {"v", "d"} and len(key) > 4:
        return ConceptKind.PHRASE
    return ConceptKind.TERM


def _unithood(key: str, entry: _Found, counts: Counter[str]) -> float:
    """Return how surely the stretch is one unit: by its marks, the register, the text's counts."""
    if entry.pattern in MARKED | {"idiom"} or len(entry.words) <= 1:
        return 1.0
    if register_count(key) or is_listed(key, "zh") or glosses(key):
        return 1.0
    frequency = len(entry.places)
    # The share of its rarest word's places that it takes: 1 if that word stands only in it.
    rarest = min(counts[word.text] for word in entry.words)
    cohesion = frequency / max(rarest, frequency)
    coordinate = any(word.text in "和与及" for word in entry.words)
    prior = _PRIOR_COORDINATE if coordinate else _PRIOR.get(len(entry.words), _PRIOR_LONG)
    if entry.pattern == "name":
        prior = _PRIOR_NAME
    elif entry.pattern == "run":
        prior = _PRIOR_RUN
    elif entry.words[-1].tag == "v":
        prior *= _VERBAL_END
    weight = min(1.0, (frequency - 1) / (_ENOUGH - 1))
    return (1 - weight) * prior + weight * max(prior, 0.5 + 0.5 * cohesion)


def _termhood(key: str, entry: _Found) -> float:
    """Return how far the candidate is from general language."""
    if entry.pattern in _TERMHOOD:
        return _TERMHOOD[entry.pattern]
    if len(entry.words) <= 1:
        rarity = min(1.0, max(0.0, (_COMMON - zipf(key, "zh")) / (_COMMON - _SPECIAL)))
        if entry.pattern == "word" and (key[-1] == "性" or not _nominal(entry.words)):
            return _ADJECTIVAL
        floor = 0.35 if entry.pattern in {"idiom", "name"} or len(key) > 2 else 0.1
        ceiling = 0.9 if len(key) > 2 else 0.6
        return floor + (ceiling - floor) * rarity
    light = sum(word.text in word_class("light") for word in entry.words) / len(entry.words)
    return min(1.0, _COMPOUND + (0.2 if register_count(key) else 0.0) - 0.4 * light)


def _nominal(words: Sequence[Word]) -> bool:
    return not words or words[0].tag[:1] in "njlis" or words[0].tag in {"vn", "an"}
