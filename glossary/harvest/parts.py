"""Which candidates are only parts of longer ones: the longer hides the shorter."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from glossary.harvest.candidates_zh import Candidate, Place
from glossary.harvest.patterns_zh import MARKED
from glossary.harvest.word_classes import word_class
from glossary.model import ConceptKind

__all__ = ["hidden_parts"]

# A part that is so surely an entry stands beside the longer one (城中村 in 城中村改造): of 57 such
# pairs of the sample and the Party constitution, judged in tests/data, 45 are right, of those a
# little less sure one in five.
_OWN_ENTRY = 0.6
# What hides a part: a sure unit, not much worse an entry, in at least so many of its places.
_SURE = 0.7
_HIDING = 0.6
_SAME_PLACES = 0.75
# A part that no dictionary, register or second place knows is hidden by less.
_HIDING_GUESSES = 0.7
_LONG = 14
# What joins members or a clause rather than a modifier.
_MEMBERS = re.compile("[、，的]")
# The least and the greatest length of a modifier.
_MODIFIER = (2, 4)


def hidden_parts(scored: Sequence[tuple[float, Candidate]]) -> set[str]:
    """Return the keys of doubtful entries that stand only inside one longer, as frequent candidate.

    C-value (Frantzi et al. 2000) reduced to its decision: a part that several longer terms share,
    or that stands alone somewhere, is a term of its own.
    """
    by_text: dict[int, list[tuple[Place, Candidate, float]]] = defaultdict(list)
    for score, candidate in scored:
        for place in candidate.places:
            by_text[place.text].append((place, candidate, score))
    hidden: set[str] = set()
    for score, candidate in scored:
        if score >= _OWN_ENTRY:
            continue
        around: Counter[str] = Counter()
        for place in candidate.places:
            around.update(
                other.key
                for outer, other, value in by_text[place.text]
                if _holds(outer, place) and _hides(other, candidate, value, score)
            )
        if around and max(around.values()) >= _SAME_PLACES * len(candidate.places):
            hidden.add(candidate.key)
    return hidden


def _holds(outer: Place, inner: Place) -> bool:
    wider = outer.end - outer.start > inner.end - inner.start
    return wider and outer.start <= inner.start and inner.end <= outer.end


def _hides(longer: Candidate, part: Candidate, value: float, score: float) -> bool:
    """Whether a part is only a part: 世界互联网 of 世界互联网大会, not 数据中心 of 绿色数据中心."""
    if len(longer.key) <= len(part.key):
        return False
    if longer.kind is ConceptKind.PHRASE and part.kind is not ConceptKind.PHRASE:
        return False
    if longer.pattern == "run" and part.pattern != "run":
        return False
    if part.known:
        # A unit of its own elsewhere; here a mere head if a modifier makes another unit of it.
        return longer.known and part.pattern not in MARKED and _narrows(longer, part.key)
    if part.unithood < 1.0:
        # Nothing but its tags speaks for the part.
        return len(longer.key) <= _LONG and value >= _HIDING_GUESSES * score
    return longer.unithood >= _SURE and value >= _HIDING * score


def _narrows(longer: Candidate, head: str) -> bool:
    """Whether a longer term is a head with a modifier before it: 新质生产力, not 碳达峰碳中和."""
    modifier = longer.key.removesuffix(head)
    governs = modifier not in word_class("kept-adverb") and any(
        modifier.startswith(verb) for verb in word_class("governing") if len(verb) > 1
    )
    return (
        min(_MODIFIER) <= len(modifier) <= max(_MODIFIER)
        # Two of one length are members of a series.
        and len(modifier) != len(head)
        and not _MEMBERS.search(longer.key)
        and not governs
    )
