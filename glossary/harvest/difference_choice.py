"""Which differences of two texts to list, and which of them are one difference in other extents.

Of what competes in one bead the best is kept: two listed differences of a bead lie apart or one
inside the other on both sides. What covers mostly the same words ("harmonious coexistence" beside
"harmonious coexistence between man and nature") is the same difference, longer or shorter: readers
cut such phrases differently, so the next best extents are kept with it. What differs by the same
words as an earlier one is worth less, so that a list does not say one thing ten times.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from glossary.harvest.difference_evidence import EVIDENCE
from glossary.harvest.differences import Difference

__all__ = ["ListedDifference", "choose_differences"]

# Below it few pairs in a hundred were on the list that the weights were learned from.
_LEAST = 0.012
# A longer or shorter extent of what is listed needs less proof.
_LEAST_EXTENT = 0.005
# What a difference by the same words as an earlier one is still worth.
_SAME_CORE = 0.5
# Differences whose words overlap by at least this share (intersection over union) on both sides are
# extents of one, and so many formulations of both texts are enough for it. Recall on a list that
# the weights do not know: .45 with the best extent alone, .65 with 6, .68 with 7, .69 with 8.
_SAME_PLACE = 0.25
_ENOUGH_FORMS = 7
# What ends in the middle of a phrase ("digital economy faster") is nobody's extent: without these
# .71 of the pairs of that list are still held. What ends inside a noun phrase ("national
# rejuvenation" of "national rejuvenation strategy") stands for no difference either.
_CUT = [
    EVIDENCE.index(name)
    for name in (
        "cut right",
        "beginning of a noun phrase",
        "cut at its end",
        "open at its end",
        "ends oddly",
    )
]

_Span = tuple[int, int]
_Keys = tuple[str, str]


@dataclass(slots=True)
class ListedDifference:
    """A difference to list, with its places and its other extents.

    Attributes:
        keys: of the formulations that stand for it.
        score: its worth in the list.
        places: where these formulations stand for each other.
        extents: the same for its longer and shorter formulations, best first.
    """

    keys: _Keys
    score: float
    places: list[Difference]
    extents: dict[_Keys, list[Difference]] = field(default_factory=dict)

    def overlap(self, difference: Difference) -> float:
        """Return how far a difference covers the same words, on the side where it does less."""
        return max(
            (
                min(_overlap(difference.first, p.first), _overlap(difference.second, p.second))
                for p in self.places
                if p.pair == difference.pair
            ),
            default=0.0,
        )

    def extend(self, difference: Difference) -> bool:
        """Take a difference for an extent and return True, if there is room for it.

        It is not taken where both texts would say the same, or one more than the other only, nor
        where it ends in the middle of a phrase.
        """
        if _holds(*difference.keys) or difference.evidence[_CUT].any():
            return False
        first, second = ({keys[n] for keys in (self.keys, *self.extents)} for n in (0, 1))
        taken = (
            len(first) + len(second) < _ENOUGH_FORMS
            and difference.keys[0] not in second
            and difference.keys[1] not in first
        )
        if taken:
            self.extents[difference.keys] = [difference]
        return taken


def choose_differences(differences: Sequence[Difference], most: int) -> list[ListedDifference]:
    """Return the differences to list, at most ``most`` formulations of the first text."""
    heap = [(-d.score, n, 0) for n, d in enumerate(differences) if d.score >= _LEAST_EXTENT]
    heapq.heapify(heap)
    listed: list[ListedDifference] = []
    here: dict[int, list[ListedDifference]] = defaultdict(list)
    of_keys: dict[_Keys, ListedDifference] = {}
    met: Counter[tuple[frozenset[str], frozenset[str]]] = Counter()
    heads: set[str] = set()
    while heap:
        value, number, times = heapq.heappop(heap)
        difference = differences[number]
        known = of_keys.get(difference.keys)
        if known is not None:
            if difference.keys == known.keys:
                known.places.append(difference)
                here[difference.pair].append(known)
            else:
                known.extents[difference.keys].append(difference)
            continue
        around = max(here[difference.pair], key=lambda one: one.overlap(difference), default=None)
        if around is not None and around.overlap(difference) >= _SAME_PLACE:
            if around.extend(difference):
                of_keys[difference.keys] = around
            continue
        if met[difference.core] > times:
            times = met[difference.core]
            heapq.heappush(heap, (-difference.score * _SAME_CORE**times, number, times))
            continue
        if (
            -value < _LEAST
            or difference.evidence[_CUT[0]]
            or (difference.keys[0] not in heads and len(heads) >= most)
        ):
            continue
        if all(
            _compatible(difference, place)
            for one in here[difference.pair]
            for place in one.places
            if place.pair == difference.pair
        ):
            one = ListedDifference(difference.keys, -value, [difference])
            listed.append(one)
            here[difference.pair].append(one)
            of_keys[difference.keys] = one
            heads.add(difference.keys[0])
            met[difference.core] += 1
    return listed


def _holds(key: str, other: str) -> bool:
    """Whether one of two formulations stands in the other."""
    left, right = f" {key} ", f" {other} "
    return left in right or right in left


def _overlap(span: _Span, other: _Span) -> float:
    common = min(span[1], other[1]) - max(span[0], other[0])
    return max(0, common) / (max(span[1], other[1]) - min(span[0], other[0]))


def _compatible(difference: Difference, other: Difference) -> bool:
    """Whether two differences are about other words, or nest alike on both sides."""
    first = _relation(difference.first, other.first)
    return first == _relation(difference.second, other.second) and first != "across"


def _relation(span: _Span, other: _Span) -> str:
    if span[1] <= other[0] or other[1] <= span[0]:
        return "apart"
    if span == other:
        return "across"
    if other[0] <= span[0] and span[1] <= other[1]:
        return "inside"
    if span[0] <= other[0] and other[1] <= span[1]:
        return "around"
    return "across"
